"""Where a complaint stands, as its complainant is told who opened it with the card or the digits. No member of staff is named."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from center.center import Center
from center.complaints.about import about_words
from center.complaints.access import by_digits, of_card, of_receipt, opens_with
from center.complaints.clocks import ACCEPTANCE, ANSWERING, EVIDENCE, HANDLING, Clock, Due, reading
from center.complaints.events import REGISTERED, Event, events_of
from center.complaints.evidence import evidence_count
from center.complaints.following import evidence_act
from center.complaints.inquiry import measure_words, measures_of
from center.complaints.sealed import statement_of
from center.domain.complaint import (
    COMPLAINT_LABELS,
    FINDING_NAMES,
    MATTER_NAMES,
    ComplaintAct,
    ComplaintState,
    Finding,
    Matter,
    complaint_target,
)
from center.records.papers import papers_of
from center.store.tables import Complaint
from kiosk.wire.complaints import ComplaintDetail, ComplaintReceiptAnswer, ComplaintsAnswer, ComplaintStep

#: What of its way a complainant is told, and in which words. What the center asks of its leader is its own business.
_STEPS: dict[str, str] = {
    REGISTERED: "登记投诉",
    ComplaintAct.ASK_SUPPLEMENT: "请您补充材料",
    ComplaintAct.SUPPLEMENT: "您补充了材料",
    ComplaintAct.ADD_EVIDENCE: "您补交了证据",
    ComplaintAct.LAPSE: "没有收到补充材料，登记归档",
    ComplaintAct.ACCEPT: "受理",
    ComplaintAct.REFUSE: "不予受理，书面告知理由和途径",
    ComplaintAct.REFER: "备案登记，转送有权处理的单位",
    ComplaintAct.RECORD_OPINION: "处理意见已经送回",
    ComplaintAct.CONSENT_DIRECT: "开始调查",
    ComplaintAct.CONSENT_TRANSFER: "转职能单位办理",
    ComplaintAct.TAKE_IN: "职能单位收件",
    ComplaintAct.SUPERVISE: "中心督办",
    ComplaintAct.EXTEND: "延期办理，书面告知理由",
    ComplaintAct.FIND: "已经查明",
    ComplaintAct.TAKE_MEASURES: "已经处理",
    ComplaintAct.TELL_BY_PHONE: "电话告知结果",
    ComplaintAct.WRITE_RESULT: "出具书面结果",
    ComplaintAct.ANSWER: "您提出了意见",
    ComplaintAct.ASK_REVIEW: "您申请复查、复核",
    ComplaintAct.PASS_REVIEW: "已转送上一级机关",
    ComplaintAct.ARCHIVE: "归档",
}

#: The papers say the rest; of these the words matter by themselves.
_NOTES: dict[str, frozenset[str]] = {
    ComplaintAct.RECORD_OPINION: frozenset({"处理意见"}),
    ComplaintAct.TELL_BY_PHONE: frozenset({"告知内容"}),
    ComplaintAct.PASS_REVIEW: frozenset({"转送机关"}),
}


def of_code(center: Center, code: str) -> ComplaintReceiptAnswer:
    """What a receipt's QR alone tells: what opens the complaint, and not even its state. Raises Refusal."""
    with center.database.reading() as session:
        complaint = of_receipt(center, session, code)
        return ComplaintReceiptAnswer(receipt_number=complaint.receipt_number, opens_with=opens_with(complaint))


def by_card(center: Center, number: str) -> ComplaintsAnswer:
    """All complaints of one card, newest first."""
    with center.database.reading() as session:
        return ComplaintsAnswer(complaints=tuple(_detail(center, session, row) for row in of_card(center, session, number)))


def by_receipt(center: Center, code: str, digits: str) -> ComplaintDetail:
    """The complaint that the receipt and the six digits open. Raises Refusal."""
    complaint_id: UUID = by_digits(center, code, digits)
    with center.database.reading() as session:
        return _detail(center, session, session.get_one(Complaint, complaint_id))


def _shown(center: Center, complaint: Complaint, clock: Clock, states: frozenset[ComplaintState]) -> Due:
    return reading(center, complaint, clock) if complaint.state in states else Due(None)


_BEING_HANDLED = HANDLING.runs


def _detail(center: Center, session: Session, complaint: Complaint) -> ComplaintDetail:
    state = ComplaintState(complaint.state)
    events = events_of(center, session, complaint)
    acceptance = _shown(center, complaint, ACCEPTANCE, ACCEPTANCE.runs)
    handling = _shown(center, complaint, HANDLING, _BEING_HANDLED)
    answering = _shown(center, complaint, ANSWERING, ANSWERING.runs)
    evidence = (
        reading(center, complaint, EVIDENCE) if complaint.evidence_from and complaint_target(state, evidence_act(complaint)) else Due(None)
    )
    in_time = not answering.past(center.clock.now().date())
    may_review = in_time and complaint_target(state, ComplaintAct.ASK_REVIEW) is not None
    return ComplaintDetail(
        number=complaint.number,
        receipt_number=complaint.receipt_number,
        state=state,
        state_label=COMPLAINT_LABELS[state],
        received_at=complaint.received_at,
        about=about_words(center, session, complaint),
        matter=MATTER_NAMES[Matter(complaint.matter)],
        statement=statement_of(center, complaint).words,
        evidence=evidence_count(session, complaint.id),
        acceptance_due_on=acceptance.on,
        acceptance_note=acceptance.note,
        handling_due_on=handling.on,
        handling_note=handling.note,
        evidence_due_on=evidence.on,
        evidence_note=evidence.note,
        wanted=wanted_of(events) if state is ComplaintState.TO_SUPPLEMENT else (),
        finding=_finding(complaint),
        answer_until=answering.on,
        answer_note=answering.note,
        review_body=center.config.center.review_body if may_review else "",
        may_add=complaint_target(state, evidence_act(complaint)) is not None,
        may_answer=in_time and complaint_target(state, ComplaintAct.ANSWER) is not None,
        may_ask_review=may_review,
        steps=tuple(ComplaintStep(label=_STEPS[each.act], at=each.at, note=_note(each)) for each in events if each.act in _STEPS),
        papers=tuple(paper.document for paper in papers_of(center, session, complaint.id)),
    )


def _finding(complaint: Complaint) -> str:
    # A call may tell it early; on paper and on screen it stands when it is written (R6.7).
    if complaint.written_on is None:
        return ""
    return f"{FINDING_NAMES[Finding(complaint.finding)]}。处理：{measure_words(measures_of(complaint))}"


def _note(event: Event) -> str:
    told = _NOTES.get(event.act, frozenset())
    return "；".join(words for label, words in event.lines if label in told)


def wanted_of(events: tuple[Event, ...]) -> tuple[str, ...]:
    """What the last supplement notice asked for."""
    asked = [event for event in events if event.act == ComplaintAct.ASK_SUPPLEMENT]
    return tuple(words for label, words in asked[-1].lines if label.startswith("第")) if asked else ()
