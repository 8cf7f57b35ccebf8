"""What the tests of a case's course begin with: items that a department looks into or that are done on the spot, people, cases accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from center.casework.course_of import course_of
from center.casework.course_values import Count, CourseView
from center.casework.dossier import Dossier, find_case, open_dossier
from center.casework.handling import accept, open_case
from center.casework.handover import OpinionGiven, give_opinion, hand_over, receive, take_back
from center.catalogue import load_items, read_items
from center.center import Center, Refusal
from center.domain.paper import PaperKind
from center.domain.roles import Role
from center.members import Member
from center.records.papers import Paper, papers_of
from center.store.tables import Case, CaseEvent, JournalEntry
from kiosk.wire.filing import MaterialFiled
from tests.center.place import ITEMS, NAME, PHONE, MovableClock, Terminal
from tests.center.staffing import member

LOGGING, CARD, OWN = "LMCF", "YDZ", "YLBX"
DEPARTMENT = "农业综合服务中心"
WEEK = (Count("form", "申请表（填写内容和签名）", 1), Count("m.household_register", "林权证明", 2))


@dataclass(frozen=True)
class Scene:
    """A center with its people and a terminal."""

    center: Center
    clock: MovableClock
    terminal: Terminal
    window: Member
    colleague: Member
    liaison: Member
    stranger: Member
    head: Member

    def next_day(self, days: int = 1) -> None:
        self.clock.at += timedelta(days=days)

    def file(self, item: str = LOGGING, name: str = NAME, **more: Any) -> UUID:
        """A filing that nobody has opened."""
        values = {"name": name, "phone": PHONE} if item != OWN else None
        changes: dict[str, Any] = {"item_code": item, **more} | ({"values": values} if values else {})
        filing = self.terminal.filing(name=name, at=self.clock.at, **changes)
        if item == CARD:
            filing = filing.model_copy(update={"materials": (MaterialFiled(code="id_card"),)})
        assert self.terminal.file(filing).status_code == 201
        with self.center.database.reading() as session:
            return session.scalars(select(Case.id).where(Case.receipt_number == filing.receipt_number)).one()

    def accepted(self, item: str = LOGGING, **more: Any) -> UUID:
        case_id = self.file(item, **more)
        open_case(self.center, self.window, case_id)
        accept(self.center, self.window, case_id, self.revision(case_id), ())
        return case_id

    def with_department(self) -> UUID:
        case_id = self.accepted()
        hand_over(self.center, self.window, case_id, self.revision(case_id), DEPARTMENT, WEEK)
        return case_id

    def answered(self, agrees: bool = True) -> UUID:
        case_id = self.with_department()
        receive(self.center, self.liaison, case_id)
        self.answer(case_id, agrees)
        return case_id

    def answer(self, case_id: UUID, agrees: bool = True, lines: tuple[Count, ...] = WEEK) -> Paper:
        reasons = "现场核实属实，符合采伐条件。" if agrees else "采伐地块权属有争议。"
        return give_opinion(self.center, self.liaison, case_id, self.revision(case_id), OpinionGiven(agrees, reasons, "", lines))

    def back(self, agrees: bool = True) -> UUID:
        case_id = self.answered(agrees)
        take_back(self.center, self.window, case_id, self.revision(case_id), WEEK)
        return case_id

    # what the records say

    def row(self, case_id: UUID) -> Case:
        with self.center.database.reading() as session:
            return session.get_one(Case, case_id)

    def revision(self, case_id: UUID) -> int:
        return self.row(case_id).revision

    def course(self, case_id: UUID) -> CourseView:
        with self.center.database.reading() as session:
            return course_of(self.center, session, find_case(session, self.center, case_id))

    def dossier(self, case_id: UUID) -> Dossier:
        with self.center.database.reading() as session:
            return open_dossier(self.center, session, find_case(session, self.center, case_id))

    def kinds(self, case_id: UUID) -> list[str]:
        with self.center.database.reading() as session:
            return list(session.scalars(select(CaseEvent.kind).where(CaseEvent.case_id == case_id).order_by(CaseEvent.position)))

    def papers(self, case_id: UUID) -> tuple[Paper, ...]:
        with self.center.database.reading() as session:
            return papers_of(self.center, session, case_id)

    def paper(self, case_id: UUID, kind: PaperKind) -> Paper:
        """The newest of its kind."""
        return next(paper for paper in reversed(self.papers(case_id)) if paper.kind is kind)

    def journal(self) -> list[JournalEntry]:
        with self.center.database.reading() as session:
            return list(session.scalars(select(JournalEntry).order_by(JournalEntry.position)))


def scene(center: Center, clock: MovableClock, terminal: Terminal) -> Scene:
    """Everything in its place."""
    load_items(center, (*read_items(ITEMS), *read_items(Path(__file__).parent / "items")))
    return Scene(
        center,
        clock,
        terminal,
        window=member(center, Role.WINDOW_STAFF, name="王敏"),
        colleague=member(center, Role.WINDOW_STAFF, name="赵磊", window="综合窗口2号"),
        liaison=member(center, Role.LIAISON, name="刘洋", window="", department=DEPARTMENT),
        stranger=member(center, Role.LIAISON, name="孙丽", window="", department="民政办"),
        head=member(center, Role.CENTER_HEAD, name="周强", window=""),
    )


def refused(act: Callable[[], object]) -> str:
    """The code with which the center refuses, or 'done'."""
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return "done"


def faulty(act: Callable[[], object]) -> set[str]:
    """The fields that are wrong."""
    try:
        act()
    except Refusal as refusal:
        return set(refusal.fields)
    return set()
