"""The scripted month served again, and drawn: every page of the console by somebody who may see it, the public pages on a phone, the papers."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, ViewportSize
from sqlalchemy import select

from center.app import create_app
from center.casework.notices import receipt_code
from center.catalogue import item_of
from center.center import Center, open_center
from center.clock import CHINA
from center.config import load_config
from center.domain.paper import PAPER_FORMS, PaperKind
from center.store.tables import Case, IssuedPaper
from kiosk.wire.codes import token_of_code
from tests.center.complaints.crawl import get_routes
from tests.center.month import plan
from tests.center.month.driver import Desk
from tests.center.month.people import STAFF
from tests.center.pictures.crawl import Crawl, Sight
from tests.center.pictures.stage import draw_steps, set_the_stage
from tests.center.place import Browser, listening

_DESK: ViewportSize = {"width": 1366, "height": 768}
_PHONE: ViewportSize = {"width": 390, "height": 844}
#: The public pages, and what is answered to an address that leads nowhere.
_PUBLIC = (
    "g",
    "g?by=department",
    "g?q=养老",
    "staff",
    "duties",
    "rules",
    "procedures",
    "promises",
    "complaints",
    "announcements",
    "g/NOTHING",
    "p/NOTHING",
)


#: When it is served: the morning after the month, with the daily check to be signed and somebody at every window.
MORNING = datetime.combine(plan.LAST + timedelta(days=1), time(9, 10), CHINA)


@contextmanager
def _served(month: Path) -> Iterator[tuple[Center, str]]:
    config = load_config(month / "center.toml")
    section = config.center.model_copy(update={"public_base_url": "https://zwfw.example.cn"})
    morning = config.clock.model_copy(update={"start": MORNING})
    center = open_center(config.model_copy(update={"center": section, "clock": morning}))
    try:
        with listening(center) as url:
            yield center, url
    finally:
        center.database.close()


def _signed_in(chromium: Chromium, browser: Browser) -> BrowserContext:
    """A window of Chromium with the session that `browser` has."""
    context = chromium.new_context(viewport=_DESK, locale="zh-CN")
    context.add_cookies(
        [{"name": each.name, "value": each.value or "", "url": browser.url + "/console"} for each in browser.session.cookies]
    )
    return context


def _draw_console(chromium: Chromium, desks: dict[str, Browser], sights: list[Sight], out: Path) -> None:
    for login, browser in desks.items():
        mine = [sight for sight in sights if sight.login == login]
        if not mine:
            continue
        context = _signed_in(chromium, browser)
        page = context.new_page()
        for sight in mine:
            page.goto(browser.url + sight.address)
            # As high as the page is: what stays in place while it is scrolled is then drawn where it belongs.
            height = max(_DESK["height"], page.evaluate("document.documentElement.scrollHeight"))
            page.set_viewport_size({"width": _DESK["width"], "height": height})
            page.screenshot(path=out / sight.file_name)
            page.set_viewport_size(_DESK)
        context.close()


def _draw_public(chromium: Chromium, center: Center, url: str, out: Path) -> None:
    context = chromium.new_context(viewport=_PHONE, locale="zh-CN", java_script_enabled=False, is_mobile=True, device_scale_factor=1)
    page = context.new_page()
    with center.database.reading() as session:
        cases = {case.state: case for case in session.scalars(select(Case).where(Case.receipt_number.is_not(None)))}
        addresses = [*_PUBLIC, *(f"g/{code}" for code in sorted({item_of(case.item).code for case in cases.values()}))]
        progress = {f"p-{state}": f"p/{token_of_code(receipt_code(center, case.receipt_number))}" for state, case in cases.items()}
    named = {address.replace("/", "-").replace("?", "-").replace("=", "-"): address for address in addresses} | progress
    for name, address in named.items():
        page.goto(f"{url}/{address}")
        page.screenshot(path=out / f"{name}.png", full_page=True)
    context.close()


def _draw_papers(center: Center, desks: dict[str, Browser], out: Path) -> set[PaperKind]:
    """One paper of each kind as its PDF, page by page. Returns the kinds that the month has none of."""
    with center.database.reading() as session:
        papers = {paper.kind: str(paper.id) for paper in session.scalars(select(IssuedPaper).order_by(IssuedPaper.number))}
    for kind, paper in papers.items():
        answers = (desk.get(f"/console/papers/{paper}/pdf") for desk in desks.values())
        content = next(answer.content for answer in answers if answer.status_code == 200)
        for number, sheet in enumerate(pypdfium2.PdfDocument(io.BytesIO(content)), 1):
            sheet.render(scale=1.5).to_pil().save(out / f"{kind}-{number}.png")
    return set(PAPER_FORMS) - set(papers)


def draw_month(chromium: Chromium, month: Path, out: Path) -> dict[str, str]:
    """Draw it all; which routes and papers were not drawn, and why. Each is said as a line of JSON too."""
    with _served(month) as (center, url):
        desks = {login: Desk(url, login) for login, *_ in STAFF}
        terminal, extra = set_the_stage(center, desks)
        crawl = Crawl(get_routes(create_app(center)))
        for login, desk in desks.items():
            crawl.visit(desk, login, extra.get(login, ()))
        _draw_console(chromium, dict(desks), list(crawl.sights.values()), out / "console")
        draw_steps(chromium, terminal, out / "console")
        _draw_public(chromium, center, url, out / "portal")
        undrawn = {
            path: "no page of its own" if path in crawl.no_pages else "nobody's links lead there"
            for path in crawl.missing()
            if path.startswith("/console")
        }
        undrawn |= crawl.faults
        undrawn |= {f"paper {kind}": "none was issued in the month" for kind in _draw_papers(center, dict(desks), out / "papers")}
    for route, why in undrawn.items():
        print(json.dumps({"event": "not_drawn", "route": route, "why": why}, ensure_ascii=False))
    return undrawn
