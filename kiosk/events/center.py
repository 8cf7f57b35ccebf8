"""What the center says, and what became of what was handed in to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.events.base import Event
from kiosk.link.questions import Question
from kiosk.wire.base import Message
from kiosk.wire.complaints import PublicStaffAnswer
from kiosk.wire.items import CatalogueAnswer
from kiosk.wire.notices import NoticesAnswer


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
    sentence: str = field(repr=False)


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
