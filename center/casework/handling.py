"""What staff do with a case: open it (R3.1), accept it (R4.1, R4.2), return it with one notice (R2.2). Each act is whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from center.casework.acting import Begun, acting, begin, keep, locked
from center.casework.dossier import Dossier
from center.casework.events import EventKind
from center.casework.handed_in import PaperState
from center.casework.notices import Acceptance, acceptance_notice, foot, one_time_notice_paper, promise_notice
from center.casework.returns import returns_before
from center.center import Center, Refusal
from center.domain.acceptance import acceptance_day
from center.domain.application import ApplicationAct, ApplicationState, Due, due
from center.domain.calendar import Unknown
from center.domain.deadlines import handover_due
from center.domain.notice import NoticeFault, NoticeLine, Subject, one_time_notice
from center.domain.paper import PaperKind
from center.domain.roles import Right
from center.members import Member, require
from center.records.papers import Paper, issue
from center.records.papers import Subject as PaperSubject
from center.store.tables import Case
from kiosk.wire.documents import Block


def open_case(center: Center, member: Member, case_id: UUID) -> None:
    """The first member who opens a filing from the queue is responsible to the end (R3.1). Opening it again changes nothing."""
    require(member, Right.HANDLE_CASES)
    with acting(center) as session:
        case = locked(session, center, case_id)
        if case.first_responsible is not None:
            return
        case.first_responsible, case.opened_at, case.window = member.id, center.clock.now(), member.window
        keep(center, session, case, EventKind.OPENED, member)


@dataclass(frozen=True)
class Accepted:
    """What accepting came to. `papers`: the notice first."""

    on: date
    due: Due
    papers: tuple[Paper, ...]


def acceptance_on(dossier: Dossier, today: date) -> date:
    """The acceptance day if it is accepted today (R4.1): what was supplied at a terminal on an earlier day loses none."""
    waiting = dossier.state is ApplicationState.RETURNED or bool(dossier.to_supply)
    return acceptance_day(today, None if waiting else dossier.supplied_on)


def due_if_accepted(center: Center, dossier: Dossier, today: date) -> Due:
    """The due day that accepting today would give (R4.2)."""
    days, unit = dossier.limit
    return due(acceptance_on(dossier, today), days, unit, center.calendar)


def accept(center: Center, member: Member, case_id: UUID, revision: int, supplied: Iterable[str]) -> Accepted:
    """Accept today and issue the 受理通知书, and for an item that a department must look into the 承诺件告知书 (R3.2, R4.1, R5.1).

    `supplied`: keys of what was handed in at the window; all of `Dossier.to_supply` must be (R4.1). Raises Refusal.
    """
    require(member, Right.HANDLE_CASES)
    handed_in = set(supplied)
    with acting(center) as session:
        begun = begin(center, session, case_id, revision, ApplicationAct.ACCEPT)
        dossier = begun.dossier
        lacking = {wanted.key: "missing" for wanted in dossier.to_supply if wanted.key not in handed_in}
        if lacking:
            raise Refusal("papers_outstanding", "要补的还没有收齐，不能受理。在窗口收到一样，打一个勾。", lacking)
        today = center.clock.now().date()
        accepted = Acceptance(
            on=acceptance_on(dossier, today),
            due=due_if_accepted(center, dossier, today),
            responsible=dossier.responsible,
            brought=tuple(wanted.key for wanted in dossier.to_supply),
        )
        # 接件 (R5.2): the day the papers were whole in the window's hands; what came back after a notice was so only now [design].
        whole_since = None if dossier.notice or dossier.to_supply else begun.case.opened_at
        return take_in(center, session, begun, accepted, whole_since.date() if whole_since else today, member)


def take_in(center: Center, session: Session, begun: Begun, accepted: Acceptance, taken_in_on: date, member: Member | None) -> Accepted:
    """Write the acceptance into the case, with its papers and its clocks (R5.2). `member` None: by silence (R4.6)."""
    case, dossier = begun.case, begun.dossier
    case.state, case.accepted_on, case.due_on, case.due_note = begun.after, accepted.on, accepted.due.on, accepted.due.note
    case.taken_in_on = taken_in_on
    papers = [_issue(center, session, case, PaperKind.ACCEPTANCE_NOTICE, acceptance_notice(center, dossier, accepted), member, dossier)]
    if dossier.item.handover is not None:
        by = handover_due(taken_in_on, max(accepted.on, taken_in_on) if accepted.by_silence else accepted.on, False, center.calendar)
        case.handover_due_on = None if isinstance(by, Unknown) else by
        papers.append(_issue(center, session, case, PaperKind.PROMISE_NOTICE, promise_notice(center, dossier, accepted), member, dossier))
    codes = {"accepted_on": str(accepted.on), "due_on": str(accepted.due.on or ""), "by_silence": accepted.by_silence}
    keep(
        center, session, case, EventKind.ACCEPTED, member, papers=papers, detail={"supplied": list(accepted.brought)}, codes=codes,
        note="期限内没有告知，依法视为受理" if accepted.by_silence else "",
    )  # fmt: skip
    return Accepted(accepted.on, accepted.due, tuple(papers))


def _issue(
    center: Center, session: Session, case: Case, kind: PaperKind, blocks: Sequence[Block], member: Member | None, dossier: Dossier
) -> Paper:
    """With the seal that a law leaves to the item, if one does (R7.1)."""
    by = (f"经办：{member.words}",) if member else ()
    return issue(
        center, session, kind, PaperSubject.CASE, case.id, tuple(blocks), member, foot=foot(center, *by), exempt_seal=dossier.item.seal
    )


_NOTICE_FAULTS: dict[NoticeFault, str] = {
    NoticeFault.EMPTY: "还没有勾选任何一项。请把缺少的、不合格的一次勾全；没有问题就直接受理。",
    NoticeFault.INCOMPLETE: "申请人注明没有带来的必要材料也要一并告知，已在下面标出。要一次说全，不能分几次。",
    NoticeFault.TOO_LONG: "说明太长了，每项最多 200 个字。请写得简短些。",
    NoticeFault.REASON: "有一项的原因不适用。请重新选择。",
    NoticeFault.MANNERS: "有一项的说明不够客气。请换成“请您……”这样的说法，写清怎样补。",
}


def return_with_notice(center: Center, member: Member, case_id: UUID, revision: int, lines: Iterable[NoticeLine]) -> Paper:
    """Return the case with one notice of everything, issued as a paper (R2.2). Raises Refusal."""
    require(member, Right.HANDLE_CASES)
    with acting(center) as session:
        begun = begin(center, session, case_id, revision, ApplicationAct.RETURN)
        case, dossier = begun.case, begun.dossier
        missing = [paper.material.code for paper in dossier.outstanding]
        notice = one_time_notice(lines, missing)
        if isinstance(notice, NoticeFault):
            raise Refusal(f"notice_{notice}", _NOTICE_FAULTS[notice], dict.fromkeys(missing, "missing"))
        told = _numbered(notice.lines, len(dossier.others))
        case.state = begun.after
        case.returns = returns_before(center, session, case.applicant_index, dossier.item.code) + 1
        paper = _issue(
            center,
            session,
            case,
            PaperKind.ONE_TIME_NOTICE,
            one_time_notice_paper(center, dossier, told, not_again(dossier, told)),
            member,
            dossier,
        )
        kept = [
            {"subject": line.subject, "code": line.code, "label": line.label, "reason": line.reason, "note": line.note} for line in told
        ]
        codes = {"lines": len(kept), "returns": case.returns}
        keep(center, session, case, EventKind.RETURNED, member, papers=[paper], detail={"lines": kept}, codes=codes)
        return paper


def _numbered(lines: Sequence[NoticeLine], before: int) -> list[NoticeLine]:
    """What is neither material nor field gets a number that no earlier notice of the case gave: a supplement names it."""
    told, number = [], before
    for line in lines:
        if line.subject is Subject.OTHER:
            number += 1
            told.append(replace(line, code=f"other_{number}"))
        else:
            told.append(line)
    return told


def not_again(dossier: Dossier, lines: Sequence[NoticeLine]) -> list[str]:
    """Papers that the citizen need not bring again."""
    told = {line.code for line in lines if line.subject is Subject.MATERIAL}
    # A field that has to be corrected means the form has to be filled in again.
    states = {PaperState.PAGES, PaperState.ON_PAPER, PaperState.FROM_CARD, PaperState.AT_WINDOW}
    if all(line.subject is not Subject.FIELD for line in lines):
        states.add(PaperState.FROM_FORM)
    return [paper.material.material_name for paper in dossier.papers if paper.state in states and paper.material.code not in told]
