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
from kiosk.link.keys import private_directory

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

    @property
    def public(self) -> bool:
        """Who sits where citizens come is on the public list (R1.5)."""
        return bool(self.window)


WINDOW = Colleague("wangmin", "王敏", "window_staff", window="综合窗口1号")
CUSTODIAN = Colleague("liufang", "刘芳", "custodian")
#: Of the department that the insurance's item is handed to (config/catalogue/ylbx.toml).
LIAISON = Colleague("zhaoqiang", "赵强", "liaison", department="县（区）社会保险经办机构")
HEAD = Colleague("chenzhong", "陈中", "center_head")

#: What the head publishes: kind, title, text.
_NOTICES = (
    ("rules", "服务规章", "窗口工作人员应当佩戴工作证，使用文明用语。\n首问负责，一次告知全部材料。"),
    ("announcement", "冬季取暖补贴开始申请", "请带身份证和户口簿。"),
)


class Staff:
    """王敏 of window 1, 刘芳 who keeps the seal, 赵强 of the department, 陈中 who heads the center."""

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
        """The administrator makes their accounts before the terminal opens: it has the list of who may be complained about from the first minute.

        Each with the first password.
        """
        private_directory(private_directory(self._config.terminal.data_dir.absolute()) / "center")
        self._center("migrate")
        return {colleague: self._employ(colleague) for colleague in (WINDOW, CUSTODIAN, LIAISON, HEAD)}

    def _center(self, command: str, *arguments: str, stdin: str = "") -> str:
        """Run a command of the center on its records; the last line it said."""
        database = self._config.terminal.data_dir.absolute() / "center" / "center.db"
        where = ["--config", str(self._config.center.config), "--database-url", f"sqlite:///{database}"]
        done = subprocess.run(
            [sys.executable, "-m", "center", command, *where, *arguments], input=stdin, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise StageFault(f"the center could not {command}: {done.stdout.strip() or done.stderr.strip()}")
        return done.stdout.splitlines()[-1]

    def _employ(self, colleague: Colleague) -> str:
        # Given here, so that it is their own: a password that the command makes has to be changed at the first sign-in.
        chosen = secrets.token_urlsafe(12)
        who = ["--login", colleague.login, "--name", colleague.name, "--role", colleague.role]
        who += [
            "--window",
            colleague.window,
            "--department",
            colleague.department,
            "--password-stdin",
            *(["--public"] if colleague.public else []),
        ]
        said = json.loads(self._center("add-staff", *who, stdin=f"{chosen}\n"))
        self._passwords[colleague.login] = chosen if said["event"] == "staff_added" else ""
        return self._passwords[colleague.login]

    def publishes(self) -> None:
        """The head says who sits where, and puts up two notices (R1.5): the terminal has them within a minute."""
        with _browser() as browser:
            page = self._at_the_console(browser, HEAD)
            page.goto(f"{self.console}duty/posts/new")
            page.fill("#name", "综合受理")
            page.fill("#window", WINDOW.window)
            page.select_option("#a_id", page.locator("#a_id option", has_text=WINDOW.name).get_attribute("value"))
            page.click("main button.primary[type=submit]")
            page.wait_for_load_state()
            for kind, title, body in _NOTICES:
                page.goto(f"{self.console}notices/new")
                page.select_option("#kind", kind)
                page.fill("#title", title)
                page.fill("#body", body)
                page.click("main button.primary[type=submit]")
                page.wait_for_load_state()
            page.goto(f"{self.console}notices")
            self._snaps(page, "notices")

    def returns_the_newest(self) -> None:
        """One notice of everything that is missing (R2.2)."""
        with _browser() as browser:
            page = self._at_the_console(browser, WINDOW)
            page.goto(f"{self.console}intake")
            page.click("[id^=open-]")
            page.wait_for_selector(".papers")
            page.goto(f"{page.url}/return")
            page.check("input[name='m.household_register']")
            page.fill("input[name='mn.household_register']", "少了李建国的那一页")
            self._snaps(page, "return")
            self._sends(page, "**/papers/*")
            self._snaps(page, "returned")

    def answers_the_call(self) -> None:
        """王敏 goes to whoever called."""
        with _browser() as browser:
            page = self._at_the_console(browser, WINDOW)
            page.goto(f"{self.console}help-calls")
            self._snaps(page, "help-call")
            page.click("form[action$='/answer'] button")
            page.wait_for_load_state()

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
