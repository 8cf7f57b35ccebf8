"""Registering a case at the window in a real browser, by keyboard alone at 1366 × 768."""

from __future__ import annotations

from typing import Any

from tests.center.intake.scene import Scene
from tests.center.place import NUMBER, PASSWORD, add_wang_min


def sign_in(page: Any, scene: Scene) -> list[str]:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" and "422" not in line.text else None)
    add_wang_min(scene.center)
    page.goto(scene.terminal.url)
    page.fill("#login", "wangmin")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url("**/console/intake")
    return faults


def test_a_case_is_registered_by_keyboard_alone(page: Any, scene: Scene) -> None:
    faults = sign_in(page, scene)
    keys = page.keyboard
    page.goto(f"{scene.terminal.url}/console/cases/new")
    page.wait_for_function("document.activeElement.id === 'words'")
    keys.type("开饭店")
    keys.press("Enter")
    page.wait_for_url("**words=*")

    page.get_by_role("link", name="登记：小餐饮经营许可").press("Enter")
    page.wait_for_url("**/new/SPJY")

    # when it is sent with one mistake; then the page says where, and keeps what was typed
    page.focus("#number")
    # The empty one passes by who came: the applicant.
    for text in (NUMBER[:-1] + "9", "刘桂珍", "13904641234", "万宝河镇一村二组3号", "", "13904641234"):
        keys.type(text)
        keys.press("Tab")
    page.select_option("[name='f.kind']", "hot")
    page.fill("[name='f.area']", "46")
    page.focus("[name='x.place_proof']")
    keys.press("Space")
    page.focus("[name='consent']")
    keys.press("Space")
    keys.press("Enter")
    page.wait_for_selector("#number-fault")
    assert page.locator(".fault").all_inner_texts() == ["证件号码不对，请照证件再核对一遍。"]
    assert page.input_value("#address") == "万宝河镇一村二组3号"
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    box = page.get_by_role("button", name="登记，打印回执").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 768

    # when it is mended; then the receipt is there with its code
    page.fill("#number", NUMBER)
    page.press("#number", "Enter")
    page.wait_for_url("**/papers/*")
    assert "本回执不是受理通知书" in page.inner_text(".sheet")
    drawn = page.evaluate("Promise.all([...document.images].map(i => i.decode().then(() => i.naturalWidth)))")
    assert len(drawn) == 1
    assert drawn[0] > 100
    assert faults == []


def test_what_is_seldom_done_is_reached_by_keyboard(page: Any, scene: Scene) -> None:
    faults = sign_in(page, scene)
    case_id = scene.opened(scene.file_license())
    page.goto(f"{scene.terminal.url}/console/cases/{case_id}")
    page.focus("summary")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="不予受理")
    link.wait_for()
    box = link.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 1366
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") in ("不予受理", "更正录入", "登记书面撤回")
    link.press("Enter")
    page.wait_for_url("**/refuse")
    assert faults == []
