"""The complaints' room in a real browser, by keyboard alone: a call is registered, accepted and put to the leader."""

from __future__ import annotations

from typing import Any

import pytest

from center.center import Center
from center.people.accounts import add_staff
from tests.center.complaints.place import STATEMENT
from tests.center.place import NAME, PASSWORD, PHONE


def _to(page: Any, selector: str) -> None:
    """Tab until the field or button is reached, as who has no mouse would."""
    for _ in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{selector} cannot be reached by keyboard")


def _fits(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366


@pytest.mark.rule("R6.1", "R6.2", "R6.5")
def test_a_call_is_registered_accepted_and_put_to_the_leader_by_keyboard_alone(page: Any, url: str, center: Center) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    add_staff(center, "wangmin", "王敏", "window_staff", "综合窗口1号", PASSWORD)
    add_staff(center, "lifang", "李芳", "complaint_officer", "", PASSWORD)
    keys = page.keyboard

    # when the officer signs in, the register is there at once
    page.goto(url)
    page.wait_for_function("document.activeElement.id === 'login'")
    keys.type("lifang")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_url("**/console/complaints")
    _fits(page)

    # and a call is written down
    _to(page, "a.primary[href='/console/complaints/new']")
    keys.press("Enter")
    page.wait_for_url("**/console/complaints/new")
    _fits(page)
    _to(page, "[name=channel]")
    keys.press("Space")
    for selector, words in (("#name", NAME), ("#contact", PHONE)):
        _to(page, selector)
        keys.type(words)
    _to(page, "#window")
    keys.press("ArrowDown")
    _to(page, "[name=matter]")
    keys.press("Space")
    _to(page, "#statement")
    keys.type(STATEMENT)
    _to(page, "button.primary")
    keys.press("Enter")
    page.wait_for_selector("text=待决定")
    assert page.get_by_role("heading", level=1).inner_text().startswith("服务态度")
    assert "综合窗口1号" in page.get_by_role("heading", level=1).inner_text()
    _fits(page)

    # then what is to be done stands on the screen without scrolling, and is done
    box = page.get_by_role("link", name="受理", exact=True).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 768
    _to(page, "a.primary[href$='/accept']")
    keys.press("Enter")
    page.wait_for_selector("text=受理这份投诉？")
    _to(page, "button.primary")
    keys.press("Enter")
    page.wait_for_selector("text=已受理，待报请")
    _to(page, "a.primary[href$='/ask_consent']")
    keys.press("Enter")
    page.wait_for_selector("text=报请分管领导同意")
    _to(page, "[name=handling]")
    keys.press("Space")
    _to(page, "[name=degree]")
    keys.press("Space")
    _to(page, "#summary")
    keys.type("反映窗口让人久等，拟直查")
    _to(page, "button.primary")
    keys.press("Enter")
    page.wait_for_selector("text=待领导同意")
    _fits(page)
    assert faults == []
