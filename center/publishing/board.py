"""The public duty board (R1.5): which post, which window, who is there, with photo; only who is meant to be public is named."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.domain.roles import Right
from center.members import Member, require
from center.people.accounts import find_staff
from center.people.duty import duty_on
from center.records import journal
from center.store.files import JPEG, bursts, media_type
from center.store.tables import Staff, StaffPhoto, StoredFile

#: A photo on the board is at most so large, pixels.
_SIZE = (300, 400)
#: As a phone and the display in the hall show it: so the page of a hall's whole staff stays under 100 KB.
_SHOWN = (144, 192)


@dataclass(frozen=True)
class BoardLine:
    """A post on the board. `name` empty: nobody is there, or who is there is not public."""

    window: str
    post: str
    name: str
    staff_id: UUID | None
    photo: str
    attended: bool


@dataclass(frozen=True)
class PublicPerson:
    """A member of staff whose name is public. `photo`: SHA-256 of it, or empty."""

    id: UUID
    name: str
    post: str
    window: str
    photo: str


def _photos(center: Center, session: Session) -> dict[UUID, str]:
    rows = session.execute(
        select(StaffPhoto.staff_id, StoredFile.sha256)
        .join(StoredFile, StaffPhoto.file_id == StoredFile.id)
        .where(StaffPhoto.township_id == center.township_id)
    )
    return {row.staff_id: row.sha256 for row in rows}


def duty_board(center: Center, session: Session, on: date) -> tuple[BoardLine, ...]:
    """The board of that day, by window."""
    photos = _photos(center, session)
    lines = []
    for post in duty_on(center, session, on):
        person = post.on_duty
        shown = person if person is not None and person.public else None
        lines.append(
            BoardLine(
                window=post.window,
                post=post.name,
                name=shown.name if shown else "",
                staff_id=shown.id if shown else None,
                photo=photos.get(shown.id, "") if shown else "",
                attended=person is not None,
            )
        )
    return tuple(lines)


def public_people(center: Center, session: Session) -> tuple[PublicPerson, ...]:
    """Everybody whose name is public, by window and name."""
    photos = _photos(center, session)
    rows = session.scalars(
        select(Staff).where(Staff.township_id == center.township_id, Staff.active, Staff.public).order_by(Staff.window, Staff.name)
    )
    return tuple(PublicPerson(row.id, row.name, row.post, row.window, photos.get(row.id, "")) for row in rows)


def public_photo(center: Center, session: Session, sha256: str) -> bytes:
    """A photo (JPEG) of somebody whose name is public. Raises Refusal for any other file, so that no page of a case gets out here."""
    if sha256 not in {person.photo for person in public_people(center, session) if person.photo}:
        raise Refusal("photo_unknown", "没有这张照片，可能已经更换。请刷新后再看。")
    return center.files.get(sha256)


@lru_cache(maxsize=64)
def shown_photo(content: bytes) -> bytes:
    """A photo of the board at the size that pages show it in: 2–6 KB instead of 10–50."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
        picture.thumbnail(_SHOWN)
        made = io.BytesIO()
        picture.save(made, "JPEG", quality=80)
        return made.getvalue()


def set_photo(center: Center, member: Member, staff_id: UUID, content: bytes) -> None:
    """Keep a photo, made small and without what a camera writes into it. Raises Refusal."""
    require(member, Right.EDIT_NOTICES)
    picture = _small(content)
    sha256 = center.files.put(picture)
    with center.database.writing() as session:
        row = find_staff(center, session, staff_id)
        file_id = session.scalar(select(StoredFile.id).where(StoredFile.township_id == center.township_id, StoredFile.sha256 == sha256))
        if file_id is None:
            now = center.clock.now()
            file = StoredFile(
                township_id=center.township_id, sha256=sha256, size=len(picture), media_type=JPEG, stored_at=now, terminal_id=""
            )
            session.add(file)
            session.flush()
            file_id = file.id
        session.execute(delete(StaffPhoto).where(StaffPhoto.staff_id == row.id))
        session.add(StaffPhoto(township_id=center.township_id, staff_id=row.id, file_id=file_id, stored_at=center.clock.now()))
        journal.record(center, session, "notice.photo_set", member, "staff", row.id)


def remove_photo(center: Center, member: Member, staff_id: UUID) -> None:
    """Take a photo off the board. Raises Refusal."""
    require(member, Right.EDIT_NOTICES)
    with center.database.writing() as session:
        row = find_staff(center, session, staff_id)
        session.execute(delete(StaffPhoto).where(StaffPhoto.staff_id == row.id))
        journal.record(center, session, "notice.photo_removed", member, "staff", row.id)


def _small(content: bytes) -> bytes:
    refusal = Refusal("photo_invalid", "这个文件不是能用的照片。请选 JPEG 或 PNG 格式、200 KB 以内的证件照。", {"photo": "invalid"})
    if media_type(content) is None or bursts(content):
        raise refusal
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if min(picture.size) < 100:
                raise refusal
            turned = ImageOps.exif_transpose(picture).convert("RGB")
            turned.thumbnail(_SIZE)
            made = io.BytesIO()
            turned.save(made, "JPEG", quality=85)
            return made.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, SyntaxError):
        raise refusal from None
