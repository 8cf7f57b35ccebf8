"""Every page that a phone opens, in real Chromium with scripts off: contrast, names, order, keyboard, zoom, spacing and weight (WCAG 2.1 AA)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from center.domain.roles import Role
from center.publishing.board import set_photo
from center.publishing.notices import NOTICE_KINDS, NoticeKind, Wording, write_notice
from center.store.tables import Case, DutyPost, Staff
from kiosk.wire.codes import token_of_code
from tests.center.chromium import chromium
from tests.center.month.driver import Desk
from tests.center.place import MORNING, Terminal, add_wang_min, listening, make_center
from tests.center.portal.wcag import at_rest, by_keyboard, spaced, too_wide
from tests.center.staffing import member

#: By what the page is called here: its path. Cases come from the world, by their state.
_PAGES = {
    "the items": "/g",
    "the items by department": "/g?by=department",
    "what a search finds": "/g?q=养老",
    "what a search does not find": "/g?q=ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMN",
    "a guide": "/g/YLBX",
    "a guide with much": "/g/ZJD",
    "no guide": "/g/NOTHING",
    "no code": "/p/NOTHING",
    "no page": "/nowhere",
    "duties": "/duties",
    "staff": "/staff",
    "procedures": "/procedures",
    "rules": "/rules",
    "promises": "/promises",
    "complaints": "/complaints",
    "announcements, none": "/announcements",
}
_STATES = ("filed", "opened", "accepted", "returned")
_PHONE = {"width": 390, "height": 844}
#: Not what the browser says to itself: what comes over the net for one page with an empty cache.
_MOST_BYTES = 100_000


@dataclass(frozen=True)
class World:
    """A center with something on every public page, and a browser to look."""

    url: str
    chromium: Any
    cases: dict[str, str]


def _face(grain: int) -> bytes:
    made = io.BytesIO()
    Image.effect_noise((900, 1200), grain).convert("RGB").save(made, "JPEG")
    return made.getvalue()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = make_center(tmp_path_factory.mktemp("center"))
    section = made.config.center.model_copy(update={"public_base_url": "https://zwfw.example.cn"})
    center = replace(made, config=made.config.model_copy(update={"center": section}))
    head = member(center, Role.CENTER_HEAD)
    add_wang_min(center)
    hall = [member(center, Role.WINDOW_STAFF, name=f"王敏{number}") for number in "一二三四五六七八"]
    with center.database.writing() as session:
        for kind in set(NoticeKind) - {NoticeKind.ANNOUNCEMENT}:
            text = f"来有迎声，问有答声，走有送声。电话 0464-{'1' * 40}\n" * 4
            for title in (NOTICE_KINDS[kind], "又一则"):
                write_notice(center, head, session, None, 0, Wording(kind, title, text.strip(), MORNING.date(), None))
        # A full hall: eight windows with a photo each, and one that has nobody to show.
        for number, each in enumerate((*hall, head), 1):
            session.get_one(Staff, each.id).public = each is not head
            session.add(DutyPost(township_id=center.township_id, name="社保", window=f"综合窗口{number}号", a_id=each.id, b_id=head.id))
    for number, each in enumerate(hall):
        set_photo(center, head, each.id, _face(20 + number))
    with listening(center) as url, chromium() as browser:
        terminal = Terminal(url)
        terminal.register(center)
        yield World(url, browser, _cases(center, terminal, Desk(url, "wangmin")))
    center.database.close()


def _cases(center: Any, terminal: Terminal, wang: Desk) -> dict[str, str]:
    """A case in each of the states, as its receipt's code leads to it."""
    made = {}
    for state in _STATES:
        filing = terminal.filing(missing=state == "returned")
        assert terminal.file(filing).status_code == 201
        with center.database.reading() as session:
            case = f"/console/cases/{session.scalars(select(Case.id).where(Case.receipt_number == filing.receipt_number)).one()}"
        if state != "filed":
            wang.fill(f"{case}/open", case)
        if state == "accepted":
            wang.fill(f"{case}/accept")
        if state == "returned":
            wang.fill(f"{case}/return", **{"m.household_register": "on", "mr.household_register": "missing", "mn.household_register": ""})
        made[state] = f"/p/{token_of_code(terminal.receipt_code(filing.receipt_number))}"
    return made


@pytest.mark.parametrize("name", [*_PAGES, *(f"a case {state}" for state in _STATES)])
def test_a_public_page_can_be_read_and_used_by_everybody(world: World, name: str) -> None:
    path = _PAGES.get(name) or world.cases[name.removeprefix("a case ")]
    # Playwright asks the page from outside: that works with the page's own scripts off.
    context = world.chromium.new_context(viewport=_PHONE, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    page.goto(world.url + path)
    page.wait_for_load_state("networkidle")
    weight = {url: size for url, size in sizes.items() if not url.startswith("data:")}

    faults = at_rest(page) + by_keyboard(page)
    # A phone on its side; the width that WCAG 1.4.10 names; a phone's page at 200 %.
    for width, height in ((844, 390), (320, 568), (195, 422)):
        faults += too_wide(page, width, height)
    page.set_viewport_size(_PHONE)
    faults += spaced(page)
    context.close()

    assert faults == []
    assert any(url.endswith(".css") for url in weight)
    assert sum(weight.values()) < _MOST_BYTES, weight


@pytest.mark.rule("R1.5")
def test_R1_5_the_display_on_the_wall_is_drawn_with_contrast_and_in_order(world: World) -> None:
    page = world.chromium.new_page(viewport={"width": 1920, "height": 1080}, java_script_enabled=False)
    for screen in range(4):
        page.goto(f"{world.url}/board?screen={screen}")
        assert at_rest(page) == []
    page.close()
