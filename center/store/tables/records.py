"""What the center keeps as evidence: the papers it issued, the seal's ledger, the journal of staff's acts, and where each chain ends."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from center.store.tables.base import Base


class Counter(Base):
    """The last number given of one kind. Raised in one statement, which locks the row: two at once never get the same."""

    __tablename__ = "counters"
    __table_args__ = (UniqueConstraint("township_id", "name"),)

    name: Mapped[str] = mapped_column(String(60))
    value: Mapped[int] = mapped_column(Integer)


class IssuedPaper(Base):
    """A paper as it was issued, never changed. Sealed: `content`, a `kiosk.wire.documents.Document` as JSON.

    `subject` says what `subject_id` is the row of: `case`, `complaint`, or empty for the center's own reports.
    """

    __tablename__ = "issued_papers"
    __table_args__ = (UniqueConstraint("township_id", "number"), Index("ix_issued_papers_subject_id", "subject_id"))

    kind: Mapped[str] = mapped_column(String(30))
    number: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[UUID | None]
    content: Mapped[bytes]
    issued_at: Mapped[datetime]
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), default=None)
    by: Mapped[str] = mapped_column(String(100), default="")


class SealEntry(Base):
    """One use of the seal (R7.2). Chained: `before` is the `code` of the row before (`center.domain.chain`)."""

    __tablename__ = "seal_entries"
    __table_args__ = (UniqueConstraint("township_id", "position"), Index("ix_seal_entries_paper_id", "paper_id"))

    position: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]
    seal: Mapped[str] = mapped_column(String(60))
    custodian_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    custodian: Mapped[str] = mapped_column(String(100))
    case_number: Mapped[str] = mapped_column(String(60))
    paper_id: Mapped[UUID] = mapped_column(ForeignKey("issued_papers.id"))
    paper_kind: Mapped[str] = mapped_column(String(30))
    paper_number: Mapped[str] = mapped_column(String(40))
    copies: Mapped[int] = mapped_column(Integer)
    before: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(64))


class JournalEntry(Base):
    """One act of a member of staff or of the system. `detail` is JSON of codes and numbers, never anything personal. Chained like the seal's ledger."""

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("township_id", "position"), Index("ix_journal_subject_id", "subject_id"))

    position: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    act: Mapped[str] = mapped_column(String(40))
    staff_id: Mapped[UUID | None]
    by: Mapped[str] = mapped_column(String(100))
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[UUID | None]
    detail: Mapped[str]
    before: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(64))


class ChainHead(Base):
    """Where a chain ends: how many rows it has and the code of the last. `code` confirms both, so that cutting off the end shows."""

    __tablename__ = "chain_heads"
    __table_args__ = (UniqueConstraint("township_id", "name"),)

    name: Mapped[str] = mapped_column(String(40))
    length: Mapped[int] = mapped_column(Integer)
    last: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(64))


class Maintenance(Base):
    """A row here, written and taken away in one transaction, lets that transaction change the sealed fields of append-only rows, and nothing else.

    Nobody else ever sees one: a row that was left behind is a fault that `verify` reports. `reason`: `rotate` or `retain`.
    """

    __tablename__ = "maintenance"

    reason: Mapped[str] = mapped_column(String(20))
    began_at: Mapped[datetime]
