"""The ledger of the one seal (用印台账, R7.2): every use, by whom, on which paper, how many copies. Chained; nothing in it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.domain.paper import PaperKind
from center.domain.roles import Right
from center.domain.seal import seal_for
from center.members import Member, require
from center.records import journal
from center.records.chained import Chain, Content, plain, take_place
from center.records.papers import Subject, find_paper
from center.records.writes import once
from center.store.tables import Case, ChainHead, IssuedPaper, SealEntry

PAGE_ROWS = 20
MAX_COPIES = 20

#: The columns that the code is made over.
COVERED = ("at", "seal", "custodian_id", "custodian", "case_number", "paper_id", "paper_kind", "paper_number", "copies")


@dataclass(frozen=True)
class Use:
    """One line of the ledger."""

    position: int
    at: datetime
    seal: str
    custodian: str
    case_number: str
    paper_id: UUID
    kind: PaperKind
    number: str
    copies: int


@dataclass(frozen=True)
class Ledger:
    """One page of it, the newest first. `anchor` is the beginning of the last row's code: printed, it fixes the whole ledger up to there."""

    uses: tuple[Use, ...]
    page: int
    pages: int
    total: int
    anchor: str


def content_of(entry: SealEntry) -> Content:
    """What the code of a row is made over."""
    return {name: plain(getattr(entry, name)) for name in COVERED}


def use_seal(center: Center, member: Member, paper_id: UUID, copies: int, key: UUID) -> None:
    """Put a use into the ledger: the custodian stamps now (R7.2). Raises Refusal if the paper bears no seal or the copies are none."""
    require(member, Right.USE_SEAL)
    if not 1 <= copies <= MAX_COPIES:
        raise Refusal("copies", f"请写清盖了几份，1 到 {MAX_COPIES} 份。", {"copies": "range"})

    def act(session: Session) -> tuple[UUID, str]:
        paper = find_paper(center, session, paper_id)
        if not paper.document.seal:
            raise Refusal("paper_unsealed", "这种文书不盖行政审批专用章，没有登记。请核对是不是选错了文书。")
        case = session.get(Case, paper.subject_id) if paper.subject is Subject.CASE and paper.subject_id else None
        entry = SealEntry(
            id=uuid4(),
            township_id=center.township_id,
            position=0,
            at=center.clock.now(),
            seal=paper.document.seal,
            custodian_id=member.id,
            custodian=member.words,
            case_number=case.case_number if case else "",
            paper_id=paper.id,
            paper_kind=paper.kind,
            paper_number=paper.number,
            copies=copies,
            before="",
            code="",
        )
        place = take_place(center, session, Chain.SEAL, content_of(entry))
        entry.position, entry.before, entry.code = place.position, place.before, place.code
        session.add(entry)
        journal.record(center, session, "seal.use", member, "paper", paper.id, {"copies": copies, "kind": paper.kind})
        return entry.id, "{}"

    once(center, "seal", key, {"paper": str(paper_id), "copies": copies}, act)


def uses_of(session: Session, paper_id: UUID) -> tuple[Use, ...]:
    """Every use on one paper."""
    return tuple(_use(row) for row in session.scalars(select(SealEntry).where(SealEntry.paper_id == paper_id).order_by(SealEntry.position)))


def ledger(center: Center, member: Member, page: int) -> Ledger:
    """One page of the ledger, from 1. Raises Refusal."""
    require(member, Right.SEE_SEAL_LEDGER)
    with center.database.reading() as session:
        total = session.scalar(select(func.count()).select_from(SealEntry).where(SealEntry.township_id == center.township_id)) or 0
        pages = max(1, -(-total // PAGE_ROWS))
        page = min(max(1, page), pages)
        rows = session.scalars(
            select(SealEntry)
            .where(SealEntry.township_id == center.township_id)
            .order_by(SealEntry.position.desc())
            .offset((page - 1) * PAGE_ROWS)
            .limit(PAGE_ROWS)
        )
        last = session.scalar(select(ChainHead.last).where(ChainHead.township_id == center.township_id, ChainHead.name == Chain.SEAL))
        return Ledger(tuple(_use(row) for row in rows), page, pages, total, last[:12] if last else "")


@dataclass(frozen=True)
class Waiting:
    """A paper that has not been stamped yet."""

    paper_id: UUID
    kind: PaperKind
    number: str
    case_number: str
    issued_at: datetime
    by: str


#: As many as stand on one page: who stamps works them off from the oldest.
_WAITING_ROWS = 50
_STAMPED_KINDS = tuple(kind for kind in PaperKind if seal_for(kind).in_ledger)


def waiting(center: Center, member: Member) -> tuple[Waiting, ...]:
    """Papers that bear the seal and are not in the ledger yet, the oldest first (R7.3). Raises Refusal."""
    require(member, Right.SEE_SEAL_LEDGER)
    unstamped = (
        select(IssuedPaper, Case.case_number)
        .outerjoin(Case, IssuedPaper.subject_id == Case.id)
        .where(
            IssuedPaper.township_id == center.township_id,
            IssuedPaper.kind.in_(_STAMPED_KINDS),
            ~select(SealEntry.id).where(SealEntry.paper_id == IssuedPaper.id).exists(),
        )
        .order_by(IssuedPaper.issued_at, IssuedPaper.number)
        .limit(_WAITING_ROWS)
    )
    with center.database.reading() as session:
        return tuple(
            Waiting(row.id, PaperKind(row.kind), row.number, case_number or "", row.issued_at, row.by)
            for row, case_number in session.execute(unstamped)
        )


def _use(row: SealEntry) -> Use:
    return Use(
        row.position,
        row.at,
        row.seal,
        row.custodian,
        row.case_number,
        row.paper_id,
        PaperKind(row.paper_kind),
        row.paper_number,
        row.copies,
    )
