"""What the complainant does with a complaint: adds evidence, supplies what was asked for, answers the result, asks for a review (R6.1, R6.3, R6.7)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.complaints import papers
from center.complaints.access import find_complaint, opened
from center.complaints.acting import Acting, acting, begin, incomplete, lacking
from center.complaints.clocks import ACCEPTANCE, ANSWERING, reading, start
from center.complaints.evidence import add_evidence
from center.domain.complaint import COMPLAINT_LABELS, ComplaintAct, ComplaintState, complaint_target
from center.members import Member
from center.records.incoming import keep_scan
from center.records.writes import Done, once
from center.store.tables import Complaint, Terminal
from kiosk.wire.complaints import ComplaintActAnswer, ComplaintWords, EvidenceFiling

_NEXT: dict[ComplaintAct, str] = {
    ComplaintAct.ADD_EVIDENCE: "已交到投诉受理人员手里。",
    ComplaintAct.SUPPLEMENT: "从今天起重新计算受理期限，中心在三个工作日内决定是否受理，并告诉您。",
    ComplaintAct.ANSWER: "您的意见已经记录，投诉受理人员会看到。截止日期前，您还可以申请复查、复核。",
    ComplaintAct.ASK_REVIEW: "您的申请已经收到，由本中心转送上一级机关。",
}


def evidence_act(complaint: Complaint) -> ComplaintAct:
    """What handing in papers means in this state: the supplement that was asked for, or more evidence."""
    return ComplaintAct.SUPPLEMENT if complaint.state == ComplaintState.TO_SUPPLEMENT else ComplaintAct.ADD_EVIDENCE


def _evidence(act: Acting, words: str, pages: int, by: str) -> None:
    complaint = act.complaint
    if act.act is ComplaintAct.SUPPLEMENT:
        # 收到 is the day on which it was complete: the acceptance limit starts anew (R6.6).
        complaint.state = act.after
        complaint.received_at = act.center.clock.now()
        complaint.evidence_from = complaint.evidence_due_on = None
        start(act.center, complaint, ACCEPTANCE)
    act.keep({"内容": words, "证据": f"{pages} 页" if pages else ""}, by=by)


def _within_days(act: Acting) -> None:
    due = reading(act.center, act.complaint, ANSWERING)
    if due.past(act.center.clock.now().date()):
        raise Refusal("too_late", f"申辩和申请复查、复核的期限到 {papers.due_words(due)} 为止，已经过了。您可以向中心咨询其他途径。")


def _words(act: Acting, words: str, by: str) -> None:
    _within_days(act)
    act.keep({"意见" if act.act is ComplaintAct.ANSWER else "复查、复核的理由": words}, by=by)


# ------------------------------------------------------------------ from a terminal


def _locked(center: Center, session: Session, complaint_id: UUID) -> Complaint:
    query = select(Complaint).where(Complaint.id == complaint_id, Complaint.township_id == center.township_id)
    return session.scalars(query.with_for_update()).one()


def _begin(center: Center, session: Session, complaint: Complaint, act: ComplaintAct) -> Acting:
    if complaint_target(ComplaintState(complaint.state), act) is None:
        label = COMPLAINT_LABELS[ComplaintState(complaint.state)]
        raise Refusal("complaint_changed", f"这份投诉现在是“{label}”，不能这样办。请查看最新的进度。")
    return begin(center, session, complaint, act, None)


def _answer(act: Acting) -> tuple[UUID, str]:
    answer = ComplaintActAnswer(
        number=act.complaint.number,
        state=act.complaint.state,
        state_label=COMPLAINT_LABELS[ComplaintState(act.complaint.state)],
        at=act.center.clock.now(),
        next_step=_NEXT[act.act],
    )
    return act.complaint.id, answer.model_dump_json()


def hand_in(center: Center, terminal: Terminal, filing: EvidenceFiling) -> Done:
    """Evidence or a supplement from a terminal, once for its key. Raises Refusal."""
    complaint_id = opened(center, filing.access)

    def act(session: Session) -> tuple[UUID, str]:
        complaint = _locked(center, session, complaint_id)
        begun = _begin(center, session, complaint, evidence_act(complaint))
        pages = add_evidence(center, session, complaint, filing.evidence)
        _evidence(begun, filing.words.strip(), pages, f"自助终端 {terminal.terminal_id}")
        return _answer(begun)

    return once(center, "complaint_evidence", filing.key, filing.model_dump(mode="json"), act)


def say(center: Center, terminal: Terminal, said: ComplaintWords, kind: ComplaintAct) -> Done:
    """The answer to the result, or the request for a review (R6.7), from a terminal, once for its key. Raises Refusal."""
    complaint_id = opened(center, said.access)

    def act(session: Session) -> tuple[UUID, str]:
        begun = _begin(center, session, _locked(center, session, complaint_id), kind)
        _words(begun, said.words, f"自助终端 {terminal.terminal_id}")
        return _answer(begun)

    return once(center, f"complaint_{kind}", said.key, said.model_dump(mode="json"), act)


# ------------------------------------------------------------------ written down by an officer


def record_evidence(center: Center, member: Member, complaint_id: UUID, revision: int, *, words: str) -> None:
    """More evidence came by post or was brought (R6.1); what it is, in words. Raises Refusal."""
    _record_evidence(center, member, complaint_id, revision, ComplaintAct.ADD_EVIDENCE, words)


def add_scans(center: Center, member: Member, complaint_id: UUID, revision: int, contents: Sequence[bytes]) -> int:
    """Pages of evidence on paper, scanned at the desk; how many were new. It is evidence, never the supplement that was asked for (R6.1, R6.3).

    The files are on the disk before any row names them. Raises Refusal; nothing is put then.
    """
    with center.database.reading() as session:
        find_complaint(center, session, member, complaint_id)
    if not contents:
        raise Refusal("scans_none", "还没有选择图片。请先选择要录入的 JPEG 或 PNG 图片。", {"scans": "none"})
    names = tuple(keep_scan(center, content) for content in contents)
    with acting(center, member, complaint_id, revision, ComplaintAct.ADD_EVIDENCE) as act:
        pages = add_evidence(center, act.session, act.complaint, names)
        if not pages:
            raise Refusal("scans_known", "这些图片已经录入过了，不用再录。", {"scans": "known"})
        _evidence(act, "纸质证据，由投诉受理人员扫描", pages, "")
        return pages


def record_supplement(center: Center, member: Member, complaint_id: UUID, revision: int, *, words: str) -> None:
    """Everything that was asked for came by post or was brought: the acceptance limit starts anew (R6.6). Raises Refusal."""
    _record_evidence(center, member, complaint_id, revision, ComplaintAct.SUPPLEMENT, words)


def _record_evidence(center: Center, member: Member, complaint_id: UUID, revision: int, kind: ComplaintAct, words: str) -> None:
    incomplete(lacking(words=words))
    with acting(center, member, complaint_id, revision, kind) as act:
        _evidence(act, words, 0, "")


def record_answer(center: Center, member: Member, complaint_id: UUID, revision: int, *, words: str) -> None:
    """The complainant's answer to the result (R6.7). Raises Refusal."""
    _record_words(center, member, complaint_id, revision, ComplaintAct.ANSWER, words)


def record_review(center: Center, member: Member, complaint_id: UUID, revision: int, *, words: str) -> None:
    """The complainant's request for a review (R6.7). Raises Refusal."""
    _record_words(center, member, complaint_id, revision, ComplaintAct.ASK_REVIEW, words)


def _record_words(center: Center, member: Member, complaint_id: UUID, revision: int, kind: ComplaintAct, words: str) -> None:
    incomplete(lacking(words=words))
    with acting(center, member, complaint_id, revision, kind) as act:
        _words(act, words, "")
