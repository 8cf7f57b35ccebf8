"""What leaves the center as a table: cases with masked identity, a month's figures as counts. Never a complaint's identity. Each export is journalled."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select

from center.casework.dossier import applicant_of
from center.catalogue import item_of
from center.center import Center, Refusal
from center.domain.application import STATE_LABELS, ApplicationState
from center.domain.roles import Right
from center.members import Member, require
from center.oversight.month import month
from center.oversight.statistics import day_start
from center.records import journal
from center.store.encryption import LetGo
from center.store.tables import Case
from kiosk.wire.masking import group_number, mask_name, mask_number

#: A year and a day: more is asked for in parts.
_LONGEST = timedelta(days=366)
#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_CASE_COLUMNS = (
    "办件编号",
    "事项",
    "申请人",
    "证件号码",
    "提交日期",
    "状态",
    "窗口",
    "首问责任人",
    "职能单位",
    "受理日期",
    "应办结日期",
    "办结日期",
    "通知日期",
    "退回次数",
)


def safe(value: object) -> str:
    """A cell that no spreadsheet runs as a formula."""
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    # Some take away spaces at the beginning first.
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def _table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """UTF-8 with its mark at the beginning, so that spreadsheets read the Chinese, and lines as RFC 4180 ends them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(cell) for cell in header])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def export_cases(center: Center, member: Member, first: date, last: date) -> bytes:
    """Cases filed from `first` to `last`, identity masked. Raises Refusal."""
    require(member, Right.EXPORT_CASES)
    if not first <= last <= first + _LONGEST:
        raise Refusal("export_range", "请选择开始和结束日期，一次最多导出一年。")
    with center.database.reading() as session:
        cases = session.scalars(
            select(Case)
            .where(
                Case.township_id == center.township_id,
                Case.filed_at >= day_start(first),
                Case.filed_at < day_start(last + timedelta(days=1)),
            )
            .order_by(Case.filed_at, Case.case_number)
        ).all()
        content = _table(_CASE_COLUMNS, [_case_row(center, case) for case in cases])
    with center.database.writing() as session:
        detail = {"first": first.isoformat(), "last": last.isoformat(), "rows": len(cases)}
        journal.record(center, session, "export.cases", member, detail=detail)
    return content


def _case_row(center: Center, case: Case) -> tuple[object, ...]:
    try:
        applicant = applicant_of(center, case)
        name, number = mask_name(applicant.name), mask_number(applicant.number)
    except LetGo:
        name = number = "已按保存期限销毁"
    return (
        # In groups as everywhere: a spreadsheet would make 2.03E+11 of twelve digits.
        group_number(case.case_number),
        item_of(case.item).task_name,
        name,
        number,
        case.filed_at.date(),
        STATE_LABELS[ApplicationState(case.state)],
        case.window,
        case.responsible.name if case.responsible else "",
        case.department,
        case.accepted_on,
        case.due_on or (case.due_note and "待定"),
        case.completed_on,
        case.notified_on,
        case.returns,
    )


def export_month(center: Center, member: Member, first: date) -> bytes:
    """One month's figures: counts only, complaints among them as numbers (R6.8, R6.9). Raises Refusal."""
    require(member, Right.SEE_STATISTICS)
    numbers = month(center, first)
    rows: list[tuple[object, ...]] = [(heading, name, count) for heading, lines in numbers.groups for name, count in lines]
    rows += [("办理用时", pace.name, pace.words) for pace in numbers.paces]
    with center.database.writing() as session:
        journal.record(center, session, "export.statistics", member, detail={"month": numbers.period})
    return _table((numbers.title, "项目", "数量"), rows)
