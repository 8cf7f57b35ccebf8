"""Done: take the receipt, take the card, what happens next. What was filed is safe whatever the printer does."""

from __future__ import annotations

from kiosk.errors import OneSealError
from kiosk.events import ActionPressed, CardLifted, CardRead, DeviceChanged, Event, PrimaryPressed, PrintFinished
from kiosk.i18n import noted
from kiosk.journeys.apply.draft import ensure_draft
from kiosk.journeys.apply.filing import note_answer, receipt_paper
from kiosk.journeys.facts import limit_text
from kiosk.journeys.printing import Paper, PrintTask, fault_text
from kiosk.journeys.step import EndSession, Ignore, Next, Stay, Step, Workplace
from kiosk.ports import PrintResult
from kiosk.session import Filed
from kiosk.views import Button, Chrome, DoneView, Panel, TakeCard, Tone, ViewData
from kiosk.wire.documents import Document
from kiosk.wire.masking import group_number


class DoneStep(Step):
    """已经收到您的申请 — or, with the center down, 已经保存."""

    label = noted("完成")
    can_go_back = False

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._task = PrintTask(workplace, self._receipt)

    def _receipt(self, attempt: int) -> Document:
        """The receipt as things stand now; kept as it is printed, so that the same can be printed again."""
        document = receipt_paper(self.work, self._filed, ensure_draft(self.work), attempt)
        try:
            self.work.outbox.update_receipt(self._filed.receipt_number, document.model_dump_json().encode())
        except OneSealError as error:
            # The filing is safe already; only the kept copy of its paper is the older one.
            self.work.record("outbox_failed", code=error.code)
        return document

    @property
    def _filed(self) -> Filed:
        filed = self.session.filed
        assert filed is not None, "done comes after filing"
        return filed

    def enter(self) -> None:
        """The receipt prints by itself."""
        self._task.begin()

    def view(self, chrome: Chrome) -> ViewData:
        """What to take, what happens next, the code, the end."""
        t = self.t
        filed = self._filed
        if filed.refusal:
            title, tone = t("申请已保存，请到窗口"), Tone.ATTENTION
        elif filed.answer:
            title, tone = t("已经收到您的申请"), Tone.DONE
        else:
            title, tone = t("申请已保存，稍后送达"), Tone.ATTENTION
        return DoneView(
            chrome=chrome,
            title=title,
            subtitle=filed.item.task_name,
            spoken=title,
            tone=tone,
            number_label=t("办件编号") if filed.answer else t("本机回执号"),
            number=group_number(filed.answer.case_number if filed.answer else filed.receipt_number),
            paper=self._paper(),
            card=self._card(),
            next_title=t("接下来"),
            next_lines=self._next_lines(filed),
            qr=filed.code,
            qr_title=t("在本机扫一扫，看进度"),
            qr_note=t("可以用手机拍下这个码") if self._task.state is Paper.FAILED else t("回执上也有这个码"),
            actions=self._actions(),
            notice=self._notice(filed),
        )

    def _next_lines(self, filed: Filed) -> tuple[str, ...]:
        t = self.t
        limit = limit_text(self.work.texts, filed.item)
        if filed.refusal:
            return (filed.refusal, t("您签过的内容都保存着，工作人员会接着处理。"))
        if filed.answer:
            second = (
                t("受理后 {limit}内办结，受理日期以窗口为准。", limit=limit)
                if limit and filed.item.promise.days
                else t("办理时限以窗口告知为准。")
            )
            return (filed.answer.next_step, second)
        return (t("现在连不上中心，连上后自动送出，不用您再来提交。"), t("受理日期要等送达以后，由窗口告诉您。"))

    def _paper(self) -> TakeCard:
        t = self.t
        place = t("出纸口在{place}", place=self.work.config.places.printer)
        match self._task.state:
            case Paper.PRINTING:
                return TakeCard(t("正在打印回执"), t("请稍等一下"), place, "busy")
            case Paper.PRINTED:
                return TakeCard(t("请取走回执"), t("回执打好了"), place, "done")
            case Paper.ASKED:
                return TakeCard(t("回执出来了吗？"), t("打印机没有回话"), place, "attention")
            case _:
                return TakeCard(t("回执没有打出来"), fault_text(self.work.texts, self._task.fault), t("申请不受影响"), "attention")

    def _card(self) -> TakeCard | None:
        if not self.work.hub.card_present:
            return None
        t = self.t
        return TakeCard(t("请取回身份证"), t("身份证还在读卡区"), t("别忘了拿"), "attention")

    def _actions(self) -> tuple[Button, ...]:
        t = self.t
        end = Button("primary", t("都拿好了，结束"), PrimaryPressed(), "check-bold")
        match self._task.state:
            case Paper.FAILED:
                return (
                    Button("retry", t("再打一次"), ActionPressed("retry"), "refresh"),
                    Button("primary", t("不要纸，结束"), PrimaryPressed(), "check-bold"),
                )
            case Paper.ASKED:
                return (
                    Button("print_again", t("没出来，再打"), ActionPressed("print_again"), "printer-outline"),
                    Button("primary", t("出来了，结束"), PrimaryPressed(), "check-bold"),
                )
        return (end,)

    def _notice(self, filed: Filed) -> Panel | None:
        t = self.t
        if self._task.state is Paper.FAILED:
            return Panel(Tone.ATTENTION, t("回执没有打出来，申请不受影响。"), t("可以记下上面的号码，以后放身份证来查。"))
        if self._task.state is Paper.ASKED:
            return Panel(Tone.ATTENTION, t("请看一看出纸口，纸出来了吗？"), t("申请不受影响，可以放心。"))
        if not filed.answer and not filed.refusal:
            return Panel(Tone.ATTENTION, t("还没有送到中心。"), t("您签过的申请保存在本机，断电也不会丢。"))
        return None

    def _keep(self, result: PrintResult) -> None:
        try:
            self.work.outbox.receipt_printed(self._filed.receipt_number, result)
        except OneSealError as error:
            self.work.record("outbox_failed", code=error.code)

    def handle(self, event: Event) -> Next:
        """The printer's and the center's answers, the card, the end."""
        if note_answer(self.work, event):
            return Stay()
        match event:
            case PrintFinished(_, _, outcome):
                if not self._task.note(event):
                    return Ignore()
                self._keep(outcome.result)
            case ActionPressed("retry" | "print_again") if self._task.state in (Paper.FAILED, Paper.ASKED):
                self._task.begin()
            case PrimaryPressed():
                return EndSession("done")
            case DeviceChanged() | CardLifted() | CardRead():
                pass
            case _:
                return Ignore()
        return Stay()
