"""Whom a complaint is about: the public list that citizens choose from, and who may not see it because it is about them (R6.8)."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.domain.complaint import MATTER_NAMES
from center.domain.roles import ALONE
from center.members import Member
from center.publishing.board import public_people
from center.store.tables import Complaint, Staff
from kiosk.wire.complaints import MatterChoice, PublicPerson, PublicStaffAnswer, PublicWindow

_ID_LENGTH = 20


@dataclass(frozen=True)
class About:
    """A window, a person at it, or (both empty) the center as a whole."""

    window: str = ""
    staff_id: UUID | None = None


def _public_id(center: Center, kind: str, value: str) -> str:
    # Tells nothing outside the list: no row's id, no name.
    return center.cipher.blind_index(f"public_{kind}", value)[:_ID_LENGTH]


def _whole(center: Center) -> PublicWindow:
    return PublicWindow(id=_public_id(center, "center", ""), name=f"中心整体（{center.config.center.name}）")


def _photo(center: Center, sha256: str) -> str:
    return base64.b64encode(center.files.get(sha256)).decode() if sha256 else ""


def public_staff(center: Center) -> PublicStaffAnswer:
    """Windows and persons on the public list (R1.5), the center as a whole, and the reasons to choose from."""
    with center.database.reading() as session:
        staff = public_people(center, session)
    windows = tuple(
        PublicWindow(id=_public_id(center, "window", name), name=name) for name in dict.fromkeys(row.window for row in staff) if name
    )
    return PublicStaffAnswer(
        windows=(*windows, _whole(center)),
        staff=tuple(
            PublicPerson(
                id=_public_id(center, "staff", str(row.id)),
                name=row.name,
                post=row.post,
                window=row.window,
                photo=_photo(center, row.photo),
            )
            for row in staff
        ),
        matters=tuple(MatterChoice(code=matter, name=name) for matter, name in MATTER_NAMES.items()),
    )


def about_of(center: Center, session: Session, public_id: str) -> About:
    """What a choice of the public list stands for. A person's complaint counts for their window too (R6.10). Raises Refusal."""
    if public_id == _whole(center).id:
        return About()
    for row in public_people(center, session):
        if public_id == _public_id(center, "staff", str(row.id)):
            return About(row.window, row.id)
        if row.window and public_id == _public_id(center, "window", row.window):
            return About(row.window)
    raise Refusal("about_unknown", "名单刚刚更新过，没有找到您选的窗口或人员。请重新选择。", {"about": "unknown"})


@dataclass(frozen=True)
class DeskChoices:
    """What an officer chooses from: every window, and everybody who serves citizens."""

    windows: tuple[str, ...]
    staff: tuple[tuple[UUID, str], ...]


def desk_choices(center: Center, session: Session) -> DeskChoices:
    """Public or not: a complaint by phone may be about anybody of the center."""
    rows = [
        row
        for row in session.scalars(
            select(Staff).where(Staff.township_id == center.township_id, Staff.active).order_by(Staff.window, Staff.name)
        )
        if not row.roles & ALONE
    ]
    windows = tuple(dict.fromkeys(row.window for row in rows if row.window))
    return DeskChoices(windows, tuple((row.id, f"{row.name}（{row.window or row.post or '中心'}）") for row in rows))


def about_at_desk(center: Center, session: Session, window: str, staff_id: str) -> About:
    """What an officer chose. Raises Refusal."""
    choices = desk_choices(center, session)
    if staff_id:
        found = next((row for row in choices.staff if str(row[0]) == staff_id), None)
        if found is None:
            raise Refusal("about_unknown", "没有找到这位工作人员。请重新选择。", {"staff": "unknown"})
        return About(session.get_one(Staff, found[0]).window, found[0])
    if window and window not in choices.windows:
        raise Refusal("about_unknown", "没有找到这个窗口。请重新选择。", {"window": "unknown"})
    return About(window)


def about_words(center: Center, session: Session, complaint: Complaint) -> str:
    """Whom it is about, in words."""
    if complaint.about_staff is not None:
        return f"{complaint.about_window} {session.get_one(Staff, complaint.about_staff).name}".strip()
    return complaint.about_window or "中心整体"


def concerns(member: Member, complaint: Complaint) -> bool:
    """Whether the complaint is about this member or their window: then they never see it, whatever their roles (R6.8)."""
    return complaint.about_staff == member.id or bool(member.window and complaint.about_window == member.window)


def not_about(member: Member) -> ColumnElement[bool]:
    """The same for a query."""
    own_window = [Complaint.about_window != member.window] if member.window else []
    return and_(or_(Complaint.about_staff.is_(None), Complaint.about_staff != member.id), *own_window)
