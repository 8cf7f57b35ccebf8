"""Reports in writing (R4.5, R6.9): the head writes about overdue cases; the township's leaders read and remark."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from center.center import Refusal
from center.console.checks import key_of
from center.console.forms import entered_words, fault_words, with_blanks
from center.console.guard import PATH, Posting, Visit, Visiting
from center.console.pages import page
from center.domain.oversight import REPORT_PARTS
from center.domain.roles import Right
from center.members import require
from center.oversight.reports import (
    MAX_PART,
    ReportKind,
    find_report,
    inbox,
    mark_read,
    overdue_case,
    overdue_cases,
    write_overdue_report,
)

router = APIRouter(prefix=f"{PATH}/reports")

RIGHTS = (Right.WRITE_OVERDUE_REPORTS, Right.READ_OVERDUE_REPORTS)
KIND_NAMES = {ReportKind.OVERDUE: "超期办件书面报告", ReportKind.STATISTICS: "政务服务统计报告"}

_HINTS = {
    "happened": "受理、移交、办理到了哪一步，超期几天。",
    "cause": "为什么没有按时办结。",
    "done": "已经做了什么，什么时候办结，怎样避免再发生。",
}


@router.get("")
def reports(who: Visiting, request: Request, page_number: int = 1) -> Response:
    """For the head the overdue cases to write about; for the leaders what was written."""
    require(who.member, *RIGHTS)
    writes = who.member.may(Right.WRITE_OVERDUE_REPORTS)
    return page(
        request,
        "oversight/reports",
        who,
        writes=writes,
        overdue=overdue_cases(who.center, who.member) if writes else (),
        inbox=inbox(who.center, who.member, page_number),
        kinds=KIND_NAMES,
    )


@router.get("/new/{case_id}")
def new(who: Visiting, request: Request, case_id: UUID) -> Response:
    """The form for one overdue case."""
    return _form(who, request, case_id, {}, None)


def _form(who: Visit, request: Request, case_id: UUID, entered: Mapping[str, str], refusal: Refusal | None) -> Response:
    return page(
        request,
        "oversight/report_form",
        who,
        422 if refusal else 200,
        case=overdue_case(who.center, who.member, case_id),
        parts=[(part, name, _HINTS[part]) for part, name in REPORT_PARTS.items()],
        key=entered.get("key") or uuid4(),
        entered=with_blanks(entered),
        max_part=MAX_PART,
        **fault_words(refusal),
    )


@router.post("/new/{case_id}")
def write(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Write it (R4.5)."""
    who = sent.visit
    entered = entered_words(sent, (*REPORT_PARTS, "key"))
    try:
        paper_id = write_overdue_report(who.center, who.member, key_of(sent), case_id, {part: entered[part] for part in REPORT_PARTS})
    except Refusal as refusal:
        if refusal.code != "report_incomplete":
            raise
        return _form(who, request, case_id, entered, refusal)
    return RedirectResponse(f"{PATH}/papers/{paper_id}", 303)


@router.get("/{report_id}")
def see(who: Visiting, request: Request, report_id: UUID) -> Response:
    """One report with what its readers said."""
    return _report(who, request, report_id, "", None)


def _report(who: Visit, request: Request, report_id: UUID, remark: str, refusal: Refusal | None) -> Response:
    report = find_report(who.center, who.member, report_id)
    names = REPORT_PARTS | {"problems": "发现的问题"}
    return page(
        request,
        "oversight/report",
        who,
        422 if refusal else 200,
        report=report,
        title=KIND_NAMES[report.kind],
        names=names,
        remark=remark,
        max_part=MAX_PART,
        **fault_words(refusal),
    )


@router.post("/{report_id}/read")
def read(sent: Posting, request: Request, report_id: UUID) -> Response:
    """Marked as read, with a remark or without."""
    who = sent.visit
    remark = sent.text("remark")
    try:
        mark_read(who.center, who.member, report_id, remark)
    except Refusal as refusal:
        if refusal.code != "report_incomplete":
            raise
        return _report(who, request, report_id, remark, refusal)
    return RedirectResponse(f"{PATH}/reports/{report_id}", 303)
