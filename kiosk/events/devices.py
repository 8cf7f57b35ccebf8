"""What the devices and the engines of the keyboard say."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.events.base import Event
from kiosk.ports import DeviceStatus, IdCard, Page, PageFault, PrintOutcome
from kiosk.typing.answers import TypingEvent


@dataclass(frozen=True)
class DeviceChanged(Event):
    """A device's state is now another."""

    status: DeviceStatus


@dataclass(frozen=True)
class CardRead(Event):
    """A card was read for a session."""

    session: int
    card: IdCard = field(repr=False)


@dataclass(frozen=True)
class CardLifted(Event):
    """The card that lay on the reader is gone. Never ends a session."""


@dataclass(frozen=True)
class CardUnreadable(Event):
    """A card lies there and cannot be read; `fault` is a code such as `read_failed`, `select_failed`, `number_invalid`."""

    session: int
    fault: str


@dataclass(frozen=True)
class CodeScanned(Event):
    """A code was held up."""

    session: int
    text: str = field(repr=False)


@dataclass(frozen=True)
class PrintFinished(Event):
    """What came of a print job."""

    job_id: str
    session: int
    outcome: PrintOutcome


@dataclass(frozen=True)
class PageSeen(Event):
    """The camera's judgement of what lies there changed; () is a page that can be taken."""

    session: int
    faults: tuple[PageFault, ...]


@dataclass(frozen=True)
class PageCaptured(Event):
    """A page was taken."""

    session: int
    request: str
    page: Page = field(repr=False)


@dataclass(frozen=True)
class CaptureFailed(Event):
    """A page could not be taken: a PageFault's value, or a device fault such as `no_frame`."""

    session: int
    request: str
    fault: str


@dataclass(frozen=True)
class TypingTold(Event):
    """An engine of the keyboard is ready or down, or has an answer."""

    session: int
    told: TypingEvent = field(repr=False)
