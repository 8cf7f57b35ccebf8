"""The lists of what follows acceptance: the window's, by what is due next; and a department's own. Identity is masked; a list shows what it takes to choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from center.casework.dossier import applicant_of
from center.casework.events import EventKind
from center.catalogue import item_of
from center.center import Center
from center.domain.application import ApplicationState
from center.domain.roles import Right
from center.members import Member, require
from center.store.tables import Case, CaseEvent
from kiosk.wire.masking import mask_name

PAGE_ROWS = 12

_S = ApplicationState


class Stage(StrEnum):
    """What a case waits for."""

    TO_HAND_OVER = "to_hand_over"
    WITH_DEPARTMENT = "with_department"
    TO_DECIDE = "to_decide"
    TO_ISSUE = "to_issue"
    TO_NOTIFY = "to_notify"
    TO_COLLECT = "to_collect"


STAGE_NAMES: dict[Stage, str] = {
    Stage.TO_HAND_OVER: "待移交",
    Stage.WITH_DEPARTMENT: "在职能单位",
    Stage.TO_DECIDE: "待决定",
    Stage.TO_ISSUE: "待发证",
    Stage.TO_NOTIFY: "待通知",
    Stage.TO_COLLECT: "待领取",
}

#: What the day in the list is.
CLOCK_NAMES: dict[Stage, str] = {
    Stage.TO_HAND_OVER: "移交",
    Stage.WITH_DEPARTMENT: "返回",
    Stage.TO_DECIDE: "办结",
    Stage.TO_ISSUE: "办结",
    Stage.TO_NOTIFY: "通知",
    Stage.TO_COLLECT: "",
}

#: An accepted case waits for its hand-over or for its decision, as its item says; every other state is one stage.
_STAGES: dict[ApplicationState, Stage] = {
    _S.ACCEPTED: Stage.TO_DECIDE,
    _S.WITH_DEPARTMENT: Stage.WITH_DEPARTMENT,
    _S.BACK: Stage.TO_DECIDE,
    _S.DECIDED: Stage.TO_ISSUE,
    _S.VOUCHER_ISSUED: Stage.TO_NOTIFY,
    _S.NOTIFIED: Stage.TO_COLLECT,
}


@dataclass(frozen=True)
class CourseRow:
    """One case. `until` is the day of what it waits for, None: none, or 待定; `days_left` counts calendar days to it, negative when it has passed."""

    id: UUID
    case_number: str
    item_name: str
    applicant: str
    stage: Stage
    until: date | None
    days_left: int | None
    due_on: date | None
    department: str
    responsible: str
    #: The department has given its opinion, and the window has not taken the papers back yet.
    to_take_back: bool
    pushed: bool
    supervised: bool
    state: ApplicationState


@dataclass(frozen=True)
class CourseList:
    """One page. `counts` are of everything, whatever was chosen."""

    rows: tuple[CourseRow, ...]
    page: int
    pages: int
    counts: dict[Stage, int]
    late: int
    items: tuple[str, ...]


def _opinions(session: Session, ids: Iterable[UUID]) -> frozenset[UUID]:
    """Cases whose latest hand-over has its opinion."""
    rows = session.execute(
        select(CaseEvent.case_id, CaseEvent.kind)
        .where(CaseEvent.case_id.in_(list(ids)), CaseEvent.kind.in_((EventKind.HANDED_OVER, EventKind.OPINION)))
        .order_by(CaseEvent.case_id, CaseEvent.position)
    )
    last: dict[UUID, str] = {}
    for case_id, kind in rows:
        last[case_id] = kind
    return frozenset(case_id for case_id, kind in last.items() if kind == EventKind.OPINION)


def stage_of(case: Case) -> Stage:
    """What a case in hand waits for."""
    state = ApplicationState(case.state)
    return Stage.TO_HAND_OVER if state is _S.ACCEPTED and item_of(case.item).handover is not None else _STAGES[state]


def _until(case: Case, stage: Stage, answered: bool) -> date | None:
    days: dict[Stage, date | None] = {
        Stage.TO_HAND_OVER: case.handover_due_on,
        # What the department has answered, or has no day of its own for, is bound by the case's.
        Stage.WITH_DEPARTMENT: case.due_on if answered else case.department_due_on or case.due_on,
        Stage.TO_DECIDE: case.due_on,
        Stage.TO_ISSUE: case.due_on,
        Stage.TO_NOTIFY: case.notify_due_on,
    }
    return days.get(stage)


def _row(center: Center, case: Case, stage: Stage, answered: bool) -> CourseRow:
    until = _until(case, stage, answered)
    return CourseRow(
        id=case.id,
        case_number=case.case_number,
        item_name=item_of(case.item).task_name,
        applicant=mask_name(applicant_of(center, case).name),
        stage=stage,
        until=until,
        days_left=(until - center.clock.now().date()).days if until else None,
        due_on=case.due_on,
        department=case.department,
        responsible=f"{case.responsible.window} {case.responsible.name}".strip() if case.responsible else "",
        to_take_back=answered and case.state == _S.WITH_DEPARTMENT,
        pushed=case.pushed_at is not None,
        supervised=case.push_received_at is not None,
        state=ApplicationState(case.state),
    )


def course_list(
    center: Center, member: Member, stage: Stage | None, item_name: str = "", mine: bool = False, number: str = "", page: int = 1
) -> CourseList:
    """What follows acceptance, soonest first; what has no day comes last. Raises Refusal."""
    require(member, Right.SEE_CASES)
    today = center.clock.now().date()
    with center.database.reading() as session:
        cases = session.scalars(
            select(Case).where(Case.township_id == center.township_id, Case.state.in_([state.value for state in _STAGES]))
        ).all()
        answered = _opinions(session, (case.id for case in cases if case.state == _S.WITH_DEPARTMENT))
        staged = [(case, stage_of(case)) for case in cases]
        untils = {case.id: _until(case, each, case.id in answered) for case, each in staged}
        names = {case.item_row: item_of(case.item).task_name for case, _ in staged}
        chosen = [
            (case, each)
            for case, each in staged
            if (stage is None or each is stage)
            and (not item_name or names[case.item_row] == item_name)
            and (not mine or case.first_responsible == member.id)
            and (not number or number in case.case_number)
        ]
        chosen.sort(key=lambda found: (untils[found[0].id] or date.max, found[0].case_number))
        pages = max(1, -(-len(chosen) // PAGE_ROWS))
        page = min(max(1, page), pages)
        shown = chosen[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
        return CourseList(
            rows=tuple(_row(center, case, each, case.id in answered) for case, each in shown),
            page=page,
            pages=pages,
            counts={each: sum(found is each for _, found in staged) for each in Stage},
            late=sum(until is not None and until < today for until in untils.values()),
            items=tuple(sorted(set(names.values()))),
        )


# ------------------------------------------------------------------ a department's own


class DepartmentList(StrEnum):
    """Which of a department's lists."""

    WAITING = "waiting"
    RETURNED = "returned"
    SUPERVISED = "supervised"


@dataclass(frozen=True)
class DepartmentCases:
    """One page of a department's list; `counts` of all three, `to_confirm`: results pushed and not confirmed yet (R5.4)."""

    name: DepartmentList
    rows: tuple[CourseRow, ...]
    page: int
    pages: int
    counts: dict[DepartmentList, int]
    to_confirm: int


def _listed(case: Case, answered: bool) -> DepartmentList:
    if case.push_received_at is not None:
        return DepartmentList.SUPERVISED
    waiting = case.state == _S.WITH_DEPARTMENT and not answered
    return DepartmentList.WAITING if waiting else DepartmentList.RETURNED


def department_cases(center: Center, member: Member, name: DepartmentList, page: int = 1) -> DepartmentCases:
    """The cases handed to the member's own department, and no others (R5). Raises Refusal."""
    require(member, Right.SEE_DEPARTMENT_CASES)
    own: tuple[ColumnElement[bool], ...] = (
        Case.township_id == center.township_id,
        Case.department == member.department,
        Case.department != "",
        Case.handed_over_on.is_not(None),
    )
    with center.database.reading() as session:
        cases = session.scalars(select(Case).where(*own)).all()
        answered = _opinions(session, (case.id for case in cases))
        placed = [(case, _listed(case, case.id in answered)) for case in cases]
        chosen = [case for case, place in placed if place is name]
        chosen.sort(key=lambda case: _department_order(case, name))
        pages = max(1, -(-len(chosen) // PAGE_ROWS))
        page = min(max(1, page), pages)
        shown = chosen[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
        return DepartmentCases(
            name=name,
            rows=tuple(_row(center, case, Stage.WITH_DEPARTMENT, case.id in answered) for case in shown),
            page=page,
            pages=pages,
            counts={each: sum(place is each for _, place in placed) for each in DepartmentList},
            to_confirm=sum(case.pushed_at is not None and case.push_received_at is None for case in cases),
        )


def _department_order(case: Case, name: DepartmentList) -> tuple[bool, int, str]:
    """What waits: soonest first. What was returned: results to confirm first, then the newest. What is supervised: the newest first."""
    if name is DepartmentList.WAITING:
        return (False, (case.department_due_on or case.due_on or date.max).toordinal(), case.case_number)
    newest = case.completed_on or case.taken_back_on or case.handed_over_on
    return (case.pushed_at is None, -(newest.toordinal() if newest else 0), case.case_number)
