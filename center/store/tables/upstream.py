"""What waits for the provincial platform, uploads that are not whole yet, what terminals say of themselves, and catalogues given out."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from center.store.tables.base import Base


class Upload(Base):
    """A file that comes in parts. `received` bytes are here for sure; the row goes when the file is whole, or has waited too long."""

    __tablename__ = "uploads"
    __table_args__ = (UniqueConstraint("township_id", "terminal_id", "sha256"), Index("ix_uploads_expires_at", "expires_at"))

    terminal_id: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(Integer)
    began_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    received: Mapped[int] = mapped_column(Integer, default=0)


class UploadPart(Base):
    """A part of an upload, from byte `start`. `content` is sealed: a page is personal before it is whole, too."""

    __tablename__ = "upload_parts"
    __table_args__ = (UniqueConstraint("upload_id", "start"),)

    upload_id: Mapped[UUID] = mapped_column(ForeignKey("uploads.id"))
    start: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes]


class TerminalReport(Base):
    """What a terminal last said of itself. `content` is JSON of a wire TerminalHealth: codes and numbers, nothing of a citizen."""

    __tablename__ = "terminal_reports"
    __table_args__ = (UniqueConstraint("terminal_row"),)

    terminal_row: Mapped[UUID] = mapped_column(ForeignKey("terminals.id"))
    received_at: Mapped[datetime]
    content: Mapped[str]


class CatalogueState(Base):
    """A catalogue as it was given out under `etag`: `digests` is JSON, a digest for each item's code, so that only changes need be sent."""

    __tablename__ = "catalogue_states"
    __table_args__ = (UniqueConstraint("township_id", "etag"),)

    etag: Mapped[str] = mapped_column(String(64))
    digests: Mapped[str]
    given_at: Mapped[datetime]


class GatewayMessage(Base):
    """What waits for the provincial platform, or went there. Sealed: `payload`, emptied once it is sent.

    Written in the transaction of the act it tells. `position` counts a case's messages, which go out in this order.
    """

    __tablename__ = "gateway_outbox"
    __table_args__ = (UniqueConstraint("case_id", "position"), Index("ix_gateway_outbox_next_try", "township_id", "state", "next_try"))

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(30))
    payload: Mapped[bytes]
    #: `waiting`, `sent` or `dead`: tried for days, and somebody has to look.
    state: Mapped[str] = mapped_column(String(10))
    queued_at: Mapped[datetime]
    next_try: Mapped[datetime]
    tries: Mapped[int] = mapped_column(Integer, default=0)
    #: Why the last try failed, as a code.
    fault: Mapped[str] = mapped_column(String(40), default="")
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
