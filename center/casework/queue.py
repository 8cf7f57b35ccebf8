"""The lists that staff work from: what came in, what is due, what was returned. Identity is masked; a list shows no more than it takes to choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from center.casework.dossier import applicant_of, due_of
from center.casework.events import EventKind
from center.catalogue import item_of
from center.center import Center
from center.domain.application import ApplicationState, Due
from center.store.tables import Case, CaseEvent, CaseMaterial
from kiosk.wire.masking import mask_name
from kiosk.wire.messages import Need

PAGE_ROWS = 12


class QueueName(StrEnum):
    """Which list."""

    INTAKE = "intake"
    DUE = "due"
    RETURNED = "returned"


_STATES = {
    QueueName.INTAKE: ApplicationState.FILED,
    QueueName.DUE: ApplicationState.ACCEPTED,
    QueueName.RETURNED: ApplicationState.RETURNED,
}


@dataclass(frozen=True)
class QueueRow:
    """One case in a list. `days_left` counts calendar days to the due day, negative when it has passed."""

    id: UUID
    case_number: str
    item_name: str
    applicant: str
    filed_at: datetime
    night: bool
    missing: int
    responsible: str
    accepted_on: date | None
    due: Due | None
    days_left: int | None
    returned_at: datetime | None


@dataclass(frozen=True)
class Counts:
    """What stands above every list."""

    intake: int
    night: int
    in_hand: int
    due_today: int
    overdue: int
    pending: int
    returned: int


@dataclass(frozen=True)
class Queue:
    """One page of a list."""

    name: QueueName
    rows: tuple[QueueRow, ...]
    page: int
    pages: int
    counts: Counts


def is_night(center: Center, at: datetime) -> bool:
    """Whether this hour counts as the night's (center.night)."""
    begin, end = center.config.center.night
    return at.hour >= begin or at.hour < end if begin > end else begin <= at.hour < end


def queue(center: Center, name: QueueName, page: int) -> Queue:
    """One page, from 1: the intake with the night's filings that nobody has opened first, then the newest; what is due by its day, the undated first.

    Who files at night is served like who comes by day, and never behind them (R8.2).
    """
    with center.database.reading() as session:
        counts = _counts(center, session)
        total = {QueueName.INTAKE: counts.intake, QueueName.DUE: counts.in_hand, QueueName.RETURNED: counts.returned}[name]
        pages = max(1, -(-total // PAGE_ROWS))
        page = min(max(1, page), pages)
        ids = _intake_order(center, session) if name is QueueName.INTAKE else _order(center, session, name)
        chosen = ids[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
        cases = {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(chosen)))}
        rows = tuple(_row(center, session, cases[case_id]) for case_id in chosen)
    return Queue(name, rows, page, pages, counts)


def _of(center: Center, state: ApplicationState) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Case.township_id == center.township_id, Case.state == state


def _waiting_night(center: Center, session: Session) -> set[UUID]:
    rows = session.execute(select(Case.id, Case.filed_at).where(*_of(center, ApplicationState.FILED), Case.opened_at.is_(None)))
    return {case_id for case_id, at in rows if is_night(center, at)}


def _intake_order(center: Center, session: Session) -> list[UUID]:
    night = _waiting_night(center, session)
    newest = session.scalars(
        select(Case.id).where(*_of(center, ApplicationState.FILED)).order_by(Case.filed_at.desc(), Case.case_number.desc())
    ).all()
    return sorted(newest, key=lambda case_id: case_id not in night)


def _order(center: Center, session: Session, name: QueueName) -> list[UUID]:
    order = (
        (Case.due_on.is_not(None), Case.due_on, Case.case_number)
        if name is QueueName.DUE
        else (Case.filed_at.desc(), Case.case_number.desc())
    )
    return list(session.scalars(select(Case.id).where(*_of(center, _STATES[name])).order_by(*order)))


def _counts(center: Center, session: Session) -> Counts:
    today = center.clock.now().date()

    def count(state: ApplicationState, *conditions: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(Case).where(*_of(center, state), *conditions)) or 0

    return Counts(
        intake=count(ApplicationState.FILED),
        night=len(_waiting_night(center, session)),
        in_hand=count(ApplicationState.ACCEPTED),
        due_today=count(ApplicationState.ACCEPTED, Case.due_on == today),
        overdue=count(ApplicationState.ACCEPTED, Case.due_on < today),
        pending=count(ApplicationState.ACCEPTED, Case.due_on.is_(None)),
        returned=count(ApplicationState.RETURNED),
    )


def _row(center: Center, session: Session, case: Case) -> QueueRow:
    item = item_of(case.item)
    required = {material.code for material in item.materials if material.is_need is Need.REQUIRED}
    missing = session.scalars(select(CaseMaterial.code).where(CaseMaterial.case_id == case.id, CaseMaterial.missing))
    returned_at = session.scalar(select(func.max(CaseEvent.at)).where(CaseEvent.case_id == case.id, CaseEvent.kind == EventKind.RETURNED))
    return QueueRow(
        id=case.id,
        case_number=case.case_number,
        item_name=item.task_name,
        applicant=mask_name(applicant_of(center, case).name),
        filed_at=case.filed_at,
        night=is_night(center, case.filed_at),
        missing=len(required & set(missing)),
        responsible=f"{case.responsible.window} {case.responsible.name}" if case.responsible else "",
        accepted_on=case.accepted_on,
        due=due_of(case),
        days_left=(case.due_on - center.clock.now().date()).days if case.due_on else None,
        returned_at=returned_at,
    )
