"""Naming the due days that an unknown year left open (待定, R4.2), as soon as the year is known: an event and a line in the journal for each case."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from center.casework.acting import keep
from center.casework.clocks import open_due_on, tell_due_on
from center.casework.course_of import course_of, handover_day, pauses_of
from center.casework.dossier import limit_of
from center.casework.events import EventKind, events_of
from center.casework.handover import department_due
from center.catalogue import item_of
from center.center import Center
from center.complaints.clocks import can_fill, fill_pending
from center.domain.application import IN_HAND, ApplicationState, due
from center.domain.calendar import Unknown
from center.domain.deadlines import notify_due
from center.records import journal
from center.store.tables import Case

#: The column of each day, what the day is called, and in which cases it is asked for and open.
_OPEN = {
    "due_on": and_(Case.state.in_(IN_HAND), Case.accepted_on.is_not(None), Case.due_on.is_(None)),
    "handover_due_on": and_(Case.state == ApplicationState.ACCEPTED, Case.handed_over_on.is_(None), Case.handover_due_on.is_(None)),
    "department_due_on": and_(Case.state == ApplicationState.WITH_DEPARTMENT, Case.department_due_on.is_(None)),
    "notify_due_on": and_(Case.state == ApplicationState.VOUCHER_ISSUED, Case.notify_due_on.is_(None)),
    "open_due_on": and_(Case.state == ApplicationState.FILED, Case.opened_at.is_(None), Case.open_due_on.is_(None)),
    "tell_due_on": and_(Case.state == ApplicationState.FILED, Case.tell_due_on.is_(None)),
}
_NAMES = {
    "due_on": "应办结日",
    "handover_due_on": "移交期限",
    "department_due_on": "职能单位返回期限",
    "notify_due_on": "通知期限",
    "open_due_on": "收件期限",
    "tell_due_on": "一次告知期限",
}


def settle_pending(center: Center) -> int:
    """Name every open day that can be named now. Returns how many cases and complaints' days got one. Doing it again changes nothing."""
    # Looked at first without a writer's turn: a day beyond the known calendar stays open for weeks, and this is asked every minute.
    with center.database.reading() as session:
        waiting = session.scalars(select(Case).where(Case.township_id == center.township_id, or_(*_OPEN.values()))).all()
        ids = [case.id for case in waiting if _days(center, session, case)]
        complaints = can_fill(center, session)
    settled = sum(_settle(center, case_id) for case_id in ids)
    if not complaints:
        return settled
    with center.database.writing() as session:
        filled = fill_pending(center, session)
        for complaint_id, days in filled.items():
            codes = {column: day.isoformat() for column, day in days.items()}
            journal.record(center, session, "complaint.days_settled", None, "complaint", complaint_id, codes)
    return settled + sum(len(days) for days in filled.values())


def _settle(center: Center, case_id: UUID) -> bool:
    try:
        with center.database.writing() as session:
            case = session.scalar(
                select(Case)
                .where(Case.id == case_id, Case.township_id == center.township_id, or_(*_OPEN.values()))
                .with_for_update(of=Case)
            )
            days = _days(center, session, case) if case is not None else {}
            if case is None or not days:
                return False
            for column, day in days.items():
                setattr(case, column, day)
            if "due_on" in days:
                case.due_note = ""
            note = "，".join(f"{_NAMES[column]}{day.year}年{day.month}月{day.day}日" for column, day in days.items())
            codes = {column: day.isoformat() for column, day in days.items()}
            keep(center, session, case, EventKind.DUE_SETTLED, None, note=note, codes=codes)
            return True
    except (StaleDataError, IntegrityError):
        # Somebody acts on the case this moment; the next round finds it again.
        return False


def _days(center: Center, session: Session, case: Case) -> dict[str, date]:
    """The days that are open and can be named."""
    item = item_of(case.item)
    kinds = events_of(session, case.id)
    came_in = max((event.at for event in kinds if event.kind == EventKind.SUPPLEMENTED), default=case.received_at).date()
    found: dict[str, date | None] = {}
    state = ApplicationState(case.state)
    if case.due_on is None and case.accepted_on is not None and state in IN_HAND:
        found["due_on"] = due(case.accepted_on, *limit_of(item), center.calendar, [each.pause for each in pauses_of(session, case.id)]).on
    if case.handover_due_on is None and state is ApplicationState.ACCEPTED and case.handed_over_on is None:
        extended = any(event.kind == EventKind.HANDOVER_EXTENDED for event in kinds)
        found["handover_due_on"] = handover_day(center, case, item, special=extended)
    if case.department_due_on is None and state is ApplicationState.WITH_DEPARTMENT:
        latest = course_of(center, session, case).round
        found["department_due_on"] = department_due(center, session, case, latest.at.date())[0] if latest else None
    if case.notify_due_on is None and state is ApplicationState.VOUCHER_ISSUED and case.completed_on is not None:
        until = notify_due(case.completed_on, center.calendar)
        found["notify_due_on"] = None if isinstance(until, Unknown) else until
    if state is ApplicationState.FILED:
        if case.open_due_on is None and case.opened_at is None:
            found["open_due_on"] = open_due_on(center, case.received_at.date())
        if case.tell_due_on is None:
            found["tell_due_on"] = tell_due_on(center, item, came_in)
    return {column: day for column, day in found.items() if day is not None}
