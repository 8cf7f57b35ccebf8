"""Cases whose limits were missed, found by the records (R9): overdue, handed over, notified, opened, answered or decided late, filed a third time.

What was done late is found like what is still not done, so that a night without the program hides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from center.casework.events import EventKind
from center.center import Center
from center.domain.accountability import EventCause, is_third_application
from center.domain.application import IN_HAND, ApplicationState
from center.oversight.events import CASE
from center.oversight.found import LOOK_BACK, Finder, Found, missed_at, not_raised, words
from center.store.tables import Case, CaseEvent, Item


@dataclass(frozen=True)
class _Limit:
    """A limit of a case: the day it ends, what meets it, in which states it runs on, and the sentence."""

    cause: EventCause
    due: InstrumentedAttribute[date | None]
    met: InstrumentedAttribute[date | None]
    running: frozenset[ApplicationState]
    text: str


def _of_case(limit: _Limit, *conditions: ColumnElement[bool]) -> Finder:
    """Cases that missed `limit`: still in a state in which it runs, or met after the day."""

    def find(center: Center, session: Session, today: date) -> Iterator[Found]:
        late = or_(
            and_(Case.state.in_(limit.running), limit.met.is_(None), limit.due < today),
            and_(limit.met > limit.due, limit.due >= today - LOOK_BACK),
        )
        rows = session.execute(
            select(Case.id, Case.case_number, Case.first_responsible, Case.window, limit.due, limit.met).where(
                Case.township_id == center.township_id, late, *conditions
            )
        )
        for case_id, number, responsible, window, due, met in rows:
            assert due is not None, "the query compared it"
            text = limit.text.format(due=words(due)) + (f"，{words(met)}才办。" if met else "，到期还没有办。")
            yield Found(limit.cause, CASE, case_id, number, responsible, window, missed_at(due), due.isoformat(), text)

    return find


_ON_THE_SPOT = and_(Case.due_on == Case.accepted_on, or_(Case.decided_on.is_(None), Case.decided_on > Case.accepted_on))

_overdue = _of_case(
    _Limit(EventCause.OVERDUE, Case.due_on, Case.completed_on, IN_HAND, "应办结日是{due}"),
    # One event for one case, and what should have been done on the spot is charged as that (R4.1).
    not_raised(EventCause.OVERDUE, Case.id),
    ~_ON_THE_SPOT | Case.accepted_on.is_(None),
)
_late_handover = _of_case(
    _Limit(
        EventCause.LATE_HANDOVER,
        Case.handover_due_on,
        Case.handed_over_on,
        frozenset({ApplicationState.ACCEPTED, ApplicationState.BACK}),
        "移交职能单位的期限是{due}",
    )
)
_late_notification = _of_case(
    _Limit(
        EventCause.LATE_NOTIFICATION,
        Case.notify_due_on,
        Case.notified_on,
        frozenset({ApplicationState.VOUCHER_ISSUED}),
        "通知申请人的期限是{due}",
    ),
    not_raised(EventCause.LATE_NOTIFICATION, Case.id),
)


def _not_on_the_spot(center: Center, session: Session, today: date) -> Iterator[Found]:
    """即办件 (R4.1): time starts at registration, which may be later than the acceptance day, and ends the same day."""
    rows = session.execute(
        select(Case.id, Case.case_number, Case.first_responsible, Case.window, Case.decided_on, func.max(CaseEvent.at))
        .join(CaseEvent, and_(CaseEvent.case_id == Case.id, CaseEvent.kind == EventKind.ACCEPTED))
        .where(
            Case.township_id == center.township_id,
            _ON_THE_SPOT,
            or_(Case.state.in_(IN_HAND), Case.decided_on.is_not(None)),
            Case.due_on >= today - LOOK_BACK,
            not_raised(EventCause.NOT_ON_THE_SPOT, Case.id),
        )
        .group_by(Case.id, Case.case_number, Case.first_responsible, Case.window, Case.decided_on)
    )
    for case_id, number, responsible, window, decided_on, registered_at in rows:
        day = registered_at.date()
        if day < today and (decided_on is None or decided_on > day):
            text = f"{words(day)}受理登记，当天没有办结。"
            yield Found(EventCause.NOT_ON_THE_SPOT, CASE, case_id, number, responsible, window, missed_at(day), "1", text)


def _unopened(center: Center, session: Session, today: date) -> Iterator[Found]:
    """A filing that nobody opened for a working day (R9)."""
    rows = session.execute(
        select(Case.id, Case.case_number, Case.window, Case.open_due_on, Case.opened_at).where(
            Case.township_id == center.township_id,
            Case.open_due_on < today,
            or_(
                and_(Case.opened_at.is_(None), Case.state == ApplicationState.FILED),
                and_(Case.opened_at.is_not(None), Case.open_due_on >= today - LOOK_BACK),
            ),
            not_raised(EventCause.UNOPENED, Case.id),
        )
    )
    for case_id, number, window, due, opened_at in rows:
        assert due is not None, "the query compared it"
        if opened_at is None or opened_at.date() > due:
            text = f"最迟应在{words(due)}收件，" + (f"{words(opened_at.date())}才有人收件。" if opened_at else "到期还没有人收件。")
            # Whoever opens it late is not the one who left it lying.
            yield Found(EventCause.UNOPENED, CASE, case_id, number, None, window, missed_at(due), "1", text)


#: What tells the citizen how it stands (R4.6).
_ANSWERS = frozenset({EventKind.ACCEPTED, EventKind.RETURNED, EventKind.REFUSED})
_FILINGS = frozenset({EventKind.FILED, EventKind.SUPPLEMENTED})


def _courses(session: Session, case_ids: list[UUID]) -> dict[UUID, list[tuple[str, datetime]]]:
    """What happened to each case, in order."""
    found: dict[UUID, list[tuple[str, datetime]]] = {}
    order = (CaseEvent.case_id, CaseEvent.position)
    for case_id, kind, at in session.execute(
        select(CaseEvent.case_id, CaseEvent.kind, CaseEvent.at).where(CaseEvent.case_id.in_(case_ids)).order_by(*order)
    ):
        found.setdefault(case_id, []).append((kind, at))
    return found


def _late_telling(center: Center, session: Session, today: date) -> Iterator[Found]:
    """行政许可: nothing said within five working days (R4.6), whether it was said later or counts as accepted."""
    rows = session.execute(
        select(Case.id, Case.case_number, Case.first_responsible, Case.window, Case.tell_due_on, Case.state).where(
            Case.township_id == center.township_id,
            Case.tell_due_on < today,
            or_(Case.state == ApplicationState.FILED, Case.tell_due_on >= today - LOOK_BACK),
            Case.state != ApplicationState.WITHDRAWN,
        )
    ).all()
    courses = _courses(session, [row[0] for row in rows])
    for case_id, number, responsible, window, due, state in rows:
        assert due is not None, "the query compared it"
        answered: date | None = None
        for kind, at in courses.get(case_id, []):
            if kind in _FILINGS:
                answered = None
            elif kind in _ANSWERS and answered is None:
                answered = at.date()
        if answered is None and state != ApplicationState.FILED:
            continue
        if answered is None or answered > due:
            text = f"一次告知的期限是{words(due)}，" + (f"{words(answered)}才答复。" if answered else "到期还没有答复。")
            yield Found(EventCause.LATE_TELLING, CASE, case_id, number, responsible, window, missed_at(due), due.isoformat(), text)


def _third_return(center: Center, session: Session, today: date) -> Iterator[Found]:
    """The filing after the second return, and every one after it (R2.5): 同一事项三次以上申请(含第三次申请)."""
    rows = session.execute(
        select(
            Case.id,
            Case.case_number,
            Case.first_responsible,
            Case.window,
            Case.returns,
            Case.received_at,
            Case.applicant_index,
            Item.code,
        )
        .join(Item, Item.id == Case.item_row)
        .where(
            Case.township_id == center.township_id,
            Case.returns >= 2,
            or_(Case.ended_on.is_(None), Case.ended_on >= today - LOOK_BACK),
        )
    ).all()
    courses = _courses(session, [row[0] for row in rows])
    for case_id, number, responsible, window, returns, received_at, applicant_index, code in rows:
        earlier, filed_at = _filed_after_returns(courses.get(case_id, []), returns, received_at)
        if is_third_application(earlier):
            who = responsible or _who_returned(center, session, case_id, applicant_index, code)
            text = f"同一申请人同一事项第 {earlier + 1} 次申请，此前因材料问题退回 {earlier} 次。"
            yield Found(EventCause.THIRD_RETURN, CASE, case_id, number, who, window, filed_at, str(earlier), text)


def _filed_after_returns(course: list[tuple[str, datetime]], returns: int, received_at: datetime) -> tuple[int, datetime]:
    """How many returns the newest filing of the case follows, and when it was filed: supplied at the terminal, or brought to the window."""
    filed_at, since = received_at, 0
    for kind, at in course:
        if kind == EventKind.RETURNED:
            since += 1
        elif kind in (EventKind.SUPPLEMENTED, EventKind.ACCEPTED) and since:
            filed_at, since = at, 0
    return returns - since, filed_at


def _who_returned(center: Center, session: Session, case_id: UUID, applicant_index: str, item_code: str) -> UUID | None:
    """Who was responsible for the citizen's filing before this one."""
    return session.scalar(
        select(Case.first_responsible)
        .join(Item, Item.id == Case.item_row)
        .where(
            Case.township_id == center.township_id,
            Case.id != case_id,
            Case.applicant_index == applicant_index,
            Item.code == item_code,
            Case.first_responsible.is_not(None),
        )
        .order_by(Case.received_at.desc())
        .limit(1)
    )


FINDERS: tuple[Finder, ...] = (
    _overdue,
    _not_on_the_spot,
    _late_handover,
    _late_notification,
    _unopened,
    _late_telling,
    _third_return,
)
