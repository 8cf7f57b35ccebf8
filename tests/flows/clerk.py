"""The center as stories need it: a member of staff at the console, over HTTP, as a browser would ask; and its standing still."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import requests

from demo.place import Place

PASSWORD = "wanbao-window-1-here"


class Clerk:
    """王敏 of window 1."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._browser = requests.Session()
        self._page = ""

    def _get(self, path: str) -> str:
        answer = self._browser.get(f"{self._place.center_url}{path}", timeout=10)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        self._page = answer.text
        return self._page

    def _post(self, path: str, **form: object) -> str:
        token = re.search(r'name="csrf" value="([^"]+)"', self._page)
        if token:
            form["csrf"] = token[1]
        answer = self._browser.post(f"{self._place.center_url}{path}", data=form, timeout=10)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:2000]}"
        self._page = answer.text
        return self._page

    def is_employed(self) -> None:
        """The administrator makes an account by command."""
        self._place.center_command(
            "add-staff",
            "--login",
            "wangmin",
            "--name",
            "王敏",
            "--role",
            "window_staff",
            "--window",
            "综合窗口1号",
            "--password-stdin",
            stdin=PASSWORD,
        )

    def signs_in(self) -> None:
        """Sign in."""
        self._get("/console/sign-in")
        assert "综合窗口1号" in self._post("/console/sign-in", login="wangmin", password=PASSWORD)

    def opens(self, case_number: str) -> str:
        """Open a case from the intake queue, and become first responsible (R3.1). Its address."""
        page = self._get("/console/intake")
        row = next(row for row in page.split("<tr>") if case_number in re.sub(r"\s", "", row))
        address = re.search(r"/console/cases/[0-9a-f-]{36}", row)
        assert address is not None
        self._post(f"{address[0]}/open")
        return address[0]

    def sees(self, case: str) -> str:
        """The case's page."""
        return self._get(case)

    def accepts(self, case: str) -> str:
        """Accept today (R4.1)."""
        revision = re.search(r'name="revision" value="(\d+)"', self._get(f"{case}/accept"))
        assert revision is not None
        return self._post(f"{case}/accept", revision=revision[1])

    def returns(self, case: str, *materials: str, fields: Sequence[str] = (), other: str = "") -> str:
        """Return with a one-time notice that names these materials, these fields, and whatever else (R2.2)."""
        page = self._get(f"{case}/return")
        revision = re.search(r'name="revision" value="(\d+)"', page)
        assert revision is not None
        form: dict[str, object] = {"revision": revision[1], "other": other}
        for kind, codes in (("m", materials), ("f", fields)):
            for code in codes:
                first = re.search(rf'name="{kind}r\.{code}".*?<option value="([^"]+)"', page, re.DOTALL)
                assert first is not None
                form |= {f"{kind}.{code}": "on", f"{kind}r.{code}": first[1]}
        return self._post(f"{case}/return", **form)

    def refuses(self, case: str, reason: str, basis: str) -> str:
        """Refuse in writing (R2.3)."""
        revision = re.search(r'name="revision" value="(\d+)"', self._get(f"{case}/refuse"))
        assert revision is not None
        return self._post(f"{case}/refuse", revision=revision[1], kind="forbidden", reason=reason, other=basis)

    def hears(self) -> list[str]:
        """The calls for help on the page, each as its piece of it."""
        return re.findall(r'<li class="card.*?</li>', self._get("/console/help-calls"), re.DOTALL)

    def answers_the_call(self) -> None:
        """Say that one goes to whoever called last."""
        self._post(self._call_address("answer"))

    def ends_the_call(self) -> None:
        """Say that it is done."""
        self._post(self._call_address("close"), note="")

    def _call_address(self, act: str) -> str:
        address = re.search(rf"/console/help-calls/[0-9a-f-]{{36}}/{act}", self._get("/console/help-calls"))
        assert address is not None, f"no call to {act}"
        return address[0]


@contextmanager
def center_away(place: Place) -> Iterator[None]:
    """The center's process stands still: nobody answers, as over a dead line; what reached it meanwhile it does when it goes on."""
    assert place.center is not None and place.center.pid is not None
    pid = place.center.pid
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)
