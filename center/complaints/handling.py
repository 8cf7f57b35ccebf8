"""What an officer decides on a complaint before it is looked into: more is wanted, accepted, refused, referred (R6.2–R6.4), and what ends it (R6.7, R6.9)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from center.center import Center, Refusal
from center.complaints import papers
from center.complaints.acting import Acting, acting, incomplete, lacking
from center.complaints.clocks import ANSWERING, EVIDENCE, reading, start
from center.complaints.events import events_of
from center.domain.complaint import GROUND_NAMES, OPEN_TO_ANSWER, ComplaintAct, ComplaintState, Ground
from center.members import Member

_MAX_WANTED = 20
_MAX_LINE = 200


class Via(StrEnum):
    """How what is not the center's business is passed on (R6.3)."""

    OA = "oa"
    PARTY_OFFICE = "party_office"


VIA_NAMES: dict[Via, str] = {Via.OA: "政府OA", Via.PARTY_OFFICE: "镇党政办"}


def ask_supplement(center: Center, member: Member, complaint_id: UUID, revision: int, *, wanted: tuple[str, ...]) -> None:
    """Say everything that is to be added, at once (R6.3). The acceptance limit starts anew when it comes (R6.6). Raises Refusal."""
    if not wanted:
        incomplete({"wanted": "请把要补充的一次写全，每行一项"})
    if len(wanted) > _MAX_WANTED or any(len(line) > _MAX_LINE for line in wanted):
        incomplete({"wanted": f"最多 {_MAX_WANTED} 项，每项最多 {_MAX_LINE} 个字"})
    with acting(center, member, complaint_id, revision, ComplaintAct.ASK_SUPPLEMENT) as act:
        act.complaint.state = act.after
        act.complaint.acceptance_due_on = None
        act.complaint.evidence_from = center.clock.now().date()
        due = start(center, act.complaint, EVIDENCE)
        paper = papers.issue_paper(act, *papers.supplement(wanted, due))
        act.keep({f"第{index}项": line for index, line in enumerate(wanted, 1)}, paper, {"lines": len(wanted)})


def lapse(center: Center, member: Member, complaint_id: UUID, revision: int, *, note: str) -> None:
    """Archive what was never supplied, with what was asked (R6.9); not before the days the notice named have passed. Raises Refusal."""
    incomplete(lacking(note=note))
    with acting(center, member, complaint_id, revision, ComplaintAct.LAPSE) as act:
        due = reading(center, act.complaint, EVIDENCE)
        if not due.past(center.clock.now().date()):
            raise Refusal("too_early", f"告知书写明等到 {papers.due_words(due)}，这一天过后才能归档。")
        _archive(act, note)


def accept(center: Center, member: Member, complaint_id: UUID, revision: int) -> None:
    """Accept: a simple one on the spot, others within three working days (R6.2). Raises Refusal."""
    with acting(center, member, complaint_id, revision, ComplaintAct.ACCEPT) as act:
        act.complaint.accepted_on = center.clock.now().date()
        act.keep(paper=papers.issue_paper(act, *papers.acceptance(act.complaint.accepted_on)))


def refuse(
    center: Center, member: Member, complaint_id: UUID, revision: int, *, ground: str, reason: str, basis: str, channel: str
) -> None:
    """Not accepted on one of four grounds, with reason, basis and the lawful channel in writing (R6.4). Raises Refusal."""
    faults = {} if ground in set(Ground) else {"ground": "请选择不予受理的情形"}
    incomplete(faults | lacking(reason=reason, basis=basis, channel=channel))
    with acting(center, member, complaint_id, revision, ComplaintAct.REFUSE) as act:
        act.complaint.ground = Ground(ground)
        paper = papers.issue_paper(act, *papers.refusal(reason, basis, channel))
        act.keep({"情形": GROUND_NAMES[Ground(ground)], "理由": reason, "依据": basis, "途径": channel}, paper, {"ground": ground})


def refer(
    center: Center, member: Member, complaint_id: UUID, revision: int, *, body: str, via: str, opinion_due: date | None, note: str = ""
) -> None:
    """Outside the center's duties: registered all the same, passed on by the government OA or the party-government office (R6.3). Raises Refusal."""
    faults = lacking(60, body=body) | (lacking(note=note) if note else {})
    if via not in set(Via):
        faults["via"] = "请选择怎样转送"
    if opinion_due is None or opinion_due < center.clock.now().date():
        faults["opinion_due"] = "请写明要求哪一天前出具处理意见，不早于今天"
    incomplete(faults)
    with acting(center, member, complaint_id, revision, ComplaintAct.REFER) as act:
        act.complaint.handler, act.complaint.opinion_due_on = body, opinion_due
        paper = papers.issue_paper(act, *papers.referral(body, VIA_NAMES[Via(via)], opinion_due))
        lines = {"转送单位": body, "方式": VIA_NAMES[Via(via)], "意见期限": papers.day_words(opinion_due), "备注": note}
        act.keep(lines, paper, {"via": via, "opinion_due": str(opinion_due)})


def record_opinion(center: Center, member: Member, complaint_id: UUID, revision: int, *, opinion: str) -> None:
    """The department's opinion came back (R6.3). Raises Refusal."""
    incomplete(lacking(opinion=opinion))
    with acting(center, member, complaint_id, revision, ComplaintAct.RECORD_OPINION) as act:
        act.keep({"处理意见": opinion})


def tell_by_phone(center: Center, member: Member, complaint_id: UUID, revision: int, *, told: str) -> None:
    """The result was told early, by telephone. It ends nothing: the written one does (R6.7). Raises Refusal."""
    incomplete(lacking(told=told))
    with acting(center, member, complaint_id, revision, ComplaintAct.TELL_BY_PHONE) as act:
        act.keep({"告知内容": told})


def pass_review(center: Center, member: Member, complaint_id: UUID, revision: int, *, body: str, note: str) -> None:
    """The request for a review was handed to the next higher body (R6.7). Raises Refusal."""
    incomplete(lacking(60, body=body) | lacking(note=note))
    with acting(center, member, complaint_id, revision, ComplaintAct.PASS_REVIEW) as act:
        act.keep({"转送机关": body, "说明": note})


def archive(center: Center, member: Member, complaint_id: UUID, revision: int, *, note: str) -> None:
    """Archive (R6.9): not while the complainant may still answer or ask for a review, not before a review was passed on, not while an opinion is awaited.

    Raises Refusal.
    """
    incomplete(lacking(note=note))
    with acting(center, member, complaint_id, revision, ComplaintAct.ARCHIVE) as act:
        _refuse_early(act)
        _archive(act, note)


def _refuse_early(act: Acting) -> None:
    state = ComplaintState(act.complaint.state)
    today = act.center.clock.now().date()
    if state in OPEN_TO_ANSWER:
        due = reading(act.center, act.complaint, ANSWERING)
        if not due.past(today):
            raise Refusal("too_early", f"投诉人可以申辩和申请复查，截止 {papers.due_words(due)}。这一天过后才能归档。")
    happened = {event.act for event in events_of(act.center, act.session, act.complaint)}
    if state is ComplaintState.UNDER_REVIEW and ComplaintAct.PASS_REVIEW not in happened:
        raise Refusal("too_early", "复查、复核申请还没有转送上一级机关。请先转送，再归档。")
    if state is ComplaintState.REFERRED and ComplaintAct.RECORD_OPINION not in happened and not _opinion_late(act, today):
        raise Refusal("too_early", "处理意见还没有送回，要求的期限也还没有过。收到意见后再归档。")


def _opinion_late(act: Acting, today: date) -> bool:
    return act.complaint.opinion_due_on is not None and act.complaint.opinion_due_on < today


def _archive(act: Acting, note: str) -> None:
    act.complaint.archived_on = act.center.clock.now().date()
    act.keep({"归档说明": note})
