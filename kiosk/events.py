"""All that comes into the terminal: touches, devices, timers, answers of the center. Frozen; a view's buttons carry the event they post."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.link.questions import Question
from kiosk.ports import DeviceStatus, IdCard, Page, PageFault, PrintOutcome
from kiosk.typing.answers import TypingEvent
from kiosk.wire.base import Message
from kiosk.wire.complaints import PublicStaffAnswer
from kiosk.wire.items import CatalogueAnswer
from kiosk.wire.notices import NoticesAnswer


@dataclass(frozen=True)
class Event:
    """Base of all events."""


# ------------------------------------------------------------------ touches


@dataclass(frozen=True)
class TouchEvent(Event):
    """Posted by a screen. Any of these restarts the idle clock."""


@dataclass(frozen=True)
class Woken(TouchEvent):
    """The attract screen was touched. The touch presses nothing else."""


@dataclass(frozen=True)
class Touched(TouchEvent):
    """A touch that pressed nothing: somebody is there."""


@dataclass(frozen=True)
class BackPressed(TouchEvent):
    """返回"""


@dataclass(frozen=True)
class HomePressed(TouchEvent):
    """首页"""


@dataclass(frozen=True)
class EndPressed(TouchEvent):
    """结束: wipe and go to the attract screen."""


@dataclass(frozen=True)
class HelpPressed(TouchEvent):
    """呼叫帮助, on every page."""


@dataclass(frozen=True)
class ContinuePressed(TouchEvent):
    """继续, on the idle question."""


@dataclass(frozen=True)
class PrimaryPressed(TouchEvent):
    """The page's main action."""


@dataclass(frozen=True)
class ActionPressed(TouchEvent):
    """A named further action of the page, e.g. `print`, `search`, `skip_material`, `retry`, `without_paper`."""

    name: str


@dataclass(frozen=True)
class JourneyChosen(TouchEvent):
    """A way in, by the journey's name: `apply`, `guides`, `progress`, `complaints`, `booking`, `public`."""

    journey: str


@dataclass(frozen=True)
class TopicChosen(TouchEvent):
    """A filter chip; empty: all."""

    topic: str


@dataclass(frozen=True)
class PageTurned(TouchEvent):
    """A pager button: -1 or +1."""

    by: int


@dataclass(frozen=True)
class ItemChosen(TouchEvent):
    """A row of the list of items."""

    code: str


@dataclass(frozen=True)
class RowChosen(TouchEvent):
    """A row of another list: a case, a material, a field, a line of the check page."""

    key: str


@dataclass(frozen=True)
class ChoiceMade(TouchEvent):
    """One answer of a choice field."""

    field_code: str
    choice: str


@dataclass(frozen=True)
class KeyPressed(TouchEvent):
    """A key of the on-screen keyboard: one character, or a word.

    `backspace`, `clear`, `restore` (take back what was cleared), `done`, `space`, `shift`, `separator` (between syllables),
    `undo_stroke`, `clear_ink`.
    """

    key: str


@dataclass(frozen=True)
class KeyboardChosen(TouchEvent):
    """Another keyboard, by the value of its KeyboardKind."""

    kind: str


@dataclass(frozen=True)
class CandidateChosen(TouchEvent):
    """A candidate, by its place among all of them and its text: newer ones may stand there by the time that the finger is heard."""

    index: int
    text: str = field(repr=False)


@dataclass(frozen=True)
class CandidatesOpened(TouchEvent):
    """更多: all candidates in place of the keys; or the keys again."""

    opened: bool


@dataclass(frozen=True)
class CandidatesTurned(TouchEvent):
    """A page of candidates further or back."""

    by: int


@dataclass(frozen=True)
class SyllableChosen(TouchEvent):
    """With nine keys: what the first of them spell. The syllable itself: others may stand in its place when the tap is heard."""

    syllable: str


@dataclass(frozen=True)
class CaretPlaced(TouchEvent):
    """The text that is typed was tapped: the caret goes before its character `index`, or to its end."""

    index: int


@dataclass(frozen=True)
class ConsentAnswered(TouchEvent):
    """Agreement to, or refusal of, the use of personal data."""

    agreed: bool


@dataclass(frozen=True)
class StrokeDrawn(TouchEvent):
    """One stroke, points in order, y down: of the signature in its pad's unit square, of a character in widths of the ink box both ways."""

    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class SignatureCleared(TouchEvent):
    """重签"""


# ------------------------------------------------------------------ time


@dataclass(frozen=True)
class Tick(Event):
    """Some four times a second: idle question, countdown, clock on screen. Posted by the timer thread, or by a test at its own pace."""

    now: datetime
    #: Seconds of a clock that never jumps; differences only.
    monotonic: float


@dataclass(frozen=True)
class ShutDown(Event):
    """Stop the terminal."""


# ------------------------------------------------------------------ devices


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


# ------------------------------------------------------------------ typing


@dataclass(frozen=True)
class TypingTold(Event):
    """An engine of the keyboard is ready or down, or has an answer."""

    session: int
    told: TypingEvent = field(repr=False)


# ------------------------------------------------------------------ the center


@dataclass(frozen=True)
class CatalogueChanged(Event):
    """The items now in force, from the center or from the terminal's own copy."""

    catalogue: CatalogueAnswer


@dataclass(frozen=True)
class PublicChanged(Event):
    """What the center publishes, from it or from the terminal's own copy. None: that one is as it was."""

    notices: NoticesAnswer | None = None
    staff: PublicStaffAnswer | None = None


@dataclass(frozen=True)
class SubmissionSent(Event):
    """The center has what was handed in under a number: its answer, of the kind that `kiosk.link.submission.ANSWERS` says."""

    number: str
    answer: Message = field(repr=False)


@dataclass(frozen=True)
class SubmissionDeferred(Event):
    """The center could not be reached; the outbox goes on trying by itself."""

    number: str


@dataclass(frozen=True)
class SubmissionRefused(Event):
    """The center will not take what was handed in, for good; kept for staff. `code` is for them, `sentence` for the citizen."""

    number: str
    code: str
    sentence: str


#: The fault of a question that no center answered.
UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class CenterAnswered(Event):
    """The answer to a question, of the question's kind; None: `fault` says why not, UNREACHABLE or the center's code with its `sentence`."""

    session: int
    question: Question = field(repr=False)
    answer: Message | None = field(repr=False, default=None)
    fault: str = ""
    sentence: str = field(repr=False, default="")


@dataclass(frozen=True)
class CenterSeen(Event):
    """Whether the center answers, and how many submissions are not yet with it."""

    reachable: bool
    unsent: int
