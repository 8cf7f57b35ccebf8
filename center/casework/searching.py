"""Finding a case again. Results are masked; that somebody searched for a person is journalled, the number is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select

from center.casework.filing import is_of_number
from center.casework.queue import PAGE_ROWS, QueueRow, rows_of
from center.catalogue import item_of
from center.center import Center
from center.clock import CHINA
from center.domain.application import ApplicationState
from center.domain.roles import Right
from center.members import Member, require
from center.records import journal
from center.store.tables import Case, Item

_LONGEST = 60


@dataclass(frozen=True)
class Wanted:
    """What to look for; empty fields ask nothing. `number` is a case or receipt number or the end of one.

    `id_number` is a person's, who applied or came for who did.
    """

    number: str = ""
    id_number: str = ""
    item_code: str = ""
    state: ApplicationState | None = None
    filed_from: date | None = None
    filed_to: date | None = None
    window: str = ""

    @property
    def asks(self) -> bool:
        """Whether anything is asked."""
        return any((self.number, self.id_number, self.item_code, self.state, self.filed_from, self.filed_to, self.window))


@dataclass(frozen=True)
class Found:
    """One page of what was found."""

    rows: tuple[QueueRow, ...]
    page: int
    pages: int
    total: int


def search(center: Center, member: Member, wanted: Wanted, page: int = 1) -> Found:
    """The cases that are all that is wanted, newest first. Raises Refusal. A search by person is an act that is journalled."""
    require(member, Right.SEE_CASES)
    if wanted.id_number:
        with center.database.writing() as session:
            journal.record(center, session, "case.searched_by_person", member, "case", None, {"page": page})
    with center.database.reading() as session:
        conditions = _conditions(center, wanted)
        chosen = select(Case.id).join(Item, Case.item_row == Item.id).where(*conditions)
        total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
        pages = max(1, -(-total // PAGE_ROWS))
        page = min(max(1, page), pages)
        ids = session.scalars(
            chosen.order_by(Case.filed_at.desc(), Case.case_number.desc()).offset((page - 1) * PAGE_ROWS).limit(PAGE_ROWS)
        ).all()
        return Found(rows_of(center, session, list(ids), member), page, pages, total)


def _conditions(center: Center, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Case.township_id == center.township_id]
    number = "".join(wanted.number.split()).upper()[:_LONGEST]
    if number:
        conditions.append((Case.case_number.endswith(number, autoescape=True)) | (Case.receipt_number == number))
    if wanted.id_number:
        conditions.append(is_of_number(center, wanted.id_number))
    if wanted.item_code:
        conditions.append(Item.code == wanted.item_code)
    if wanted.state is not None:
        conditions.append(Case.state == wanted.state)
    if wanted.filed_from is not None:
        conditions.append(Case.filed_at >= datetime.combine(wanted.filed_from, time(), CHINA))
    if wanted.filed_to is not None:
        conditions.append(Case.filed_at < datetime.combine(wanted.filed_to, time(), CHINA) + timedelta(days=1))
    if wanted.window:
        conditions.append(Case.window == wanted.window)
    return conditions


def item_choices(center: Center) -> tuple[tuple[str, str], ...]:
    """Code and name of every item that a case was filed under."""
    with center.database.reading() as session:
        rows = session.scalars(
            select(Item).where(Item.township_id == center.township_id, Item.id.in_(select(Case.item_row))).order_by(Item.code, Item.version)
        )
        names = {row.code: item_of(row).task_name for row in rows}
    return tuple(sorted(names.items(), key=lambda choice: choice[1]))


def windows_of(center: Center) -> tuple[str, ...]:
    """Every window that has or had a case."""
    with center.database.reading() as session:
        return tuple(sorted(set(session.scalars(select(Case.window).where(Case.township_id == center.township_id, Case.window != "")))))
