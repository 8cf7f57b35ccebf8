"""The other services (R10): ratings, bookings, suggestions and calls for help."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from center.store.tables.base import Base


class Rating(Base):
    """好差评 of one case at one stage (`filing` or `result`), `level` 1 非常不满意 … 5 非常满意. Sealed: `comment`."""

    __tablename__ = "ratings"
    __table_args__ = (UniqueConstraint("case_id", "stage"), Index("ix_ratings_at", "township_id", "at"))

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    stage: Mapped[str] = mapped_column(String(10))
    level: Mapped[int] = mapped_column(Integer)
    #: Codes of what was good or bad, separated by commas.
    tags: Mapped[str] = mapped_column(String(200))
    comment: Mapped[bytes | None]
    window: Mapped[str] = mapped_column(String(40))
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


class Booking(Base):
    """One booking (预约). Sealed: `person`. `place` is which of the slot's places it has, None once it is given up: so a slot is never booked twice over."""

    __tablename__ = "bookings"
    __table_args__ = (
        UniqueConstraint("township_id", "day", "window", "starts", "place"),
        UniqueConstraint("township_id", "number"),
        Index("ix_bookings_person_index", "person_index"),
    )

    number: Mapped[str] = mapped_column(String(16))
    day: Mapped[date]
    window: Mapped[str] = mapped_column(String(40))
    starts: Mapped[time] = mapped_column(Time())
    place: Mapped[int | None] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12))
    person: Mapped[bytes]
    person_index: Mapped[str] = mapped_column(String(64))
    item_code: Mapped[str] = mapped_column(String(16))
    booked_at: Mapped[datetime]
    #: Why staff cancelled it, as the citizen is told.
    note: Mapped[str] = mapped_column(String(200), default="")


class BookingClosure(Base):
    """A window that takes no bookings on a day; `window` empty: none does."""

    __tablename__ = "booking_closures"
    __table_args__ = (UniqueConstraint("township_id", "day", "window"),)

    day: Mapped[date]
    window: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(200))
    closed_at: Mapped[datetime]


class Suggestion(Base):
    """意见箱. Sealed: `words`, `contact`, `answer`."""

    __tablename__ = "suggestions"
    __table_args__ = (Index("ix_suggestions_at", "township_id", "at"),)

    at: Mapped[datetime]
    words: Mapped[bytes]
    contact: Mapped[bytes | None]
    answer: Mapped[bytes | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), default=None)


class HelpCall(Base):
    """A call for help from a terminal. `place` is which page the citizen was on. Sealed: `note`."""

    __tablename__ = "help_calls"
    __table_args__ = (Index("ix_help_calls_state", "township_id", "state"),)

    terminal_row: Mapped[UUID] = mapped_column(ForeignKey("terminals.id"))
    place: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10))
    called_at: Mapped[datetime]
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), default=None)
    #: Window and name of who comes, as the citizen reads it.
    answerer: Mapped[str] = mapped_column(String(100), default="")
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    note: Mapped[bytes | None] = mapped_column(default=None)
