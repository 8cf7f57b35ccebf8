"""The overview of oversight: figures, alerts, counters and plots, each as far as the visitor's roles go."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from center.console.guard import PATH, Visiting
from center.console.navigation import may_open
from center.console.pages import page
from center.console.plots import Measured, Plot, Series, against_limits, bars, columns
from center.domain.accountability import CAUSES
from center.domain.application import limit_words
from center.domain.complaint import FINDING_NAMES, MATTER_NAMES
from center.domain.roles import Right
from center.members import require
from center.oversight.alerts import alerts
from center.oversight.counters import counters
from center.oversight.events import sees_all
from center.oversight.statistics import DAYS_SHOWN, Figures, Pace, Share, figures
from center.services.ratings import LEVEL_NAMES

router = APIRouter(prefix=PATH)

#: Who has the page; without SEE_STATISTICS it holds the alerts alone.
RIGHTS = (Right.SEE_STATISTICS, Right.IMPORT_CALENDAR, Right.SEE_TERMINALS)

#: How wide a plot across the page is drawn.
WIDE = 1150
#: So many lines a plot has at most; the table in the statistics has all.
_LINES = 8


@router.get("/dashboard")
def dashboard(who: Visiting, request: Request) -> Response:
    """Everything at a glance. A district observer sees numbers and no names; who keeps the machine sees what it needs."""
    require(who.member, *RIGHTS)
    member = who.member
    statistics = member.may(Right.SEE_STATISTICS)
    found = alerts(who.center, member)
    return page(
        request,
        "oversight/dashboard",
        who,
        alerts=[(each, may_open(member, each.path)) for each in found],
        figures=(numbers := figures(who.center)) if statistics else None,
        plots=plots(numbers) if statistics else (),
        counters=counters(who.center, member) if statistics and sees_all(member) else None,
        days=DAYS_SHOWN,
    )


def plots(numbers: Figures) -> tuple[Plot, ...]:
    """The drawings, in the order of the page."""
    filed = columns(
        "filed",
        f"近 {DAYS_SHOWN} 天收到的申请",
        [f"{day.month}/{day.day}" for day, _, _ in numbers.filed],
        [Series("收到", tuple(number for _, number, _ in numbers.filed))],
        width=WIDE,
        height=230,
        shaded=[rest for _, _, rest in numbers.filed],
        every=2,
        legend="休息日",
    )
    months = columns(
        "months",
        "效能投诉（近 12 个月）",
        [f"{int(month[5:])}月" for month, _, _ in numbers.complaint_months],
        [
            Series("其他", tuple(came - true for _, came, true in numbers.complaint_months), "quiet"),
            Series("查实（含部分属实）", tuple(true for _, _, true in numbers.complaint_months), "attention"),
        ],
    )
    return (
        filed,
        shares_plot("departments", "各职能单位在办", numbers.departments),
        shares_plot("windows", "各窗口在办", numbers.windows),
        paces_plot("paces", f"近 {DAYS_SHOWN} 天办结用时与承诺时限", numbers.paces[:_LINES]),
        _accountability(numbers),
        months,
        _counts("matters", "投诉事由（近 12 个月）", [(MATTER_NAMES[matter], count) for matter, count in numbers.matters], "件"),
        _counts("findings", "投诉结论（近 12 个月）", [(FINDING_NAMES[finding], count) for finding, count in numbers.findings], "件"),
        _counts("ratings", f"近 {DAYS_SHOWN} 天群众评价", [(LEVEL_NAMES[level], count) for level, count in numbers.ratings], "次"),
    )


def shares_plot(prefix: str, title: str, shares: Sequence[Share]) -> Plot:
    """Who has how much in hand, and how it stands."""
    shown = shares[:_LINES]
    return bars(
        prefix,
        title,
        [share.name for share in shown],
        [
            Series("时限内", tuple(share.on_course for share in shown)),
            Series("将到期", tuple(share.soon for share in shown), "good"),
            Series("超期", tuple(share.overdue for share in shown), "attention"),
            Series("待定", tuple(share.undated for share in shown), "quiet"),
        ],
    )


def paces_plot(prefix: str, title: str, paces: Sequence[Pace], width: float = 547) -> Plot:
    """How long each item took, against its limit (R4.2)."""
    return against_limits(
        prefix,
        title,
        [
            Measured(
                pace.name,
                pace.days,
                pace.limit,
                f"平均 {pace.days:.1f} 天，承诺 {limit_words(pace.limit, pace.unit)}，办结 {pace.completed} 件，超期 {pace.late} 件",
            )
            for pace in paces
        ],
        width=width,
    )


def _accountability(numbers: Figures) -> Plot:
    return bars(
        "accountability",
        "责任追究",
        [CAUSES[cause].name for cause, _, _ in numbers.accountability],
        [
            Series("办理中", tuple(opened for _, opened, _ in numbers.accountability), "attention"),
            Series("已结案", tuple(closed for _, _, closed in numbers.accountability), "quiet"),
        ],
    )


def _counts(prefix: str, title: str, counted: Sequence[tuple[str, int]], name: str) -> Plot:
    # One series has no legend: its name stands only in the table.
    return bars(prefix, title, [label for label, _ in counted], [Series(name, tuple(count for _, count in counted))])
