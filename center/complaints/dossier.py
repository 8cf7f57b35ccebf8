"""One complaint opened whole for an officer: who, what, when, every event and paper. Lives as long as one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from center.center import Center
from center.complaints.about import about_words
from center.complaints.access import find_complaint
from center.complaints.clocks import CLOCKS, Due, reading, running
from center.complaints.events import Event, events_of
from center.complaints.evidence import evidence_ids
from center.complaints.inquiry import measure_words, measures_of, open_question
from center.complaints.progress import wanted_of
from center.complaints.sealed import Complainant, Statement, complainant_of, statement_of
from center.domain.complaint import (
    CHANNEL_NAMES,
    DEGREE_NAMES,
    FINDING_NAMES,
    GROUND_NAMES,
    HANDLING_NAMES,
    MATTER_NAMES,
    Channel,
    ComplaintHandling,
    ComplaintState,
    Degree,
    Finding,
    Ground,
    Matter,
)
from center.members import Member
from center.records.papers import Paper, papers_of
from center.store.tables import Complaint


@dataclass(frozen=True)
class ClockShown:
    """One limit of a complaint. `binds`: it runs now; `past`: its day has gone by; `ours`: the center's to keep."""

    label: str
    due: Due
    binds: bool
    past: bool
    ours: bool


@dataclass(frozen=True)
class Dossier:
    """All of one complaint."""

    id: UUID
    number: str
    receipt_number: str
    state: ComplaintState
    channel: str
    complainant: Complainant
    statement: Statement
    matter: str
    about: str
    received_at: datetime
    registered_at: datetime
    evidence: tuple[UUID, ...]
    clocks: tuple[ClockShown, ...]
    facts: tuple[tuple[str, str], ...]
    wanted: tuple[str, ...]
    events: tuple[Event, ...]
    papers: tuple[Paper, ...]
    asked: bool
    taken_on: date | None
    extended: bool
    finding: str
    revision: int


def open_dossier(center: Center, member: Member, complaint_id: UUID) -> Dossier:
    """Open it. Raises Refusal: who is no officer, and whom it is about, does not see that it exists."""
    with center.database.reading() as session:
        complaint = find_complaint(center, session, member, complaint_id)
        events = events_of(center, session, complaint)
        return Dossier(
            id=complaint.id,
            number=complaint.number,
            receipt_number=complaint.receipt_number,
            state=ComplaintState(complaint.state),
            channel=CHANNEL_NAMES[Channel(complaint.channel)],
            complainant=complainant_of(center, complaint),
            statement=statement_of(center, complaint),
            matter=MATTER_NAMES[Matter(complaint.matter)],
            about=about_words(center, session, complaint),
            received_at=complaint.received_at,
            registered_at=complaint.registered_at,
            evidence=evidence_ids(session, complaint.id),
            clocks=_clocks(center, complaint),
            facts=_facts(complaint),
            wanted=wanted_of(events) if complaint.state == ComplaintState.TO_SUPPLEMENT else (),
            events=events,
            papers=papers_of(center, session, complaint.id),
            asked=open_question(session, complaint.id) is not None,
            taken_on=complaint.taken_on,
            extended=complaint.extended,
            finding=complaint.finding,
            revision=complaint.revision,
        )


def _clocks(center: Center, complaint: Complaint) -> tuple[ClockShown, ...]:
    today = center.clock.now().date()
    binding = running(center, complaint)
    shown = []
    for clock in CLOCKS:
        binds = bool(binding and binding[0] is clock)
        if not binds and getattr(complaint, clock.column) is None:
            continue
        due = reading(center, complaint, clock)
        shown.append(ClockShown(clock.label, due, binds, due.past(today), clock.ours))
    return tuple(shown)


def _facts(complaint: Complaint) -> tuple[tuple[str, str], ...]:
    facts = [
        ("不予受理", GROUND_NAMES[Ground(complaint.ground)] if complaint.ground else ""),
        ("办理方式", HANDLING_NAMES[ComplaintHandling(complaint.handling)] if complaint.handling else ""),
        ("办理单位", complaint.handler),
        ("难易", DEGREE_NAMES[Degree(complaint.degree)] if complaint.handling else ""),
        ("结论", FINDING_NAMES[Finding(complaint.finding)] if complaint.finding else ""),
        ("处理", measure_words(measures_of(complaint)) if complaint.written_on or complaint.state == ComplaintState.MEASURED else ""),
    ]
    return tuple((label, words) for label, words in facts if words)
