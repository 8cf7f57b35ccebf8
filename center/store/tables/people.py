"""Duty posts with A and B and absences (R3.3); second factors, steps of signing in and what locks it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from center.store.tables.base import Base


class DutyPost(Base):
    """A post (岗位) with its A and B (R3.3). `closed_at`: the post is no more."""

    __tablename__ = "duty_posts"
    __table_args__ = (Index("ix_duty_posts_township_id", "township_id"),)

    name: Mapped[str] = mapped_column(String(40))
    window: Mapped[str] = mapped_column(String(40))
    a_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    b_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    revision: Mapped[int] = mapped_column(Integer, init=False)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # the library declares it as an instance variable


class Absence(Base):
    """A member of staff is away from the first day to the last, both included. `to_on` None: until told otherwise. Sealed: `note`."""

    __tablename__ = "absences"
    __table_args__ = (Index("ix_absences_staff_id", "staff_id"),)

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    note: Mapped[bytes | None]
    entered_at: Mapped[datetime]
    entered_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    revision: Mapped[int] = mapped_column(Integer, init=False)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # the library declares it as an instance variable


class SecondFactor(Base):
    """A member of staff's authenticator (TOTP, RFC 6238). Sealed: `secret`. `last_step`: the newest time step used, never used again."""

    __tablename__ = "second_factors"
    __table_args__ = (UniqueConstraint("staff_id"),)

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    secret: Mapped[bytes]
    confirmed_at: Mapped[datetime]
    last_step: Mapped[int] = mapped_column(Integer)


class OneTimeCode(Base):
    """One of the printed codes: only its keyed hash is kept."""

    __tablename__ = "one_time_codes"
    __table_args__ = (UniqueConstraint("staff_id", "code_hash"),)

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    code_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class SignInLock(Base):
    """Failed sign-ins under one login, whether it exists or not: what is locked tells nothing. The login is kept as a blind index."""

    __tablename__ = "sign_in_locks"
    __table_args__ = (UniqueConstraint("township_id", "login_index"), Index("ix_sign_in_locks_last_at", "last_at"))

    login_index: Mapped[str] = mapped_column(String(64))
    failed: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[datetime]
    locked_until: Mapped[datetime | None] = mapped_column(default=None)


class SignInStep(Base):
    """The password was right and the second factor is asked for: not a session yet. Only the token's hash is kept."""

    __tablename__ = "sign_in_steps"
    __table_args__ = (UniqueConstraint("token_hash"),)

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    token_hash: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]
