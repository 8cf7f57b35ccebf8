"""One month in numbers for the report to the township's leaders (R6.9). Counts only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from center.casework.queue import is_night
from center.center import Center
from center.domain.accountability import CAUSES, EventCause
from center.domain.application import ApplicationState
from center.domain.complaint import FINDING_NAMES, MATTER_NAMES, ComplaintState, Finding, Matter
from center.oversight.statistics import Pace, complaints_by, day_start, paces, ratings
from center.services.ratings import LEVEL_NAMES
from center.store.tables import AccountabilityEvent, Case, Complaint


def next_month(first: date) -> date:
    """The first day of the month after the one that begins on `first`."""
    return (first + timedelta(days=32)).replace(day=1)


@dataclass(frozen=True)
class Month:
    """One month in numbers, the heading of each group and its lines (R6.9). `first` is its first day."""

    first: date
    groups: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    paces: tuple[Pace, ...]

    @property
    def period(self) -> str:
        """`2026-11`"""
        return f"{self.first:%Y-%m}"

    @property
    def title(self) -> str:
        """`2026年11月`"""
        return f"{self.first.year}年{self.first.month}月"


def month(center: Center, first: date) -> Month:
    """The month that begins on `first`."""
    end = next_month(first)
    with center.database.reading() as session:
        return Month(
            first,
            (
                ("办件", _cases_of_month(center, session, first, end)),
                ("效能投诉", _complaints_of_month(center, session, first, end)),
                ("责任追究", _events_of_month(center, session, first, end)),
                ("群众评价", _ratings_of_month(center, session, first, end)),
            ),
            paces(center, session, first, end - timedelta(days=1)),
        )


def _cases_of_month(center: Center, session: Session, first: date, end: date) -> tuple[tuple[str, int], ...]:
    def count(*conditions: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(Case).where(Case.township_id == center.township_id, *conditions)) or 0

    filed = session.scalars(
        select(Case.filed_at).where(
            Case.township_id == center.township_id, Case.filed_at >= day_start(first), Case.filed_at < day_start(end)
        )
    ).all()
    completed = (Case.completed_on >= first, Case.completed_on < end)
    ended = (Case.ended_on >= first, Case.ended_on < end)
    return (
        ("收到申请", len(filed)),
        ("其中夜间提交", sum(is_night(center, at) for at in filed)),
        ("受理", count(Case.accepted_on >= first, Case.accepted_on < end)),
        ("不予受理", count(Case.state == ApplicationState.REFUSED, *ended)),
        ("办结", count(*completed)),
        ("其中按时办结", count(*completed, or_(Case.due_on.is_(None), Case.completed_on <= Case.due_on))),
        ("其中超期办结", count(*completed, Case.completed_on > Case.due_on)),
        ("申请人撤回", count(Case.state == ApplicationState.WITHDRAWN, *ended)),
    )


def _complaints_of_month(center: Center, session: Session, first: date, end: date) -> tuple[tuple[str, int], ...]:
    received = (Complaint.received_at >= day_start(first), Complaint.received_at < day_start(end))
    written = (Complaint.written_on >= first, Complaint.written_on < end)

    def count(*conditions: ColumnElement[bool]) -> int:
        return (
            session.scalar(select(func.count()).select_from(Complaint).where(Complaint.township_id == center.township_id, *conditions)) or 0
        )

    matters = complaints_by(center, session, Complaint.matter, Matter, *received)
    findings = complaints_by(center, session, Complaint.finding, Finding, *written)
    return (
        ("收到投诉", count(*received)),
        ("受理", count(Complaint.accepted_on >= first, Complaint.accepted_on < end)),
        ("不予受理", count(Complaint.ground != "", *received)),
        ("转送其他单位", count(Complaint.state == ComplaintState.REFERRED, *received)),
        ("出具书面结果", count(*written)),
        ("其中超过期限", count(*written, Complaint.written_on > Complaint.handling_due_on)),
        *((f"事由：{MATTER_NAMES[matter]}", number) for matter, number in matters if number),
        *((f"结论：{FINDING_NAMES[finding]}", number) for finding, number in findings if number),
    )


def _events_of_month(center: Center, session: Session, first: date, end: date) -> tuple[tuple[str, int], ...]:
    rows = session.execute(
        select(AccountabilityEvent.cause, func.count())
        .where(
            AccountabilityEvent.township_id == center.township_id,
            AccountabilityEvent.raised_at >= day_start(first),
            AccountabilityEvent.raised_at < day_start(end),
        )
        .group_by(AccountabilityEvent.cause)
    ).all()
    count: dict[str, int] = dict(rows)
    lines = tuple((CAUSES[cause].name, count[cause]) for cause in EventCause if cause in count)
    return (("新增", sum(count.values())), *lines)


def _ratings_of_month(center: Center, session: Session, first: date, end: date) -> tuple[tuple[str, int], ...]:
    return tuple((LEVEL_NAMES[level], number) for level, number in ratings(center, session, first, end - timedelta(days=1)))
