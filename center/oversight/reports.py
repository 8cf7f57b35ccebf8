"""Reports in writing to the township's leaders: one overdue case (R4.5), one month's statistics with the problems seen (R6.9); and who read them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from center.catalogue import item_of
from center.center import Center, Refusal
from center.domain.application import IN_HAND
from center.domain.oversight import REPORT_PARTS
from center.domain.paper import PaperKind
from center.domain.roles import Right
from center.members import Member, require
from center.oversight.month import Month, month
from center.records import journal
from center.records.papers import Subject, issue
from center.records.writes import once
from center.store.encryption import LetGo
from center.store.tables import Case, Report, ReportReading
from kiosk.wire.documents import Block, Heading, Paragraph, Row, Rows
from kiosk.wire.masking import group_number

PAGE_ROWS = 12
MAX_PART = 1000
LET_GO = "（已按保存期限销毁）"


class ReportKind(StrEnum):
    """Which report."""

    OVERDUE = "overdue"
    STATISTICS = "statistics"


#: Who writes reports and whom they are written to: both kinds alike.
SEEN_BY = (Right.WRITE_OVERDUE_REPORTS, Right.READ_OVERDUE_REPORTS)


@dataclass(frozen=True)
class Reading:
    """A leader read it."""

    by: str
    at: datetime
    remark: str


@dataclass(frozen=True)
class ReportRow:
    """One report in the list. `unread`: it waits for this reader."""

    id: UUID
    kind: ReportKind
    number: str
    period: str
    written_at: datetime
    by: str
    paper_id: UUID
    readings: tuple[Reading, ...]
    unread: bool
    parts: Mapping[str, str]


@dataclass(frozen=True)
class OverdueCase:
    """A case past its day, in hand or completed late. `reports` were written about it."""

    id: UUID
    number: str
    item: str
    responsible: str
    due_on: date
    completed_on: date | None
    days: int
    reports: int


def overdue_cases(center: Center, member: Member) -> tuple[OverdueCase, ...]:
    """Cases that want a report (R4.5): past their day and still in hand, or completed late and never reported."""
    require(member, Right.WRITE_OVERDUE_REPORTS)
    today = center.clock.now().date()
    with center.database.reading() as session:
        written: dict[UUID | None, int] = dict(
            session.execute(
                select(Report.subject_id, func.count())
                .where(Report.township_id == center.township_id, Report.kind == ReportKind.OVERDUE)
                .group_by(Report.subject_id)
            ).all()
        )
        late = (Case.state.in_(IN_HAND) & (Case.due_on < today)) | (Case.completed_on > Case.due_on)
        rows = session.scalars(select(Case).where(Case.township_id == center.township_id, late).order_by(Case.due_on, Case.case_number))
        return tuple(
            OverdueCase(
                case.id,
                case.case_number,
                item_of(case.item).task_name,
                f"{case.responsible.window} {case.responsible.name}".strip() if case.responsible else "",
                case.due_on,
                case.completed_on,
                ((case.completed_on or today) - case.due_on).days,
                written.get(case.id, 0),
            )
            for case in rows
            if case.due_on is not None and (case.completed_on is None or case.id not in written)
        )


def _find_overdue(center: Center, session: Session, case_id: UUID) -> Case:
    case = session.scalar(select(Case).where(Case.id == case_id, Case.township_id == center.township_id))
    today = center.clock.now().date()
    if case is None or case.due_on is None or (case.completed_on or today) <= case.due_on:
        raise Refusal("case_unknown", "这个办件没有超期，不用写超期报告。请从超期清单重新选择。")
    return case


def overdue_case(center: Center, member: Member, case_id: UUID) -> OverdueCase:
    """The case to write about. Raises Refusal if it is not overdue."""
    require(member, Right.WRITE_OVERDUE_REPORTS)
    with center.database.reading() as session:
        _find_overdue(center, session, case_id)
    found = next((case for case in overdue_cases(center, member) if case.id == case_id), None)
    if found is None:
        raise Refusal("case_unknown", "这个办件的超期报告已经写过了。可以在下面的清单里查看。")
    return found


def _faults(parts: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    missing = {part: f"请写明{name}" for part, name in names.items() if not parts.get(part, "").strip()}
    return missing | {part: f"最多 {MAX_PART} 个字" for part in names if len(parts.get(part, "")) > MAX_PART}


def write_overdue_report(center: Center, member: Member, key: UUID, case_id: UUID, parts: Mapping[str, str]) -> UUID:
    """The head's report on one overdue case: what happened, why, what was done about it (R4.5). Returns the paper. Raises Refusal."""
    require(member, Right.WRITE_OVERDUE_REPORTS)
    faults = _faults(parts, REPORT_PARTS)
    if faults:
        raise Refusal("report_incomplete", "三项都要写：发生了什么、为什么、做了什么。", faults)

    def act(session: Session) -> tuple[UUID, str]:
        case = _find_overdue(center, session, case_id)
        assert case.due_on is not None, "it is overdue"
        today = center.clock.now().date()
        rows = (
            Row(label="办件编号", value=group_number(case.case_number), strong=True),
            Row(label="事项", value=item_of(case.item).task_name),
            Row(label="责任人", value=f"{case.responsible.window} {case.responsible.name}".strip() if case.responsible else "无人收件"),
            Row(label="应办结日", value=_words(case.due_on)),
            Row(label="超期天数", value=f"{((case.completed_on or today) - case.due_on).days} 天"),
            Row(label="现在", value=f"{_words(case.completed_on)}办结" if case.completed_on else "仍未办结"),
        )
        said = [block for part, name in REPORT_PARTS.items() for block in (Heading(text=name), Paragraph(text=parts[part].strip()))]
        paper = issue(center, session, PaperKind.OVERDUE_REPORT, Subject.CASE, case.id, (Rows(rows=rows), *said), member)
        _keep(
            center,
            session,
            member,
            ReportKind.OVERDUE,
            case.id,
            case.case_number,
            "",
            {p: parts[p].strip() for p in REPORT_PARTS},
            paper.id,
        )
        return paper.id, "{}"

    return once(center, "overdue_report", key, {"case": str(case_id)} | dict(parts), act).subject_id


def write_statistics_report(center: Center, member: Member, key: UUID, first: date, problems: str) -> UUID:
    """The month's statistics with the problems seen, to the township's leaders (R6.9). Returns the paper. Raises Refusal."""
    require(member, Right.WRITE_OVERDUE_REPORTS)
    faults = _faults({"problems": problems}, {"problems": "发现的问题；没有发现的也写明"})
    if faults:
        raise Refusal("report_incomplete", "统计要连同发现的问题一起报。", faults)
    if first > center.clock.now().date():
        raise Refusal("report_incomplete", "这个月还没有开始。", {"problems": "请选择已经开始的月份"})
    numbers = month(center, first)

    def act(session: Session) -> tuple[UUID, str]:
        paper = issue(
            center, session, PaperKind.STATISTICS, Subject.CENTER, None, _month_blocks(numbers, problems.strip()), member, numbers.title
        )
        _keep(center, session, member, ReportKind.STATISTICS, None, "", numbers.period, {"problems": problems.strip()}, paper.id)
        return paper.id, "{}"

    return once(center, "statistics", key, {"month": numbers.period, "problems": problems}, act).subject_id


def _month_blocks(numbers: Month, problems: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for heading, lines in numbers.groups:
        blocks += [Heading(text=heading), Rows(rows=tuple(Row(label=name, value=str(number)) for name, number in lines))]
    if numbers.paces:
        rows = tuple(Row(label=pace.name, value=pace.words) for pace in numbers.paces)
        blocks += [Heading(text="办理用时"), Rows(rows=rows)]
    return (*blocks, Heading(text="发现的问题"), Paragraph(text=problems))


def _keep(
    center: Center,
    session: Session,
    member: Member,
    kind: ReportKind,
    subject_id: UUID | None,
    number: str,
    period: str,
    parts: Mapping[str, str],
    paper_id: UUID,
) -> None:
    report_id = uuid4()
    session.add(
        Report(
            id=report_id,
            township_id=center.township_id,
            kind=kind,
            subject_id=subject_id,
            number=number,
            period=period,
            content=center.cipher.seal("reports", "content", report_id, json.dumps(dict(parts), ensure_ascii=False).encode()),
            written_at=center.clock.now(),
            staff_id=member.id,
            by=member.words,
            paper_id=paper_id,
        )
    )
    journal.record(center, session, f"report.{kind}", member, "report", report_id, {"number": number, "period": period})


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


# ------------------------------------------------------------------ the inbox


@dataclass(frozen=True)
class Inbox:
    """One page of reports, the newest first; `unread` counts those that wait for this reader."""

    rows: tuple[ReportRow, ...]
    page: int
    pages: int
    unread: int


def inbox(center: Center, member: Member, page: int) -> Inbox:
    """The reports that the member writes or reads. Raises Refusal."""
    require(member, *SEEN_BY)
    mine = Report.township_id == center.township_id
    with center.database.reading() as session:
        total = session.scalar(select(func.count()).select_from(Report).where(mine)) or 0
        pages = max(1, -(-total // PAGE_ROWS))
        page = min(max(1, page), pages)
        rows = session.scalars(
            select(Report).where(mine).order_by(Report.written_at.desc(), Report.id).limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS)
        ).all()
        read = set(session.scalars(select(ReportReading.report_id).where(ReportReading.staff_id == member.id)))
        waiting = set(session.scalars(select(Report.id).where(mine))) - read if member.may(Right.READ_OVERDUE_REPORTS) else set()
        return Inbox(tuple(_row(center, session, member, row) for row in rows), page, pages, len(waiting))


def find_report(center: Center, member: Member, report_id: UUID) -> ReportRow:
    """One report. Raises Refusal."""
    require(member, *SEEN_BY)
    with center.database.reading() as session:
        return _row(center, session, member, _report(center, session, report_id))


def _report(center: Center, session: Session, report_id: UUID) -> Report:
    row = session.scalar(select(Report).where(Report.id == report_id, Report.township_id == center.township_id))
    if row is None:
        raise Refusal("report_unknown", "没有找到这份报告，可能不在您的职责范围内。请从列表重新打开。")
    return row


def _row(center: Center, session: Session, member: Member, row: Report) -> ReportRow:
    readings = session.scalars(select(ReportReading).where(ReportReading.report_id == row.id).order_by(ReportReading.read_at)).all()
    try:
        parts = json.loads(center.cipher.open("reports", "content", row.id, row.content))
    except LetGo:
        parts = {"problems": LET_GO}
    return ReportRow(
        row.id,
        ReportKind(row.kind),
        row.number,
        row.period,
        row.written_at,
        row.by,
        row.paper_id,
        tuple(Reading(each.by, each.read_at, _remark(center, each)) for each in readings),
        member.may(Right.READ_OVERDUE_REPORTS) and all(each.staff_id != member.id for each in readings),
        parts,
    )


def _remark(center: Center, reading: ReportReading) -> str:
    try:
        return center.cipher.open("report_readings", "remark", reading.id, reading.remark).decode()
    except LetGo:
        return LET_GO


def mark_read(center: Center, member: Member, report_id: UUID, remark: str) -> None:
    """A leader of the township has read it and says something about it, or nothing (R4.5, R6.9). Once each. Raises Refusal."""
    require(member, Right.READ_OVERDUE_REPORTS)
    if len(remark) > MAX_PART:
        raise Refusal("report_incomplete", f"意见最多 {MAX_PART} 个字。", {"remark": f"最多 {MAX_PART} 个字"})
    read_before = Refusal("report_read", "您已经签阅过这份报告了，意见没有重复记录。")
    try:
        with center.database.writing() as session:
            row = _report(center, session, report_id)
            if session.scalar(select(ReportReading.id).where(ReportReading.report_id == row.id, ReportReading.staff_id == member.id)):
                raise read_before
            reading_id = uuid4()
            session.add(
                ReportReading(
                    id=reading_id,
                    township_id=center.township_id,
                    report_id=row.id,
                    staff_id=member.id,
                    by=member.words,
                    read_at=center.clock.now(),
                    remark=center.cipher.seal("report_readings", "remark", reading_id, remark.encode()),
                )
            )
            journal.record(center, session, "report.read", member, "report", row.id, {"kind": row.kind})
    except IntegrityError:
        raise read_before from None
