"""Reading the journal: page by page, by day and by member, with the chain's end as an anchor to print. For who oversees, and for nobody else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from center.center import Center
from center.clock import CHINA
from center.domain.roles import Right
from center.members import Member, require
from center.records.chained import Chain
from center.records.verification import ANCHOR_DIGITS
from center.store.tables import Case, ChainHead, IssuedPaper, JournalEntry, Staff

PAGE_ROWS = 20


@dataclass(frozen=True)
class Line:
    """One act. `number` names what it was about where that tells nobody's identity; `detail` holds codes and numbers."""

    position: int
    at: datetime
    act: str
    by: str
    subject: str
    number: str
    detail: dict[str, Any]


@dataclass(frozen=True)
class JournalPage:
    """One page, the newest first. `length` and `anchor` are the whole chain's, whatever was asked for."""

    lines: tuple[Line, ...]
    page: int
    pages: int
    total: int
    length: int
    anchor: str


@dataclass(frozen=True)
class Author:
    """A member of staff by whom the journal can be asked."""

    id: UUID
    words: str


def authors(center: Center, member: Member) -> tuple[Author, ...]:
    """Every member of staff of the center, also those who have left."""
    require(member, Right.SEE_AUDIT)
    with center.database.reading() as session:
        staff = session.scalars(select(Staff).where(Staff.township_id == center.township_id).order_by(Staff.window, Staff.name)).all()
    return tuple(Author(each.id, f"{each.window} {each.name}".strip()) for each in staff)


def read_journal(center: Center, member: Member, page: int, on: date | None = None, by: UUID | None = None) -> JournalPage:
    """One page, from 1, of all acts, of those of a day (the center's clock), of those of one member. Raises Refusal."""
    require(member, Right.SEE_AUDIT)
    wanted = [JournalEntry.township_id == center.township_id]
    if on is not None:
        begin = datetime.combine(on, time(), CHINA)
        wanted += [JournalEntry.at >= begin, JournalEntry.at < begin + timedelta(days=1)]
    if by is not None:
        wanted.append(JournalEntry.staff_id == by)
    with center.database.reading() as session:
        head = session.scalar(select(ChainHead).where(ChainHead.township_id == center.township_id, ChainHead.name == Chain.JOURNAL))
        total = session.scalar(select(func.count()).select_from(JournalEntry).where(*wanted)) or 0
        pages = max(1, -(-total // PAGE_ROWS))
        page = min(max(1, page), pages)
        rows = session.scalars(
            select(JournalEntry).where(*wanted).order_by(JournalEntry.position.desc()).offset((page - 1) * PAGE_ROWS).limit(PAGE_ROWS)
        ).all()
        cases = {row.subject_id for row in rows if row.subject == "case"}
        found = session.execute(select(Case.id, Case.case_number).where(Case.township_id == center.township_id, Case.id.in_(cases)))
        papers = {row.subject_id for row in rows if row.subject == "paper"}
        issued = session.execute(
            select(IssuedPaper.id, IssuedPaper.number).where(IssuedPaper.township_id == center.township_id, IssuedPaper.id.in_(papers))
        )
        numbers: dict[UUID, str] = {row[0]: row[1] for row in (*found, *issued)}
    return JournalPage(
        lines=tuple(_line(row, numbers) for row in rows),
        page=page,
        pages=pages,
        total=total,
        length=head.length if head else 0,
        anchor=head.last[:ANCHOR_DIGITS] if head else "",
    )


def _line(row: JournalEntry, numbers: dict[UUID, str]) -> Line:
    detail: dict[str, Any] = json.loads(row.detail)
    number = numbers.get(row.subject_id, "") if row.subject_id else ""
    return Line(row.position, row.at, row.act, row.by, row.subject, number or str(detail.get("number", "")), detail)
