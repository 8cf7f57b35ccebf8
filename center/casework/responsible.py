"""Whose a case is: the first responsible's to the end (R3.1), their stand-in's while they are away (R3.3), and another's when the lead says so."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.casework.acting import acting, changed, keep, locked
from center.casework.events import EventKind
from center.center import Center, Refusal
from center.domain.application import ENDED, ApplicationState
from center.domain.roles import Right, Role, may
from center.members import Member
from center.people.duty import acting_for
from center.store.tables import Staff

MAX_REASON = 200


def whose_work(center: Center, session: Session, member: Member) -> frozenset[UUID]:
    """Whose cases the member has today: their own and those of whom they stand in for (R3.3)."""
    return acting_for(center, session, member.id, center.clock.now().date()) | {member.id}


def may_reassign(member: Member, window: str) -> bool:
    """A window's lead for the window's cases, the center's head for all [design]. A case that no window has yet is any lead's."""
    return Role.CENTER_HEAD in member.roles or (Role.WINDOW_LEAD in member.roles and window in ("", member.window))


@dataclass(frozen=True)
class Colleague:
    """Somebody who can be given a case."""

    id: UUID
    words: str


def colleagues(center: Center, session: Session) -> tuple[Colleague, ...]:
    """Everybody who handles cases, by window and name."""
    rows = session.scalars(select(Staff).where(Staff.township_id == center.township_id, Staff.active).order_by(Staff.window, Staff.name))
    return tuple(Colleague(row.id, f"{row.window} {row.name}".strip()) for row in rows if may(row.roles, Right.HANDLE_CASES))


def reassign(center: Center, member: Member, case_id: UUID, revision: int, to: UUID | None, reason: str) -> None:
    """Give the case to somebody else, with a reason that is recorded (R3.1, R3.3). Raises Refusal."""
    said = reason.strip()
    with acting(center) as session:
        case = locked(session, center, case_id)
        if not may_reassign(member, case.window):
            raise Refusal("not_allowed", "变更经办人由本窗口负责人或者中心负责人决定。")
        if case.revision != revision or ApplicationState(case.state) in ENDED:
            raise changed()
        faults: dict[str, str] = {}
        known = {colleague.id: colleague for colleague in colleagues(center, session)}
        if to not in known or to == case.first_responsible:
            faults["to"] = "请选择另一位窗口工作人员。"
        if not said or len(said) > MAX_REASON:
            faults["reason"] = f"请写明变更的原因，最多 {MAX_REASON} 个字。"
        if faults or to is None:
            raise Refusal("reassign_incomplete", "还没有变更，请把标出的地方补上。", faults)
        before = case.first_responsible
        receiver = session.get_one(Staff, to)
        case.first_responsible, case.window = to, receiver.window
        case.opened_at = case.opened_at or center.clock.now()
        note = f"改由{known[to].words}经办：{said}"
        codes = {"from": str(before or ""), "to": str(to)}
        keep(center, session, case, EventKind.REASSIGNED, member, note=note, codes=codes)
