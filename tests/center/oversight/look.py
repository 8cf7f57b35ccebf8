"""Pictures of oversight's pages with a month of data: `python -m tests.center.oversight.look DIRECTORY`. Not a test."""

from __future__ import annotations

import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import sync_playwright
from sqlalchemy import select

from center.center import Center
from center.domain.accountability import EventAct
from center.members import Member
from center.oversight.checklist import lines_to_check
from center.oversight.checks import sign_check, sign_progress
from center.oversight.events import list_events
from center.oversight.judging import take_step
from center.oversight.reports import inbox, overdue_cases, write_overdue_report
from center.oversight.watch import raise_findings
from center.people.accounts import add_staff
from center.store.tables import Staff
from tests.center.oversight.month_of_data import seed
from tests.center.place import MORNING, PASSWORD, MovableClock, add_wang_min, listening, make_center

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
_STAFF = (
    ("zhouhong", "周红", "center_head", ""),
    ("sunjie", "孙杰", "center_leader", ""),
    ("maqiang", "马强", "township_leader", ""),
    ("guancha", "冯远", "district_observer", ""),
    ("qianmei", "钱梅", "complaint_officer", ""),
    ("admin", "孙伟", "administrator", ""),
)
#: Whose eyes, which page, and the name of the picture.
_PAGES = (
    ("zhouhong", "reports/new/{overdue}", "report-form"),
    ("zhouhong", "accountability/{reported}", "event-reported"),
    ("maqiang", "accountability/{verified}", "event-verified"),
    ("maqiang", "reports/{report}", "report"),
    ("zhouhong", "papers/{paper}", "paper-check"),
    ("zhouhong", "dashboard", "dashboard-head"),
    ("zhouhong", "checks", "checks"),
    ("zhouhong", "reports", "reports"),
    ("zhouhong", "accountability", "accountability"),
    ("zhouhong", "accountability/new", "accountability-new"),
    ("zhouhong", "statistics", "statistics"),
    ("sunjie", "checks", "progress"),
    ("maqiang", "reports", "inbox"),
    ("guancha", "dashboard", "dashboard-observer"),
    ("guancha", "statistics", "statistics-observer"),
    ("admin", "dashboard", "dashboard-admin"),
    ("qianmei", "accountability", "accountability-officer"),
    ("wangmin", "accountability", "accountability-window"),
)


def prepare(center: Center) -> dict[str, object]:
    """Some days' checks, a report and two events on their way."""
    with center.database.reading() as session:
        staff = {row.login: row for row in session.scalars(select(Staff))}
    by_id = {row.id: Member(row.id, row.login, row.name, row.roles, row.window) for row in staff.values()}
    zhou, sun = (
        Member(staff[login].id, login, staff[login].name, staff[login].roles, staff[login].window) for login in ("zhouhong", "sunjie")
    )
    clock = center.clock
    assert isinstance(clock, MovableClock)
    paper = None
    for days in (5, 4, 1):
        clock.at = MORNING - timedelta(days=days)
        with center.database.reading() as session:
            lines = lines_to_check(center, session)
        notes = {lines[0].case_id: "已催办，明天上午办结。"} if lines else {}
        paper = sign_check(center, zhou, uuid4(), frozenset(line.case_id for line in lines), notes, "")
        if days > 1:
            sign_progress(center, sun, uuid4(), "请各窗口抓紧。")
    clock.at = MORNING
    late = overdue_cases(center, zhou)
    parts = {
        "happened": "受理后资料在职能单位停留两天。",
        "cause": "经办人出差，B 岗没有及时接手。",
        "done": "已由 B 岗接手，今天下午办结。",
    }
    write_overdue_report(center, zhou, uuid4(), late[0].id, parts)
    events = [row for page in (1, 2) for row in list_events(center, zhou, page).rows]
    first, second = [row for row in events if row.window][:2]
    for row, steps in ((first, 1), (second, 2)):
        assert row.responsible_id is not None
        take_step(center, by_id[row.responsible_id], row.id, 1, EventAct.REPORT, "当天下班前漏看一件，次日上午补办，已向申请人说明并致歉。")
        if steps > 1:
            take_step(center, zhou, row.id, 2, EventAct.VERIFY, "查阅操作日志和办件经过，情况属实。")
    return {
        "overdue": late[1].id,
        "reported": first.id,
        "verified": second.id,
        "report": inbox(center, zhou, 1).rows[0].id,
        "paper": paper,
    }


def main(out: Path, wanted: str = "") -> None:
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory:
        center = make_center(Path(directory))
        add_wang_min(center)
        for login, name, roles, window in _STAFF:
            add_staff(center, login, name, roles, window, PASSWORD)
        seed(center)
        raise_findings(center)
        known = prepare(center)
        with listening(center) as url, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=_ARGUMENTS)
            for login in dict.fromkeys(login for login, _, _ in _PAGES):
                context = browser.new_context(viewport={"width": 1366, "height": 768})
                page = context.new_page()
                page.on("console", lambda message: print("console:", message.text))
                page.goto(url)
                page.fill("#login", login)
                page.fill("#password", PASSWORD)
                page.press("#password", "Enter")
                page.wait_for_load_state("networkidle")
                for who, path, name in _PAGES:
                    if who == login and wanted in name:
                        answer = page.goto(f"{url}/console/{path.format(**known)}")
                        page.wait_for_load_state("networkidle")
                        page.screenshot(path=out / f"{name}.png", full_page=True)
                        print(name, answer.status if answer else "", page.evaluate("document.documentElement.scrollWidth"))
                context.close()
            browser.close()
        center.database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
