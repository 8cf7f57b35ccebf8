"""The center's figures (R6.9 and the dashboard): counted from dates and codes alone. No identity is read here, so nothing here needs hiding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from center.casework.queue import is_night
from center.catalogue import item_of
from center.center import Center
from center.clock import CHINA
from center.domain.accountability import EventCause, EventState
from center.domain.application import IN_HAND, ApplicationState, limit_words
from center.domain.calendar import LimitUnit, Unknown, WorkingCalendar
from center.domain.complaint import ComplaintState, Finding, Matter
from center.domain.oversight import Urgency, urgency
from center.store.tables import AccountabilityEvent, Case, Complaint, Item, Rating

DAYS_SHOWN = 30
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Standing:
    """Cases in hand by how they stand to their due day (R4.5)."""

    in_hand: int
    today: int
    soon: int
    overdue: int
    undated: int


@dataclass(frozen=True)
class Share:
    """One department or window: what it has in hand."""

    name: str
    on_course: int
    soon: int
    overdue: int
    undated: int


@dataclass(frozen=True)
class Pace:
    """One item's completed cases: how many days of the limit's unit they took on average, and the limit. `late` were past it."""

    name: str
    completed: int
    late: int
    days: float
    limit: int | None
    unit: LimitUnit

    @property
    def words(self) -> str:
        """`办结 12 件，平均 3.5 天，承诺 5 个工作日，超期 1 件`"""
        late = f"，超期 {self.late} 件" if self.late else ""
        return f"办结 {self.completed} 件，平均 {self.days:.1f} 天，承诺 {limit_words(self.limit, self.unit)}{late}"


@dataclass(frozen=True)
class Figures:
    """What the dashboard shows of now and of the last weeks."""

    standing: Standing
    unopened: int
    unopened_night: int
    complaints_open: int
    departments: tuple[Share, ...]
    windows: tuple[Share, ...]
    filed: tuple[tuple[date, int, bool], ...]
    paces: tuple[Pace, ...]
    complaint_months: tuple[tuple[str, int, int], ...]
    matters: tuple[tuple[Matter, int], ...]
    findings: tuple[tuple[Finding, int], ...]
    accountability: tuple[tuple[EventCause, int, int], ...]
    ratings: tuple[tuple[int, int], ...]


def day_start(day: date) -> datetime:
    """Midnight in China."""
    return datetime.combine(day, time(), CHINA)


def months_until(today: date, count: int) -> list[date]:
    """The first days of the last `count` months, this one last."""
    firsts = [today.replace(day=1)]
    while len(firsts) < count:
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    return firsts[::-1]


def figures(center: Center) -> Figures:
    """Everything the dashboard shows, now."""
    today = center.clock.now().date()
    with center.database.reading() as session:
        in_hand = _in_hand(center, session, today)
        waiting = session.execute(
            select(Case.filed_at).where(
                Case.township_id == center.township_id, Case.state == ApplicationState.FILED, Case.opened_at.is_(None)
            )
        ).scalars()
        nights = [is_night(center, at) for at in waiting]
        year = months_until(today, MONTHS_SHOWN)[0]
        return Figures(
            standing=_standing(in_hand),
            unopened=len(nights),
            unopened_night=sum(nights),
            complaints_open=_complaints_open(center, session),
            departments=_shares((department or "窗口直接办理", urgent) for department, _, urgent in in_hand),
            windows=_shares((window or "尚未分到窗口", urgent) for _, window, urgent in in_hand),
            filed=_filed(center, session, today),
            paces=paces(center, session, today - timedelta(days=DAYS_SHOWN - 1), today),
            complaint_months=_complaint_months(center, session, today),
            matters=complaints_by(center, session, Complaint.matter, Matter, Complaint.received_at >= day_start(year)),
            findings=complaints_by(center, session, Complaint.finding, Finding, Complaint.received_at >= day_start(year)),
            accountability=_accountability(center, session),
            ratings=ratings(center, session, today - timedelta(days=DAYS_SHOWN - 1), today),
        )


def _in_hand(center: Center, session: Session, today: date) -> list[tuple[str, str, Urgency]]:
    rows = session.execute(
        select(Case.department, Case.window, Case.due_on).where(Case.township_id == center.township_id, Case.state.in_(IN_HAND))
    )
    return [(department, window, urgency(due_on, today, center.calendar)) for department, window, due_on in rows]


def _standing(in_hand: list[tuple[str, str, Urgency]]) -> Standing:
    count = Counter(urgent for _, _, urgent in in_hand)
    return Standing(len(in_hand), count[Urgency.TODAY], count[Urgency.SOON], count[Urgency.OVERDUE], count[Urgency.UNDATED])


def _shares(named: Iterable[tuple[str, Urgency]]) -> tuple[Share, ...]:
    by_name: dict[str, Counter[Urgency]] = {}
    for name, urgent in named:
        by_name.setdefault(name, Counter())[urgent] += 1
    shares = [
        Share(
            name,
            count[Urgency.LATER],
            count[Urgency.TODAY] + count[Urgency.SOON],
            count[Urgency.OVERDUE],
            count[Urgency.UNDATED],
        )
        for name, count in by_name.items()
    ]
    return tuple(sorted(shares, key=lambda each: (-(each.on_course + each.soon + each.overdue + each.undated), each.name)))


def _filed(center: Center, session: Session, today: date) -> tuple[tuple[date, int, bool], ...]:
    """Each of the last days: how many were filed, and whether it was a day of rest (a day of an unknown year goes by its weekday here)."""
    first = today - timedelta(days=DAYS_SHOWN - 1)
    moments = session.scalars(select(Case.filed_at).where(Case.township_id == center.township_id, Case.filed_at >= day_start(first)))
    count = Counter(at.date() for at in moments)
    days = [first + timedelta(days=n) for n in range(DAYS_SHOWN)]
    return tuple((day, count[day], _rests(center.calendar, day)) for day in days)


def _rests(calendar: WorkingCalendar, day: date) -> bool:
    working = calendar.is_working(day)
    return day.weekday() >= 5 if isinstance(working, Unknown) else not working


def days_taken(begun: date, ended: date, unit: LimitUnit, calendar: WorkingCalendar) -> int | None:
    """Days of the limit's unit from the day after `begun` to `ended`, as R4.2 counts them; None if one of them is not known."""
    if unit is LimitUnit.CALENDAR_DAYS:
        return (ended - begun).days
    taken = 0
    for n in range(1, (ended - begun).days + 1):
        working = calendar.is_working(begun + timedelta(days=n))
        if isinstance(working, Unknown):
            return None
        taken += working
    return taken


def paces(center: Center, session: Session, first: date, last: date) -> tuple[Pace, ...]:
    """Each item's cases that were completed from `first` to `last`, against its limit."""
    rows = session.execute(
        select(Case.item_row, Case.accepted_on, Case.completed_on, Case.due_on).where(
            Case.township_id == center.township_id, Case.completed_on.between(first, last), Case.accepted_on.is_not(None)
        )
    ).all()
    items = {row.id: item_of(row) for row in session.scalars(select(Item).where(Item.id.in_({row[0] for row in rows})))}
    taken: dict[tuple[str, int | None, LimitUnit], list[int]] = {}
    late: Counter[tuple[str, int | None, LimitUnit]] = Counter()
    for item_row, accepted_on, completed_on, due_on in rows:
        assert accepted_on is not None and completed_on is not None, "the query asked for both"
        item = items[item_row]
        unit = LimitUnit(item.promise.unit)
        key = (item.task_name, item.promise.days, unit)
        days = days_taken(accepted_on, completed_on, unit, center.calendar)
        if days is not None:
            taken.setdefault(key, []).append(days)
            late[key] += due_on is not None and completed_on > due_on
    found = [Pace(key[0], len(days), late[key], sum(days) / len(days), key[1], key[2]) for key, days in taken.items()]
    return tuple(sorted(found, key=lambda pace: (-pace.completed, pace.name)))


# ------------------------------------------------------------------ complaints, accountability, ratings

_COMPLAINT_DONE = frozenset({ComplaintState.REFUSED, ComplaintState.RESULT_WRITTEN, ComplaintState.ANSWERED, ComplaintState.ARCHIVED})


def _complaints_open(center: Center, session: Session) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Complaint)
            .where(Complaint.township_id == center.township_id, Complaint.state.not_in(_COMPLAINT_DONE))
        )
        or 0
    )


def _complaint_months(center: Center, session: Session, today: date) -> tuple[tuple[str, int, int], ...]:
    """Each month: how many came, and how many of those were found true or partly so."""
    firsts = months_until(today, MONTHS_SHOWN)
    rows = session.execute(
        select(Complaint.received_at, Complaint.finding).where(
            Complaint.township_id == center.township_id, Complaint.received_at >= day_start(firsts[0])
        )
    ).all()
    came = Counter(at.date().replace(day=1) for at, _ in rows)
    true = Counter(at.date().replace(day=1) for at, finding in rows if finding in (Finding.TRUE, Finding.PARTLY))
    return tuple((f"{first:%Y-%m}", came[first], true[first]) for first in firsts)


Code = TypeVar("Code", Matter, Finding)


def complaints_by(
    center: Center, session: Session, column: InstrumentedAttribute[str], codes: type[Code], *conditions: ColumnElement[bool]
) -> tuple[tuple[Code, int], ...]:
    """How many complaints have each code in `column`."""
    rows = session.execute(
        select(column, func.count()).where(Complaint.township_id == center.township_id, *conditions).group_by(column)
    ).all()
    count: dict[str, int] = dict(rows)
    return tuple((code, count.get(code.value, 0)) for code in codes)


def _accountability(center: Center, session: Session) -> tuple[tuple[EventCause, int, int], ...]:
    """Each cause that ever came: open and closed."""
    rows = session.execute(
        select(AccountabilityEvent.cause, AccountabilityEvent.state, func.count())
        .where(AccountabilityEvent.township_id == center.township_id)
        .group_by(AccountabilityEvent.cause, AccountabilityEvent.state)
    )
    count: dict[EventCause, list[int]] = {}
    for cause, state, number in rows:
        count.setdefault(EventCause(cause), [0, 0])[state == EventState.CLOSED] += number
    return tuple((cause, count[cause][0], count[cause][1]) for cause in EventCause if cause in count)


def ratings(center: Center, session: Session, first: date, last: date) -> tuple[tuple[int, int], ...]:
    """How often each level was given, the best first (R10)."""
    rows = session.execute(
        select(Rating.level, func.count())
        .where(Rating.township_id == center.township_id, Rating.at >= day_start(first), Rating.at < day_start(last + timedelta(days=1)))
        .group_by(Rating.level)
    ).all()
    count: dict[int, int] = dict(rows)
    return tuple((level, count.get(level, 0)) for level in (5, 4, 3, 2, 1))
