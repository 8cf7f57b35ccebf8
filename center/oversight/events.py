"""Accountability events (R9): raised once however often they are found, and who may see which. What is done about one is in `judging.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.domain.accountability import CAUSES, Cause, EventCause, EventState
from center.domain.roles import Right, Role
from center.members import Member, require
from center.records import journal
from center.records.writes import once
from center.store.tables import AccountabilityEvent, AccountabilityStep, Case, Complaint, Staff

#: What an event is about: the kind of row that `subject_id` is of.
CASE, COMPLAINT, ITEM, WINDOW = "case", "complaint", "item", "window"

PAGE_ROWS = 12
MAX_TEXT = 2000

#: What people report (R9); the others the system finds by itself. A window left alone it finds only if both A and B are absent;
#: that a walk-in's receipt was not handed out it cannot see: registering one makes the paper in the same transaction (R3.1) [design].
RAISED_BY_PEOPLE: tuple[EventCause, ...] = (
    *(cause for cause, about in CAUSES.items() if not about.by_itself),
    EventCause.WINDOW_UNATTENDED,
    EventCause.NO_RECEIPT,
)


def raise_event(
    center: Center,
    session: Session,
    cause: EventCause,
    subject: str,
    subject_id: UUID | None,
    responsible: UUID | None,
    window: str,
    at: datetime,
    key: str,
    detail: str = "",
    *,
    number: str = "",
    member: Member | None = None,
) -> bool:
    """Raise an event (R9) in the caller's transaction; False if it was raised before: cause, subject and `key`, the which-th time, are one event.

    `at` is when it happened; `detail` is a sentence for who judges; `member` None: found by the system.
    """
    insert = insert_postgresql if session.get_bind().dialect.name == "postgresql" else insert_sqlite
    event_id = uuid4()
    staff = session.get(Staff, responsible) if responsible else None
    added = session.execute(
        insert(AccountabilityEvent)
        .values(
            id=event_id,
            township_id=center.township_id,
            key=f"{cause}:{subject_id or subject}:{key}"[:140],
            cause=cause,
            state=EventState.RAISED,
            subject=subject,
            subject_id=subject_id,
            number=number,
            responsible_id=staff.id if staff else None,
            responsible=f"{staff.window} {staff.name}".strip() if staff else "",
            window=window or (staff.window if staff else ""),
            at=at,
            raised_at=center.clock.now(),
            raised_by=member.id if member else None,
            detail=center.cipher.seal("accountability_events", "detail", event_id, detail.encode()),
            revision=1,
        )
        .on_conflict_do_nothing(index_elements=["township_id", "key"])
        .returning(AccountabilityEvent.id)
    ).scalar()
    if added is None:
        return False
    # Of what is about a complaint the journal says the day, never the minute: beside a filing's minute it would tell who it was (R6.8).
    moment = at if subject == COMPLAINT else None
    journal.record(center, session, "accountability.raise", member, "accountability", event_id, {"cause": cause, "number": number}, moment)
    return True


@dataclass(frozen=True)
class Report:
    """What a member of staff reports by the form. `case_number`: of an application or a complaint, or empty."""

    cause: EventCause
    case_number: str
    responsible: UUID | None
    window: str
    at: datetime
    text: str


def may_raise(member: Member) -> tuple[EventCause, ...]:
    """What the member may report: the head all of it, a complaint officer retaliation, which only they hear of (R6.8)."""
    if member.may(Right.RAISE_ACCOUNTABILITY):
        return RAISED_BY_PEOPLE
    return (EventCause.RETALIATION,) if member.may(Right.HANDLE_COMPLAINTS) else ()


def report_event(center: Center, member: Member, key: UUID, report: Report) -> UUID:
    """A member of staff raises an event (R9). Raises Refusal."""
    require(member, Right.RAISE_ACCOUNTABILITY, Right.HANDLE_COMPLAINTS)
    if report.cause not in may_raise(member):
        raise Refusal("not_allowed", "这一类问题由中心负责人登记。请把情况告诉中心负责人。")
    faults = {}
    if not 1 <= len(report.text) <= MAX_TEXT:
        faults["text"] = f"请写明情况，最多 {MAX_TEXT} 个字"
    if report.responsible is None and not report.window:
        faults["responsible"] = "责任人和窗口至少选一个"
    if report.at > center.clock.now():
        faults["at"] = "发生时间不能晚于现在"
    if faults:
        raise Refusal("report_incomplete", "还有没填好的地方，请看标出的几处。", faults)

    def act(session: Session) -> tuple[UUID, str]:
        subject, subject_id = _subject(center, session, report)
        staff = session.get(Staff, report.responsible) if report.responsible else None
        if report.responsible and (staff is None or staff.township_id != center.township_id):
            raise Refusal("report_incomplete", "没有这个责任人，请重新选择。", {"responsible": "请重新选择"})
        raise_event(
            center,
            session,
            report.cause,
            subject,
            subject_id,
            report.responsible,
            report.window,
            report.at,
            str(key),
            report.text,
            number=report.case_number,
            member=member,
        )
        found = session.scalars(
            select(AccountabilityEvent.id).where(
                AccountabilityEvent.township_id == center.township_id, AccountabilityEvent.key.endswith(f":{key}", autoescape=True)
            )
        ).one()
        return found, "{}"

    content = {
        "cause": report.cause,
        "number": report.case_number,
        "responsible": str(report.responsible),
        "window": report.window,
        "at": report.at.isoformat(),
        "text": report.text,
    }
    return once(center, "accountability", key, content, act).subject_id


def _subject(center: Center, session: Session, report: Report) -> tuple[str, UUID | None]:
    if not report.case_number:
        return WINDOW, None
    table: type[Case | Complaint] = Complaint if report.cause is EventCause.RETALIATION else Case
    number = Complaint.number if table is Complaint else Case.case_number
    found = session.scalar(select(table.id).where(table.township_id == center.township_id, number == report.case_number))
    if found is None:
        raise Refusal("report_incomplete", "没有找到这个编号，请核对；没有编号可以不填。", {"case_number": "没有这个编号"})
    return (COMPLAINT if table is Complaint else CASE), found


# ------------------------------------------------------------------ who sees which


def sees_all(member: Member) -> bool:
    """Whether every event is for this member's eyes: the head and the leaders."""
    return member.may(Right.SEE_ACCOUNTABILITY) and any(
        member.may(right) for right in (Right.VERIFY_ACCOUNTABILITY, Right.DECIDE_ACCOUNTABILITY, Right.CHECK_PROGRESS)
    )


def visible(member: Member) -> ColumnElement[bool]:
    """Which events the member sees. A window never sees what is about a complaint: it would tell that there is one (R6.8)."""
    if sees_all(member):
        return true()
    about_complaint = or_(AccountabilityEvent.subject == COMPLAINT, AccountabilityEvent.cause == EventCause.RETALIATION)
    seen: ColumnElement[bool] = false()
    if member.may(Right.SEE_ACCOUNTABILITY):
        own = AccountabilityEvent.responsible_id == member.id
        if member.window and Role.WINDOW_LEAD in member.roles:
            own = or_(own, AccountabilityEvent.window == member.window)
        elif member.window:
            own = or_(own, and_(AccountabilityEvent.window == member.window, AccountabilityEvent.responsible_id.is_(None)))
        seen = and_(own, ~about_complaint)
    if member.may(Right.HANDLE_COMPLAINTS):
        # Not an officer whom the report of retaliation is about, or whose window it is.
        about_me = AccountabilityEvent.responsible_id.is_not_distinct_from(member.id)
        if member.window:
            about_me = or_(about_me, AccountabilityEvent.window == member.window)
        seen = or_(seen, and_(about_complaint, ~and_(AccountabilityEvent.cause == EventCause.RETALIATION, about_me)))
    return seen


@dataclass(frozen=True)
class EventRow:
    """One event in a list."""

    id: UUID
    cause: EventCause
    about: Cause
    state: EventState
    subject: str
    subject_id: UUID | None
    number: str
    responsible_id: UUID | None
    responsible: str
    window: str
    at: datetime
    raised_at: datetime
    by_itself: bool
    revision: int


@dataclass(frozen=True)
class EventPage:
    """One page of a list; `open` and `closed` count all that the member sees."""

    rows: tuple[EventRow, ...]
    page: int
    pages: int
    open: int
    closed: int


def row_of(event: AccountabilityEvent) -> EventRow:
    """An event as lists show it."""
    cause = EventCause(event.cause)
    return EventRow(
        event.id,
        cause,
        CAUSES[cause],
        EventState(event.state),
        event.subject,
        event.subject_id,
        event.number,
        event.responsible_id,
        event.responsible,
        event.window,
        event.at,
        event.raised_at,
        event.raised_by is None,
        event.revision,
    )


def list_events(center: Center, member: Member, page: int, closed: bool = False, cause: EventCause | None = None) -> EventPage:
    """What the member sees, the oldest open first, of the closed the newest. Raises Refusal."""
    require(member, Right.SEE_ACCOUNTABILITY, Right.HANDLE_COMPLAINTS)
    mine = (AccountabilityEvent.township_id == center.township_id, visible(member))
    ended = AccountabilityEvent.state == EventState.CLOSED
    chosen = [*mine, ended if closed else ~ended]
    if cause is not None:
        chosen.append(AccountabilityEvent.cause == cause)
    order = (AccountabilityEvent.raised_at.desc() if closed else AccountabilityEvent.raised_at, AccountabilityEvent.key)
    with center.database.reading() as session:
        total = session.scalar(select(func.count()).select_from(AccountabilityEvent).where(*chosen)) or 0
        pages = max(1, -(-total // PAGE_ROWS))
        page = min(max(1, page), pages)
        rows = session.scalars(select(AccountabilityEvent).where(*chosen).order_by(*order).limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS))
        found = tuple(row_of(row) for row in rows)
        count = select(func.count()).select_from(AccountabilityEvent).where(*mine)
        return EventPage(found, page, pages, session.scalar(count.where(~ended)) or 0, session.scalar(count.where(ended)) or 0)


def find_event(center: Center, session: Session, member: Member, event_id: UUID) -> AccountabilityEvent:
    """One event that the member sees. Raises Refusal: what is not for their eyes is not there."""
    require(member, Right.SEE_ACCOUNTABILITY, Right.HANDLE_COMPLAINTS)
    event = session.scalar(
        select(AccountabilityEvent).where(
            AccountabilityEvent.id == event_id, AccountabilityEvent.township_id == center.township_id, visible(member)
        )
    )
    if event is None:
        raise Refusal("event_unknown", "没有找到这条责任追究记录，可能不在您的职责范围内。请从列表重新打开。")
    return event


def steps_of(session: Session, event_ids: Iterable[UUID]) -> Mapping[UUID, tuple[AccountabilityStep, ...]]:
    """The steps of each event, in order."""
    found: dict[UUID, tuple[AccountabilityStep, ...]] = {}
    rows = select(AccountabilityStep).where(AccountabilityStep.event_id.in_(list(event_ids))).order_by(AccountabilityStep.position)
    for step in session.scalars(rows):
        found[step.event_id] = (*found.get(step.event_id, ()), step)
    return found
