"""What the center makes public (公示, R1.5), item drafts, photos of the duty board, and calendar years that staff imported."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from center.store.tables.base import Base


class ItemDraft(Base):
    """A version of an item that is being written. `definition` is JSON and may be incomplete; `open_code` is its code while it is open.

    So an item has one open draft at most. A published draft stays, and says who wrote and who confirmed that version.
    """

    __tablename__ = "item_drafts"
    __table_args__ = (UniqueConstraint("township_id", "open_code"), Index("ix_item_drafts_code", "township_id", "code"))

    code: Mapped[str] = mapped_column(String(16))
    open_code: Mapped[str | None] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(20))
    definition: Mapped[str]
    editor_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    #: Why the confirmer sent it back.
    remark: Mapped[str] = mapped_column(String(200), default="")
    confirmer_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), default=None)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    #: The version it became.
    version: Mapped[int | None] = mapped_column(Integer, default=None)
    revision: Mapped[int] = mapped_column(Integer, init=False)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # the library declares it as an instance variable


class PublicNotice(Base):
    """One version of a notice of one topic; an earlier one is kept as it was. `to_on` None: until it is replaced or withdrawn."""

    __tablename__ = "public_notices"
    __table_args__ = (UniqueConstraint("topic_id", "version"), Index("ix_public_notices_township_id", "township_id"))

    topic_id: Mapped[UUID]
    version: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(60))
    body: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


class StaffPhoto(Base):
    """The photo of a member of staff on the public duty board."""

    __tablename__ = "staff_photos"
    __table_args__ = (UniqueConstraint("staff_id"),)

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"))
    stored_at: Mapped[datetime]


class CalendarYear(Base):
    """A year's arrangement as it was imported, TOML; the newest version of a year counts (R4.2)."""

    __tablename__ = "calendar_years"
    __table_args__ = (UniqueConstraint("township_id", "year", "version"),)

    year: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)
    content: Mapped[str]
    imported_at: Mapped[datetime]
    imported_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
