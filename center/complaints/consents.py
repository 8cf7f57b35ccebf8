"""The consents of the leader in charge (R6.5, R6.6): every open question without who complained or what they said, and its answer (R6.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from center.center import Center, Refusal
from center.complaints import papers
from center.complaints.about import about_words, concerns, not_about
from center.complaints.acting import Acting, begin, incomplete, lacking
from center.complaints.clocks import HANDLING, Due, reading, start
from center.complaints.inquiry import EXTENSION
from center.complaints.sealed import LET_GO_WORDS
from center.domain.complaint import (
    DEGREE_NAMES,
    HANDLING_DAYS,
    HANDLING_NAMES,
    MATTER_NAMES,
    ComplaintAct,
    ComplaintHandling,
    ComplaintState,
    Degree,
    Matter,
    complaint_target,
)
from center.domain.roles import Right
from center.members import Member, require
from center.store.encryption import LetGo
from center.store.tables import Complaint, Consent, Staff

_ANSWERED_SHOWN = 20
_MAX_ANSWER = 500

#: What a question is about: its words, and the act of a yes and of a no.
QUESTION_NAMES: dict[str, str] = {**{way.value: name for way, name in HANDLING_NAMES.items()}, EXTENSION: "延期到 30 个工作日"}
_YES: dict[str, ComplaintAct] = {
    ComplaintHandling.DIRECT: ComplaintAct.CONSENT_DIRECT,
    ComplaintHandling.TRANSFERRED: ComplaintAct.CONSENT_TRANSFER,
    EXTENSION: ComplaintAct.EXTEND,
}
_NO: dict[str, ComplaintAct] = {
    ComplaintHandling.DIRECT: ComplaintAct.DECLINE,
    ComplaintHandling.TRANSFERRED: ComplaintAct.DECLINE,
    EXTENSION: ComplaintAct.DECLINE_EXTENSION,
}


@dataclass(frozen=True)
class Question:
    """One question as the leader reads it. Nothing in it comes from the complainant's own words."""

    id: UUID
    number: str
    question: str
    matter: str
    about: str
    handler: str
    words: str
    degree: str
    limit_days: int
    due: Due | None
    asked_at: datetime
    asked_by: str
    answered_at: datetime | None
    granted: bool | None
    answer: str


@dataclass(frozen=True)
class Inbox:
    """Open questions, the oldest first, and what was answered, the newest first."""

    open: tuple[Question, ...]
    answered: tuple[Question, ...]


def inbox(center: Center, member: Member) -> Inbox:
    """The leader's questions; those about complaints against themselves are another's. Raises Refusal."""
    require(member, Right.GIVE_CONSENT)
    query = (
        select(Consent, Complaint)
        .join(Complaint, Consent.complaint_id == Complaint.id)
        .where(Consent.township_id == center.township_id, not_about(member))
    )
    with center.database.reading() as session:
        asked = session.execute(query.where(Consent.answered_at.is_(None)).order_by(Consent.asked_at)).all()
        done = session.execute(query.where(Consent.granted.is_not(None)).order_by(Consent.answered_at.desc()).limit(_ANSWERED_SHOWN)).all()
        return Inbox(
            tuple(_question(center, session, consent, complaint) for consent, complaint in asked),
            tuple(_question(center, session, consent, complaint) for consent, complaint in done),
        )


def find_question(center: Center, member: Member, consent_id: UUID) -> Question:
    """One question. Raises Refusal."""
    require(member, Right.GIVE_CONSENT)
    with center.database.reading() as session:
        consent, complaint = _found(center, session, member, consent_id)
        return _question(center, session, consent, complaint)


def _found(center: Center, session: Session, member: Member, consent_id: UUID, lock: bool = False) -> tuple[Consent, Complaint]:
    consent = session.scalar(select(Consent).where(Consent.id == consent_id, Consent.township_id == center.township_id))
    query = select(Complaint).where(Complaint.id == consent.complaint_id) if consent else None
    complaint = session.scalar(query.with_for_update() if lock else query) if query is not None else None
    if consent is None or complaint is None or concerns(member, complaint):
        raise Refusal("consent_unknown", "没有找到这个请示，可能是地址不完整。请从“待我同意”重新打开。")
    if lock:
        # What was answered while this one waited is seen now.
        session.refresh(consent)
    return consent, complaint


def _opened(center: Center, consent: Consent, column: str, sealed: bytes | None) -> str:
    try:
        return center.cipher.open("consents", column, consent.id, sealed).decode() if sealed is not None else ""
    except LetGo:
        return LET_GO_WORDS


def _question(center: Center, session: Session, consent: Consent, complaint: Complaint) -> Question:
    degree = Degree.SPECIAL if consent.about == EXTENSION else Degree(complaint.degree)
    return Question(
        id=consent.id,
        number=complaint.number,
        question=QUESTION_NAMES[consent.about],
        matter=MATTER_NAMES[Matter(complaint.matter)],
        about=about_words(center, session, complaint),
        handler=consent.handler,
        words=_opened(center, consent, "reason", consent.reason),
        degree=DEGREE_NAMES[degree],
        limit_days=HANDLING_DAYS[degree],
        due=reading(center, complaint, HANDLING) if consent.about == EXTENSION else None,
        asked_at=consent.asked_at,
        asked_by=session.get_one(Staff, consent.asked_by).name,
        answered_at=consent.answered_at,
        granted=consent.granted,
        answer=_opened(center, consent, "answer", consent.answer),
    )


def answer(center: Center, member: Member, consent_id: UUID, granted: bool, words: str) -> None:
    """Say yes, or no with a reason (R6.5, R6.6). Answered once, and never by who asked. Raises Refusal."""
    require(member, Right.GIVE_CONSENT)
    if not granted and not words.strip():
        incomplete({"answer": "不同意的，请写明理由"})
    if len(words) > _MAX_ANSWER:
        incomplete(lacking(_MAX_ANSWER, answer=words))
    try:
        with center.database.writing() as session:
            consent, complaint = _found(center, session, member, consent_id, lock=True)
            kind = (_YES if granted else _NO)[consent.about]
            if consent.answered_at is not None or complaint_target(ComplaintState(complaint.state), kind) is None:
                raise _answered()
            if consent.asked_by == member.id:
                raise Refusal("own_question", "这是您自己报请的，要由另一位分管领导答复。")
            consent.answered_at, consent.answered_by, consent.granted = center.clock.now(), member.id, granted
            consent.answer = center.cipher.seal("consents", "answer", consent.id, words.encode()) if words else None
            act = begin(center, session, complaint, kind, member)
            _EFFECTS[kind](act, consent, _opened(center, consent, "reason", consent.reason), {"批示": words})
    except (StaleDataError, IntegrityError):
        raise _answered() from None


def _answered() -> Refusal:
    return Refusal("consent_answered", "这个请示已经答复过，或者已经不需要答复。请查看最新情况。")


def _direct(act: Acting, consent: Consent, _reason: str, lines: Mapping[str, str]) -> None:
    # The center itself looks into it, so it has it from now on: 收件 (R6.6).
    complaint = act.complaint
    complaint.handling, complaint.handler, complaint.taken_on = ComplaintHandling.DIRECT, consent.handler, act.center.clock.now().date()
    due = start(act.center, complaint, HANDLING)
    act.keep({**lines, "应办结": papers.due_words(due)})


def _transfer(act: Acting, consent: Consent, _reason: str, lines: Mapping[str, str]) -> None:
    act.complaint.handling, act.complaint.handler = ComplaintHandling.TRANSFERRED, consent.handler
    act.keep({**lines, "办理单位": consent.handler})


def _extend(act: Acting, _consent: Consent, reason: str, lines: Mapping[str, str]) -> None:
    act.complaint.degree, act.complaint.extended = Degree.SPECIAL, True
    due = start(act.center, act.complaint, HANDLING)
    paper = papers.issue_paper(act, *papers.extension(reason, due))
    act.keep({**lines, "应办结": papers.due_words(due)}, paper)


def _declined(act: Acting, _consent: Consent, _reason: str, lines: Mapping[str, str]) -> None:
    act.keep(lines)


_EFFECTS = {
    ComplaintAct.CONSENT_DIRECT: _direct,
    ComplaintAct.CONSENT_TRANSFER: _transfer,
    ComplaintAct.EXTEND: _extend,
    ComplaintAct.DECLINE: _declined,
    ComplaintAct.DECLINE_EXTENSION: _declined,
}
