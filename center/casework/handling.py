"""What staff do with a case: open it (R3.1), accept it (R4.1, R4.2), return it with one notice (R2.2). Each act is whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from center.casework.dossier import Dossier, find_case, open_dossier
from center.casework.events import EventKind, append_event
from center.center import Center, Refusal
from center.domain.application import ApplicationAct, ApplicationState, Due, due, target
from center.domain.notice import NoticeFault, NoticeLine, one_time_notice
from center.domain.roles import Right
from center.members import Member, require
from center.store.tables import Case


def _changed() -> Refusal:
    return Refusal("case_changed", "这个办件刚刚被同事处理过，您的操作没有保存。请查看最新情况后再决定。")


def open_case(center: Center, member: Member, case_id: UUID) -> None:
    """The first member who opens a filing from the queue is responsible to the end (R3.1). Opening it again changes nothing."""
    require(member, Right.HANDLE_CASES)
    try:
        with center.database.writing() as session:
            case = find_case(session, center, case_id)
            if case.first_responsible is not None:
                return
            now = center.clock.now()
            case.first_responsible, case.opened_at = member.id, now
            append_event(center, session, case_id, EventKind.OPENED, now, member.words, member.id)
    except (StaleDataError, IntegrityError):
        # A colleague opened it in the same moment and is responsible; this member sees the case all the same.
        return


def _begin(center: Center, session: Session, case_id: UUID, revision: int, act: ApplicationAct) -> tuple[Case, Dossier, ApplicationState]:
    case = find_case(session, center, case_id)
    after = target(ApplicationState(case.state), act)
    if case.revision != revision or after is None:
        raise _changed()
    if case.first_responsible is None:
        raise Refusal("not_opened", "请先打开办件，成为首问责任人，再处理。")
    return case, open_dossier(center, session, case), after


def due_if_accepted(center: Center, dossier: Dossier, on: date) -> Due:
    """The due day that accepting on this day would give."""
    days, unit = dossier.limit
    return due(on, days, unit, center.calendar)


def accept(center: Center, member: Member, case_id: UUID, revision: int, supplied: Iterable[str]) -> Due:
    """Accept today. `supplied`: keys of what was handed in at the window; all of `Dossier.to_supply` must be (R4.1). Raises Refusal."""
    require(member, Right.HANDLE_CASES)
    handed_in = set(supplied)
    try:
        with center.database.writing() as session:
            case, dossier, after = _begin(center, session, case_id, revision, ApplicationAct.ACCEPT)
            lacking = {wanted.key: "missing" for wanted in dossier.to_supply if wanted.key not in handed_in}
            if lacking:
                raise Refusal("papers_outstanding", "要补的还没有收齐，不能受理。在窗口收到一样，打一个勾。", lacking)
            now = center.clock.now()
            until = due_if_accepted(center, dossier, now.date())
            case.state, case.accepted_on, case.due_on, case.due_note = after, now.date(), until.on, until.note
            detail = {"supplied": [wanted.key for wanted in dossier.to_supply]}
            append_event(center, session, case_id, EventKind.ACCEPTED, now, member.words, member.id, detail)
            return until
    except (StaleDataError, IntegrityError):
        raise _changed() from None


_NOTICE_FAULTS: dict[NoticeFault, str] = {
    NoticeFault.EMPTY: "还没有勾选任何一项。请把缺少的、不合格的一次勾全；没有问题就直接受理。",
    NoticeFault.INCOMPLETE: "申请人注明没有带来的必要材料也要一并告知，已在下面标出。要一次说全，不能分几次。",
    NoticeFault.TOO_LONG: "说明太长了，每项最多 200 个字。请写得简短些。",
    NoticeFault.REASON: "有一项的原因不适用。请重新选择。",
}


def return_with_notice(center: Center, member: Member, case_id: UUID, revision: int, lines: Iterable[NoticeLine]) -> None:
    """Return the case with one notice of everything (R2.2). Raises Refusal."""
    require(member, Right.HANDLE_CASES)
    try:
        with center.database.writing() as session:
            case, dossier, after = _begin(center, session, case_id, revision, ApplicationAct.RETURN)
            missing = [paper.material.code for paper in dossier.outstanding]
            notice = one_time_notice(lines, missing)
            if isinstance(notice, NoticeFault):
                raise Refusal(f"notice_{notice}", _NOTICE_FAULTS[notice], dict.fromkeys(missing, "missing"))
            case.state = after
            detail = {
                "lines": [
                    {"subject": line.subject, "code": line.code, "label": line.label, "reason": line.reason, "note": line.note}
                    for line in notice.lines
                ]
            }
            append_event(center, session, case_id, EventKind.RETURNED, center.clock.now(), member.words, member.id, detail)
    except (StaleDataError, IntegrityError):
        raise _changed() from None
