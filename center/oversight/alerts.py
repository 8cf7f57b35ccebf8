"""What staff should know today: checks and reports not made, days that cannot be named, a year without its calendar, silent terminals, empty posts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from center.center import Center
from center.domain.accountability import EventState
from center.domain.application import IN_HAND, ApplicationState
from center.domain.calendar import Unknown
from center.domain.complaint import ComplaintState
from center.domain.oversight import CHECKS, CheckKind
from center.domain.roles import Right
from center.members import Member
from center.oversight.checklist import signed_on
from center.oversight.events import visible
from center.people.duty import unattended
from center.store.tables import AccountabilityEvent, Case, Complaint, Report, ReportReading
from center.terminal_health import silent_terminals

#: The State Council publishes next year's arrangement in October or November.
_ASK_FROM_MONTH = 10


@dataclass(frozen=True)
class Alert:
    """One thing to look at. `path` after /console/, or empty."""

    icon: str
    sentence: str
    path: str = ""


#: The records, today, and whose eyes: one question.
Look = Callable[[Center, Session, date, Member], Iterator[Alert]]


def _undated(center: Center, session: Session, today: date, member: Member) -> Iterator[Alert]:
    """待定 (R4.2): never guessed, so somebody must know."""
    rows = session.execute(
        select(Case.due_note, func.count())
        .where(Case.township_id == center.township_id, Case.state.in_(IN_HAND), Case.due_on.is_(None))
        .group_by(Case.due_note)
        .order_by(func.count().desc(), Case.due_note)
    )
    for note, number in rows:
        yield Alert("clock", f"{number} 件的应办结日{note or '待定。'}", "due")


def _unlimited(center: Center, session: Session, today: date, member: Member) -> Iterator[Alert]:
    """Filings whose day to be opened lies in an unknown year: nobody will be told that they lie too long."""
    number = session.scalar(
        select(func.count())
        .select_from(Case)
        .where(
            Case.township_id == center.township_id,
            Case.state == ApplicationState.FILED,
            Case.opened_at.is_(None),
            Case.open_due_on.is_(None),
            Case.received_at < center.clock.now() - timedelta(days=1),
        )
    )
    if number:
        yield Alert("inbox", f"{number} 件申请的收件期限待定，系统不会催办，请尽快收件。", "intake")


def _complaints_undated(center: Center, session: Session, today: date, member: Member) -> Iterator[Alert]:
    number = session.scalar(
        select(func.count())
        .select_from(Complaint)
        .where(
            Complaint.township_id == center.township_id,
            or_(
                (Complaint.state == ComplaintState.RECEIVED) & Complaint.acceptance_due_on.is_(None),
                Complaint.taken_on.is_not(None) & Complaint.handling_due_on.is_(None) & Complaint.written_on.is_(None),
            ),
        )
    )
    if number:
        yield Alert("speech", f"{number} 件投诉的期限待定：节假日安排还没有录入，录入后确定。", "complaints")


def _calendar(center: Center, session: Session, today: date, member: Member) -> Iterator[Alert]:
    """A year whose arrangement is not known: this one, or from October on the next (R4.2)."""
    years = [today.year, *([today.year + 1] if today.month >= _ASK_FROM_MONTH else [])]
    for year in years:
        if isinstance(center.calendar.is_working(date(year, 6, 15)), Unknown):
            yield Alert(
                "calendar", f"还没有录入 {year} 年的节假日安排，落在 {year} 年的期限都是待定。国务院通知公布后请尽快录入。", "calendar"
            )


def _silent(center: Center, session: Session, today: date, member: Member) -> Iterator[Alert]:
    for terminal in silent_terminals(center):
        yield Alert("terminal", f"自助终端 {terminal} 超过 10 分钟没有联系中心，请到机器前看一看。", "terminals")


def _posts(center: Center, session: Session, today: date, member: Member) -> Iterator[Alert]:
    """Told before it is an event (R3.3, R9): today's and tomorrow's posts with nobody there."""
    for day, word in ((today, "今天"), (today + timedelta(days=1), "明天")):
        for post in unattended(center, session, day):
            yield Alert("people", f"{word}“{post.window} {post.name}”A 岗和 B 岗都不在，请安排人顶岗。", "duty")


def _unchecked(kind: CheckKind) -> Look:
    def look(center: Center, session: Session, today: date, member: Member) -> Iterator[Alert]:
        if center.calendar.is_working(today) is not False and signed_on(center, session, today, kind) is None:
            yield Alert("eye", f"今天的{CHECKS[kind].name}还没有签。", "checks")

    return look


def _unreported(center: Center, session: Session, today: date, member: Member) -> Iterator[Alert]:
    """An overdue case is reported in writing (R4.5)."""
    reported = select(Report.subject_id).where(Report.township_id == center.township_id, Report.subject_id.is_not(None))
    number = session.scalar(
        select(func.count())
        .select_from(Case)
        .where(Case.township_id == center.township_id, Case.state.in_(IN_HAND), Case.due_on < today, Case.id.not_in(reported))
    )
    if number:
        yield Alert("form", f"{number} 件超期办件还没有写书面报告。", "reports")


def _unread(center: Center, session: Session, today: date, member: Member) -> Iterator[Alert]:
    read = select(ReportReading.report_id).where(ReportReading.staff_id == member.id)
    number = session.scalar(
        select(func.count()).select_from(Report).where(Report.township_id == center.township_id, Report.id.not_in(read))
    )
    if number:
        yield Alert("mail", f"{number} 份书面报告等您签阅。", "reports")


def _to_judge(states: tuple[EventState, ...], words: str) -> Look:
    def look(center: Center, session: Session, today: date, member: Member) -> Iterator[Alert]:
        number = session.scalar(
            select(func.count())
            .select_from(AccountabilityEvent)
            .where(AccountabilityEvent.township_id == center.township_id, AccountabilityEvent.state.in_(states), visible(member))
        )
        if number:
            yield Alert("alert", f"{number} 条责任追究{words}。", "accountability")

    return look


#: Whom each concerns: one of these rights is enough.
_LOOKS: tuple[tuple[Look, tuple[Right, ...]], ...] = (
    (_unchecked(CheckKind.CASES), (Right.CHECK_CASES,)),
    (_unchecked(CheckKind.PROGRESS), (Right.CHECK_PROGRESS,)),
    (_unreported, (Right.WRITE_OVERDUE_REPORTS,)),
    (_unread, (Right.READ_OVERDUE_REPORTS,)),
    (_to_judge((EventState.REPORTED,), "等您核实"), (Right.VERIFY_ACCOUNTABILITY,)),
    (_to_judge((EventState.VERIFIED, EventState.DECIDED, EventState.HEARD), "等镇里处理"), (Right.DECIDE_ACCOUNTABILITY,)),
    (_posts, (Right.MANAGE_DUTY,)),
    (_undated, (Right.SEE_CASES, Right.CHECK_PROGRESS)),
    (_unlimited, (Right.SEE_CASES, Right.CHECK_PROGRESS)),
    (_complaints_undated, (Right.HANDLE_COMPLAINTS, Right.CHECK_CASES)),
    (_calendar, (Right.IMPORT_CALENDAR,)),
    (_silent, (Right.SEE_TERMINALS,)),
)


def alerts(center: Center, member: Member) -> tuple[Alert, ...]:
    """What concerns this member, the most pressing first."""
    today = center.clock.now().date()
    with center.database.reading() as session:
        return tuple(
            alert for look, rights in _LOOKS if any(member.may(right) for right in rights) for alert in look(center, session, today, member)
        )
