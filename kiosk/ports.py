"""What a device is to the terminal. Drivers implement these; nothing here knows a driver, a window or a wire.

A driver is made with a `Post`, runs a worker of its own, and never blocks its caller: every method returns at once, and what
comes of it is posted as an event. Commands carry `session`, the number of the citizen's session; events bring it back, so
that what comes late for a gone citizen can be dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from kiosk.wire.documents import Document

if TYPE_CHECKING:
    from kiosk.events import Event

#: How a driver, a timer or a screen hands an event to the terminal. Thread-safe and never blocks.
Post = Callable[["Event"], None]


class DeviceKind(StrEnum):
    """The devices of a terminal."""

    ID_CARD = "id_card"
    SCANNER = "scanner"
    PRINTER = "printer"
    DOCUMENT_CAMERA = "document_camera"


class DeviceState(StrEnum):
    """STARTING until the first answer; ABSENT: not connected or not configured; FAULT: connected, cannot work now; UNKNOWN: works perhaps, gives no status."""

    STARTING = "starting"
    READY = "ready"
    FAULT = "fault"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class DeviceStatus:
    """Published on change only. `fault` is a stable code (`paper_out`, `no_answer`, `sam_unauthorized`, `no_frame`…); `hint` tells staff what to look at."""

    device: DeviceKind
    state: DeviceState
    fault: str | None = None
    hint: str = ""


class Port(Protocol):
    """What every device has."""

    def start(self, post: Post) -> None:
        """Begin: connect in the background, post `DeviceChanged` when the state is known and whenever it changes."""
        ...

    def stop(self) -> None:
        """End the worker and release the device; returns within 2 s."""
        ...


# ------------------------------------------------------------------ ID card


@dataclass(frozen=True)
class IdCard:
    """What a card says (devices.md §1).

    `kind` resident|hmt|foreign; `layout` resident|J|I|Y; `sex` male|female|unknown|unspecified; `valid_to` None is 长期.
    """

    kind: str
    layout: str
    name: str = field(repr=False)
    number: str = field(repr=False)
    sex: str = "unknown"
    chinese_name: str | None = field(default=None, repr=False)
    nation: str = field(default="", repr=False)
    birth: date | None = field(default=None, repr=False)
    valid_from: date | None = None
    valid_to: date | None = None
    address: str = field(default="", repr=False)
    issuer: str = ""
    #: What only this layout has: `pass_number`, `issue_count`, `nationality`, `version`, `renewals`, `old_number_link`.
    extra: dict[str, str] = field(default_factory=dict, repr=False)


class IdCardReader(Port, Protocol):
    """Posts `CardRead`, `CardLifted`, `CardUnreadable`. Reads one lying card once per `arm`."""

    def arm(self, session: int) -> None:
        """Read the next card laid on for this session.

        A card that already lies there is read too, unless it was read for an earlier session and not lifted since.
        """
        ...

    def disarm(self) -> None:
        """Read nothing more; go on watching whether the card is still there."""
        ...


# ------------------------------------------------------------------ scanner


class Scanner(Port, Protocol):
    """Posts `CodeScanned`. Text that comes while it is not armed is dropped."""

    def arm(self, session: int) -> None:
        """Look for a code until `disarm`; the same code is posted once while it stays in front."""
        ...

    def disarm(self) -> None:
        """Stop looking."""
        ...


# ------------------------------------------------------------------ printer


class PrintResult(StrEnum):
    """UNKNOWN: may be printed, cannot be confirmed. It is asked about, never repeated by itself."""

    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class PrinterFault(StrEnum):
    """What keeps a printer from printing."""

    PAPER_OUT = "paper_out"
    PAPER_NEAR_END = "paper_near_end"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    OFFLINE = "offline"
    ERROR = "error"


@dataclass(frozen=True)
class PrintOutcome:
    """What came of one print job."""

    result: PrintResult
    fault: PrinterFault | None = None


@dataclass(frozen=True)
class PrintJob:
    """One paper to print; `job_id` comes back in `PrintFinished`."""

    job_id: str
    session: int
    document: Document = field(repr=False)


class ReceiptPrinter(Port, Protocol):
    """Posts `PrintFinished` once for each job, whatever happens to it."""

    def print(self, job: PrintJob) -> None:
        """Queue a job. A job whose number was queued before is not printed again."""
        ...


# ------------------------------------------------------------------ document camera


class PageFault(StrEnum):
    """Why a page cannot be taken as it lies; in the order the citizen is told."""

    NO_PAGE = "no_page"
    CUT_OFF = "cut_off"
    DARK = "dark"
    GLARE = "glare"
    BLURRED = "blurred"


@dataclass(frozen=True)
class LiveFrame:
    """One picture of the live view.

    `pixels` RGB, 8 bit, rows from the top, `width`×`height`; `outline` the page's corners in frame pixels, clockwise from top
    left, or ().
    """

    number: int
    width: int
    height: int
    pixels: bytes
    outline: tuple[tuple[float, float], ...] = ()
    faults: tuple[PageFault, ...] = ()


class FrameHandle(Protocol):
    """Where a screen gets the newest live picture. The only thing in view data that is not a value."""

    def latest(self) -> LiveFrame | None:
        """The newest frame, or None before the first."""
        ...


@dataclass(frozen=True)
class Page:
    """A page straightened and kept: `jpeg` ≤ 500 KB at ≥ 150 dpi equivalent (devices.md §4)."""

    jpeg: bytes = field(repr=False)
    width: int
    height: int
    faults: tuple[PageFault, ...] = ()


class DocumentCamera(Port, FrameHandle, Protocol):
    """Posts `PageSeen` when the judgement of what lies there changes, and `PageCaptured` or `CaptureFailed` for each capture."""

    def open(self, session: int) -> None:
        """Begin live view and judgement."""
        ...

    def capture(self, session: int, request: str) -> None:
        """Take the page that lies there now; the answer carries `request`."""
        ...

    def close(self) -> None:
        """End live view and forget every frame."""
        ...
