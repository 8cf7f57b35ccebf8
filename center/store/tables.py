"""Every table of the center. Every row carries its township; keys are UUIDs; what is personal is a sealed field (`encryption.py`)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import Boolean, Date, DateTime, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship
from sqlalchemy.types import TypeDecorator, Uuid

from center.clock import CHINA


class Moment(TypeDecorator[datetime]):
    """A point in time: stored as UTC, read back aware and in China's time zone, the same on SQLite and PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC for the engine. Raises ValueError on a naive time: it would mean something else on every machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Aware, in China's time zone. SQLite gives back a naive UTC time."""
        if value is None:
            return None
        moment: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(CHINA)


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """What every table has."""

    # Names that are the same on every engine, so that a later migration can find what it changes.
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {UUID: Uuid(), datetime: Moment(), date: Date(), bytes: LargeBinary(), str: Text()}

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    township_id: Mapped[str] = mapped_column(String(40))


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
    """One version of a published item (R1.1). `definition` is its JSON; `listed` false: no longer in the catalogue."""

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("township_id", "code", "version"),)

    code: Mapped[str] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(Integer)
    definition: Mapped[str]
    loaded_at: Mapped[datetime]
    listed: Mapped[bool] = mapped_column(Boolean, default=True)


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
    """A member of staff who can sign in. `role` is a `center.domain.roles.Role`."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("login"),)

    login: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(40))
    window: Mapped[str] = mapped_column(String(40))
    password_hash: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    failed_attempts: Mapped[int] = mapped_column(Integer, default=0)
    locked_until: Mapped[datetime | None] = mapped_column(default=None)


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


class Case(Base):
    """One application (办件). Sealed: `applicant`, `form`. `applicant_index` finds a person's cases without storing the number."""

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("township_id", "case_number"),
        UniqueConstraint("terminal_row", "receipt_number"),
        Index("ix_cases_applicant_index", "applicant_index"),
        Index("ix_cases_state", "township_id", "state"),
    )

    case_number: Mapped[str] = mapped_column(String(60))
    receipt_number: Mapped[str] = mapped_column(String(16))
    terminal_row: Mapped[UUID] = mapped_column(ForeignKey("terminals.id"))
    item_row: Mapped[UUID] = mapped_column(ForeignKey("items.id"))
    state: Mapped[str] = mapped_column(String(20))
    applicant: Mapped[bytes]
    applicant_index: Mapped[str] = mapped_column(String(64))
    form: Mapped[bytes]
    signature_file: Mapped[UUID] = mapped_column(ForeignKey("files.id"))
    consent_version: Mapped[str] = mapped_column(String(20))
    consent_at: Mapped[datetime]
    filed_at: Mapped[datetime]
    received_at: Mapped[datetime]
    first_responsible: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), default=None)
    opened_at: Mapped[datetime | None] = mapped_column(default=None)
    accepted_on: Mapped[date | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)
    due_note: Mapped[str] = mapped_column(String(200), default="")
    #: Two members of staff who act on the same sight of a case: the second is told, nothing is overwritten.
    revision: Mapped[int] = mapped_column(Integer, init=False)

    terminal: Mapped[Terminal] = relationship(init=False, lazy="joined")
    item: Mapped[Item] = relationship(init=False, lazy="joined")
    responsible: Mapped[Staff | None] = relationship(init=False, lazy="joined")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # the library declares it as an instance variable


class CaseMaterial(Base):
    """A paper of a case, as filed. `missing`: the citizen had it not with them."""

    __tablename__ = "case_materials"
    __table_args__ = (UniqueConstraint("case_id", "code"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    code: Mapped[str] = mapped_column(String(40))
    missing: Mapped[bool] = mapped_column(Boolean)


class CasePage(Base):
    """A page of a paper, in order."""

    __tablename__ = "case_pages"
    __table_args__ = (UniqueConstraint("material_id", "position"),)

    material_id: Mapped[UUID] = mapped_column(ForeignKey("case_materials.id"))
    position: Mapped[int] = mapped_column(Integer)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"))


class CaseEvent(Base):
    """What happened to a case. Append-only: the engine itself refuses changes and deletions. Sealed: `detail`."""

    __tablename__ = "case_events"
    __table_args__ = (UniqueConstraint("case_id", "position"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), default=None)
    #: Who, in the words of that day: window and name, or the terminal. A later transfer changes nothing here.
    by: Mapped[str] = mapped_column(String(100), default="")
    detail: Mapped[bytes | None] = mapped_column(default=None)


class IdempotencyKey(Base):
    """A write that was answered: the same key with the same body gets the same answer. `answer` is JSON without anything personal."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("township_id", "key"),)

    key: Mapped[UUID]
    body_digest: Mapped[str] = mapped_column(String(64))
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    answer: Mapped[str]
    answered_at: Mapped[datetime]
