"""A press looks pressed at once and posts once, on release inside; nothing is pressed twice or by accident."""

from __future__ import annotations

import shutil
import subprocess
import time
from dataclasses import replace

import pytest

from kiosk.events import ContinuePressed, JourneyChosen, KeyPressed, Touched, Woken
from screens.gallery import GALLERY
from tests.ui.glass import Glass


def test_a_press_posts_its_event_once_on_release(glass: Glass) -> None:
    glass.show(GALLERY["home"])
    finger = glass.down(*glass.center("way-apply"))
    assert glass.posted == []
    finger.up()
    assert glass.posted == [JourneyChosen("apply")]


def test_the_pressed_look_is_in_the_next_frame_and_goes_with_the_finger(glass: Glass) -> None:
    glass.show(GALLERY["home"])
    normal = glass.pixels()
    finger = glass.down(*glass.center("way-apply"))
    assert glass.pixels() != normal
    finger.up()
    assert glass.pixels() == normal


def test_a_double_tap_posts_once(glass: Glass) -> None:
    glass.show(GALLERY["home"])
    glass.tap("way-apply")
    glass.rest(0.2)
    glass.tap("way-apply")
    assert glass.posted.count(JourneyChosen("apply")) == 1
    glass.rest(0.4)
    glass.tap("way-apply")
    assert glass.posted.count(JourneyChosen("apply")) == 2


def test_the_second_half_of_a_double_tap_presses_nothing_on_the_next_page(glass: Glass) -> None:
    # given a tap that leads to another page
    glass.show(GALLERY["home"])
    x, y = glass.center("way-apply")
    glass.down(x, y).up()
    glass.show(GALLERY["list"])
    # when
    glass.rest(0.15)
    glass.down(x, y).up()
    # then
    assert glass.posted == [JourneyChosen("apply")]
    glass.rest(0.3)
    glass.down(x, y).up()
    assert len(glass.posted) == 2


def test_a_finger_that_leaves_the_button_presses_nothing(glass: Glass) -> None:
    glass.show(GALLERY["home"])
    normal = glass.pixels()
    finger = glass.down(*glass.center("way-apply"))
    finger.move(500, 60)
    assert glass.pixels() == normal
    finger.up()
    assert glass.posted == [Touched()]


def test_a_finger_that_comes_back_presses_after_all(glass: Glass) -> None:
    glass.show(GALLERY["home"])
    x, y = glass.center("way-apply")
    finger = glass.down(x, y)
    finger.move(500, 60)
    finger.move(x, y)
    finger.up()
    assert glass.posted == [JourneyChosen("apply")]


def test_a_touch_beside_everything_says_that_somebody_is_there(glass: Glass) -> None:
    glass.show(GALLERY["home"])
    glass.down(20, 600).up()
    assert glass.posted == [Touched()]


def test_a_disabled_button_presses_nothing(glass: Glass) -> None:
    glass.show(GALLERY["list"])
    glass.tap("previous")
    assert glass.posted == [Touched()]


def test_the_touch_that_wakes_presses_nothing_else(glass: Glass) -> None:
    glass.show(GALLERY["attract"])
    finger = glass.down(500, 900)
    assert glass.posted == [Woken()]
    glass.show(GALLERY["home"])
    finger.up()
    assert glass.posted == [Woken()]


def test_any_touch_answers_the_idle_question(glass: Glass) -> None:
    glass.show(GALLERY["idle"])
    glass.down(30, 30).up()
    assert glass.posted == [ContinuePressed()]


def test_no_key_of_a_keyboard_that_is_plugged_in_reaches_anything(glass: Glass) -> None:
    glass.show(GALLERY["list-keyboard"])
    escape, f1, letter = 27, 282, ord("y")
    window, before = glass.app.window, glass.pixels()
    for key in (escape, f1, letter):
        window.dispatch("on_key_down", key, key, chr(key) if key == letter else None, ["ctrl"])
        window.dispatch("on_keyboard", key, key, chr(key) if key == letter else None, ["ctrl"])
        window.dispatch("on_key_up", key, key)
    window.dispatch("on_textinput", "y")
    glass.frame()
    assert glass.posted == []
    assert glass.pixels() == before


def test_the_same_key_twice_is_typed_twice_and_a_bounce_once(glass: Glass) -> None:
    glass.show(GALLERY["list-keyboard"])
    glass.tap("key_y")
    glass.rest(0.01)
    glass.tap("key_y")
    assert glass.posted == [KeyPressed("y")]
    glass.rest(0.15)
    glass.tap("key_y")
    assert glass.posted == [KeyPressed("y"), KeyPressed("y")]


def test_a_button_that_changes_under_the_finger_still_answers(glass: Glass) -> None:
    # given
    view = GALLERY["home"]
    glass.show(view)
    finger = glass.down(*glass.center("way-apply"))
    # when its note changes
    ways = tuple(replace(way, note=way.note + "。") for way in view.ways)  # type: ignore[attr-defined] # a HomeView
    glass.show(replace(view, ways=ways))  # type: ignore[type-var]
    finger.up()
    # then
    assert glass.posted == [JourneyChosen("apply")]


def test_a_finger_down_while_the_page_changes_presses_nothing(glass: Glass) -> None:
    view = GALLERY["list"]
    glass.show(view)
    finger = glass.down(*glass.center(view.chrome.dock[1].id))  # type: ignore[attr-defined] # a page
    glass.show(GALLERY["home"])
    finger.up()
    assert [event for event in glass.posted if not isinstance(event, Touched)] == []


def test_two_fingers_press_two_buttons_and_not_one_twice(glass: Glass) -> None:
    glass.show(GALLERY["home"])
    x, y = glass.center("way-apply")
    one, other = glass.down(x, y), glass.down(x + 40, y)
    one.up()
    other.up()
    assert glass.posted.count(JourneyChosen("apply")) == 1


def test_a_real_press_of_the_display_arrives_once(glass: Glass) -> None:
    # given
    program = shutil.which("xdotool")
    if program is None:
        pytest.skip("xdotool is a package of the system, not of Python; the other tests cover all but the display's own events")
    glass.show(GALLERY["home"])
    x, y = glass.center("way-guides")
    # when the pointer of the display clicks
    subprocess.run([program, "mousemove", str(int(x)), str(int(y)), "click", "1"], check=True, timeout=10)
    give_up = time.monotonic() + 10
    while not glass.posted and time.monotonic() < give_up:
        glass.listen()
    for _ in range(5):
        glass.listen()
    # then
    assert glass.posted == [JourneyChosen("guides")]
