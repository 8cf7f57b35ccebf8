"""Pictures of oversight's pages with a month of data: `python -m tests.center.oversight.look DIRECTORY`. Not a test."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from center.oversight.watch import raise_findings
from center.people.accounts import add_staff
from tests.center.oversight.month_of_data import seed
from tests.center.place import PASSWORD, add_wang_min, listening, make_center

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


def main(out: Path, wanted: str = "") -> None:
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory:
        center = make_center(Path(directory))
        add_wang_min(center)
        for login, name, roles, window in _STAFF:
            add_staff(center, login, name, roles, window, PASSWORD)
        seed(center)
        raise_findings(center)
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
                        answer = page.goto(f"{url}/console/{path}")
                        page.wait_for_load_state("networkidle")
                        page.screenshot(path=out / f"{name}.png", full_page=True)
                        print(name, answer.status if answer else "", page.evaluate("document.documentElement.scrollWidth"))
                context.close()
            browser.close()
        center.database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
