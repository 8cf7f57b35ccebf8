"""One paper on its way: printing, printed, failed, or not known. Nothing prints twice by itself (devices.md §3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kiosk.errors import OneSealError
from kiosk.events import ActionPressed, DeviceChanged, Event, PrimaryPressed, PrintFinished
from kiosk.i18n import Texts
from kiosk.journeys.step import Back, Ignore, Next, Stay, Step, Workplace
from kiosk.ports import DeviceKind, PrinterFault, PrintOutcome, PrintResult
from kiosk.views import Button, Chrome, MessageView, Panel, Tone, ViewData
from kiosk.wire.documents import Document


class Paper(StrEnum):
    """How a paper stands. ASKED: the outcome is unknown, and the citizen is asked whether it came out."""

    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"
    ASKED = "asked"


@dataclass(frozen=True)
class Along:
    """What takes a paper along without paper: the text of a code that opens its public page, and what is taken along. Only where that page is."""

    code: str
    what: str


def print_button(work: Workplace, label: str) -> Button:
    """The button that prints; while the printer is out, it says so."""
    usable = work.hub.usable(DeviceKind.PRINTER)
    note = "" if usable else work.texts.t("打印机暂时不能用")
    return Button("print", label, ActionPressed("print") if usable else None, "printer-outline", note)


def again(document: Document) -> Document:
    """The same paper once more, marked: two of it may exist."""
    return document.model_copy(update={"band": "·".join(part for part in (document.band, "补打") if part)})


def record_print(work: Workplace, event: PrintFinished) -> None:
    """Keep what came of a print job, and with whose receipt: staff may still find the paper in the slot when its citizen is gone."""
    outcome = event.outcome
    fault = outcome.fault.value if outcome.fault else ""
    receipt = work.receipts_printing.pop(event.job_id, "")
    work.record("print_finished", session=event.session, job=event.job_id, receipt=receipt, result=outcome.result.value, fault=fault)
    if not receipt:
        return
    try:
        work.outbox.receipt_printed(receipt, outcome.result)
    except OneSealError as error:
        work.record("outbox_failed", code=error.code)


class PrintTask:
    """One paper, printed on request, again only if it failed or the citizen says that nothing came out.

    `make` gives the document as things stand, for the how manieth attempt, counted from 1; `receipt` the number of what it is the
    receipt of.
    """

    def __init__(self, work: Workplace, make: Callable[[int], Document], receipt: Callable[[], str] = str) -> None:
        self._work = work
        self._make = make
        self._receipt = receipt
        self._attempts = 0
        self._job = ""
        self.state = Paper.PRINTING
        self.fault: PrinterFault | None = None

    def begin(self) -> None:
        """Print, or print once more. After an unknown outcome the paper says 补打: two of it may exist."""
        self._attempts += 1
        document = self._make(self._attempts)
        if self.state is Paper.ASKED:
            document = again(document)
        self.state, self.fault = Paper.PRINTING, None
        self._job = self._work.print(document, self._receipt())

    def note(self, event: Event) -> bool:
        """Learn from the printer's answer; True if it was this paper's."""
        if not isinstance(event, PrintFinished) or event.job_id != self._job:
            return False
        outcome: PrintOutcome = event.outcome
        self.fault = outcome.fault
        self.state = {
            PrintResult.PRINTED: Paper.PRINTED,
            PrintResult.FAILED: Paper.FAILED,
            PrintResult.UNKNOWN: Paper.ASKED,
        }[outcome.result]
        return True


def fault_text(texts: Texts, fault: PrinterFault | None) -> str:
    """What is wrong with the printer, in words."""
    t = texts.t
    return {
        PrinterFault.PAPER_OUT: t("打印机没有纸了"),
        PrinterFault.PAPER_NEAR_END: t("打印纸快用完了"),
        PrinterFault.COVER_OPEN: t("打印机的盖子开着"),
        PrinterFault.CUTTER: t("打印机的切刀卡住了"),
        PrinterFault.OFFLINE: t("打印机没有连上"),
        PrinterFault.ERROR: t("打印机出了故障"),
        None: t("打印机没有打出来"),
    }[fault]


class PrintStep(Step):
    """A paper printed on the way: a guide, a progress slip, a notice. No paper is no obstacle."""

    def __init__(self, workplace: Workplace, document: Document, along: Along | None = None) -> None:
        super().__init__(workplace)
        self._along = along
        self._task = PrintTask(workplace, lambda attempt: document)

    def enter(self) -> None:
        """Print at once: the citizen asked for it."""
        self._task.begin()

    def view(self, chrome: Chrome) -> ViewData:
        """How the paper stands, and what can be done."""
        t = self.t
        place = self.work.config.places.printer
        task = self._task
        match task.state:
            case Paper.PRINTING:
                return MessageView(
                    chrome=chrome,
                    title=t("正在打印，请稍等一下"),
                    spoken=t("正在打印，请稍等一下。"),
                    icon="printer-outline",
                    lines=(t("出纸口在{place}。", place=place),),
                    busy=True,
                )
            case Paper.PRINTED:
                return MessageView(
                    chrome=chrome,
                    title=t("打好了，请取走"),
                    spoken=t("打好了，请取走。"),
                    tone=Tone.DONE,
                    icon="check-circle-outline",
                    lines=(t("出纸口在{place}。", place=place),),
                    actions=(Button("primary", t("拿到了"), PrimaryPressed(), "check-bold"),),
                )
            case Paper.ASKED:
                return MessageView(
                    chrome=chrome,
                    title=t("纸出来了吗？"),
                    spoken=t("纸出来了吗？"),
                    tone=Tone.ATTENTION,
                    icon="printer-alert",
                    lines=(t("打印机没有回话，不知道有没有打出来。"), t("请看一看出纸口，在{place}。", place=place)),
                    actions=(
                        Button("print_again", t("没出来，再打一次"), ActionPressed("print_again"), "printer-outline"),
                        Button("primary", t("出来了"), PrimaryPressed(), "check-bold"),
                    ),
                )
            case _:
                return self._failed(chrome)

    def _failed(self, chrome: Chrome) -> MessageView:
        """What is wrong, and how to take it along all the same."""
        t = self.t
        fault, along = self._task.fault, self._along
        hours = self.work.catalogue.window_hours if self.work.catalogue else ""
        by_staff = t("也可以在{hours}请窗口工作人员打印。", hours=hours) if hours else t("也可以请窗口工作人员打印。")
        return MessageView(
            chrome=chrome,
            title=t("没有打出来"),
            subtitle=fault_text(self.work.texts, fault),
            spoken=t("没有打出来。"),
            tone=Tone.ATTENTION,
            icon="printer-alert",
            lines=(
                t("您填写和提交的内容都在，不会丢。"),
                t("用手机扫下面的码，不用纸也能带走。") if along else t("可以再试一次，也可以下次来再打印。"),
                by_staff,
            ),
            panel=Panel(Tone.INFO, t("没有纸也能接着办。")),
            actions=(
                Button("retry", t("再试一次"), ActionPressed("retry"), "refresh"),
                Button("primary", t("返回上一页"), PrimaryPressed(), "arrow-left"),
            ),
            code=fault.value if fault else "",
            qr=along.code if along else "",
            qr_title=t("手机扫一扫") if along else "",
            qr_note=along.what if along else "",
        )

    def handle(self, event: Event) -> Next:
        """The printer's answer, and the citizen's."""
        match event:
            case PrintFinished():
                return Stay() if self._task.note(event) else Ignore()
            case ActionPressed("retry" | "print_again") if self._task.state in (Paper.FAILED, Paper.ASKED):
                self._task.begin()
            case PrimaryPressed() if self._task.state is not Paper.PRINTING:
                return Back()
            case DeviceChanged():
                pass
            case _:
                return Ignore()
        return Stay()
