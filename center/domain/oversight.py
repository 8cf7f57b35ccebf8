"""The daily check (R4.5): who checks what, which cases are about to fall due, on which working days a check is missing, what a report must say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from center.domain import deadlines
from center.domain.calendar import Unknown, WorkingCalendar
from center.domain.roles import Right


class CheckKind(StrEnum):
    """Which of the two checks of a working day."""

    CASES = "cases"
    PROGRESS = "progress"


@dataclass(frozen=True)
class Check:
    """`name` in words, and the `right` of who records it."""

    name: str
    right: Right


CHECKS: dict[CheckKind, Check] = {
    # 第七条: the cases about to fall due, and those that have.
    CheckKind.CASES: Check("即将到期办件检查", Right.CHECK_CASES),
    # 第七条: the progress of every case of every window.
    CheckKind.PROGRESS: Check("办件进度检查", Right.CHECK_PROGRESS),
}

#: A case is about to fall due when it must be done by the next working day but one [design].
SOON_DAYS = 2
#: How far back a missing check is looked for.
_LOOK_BACK = 400


class Urgency(StrEnum):
    """How a case in hand stands to its due day."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    UNDATED = "undated"


#: What the check of what falls due covers: the undated too, because nobody else would look at them (R4.2).
FALLING_DUE: frozenset[Urgency] = frozenset({Urgency.OVERDUE, Urgency.TODAY, Urgency.SOON, Urgency.UNDATED})


def urgency(due_on: date | None, today: date, calendar: WorkingCalendar) -> Urgency:
    """How urgent a case in hand is (R4.5). Where the next days are not known, a case due within a week is soon rather than later."""
    if due_on is None:
        return Urgency.UNDATED
    if due_on < today:
        return Urgency.OVERDUE
    if due_on == today:
        return Urgency.TODAY
    horizon = deadlines.working_days_after(today, SOON_DAYS, calendar)
    if isinstance(horizon, Unknown):
        horizon = today + timedelta(days=7)
    return Urgency.SOON if due_on <= horizon else Urgency.LATER


def missing_checks(first_day: date, checked: Collection[date], today: date, calendar: WorkingCalendar) -> tuple[date, ...]:
    """The working days from `first_day` up to yesterday without a recorded check (R4.5), oldest first.

    A day whose year is not known counts by its weekday here: a reminder to look, not a legal date.
    """
    start = max(first_day, today - timedelta(days=_LOOK_BACK))
    days = (start + timedelta(days=n) for n in range((today - start).days))
    return tuple(day for day in days if day not in checked and _somebody_works(day, calendar))


def _somebody_works(day: date, calendar: WorkingCalendar) -> bool:
    working = calendar.is_working(day)
    return day.weekday() < 5 if isinstance(working, Unknown) else working


#: What an overdue report says (R4.5): what happened, why, and what was done about it.
REPORT_PARTS: dict[str, str] = {"happened": "超期情况", "cause": "原因", "done": "处理结果"}
