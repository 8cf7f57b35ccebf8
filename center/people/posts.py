"""Posts with their A and B, and absences (R3.3): added, changed and ended by who has MANAGE_DUTY."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from center.center import Center, Refusal
from center.clock import security_now
from center.domain.roles import Right
from center.members import Member, require
from center.people.duty import people
from center.records import journal
from center.store.tables import Absence, DutyPost, Staff

#: Nobody plans further ahead; a year mistyped is found here.
_FURTHEST = timedelta(days=366)
MAX_NOTE = 100


@dataclass(frozen=True)
class AbsenceRow:
    """An absence that lasts or is to come. `note` is for who manages duty, and empty for others."""

    id: UUID
    staff_id: UUID
    name: str
    from_on: date
    to_on: date | None
    note: str
    begun: bool
    revision: int


def _changed() -> Refusal:
    return Refusal("duty_changed", "值班表刚刚被别人改过，您的修改没有保存。请查看最新情况后再改。")


@contextmanager
def _changing(center: Center) -> Iterator[Session]:
    try:
        with center.database.writing() as session:
            yield session
    except StaleDataError:
        raise _changed() from None


def _staff_faults(center: Center, session: Session, a_id: UUID | None, b_id: UUID | None) -> dict[str, str]:
    open_ids = set(session.scalars(select(Staff.id).where(Staff.township_id == center.township_id, Staff.active)))
    faults = {}
    if a_id not in open_ids:
        faults["a_id"] = "请选 A 岗是谁。"
    if b_id is not None and b_id not in open_ids:
        faults["b_id"] = "请重新选 B 岗。"
    if a_id is not None and a_id == b_id:
        faults["b_id"] = "A 岗和 B 岗不能是同一个人。"
    return faults


def _check(center: Center, session: Session, name: str, window: str, a_id: UUID | None, b_id: UUID | None) -> UUID:
    faults = _staff_faults(center, session, a_id, b_id)
    for field, value, words in (
        ("name", name, "请填岗位名称，最多 40 个字。"),
        ("window", window, "请填在哪个窗口或办公室，最多 40 个字。"),
    ):
        if not 1 <= len(value) <= 40:
            faults[field] = words
    if faults or a_id is None:
        raise Refusal("duty_invalid", "有几处还不对，已在下面标出。改好后再保存。", faults)
    return a_id


def add_post(center: Center, member: Member, session: Session, name: str, window: str, a_id: UUID | None, b_id: UUID | None) -> UUID:
    """A new post, in the caller's transaction. Raises Refusal."""
    require(member, Right.MANAGE_DUTY)
    first = _check(center, session, name, window, a_id, b_id)
    row = DutyPost(id=uuid4(), township_id=center.township_id, name=name, window=window, a_id=first, b_id=b_id)
    session.add(row)
    session.flush()
    journal.record(center, session, "duty.post_added", member, "post", row.id, {"a": str(a_id), "b": str(b_id or "")})
    return row.id


def change_post(
    center: Center, member: Member, post_id: UUID, revision: int, name: str, window: str, a_id: UUID | None, b_id: UUID | None
) -> None:
    """Change a post: its name, window, A or B. Raises Refusal."""
    require(member, Right.MANAGE_DUTY)
    with _changing(center) as session:
        row = _find_post(center, session, post_id, revision)
        row.a_id = _check(center, session, name, window, a_id, b_id)
        row.name, row.window, row.b_id = name, window, b_id
        journal.record(center, session, "duty.post_changed", member, "post", row.id, {"a": str(a_id), "b": str(b_id or "")})


def close_post(center: Center, member: Member, post_id: UUID, revision: int) -> None:
    """A post is no more. Raises Refusal."""
    require(member, Right.MANAGE_DUTY)
    with _changing(center) as session:
        row = _find_post(center, session, post_id, revision)
        row.closed_at = security_now()
        journal.record(center, session, "duty.post_closed", member, "post", row.id)


def _find_post(center: Center, session: Session, post_id: UUID, revision: int) -> DutyPost:
    row = session.scalar(select(DutyPost).where(DutyPost.id == post_id, DutyPost.township_id == center.township_id))
    if row is None:
        raise Refusal("post_unknown", "没有找到这个岗位，可能是地址不完整。请从值班页重新打开。")
    if row.revision != revision or row.closed_at is not None:
        raise _changed()
    return row


def enter_absence(
    center: Center, member: Member, session: Session, staff_id: UUID | None, from_on: date | None, to_on: date | None, note: str
) -> UUID:
    """Somebody is away, from the first day to the last, or until told otherwise; in the caller's transaction. Raises Refusal."""
    require(member, Right.MANAGE_DUTY)
    today = center.clock.now().date()
    staff = session.scalar(select(Staff.id).where(Staff.id == staff_id, Staff.township_id == center.township_id, Staff.active))
    faults = {}
    if staff is None:
        faults["staff_id"] = "请选是谁不在岗。"
    if from_on is None or not today - timedelta(days=31) <= from_on <= today + _FURTHEST:
        faults["from_on"] = "请填从哪一天起，一年以内。"
    elif to_on is not None and not from_on <= to_on <= from_on + _FURTHEST:
        faults["to_on"] = "最后一天不能早于第一天，最多一年。"
    if len(note) > MAX_NOTE:
        faults["note"] = f"说明太长了，最多 {MAX_NOTE} 个字。"
    if not faults and _overlaps(center, session, staff_id, from_on, to_on):
        faults["from_on"] = "这几天已经登记过不在岗。请先结束原来的登记。"
    if faults or staff is None or from_on is None:
        raise Refusal("absence_invalid", "有几处还不对，已在下面标出。改好后再保存。", faults)
    row_id = uuid4()
    sealed = center.cipher.seal("absences", "note", row_id, note.encode()) if note else None
    session.add(
        Absence(
            id=row_id,
            township_id=center.township_id,
            staff_id=staff,
            from_on=from_on,
            to_on=to_on,
            note=sealed,
            entered_at=center.clock.now(),
            entered_by=member.id,
        )
    )
    session.flush()
    detail = {"staff": str(staff), "from": from_on.isoformat(), "to": to_on.isoformat() if to_on else ""}
    journal.record(center, session, "duty.absence_entered", member, "absence", row_id, detail)
    return row_id


def _overlaps(center: Center, session: Session, staff_id: UUID | None, from_on: date | None, to_on: date | None) -> bool:
    rows = select(Absence.id).where(
        Absence.township_id == center.township_id,
        Absence.staff_id == staff_id,
        or_(Absence.to_on.is_(None), Absence.to_on >= from_on),
    )
    if to_on is not None:
        rows = rows.where(Absence.from_on <= to_on)
    # One that ended before it began was taken back.
    return session.scalars(rows.where(or_(Absence.to_on.is_(None), Absence.to_on >= Absence.from_on)).limit(1)).first() is not None


def end_absence(center: Center, member: Member, absence_id: UUID, revision: int) -> None:
    """Back at the post today: yesterday was the last day away. One that has not begun is taken back whole. Raises Refusal."""
    require(member, Right.MANAGE_DUTY)
    today = center.clock.now().date()
    with _changing(center) as session:
        row = session.scalar(select(Absence).where(Absence.id == absence_id, Absence.township_id == center.township_id))
        if row is None:
            raise Refusal("absence_unknown", "没有找到这条登记，可能已经结束。请刷新值班页。")
        if row.revision != revision or row.ended_at is not None or (row.to_on is not None and row.to_on < today):
            raise _changed()
        row.to_on, row.ended_at = max(today, row.from_on) - timedelta(days=1), center.clock.now()
        journal.record(center, session, "duty.absence_ended", member, "absence", row.id, {"staff": str(row.staff_id)})


def absences(center: Center, session: Session, member: Member) -> tuple[AbsenceRow, ...]:
    """Absences that last or are to come, the earliest first."""
    today = center.clock.now().date()
    rows = list(
        session.scalars(
            select(Absence)
            .where(Absence.township_id == center.township_id, or_(Absence.to_on.is_(None), Absence.to_on >= today))
            .order_by(Absence.from_on, Absence.entered_at)
        )
    )
    rows = [row for row in rows if row.to_on is None or row.to_on >= row.from_on]
    named = people(session, {row.staff_id for row in rows})
    sees_notes = member.may(Right.MANAGE_DUTY)
    return tuple(
        AbsenceRow(
            id=row.id,
            staff_id=row.staff_id,
            name=named[row.staff_id].name,
            from_on=row.from_on,
            to_on=row.to_on,
            note=center.cipher.open("absences", "note", row.id, row.note).decode() if row.note and sees_notes else "",
            begun=row.from_on <= today,
            revision=row.revision,
        )
        for row in rows
    )


def choosable_staff(center: Center, session: Session) -> tuple[tuple[UUID, str], ...]:
    """Who can be put on the list: open accounts by window and name, with the words to choose by."""
    rows = session.scalars(select(Staff).where(Staff.township_id == center.township_id, Staff.active).order_by(Staff.window, Staff.name))
    return tuple((row.id, f"{row.name} {row.window or row.post or row.department}".strip()) for row in rows)
