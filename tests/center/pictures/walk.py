"""One morning at a window, acted in a real browser: refusals, faults and papers that only somebody who types sees."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

from center.people.accounts import add_staff
from kiosk.wire.filing import MaterialFiled
from tests.center.intake.license import with_license
from tests.center.place import MORNING, PASSWORD, MovableClock, Terminal, add_wang_min, listening, make_center

_DESK: ViewportSize = {"width": 1366, "height": 768}

#: Invented people: name, number, how long before the morning they filed, and whether a paper is missing.
_PEOPLE = (
    ("张秀兰", "230903195603128120", timedelta(hours=11, minutes=13), False),
    ("李国芳", "230903198806042507", timedelta(hours=8, minutes=40), True),
    ("陈立", "230903197302153639", timedelta(minutes=31), False),
)


@contextmanager
def _center() -> Iterator[str]:
    """A center in the morning, with what came in since yesterday evening."""
    clock = MovableClock()
    with tempfile.TemporaryDirectory() as directory:
        center = make_center(Path(directory), clock)
        with_license(center)
        add_wang_min(center)
        add_staff(center, "admin", "孙伟", "administrator", "", PASSWORD)
        with listening(center) as url:
            terminal = Terminal(url)
            terminal.register(center)
            for name, number, before, missing in _PEOPLE:
                clock.at = MORNING - before
                assert terminal.file(terminal.filing(name=name, number=number, missing=missing, at=clock.at)).ok
            clock.at = MORNING - timedelta(minutes=12)
            land = terminal.filing(
                name="赵春梅", at=clock.at, item_code="ZJD", values={"name": "赵春梅"}, materials=(MaterialFiled(code="id_card"),)
            )
            assert terminal.file(land).ok
            clock.at = MORNING
            yield url
        center.database.close()


class _Album:
    def __init__(self, page: Page, out: Path) -> None:
        self.page = page
        self._out = out
        self._number = 0

    def keep(self, name: str, whole: bool = False) -> None:
        self._number += 1
        self.page.wait_for_load_state("networkidle")
        path = self._out / f"walk-{self._number:02}-{name}.png"
        if not whole:
            self.page.screenshot(path=path)
            return
        # As high as the page is: what stays in place while it is scrolled is then drawn where it belongs.
        height = max(_DESK["height"], self.page.evaluate("document.documentElement.scrollHeight"))
        self.page.set_viewport_size({"width": _DESK["width"], "height": height})
        self.page.screenshot(path=path)
        self.page.set_viewport_size(_DESK)

    def press(self, name: str) -> None:
        """Press the link or button of this name, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).or_(self.page.get_by_role("button", name=name, exact=True)).first.click()

    def take(self, who: str) -> None:
        """Open the filing of whoever is listed so."""
        with self.page.expect_navigation():
            self.page.locator("tr", has_text=who).locator("td.act").locator("a, button").click()


def _sign_in(album: _Album, url: str) -> None:
    page = album.page
    page.goto(url)
    album.keep("sign-in")
    page.fill("#login", "wangmin")
    page.fill("#password", "not this one")
    album.press("登录")
    album.keep("sign-in-wrong")
    page.fill("#password", PASSWORD)
    album.press("登录")
    album.keep("intake")


def _accept(album: _Album) -> None:
    album.take("张*兰")
    album.keep("case")
    album.press("受理")
    album.keep("accept")
    album.press("确认受理，开出受理通知书")
    album.keep("acceptance", whole=True)
    album.press("返回")
    album.press("列表")
    album.press("待受理")


def _return(album: _Album) -> None:
    page = album.page
    album.take("李*芳")
    album.keep("case-missing")
    album.press("受理")
    album.press("确认受理，开出受理通知书")
    album.keep("accept-refused")
    album.press("返回")
    album.press("一次性告知退回")
    page.check("[name='f.phone']")
    page.fill("[name='fn.phone']", "打不通，请核对后再写")
    page.fill("#other", "银行卡正面照片一张")
    page.evaluate("scrollTo(0, 0)")
    album.keep("return")
    page.uncheck("[name='m.household_register']")
    album.press("开出一次性告知单")
    album.keep("return-refused")
    page.check("[name='m.household_register']")
    album.press("开出一次性告知单")
    album.keep("notice", whole=True)
    page.goto(f"{page.url.split('/console')[0]}/console/intake")


def _register(album: _Album) -> None:
    page = album.page
    album.press("窗口登记")
    album.keep("register-item")
    page.get_by_role("link", name="登记：小餐饮经营许可").click()
    page.wait_for_url("**/new/SPJY")
    album.press("登记，打印回执")
    album.keep("register-faults", whole=True)
    page.fill("#number", "230903195603128120")
    for name, value in (("name", "刘桂珍"), ("phone", "13904641234"), ("address", "黑龙江省七台河市桃山区万宝河镇一村二组3号"),
                        ("f.phone", "13904641234"), ("f.area", "46"), ("m.id_card", "1"), ("m.place_proof", "3")):  # fmt: skip
        page.fill(f"[name='{name}']", value)
    page.select_option("[name='f.kind']", "hot")
    page.check("[name='consent']")
    album.press("登记，打印回执")
    album.keep("register-receipt", whole=True)
    album.press("返回")
    case = page.url
    for act in ("refuse", "correct"):
        page.goto(f"{case}/{act}")
        album.keep(act, whole=True)
    page.goto(case)
    album.press("受理")
    album.keep("accept-with-department")
    album.press("确认受理，开出受理通知书和承诺件告知书")
    page.goto(case)
    album.keep("case-accepted")
    album.press("我的办件")
    album.keep("mine")
    album.press("查找")
    page.fill("#id_number", "230903195603128120")
    album.press("查这个人")
    album.keep("search")
    album.press("待受理")


def _pending(album: _Album, url: str) -> None:
    page = album.page
    album.take("农村宅基地审批")
    album.press("受理")
    album.keep("accept-pending")
    album.press("确认受理，开出受理通知书")
    page.goto(f"{url}/console/due")
    album.keep("due")
    page.goto(f"{url}/console/returned")
    album.keep("returned")
    album.take("李*芳")
    album.keep("case-returned")
    page.goto(f"{url}/console/cases/nowhere")
    album.keep("not-found")


def walk(browser: Browser, out: Path) -> None:
    """Draw the morning into `out`."""
    with _center() as url:
        context = browser.new_context(viewport=_DESK, locale="zh-CN")
        album = _Album(context.new_page(), out)
        _sign_in(album, url)
        _accept(album)
        _return(album)
        _register(album)
        _pending(album, url)
        context.close()
