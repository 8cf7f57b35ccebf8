"""The console in a real browser, by keyboard alone: a member of staff signs in, opens the night's filing and accepts it."""

from __future__ import annotations

from typing import Any

from center.center import Center
from tests.center.place import PASSWORD, Terminal, add_wang_min


def test_a_case_is_accepted_by_keyboard_alone(page: Any, terminal: Terminal, center: Center) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    add_wang_min(center)
    terminal.file(terminal.filing())
    keys = page.keyboard

    # when staff sign in: the cursor stands in the first field already
    page.goto(terminal.url)
    page.wait_for_function("document.activeElement.id === 'login'")
    keys.type("wangmin")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_url("**/console/intake")

    # and walk to the filing and open it
    _press_until(page, "收件：2026 1124 0001")
    page.wait_for_url("**/console/cases/*")
    assert page.get_by_role("heading", level=1).inner_text() == "城乡居民基本养老保险参保登记"
    widths = page.evaluate("Promise.all([...document.images].map(i => i.decode().then(() => i.naturalWidth)))")
    assert widths == [840, 840, 984]

    # then everything that matters is on the screen without scrolling sideways, and the decision stands on top
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    box = page.get_by_role("link", name="受理", exact=True).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 768

    # when it is accepted
    _press_until(page, "受理")
    page.wait_for_url("**/accept")
    assert "2026年11月27日（周五）" in page.inner_text("main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/*")

    # then the paper to print is there, and the policy of the page was broken by nothing
    assert "受理通知书" in page.inner_text(".sheet h2")
    page.emulate_media(media="print")
    assert not page.locator(".rail").is_visible()
    assert faults == []


def _press_until(page: Any, name: str) -> None:
    """Walk with the Tab key to what bears this name, and press Enter on it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        at = page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.innerText")
        if at.strip() == name:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} cannot be reached with the Tab key")


def test_the_queue_refreshes_itself_and_shows_what_came_in(page: Any, terminal: Terminal, center: Center) -> None:
    add_wang_min(center)
    page.goto(terminal.url)
    page.fill("#login", "wangmin")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url("**/console/intake")
    assert "现在没有等待受理的申请" in page.inner_text("main")
    terminal.file(terminal.filing())
    # the page asks every 20 s; the test does not wait for that, it asks the same way
    page.evaluate("htmx.ajax('GET', '/console/intake', {target: '#queue', select: '#queue', swap: 'outerHTML'})")
    page.get_by_role("button", name="收件：2026 1124 0001").wait_for(timeout=5000)
