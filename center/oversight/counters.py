"""Verified complaints counted for each member of staff and each window (R6.10). The system counts and says what follows; people decide."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from center.center import Center
from center.domain.accountability import (
    CONSEQUENCE_NAMES,
    COUNT,
    EMPLOYMENT_NAMES,
    Employment,
    VerifiedComplaint,
    staff_consequences,
    window_consequences,
)
from center.domain.complaint import TRAINING_MATTERS, VERIFIED, Finding, Matter
from center.domain.roles import Right
from center.members import Member, require
from center.store.tables import Complaint, Staff


@dataclass(frozen=True)
class CounterRow:
    """One person or window with two or more. `grave`: those for manners or for breaking R2–R4. `consequences` empty: near, one more is enough."""

    name: str
    kind: str
    verified: int
    grave: int
    consequences: tuple[str, ...]


def counters(center: Center, member: Member) -> tuple[CounterRow, ...]:
    """Who is near or at three (R6.10): staff within this year, windows over all years. For the head and the leaders alone. Raises Refusal."""
    require(member, Right.VERIFY_ACCOUNTABILITY, Right.CHECK_PROGRESS, Right.DECIDE_ACCOUNTABILITY)
    year = center.clock.now().year
    with center.database.reading() as session:
        rows = session.execute(
            select(Complaint.about_staff, Complaint.about_window, Complaint.matter, Complaint.finding, Complaint.written_on).where(
                Complaint.township_id == center.township_id,
                Complaint.written_on.is_not(None),
                Complaint.finding.in_([finding.value for finding in VERIFIED]),
            )
        )
        verified = [
            VerifiedComplaint(str(staff_id) if staff_id else "", window, Matter(matter), Finding(finding), written_on)
            for staff_id, window, matter, finding, written_on in rows
            if written_on is not None
        ]
        people = session.scalars(select(Staff).where(Staff.township_id == center.township_id).order_by(Staff.name)).all()
    found = []
    for person in people:
        mine = [each for each in verified if each.staff == str(person.id) and each.written_on.year == year]
        if len(mine) >= COUNT - 1:
            employment = Employment(person.employment)
            consequences = staff_consequences(str(person.id), employment, year, verified)
            found.append(
                CounterRow(
                    f"{person.window} {person.name}".strip(),
                    EMPLOYMENT_NAMES[employment],
                    len(mine),
                    sum(each.matter in TRAINING_MATTERS for each in mine),
                    tuple(CONSEQUENCE_NAMES[each] for each in consequences),
                )
            )
    for window in sorted({each.window for each in verified if each.window}):
        mine = [each for each in verified if each.window == window]
        if len(mine) >= COUNT - 1:
            grave = sum(each.matter in TRAINING_MATTERS for each in mine)
            named = tuple(CONSEQUENCE_NAMES[each] for each in window_consequences(window, verified))
            found.append(CounterRow(window, "窗口（累计）", len(mine), grave, named))
    return tuple(sorted(found, key=lambda row: (-row.verified, row.name)))
