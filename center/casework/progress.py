"""Where a case stands, as its citizen is told: the state alone to who holds a receipt, the steps to who holds the ID card."""

from __future__ import annotations

from sqlalchemy import select

from center.casework.dossier import Dossier, open_dossier
from center.casework.events import EVENT_WORDS, EventKind
from center.casework.filing import applicant_index
from center.casework.receipts import case_of_receipt
from center.center import Center
from center.domain.application import STATE_LABELS, ApplicationState
from center.store.tables import Case
from kiosk.wire.messages import CaseDetail, CasesAnswer, CaseState, CaseStateAnswer, CaseStep, Need

#: What the terminal shows of each state.
_WIRE_STATES: dict[ApplicationState, CaseState] = {state: CaseState(state.value) for state in ApplicationState}

#: What is still to come in each state.
_TO_COME: dict[ApplicationState, tuple[str, ...]] = {
    ApplicationState.FILED: ("受理登记", "办结"),
    ApplicationState.ACCEPTED: ("办结",),
    ApplicationState.RETURNED: ("受理登记", "办结"),
}


def state_of_receipt(center: Center, short_name: str, receipt_number: str) -> CaseStateAnswer:
    """The state and nothing of the person (domain.md, never forgotten no. 7). Raises Refusal."""
    with center.database.reading() as session:
        case = case_of_receipt(center, session, short_name, receipt_number)
        state = ApplicationState(case.state)
        return CaseStateAnswer(
            receipt_number=case.receipt_number,
            state=_WIRE_STATES[state],
            state_label=STATE_LABELS[state],
            as_of=center.clock.now(),
        )


def cases_of(center: Center, number: str) -> CasesAnswer:
    """All cases of one ID number, newest first. The index only finds candidates: the number itself is compared in the clear."""
    with center.database.reading() as session:
        rows = session.scalars(
            select(Case)
            .where(Case.township_id == center.township_id, Case.applicant_index == applicant_index(center, number))
            .order_by(Case.received_at.desc(), Case.case_number.desc())
        )
        dossiers = [open_dossier(center, session, case) for case in rows]
    wanted = number.strip().upper()
    return CasesAnswer(cases=tuple(_detail(dossier) for dossier in dossiers if dossier.applicant.number.strip().upper() == wanted))


def _detail(dossier: Dossier) -> CaseDetail:
    return CaseDetail(
        case_number=dossier.case_number,
        receipt_number=dossier.receipt_number,
        item_code=dossier.item.code,
        item_name=dossier.item.task_name,
        state=_WIRE_STATES[dossier.state],
        state_label=STATE_LABELS[dossier.state],
        filed_at=dossier.filed_at,
        accepted_on=dossier.accepted_on,
        due_on=dossier.due.on if dossier.due else None,
        due_note=dossier.due.note if dossier.due else "",
        holder=_holder(dossier),
        wanted=_wanted(dossier),
        steps=_steps(dossier),
    )


def _holder(dossier: Dossier) -> str:
    if dossier.state is ApplicationState.RETURNED:
        return "等您补齐材料"
    return dossier.responsible or "综合窗口，等待收件"


def _wanted(dossier: Dossier) -> tuple[str, ...]:
    if dossier.state is ApplicationState.RETURNED:
        return tuple(line.words() for line in dossier.notice)
    if dossier.state is ApplicationState.FILED:
        return tuple(f"{paper.material.material_name}：没有带来" for paper in dossier.outstanding)
    return tuple(
        f"{paper.material.material_name}：可以后补"
        for paper in dossier.papers
        if paper.material.is_need is Need.MAY_FOLLOW and not paper.pages and not (paper.material.from_card or paper.material.from_form)
    )


def _steps(dossier: Dossier) -> tuple[CaseStep, ...]:
    theirs = [event for event in dossier.happened if EVENT_WORDS[event.kind].citizen]
    last = len(theirs) - 1
    done = [
        CaseStep(
            label=EVENT_WORDS[event.kind].citizen,
            at=event.at,
            by=event.by,
            current=index == last,
            note=event.told or _note(dossier, event.kind),
        )
        for index, event in enumerate(theirs)
    ]
    return (*done, *(CaseStep(label=label, note=_note_to_come(dossier, label)) for label in _TO_COME.get(dossier.state, ())))


def _note(dossier: Dossier, kind: EventKind) -> str:
    if kind is EventKind.FILED:
        return "提交不等于受理"
    return f"要补 {len(dossier.notice)} 样" if kind is EventKind.RETURNED else ""


def _note_to_come(dossier: Dossier, label: str) -> str:
    if label != "办结" or dossier.due is None:
        return ""
    on = dossier.due.on
    return f"最迟 {on.month}月{on.day}日" if on else dossier.due.note
