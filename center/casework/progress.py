"""Where a case stands, as its citizen is told: the state alone to who holds a receipt, the steps to who holds the ID card."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from center.casework.applicant import THEIRS
from center.casework.clocks import follow_due_on
from center.casework.dossier import Dossier, Happening, open_dossier
from center.casework.events import EVENT_WORDS, EventKind
from center.casework.filing import is_of_number
from center.casework.handed_in import PaperState
from center.casework.notices import receipt_code
from center.casework.rated import rated_stages, stage_of
from center.casework.receipts import case_of_receipt
from center.center import Center
from center.domain.application import ENDED, IN_HAND, STATE_LABELS, ApplicationAct, ApplicationState, acts_in
from center.domain.paper import PAPER_FORMS
from center.records.papers import Paper, papers_of
from center.store.tables import Case
from kiosk.wire.cases import CaseDetail, CasesAnswer, CaseState, CaseStateAnswer, CaseStep, Want, WantKind
from kiosk.wire.filing import Delivery
from kiosk.wire.items import Material, Need

#: What the terminal shows of each state.
_WIRE_STATES: dict[ApplicationState, CaseState] = {state: CaseState(state.value) for state in ApplicationState}

_S = ApplicationState

#: What is still to come in each state; nothing after an end.
_TO_COME: dict[ApplicationState, tuple[str, ...]] = {
    _S.FILED: ("受理登记", "办结"),
    _S.RETURNED: ("受理登记", "办结"),
    _S.ACCEPTED: ("办结",),
    _S.WITH_DEPARTMENT: ("返回窗口", "办结"),
    _S.BACK: ("办结",),
    _S.DECIDED: ("办结",),
    _S.VOUCHER_ISSUED: ("通知领取",),
    _S.NOTIFIED: ("领取结果",),
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
    """All cases of one ID number, one's own and those brought for others, newest first.

    The indexes only find candidates: the number itself is compared in the clear.
    """
    with center.database.reading() as session:
        rows = session.scalars(
            select(Case)
            .where(Case.township_id == center.township_id, is_of_number(center, number))
            .order_by(Case.received_at.desc(), Case.case_number.desc())
        ).all()
        stages = {case.id: stage_of(case) for case in rows}
        rated = rated_stages(session, stages)
        dossiers = [open_dossier(center, session, case) for case in rows]
        theirs = [dossier for dossier in dossiers if dossier.applicant.is_of(number) or dossier.applicant.came(number)]
        papers = {dossier.id: papers_of(center, session, dossier.id) for dossier in theirs}
    return CasesAnswer(
        cases=tuple(
            _detail(center, dossier, papers[dossier.id], (dossier.id, stages[dossier.id]) not in rated, dossier.applicant.came(number))
            for dossier in theirs
        )
    )


def _detail(center: Center, dossier: Dossier, papers: tuple[Paper, ...], may_rate: bool, by_agent: bool) -> CaseDetail:
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
        wanted=_wanted(center, dossier),
        steps=_steps(dossier),
        wants=_wants(dossier),
        papers=tuple(f"{PAPER_FORMS[paper.kind].title} {paper.number}" for paper in papers if paper.kind in THEIRS),
        reason=_reason(dossier),
        collect=_collect(center, dossier),
        tracking=_last_told(dossier, EventKind.POSTED),
        may_withdraw=ApplicationAct.WITHDRAW in acts_in(dossier.state),
        may_rate=may_rate,
        applicant_name=dossier.applicant.name if by_agent else "",
        receipt_code=receipt_code(center, dossier.receipt_number),
    )


def _last_told(dossier: Dossier, kind: EventKind) -> str:
    return next((event.told for event in reversed(dossier.happened) if event.kind is kind), "")


def _reason(dossier: Dossier) -> str:
    """Why it was refused, and where else to go (R2.3, R2.4); the written notice has the legal basis."""
    return _last_told(dossier, EventKind.REFUSED)


def _collect(center: Center, dossier: Dossier) -> str:
    """Where and when the result is handed out, once there is one."""
    if dossier.state not in (_S.VOUCHER_ISSUED, _S.NOTIFIED):
        return ""
    if dossier.delivery == Delivery.POST:
        return f"结果用 EMS 寄给{dossier.applicant.post_to.recipient}" if dossier.applicant.post_to else ""
    hours = center.config.center.window_hours
    return f"请带身份证到{dossier.window or '综合窗口'}领取" + (f"（{hours}）" if hours else "")


def _wants(dossier: Dossier) -> tuple[Want, ...]:
    """What can be supplied at a terminal: everything that the notice named (R2.2)."""
    if dossier.state is not _S.RETURNED:
        return ()
    return tuple(Want(kind=WantKind(line.subject.value), code=line.code, label=line.label, words=line.words()) for line in dossier.notice)


def _holder(dossier: Dossier) -> str:
    if dossier.state is _S.RETURNED:
        return "等您补齐材料"
    if dossier.state in ENDED:
        return ""
    if dossier.state is _S.WITH_DEPARTMENT:
        return dossier.department or "职能单位"
    return dossier.responsible or "综合窗口，等待收件"


def _wanted(center: Center, dossier: Dossier) -> tuple[str, ...]:
    if dossier.state is ApplicationState.RETURNED:
        return tuple(line.words() for line in dossier.notice)
    if dossier.state is ApplicationState.FILED:
        return tuple(f"{paper.material.material_name}：没有带来" for paper in dossier.outstanding)
    if dossier.state not in IN_HAND:
        return ()
    return tuple(
        f"{paper.material.material_name}：可以后补{_by_when(center, paper.material, dossier.filed_at.date())}"
        for paper in dossier.papers
        if paper.material.is_need is Need.MAY_FOLLOW and paper.state in (PaperState.MISSING, PaperState.NOT_GIVEN)
    )


def _by_when(center: Center, material: Material, filed_on: date) -> str:
    on = follow_due_on(center, material, filed_on)
    return f"，最迟 {on.month}月{on.day}日" if on else ""


def _steps(dossier: Dossier) -> tuple[CaseStep, ...]:
    theirs = [event for event in dossier.happened if EVENT_WORDS[event.kind].citizen]
    last = len(theirs) - 1
    done = [
        CaseStep(
            label=EVENT_WORDS[event.kind].citizen,
            at=event.at,
            by=event.by,
            current=index == last,
            note=_note(dossier, event),
        )
        for index, event in enumerate(theirs)
    ]
    return (*done, *(CaseStep(label=label, note=_note_to_come(dossier, label)) for label in _TO_COME.get(dossier.state, ())))


def _note(dossier: Dossier, event: Happening) -> str:
    match event.kind:
        case EventKind.FILED:
            return "提交不等于受理"
        case EventKind.RETURNED:
            # The lines of the notice that stands; of an earlier one only that it was.
            return f"要补 {len(dossier.notice)} 样" if event.at == dossier.notice_at else ""
        case EventKind.REFUSED:
            # Reasons fill a page; `reason` has them.
            return "理由和依据见通知书"
    return event.told


def _note_to_come(dossier: Dossier, label: str) -> str:
    if label != "办结" or dossier.due is None:
        return ""
    on = dossier.due.on
    return f"最迟 {on.month}月{on.day}日" if on else dossier.due.note
