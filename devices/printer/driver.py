"""The receipt printer as the terminal knows it: `kiosk.ports.ReceiptPrinter` on a worker of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from devices.printer.file_printer import FilePrinter
from devices.printer.line import Printer, PrinterLine, Timing
from devices.printer.lost import TransportLost
from devices.printer.status import Reading
from devices.printer.target import FileTarget, Target, parse_target
from devices.printer.transport import open_transport
from devices.worker import Backoff, DeviceFault, DeviceWorker
from kiosk.config import PrinterSection
from kiosk.events import PrintFinished
from kiosk.ports import DeviceKind, DeviceState, PrinterFault, PrintJob, PrintOutcome, PrintResult

#: What staff look at, by fault.
HINTS = {
    PrinterFault.PAPER_OUT: "打印纸用完：打开打印机盖，换上新纸卷，合上盖子",
    PrinterFault.PAPER_NEAR_END: "打印纸快用完：请准备新纸卷",
    PrinterFault.COVER_OPEN: "打印机盖没有合上：请合上盖子",
    PrinterFault.CUTTER: "切纸刀卡住：打开打印机盖，取出卡住的纸，合上盖子",
    PrinterFault.OFFLINE: "打印机没有连接：检查电源和数据线",
    PrinterFault.ERROR: "打印机报告故障：关闭打印机电源，等 10 秒再打开",
}
_UNKNOWN_HINT = "打印机不回答状态询问：仍可打印，但不能确认是否印出；请检查数据线和打印机型号"

#: Between two looks at an idle printer.
_POLL_SECONDS = 1.0

#: A long receipt drawn at 9600 baud takes about two minutes; three are wedged.
_JOB_SECONDS = 180.0


def open_printer(target: Target, timing: Timing | None = None, gives_up: Callable[[], bool] = lambda: False) -> Printer:
    """Open the line to the printer that `target` names. Raises TransportLost."""
    if isinstance(target, FileTarget):
        return FilePrinter(target.directory)
    return PrinterLine(open_transport(target), timing, gives_up)


class EscposPrinter(DeviceWorker):
    """An ESC/POS printer, 58 or 80 mm. Raises ConfigurationError if the section's target cannot be used."""

    def __init__(self, section: PrinterSection, *, retry: Backoff | None = None, timing: Timing | None = None) -> None:
        super().__init__(DeviceKind.PRINTER, retry=retry)
        self._target = parse_target(section.target)
        self._mode, self._width = section.mode, section.width
        self._timing = timing
        self._printer: Printer | None = None
        #: The last job did not come to its end.
        self._broke_off = False
        self._queued: set[str] = set()
        self._queuing = threading.Lock()

    # -------------------------------------------------------------- the port

    def print(self, job: PrintJob) -> None:
        """Queue a job; FAILED(offline) at once if the printer cannot be reached. A number that was queued before is not printed again."""
        with self._queuing:
            if job.job_id in self._queued:
                return
            self._queued.add(job.job_id)
        self.submit(lambda: self._finish(job))

    # -------------------------------------------------------------- the worker

    def connect(self) -> None:
        """Open the line and ask how the printer is."""
        try:
            self._look(self._open())
        except TransportLost:
            raise _offline() from None

    def serve(self) -> None:
        """Look at the idle printer once a second, so that a fault clears by itself when the paper is back."""
        if self.rest(_POLL_SECONDS) and self._printer is not None:
            try:
                self._look(self._printer)
            except TransportLost:
                raise _offline() from None

    def disconnect(self) -> None:
        """Give the line back."""
        if self._printer is not None:
            self._printer.close()
            self._printer = None

    # -------------------------------------------------------------- inside

    def _open(self) -> Printer:
        if self._printer is None:
            self._printer = open_printer(self._target, self._timing, lambda: self.stopping)
        return self._printer

    def _look(self, printer: Printer) -> None:
        self.publish(*describe(printer.probe()))

    def _finish(self, job: PrintJob) -> None:
        """Print, and post the outcome whatever happens."""
        # What a bug in here leaves behind: it may have happened after something was sent.
        outcome = PrintOutcome(PrintResult.UNKNOWN, PrinterFault.ERROR)
        with self.deadline(_JOB_SECONDS):
            try:
                outcome = self._outcome(job)
            finally:
                # The state first: whoever hears of the outcome sees the printer as it is.
                self._publish_cause(outcome)
                self.post(PrintFinished(job.job_id, job.session, outcome))
        if outcome.fault is PrinterFault.OFFLINE:
            raise _offline()
        if self.connected and self._printer is not None:
            try:
                self._look(self._printer)
            except TransportLost:
                raise _offline() from None
        else:
            # It was reached for this job, before the back-off had ended.
            self.disconnect()
            self.hurry()

    def _publish_cause(self, outcome: PrintOutcome) -> None:
        if outcome.fault is PrinterFault.OFFLINE:
            self.publish(DeviceState.ABSENT, outcome.fault, HINTS[outcome.fault])
        elif outcome.fault is not None:
            self.publish(*describe(Reading(known=True, fault=outcome.fault)))

    def _outcome(self, job: PrintJob) -> PrintOutcome:
        """One try; a second one only if the line turned out dead before anything was sent, as after a reset of the printer."""
        for _ in range(2):
            try:
                outcome = self._open().print(job.document, self._mode, self._width, resync=self._broke_off)
                self._broke_off = outcome.result is PrintResult.UNKNOWN
                return outcome
            except TransportLost:
                self.disconnect()
        return PrintOutcome(PrintResult.FAILED, PrinterFault.OFFLINE)


def _offline() -> DeviceFault:
    return DeviceFault(PrinterFault.OFFLINE, HINTS[PrinterFault.OFFLINE])


def describe(reading: Reading) -> tuple[DeviceState, str | None, str]:
    """A reading as the state that is published. That the roll is near its end is a warning: the printer is ready."""
    if reading.fault is not None:
        return (DeviceState.FAULT if reading.blocked else DeviceState.READY), reading.fault, HINTS[reading.fault]
    if not reading.known:
        return DeviceState.UNKNOWN, None, _UNKNOWN_HINT
    return DeviceState.READY, None, ""
