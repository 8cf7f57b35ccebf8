"""Efficiency complaints (效能投诉, R6): what was said, what happened, where it stands. Who complained is sealed apart (R6.8)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from center.store.tables.base import Base


class Complaint(Base):
    """One complaint. Sealed: `complainant` (who, how to reach, agent or group), `statement` (own words and the case's number, which tell who it is).

    `complainant_index` finds a card holder's complaints (empty: no card was read); `digits_hash` (argon2) opens one filed without a
    card, with its receipt. `about_window` and `about_staff` empty: the center as a whole.
    """

    __tablename__ = "complaints"
    __table_args__ = (
        UniqueConstraint("township_id", "number"),
        UniqueConstraint("terminal_row", "receipt_number"),
        Index("ix_complaints_state", "township_id", "state"),
        Index("ix_complaints_complainant_index", "complainant_index"),
    )

    number: Mapped[str] = mapped_column(String(40))
    #: None: registered by an officer (phone, letter, visit).
    terminal_row: Mapped[UUID | None] = mapped_column(ForeignKey("terminals.id"))
    receipt_number: Mapped[str] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    complainant: Mapped[bytes]
    complainant_index: Mapped[str] = mapped_column(String(64))
    digits_hash: Mapped[str] = mapped_column(String(200))
    matter: Mapped[str] = mapped_column(String(30))
    statement: Mapped[bytes]
    about_window: Mapped[str] = mapped_column(String(40))
    about_staff: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    #: 收到: the acceptance limit counts from here; a supplement starts it anew (R6.6).
    received_at: Mapped[datetime]
    registered_at: Mapped[datetime]
    officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), default=None)
    #: From when evidence that follows, or a supplement, is waited for; None: nothing is.
    evidence_from: Mapped[date | None] = mapped_column(default=None)
    evidence_due_on: Mapped[date | None] = mapped_column(default=None)
    acceptance_due_on: Mapped[date | None] = mapped_column(default=None)
    accepted_on: Mapped[date | None] = mapped_column(default=None)
    ground: Mapped[str] = mapped_column(String(1), default="")
    handling: Mapped[str] = mapped_column(String(20), default="")
    handler: Mapped[str] = mapped_column(String(60), default="")
    #: By when the body that it was referred to gives its opinion (R6.3).
    opinion_due_on: Mapped[date | None] = mapped_column(default=None)
    degree: Mapped[str] = mapped_column(String(20), default="ordinary")
    #: 收件 by the window or department that handles it (R6.6).
    taken_on: Mapped[date | None] = mapped_column(default=None)
    handling_due_on: Mapped[date | None] = mapped_column(default=None)
    extended: Mapped[bool] = mapped_column(Boolean, default=False)
    finding: Mapped[str] = mapped_column(String(20), default="")
    #: `Measure` values, separated by commas.
    measures: Mapped[str] = mapped_column(String(200), default="")
    written_on: Mapped[date | None] = mapped_column(default=None)
    answer_until: Mapped[date | None] = mapped_column(default=None)
    archived_on: Mapped[date | None] = mapped_column(default=None)
    #: How many events it has: the place of the next, and raised by every act, so that no act is done twice on one revision.
    events: Mapped[int] = mapped_column(Integer, default=0)
    #: Wrong digits since the last lock-out. Raised without a new revision: a stranger's guesses disturb nobody's work.
    failed_attempts: Mapped[int] = mapped_column(Integer, default=0)
    locked_until: Mapped[datetime | None] = mapped_column(default=None)
    #: Its retention is over: what was personal is gone, number, item, dates and state stay (`records/retention.py`).
    let_go_on: Mapped[date | None] = mapped_column(default=None)
    revision: Mapped[int] = mapped_column(Integer, init=False)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # the library declares it as an instance variable


class ComplaintFile(Base):
    """Evidence: a page or a photo, in order."""

    __tablename__ = "complaint_files"
    __table_args__ = (UniqueConstraint("complaint_id", "position"),)

    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaints.id"))
    position: Mapped[int] = mapped_column(Integer)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"))


class ComplaintEvent(Base):
    """What happened to a complaint. Append-only. Sealed: `detail`. `by` never names the complainant."""

    __tablename__ = "complaint_events"
    __table_args__ = (UniqueConstraint("complaint_id", "position"),)

    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaints.id"))
    position: Mapped[int] = mapped_column(Integer)
    act: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), default=None)
    by: Mapped[str] = mapped_column(String(100), default="")
    detail: Mapped[bytes | None] = mapped_column(default=None)


class Consent(Base):
    """A question to the leader in charge (R6.5, R6.6): `about` is `direct`, `transferred` or `extension`. Sealed: `reason`, `answer`."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_answered_at", "township_id", "answered_at"),)

    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaints.id"))
    about: Mapped[str] = mapped_column(String(20))
    handler: Mapped[str] = mapped_column(String(60))
    reason: Mapped[bytes]
    asked_at: Mapped[datetime]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), default=None)
    granted: Mapped[bool | None] = mapped_column(default=None)
    answer: Mapped[bytes | None] = mapped_column(default=None)
