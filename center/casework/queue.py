"""The lists that staff work from: what came in, what is mine, due or returned. Identity is masked; a list shows what it takes to choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from center.casework.dossier import applicant_of, due_of
from center.casework.events import EventKind
from center.casework.responsible import whose_work
from center.catalogue import item_of
from center.center import Center
from center.domain.application import ENDED, IN_HAND, ApplicationState, Due
from center.members import Member
from center.store.tables import Case, CaseEvent, CaseMaterial
from kiosk.wire.items import Need
from kiosk.wire.masking import mask_name

PAGE_ROWS = 12


class QueueName(StrEnum):
    """Which list."""

    INTAKE = "intake"
    MINE = "mine"
    WINDOW = "window"
    DUE = "due"
    RETURNED = "returned"


@dataclass(frozen=True)
class QueueRow:
    """One case in a list. `days_left` counts calendar days to the due day, negative when it has passed."""

    id: UUID
    case_number: str
    item_name: str
    applicant: str
    state: ApplicationState
    filed_at: datetime
    night: bool
    missing: int
    responsible: str
    accepted_on: date | None
    due: Due | None
    days_left: int | None
    returned_at: datetime | None
    #: A colleague's, whom the reader stands in for (R3.3).
    stood_in: bool


@dataclass(frozen=True)
class Counts:
    """What stands above every list. `unopened_accepted`: accepted by silence, and nobody has them yet (R4.6)."""

    intake: int
    night: int
    in_hand: int
    due_today: int
    overdue: int
    pending: int
    returned: int
    unopened_accepted: int


@dataclass(frozen=True)
class Queue:
    """One page of a list."""

    name: QueueName
    rows: tuple[QueueRow, ...]
    page: int
    pages: int
    total: int
    counts: Counts
    window: str
    windows: tuple[str, ...]


def is_night(center: Center, at: datetime) -> bool:
    """Whether this hour counts as the night's (center.night). What came then stands first in the intake: nobody waits for having come late (R8.2)."""
    begin, end = center.config.center.night
    return at.hour >= begin or at.hour < end if begin > end else begin <= at.hour < end


def queue(center: Center, member: Member, name: QueueName, page: int, window: str = "") -> Queue:
    """One page, from 1: the intake with the night's filings that nobody has opened first, then the newest; what is due by its day.

    The undated stand first, what is finished last.

    `window` is whose cases a lead sees; empty: the member's own window, or for who has none all.
    """
    with center.database.reading() as session:
        counts = _counts(center, session)
        theirs = whose_work(center, session, member)
        windows = tuple(
            sorted({each for each in session.scalars(select(Case.window).where(Case.township_id == center.township_id)) if each})
        )
        chosen_window = window if window in windows else member.window
        ids = _ordered(center, session, name, theirs, chosen_window)
        pages = max(1, -(-len(ids) // PAGE_ROWS))
        page = min(max(1, page), pages)
        rows = rows_of(center, session, ids[(page - 1) * PAGE_ROWS : page * PAGE_ROWS], member)
    return Queue(name, rows, page, pages, len(ids), counts, chosen_window, windows)


def rows_of(center: Center, session: Session, ids: list[UUID], member: Member) -> tuple[QueueRow, ...]:
    """These cases as rows, in this order."""
    cases = {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(ids), Case.township_id == center.township_id))}
    return tuple(_row(center, session, cases[case_id], member) for case_id in ids)


def _here(center: Center, *states: ApplicationState) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Case.township_id == center.township_id, Case.state.in_(states)


def _waiting_night(center: Center, session: Session) -> set[UUID]:
    rows = session.execute(select(Case.id, Case.filed_at).where(*_here(center, ApplicationState.FILED), Case.opened_at.is_(None)))
    return {case_id for case_id, at in rows if is_night(center, at)}


_OPEN = frozenset(ApplicationState) - ENDED
#: Nothing is owed any more but telling the citizen and giving it out: after everything that has a day still to come.
_FINISHED = _OPEN & {ApplicationState.VOUCHER_ISSUED, ApplicationState.NOTIFIED}
_BY_DUE = (Case.state.in_(_FINISHED), Case.due_on.is_not(None), Case.due_on, Case.case_number)
_NEWEST = (Case.filed_at.desc(), Case.case_number.desc())


def _ordered(center: Center, session: Session, name: QueueName, theirs: frozenset[UUID], window: str) -> list[UUID]:
    chosen = select(Case.id).where(Case.township_id == center.township_id)
    match name:
        case QueueName.INTAKE:
            newest = session.scalars(chosen.where(Case.state == ApplicationState.FILED).order_by(*_NEWEST)).all()
            night = _waiting_night(center, session)
            return sorted(newest, key=lambda case_id: case_id not in night)
        case QueueName.MINE:
            wanted = chosen.where(Case.state.in_(_OPEN), Case.first_responsible.in_(theirs)).order_by(*_BY_DUE)
        case QueueName.WINDOW:
            of_window = Case.window == window if window else Case.window != ""
            wanted = chosen.where(Case.state.in_(_OPEN), of_window).order_by(*_BY_DUE)
        case QueueName.DUE:
            wanted = chosen.where(Case.state.in_(IN_HAND)).order_by(*_BY_DUE)
        case QueueName.RETURNED:
            wanted = chosen.where(Case.state == ApplicationState.RETURNED).order_by(*_NEWEST)
    return list(session.scalars(wanted))


def _counts(center: Center, session: Session) -> Counts:
    today = center.clock.now().date()

    def count(states: frozenset[ApplicationState], *conditions: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(Case).where(*_here(center, *states), *conditions)) or 0

    filed, returned = frozenset({ApplicationState.FILED}), frozenset({ApplicationState.RETURNED})
    return Counts(
        intake=count(filed),
        night=len(_waiting_night(center, session)),
        in_hand=count(IN_HAND),
        due_today=count(IN_HAND, Case.due_on == today),
        overdue=count(IN_HAND, Case.due_on < today),
        pending=count(IN_HAND, Case.due_on.is_(None)),
        returned=count(returned),
        unopened_accepted=count(IN_HAND, Case.first_responsible.is_(None)),
    )


def _row(center: Center, session: Session, case: Case, member: Member) -> QueueRow:
    item = item_of(case.item)
    required = {material.code for material in item.materials if material.is_need is Need.REQUIRED}
    missing = session.scalars(select(CaseMaterial.code).where(CaseMaterial.case_id == case.id, CaseMaterial.missing))
    returned_at = session.scalar(select(func.max(CaseEvent.at)).where(CaseEvent.case_id == case.id, CaseEvent.kind == EventKind.RETURNED))
    return QueueRow(
        id=case.id,
        case_number=case.case_number,
        item_name=item.task_name,
        applicant=mask_name(applicant_of(center, case).name),
        state=ApplicationState(case.state),
        filed_at=case.filed_at,
        night=is_night(center, case.filed_at),
        missing=sum(code in required or code.startswith("other_") for code in missing),
        responsible=f"{case.responsible.window} {case.responsible.name}".strip() if case.responsible else "",
        accepted_on=case.accepted_on,
        due=due_of(case),
        days_left=(case.due_on - center.clock.now().date()).days if case.due_on else None,
        returned_at=returned_at,
        stood_in=case.first_responsible not in (None, member.id),
    )
