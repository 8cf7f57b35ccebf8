"""What a check of the day shows (R4.5): to the head what falls due, case by case; to the leader in charge the progress of all; and which days have none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from center.catalogue import item_of
from center.center import Center
from center.domain.application import IN_HAND, ApplicationState
from center.domain.complaint import ComplaintState
from center.domain.oversight import FALLING_DUE, CheckKind, Urgency, missing_checks, urgency
from center.store.encryption import LetGo
from center.store.tables import Case, Complaint, DailyCheck, DailyCheckLine

UNOPENED, DEPARTMENT = "unopened", "department"

#: The headings of the list, in its order. A case stands under the first that fits.
HEADINGS: dict[str, str] = {
    Urgency.OVERDUE: "已超期",
    Urgency.TODAY: "今天到期",
    Urgency.SOON: "三日内到期",
    Urgency.UNDATED: "应办结日待定",
    UNOPENED: "还没有人收件",
    DEPARTMENT: "在职能单位",
}


@dataclass(frozen=True)
class CheckLine:
    """One case to look at. `said` is the last note that a check left on it, with its day."""

    case_id: UUID
    heading: str
    number: str
    item: str
    responsible: str
    department: str
    filed_on: date
    due_on: date | None
    due_note: str
    said: str
    said_on: date | None


@dataclass(frozen=True)
class ComplaintCounts:
    """Complaints by their limits, as numbers: nobody is named here (R6.8)."""

    running: int
    today: int
    soon: int
    late: int


@dataclass(frozen=True)
class ProgressRow:
    """One case as the leader in charge sees it: no applicant."""

    number: str
    item: str
    state: ApplicationState
    window: str
    department: str
    due_on: date | None
    due_note: str
    urgency: Urgency


@dataclass(frozen=True)
class Signed:
    """A check that was signed."""

    kind: CheckKind
    day: date
    at: datetime
    by: str
    paper_id: UUID


def _last_notes(center: Center, session: Session, case_ids: list[UUID]) -> dict[UUID, tuple[str, date]]:
    rows = session.execute(
        select(DailyCheckLine, DailyCheck.day)
        .join(DailyCheck, DailyCheck.id == DailyCheckLine.check_id)
        .where(DailyCheckLine.case_id.in_(case_ids))
        .order_by(DailyCheck.day)
    )
    found: dict[UUID, tuple[str, date]] = {}
    for line, day in rows:
        try:
            note = center.cipher.open("daily_check_lines", "note", line.id, line.note).decode()
        except LetGo:
            continue
        if note:
            found[line.case_id] = (note, day)
    return found


def _heading(case: Case, today: date, center: Center) -> str | None:
    state = ApplicationState(case.state)
    if state is ApplicationState.FILED:
        return UNOPENED if case.opened_at is None else None
    if state not in IN_HAND:
        return None
    urgent = urgency(case.due_on, today, center.calendar)
    if urgent in FALLING_DUE:
        return urgent
    return DEPARTMENT if state is ApplicationState.WITH_DEPARTMENT else None


def lines_to_check(center: Center, session: Session) -> tuple[CheckLine, ...]:
    """What the head looks at today (R4.5), the most urgent first."""
    today = center.clock.now().date()
    cases = session.scalars(
        select(Case).where(Case.township_id == center.township_id, Case.state.in_({*IN_HAND, ApplicationState.FILED}))
    ).all()
    headed = [(heading, case) for case in cases if (heading := _heading(case, today, center)) is not None]
    order = list(HEADINGS)
    headed.sort(key=lambda each: (order.index(each[0]), each[1].due_on or date.max, each[1].case_number))
    notes = _last_notes(center, session, [case.id for _, case in headed])
    return tuple(
        CheckLine(
            case.id,
            heading,
            case.case_number,
            item_of(case.item).task_name,
            f"{case.responsible.window} {case.responsible.name}".strip() if case.responsible else "",
            case.department,
            case.filed_at.date(),
            case.due_on,
            case.due_note,
            *notes.get(case.id, ("", None)),
        )
        for heading, case in headed
    )


def complaint_counts(center: Center, session: Session) -> ComplaintCounts:
    """How complaints stand to the limit that runs (R6.2, R6.6)."""
    today = center.clock.now().date()
    rows = session.execute(
        select(Complaint.state, Complaint.acceptance_due_on, Complaint.handling_due_on).where(
            Complaint.township_id == center.township_id,
            or_(Complaint.state == ComplaintState.RECEIVED, Complaint.handling_due_on.is_not(None)),
            Complaint.written_on.is_(None),
            Complaint.archived_on.is_(None),
        )
    )
    dues = [acceptance if state == ComplaintState.RECEIVED else handling for state, acceptance, handling in rows]
    urgent = [urgency(due, today, center.calendar) for due in dues]
    return ComplaintCounts(len(urgent), urgent.count(Urgency.TODAY), urgent.count(Urgency.SOON), urgent.count(Urgency.OVERDUE))


def progress(center: Center, session: Session) -> tuple[ProgressRow, ...]:
    """Every case in hand and every one not yet accepted, the most urgent first, without who applied."""
    today = center.clock.now().date()
    states = {*IN_HAND, ApplicationState.FILED}
    rows = [
        ProgressRow(
            case.case_number,
            item_of(case.item).task_name,
            ApplicationState(case.state),
            case.window,
            case.department,
            case.due_on,
            case.due_note,
            Urgency.LATER if case.state == ApplicationState.FILED else urgency(case.due_on, today, center.calendar),
        )
        for case in session.scalars(select(Case).where(Case.township_id == center.township_id, Case.state.in_(states)))
    ]
    order = [Urgency.OVERDUE, Urgency.TODAY, Urgency.SOON, Urgency.UNDATED, Urgency.LATER]
    return tuple(sorted(rows, key=lambda row: (order.index(row.urgency), row.due_on or date.max, row.number)))


def signed_on(center: Center, session: Session, day: date, kind: CheckKind) -> Signed | None:
    """That day's check, if it was signed."""
    row = session.scalar(
        select(DailyCheck).where(DailyCheck.township_id == center.township_id, DailyCheck.day == day, DailyCheck.kind == kind)
    )
    return Signed(CheckKind(row.kind), row.day, row.signed_at, row.by, row.paper_id) if row else None


@dataclass(frozen=True)
class DayChecked:
    """A day of the month's list and its two checks. `missed`: a working day that is over and has none of them, or one too few."""

    day: date
    cases: Signed | None
    progress: Signed | None
    missed: bool


def month_of_checks(center: Center, session: Session, first: date) -> tuple[DayChecked, ...]:
    """The days of the month that begins on `first` on which a check was due or done, the newest first. Days before the center began have none."""
    today = center.clock.now().date()
    last = min((first + timedelta(days=32)).replace(day=1) - timedelta(days=1), today)
    rows = session.scalars(
        select(DailyCheck).where(DailyCheck.township_id == center.township_id, DailyCheck.day >= first, DailyCheck.day <= last)
    ).all()
    signed = {(row.day, CheckKind(row.kind)): Signed(CheckKind(row.kind), row.day, row.signed_at, row.by, row.paper_id) for row in rows}
    began = session.scalar(select(func.min(Case.received_at)).where(Case.township_id == center.township_id))
    start = max(first, began.date()) if began else today
    until = min(last + timedelta(days=1), today)
    missing = {
        kind: set(missing_checks(start, {day for day, each in signed if each is kind}, until, center.calendar)) for kind in CheckKind
    }
    days = {day for day, _ in signed} | set().union(*missing.values())
    return tuple(
        DayChecked(
            day,
            signed.get((day, CheckKind.CASES)),
            signed.get((day, CheckKind.PROGRESS)),
            any(day in missing[kind] for kind in CheckKind),
        )
        for day in sorted(days, reverse=True)
    )
