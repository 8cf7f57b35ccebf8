"""Done: take the receipt, take the card, what happens next. What was handed in is safe whatever the printer does."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.errors import OneSealError
from kiosk.events import (
    ActionPressed,
    CardLifted,
    CardRead,
    DeviceChanged,
    Event,
    PrimaryPressed,
    PrintFinished,
    SubmissionDeferred,
    SubmissionRefused,
    SubmissionSent,
)
from kiosk.i18n import noted
from kiosk.journeys.handing.afterward import Afterward
from kiosk.journeys.printing import Paper, PrintTask, fault_text
from kiosk.journeys.step import EndSession, Ignore, Next, Stay, Workplace
from kiosk.views import Button, Chrome, DoneView, Panel, TakeCard, Tone, ViewData
from kiosk.wire.documents import Document
from kiosk.wire.masking import group_number


@dataclass(frozen=True)
class DoneWords:
    """What a journey's last page says. `number` as the center or this terminal gave it; `safe`: 申请不受影响."""

    received: str
    kept: str
    refused: str
    subtitle: str
    number_label: str
    number: str
    safe: str
    #: Where the citizen finds it again, if no paper came out.
    find_again: str
    next_lines: tuple[str, ...]
    qr_title: str
    qr_note: str


class HandedDone(Afterward):
    """已经收到 — or, with the center down, 已经保存. Base: a journey says what it was, and what its receipt is."""

    label = noted("完成")

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._task = PrintTask(workplace, self._receipt, lambda: self.handed.number)

    def paper(self, attempt: int) -> Document:
        """The receipt as things stand now, for the how manieth attempt."""
        raise NotImplementedError

    def words(self) -> DoneWords:
        """What this page says."""
        raise NotImplementedError

    def finish(self) -> Next:
        """Where 结束 leads."""
        return EndSession("done")

    # ------------------------------------------------------------------ the page

    def _receipt(self, attempt: int) -> Document:
        """Kept as it is printed, so that the same can be printed again."""
        document = self.paper(attempt)
        try:
            self.work.outbox.update_receipt(self.handed.number, document.model_dump_json().encode())
        except OneSealError as error:
            # What was handed in is safe already; only the kept copy of its paper is the older one.
            self.work.record("outbox_failed", code=error.code)
        return document

    def enter(self) -> None:
        """The receipt prints by itself."""
        self._task.begin()

    def view(self, chrome: Chrome) -> ViewData:
        """What to take, what happens next, the code, the end."""
        t = self.t
        handed, words = self.handed, self.words()
        title = words.refused if handed.refusal else words.received if handed.answer else words.kept
        next_lines = words.next_lines
        if handed.refusal:
            next_lines = (handed.refusal, t("您提交的内容都保存着，工作人员会接着处理。"))
        elif not handed.answer:
            next_lines = (t("现在连不上中心，连上后自动送出，不用您再来提交。"), t("各项日期要等送达以后，由中心告诉您。"))
        return DoneView(
            chrome=chrome,
            title=title,
            subtitle=words.subtitle,
            spoken=title,
            tone=Tone.DONE if handed.answer and not handed.refusal else Tone.ATTENTION,
            number_label=words.number_label if handed.answer else t("本机回执号"),
            number=group_number(words.number if handed.answer else handed.number),
            paper=self._paper(words),
            card=self._card(),
            next_title=t("接下来"),
            next_lines=next_lines,
            # At the center there is nothing that the code of a refused one could open.
            qr="" if handed.refusal else handed.code,
            qr_title=words.qr_title,
            qr_note=t("可以用手机拍下这个码") if self._task.state is Paper.FAILED else words.qr_note,
            actions=self._actions(),
            notice=self._notice(words),
        )

    def _paper(self, words: DoneWords) -> TakeCard:
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
                return TakeCard(t("回执没有打出来"), fault_text(self.work.texts, self._task.fault), words.safe, "attention")

    def _card(self) -> TakeCard | None:
        if not self.work.hub.card_present:
            return None
        t = self.t
        return TakeCard(t("请取回身份证"), t("身份证还在读卡区"), t("别忘了拿"), "attention")

    def _actions(self) -> tuple[Button, ...]:
        t = self.t
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
        # While it still prints nobody has taken it; who does not want to wait need not.
        end = t("不要纸，结束") if self._task.state is Paper.PRINTING else t("都拿好了，结束")
        return (Button("primary", end, PrimaryPressed(), "check-bold"),)

    def _notice(self, words: DoneWords) -> Panel | None:
        t = self.t
        if self._task.state is Paper.FAILED:
            find_again = t("请记下上面的号码，到中心时告诉工作人员。") if self.handed.refusal else words.find_again
            return Panel(Tone.ATTENTION, t("回执没有打出来，{safe}。", safe=words.safe), find_again)
        if self._task.state is Paper.ASKED:
            return Panel(Tone.ATTENTION, t("请看一看出纸口，纸出来了吗？"), t("{safe}，可以放心。", safe=words.safe))
        if not self.handed.answer and not self.handed.refusal:
            return Panel(Tone.ATTENTION, t("还没有送到中心。"), t("您提交的内容保存在本机，断电也不会丢。"))
        return None

    def handle(self, event: Event) -> Next:
        """The printer's and the center's answers, the card, the end."""
        match event:
            case PrintFinished():
                return Stay() if self._task.note(event) else Ignore()
            case ActionPressed("retry" | "print_again") if self._task.state in (Paper.FAILED, Paper.ASKED):
                self._task.begin()
            case PrimaryPressed():
                return self.finish()
            case DeviceChanged() | CardLifted() | CardRead() | SubmissionSent() | SubmissionDeferred() | SubmissionRefused():
                pass
            case _:
                return Ignore()
        return Stay()
