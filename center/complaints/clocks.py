"""A complaint's clocks (R6.1, R6.2, R6.6, R6.7): by when what is due, and what an unknown year leaves open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from center.center import Center
from center.domain import complaint as rules
from center.domain.calendar import Unknown
from center.domain.complaint import ComplaintState, Degree
from center.store.tables import Complaint


@dataclass(frozen=True)
class Due:
    """A day, or None and a note: 待定, and what it depends on."""

    on: date | None
    note: str = ""

    def past(self, today: date) -> bool:
        """Whether the day has gone by."""
        return self.on is not None and self.on < today


def due_of(day: date | Unknown) -> Due:
    """The day, or the note that staff and citizens read."""
    if isinstance(day, Unknown):
        return Due(None, f"待定：{day.year} 年节假日安排尚未录入，录入后确定。")
    return Due(day)


@dataclass(frozen=True)
class Clock:
    """One limit: `column` keeps its day, `begun` is when it began to run, `runs` in which states it still does; `ours`: the center's to keep."""

    label: str
    column: str
    begun: Callable[[Complaint], date | None]
    until: Callable[[Center, Complaint, date], date | Unknown]
    runs: frozenset[ComplaintState]
    ours: bool


_S = ComplaintState
_DECIDING = frozenset({_S.RECEIVED})
_HANDLING = frozenset({_S.DIRECT, _S.TRANSFERRED, _S.SUPERVISED, _S.FOUND, _S.MEASURED})

ACCEPTANCE = Clock(
    "受理决定",
    "acceptance_due_on",
    # Stopped while a supplement is waited for (R6.6).
    lambda complaint: None if complaint.state == _S.TO_SUPPLEMENT else complaint.received_at.date(),
    lambda center, _complaint, day: rules.acceptance_due(day, center.calendar),
    _DECIDING,
    True,
)
HANDLING = Clock(
    "办结",
    "handling_due_on",
    lambda complaint: complaint.taken_on,
    lambda center, complaint, day: rules.handling_due(day, Degree(complaint.degree), center.calendar),
    _HANDLING,
    True,
)
ANSWERING = Clock(
    "申辩复查",
    "answer_until",
    lambda complaint: complaint.written_on,
    lambda center, _complaint, day: rules.answer_until(day, center.calendar),
    rules.OPEN_TO_ANSWER,
    False,
)
#: The complainant's own: evidence that follows (R6.1), or the supplement that was asked for.
EVIDENCE = Clock(
    "补交材料",
    "evidence_due_on",
    lambda complaint: complaint.evidence_from,
    lambda center, complaint, day: (rules.lapse_after if complaint.state == _S.TO_SUPPLEMENT else rules.evidence_due)(day, center.calendar),
    frozenset({_S.TO_SUPPLEMENT}),
    False,
)
CLOCKS = (ACCEPTANCE, HANDLING, ANSWERING, EVIDENCE)


def start(center: Center, complaint: Complaint, clock: Clock) -> Due:
    """Set the clock's column from its beginning, and say what it is."""
    due = reading(center, complaint, clock, afresh=True)
    setattr(complaint, clock.column, due.on)
    return due


def reading(center: Center, complaint: Complaint, clock: Clock, afresh: bool = False) -> Due:
    """What the clock says. A day that could not be named when it began is named once its year is known."""
    kept: date | None = None if afresh else getattr(complaint, clock.column)
    if kept is not None:
        return Due(kept)
    begun = clock.begun(complaint)
    return Due(None, "收件后起算") if begun is None else due_of(clock.until(center, complaint, begun))


def running(center: Center, complaint: Complaint) -> tuple[Clock, Due] | None:
    """The limit that binds the center now, or None."""
    state = ComplaintState(complaint.state)
    return next(((clock, reading(center, complaint, clock)) for clock in CLOCKS if state in clock.runs), None)


def fill_pending(center: Center, session: Session) -> dict[UUID, dict[str, date]]:
    """Name every day that an unknown year left open and that can be named now; which, by complaint. To be called when a year is entered."""
    filled: dict[UUID, dict[str, date]] = {}
    for complaint in session.scalars(_live(center).with_for_update()):
        if days := _nameable(center, complaint):
            filled[complaint.id] = days
            for column, day in days.items():
                setattr(complaint, column, day)
    return filled


def can_fill(center: Center, session: Session) -> bool:
    """Whether there is a day for `fill_pending` to name. Nothing is locked for the question."""
    return any(_nameable(center, complaint) for complaint in session.scalars(_live(center)))


def _live(center: Center) -> Select[Complaint]:
    return select(Complaint).where(Complaint.township_id == center.township_id, Complaint.state != ComplaintState.ARCHIVED)


def _nameable(center: Center, complaint: Complaint) -> dict[str, date]:
    open_clocks = [clock for clock in CLOCKS if getattr(complaint, clock.column) is None]
    days = {clock.column: reading(center, complaint, clock, afresh=True).on for clock in open_clocks}
    return {column: day for column, day in days.items() if day is not None}
