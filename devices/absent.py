"""Ports of devices that this terminal does not have (`driver = "none"`): they say so, and answer what must be answered."""

from __future__ import annotations

from kiosk.events import CaptureFailed, DeviceChanged, PrintFinished
from kiosk.ports import DeviceKind, DeviceState, DeviceStatus, LiveFrame, Post, PrinterFault, PrintJob, PrintOutcome, PrintResult

NOT_CONFIGURED = "not_configured"


class _Absent:
    def __init__(self, device: DeviceKind) -> None:
        self._device = device
        self._post: Post | None = None

    def start(self, post: Post) -> None:
        """Say that it is absent."""
        self._post = post
        hint = f'本机没有配置这个设备（devices.{self._device} 的 driver 为 "none"）'
        post(DeviceChanged(DeviceStatus(self._device, DeviceState.ABSENT, NOT_CONFIGURED, hint)))

    def stop(self) -> None:
        """Nothing to release."""
        self._post = None


class AbsentIdCardReader(_Absent):
    """No reader: no card is ever read."""

    def __init__(self) -> None:
        super().__init__(DeviceKind.ID_CARD)

    def arm(self, session: int) -> None:
        """Nothing will come."""

    def disarm(self) -> None:
        """Nothing to end."""


class AbsentScanner(_Absent):
    """No scanner: no code is ever read."""

    def __init__(self) -> None:
        super().__init__(DeviceKind.SCANNER)

    def arm(self, session: int) -> None:
        """Nothing will come."""

    def disarm(self) -> None:
        """Nothing to end."""


class AbsentPrinter(_Absent):
    """No printer: every job fails as offline."""

    def __init__(self) -> None:
        super().__init__(DeviceKind.PRINTER)

    def print(self, job: PrintJob) -> None:
        """Answer at once that it cannot be printed."""
        if self._post is not None:
            self._post(PrintFinished(job.job_id, job.session, PrintOutcome(PrintResult.FAILED, PrinterFault.OFFLINE)))


class AbsentDocumentCamera(_Absent):
    """No camera: no live picture, and every capture fails."""

    def __init__(self) -> None:
        super().__init__(DeviceKind.DOCUMENT_CAMERA)

    def open(self, session: int) -> None:
        """Nothing will be seen."""

    def capture(self, session: int, request: str) -> None:
        """Answer at once that nothing can be taken."""
        if self._post is not None:
            self._post(CaptureFailed(session, request, NOT_CONFIGURED))

    def close(self) -> None:
        """Nothing to end."""

    def latest(self) -> LiveFrame | None:
        """Never a frame."""
        return None
