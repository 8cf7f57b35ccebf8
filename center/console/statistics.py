"""One month in numbers (R6.9): on screen and on paper, as a table to take away, and as the head's report with the problems seen."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from center.center import Refusal
from center.console.checks import key_of, month_asked
from center.console.dashboard import WIDE, paces_plot
from center.console.forms import fault_words
from center.console.guard import PATH, Posting, Visit, Visiting
from center.console.pages import HEADERS, page
from center.domain.roles import Right
from center.members import require
from center.oversight.export import export_cases, export_month
from center.oversight.month import month as month_of
from center.oversight.reports import MAX_PART, write_statistics_report
from center.oversight.statistics import months_until

router = APIRouter(prefix=f"{PATH}/statistics")

_MONTHS = 12


@router.get("")
def statistics(who: Visiting, request: Request, month: str = "") -> Response:
    """The month's numbers."""
    return _page(who, request, month_asked(who, month), "", "", None)


def _page(who: Visit, request: Request, first: date, problems: str, key: str, refusal: Refusal | None) -> Response:
    require(who.member, Right.SEE_STATISTICS)
    today = who.center.clock.now().date()
    numbers = month_of(who.center, first)
    return page(
        request,
        "oversight/statistics",
        who,
        422 if refusal else 200,
        month=numbers,
        months=months_until(today, _MONTHS)[::-1],
        plot=paces_plot("paces", "办结用时与承诺时限", numbers.paces, WIDE),
        whole=first.replace(day=1) < today.replace(day=1),
        today=today,
        begins=today - timedelta(days=29),
        writes=who.member.may(Right.WRITE_OVERDUE_REPORTS),
        exports_cases=who.member.may(Right.EXPORT_CASES),
        problems=problems,
        key=key or uuid4(),
        max_part=MAX_PART,
        **fault_words(refusal),
    )


@router.post("")
def report(sent: Posting, request: Request) -> Response:
    """To the township's leaders, with the problems seen."""
    who, problems = sent.visit, sent.text("problems")
    first = month_asked(who, sent.text("month"))
    try:
        paper_id = write_statistics_report(who.center, who.member, key_of(sent), first, problems)
    except Refusal as refusal:
        if refusal.code != "report_incomplete":
            raise
        return _page(who, request, first, problems, sent.text("key"), refusal)
    return RedirectResponse(f"{PATH}/papers/{paper_id}", 303)


def _file(content: bytes, name: str) -> Response:
    kept = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=HEADERS | kept)


# An export is an act that is journalled, so it is sent as a form and never followed as a link.
@router.post("/export")
def take_month(sent: Posting) -> Response:
    """The month as a table."""
    first = month_asked(sent.visit, sent.text("month"))
    return _file(export_month(sent.visit.center, sent.visit.member, first), f"statistics-{first:%Y-%m}")


@router.post("/export/cases")
def take_cases(sent: Posting) -> Response:
    """The cases of some days as a table, identity masked."""
    require(sent.visit.member, Right.EXPORT_CASES)
    first, last = sent.day("first"), sent.day("last")
    if first is None or last is None:
        raise Refusal("export_range", "请选择开始和结束日期，一次最多导出一年。")
    return _file(export_cases(sent.visit.center, sent.visit.member, first, last), f"cases-{first}-{last}")
