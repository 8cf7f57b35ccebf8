"""The course's forms in a real browser: on the spot by keyboard alone, pressed twice and sent once, asking only what a choice calls for."""

from __future__ import annotations

from typing import Any

from tests.center.course.scene import CARD, OWN, Scene
from tests.center.place import PASSWORD, add_wang_min


def signed_in(page: Any, here: Scene) -> list[str]:
    """王敏 is signed in; what goes wrong in the page is collected."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    add_wang_min(here.center)
    page.goto(f"{here.terminal.url}/console/sign-in")
    page.fill("#login", "wangmin")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/intake")
    return faults


def press(page: Any, words: str) -> None:
    """Tab to the button or link with these words, and press it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{words} is not reached by keyboard")


def test_what_is_done_on_the_spot_is_done_by_keyboard_alone(page: Any, here: Scene) -> None:
    case_id = here.accepted(CARD)
    faults = signed_in(page, here)
    page.goto(f"{here.terminal.url}/console/cases/{case_id}")
    press(page, "作出决定")
    page.wait_for_url("**/decide")
    press(page, "作出决定，开出决定书")
    page.wait_for_url("**/voucher")
    page.wait_for_function("document.activeElement.textContent.trim() === '办结，开出凭证'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notify")
    press(page, "记录通知")
    page.wait_for_url("**/collect")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    page.get_by_label("已出示身份证，人证一致").focus()
    page.keyboard.press("Space")
    page.get_by_label("已签字").focus()
    page.keyboard.press("Space")
    press(page, "已领取")
    page.wait_for_url(f"**/cases/{case_id}")
    assert here.row(case_id).state == "collected"
    assert faults == []


def test_a_button_pressed_twice_sends_its_form_once(page: Any, here: Scene) -> None:
    case_id = here.accepted(OWN)
    faults = signed_in(page, here)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(f"{here.terminal.url}/console/cases/{case_id}/decide")
    page.get_by_role("button", name="作出决定，开出决定书").dblclick()
    page.wait_for_url("**/voucher")
    assert [url for url in sent if url.endswith("/decide")] == [f"{here.terminal.url}/console/cases/{case_id}/decide"]
    assert here.kinds(case_id).count("decided") == 1
    assert faults == []


def test_a_form_asks_for_more_only_when_a_choice_calls_for_it(page: Any, here: Scene) -> None:
    agreed = here.back()
    signed_in(page, here)
    page.goto(f"{here.terminal.url}/console/cases/{agreed}/decide")
    assert not page.is_visible("#against")
    page.get_by_label("不予（不同意办理）").check()
    assert page.is_visible("#against")
    page.get_by_label("准予（同意办理）").check()
    assert not page.is_visible("#against")
