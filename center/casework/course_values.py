"""What an application's course after acceptance consists of: values only, read from its records by `course_of`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from center.domain.application import SPECIAL_NAMES, Outcome, Pause, SpecialProcedure
from center.domain.separation import FEEDBACK_NAMES, Feedback


@dataclass(frozen=True)
class Count:
    """One line of a slip: which paper, how many copies."""

    code: str
    name: str
    copies: int


@dataclass(frozen=True)
class Signed:
    """Who did something, and when."""

    at: datetime
    by: str
    note: str = ""


@dataclass(frozen=True)
class Opinion:
    """The department's written opinion (R5.3), and the papers it sends back."""

    agrees: bool
    reasons: str
    survey: str
    lines: tuple[Count, ...]
    at: datetime
    by: str
    #: The page of the opinion as it was issued.
    paper: UUID | None
    #: Why it was written anew, of one that corrects another.
    why: str = ""


@dataclass(frozen=True)
class Round:
    """One hand-over and its return (R5.2). `short`: what came back in another number than it went out, explained in `explanation`."""

    department: str
    lines: tuple[Count, ...]
    at: datetime
    by: str
    due_on: date | None
    late_reason: str
    received: Signed | None = None
    opinion: Opinion | None = None
    taken_back: Signed | None = None
    #: The opinions that the department corrected, in their order; `opinion` is the one that stands.
    earlier: tuple[Opinion, ...] = ()
    returned: tuple[Count, ...] = ()
    explanation: str = ""

    @property
    def short(self) -> tuple[tuple[Count, int], ...]:
        """Papers that came back in another number: what went out, and how many are back."""
        back = {line.code: line.copies for line in self.returned}
        return (
            tuple((line, back.get(line.code, 0)) for line in self.lines if back.get(line.code, 0) != line.copies) if self.taken_back else ()
        )

    @property
    def lost(self) -> bool:
        """Whether less came back than went out: perhaps lost material (R9)."""
        return any(back < line.copies for line, back in self.short)


@dataclass(frozen=True)
class PauseView:
    """A special procedure of the case (R4.7)."""

    id: UUID
    procedure: SpecialProcedure
    expected_days: int
    begun_on: date
    ended_on: date | None

    @property
    def name(self) -> str:
        """In words."""
        return SPECIAL_NAMES[self.procedure]

    @property
    def pause(self) -> Pause:
        """As the sum of the due day takes it."""
        return Pause(self.begun_on, self.ended_on)


@dataclass(frozen=True)
class Decision:
    """What was decided, why, on which basis; `against`: why otherwise than the department advised (R5.3)."""

    outcome: Outcome
    reasons: str
    basis: str
    against: str
    at: datetime
    by: str
    number: str


@dataclass(frozen=True)
class Told:
    """What was said to whom and how (R4.4). `reached` False: nobody was reached."""

    at: datetime
    by: str
    who: str
    how: str
    words: str
    reached: bool


@dataclass(frozen=True)
class HandedOut:
    """How the result left the center: collected, or posted under `waybill` (R10)."""

    at: datetime
    by: str
    who: str
    detail: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FeedbackView:
    """What the department reports back (R5.5)."""

    kind: Feedback
    words: str
    number: str
    at: datetime
    by: str

    @property
    def name(self) -> str:
        """Its kind in words."""
        return FEEDBACK_NAMES[self.kind]


@dataclass(frozen=True)
class CourseView:
    """The whole course. Days as the case's row has them; None: not set, or 待定."""

    department: str
    handover_due_on: date | None
    handed_over_on: date | None
    extended_reason: str
    department_due_on: date | None
    rounds: tuple[Round, ...]
    pauses: tuple[PauseView, ...]
    decision: Decision | None
    completed_on: date | None
    notify_due_on: date | None
    notified_on: date | None
    told: tuple[Told, ...]
    delivery: str
    handed_out: HandedOut | None
    pushed_at: datetime | None
    push_received: Signed | None
    feedback: tuple[FeedbackView, ...]
    withdrawn: Signed | None
    #: What was given back after the case ended without a result. None: it was, and no lines were kept; then it was everything.
    given_back: tuple[Count, ...] | None

    @property
    def papers_out(self) -> bool:
        """Whether papers lie at the department."""
        return self.round is not None and self.round.taken_back is None

    @property
    def round(self) -> Round | None:
        """The latest hand-over."""
        return self.rounds[-1] if self.rounds else None

    @property
    def opinion(self) -> Opinion | None:
        """The latest opinion that is back at the window."""
        return next((each.opinion for each in reversed(self.rounds) if each.opinion and each.taken_back), None)

    @property
    def open_pauses(self) -> tuple[PauseView, ...]:
        """Special procedures still going on."""
        return tuple(pause for pause in self.pauses if pause.ended_on is None)

    @property
    def handover_late(self) -> bool:
        """Whether the papers went to the department after their day (R5.2)."""
        return bool(self.handed_over_on and self.handover_due_on and self.handed_over_on > self.handover_due_on)

    @property
    def notified_late(self) -> bool:
        """Whether the applicant was told after the day of R4.4."""
        return bool(self.notified_on and self.notify_due_on and self.notified_on > self.notify_due_on)
