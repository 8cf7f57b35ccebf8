"""How far a case is: its state by the receipt's code, everything else with the ID card on (domain.md, never forgotten no. 7)."""

from __future__ import annotations

from kiosk.events import (
    UNREACHABLE,
    ActionPressed,
    CardRead,
    CardUnreadable,
    CenterAnswered,
    CodeScanned,
    DeviceChanged,
    Event,
    PageTurned,
    PrimaryPressed,
    RowChosen,
)
from kiosk.journeys.codes import receipt_code, scanned
from kiosk.journeys.identify import ConsentStep
from kiosk.journeys.papers import progress_paper
from kiosk.journeys.printing import PrintStep
from kiosk.journeys.step import Back, Begin, Forward, Ignore, Journey, Next, Open, Stay, Step, Workplace, pages_of
from kiosk.link.questions import Question, case_state, cases
from kiosk.ports import DeviceKind
from kiosk.views import Button, CaseListView, CaseRow, Chrome, MessageView, Panel, ProgressView, ScanView, TimelineStep, Tone, ViewData
from kiosk.wire.cases import CaseDetail, CasesAnswer, CaseState, CaseStateAnswer
from kiosk.wire.cases import CaseStep as CaseStepMessage
from kiosk.wire.codes import parse_code
from kiosk.wire.masking import group_number

_ROWS = 4

_ASKS_FOR_THE_CITIZEN = {CaseState.RETURNED, CaseState.REFUSED, CaseState.NOTIFIED}
_WAITS = {CaseState.FILED, CaseState.WITHDRAWN}
#: Accepted and not decided upon yet: the due day is what matters.
_IN_HAND = {CaseState.ACCEPTED, CaseState.WITH_DEPARTMENT, CaseState.BACK, CaseState.DECIDED}
#: So much of a reason stands on the screen; all of it is on the slip and on the notice.
_REASON = 60
_TONES = {state: Tone.ATTENTION if state in _ASKS_FOR_THE_CITIZEN else Tone.INFO if state in _WAITS else Tone.DONE for state in CaseState}


class ScanStep(Step):
    """请扫回执上的码，或放身份证."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._card_fault = False

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Who is known already goes straight to the cases."""
        return workplace.session.card is None or workplace.session.consent is None

    def enter(self) -> None:
        """Whichever comes first."""
        self.session.item = None
        self.work.hub.devices.scanner.arm(self.session.number)
        self.work.hub.devices.id_card.arm(self.session.number)

    def leave(self) -> None:
        """Both rest."""
        self.work.hub.devices.scanner.disarm()
        self.work.hub.devices.id_card.disarm()

    def view(self, chrome: Chrome) -> ViewData:
        """Two ways; one that is out says so."""
        t = self.t
        places = self.work.config.places
        scanner, reader = self.work.hub.usable(DeviceKind.SCANNER), self.work.hub.usable(DeviceKind.ID_CARD)
        notice = None
        if not scanner and not reader:
            notice = Panel(Tone.ATTENTION, t("扫码器和读卡器都暂时不能用。"), t("请到人工窗口查询；恢复以后，这一页会自动继续。"))
        elif self._card_fault:
            notice = Panel(Tone.ATTENTION, t("没有读到身份证，请拿起来再放一次。"), t("如果是别人留下的证件，请先拿走。"))
        return ScanView(
            chrome=chrome,
            title=t("请扫码，或放身份证"),
            subtitle=t("扫码看办到哪一步，放身份证看全部"),
            spoken=t("请把回执上的码对准扫码口，或者放上身份证。"),
            ways=(
                (
                    "qrcode-scan",
                    t("扫回执上的码"),
                    t("扫码口在{place}", place=places.scanner) if scanner else t("扫码器暂时不能用"),
                    "ready" if scanner else "absent",
                ),
                (
                    "card-account-details-outline",
                    t("放身份证"),
                    t("读卡区在{place}", place=places.id_card) if reader else t("读卡器暂时不能用"),
                    "ready" if reader else "absent",
                ),
            ),
            notice=notice,
        )

    def handle(self, event: Event) -> Next:
        """A code or a card."""
        match event:
            case CodeScanned(_, text):
                return scanned(self.work, text)
            case CardRead(_, card):
                self.session.card = card
                self.work.record("card_read", session=self.session.number, kind=card.kind, layout=card.layout)
                return Forward()
            case CardUnreadable(_, fault):
                self._card_fault = True
                self.work.record("card_unreadable", session=self.session.number, fault=fault)
            case DeviceChanged():
                pass
            case _:
                return Ignore()
        return Stay()


def _unreachable(step: Step, chrome: Chrome) -> MessageView:
    t = step.t
    return MessageView(
        chrome=chrome,
        title=t("现在连不上中心"),
        subtitle=t("进度暂时查不到，您的办件不受影响。"),
        spoken=t("现在连不上中心，进度暂时查不到。"),
        tone=Tone.ATTENTION,
        icon="cloud-off-outline",
        lines=(t("请过一会儿再试。"), t("办事指南照常能看，申请也照常能交，连上后自动送出。")),
        actions=(
            Button("retry", t("再试一次"), ActionPressed("retry"), "refresh"),
            Button("primary", t("返回"), PrimaryPressed(), "arrow-left"),
        ),
        code="center_unreachable",
    )


def _asking(step: Step, chrome: Chrome) -> MessageView:
    t = step.t
    return MessageView(chrome=chrome, title=t("正在查，请稍等一下"), spoken=t("正在查，请稍等一下。"), icon="progress-clock", busy=True)


class StateStep(Step):
    """The state behind a receipt's code, and nothing of the person."""

    def __init__(self, workplace: Workplace, code: str) -> None:
        super().__init__(workplace)
        self._code = code
        parsed = parse_code(code)
        assert parsed is not None, "only our own codes come here"
        self._receipt_number = parsed[0].number
        self._question = case_state(code)
        self._answered: CenterAnswered | None = None

    def enter(self) -> None:
        """Ask the center; a card laid on now leads to the details."""
        self.work.hub.devices.id_card.arm(self.session.number)
        if self._answered is None:
            self.work.center.ask(self.session.number, self._question)

    def leave(self) -> None:
        """The reader rests."""
        self.work.hub.devices.id_card.disarm()

    def view(self, chrome: Chrome) -> ViewData:
        """State, when it was so, and how to see more."""
        t = self.t
        if self._answered is None:
            return _asking(self, chrome)
        if self._answered.fault == UNREACHABLE:
            return _unreachable(self, chrome)
        answer = self._answered.answer
        if not isinstance(answer, CaseStateAnswer):
            return MessageView(
                chrome=chrome,
                title=t("中心还没有这个办件"),
                spoken=t("中心还没有这个办件。"),
                tone=Tone.INFO,
                icon="magnify-close",
                lines=(t("刚提交的申请，可能还在送往中心的路上，请过一会儿再扫。"), t("一直查不到，请带回执到人工窗口问一问。")),
                actions=(
                    Button("retry", t("再查一次"), ActionPressed("retry"), "refresh"),
                    Button("primary", t("知道了"), PrimaryPressed(), "check-bold"),
                ),
            )
        known = self.session.card is not None and self.session.consent is not None
        reader = self.work.hub.usable(DeviceKind.ID_CARD)
        if known:
            panel = Panel(Tone.INFO, t("要看每一步和还缺什么，请按“看详细”。"))
        elif reader:
            panel = Panel(
                Tone.INFO, t("要看每一步、由谁办、还缺什么，请放身份证。"), t("读卡区在{place}。", place=self.work.config.places.id_card)
            )
        else:
            panel = Panel(Tone.ATTENTION, t("读卡器暂时不能用，现在只能看到这些。"), t("要看详细，请到人工窗口。"))
        actions = (
            (Button("primary", t("看详细"), ActionPressed("details"), "arrow-right"),)
            if known
            else (Button("primary", t("知道了"), PrimaryPressed(), "check-bold"),)
        )
        return ProgressView(
            chrome=chrome,
            title=answer.state_label,
            subtitle=t("查询时间 {moment}", moment=self.work.texts.moment(answer.as_of)),
            spoken=answer.state_label,
            number_line=t("回执号 {number}", number=group_number(answer.receipt_number)),
            panel=panel,
            actions=actions,
        )

    def handle(self, event: Event) -> Next:
        """The answer, a card, again, back."""
        match event:
            case CenterAnswered() if event.question is self._question:
                self._answered = event
                self.session.scanned = event.answer if isinstance(event.answer, CaseStateAnswer) else None
            case CardRead(_, card):
                self.session.card = card
                self.session.item = None
                self.work.record("card_read", session=self.session.number, kind=card.kind, layout=card.layout)
                return Begin("cases")
            case CardUnreadable(_, fault):
                self.work.record("card_unreadable", session=self.session.number, fault=fault)
            case ActionPressed("details"):
                return Begin("cases")
            case ActionPressed("retry"):
                self._answered = None
                self._question = case_state(self._code)
                self.work.center.ask(self.session.number, self._question)
            case PrimaryPressed():
                return Back()
            case DeviceChanged():
                pass
            case _:
                return Ignore()
        return Stay()


class CasesStep(Step):
    """The card holder's own cases; the one whose code was scanned opens by itself."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0
        self._question: Question | None = None
        self._answered: CenterAnswered | None = None

    def enter(self) -> None:
        """Ask anew each time: a case may have moved on."""
        assert self.session.card is not None
        self._question = cases(self.session.card.number)
        self.work.center.ask(self.session.number, self._question)

    def view(self, chrome: Chrome) -> ViewData:
        """The list."""
        t = self.t
        if self._answered is None:
            return _asking(self, chrome)
        answer = self._answered.answer
        if not isinstance(answer, CasesAnswer):
            return _unreachable(self, chrome)
        shown, page, count = pages_of(answer.cases, self._page, _ROWS)
        return CaseListView(
            chrome=chrome,
            title=t("您的办件"),
            subtitle=t("共 {n} 件，点一件看办到哪一步", n=len(answer.cases)) if answer.cases else "",
            spoken=t("您的办件，点一件看办到哪一步。"),
            rows=tuple(self._row(number, case) for number, case in enumerate(shown, 1)),
            empty="" if answer.cases else t("没有查到您的办件。\n刚提交的申请，可能还在送往中心的路上，请过一会儿再查。"),
            previous=Button("previous", t("上一页"), PageTurned(-1) if page else None, "chevron-left") if count > 1 else None,
            next=Button("next", t("下一页"), PageTurned(1) if page + 1 < count else None, "chevron-right") if count > 1 else None,
            page=t("{page} / {count} 页", page=page + 1, count=count) if count > 1 else "",
        )

    def _row(self, number: int, case: CaseDetail) -> CaseRow:
        return CaseRow(
            # Ids of buttons are revealed to scripts: the place on the page, never the case.
            button=Button(f"case_{number}", case.item_name, RowChosen(case.case_number), "chevron-right"),
            title=case.item_name,
            detail=self.t("{moment} 提交", moment=self.work.texts.moment(case.filed_at)),
            state_label=case.state_label,
            tone=_TONES[case.state],
        )

    def handle(self, event: Event) -> Next:
        """The answer, a case chosen, again, back."""
        match event:
            case CenterAnswered() if event.question is self._question:
                first = self._answered is None
                self._answered = event
                if isinstance(event.answer, CasesAnswer):
                    self.session.cases = event.answer.cases
                    wanted = self.session.scanned.receipt_number if self.session.scanned else ""
                    case = next((case for case in event.answer.cases if case.receipt_number == wanted), None)
                    if first and case is not None:
                        self.session.scanned = None
                        return Open(CaseStep(self.work, case))
            case RowChosen(number):
                case = next((case for case in self.session.cases or () if case.case_number == number), None)
                return Open(CaseStep(self.work, case)) if case else Stay()
            case ActionPressed("retry"):
                self._answered = None
                self.enter()
            case PageTurned(by):
                self._page += by
            case PrimaryPressed():
                return Back()
            case _:
                return Ignore()
        return Stay()


class CaseStep(Step):
    """One case: its steps with dates, who holds it, when due, what is wanted."""

    def __init__(self, workplace: Workplace, case: CaseDetail) -> None:
        super().__init__(workplace)
        self._case = case

    def view(self, chrome: Chrome) -> ViewData:
        """The timeline, and one panel that says whether the citizen has to do something."""
        t = self.t
        texts = self.work.texts
        case = self._case
        running = case.due_on is not None and case.state in _IN_HAND
        title = t("正在办理，最迟{day}办结", day=texts.day(case.due_on)) if running and case.due_on else case.state_label
        panel = self._panel()
        usable = self.work.hub.usable(DeviceKind.PRINTER)
        return ProgressView(
            chrome=chrome,
            title=title,
            spoken=title,
            number_line=t("办件编号 {number}", number=group_number(case.case_number)),
            item_name=case.item_name,
            steps=tuple(self._step(step) for step in case.steps),
            wanted_title=t("还缺这些，请一次补齐") if case.wanted else "",
            wanted=case.wanted,
            panel=panel,
            actions=(
                Button("back", t("看别的办件"), PrimaryPressed(), "arrow-left"),
                Button(
                    "print",
                    t("打印进度"),
                    ActionPressed("print") if usable else None,
                    "printer-outline",
                    "" if usable else t("打印机暂时不能用"),
                ),
            ),
        )

    def _panel(self) -> Panel:
        """Whether the citizen has to do something, and what (R2.3, R2.4, R4.4)."""
        t = self.t
        case = self._case
        if case.wanted:
            return Panel(
                Tone.ATTENTION, t("还缺 {n} 样，请一次补齐。", n=len(case.wanted)), t("请带到人工窗口补交，也可以把清单打印下来。")
            )
        if case.state is CaseState.REFUSED:
            reason = case.reason if len(case.reason) <= _REASON else case.reason[: _REASON - 1] + "…"
            return Panel(Tone.ATTENTION, reason or case.state_label, t("理由和依据写在不予受理通知书上，请到人工窗口领取。"))
        if case.state is CaseState.WITHDRAWN:
            return Panel(Tone.INFO, t("申请已经撤回。"), t("以后要办，可以重新申请。"))
        if case.collect:
            return Panel(Tone.ATTENTION if case.state is CaseState.NOTIFIED else Tone.DONE, case.collect)
        if case.tracking:
            return Panel(Tone.DONE, case.tracking, t("凭邮件号码，可以向邮政查询送到哪里。"))
        if case.due_note and not case.due_on and case.state in _IN_HAND:
            return Panel(Tone.ATTENTION, case.due_note)
        return Panel(Tone.DONE, t("现在不用您做什么。"), t("有变化，来这里扫码或放身份证就能看到。"))

    def _step(self, step: CaseStepMessage) -> TimelineStep:
        parts = [self.work.texts.moment(step.at) if step.at else "", step.by, step.note]
        state = "now" if step.current else "done" if step.at else "to_come"
        return TimelineStep(step.label, self.t("·").join(part for part in parts if part), state)

    def handle(self, event: Event) -> Next:
        """Print, or back to the list."""
        match event:
            case ActionPressed("print"):
                paper = progress_paper(
                    self._case,
                    center_name=self.work.center_name,
                    printed_at=self.work.clock.now(),
                    terminal_id=self.work.config.terminal.id,
                    window_hours=self.work.catalogue.window_hours if self.work.catalogue else "",
                    # A case of the window or of another terminal has no code of ours.
                    qr_text=self._case.receipt_code or receipt_code(self.work, self._case.receipt_number),
                    demo=self.work.config.demo,
                )
                return Open(PrintStep(self.work, paper))
            case PrimaryPressed():
                return Back()
            case DeviceChanged():
                return Stay()
        return Ignore()


PROGRESS = Journey("progress", (ScanStep, ConsentStep, CasesStep))
CASES = Journey("cases", (ConsentStep, CasesStep))
