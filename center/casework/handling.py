"""What staff do with a case: open it (R3.1), accept it (R4.1, R4.2), return it with one notice (R2.2). Each act is whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from center.casework.acting import acting, begin, keep, locked
from center.casework.dossier import Dossier
from center.casework.events import EventKind
from center.center import Center, Refusal
from center.domain.application import ApplicationAct, Due, due
from center.domain.notice import NoticeFault, NoticeLine, one_time_notice
from center.domain.roles import Right
from center.members import Member, require


def open_case(center: Center, member: Member, case_id: UUID) -> None:
    """The first member who opens a filing from the queue is responsible to the end (R3.1). Opening it again changes nothing."""
    require(member, Right.HANDLE_CASES)
    with acting(center) as session:
        case = locked(session, center, case_id)
        if case.first_responsible is not None:
            return
        case.first_responsible, case.opened_at, case.window = member.id, center.clock.now(), member.window
        keep(center, session, case, EventKind.OPENED, member)


def due_if_accepted(center: Center, dossier: Dossier, on: date) -> Due:
    """The due day that accepting on this day would give."""
    days, unit = dossier.limit
    return due(on, days, unit, center.calendar)


def accept(center: Center, member: Member, case_id: UUID, revision: int, supplied: Iterable[str]) -> Due:
    """Accept today. `supplied`: keys of what was handed in at the window; all of `Dossier.to_supply` must be (R4.1). Raises Refusal."""
    require(member, Right.HANDLE_CASES)
    handed_in = set(supplied)
    with acting(center) as session:
        begun = begin(center, session, case_id, revision, ApplicationAct.ACCEPT)
        case, dossier = begun.case, begun.dossier
        lacking = {wanted.key: "missing" for wanted in dossier.to_supply if wanted.key not in handed_in}
        if lacking:
            raise Refusal("papers_outstanding", "要补的还没有收齐，不能受理。在窗口收到一样，打一个勾。", lacking)
        now = center.clock.now()
        until = due_if_accepted(center, dossier, now.date())
        case.state, case.accepted_on, case.due_on, case.due_note = begun.after, now.date(), until.on, until.note
        keep(center, session, case, EventKind.ACCEPTED, member, detail={"supplied": [wanted.key for wanted in dossier.to_supply]})
        return until


_NOTICE_FAULTS: dict[NoticeFault, str] = {
    NoticeFault.EMPTY: "还没有勾选任何一项。请把缺少的、不合格的一次勾全；没有问题就直接受理。",
    NoticeFault.INCOMPLETE: "申请人注明没有带来的必要材料也要一并告知，已在下面标出。要一次说全，不能分几次。",
    NoticeFault.TOO_LONG: "说明太长了，每项最多 200 个字。请写得简短些。",
    NoticeFault.REASON: "有一项的原因不适用。请重新选择。",
    NoticeFault.MANNERS: "说明里有服务规范不允许的说法。请换成申请人听了知道下一步怎么办的话。",
}


def return_with_notice(center: Center, member: Member, case_id: UUID, revision: int, lines: Iterable[NoticeLine]) -> None:
    """Return the case with one notice of everything (R2.2). Raises Refusal."""
    require(member, Right.HANDLE_CASES)
    with acting(center) as session:
        begun = begin(center, session, case_id, revision, ApplicationAct.RETURN)
        missing = [paper.material.code for paper in begun.dossier.outstanding]
        notice = one_time_notice(lines, missing)
        if isinstance(notice, NoticeFault):
            raise Refusal(f"notice_{notice}", _NOTICE_FAULTS[notice], dict.fromkeys(missing, "missing"))
        begun.case.state = begun.after
        told = [
            {"subject": line.subject, "code": line.code, "label": line.label, "reason": line.reason, "note": line.note}
            for line in notice.lines
        ]
        keep(center, session, begun.case, EventKind.RETURNED, member, detail={"lines": told}, codes={"lines": len(told)})
