"""Issuing a paper: numbered, kept as it was, and found again for printing and for the seal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.domain.paper import PAPER_FORMS, PaperKind, paper_number
from center.domain.seal import seal_for
from center.members import Member
from center.records.counters import next_number
from center.store.encryption import LetGo
from center.store.tables import IssuedPaper, SealEntry
from kiosk.wire.documents import Block, Document, DocumentKind, Paragraph


class Subject(StrEnum):
    """What a paper is about."""

    CASE = "case"
    COMPLAINT = "complaint"
    CENTER = ""


@dataclass(frozen=True)
class Paper:
    """A paper as it was issued. `copies_sealed` is how many the ledger knows."""

    id: UUID
    kind: PaperKind
    number: str
    subject: Subject
    subject_id: UUID | None
    document: Document
    issued_at: datetime
    by: str
    copies_sealed: int


def issue(
    center: Center,
    session: Session,
    kind: PaperKind,
    subject: Subject,
    subject_id: UUID | None,
    blocks: tuple[Block, ...],
    member: Member | None,
    subtitle: str = "",
    foot: tuple[str, ...] = (),
    exempt_seal: str = "",
) -> Paper:
    """Number and keep a paper, in the transaction of the act it belongs to. Title, number, issuer and seal are put on it here.

    `exempt_seal`: the seal of an item that a law exempts from the one seal (R7.1).
    """
    now = center.clock.now()
    sequence = next_number(center, session, f"paper.{kind}.{now.year}")
    number = paper_number(center.config.center.paper_prefix, kind, now.year, sequence)
    document = Document(
        document=DocumentKind.ISSUED,
        issuer=center.config.center.name,
        title=PAPER_FORMS[kind].title,
        subtitle=subtitle,
        number_label="文号",
        number=number,
        blocks=blocks,
        foot=foot,
        seal=_seal_name(center, kind, exempt_seal),
        band="示例" if center.config.demo else "",
    )
    paper_id = uuid4()
    row = IssuedPaper(
        id=paper_id,
        township_id=center.township_id,
        kind=kind,
        number=number,
        subject=subject,
        subject_id=subject_id,
        content=center.cipher.seal("issued_papers", "content", paper_id, document.model_dump_json().encode()),
        issued_at=now,
        staff_id=member.id if member else None,
        by=member.words if member else "",
    )
    session.add(row)
    session.flush()
    return _paper(center, row, 0)


def _seal_name(center: Center, kind: PaperKind, exempt_seal: str) -> str:
    """The seal that the custodian puts on it (R7.1, R7.3), or "": the center's own official seal is not in the custodian's ledger."""
    choice = seal_for(kind, exempt_seal)
    return (choice.name or center.config.center.seal_name) if choice.in_ledger else ""


def _paper(center: Center, row: IssuedPaper, copies: int) -> Paper:
    try:
        document = Document.model_validate_json(center.cipher.open("issued_papers", "content", row.id, row.content))
    except LetGo:
        document = _let_go(center, row)
    return Paper(row.id, PaperKind(row.kind), row.number, Subject(row.subject), row.subject_id, document, row.issued_at, row.by, copies)


def _let_go(center: Center, row: IssuedPaper) -> Document:
    """What is left of a paper when its retention is over: which one it was, and of which day."""
    return Document(
        document=DocumentKind.ISSUED,
        issuer=center.config.center.name,
        title=PAPER_FORMS[PaperKind(row.kind)].title,
        number_label="文号",
        number=row.number,
        blocks=(Paragraph(text=f"{row.issued_at:%Y-%m-%d} 出具。已过保存期限，内容已按规定清除，请查阅纸质档案。"),),
    )


def _copies(session: Session, paper_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many sealed copies the ledger knows, of those that have any."""
    counted = select(SealEntry.paper_id, func.sum(SealEntry.copies)).where(SealEntry.paper_id.in_(paper_ids)).group_by(SealEntry.paper_id)
    return {paper_id: int(copies) for paper_id, copies in session.execute(counted)}


def find_paper(center: Center, session: Session, paper_id: UUID) -> Paper:
    """One paper of this township. Raises Refusal. Whether the reader may see it is the caller's question."""
    row = session.scalar(select(IssuedPaper).where(IssuedPaper.id == paper_id, IssuedPaper.township_id == center.township_id))
    if row is None:
        raise Refusal("paper_unknown", "没有找到这份文书，可能是地址不完整。请从办件或列表重新打开。")
    return _paper(center, row, _copies(session, [row.id]).get(row.id, 0))


def papers_of(center: Center, session: Session, subject_id: UUID) -> tuple[Paper, ...]:
    """Every paper issued about one case or complaint, oldest first."""
    rows = session.scalars(
        select(IssuedPaper)
        .where(IssuedPaper.township_id == center.township_id, IssuedPaper.subject_id == subject_id)
        .order_by(IssuedPaper.issued_at, IssuedPaper.number)
    ).all()
    copies = _copies(session, [row.id for row in rows])
    return tuple(_paper(center, row, copies.get(row.id, 0)) for row in rows)
