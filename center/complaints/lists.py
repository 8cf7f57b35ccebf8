"""The complaints' register: by where they stand, what is due first. Names are masked: a list shows no more than it takes to choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.center import Center
from center.complaints.about import about_words, not_about
from center.complaints.clocks import Due, running
from center.complaints.sealed import complainant_of
from center.domain.complaint import CHANNEL_NAMES, MATTER_NAMES, Channel, ComplaintState, Matter
from center.domain.roles import Right
from center.members import Member, require
from center.store.tables import Complaint
from kiosk.wire.masking import mask_name

PAGE_ROWS = 12

_S = ComplaintState


class Shelf(StrEnum):
    """A part of the register."""

    DECIDE = "decide"
    HANDLE = "handle"
    ANSWERED = "answered"
    ELSEWHERE = "elsewhere"
    ARCHIVED = "archived"


SHELF_NAMES: dict[Shelf, str] = {
    Shelf.DECIDE: "待决定",
    Shelf.HANDLE: "办理中",
    Shelf.ANSWERED: "已出结果",
    Shelf.ELSEWHERE: "不受理、转送",
    Shelf.ARCHIVED: "已归档",
}

_STATES: dict[Shelf, frozenset[ComplaintState]] = {
    Shelf.DECIDE: frozenset({_S.RECEIVED, _S.TO_SUPPLEMENT}),
    Shelf.HANDLE: frozenset({_S.ACCEPTED, _S.CONSENT_ASKED, _S.DIRECT, _S.TRANSFERRED, _S.SUPERVISED, _S.FOUND, _S.MEASURED}),
    Shelf.ANSWERED: frozenset({_S.RESULT_WRITTEN, _S.ANSWERED, _S.UNDER_REVIEW}),
    Shelf.ELSEWHERE: frozenset({_S.REFUSED, _S.REFERRED}),
    Shelf.ARCHIVED: frozenset({_S.ARCHIVED}),
}

#: What an officer reads of each state.
STATE_NAMES: dict[ComplaintState, str] = {
    _S.RECEIVED: "待决定",
    _S.TO_SUPPLEMENT: "等补充",
    _S.ACCEPTED: "已受理，待报请",
    _S.REFUSED: "不予受理",
    _S.REFERRED: "已转送",
    _S.CONSENT_ASKED: "待领导同意",
    _S.DIRECT: "直查中",
    _S.TRANSFERRED: "转办中",
    _S.SUPERVISED: "督办中",
    _S.FOUND: "已查明，待处理",
    _S.MEASURED: "待出书面结果",
    _S.RESULT_WRITTEN: "已出书面结果",
    _S.ANSWERED: "已申辩",
    _S.UNDER_REVIEW: "复查、复核",
    _S.ARCHIVED: "已归档",
}


@dataclass(frozen=True)
class RegisterRow:
    """One complaint in the list. `days_left` counts calendar days to the binding limit, negative when it has passed."""

    id: UUID
    number: str
    received_at: datetime
    channel: str
    complainant: str
    about: str
    matter: str
    state: ComplaintState
    clock: str
    ours: bool
    due: Due | None
    days_left: int | None


@dataclass(frozen=True)
class Register:
    """One page of a shelf; `counts` of all shelves, and of everything that is past or cannot be dated."""

    shelf: Shelf
    rows: tuple[RegisterRow, ...]
    page: int
    pages: int
    counts: dict[Shelf, int]
    past: int
    pending: int


def register(center: Center, member: Member, shelf: Shelf, page: int) -> Register:
    """One page, from 1; what is due first comes first. What is about the member or their window is not in it (R6.8). Raises Refusal."""
    require(member, Right.HANDLE_COMPLAINTS)
    today = center.clock.now().date()
    with center.database.reading() as session:
        mine = list(session.scalars(select(Complaint).where(Complaint.township_id == center.township_id, not_about(member))))
        clocks = {complaint.id: running(center, complaint) for complaint in mine}
        counts = {each: sum(complaint.state in _STATES[each] for complaint in mine) for each in Shelf}
        chosen = sorted(
            (complaint for complaint in mine if complaint.state in _STATES[shelf]), key=lambda each: _order(each, clocks[each.id])
        )
        if shelf is Shelf.ARCHIVED:
            chosen.sort(key=lambda each: (each.archived_on or date.min, each.number), reverse=True)
        pages = max(1, -(-len(chosen) // PAGE_ROWS))
        page = min(max(1, page), pages)
        shown = chosen[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
        rows = tuple(_row(center, session, complaint, today) for complaint in shown)
    bound = [found for found in clocks.values() if found]
    return Register(
        shelf,
        rows,
        page,
        pages,
        counts,
        past=sum(clock.ours and due.past(today) for clock, due in bound),
        pending=sum(due.note.startswith("待定") for _, due in bound),
    )


def _order(complaint: Complaint, found: tuple[object, Due] | None) -> tuple[bool, date, str]:
    on = found[1].on if found else None
    return (on is None, on or date.max, complaint.number)


def _row(center: Center, session: Session, complaint: Complaint, today: date) -> RegisterRow:
    found = running(center, complaint)
    due = found[1] if found else None
    return RegisterRow(
        id=complaint.id,
        number=complaint.number,
        received_at=complaint.received_at,
        channel=CHANNEL_NAMES[Channel(complaint.channel)],
        complainant="已清除" if complaint.let_go_on else mask_name(complainant_of(center, complaint).party.name),
        about=about_words(center, session, complaint),
        matter=MATTER_NAMES[Matter(complaint.matter)],
        state=ComplaintState(complaint.state),
        clock=found[0].label if found else "",
        ours=bool(found and found[0].ours),
        due=due,
        days_left=(due.on - today).days if due and due.on else None,
    )
