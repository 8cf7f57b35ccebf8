"""What the script writes down of each application and complaint by itself, and compares with the center's records after every act.

Nothing here asks the product what a rule says: marks, seals and days are the script's own and the second calculation's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select

from center.store.tables import Case, Complaint, IssuedPaper
from tests.center import oracle
from tests.center.month.driver import SEAL, Month
from tests.center.month.people import Citizen
from tests.center.month.plan import ITEMS, Coming, Complaining, ItemFacts

#: Each paper's mark in its number, and whether the custodian's seal goes on it (R7.3), as the ordinance has it.
PAPERS: dict[str, tuple[str, bool]] = {
    "filing_receipt": ("回", False),
    "acceptance_notice": ("受", True),
    "promise_notice": ("承", True),
    "one_time_notice": ("补", True),
    "refusal_notice": ("不受", True),
    "special_procedure_notice": ("特", True),
    "handover_slip": ("交", False),
    "department_opinion": ("意", False),
    "decision": ("决", True),
    "completion_voucher": ("结", True),
    "complaint_acceptance": ("投受", False),
    "complaint_supplement": ("投补", False),
    "complaint_refusal": ("投不受", False),
    "complaint_referral": ("投转", False),
    "complaint_extension": ("投延", False),
    "complaint_result": ("投结", False),
    "overdue_report": ("报", False),
    "daily_check": ("查", False),
}


@dataclass
class Told:
    """One application as the script knows it."""

    coming: Coming
    citizen: Citizen
    receipt: str = ""
    case_id: UUID | None = None
    case_number: str = ""
    state: str = "filed"
    filed: date | None = None
    night: bool = False
    told_from: date | None = None
    responsible: str = ""
    opened: date | None = None
    taken_in: date | None = None
    whole_at_once: bool = True
    supplied: date | None = None
    #: Whether what is outstanding was said to follow at the window.
    returns: int = 0
    third_filings: int = 0
    late_tellings: int = 0
    accepted: date | None = None
    registered: date | None = None
    due: date | None = None
    special_circumstances: bool = False
    handover_due: date | None = None
    handed: date | None = None
    department_due: date | None = None
    pauses: list[tuple[date, date | None]] = field(default_factory=list)
    taken_back: date | None = None
    outcome: str = ""
    decided: date | None = None
    completed: date | None = None
    notified: date | None = None
    ended: date | None = None
    papers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def facts(self) -> ItemFacts:
        return ITEMS[self.coming.item]

    @property
    def id(self) -> UUID:
        assert self.case_id is not None
        return self.case_id

    def count(self) -> None:
        """Count its days again, after an act that moves them."""
        facts = self.facts
        if self.accepted is None:
            return
        self.due = oracle.due(self.accepted, facts.days, facts.working, self.pauses)
        if self.handed is not None and self.state == "with_department":
            self.department_due = oracle.department_due(self.handed, facts.department_days, True, self.pauses)

    def days(self) -> dict[str, object]:
        """Every day and state that the record must have."""
        assert self.filed is not None
        return {
            "state": self.state,
            "open_due_on": oracle.open_due(self.filed),
            "tell_due_on": oracle.tell_due(self.told_from) if self.facts.license and self.told_from else None,
            "taken_in_on": self.taken_in,
            "accepted_on": self.accepted,
            "due_on": self.due,
            "returns": self.returns,
            "handover_due_on": self.handover_due,
            "handed_over_on": self.handed,
            "department_due_on": self.department_due,
            "taken_back_on": self.taken_back,
            "outcome": self.outcome,
            "decided_on": self.decided,
            "completed_on": self.completed,
            "notify_due_on": oracle.notify_due(self.completed) if self.completed else None,
            "notified_on": self.notified,
            "ended_on": self.ended,
        }


@dataclass
class Heard:
    """One complaint as the script knows it."""

    complaining: Complaining
    citizen: Citizen
    statement: str
    receipt: str = ""
    complaint_id: UUID | None = None
    number: str = ""
    state: str = "received"
    received: date | None = None
    acceptance_due: date | None = None
    evidence_due: date | None = None
    accepted: date | None = None
    ground: str = ""
    degree: str = "ordinary"
    taken: date | None = None
    extended: bool = False
    finding: str = ""
    written: date | None = None
    archived: date | None = None
    papers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        assert self.complaint_id is not None
        return self.complaint_id

    def days(self) -> dict[str, object]:
        """Every day and state that the record must have."""
        return {
            "state": self.state,
            "acceptance_due_on": self.acceptance_due,
            "evidence_due_on": self.evidence_due,
            "accepted_on": self.accepted,
            "ground": self.ground,
            "degree": self.degree,
            "taken_on": self.taken,
            "handling_due_on": oracle.complaint_handling_due(self.taken, self.degree) if self.taken else None,
            "extended": self.extended,
            "finding": self.finding,
            "written_on": self.written,
            "answer_until": oracle.answer_until(self.written) if self.written else None,
            "archived_on": self.archived,
        }


def differences(row: Case | Complaint, days: dict[str, object]) -> dict[str, tuple[object, object]]:
    """What the record has otherwise than the script: record first."""
    return {name: (getattr(row, name), value) for name, value in days.items() if getattr(row, name) != value}


def issued(month: Month, subject_id: UUID) -> list[tuple[UUID, str, str]]:
    """Id, kind and number of every paper in the records about it."""
    with month.center.database.reading() as session:
        rows = session.execute(select(IssuedPaper.id, IssuedPaper.kind, IssuedPaper.number).where(IssuedPaper.subject_id == subject_id))
        return [(row[0], row[1], row[2]) for row in rows]


def after(month: Month, of: Told | Heard, kinds: Iterable[str] = ()) -> None:
    """Compare with the records after an act that has to have issued papers of these `kinds`, in this order, and no other."""
    for kind in kinds:
        of.papers.append((kind, month.number_of(PAPERS[kind][0])))
    found = issued(month, of.id)
    assert sorted((kind, number) for _, kind, number in found) == sorted(of.papers), of
    with month.center.database.reading() as session:
        row: Case | Complaint = session.get_one(Case if isinstance(of, Told) else Complaint, of.id)
        wrong = differences(row, of.days())
    assert not wrong, (month.clock.at, wrong, of)
    if isinstance(of, Told):
        known = {paper_id for paper_id, *_ in month.to_seal} | month.facts.setdefault("seen papers", set())
        for paper_id, kind, number in found:
            if paper_id not in known and PAPERS[kind][1]:
                month.to_seal.append((paper_id, kind, number, of.facts.seal or SEAL, of.case_number))
        month.facts["seen papers"] |= {paper_id for paper_id, *_ in found}
