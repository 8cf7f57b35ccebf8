"""What the tests of taking in start from: a center with a license to apply for, its staff, and short ways to file and to look."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from center.casework.dossier import Dossier, find_case, open_dossier
from center.casework.events import detail_of, events_of
from center.casework.handling import open_case
from center.center import Center, Refusal
from center.domain.roles import Role
from center.members import Member
from center.records.papers import Paper, papers_of
from center.store.tables import Case, CaseEvent, JournalEntry
from kiosk.wire.filing import MaterialFiled
from tests.center import papers
from tests.center.intake.license import with_license
from tests.center.place import MORNING, NAME, PHONE, MovableClock, Terminal
from tests.center.staffing import member


@dataclass
class Scene:
    """The center in the morning, 王敏 at window 1."""

    center: Center
    clock: MovableClock
    terminal: Terminal
    wang: Member

    def file(self, at: datetime | None = None, **changes: Any) -> UUID:
        """A filing of the pension item; the clock stands at `at` then."""
        self.clock.at = at or self.clock.at
        return self._filed(self.terminal.filing(at=self.clock.at, **changes))

    def file_license(self, at: datetime | None = None, missing: bool = False, **changes: Any) -> UUID:
        """A filing of the license."""
        self.clock.at = at or self.clock.at
        pages = () if missing else (self.terminal.upload(papers.page("合同首页")), self.terminal.upload(papers.page("签字页")))
        values: dict[str, Any] = {
            "item_code": "SPJY",
            "values": {"name": changes.get("name", NAME), "phone": PHONE, "kind": "hot", "area": "46"},
            "materials": (MaterialFiled(code="id_card"), MaterialFiled(code="place_proof", pages=pages, missing=missing)),
        }
        return self._filed(self.terminal.filing(at=self.clock.at, **(values | changes)))

    def _filed(self, filing: Any) -> UUID:
        answer = self.terminal.file(filing)
        assert answer.status_code == 201, answer.text
        with self.center.database.reading() as session:
            found = session.scalar(select(Case.id).where(Case.case_number == answer.json()["case_number"]))
        assert found is not None
        return found

    def opened(self, case_id: UUID, by: Member | None = None) -> UUID:
        """The same case, received."""
        open_case(self.center, by or self.wang, case_id)
        return case_id

    def row(self, case_id: UUID) -> Case:
        with self.center.database.reading() as session:
            return session.get_one(Case, case_id)

    def revision(self, case_id: UUID) -> int:
        return self.row(case_id).revision

    def dossier(self, case_id: UUID) -> Dossier:
        with self.center.database.reading() as session:
            return open_dossier(self.center, session, find_case(session, self.center, case_id))

    def kinds(self, case_id: UUID) -> list[str]:
        with self.center.database.reading() as session:
            return list(session.scalars(select(CaseEvent.kind).where(CaseEvent.case_id == case_id).order_by(CaseEvent.position)))

    def last_detail(self, case_id: UUID) -> dict[str, Any]:
        with self.center.database.reading() as session:
            return detail_of(self.center, events_of(session, case_id)[-1])

    def papers(self, case_id: UUID) -> tuple[Paper, ...]:
        with self.center.database.reading() as session:
            return papers_of(self.center, session, case_id)

    def journal(self) -> list[tuple[str, str]]:
        """Acts and details, in order."""
        with self.center.database.reading() as session:
            return [(row.act, row.detail) for row in session.scalars(select(JournalEntry).order_by(JournalEntry.position))]


def make_scene(center: Center, clock: MovableClock, terminal: Terminal) -> Scene:
    """The scene on a center that listens."""
    with_license(center)
    clock.at = MORNING
    return Scene(center, clock, terminal, member(center, Role.WINDOW_STAFF, name="王敏"))


def attempt(act: Callable[[], object]) -> str:
    """`done`, or the code of the refusal."""
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return "done"


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What becomes of acts in the same moment, sorted."""
    with ThreadPoolExecutor(len(acts)) as many:
        return sorted(many.map(attempt, acts))


def words(paper: Paper) -> str:
    """All that stands on a paper."""
    return paper.document.model_dump_json()
