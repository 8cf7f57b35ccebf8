"""The console's pages in real Chromium, role by role: contrast, names, labels, headings, targets (WCAG 2.1 AA, as far as a machine can say)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from center.center import Center
from center.complaints.registration import register_at_desk
from center.store.tables import Case
from tests.center.chromium import chromium
from tests.center.complaints.place import desk
from tests.center.month.driver import Desk
from tests.center.month.people import STAFF, employ
from tests.center.people.team import member
from tests.center.place import MORNING, PASSWORD, Terminal, listening, make_center
from tests.center.portal.wcag import at_rest

_NAVIGATION = re.compile(r'<nav class="(?:rail|tabs)".*?</nav>', re.DOTALL)
_LINK = re.compile(r'href="(/console/[^"#]*)"')
_ID = re.compile(r"[0-9a-f-]{36}")
#: What is saved or shown by itself and is no page.
_NO_PAGE = re.compile(r"/(?:static|pdf|files?|scans?|pages|photos?|export|qr)\b|\.\w+$")
#: A page that is drawn by its address alone and in no navigation.
_MORE = ("/console/account", "/console/account/password", "/console/nowhere")


@dataclass
class World:
    """A center in which something waits, and a browser."""

    url: str
    chromium: Any
    cases: list[str]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    center = make_center(tmp_path_factory.mktemp("center"))
    employ(center, MORNING)
    register_at_desk(center, member(center, "lifang"), desk())
    with listening(center) as url, chromium() as browser:
        terminal = Terminal(url)
        terminal.register(center)
        yield World(url, browser, _cases(center, terminal, Desk(url, "wangmin")))
    center.database.close()


def _cases(center: Center, terminal: Terminal, wang: Desk) -> list[str]:
    """One not opened, one opened with something missing, one accepted: their paths, in this order."""
    for missing in (False, True, False):
        assert terminal.file(terminal.filing(missing=missing)).status_code == 201
    with center.database.reading() as session:
        made = [f"/console/cases/{each}" for each in session.scalars(select(Case.id).order_by(Case.receipt_number))]
    for case in made[1:]:
        wang.fill(f"{case}/open", case)
    wang.fill(f"{made[2]}/accept")
    return made


def _sign_in(world: World, login: str) -> tuple[Any, Any]:
    """A window in which this member is signed in. The sign-in page is looked at on the way."""
    context = world.chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{world.url}/console/sign-in")
    assert at_rest(page) == []
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(lambda at: not at.endswith("/sign-in"))
    return context, page


def _look(world: World, page: Any, paths: list[str]) -> dict[str, list[str]]:
    """The faults by page."""
    found = {}
    for path in paths:
        page.goto(world.url + path)
        faults = at_rest(page)
        if faults:
            found[path] = faults
    return found


def _kind(link: str) -> str:
    """What a link leads to, whosever it is and however it is sorted."""
    return _ID.sub("_", link.partition("?")[0])


@pytest.mark.parametrize("login", [login for login, *_ in STAFF])
def test_the_pages_of_a_role_have_contrast_names_labels_and_order(world: World, login: str) -> None:
    context, page = _sign_in(world, login)
    waiting, known, kinds = [page.url.removeprefix(world.url), *_MORE], set[str](), set[str]()
    faults: dict[str, list[str]] = {}
    while waiting:
        path = waiting.pop(0)
        if path in known:
            continue
        known.add(path)
        faults |= _look(world, page, [path])
        content = page.content()
        waiting += [link for navigation in _NAVIGATION.findall(content) for link in _LINK.findall(navigation)]
        # And whatever these pages lead to, once of its kind.
        waiting += [link for link in map(unescape, _LINK.findall(content)) if not _NO_PAGE.search(link) and _kind(link) not in kinds]
        kinds |= {_kind(link) for link in waiting}
    context.close()
    assert faults == {}
    assert len(known) > len(_MORE) + 1


def test_a_case_and_what_is_done_with_it_have_contrast_names_labels_and_order(world: World) -> None:
    context, page = _sign_in(world, "wangmin")
    _, opened, accepted = world.cases
    acts = [f"{opened}/{act}" for act in ("accept", "return", "refuse")] + [f"{accepted}/{act}" for act in ("decide", "withdraw")]
    faults = _look(world, page, [*world.cases, *acts])
    # A form sent back with its faults.
    page.goto(f"{world.url}{opened}/return")
    page.locator("main form button.primary").first.click()
    sent_back = at_rest(page)
    context.close()
    assert faults == {}
    assert sent_back == []
