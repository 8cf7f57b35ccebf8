"""The member of staff of the demonstration: signs in to the center's console in a real browser and accepts what was filed."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

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
_LOGIN = "wangmin"


class Staff:
    """王敏 of window 1."""

    def __init__(self, pictures: Path) -> None:
        self._pictures = pictures
        self._config = load_config(CONFIG)
        self._password = ""

    @property
    def console(self) -> str:
        """Where the console is."""
        return f"http://127.0.0.1:{self._config.center.port}/console/"

    def is_employed(self) -> tuple[str, str]:
        """The administrator makes her account; login and first password."""
        database = self._config.terminal.data_dir.absolute() / "center" / "center.db"
        command = [sys.executable, "-m", "center", "add-staff", "--config", str(self._config.center.config)]
        command += ["--database-url", f"sqlite:///{database}", "--login", _LOGIN, "--name", "王敏"]
        command += ["--role", "window_staff", "--window", "综合窗口1号", "--password-stdin"]
        # Given here, so that it is her own: a password that the command makes has to be changed at the first sign-in.
        chosen = secrets.token_urlsafe(12)
        done = subprocess.run(command, input=f"{chosen}\n", capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise StageFault(f"the center did not take the member of staff: {done.stdout.strip() or done.stderr.strip()}")
        self._password = chosen if json.loads(done.stdout.splitlines()[-1])["event"] == "staff_added" else ""
        return _LOGIN, self._password

    def accepts_the_newest(self) -> None:
        """From sign-in to the acceptance, with a picture of each page."""
        if not Path(_BROWSER).exists():
            raise StageFault(f"{_BROWSER} is not installed; run: make setup")
        with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=_BROWSER, args=list(_FLAGS), headless=True, env={**os.environ, "HOME": home}
            )
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.goto(self.console)
            self._snaps(page, "sign-in")
            page.fill("#login", _LOGIN)
            page.fill("#password", self._password)
            page.click("button[type=submit]")
            page.wait_for_selector("#queue")
            self._snaps(page, "intake")
            page.click("[id^=open-]")
            page.wait_for_selector(".papers")
            page.wait_for_load_state("networkidle")
            self._snaps(page, "case")
            page.click("a.primary")
            page.wait_for_selector("button.primary")
            self._snaps(page, "accept")
            page.click("button.primary[type=submit]")
            page.wait_for_url("**/papers/*")
            self._snaps(page, "accepted")
            browser.close()

    def _snaps(self, page: Page, name: str) -> None:
        page.screenshot(path=self._pictures / f"console-{name}.png")
