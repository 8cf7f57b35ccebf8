"""Looking into a complaint (R6.5–R6.7): consent asked, taken in, supervised, extended, found, dealt with, answered in writing."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.complaints import papers
from center.complaints.acting import Acting, acting, incomplete, lacking
from center.complaints.clocks import ANSWERING, HANDLING, start
from center.complaints.sealed import complainant_of, statement_of
from center.domain.complaint import (
    DEGREE_NAMES,
    FINDING_NAMES,
    HANDLING_NAMES,
    MEASURE_NAMES,
    ComplaintAct,
    ComplaintHandling,
    Degree,
    Finding,
    Measure,
    MeasureFault,
    measures_fault,
)
from center.members import Member
from center.store.tables import Complaint, Consent

#: What a consent can be about besides the two ways of handling.
EXTENSION = "extension"
#: Degrees that an officer chooses; the special one takes an extension (R6.6).
CHOSEN_DEGREES = (Degree.ORDINARY, Degree.COMPLICATED)


def refuse_identity(center: Center, complaint: Complaint, **texts: str) -> None:
    """Raises Refusal if words meant for others than officers name who complained, how to reach them, or their case (R6.8)."""
    complainant, statement = complainant_of(center, complaint), statement_of(center, complaint)
    sentence = "这里写了投诉人的姓名、联系方式、证件号码或者办件编号。领导不看投诉人是谁，请改写"
    told = {name for name, text in texts.items() if complainant.tells(text) or (statement.case_number and statement.case_number in text)}
    incomplete(dict.fromkeys(told, sentence))


def _ask(act: Acting, member: Member, about: str, handler: str, words: str) -> None:
    consent_id = uuid4()
    act.session.add(
        Consent(
            id=consent_id,
            township_id=act.center.township_id,
            complaint_id=act.complaint.id,
            about=about,
            handler=handler,
            reason=act.center.cipher.seal("consents", "reason", consent_id, words.encode()),
            asked_at=act.center.clock.now(),
            asked_by=member.id,
        )
    )


def open_question(session: Session, complaint_id: UUID) -> Consent | None:
    """The question to the leader that is not answered yet, if there is one."""
    return session.scalar(select(Consent).where(Consent.complaint_id == complaint_id, Consent.answered_at.is_(None)))


def ask_consent(
    center: Center, member: Member, complaint_id: UUID, revision: int, *, handling: str, handler: str, degree: str, summary: str
) -> None:
    """Ask the leader in charge (R6.5): 直查 by the center, or 转办 to a department with a proposal. `summary` names nobody. Raises Refusal."""
    faults = lacking(summary=summary)
    if handling not in set(ComplaintHandling):
        faults["handling"] = "请选择直查或者转办"
    if handling == ComplaintHandling.TRANSFERRED:
        faults |= lacking(60, handler=handler)
    if degree not in CHOSEN_DEGREES:
        faults["degree"] = "请选择一般或者复杂"
    incomplete(faults)
    with acting(center, member, complaint_id, revision, ComplaintAct.ASK_CONSENT) as act:
        refuse_identity(center, act.complaint, summary=summary)
        way = ComplaintHandling(handling)
        to = handler if way is ComplaintHandling.TRANSFERRED else center.config.center.name
        act.complaint.degree = Degree(degree)
        _ask(act, member, way, to, summary)
        lines = {"拟办方式": HANDLING_NAMES[way], "办理单位": to, "难易": DEGREE_NAMES[Degree(degree)], "摘要拟办": summary}
        act.keep(lines, codes={"handling": way, "degree": degree})


def take_in(center: Center, member: Member, complaint_id: UUID, revision: int, *, taken_on: date | None, by: str) -> None:
    """The department confirmed that it has it (收件): the handling limit runs from that day (R6.6). Entered once. Raises Refusal."""
    today = center.clock.now().date()
    faults = lacking(100, by=by)
    if taken_on is None or taken_on > today:
        faults["taken_on"] = "请填写收件的日期，不晚于今天"
    incomplete(faults)
    with acting(center, member, complaint_id, revision, ComplaintAct.TAKE_IN) as act:
        if act.complaint.taken_on is not None:
            raise Refusal("taken_in", f"收件日已经登记为 {papers.day_words(act.complaint.taken_on)}，不能重复登记。")
        consented = max(answered_on(consent) for consent in _granted(act))
        if taken_on is None or taken_on < consented:
            incomplete({"taken_on": f"收件不会早于领导同意的日期（{papers.day_words(consented)}）"})
        act.complaint.taken_on = taken_on
        due = start(center, act.complaint, HANDLING)
        act.keep({"收件日期": papers.day_words(taken_on), "确认人": by, "应办结": papers.due_words(due)}, codes={"taken_on": str(taken_on)})


def answered_on(consent: Consent) -> date:
    """The day it was answered."""
    assert consent.answered_at is not None
    return consent.answered_at.date()


def _granted(act: Acting) -> list[Consent]:
    rows = select(Consent).where(Consent.complaint_id == act.complaint.id, Consent.granted.is_(True))
    return list(act.session.scalars(rows))


def supervise(center: Center, member: Member, complaint_id: UUID, revision: int, *, note: str) -> None:
    """督办: the center follows a transferred one until it ends (R6.5). Raises Refusal."""
    incomplete(lacking(note=note))
    with acting(center, member, complaint_id, revision, ComplaintAct.SUPERVISE) as act:
        act.keep({"督办内容": note})


def ask_extension(center: Center, member: Member, complaint_id: UUID, revision: int, *, reason: str) -> None:
    """Ask for thirty working days (R6.6). The reason goes to the leader, and as it stands to the complainant in writing. Raises Refusal."""
    incomplete(lacking(reason=reason))
    with acting(center, member, complaint_id, revision, ComplaintAct.ASK_EXTENSION) as act:
        if act.complaint.extended:
            raise Refusal("extended", "这份投诉已经延期过一次，最多 30 个工作日，不能再延。")
        if act.complaint.taken_on is None:
            raise Refusal("not_taken_in", "办理单位还没有收件，期限还没有开始计算。请先登记收件日期。")
        if open_question(act.session, complaint_id) is not None:
            raise Refusal("asked", "已经报请分管领导，请等领导答复。")
        refuse_identity(center, act.complaint, reason=reason)
        _ask(act, member, EXTENSION, act.complaint.handler, reason)
        act.keep({"延期理由": reason})


def find(center: Center, member: Member, complaint_id: UUID, revision: int, *, finding: str, facts: str) -> None:
    """What was found, with the facts (R6.5). Raises Refusal."""
    faults = lacking(facts=facts)
    if finding not in set(Finding):
        faults["finding"] = "请选择调查结论"
    incomplete(faults)
    with acting(center, member, complaint_id, revision, ComplaintAct.FIND) as act:
        if act.complaint.taken_on is None:
            raise Refusal("not_taken_in", "还没有登记办理单位的收件日期。请先登记收件，再写调查结论。")
        act.complaint.finding = Finding(finding)
        question = open_question(act.session, complaint_id)
        if question is not None:
            # An extension is not needed any more: the leader is not asked in vain.
            question.answered_at = center.clock.now()
        act.keep({"结论": FINDING_NAMES[Finding(finding)], "事实": facts}, codes={"finding": finding})


_MEASURE_FAULTS = {
    MeasureFault.NONE: "查实的投诉要有处理，请至少选一项",
    MeasureFault.UNTRUE: "结论是不属实，不能处理被投诉人，请不要勾选",
}


def take_measures(
    center: Center, member: Member, complaint_id: UUID, revision: int, *, measures: tuple[str, ...], note: str, handover: str = ""
) -> None:
    """What is done about it (R6.5). 移交纪检 takes who approved it and what was handed over. Raises Refusal."""
    if not set(measures) <= set(Measure):
        incomplete({"measures": "请从列出的处理方式中选择"})
    chosen = frozenset(Measure(each) for each in measures)
    faults = lacking(note=note)
    if Measure.DISCIPLINE in chosen:
        faults |= lacking(handover=handover)
    incomplete(faults)
    with acting(center, member, complaint_id, revision, ComplaintAct.TAKE_MEASURES) as act:
        fault = measures_fault(Finding(act.complaint.finding), chosen)
        if fault is not None:
            incomplete({"measures": _MEASURE_FAULTS[fault]})
        kept = [measure for measure in Measure if measure in chosen]
        act.complaint.measures = ",".join(kept)
        lines = {"处理": measure_words(kept), "说明": note, "移交纪检": handover if Measure.DISCIPLINE in chosen else ""}
        act.keep(lines, codes={"measures": list(kept)})


def measure_words(measures: list[Measure]) -> str:
    """In words; none where nothing was to be done."""
    return "、".join(MEASURE_NAMES[measure] for measure in measures) or "不作处理"


def measures_of(complaint: Complaint) -> list[Measure]:
    """What was done about it."""
    return [Measure(each) for each in complaint.measures.split(",") if each]


def write_result(center: Center, member: Member, complaint_id: UUID, revision: int, *, words: str) -> None:
    """The written result: it ends the matter, and from it run the days to answer and ask for a review (R6.7). Raises Refusal."""
    incomplete(lacking(words=words))
    with acting(center, member, complaint_id, revision, ComplaintAct.WRITE_RESULT) as act:
        act.complaint.written_on = center.clock.now().date()
        until = start(center, act.complaint, ANSWERING)
        finding = FINDING_NAMES[Finding(act.complaint.finding)]
        paper = papers.issue_paper(act, *papers.result(center, finding, words, measure_words(measures_of(act.complaint)), until))
        act.keep({"结果": words, "申辩复查至": papers.due_words(until)}, paper)
