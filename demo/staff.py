"""The staff of the demonstration: at the center's console in a real browser they take what was filed through to the end."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from demo.stage import CONFIG, StageFault
from kiosk.config import load_config

_BROWSER = "/usr/bin/chromium"
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Colleague:
    """A member of staff, as the administrator enters one."""

    login: str
    name: str
    role: str
    window: str = ""
    department: str = ""


WINDOW = Colleague("wangmin", "王敏", "window_staff", window="综合窗口1号")
CUSTODIAN = Colleague("liufang", "刘芳", "custodian")
#: Of the department that the insurance's item is handed to (config/catalogue/ylbx.toml).
LIAISON = Colleague("zhaoqiang", "赵强", "liaison", department="县（区）社会保险经办机构")


class Staff:
    """王敏 of window 1, 刘芳 who keeps the seal, 赵强 of the department."""

    def __init__(self, pictures: Path) -> None:
        self._pictures = pictures
        self._config = load_config(CONFIG)
        self._passwords: dict[str, str] = {}
        self._case = ""

    @property
    def console(self) -> str:
        """Where the console is."""
        return f"http://127.0.0.1:{self._config.center.port}/console/"

    def is_employed(self) -> dict[Colleague, str]:
        """The administrator makes their accounts; each with the first password."""
        return {colleague: self._employ(colleague) for colleague in (WINDOW, CUSTODIAN, LIAISON)}

    def _employ(self, colleague: Colleague) -> str:
        database = self._config.terminal.data_dir.absolute() / "center" / "center.db"
        command = [sys.executable, "-m", "center", "add-staff", "--config", str(self._config.center.config)]
        command += ["--database-url", f"sqlite:///{database}", "--login", colleague.login, "--name", colleague.name]
        command += ["--role", colleague.role, "--window", colleague.window, "--department", colleague.department, "--password-stdin"]
        # Given here, so that it is their own: a password that the command makes has to be changed at the first sign-in.
        chosen = secrets.token_urlsafe(12)
        done = subprocess.run(command, input=f"{chosen}\n", capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise StageFault(f"the center did not take the member of staff: {done.stdout.strip() or done.stderr.strip()}")
        self._passwords[colleague.login] = chosen if json.loads(done.stdout.splitlines()[-1])["event"] == "staff_added" else ""
        return self._passwords[colleague.login]

    def accepts_the_newest(self) -> None:
        """From sign-in to the acceptance, with a picture of each page."""
        with _browser() as browser:
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.goto(self.console)
            self._snaps(page, "sign-in")
            self._signs_in(page, WINDOW)
            page.wait_for_selector("#queue")
            self._snaps(page, "intake")
            page.click("[id^=open-]")
            page.wait_for_selector(".papers")
            page.wait_for_load_state("networkidle")
            self._case = page.url
            self._snaps(page, "case")
            page.click("a.primary")
            page.wait_for_selector("button.primary")
            self._snaps(page, "accept")
            self._sends(page, "**/papers/*")
            self._snaps(page, "accepted")

    def finishes_it(self) -> None:
        """From the seal on the acceptance notice, through the department and back, to the result in the applicant's hands."""
        with _browser() as browser:
            window, custodian, liaison = (self._at_the_console(browser, colleague) for colleague in (WINDOW, CUSTODIAN, LIAISON))
            self._seals_what_waits(custodian, "sealed")
            window.goto(f"{self._case}/hand-over")
            self._snaps(window, "hand-over")
            self._sends(window, "**/papers/*")
            self._looks_into_it(liaison)
            window.goto(f"{self._case}/take-back")
            self._snaps(window, "take-back")
            self._sends(window, "**/papers/*")
            window.goto(f"{self._case}/decide")
            window.check("input[name=outcome][value=granted]")
            self._snaps(window, "decide")
            self._sends(window, "**/voucher")
            self._snaps(window, "voucher")
            self._sends(window, "**/notify")
            self._seals_what_waits(custodian, "ledger")
            # She stands at the window.
            window.check("input[name=way][value=in_person]")
            window.check("input[name=reached][value=yes]")
            self._snaps(window, "notify")
            self._sends(window, "**/collect")
            window.check("input[name=card_shown]")
            window.check("input[name=signed][value=yes]")
            self._snaps(window, "collect")
            self._sends(window, self._case)
            window.wait_for_load_state("networkidle")
            self._snaps(window, "finished")

    def _looks_into_it(self, page: Page) -> None:
        """The department signs for the papers and gives its opinion (R5.2, R5.3)."""
        page.goto(f"{self.console}department/waiting")
        page.click("td.act a")
        page.wait_for_selector(".papers")
        self._sends(page, "**/department/cases/*")
        self._snaps(page, "department")
        page.click("a.primary")
        page.check("input[name=agrees][value=yes]")
        page.fill("#reasons", "已核对参保信息，符合参保条件。")
        self._snaps(page, "opinion")
        self._sends(page, "**/papers/*")

    def _seals_what_waits(self, page: Page, picture: str) -> None:
        """The custodian stamps each paper that waits, and enters it in the ledger (R7.2)."""
        page.goto(f"{self.console}seal")
        waiting = page.eval_on_selector_all("table:first-of-type td.act a", "links => links.map(link => link.href)")
        for paper in waiting:
            page.goto(paper)
            page.click(".sealing-line button.primary")
            page.wait_for_load_state()
        page.goto(f"{self.console}seal")
        self._snaps(page, picture)

    def _at_the_console(self, browser: Browser, colleague: Colleague) -> Page:
        """A browser of their own."""
        page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        page.goto(self.console)
        self._signs_in(page, colleague)
        page.wait_for_load_state()
        return page

    def _signs_in(self, page: Page, colleague: Colleague) -> None:
        page.fill("#login", colleague.login)
        page.fill("#password", self._passwords[colleague.login])
        page.click("button[type=submit]")

    def _sends(self, page: Page, leads_to: str) -> None:
        """Press the page's main button, and be where it leads."""
        with page.expect_navigation(url=leads_to):
            page.click("main button.primary[type=submit]")

    def _snaps(self, page: Page, name: str) -> None:
        page.screenshot(path=self._pictures / f"console-{name}.png")


@contextmanager
def _browser() -> Iterator[Browser]:
    if not Path(_BROWSER).exists():
        raise StageFault(f"{_BROWSER} is not installed; run: make setup")
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_BROWSER, args=list(_FLAGS), headless=True, env={**os.environ, "HOME": home})
        yield browser
        browser.close()
