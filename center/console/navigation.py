"""The console's rooms: one table of areas and pages, and who sees which. A page that is not here is reached from one that is."""

from __future__ import annotations

from dataclasses import dataclass

from center.console.guard import PATH
from center.domain.roles import Right
from center.members import Member


@dataclass(frozen=True)
class Page:
    """One page of the navigation: `path` after /console/, and the rights of which one is enough."""

    path: str
    label: str
    rights: tuple[Right, ...]


@dataclass(frozen=True)
class Area:
    """Pages that belong together. `icon` is one of parts.html; `prefixes` are paths whose pages belong here without being listed."""

    label: str
    icon: str
    pages: tuple[Page, ...]
    prefixes: tuple[str, ...] = ()


AREAS: tuple[Area, ...] = (
    Area(
        "办件",
        "inbox",
        (
            Page("intake", "待受理", (Right.SEE_CASES,)),
            Page("mine", "我的办件", (Right.HANDLE_CASES,)),
            Page("due", "在办", (Right.SEE_CASES,)),
            Page("returned", "已退回", (Right.SEE_CASES,)),
            Page("course", "移交与办结", (Right.SEE_CASES,)),
            Page("feedback", "监管反馈", (Right.SEE_CASES,)),
            Page("window", "本窗口", (Right.SEE_CASES,)),
            Page("search", "查找", (Right.SEE_CASES,)),
        ),
        ("cases",),
    ),
    Area(
        "投诉",
        "speech",
        (
            Page("complaints", "投诉登记簿", (Right.HANDLE_COMPLAINTS,)),
            Page("complaints/new", "登记投诉", (Right.HANDLE_COMPLAINTS,)),
            Page("consents", "待我同意", (Right.GIVE_CONSENT,)),
        ),
    ),
    Area(
        "核办",
        "form",
        (
            Page("department/waiting", "待核办", (Right.SEE_DEPARTMENT_CASES,)),
            Page("department/returned", "已返回", (Right.SEE_DEPARTMENT_CASES,)),
            Page("department/supervised", "监管中", (Right.SEE_DEPARTMENT_CASES,)),
        ),
        ("department",),
    ),
    Area(
        "监督",
        "eye",
        (
            Page("dashboard", "总览", (Right.SEE_STATISTICS, Right.IMPORT_CALENDAR, Right.SEE_TERMINALS)),
            Page("checks", "每日检查", (Right.CHECK_CASES, Right.CHECK_PROGRESS, Right.READ_OVERDUE_REPORTS)),
            Page("reports", "超期报告", (Right.WRITE_OVERDUE_REPORTS, Right.READ_OVERDUE_REPORTS)),
            Page("accountability", "责任追究", (Right.SEE_ACCOUNTABILITY, Right.HANDLE_COMPLAINTS)),
            Page("statistics", "统计", (Right.SEE_STATISTICS,)),
            Page("journal", "操作日志", (Right.SEE_AUDIT,)),
        ),
    ),
    Area(
        "服务",
        "bell",
        (
            Page("bookings", "预约", (Right.SEE_BOOKINGS,)),
            Page("help-calls", "求助", (Right.ANSWER_HELP_CALLS,)),
            Page("ratings", "评价", (Right.SEE_RATINGS,)),
            Page("suggestions", "意见箱", (Right.ANSWER_SUGGESTIONS,)),
        ),
    ),
    Area("用印", "seal", (Page("seal", "用印台账", (Right.SEE_SEAL_LEDGER,)),), ("papers",)),
    Area(
        "公开",
        "board",
        (
            Page("items", "事项", (Right.EDIT_ITEMS, Right.CONFIRM_ITEMS)),
            Page("notices", "公示", (Right.EDIT_NOTICES,)),
            Page("duty", "值班", tuple(Right)),
        ),
    ),
    Area(
        "管理",
        "gear",
        (
            Page("staff", "人员", (Right.MANAGE_STAFF,)),
            Page("calendar", "日历", (Right.IMPORT_CALENDAR,)),
            Page("terminals", "终端", (Right.SEE_TERMINALS,)),
        ),
    ),
)


@dataclass(frozen=True)
class Link:
    """A place to go to. `current`: we are there."""

    href: str
    label: str
    icon: str
    current: bool


def _path_of(address: str) -> str:
    return address.removeprefix(PATH).strip("/")


def _under(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(f"{prefix}/")


def may_open(member: Member, path: str) -> bool:
    """Whether the page at `path` is in the member's navigation."""
    return any(page.path == path and any(member.may(right) for right in page.rights) for area in AREAS for page in area.pages)


def home(member: Member) -> str | None:
    """The address of the first page the member may see, or None."""
    return next((f"{PATH}/{page.path}" for area in AREAS for page in area.pages if any(member.may(right) for right in page.rights)), None)


def rail(member: Member, address: str) -> tuple[Link, ...]:
    """The areas of which the member may see a page, each leading to its first."""
    path = _path_of(address)
    links = []
    for area in AREAS:
        open_pages = [page for page in area.pages if any(member.may(right) for right in page.rights)]
        if open_pages:
            current = any(_under(path, prefix) for prefix in (*area.prefixes, *(page.path for page in area.pages)))
            links.append(Link(f"{PATH}/{open_pages[0].path}", area.label, area.icon, current))
    return tuple(links)


def tabs(member: Member, address: str) -> tuple[Link, ...]:
    """The pages of the area that `address` is in, as far as the member may see them; none if it is only one."""
    path = _path_of(address)
    for area in AREAS:
        if any(_under(path, prefix) for prefix in (*area.prefixes, *(page.path for page in area.pages))):
            open_pages = [page for page in area.pages if any(member.may(right) for right in page.rights)]
            here = max((page.path for page in open_pages if _under(path, page.path)), key=len, default="")
            return (
                tuple(Link(f"{PATH}/{page.path}", page.label, "", page.path == here) for page in open_pages) if len(open_pages) > 1 else ()
            )
    return ()
