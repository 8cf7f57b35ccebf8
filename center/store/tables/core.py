"""Who signs, who is signed in, what is offered, which files are kept, which writes were answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from center.domain.roles import Role
from center.store.tables.base import Base


class Roles(TypeDecorator[frozenset[Role]]):
    """Roles in one column, sorted and separated by commas: a township has a few dozen members of staff, and nobody asks the engine for a role."""

    impl = String(200)
    cache_ok = True

    def process_bind_param(self, value: Iterable[Role] | None, dialect: Dialect) -> str | None:
        """`center_head,custodian`"""
        return None if value is None else ",".join(sorted(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> frozenset[Role] | None:
        """The roles."""
        return None if value is None else frozenset(Role(name) for name in value.split(","))


class Terminal(Base):
    """A terminal that may sign requests. `public_key` is base64 of 32 bytes (Ed25519)."""

    __tablename__ = "terminals"
    __table_args__ = (UniqueConstraint("terminal_id"), UniqueConstraint("short_name"))

    terminal_id: Mapped[str] = mapped_column(String(20))
    short_name: Mapped[str] = mapped_column(String(4))
    public_key: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class Nonce(Base):
    """A signed request seen: it is not taken a second time. Kept until its signature has expired."""

    __tablename__ = "nonces"
    __table_args__ = (UniqueConstraint("key_id", "nonce"), Index("ix_nonces_expires_at", "expires_at"))

    key_id: Mapped[str] = mapped_column(String(40))
    nonce: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]


class Item(Base):
    """One version of a published item (R1.1). `definition` is its JSON; `listed` false: no longer in the catalogue.

    `origin` says where it was written: `file` or `console`. `withdrawn_on` is beside the definition, which a case keeps as it was.
    """

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("township_id", "code", "version"),)

    code: Mapped[str] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(Integer)
    definition: Mapped[str]
    loaded_at: Mapped[datetime]
    listed: Mapped[bool] = mapped_column(Boolean, default=True)
    origin: Mapped[str] = mapped_column(String(10), default="file")
    withdrawn_on: Mapped[date | None] = mapped_column(default=None)


class StoredFile(Base):
    """A file kept encrypted under its content's SHA-256 (`files.py`). The row is written after the file."""

    __tablename__ = "files"
    __table_args__ = (UniqueConstraint("township_id", "sha256"),)

    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(Integer)
    media_type: Mapped[str] = mapped_column(String(40))
    stored_at: Mapped[datetime]
    terminal_id: Mapped[str] = mapped_column(String(20))


class Staff(Base):
    """A member of staff who can sign in. `department` is a liaison's; `post` and `public` are what the duty board shows (R1.5)."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("login"),)

    login: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(40))
    roles: Mapped[frozenset[Role]] = mapped_column(Roles())
    window: Mapped[str] = mapped_column(String(40))
    password_hash: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    department: Mapped[str] = mapped_column(String(60), default="")
    post: Mapped[str] = mapped_column(String(40), default="")
    public: Mapped[bool] = mapped_column(Boolean, default=False)
    #: R6.10 treats regular (在编) and contract (编外) staff differently.
    employment: Mapped[str] = mapped_column(String(20), default="regular")
    #: The password was given by somebody else: it is changed before anything else is done.
    must_change: Mapped[bool] = mapped_column(Boolean, default=False)
    revision: Mapped[int] = mapped_column(Integer, init=False)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # the library declares it as an instance variable


class StaffSession(Base):
    """A session at the console. Only the hash of its token is kept: who reads the table cannot use it."""

    __tablename__ = "staff_sessions"
    __table_args__ = (UniqueConstraint("token_hash"),)

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    token_hash: Mapped[str] = mapped_column(String(64))
    began_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class IdempotencyKey(Base):
    """A write that was answered: the same key with the same body gets the same answer. `answer` is JSON without anything personal.

    `subject_id` is the row it made, of the kind that `purpose` says: a case, a complaint, a booking.
    """

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("township_id", "key"),)

    key: Mapped[UUID]
    purpose: Mapped[str] = mapped_column(String(20))
    body_digest: Mapped[str] = mapped_column(String(64))
    subject_id: Mapped[UUID]
    answer: Mapped[str]
    answered_at: Mapped[datetime]
