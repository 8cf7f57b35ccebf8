"""What the month does not leave open: fresh filings, a question to the leader, a draft, a public notice, a second factor. Done by the same hands."""

from __future__ import annotations

import html
import random
import re
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pyotp
import requests
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page
from sqlalchemy import select

from center.center import Center
from center.store.tables import Case, Complaint
from kiosk.wire.filing import Applicant, Consent, Filing, MaterialFiled
from tests.center import papers
from tests.center.month.driver import Desk, KeptTerminal, key
from tests.center.month.people import Citizen, applicants, complainants
from tests.center.place import PASSWORD, TOWNSHIP, Terminal

_NOTICES = {
    "duties": (
        "中心职责",
        "统一受理本镇的行政审批和服务事项。\n一次性告知要补的材料，按承诺的时限办结，把结果送到您手里。\n协调各职能单位核办，跟踪到底。",
    ),
    "promises": ("服务承诺", "来有迎声，问有答声，走有送声。\n夜里在终端提交的申请，第二天上班先办。"),
    "complaints": ("投诉渠道", "对我们的工作不满意，可以在自助终端投诉，也可以打电话、写信、到中心来。\n我们为您保密。"),
    "announcement": ("国庆节放假安排", "10月1日至7日放假，自助终端照常使用。"),
}
_YEAR = """year = 2027
source = "演示用的样例，不是真的安排"
holidays = [2027-01-01, 2027-02-05, 2027-02-06, 2027-02-07, 2027-02-08, 2027-02-09, 2027-02-10, 2027-02-11]
workdays = [2027-02-20]
"""


def _filing(terminal: Terminal, citizen: Citizen, item: str, at: datetime, missing: bool) -> Filing:
    pages = () if missing else tuple(terminal.upload(papers.page(f"证明 {side}")) for side in ("正面", "背面"))
    terminal.filed += 1
    return Filing(
        key=uuid4(),
        township_id=TOWNSHIP,
        terminal_id=terminal.terminal_id,
        receipt_number=f"{terminal.short_name}{at:%y%m%d}{terminal.filed:05}",
        item_code=item,
        item_version=1,
        applicant=Applicant(
            kind="resident", name=citizen.name, number=citizen.number, sex="female", nation="汉族", address=citizen.address
        ),
        consent=Consent(text_version="2026-11", given_at=at - timedelta(minutes=6)),
        values={"name": citizen.name, "id_number": citizen.number, "phone": citizen.phone},
        materials=(MaterialFiled(code="id_card"), MaterialFiled(code="proof", pages=pages, missing=missing), MaterialFiled(code="form")),
        signature=terminal.upload(papers.signature(citizen.name)),
        filed_at=at,
    )


def _case(center: Center, receipt: str) -> str:
    with center.database.reading() as session:
        return f"/console/cases/{session.scalars(select(Case.id).where(Case.receipt_number == receipt)).one()}"


def _file_cases(center: Center, desks: dict[str, Desk], terminal: Terminal) -> None:
    """One of every kind that waits: not opened, opened, returned, handed over, received, in a special procedure."""
    citizens = applicants(random.Random("pictures"))
    wang = desks["wangmin"]

    def file(item: str, missing: bool = False, before: timedelta = timedelta(minutes=9)) -> str:
        filing = _filing(terminal, next(citizens), item, center.clock.now() - before, missing)
        answer = terminal.file(filing)
        assert answer.status_code == 201, answer.text
        return _case(center, filing.receipt_number)

    def accepted(item: str) -> str:
        case = file(item)
        wang.fill(f"{case}/open", case)
        wang.fill(f"{case}/accept")
        return case

    def handed_over() -> str:
        case = accepted("LMXK")
        wang.fill(f"{case}/hand-over", **{"t.form": "1", "c.form": "1", "t.m.proof": "1", "c.m.proof": "2"})
        return case

    file("YLCB", before=timedelta(hours=11))
    file("LSJZ", missing=True, before=timedelta(hours=10, minutes=24))
    file("YLCB")
    opened = file("YLCB", missing=True)
    wang.fill(f"{opened}/open", opened)
    returned = file("SYDJ", missing=True)
    wang.fill(f"{returned}/open", returned)
    wang.fill(f"{returned}/return", **{"m.proof": "on", "mr.proof": "missing", "mn.proof": "请带结婚证，两个人都要写清"})
    decided = accepted("YLCB")
    wang.fill(
        f"{decided}/decide", outcome="granted", reasons="申请材料齐全，符合办理条件。", basis="《黑龙江省政务服务条例》第二十条", against=""
    )
    refused = file("LSJZ")
    wang.fill(f"{refused}/open", refused)
    wang.fill(
        f"{refused}/refuse",
        kind="elsewhere",
        reason="这件事由区里的部门办理。",
        other="",
        body="桃山区民政局",
        place="桃山区大同街1号",
        how="0464-1234567",
    )
    special = accepted("LMXK")
    wang.fill(f"{special}/special/begin", procedure="expert_review", expected_days="15", why="请区里的专家到现场看。")
    handed_over()
    own = handed_over().replace("/cases/", "/department/cases/")
    desks["hanxue"].fill(f"{own}/received", own, remark="")
    answered = handed_over()
    own = answered.replace("/cases/", "/department/cases/")
    desks["hanxue"].fill(f"{own}/received", own, remark="")
    desks["hanxue"].fill(
        f"{own}/opinion", agrees="yes", reasons="现场核实属实，符合条件。", survey="已到现场查看", **{"c.form": "1", "c.m.proof": "2"}
    )


def _ask_for_services(terminal: KeptTerminal) -> None:
    """Somebody has booked, somebody put words into the box."""
    citizens = applicants(random.Random("services"))
    terminal.write("/api/v1/suggestions", {"key": key(), "words": "门口的台阶结了冰，能不能撒点盐？", "contact": "13904641234"})
    for slot in terminal.call("GET", "/api/v1/bookings/free").json()["slots"][:2]:
        citizen = next(citizens)
        asked = {"key": key(), "name": citizen.name, "number": citizen.number}
        terminal.write("/api/v1/bookings", asked | {name: slot[name] for name in ("day", "window", "starts")})


def _complain(center: Center, desks: dict[str, Desk]) -> None:
    """Three complaints by phone: not decided, accepted, and one about which the leader is asked."""
    officer, citizens = desks["lifang"], complainants(random.Random("pictures"))
    for depth in range(3):
        citizen = next(citizens)
        officer.fill(
            "/console/complaints/new", channel="phone", received_on=center.clock.now().date().isoformat(), kind="person", capacity="self",
            name=citizen.name, contact=citizen.phone, number=citizen.number, matter="manners", about="", staff="", case_number="",
            window="综合窗口1号", statement="等了一个上午，问两次都没有人理。",
        )  # fmt: skip
        with center.database.reading() as session:
            row = session.scalars(select(Complaint.id).order_by(Complaint.number.desc()).limit(1)).one()
        if depth > 0:
            officer.fill(f"/console/complaints/{row}/accept")
        if depth > 1:
            officer.fill(
                f"/console/complaints/{row}/ask_consent",
                handling="direct",
                handler="",
                degree="ordinary",
                summary="反映窗口工作的问题，拟按制度办理",
            )


def _publish(desks: dict[str, Desk]) -> tuple[str, ...]:
    """Public notices, and the draft of an item. Returns where the draft stands."""
    for kind, (title, body) in _NOTICES.items():
        desks["zhouqiang"].fill("/console/notices/new", kind=kind, title=title, body=body, from_on="2026-09-14", to_on="")
    administrator = desks["guanli"]
    return (administrator.fill("/console/items/LMXK/drafts", "/console/items/LMXK"),)


def _second_factor(page: Page, out: Path) -> None:
    """The technician takes an authenticator, prints codes, signs out and in again."""

    def keep(name: str) -> None:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=out / f"factor-{name}.png", full_page=True)

    root = page.url.split("/console", maxsplit=1)[0]
    page.goto(f"{root}/console/account/factor")
    secret = re.search(r'<span class="code">([A-Z2-7 ]+)</span>', page.content())
    assert secret
    page.fill("#code", pyotp.TOTP(html.unescape(secret[1]).replace(" ", "")).now())
    page.locator("form", has=page.locator("#code")).locator("input[type=password]").fill(PASSWORD)
    page.locator("form", has=page.locator("#code")).locator("button[type=submit]").click()
    keep("1-enrolled")
    page.goto(f"{root}/console/account/factor")
    codes = page.locator("form[action$='/account/codes']")
    codes.locator("input[type=password]").fill(PASSWORD)
    codes.locator("button[type=submit]").click()
    keep("2-codes")
    page.context.clear_cookies()
    page.goto(f"{root}/console/sign-in")
    page.fill("#login", "jishu")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="登录").click()
    keep("3-code-asked")
    page.fill("#code", "000000")
    page.locator("button[type=submit]").last.click()
    keep("4-code-wrong")


def _calendar(page: Page, out: Path) -> None:
    root = page.url.split("/console", maxsplit=1)[0]
    page.goto(f"{root}/console/calendar")
    page.set_input_files("#file", {"name": "2027.toml", "mimeType": "application/toml", "buffer": _YEAR.encode()})
    page.get_by_role("button", name="先看一看").click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=out / "calendar-preview.png", full_page=True)


def set_the_stage(center: Center, desks: dict[str, Desk]) -> tuple[KeptTerminal, dict[str, tuple[str, ...]]]:
    """Do what needs no picture of itself. Returns the terminal, and addresses to visit besides those that links lead to, by login."""
    terminal = KeptTerminal(desks["wangmin"].url, "WBH-09", "T09")
    terminal.kept = requests.Session()
    terminal.register(center)
    _file_cases(center, desks, terminal)
    _ask_for_services(terminal)
    _complain(center, desks)
    return terminal, {"guanli": _publish(desks)}


def _ringing(page: Page, out: Path) -> None:
    page.goto(f"{page.url.split('/console', maxsplit=1)[0]}/console/help-calls")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=out / "help-calls-ringing.png", full_page=True)


def draw_steps(chromium: Chromium, terminal: KeptTerminal, out: Path) -> None:
    """Pages that only an act brings: a call for help, the look at a calendar, the second factor. Last, for they change every page after them."""
    url = terminal.url
    terminal.write("/api/v1/help-calls", {"key": key(), "place": "materials"}, 200)
    for login, draw in (("wangmin", _ringing), ("zhouqiang", _calendar), ("jishu", _second_factor)):
        context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        page = context.new_page()
        page.goto(f"{url}/console/sign-in")
        page.fill("#login", login)
        page.fill("#password", PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_load_state("networkidle")
        draw(page, out)
        context.close()
