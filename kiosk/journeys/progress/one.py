"""One case: its steps with dates, who holds it, when due, what is wanted, and what can be done about it."""

from __future__ import annotations

from kiosk.events import ActionPressed, DeviceChanged, Event, PrimaryPressed
from kiosk.journeys.codes import receipt_code
from kiosk.journeys.papers import progress_paper
from kiosk.journeys.printing import Along, PrintStep, print_button
from kiosk.journeys.progress.doing import FINISHED, Way, WaysStep, reason_of, ways_for
from kiosk.journeys.progress.supply import can_supply, on_its_way
from kiosk.journeys.step import Back, Ignore, Next, Open, Stay, Step, Workplace
from kiosk.views import Button, Chrome, Panel, ProgressView, TimelineStep, Tone, ViewData
from kiosk.wire.cases import CaseDetail, CaseState
from kiosk.wire.cases import CaseStep as CaseStepMessage
from kiosk.wire.masking import group_number, mask_name

#: Accepted and not decided upon yet: the due day is what matters.
_IN_HAND = {CaseState.ACCEPTED, CaseState.WITH_DEPARTMENT, CaseState.BACK, CaseState.DECIDED}


class CaseStep(Step):
    """The case, and one panel that says whether the citizen has to do something."""

    def __init__(self, workplace: Workplace, case: CaseDetail) -> None:
        super().__init__(workplace)
        self._case = case

    def view(self, chrome: Chrome) -> ViewData:
        """The timeline, what is wanted, the most pressing act and the others."""
        t = self.t
        texts = self.work.texts
        case = self._case
        running = case.due_on is not None and case.state in _IN_HAND
        title = t("正在办理，最迟{day}办结", day=texts.day(case.due_on)) if running and case.due_on else case.state_label
        number = t("办件编号 {number}", number=group_number(case.case_number))
        return ProgressView(
            chrome=chrome,
            title=title,
            spoken=title,
            number_line=t("{number}·替{name}办", number=number, name=mask_name(case.applicant_name)) if case.applicant_name else number,
            item_name=case.item_name,
            steps=tuple(self._step(step) for step in case.steps),
            wanted_title=t("还缺这些，请一次补齐") if case.wanted else "",
            wanted=case.wanted,
            panel=self._panel(),
            actions=self._actions(),
        )

    def _panel(self) -> Panel:
        """Whether the citizen has to do something, and what (R2.3, R2.4, R4.4)."""
        t = self.t
        case = self._case
        if on_its_way(self.work, case):
            return Panel(Tone.INFO, t("补交的已经保存，正在送到中心。"), t("不用再补交；送到以后，这里会变。"))
        if case.wanted:
            how = (
                t("可以在这里补交，也可以带到人工窗口。")
                if can_supply(self.work, case)
                else t("请带到人工窗口补交，也可以把清单打印下来。")
            )
            return Panel(Tone.ATTENTION, t("还缺 {n} 样，请一次补齐。", n=len(case.wanted)), how)
        if case.state is CaseState.REFUSED:
            return Panel(Tone.ATTENTION, reason_of(case) or case.state_label, t("理由和依据写在不予受理通知书上，可以在这里看。"))
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

    # ------------------------------------------------------------------ doing

    def _pressing(self) -> Way | None:
        """The one act that stands on the page itself: to supply, or to rate what is finished."""
        case = self._case
        pressing = "supply" if can_supply(self.work, case) else "rate" if case.state in FINISHED else ""
        return next((way for way in ways_for(self.work, case) if way.key == pressing), None)

    def _actions(self) -> tuple[Button, ...]:
        """Print, everything that can be done, and the most pressing of it."""
        t = self.t
        pressing = self._pressing()
        printing = print_button(self.work, t("打印进度"))
        more = Button("more", t("更多"), ActionPressed("more"), "chevron-right")
        if pressing:
            return (printing, more, Button("primary", t(pressing.label), PrimaryPressed(), pressing.icon))
        if self._case.state is CaseState.REFUSED:
            return (printing, Button("primary", t("还可以怎么办"), PrimaryPressed(), "arrow-right"))
        others = (more,) if ways_for(self.work, self._case) else ()
        return (printing, *others, Button("primary", t("看完了"), PrimaryPressed(), "check-bold"))

    def handle(self, event: Event) -> Next:
        """Print, do something, or back to the list."""
        match event:
            case ActionPressed("print"):
                return self._print()
            case ActionPressed("more"):
                return Open(WaysStep(self.work, self._case))
            case PrimaryPressed():
                pressing = self._pressing()
                if pressing:
                    return pressing.lead(self.work, self._case)
                return Open(WaysStep(self.work, self._case)) if self._case.state is CaseState.REFUSED else Back()
            case DeviceChanged():
                return Stay()
        return Ignore()

    def _print(self) -> Next:
        # A case of the window or of another terminal has no code of ours.
        code = self._case.receipt_code or receipt_code(self.work, self._case.receipt_number)
        catalogue = self.work.catalogue
        paper = progress_paper(
            self._case,
            center_name=self.work.center_name,
            printed_at=self.work.clock.now(),
            terminal_id=self.work.config.terminal.id,
            window_hours=catalogue.window_hours if catalogue else "",
            qr_text=code,
            demo=self.work.config.demo,
        )
        public = catalogue is not None and bool(catalogue.public_base_url)
        return Open(PrintStep(self.work, paper, Along(code, self.t("用手机看办到哪一步")) if public else None))
