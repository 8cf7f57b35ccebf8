"""A second, independent calculation of every legal day, for tests: from the State Council's notices typed in here, by counting down a list.

It shares nothing with `center.domain`: no import, no calendar library, no loop over days. None is 待定: the day lies beyond what is published.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

#: 国办发明电〔2024〕12号 for 2025 and 国办发明电〔2025〕7号 for 2026: first and last day off.
_DAYS_OFF: tuple[tuple[str, str], ...] = (
    ("2025-01-01", "2025-01-01"),  # 元旦
    ("2025-01-28", "2025-02-04"),  # 春节
    ("2025-04-04", "2025-04-06"),  # 清明节
    ("2025-05-01", "2025-05-05"),  # 劳动节
    ("2025-05-31", "2025-06-02"),  # 端午节
    ("2025-10-01", "2025-10-08"),  # 国庆节、中秋节
    ("2026-01-01", "2026-01-03"),  # 元旦
    ("2026-02-15", "2026-02-23"),  # 春节
    ("2026-04-04", "2026-04-06"),  # 清明节
    ("2026-05-01", "2026-05-05"),  # 劳动节
    ("2026-06-19", "2026-06-21"),  # 端午节
    ("2026-09-25", "2026-09-27"),  # 中秋节
    ("2026-10-01", "2026-10-07"),  # 国庆节
)
#: Saturdays and Sundays on which people work for them.
_MADE_UP: tuple[str, ...] = (
    "2025-01-26",
    "2025-02-08",
    "2025-04-27",
    "2025-09-28",
    "2025-10-11",
    "2026-01-04",
    "2026-02-14",
    "2026-02-28",
    "2026-05-09",
    "2026-09-20",
    "2026-10-10",
)

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)


def _listed(first: date, last: date) -> list[date]:
    return [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]


_OFF = {day for first, last in _DAYS_OFF for day in _listed(date.fromisoformat(first), date.fromisoformat(last))}
_ON = {date.fromisoformat(day) for day in _MADE_UP}
#: Every working day of the two years, in order.
WORKING_DAYS: tuple[date, ...] = tuple(
    day for day in _listed(FIRST, LAST) if day in _ON or (day.isoweekday() not in (6, 7) and day not in _OFF)
)


def is_working(day: date) -> bool:
    """Whether people work on `day`. Raises ValueError beyond the two years."""
    if not FIRST <= day <= LAST:
        raise ValueError(day)
    return day in WORKING_DAYS


def _nth(days: Iterable[date], after: date, n: int) -> date | None:
    if after < FIRST:
        raise ValueError(after)
    if n == 0:
        return after
    listed = list(days)
    index = bisect_right(listed, after) + n - 1
    return listed[index] if index < len(listed) else None


def working_days_after(day: date, n: int) -> date | None:
    """The n-th working day after `day`; `day` itself for 0."""
    return _nth(WORKING_DAYS, day, n)


def working_days_between(after: date, until: date) -> int:
    """How many working days lie after `after`, up to and with `until`."""
    return bisect_right(WORKING_DAYS, until) - bisect_right(WORKING_DAYS, after)


def due(accepted_on: date, days: int | None, working: bool = True, pauses: Iterable[tuple[date, date | None]] = ()) -> date | None:
    """R4.2, R4.7: the due day; days after a procedure began, up to and with the day it ended, are struck from the list before counting."""
    stopped = list(pauses)
    if days is None or any(ended is None for _, ended in stopped):
        return None
    struck = {day for begun, ended in stopped if ended for day in _listed(begun, ended) if day > begun}
    listed = WORKING_DAYS if working else _listed(accepted_on, date.fromordinal(accepted_on.toordinal() + days + len(struck)))
    return _nth((day for day in listed if day not in struck), accepted_on, days)


def acceptance_day(issued_on: date, supplied_on: date | None) -> date:
    """R4.1: the notice's day, or the day on which the last paper was brought."""
    return sorted(day for day in (issued_on, supplied_on) if day is not None)[0]


def handover_due(taken_in_on: date, accepted_on: date, special: bool) -> date | None:
    """R5.2, R3.2: the earlier of same day (special: next working day) from 接件 and one working day from 受理, never before 受理."""
    clocks = [working_days_after(taken_in_on, 1 if special else 0), working_days_after(accepted_on, 1)]
    known = [day for day in clocks if day is not None]
    if len(known) < 2 and not any(day <= accepted_on for day in known):
        return None
    return sorted([accepted_on, sorted(known)[0]])[1]


def department_due(handed_on: date, days: int | None, working: bool = True, pauses: Iterable[tuple[date, date | None]] = ()) -> date | None:
    """R5.2, R5.3: by when the department returns the papers; its own special procedures do not count."""
    return due(handed_on, days, working, pauses)


def notify_due(completed_on: date) -> date | None:
    """R4.4."""
    return working_days_after(completed_on, 1)


def tell_due(received_on: date) -> date | None:
    """R4.6."""
    return working_days_after(received_on, 5)


def deemed_accepted(received_on: date, answered_on: date | None, today: date) -> date | None:
    """R4.6: the day from which silence counts as acceptance of a 行政许可: more than five working days without a word."""
    return (
        received_on
        if working_days_between(received_on, answered_on or today) >= 5 and (answered_on or today) > _last(received_on)
        else None
    )


def _last(received_on: date) -> date:
    last = tell_due(received_on)
    assert last is not None
    return last


def open_due(received_on: date) -> date | None:
    """R9: a filing that nobody opened for a working day."""
    return working_days_after(received_on, 1)


def evidence_due(received_on: date) -> date | None:
    """R6.1."""
    return working_days_after(received_on, 3)


def supplement_waits_until(asked_on: date) -> date | None:
    """R6.3 [design]: fifteen working days for a supplement of a complaint, before it may be archived without."""
    return working_days_after(asked_on, 15)


def complaint_acceptance_due(received_on: date) -> date | None:
    """R6.2."""
    return working_days_after(received_on, 3)


def complaint_handling_due(taken_on: date, degree: str) -> date | None:
    """R6.6: `ordinary`, `complicated` or `special`."""
    return working_days_after(taken_on, {"ordinary": 3, "complicated": 10, "special": 30}[degree])


def answer_until(written_on: date) -> date | None:
    """R6.7."""
    return working_days_after(written_on, 15)


def missing_checks(first_day: date, checked: Iterable[date], today: date) -> tuple[date, ...]:
    """R4.5: working days from `first_day` to yesterday that nobody checked."""
    return tuple(sorted({day for day in WORKING_DAYS if first_day <= day < today} - set(checked)))
