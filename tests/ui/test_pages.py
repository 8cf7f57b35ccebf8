"""Over every page of the gallery: what can be pressed posts its event, and what is drawn does not depend on what was there before."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import zxingcpp
from PIL import Image

from kiosk.events import KeyPressed, Touched
from kiosk.views import Button, KeyboardKind, PageView, ViewData
from screens.gallery import GALLERY
from screens.gallery.__main__ import chosen, index_page
from screens.theme import Layout
from screens.widgets import PressButton
from screens.widgets.element import Mounted
from screens.widgets.person_card import PersonTile
from tests.ui.glass import Glass

#: One gallery page after the other of the same screen, in a ring; a screen with a single page follows home.
_BY_SCREEN: dict[str, list[str]] = {}
for _name, _view in GALLERY.items():
    _BY_SCREEN.setdefault(_view.name, []).append(_name)
STEPS = [(names[i - 1] if len(names) > 1 else "home", name) for names in _BY_SCREEN.values() for i, name in enumerate(names)]


@pytest.mark.parametrize(("before", "name"), STEPS)
def test_a_page_drawn_over_another_of_its_screen_equals_a_fresh_one(glass: Glass, before: str, name: str) -> None:
    # given
    glass.show(GALLERY[before])
    glass.frame()
    # when
    glass.show(GALLERY[name])
    glass.app.surface.draw_now()
    over_another = _still(glass)
    # then
    assert over_another == glass.whole_pixels()
    glass.app.page.begin()
    glass.app.page.commit()
    glass.frame()
    glass.show(GALLERY[name])
    glass.app.surface.draw_now()
    assert _still(glass) == over_another


def _still(glass: Glass) -> bytes:
    """The picture with every moving bar back at its beginning."""
    from screens.widgets.basic import MovingBar

    for mounted in glass.app.page.mounted:
        if isinstance(mounted.live, MovingBar):
            mounted.live._step = -1
            mounted.live._move(0)
    glass.app.surface.draw_now()
    return glass.pixels()


def _middle(mounted: Mounted) -> tuple[float, float]:
    """Of an element, in px of the page."""
    x, y, w, h = mounted.place
    return x + w / 2, y + h / 2


@pytest.mark.parametrize("name", [name for name, view in GALLERY.items() if view.name not in ("attract", "idle")])
def test_every_target_posts_its_event_once(glass: Glass, name: str) -> None:
    # given
    glass.show(GALLERY[name])
    targets = {m.element.ident: m.event_at(*_middle(m)) for m in glass.app.page.mounted if m.element.event is not None}
    posted = {}
    # when
    for ident in targets:
        glass.rest()
        glass.posted.clear()
        glass.tap(ident)
        posted[ident] = list(glass.posted)
    # then
    assert posted == {ident: [event] for ident, event in targets.items()}


@pytest.mark.parametrize("name", [name for name, view in GALLERY.items() if view.name not in ("attract", "idle")])
def test_what_is_disabled_posts_only_that_somebody_is_there(glass: Glass, name: str) -> None:
    glass.show(GALLERY[name])
    disabled = [m for m in glass.app.page.mounted if m.element.ident and m.element.event is None and m.live is None]
    for mounted in disabled:
        glass.rest()
        glass.posted.clear()
        glass.tap(mounted.element.ident)
        assert glass.posted == [Touched()], mounted.element.ident


@pytest.mark.parametrize("name", [name for name in GALLERY if getattr(GALLERY[name], "keyboard", None)])
def test_the_keyboard_is_whole_and_posts_every_key(glass: Glass, name: str) -> None:
    # given
    glass.show(GALLERY[name])
    keys = [m.element.ident for m in glass.app.page.mounted if m.element.ident.startswith("key_") and m.element.event]
    glass.posted.clear()
    # when
    for ident in keys:
        glass.rest()
        glass.tap(ident)
    # then
    assert glass.posted == [KeyPressed(ident.removeprefix("key_")) for ident in keys]
    keyboard = GALLERY[name].keyboard  # type: ignore[attr-defined] # chosen for it
    wanted = "" if keyboard.grid else _KEYS.get(keyboard.kind, "0123456789")
    assert {f"key_{key}" for key in wanted} <= {ident.lower() for ident in keys}
    assert keyboard.grid or "key_backspace" in keys
    assert keyboard.grid or not keyboard.done_enabled or "key_done" in keys


_KEYS = {
    KeyboardKind.LETTERS: "abcdefghijklmnopqrstuvwxyz",
    KeyboardKind.PINYIN: "abcdefghijklmnopqrstuvwxyz",
    KeyboardKind.NINE: "23456789",
    KeyboardKind.SYMBOLS: "0123456789，。、？！：；“”·《》（）—…",
    KeyboardKind.HANDWRITING: "",
}


#: Fields with buttons that a page must not lose, whatever its shape.
_MANY = ("actions", "ways", "tabs", "chips", "levels", "tags")
_SINGLE = ("primary", "secondary", "larger", "agree", "refuse", "clear")


def _buttons(view: ViewData) -> set[str]:
    """Idents of the buttons that a page must not lose, whatever its shape."""
    buttons = [button for field in _MANY for button in getattr(view, field, ()) if isinstance(button, Button)]
    buttons += [button for section in getattr(view, "sections", ()) for button in getattr(section, "buttons", ())]
    buttons += [card.button for card in getattr(view, "people", ()) if card.button]
    if not getattr(view, "keyboard", None):
        buttons += [button for field in _SINGLE if (button := getattr(view, field, None))]
    return {button.id for button in buttons}


@pytest.mark.parametrize("shape", [(1080, 1920), (1920, 1080)])
@pytest.mark.parametrize("name", [name for name, view in GALLERY.items() if view.name not in ("attract", "idle")])
def test_no_button_of_a_view_is_left_out(glass: Glass, name: str, shape: tuple[int, int]) -> None:
    glass.app.page.layout = Layout(*shape)
    glass.app.router.show(GALLERY[name])
    shown = {m.element.ident for m in glass.app.page.mounted}
    assert _buttons(GALLERY[name]) <= shown


@pytest.mark.parametrize(("shape", "place"), [((1080, 1920), (848, 1752, 184, 136)), ((1920, 1080), (12, 924, 168, 136))])
def test_help_stands_in_the_same_place_on_every_page(
    glass: Glass, shape: tuple[int, int], place: tuple[float, float, float, float]
) -> None:
    glass.app.page.layout = Layout(*shape)
    for view in GALLERY.values():
        if isinstance(view, PageView):
            glass.app.router.show(view)
            assert [m.place for m in glass.app.page.mounted if m.element.ident == "help"] == [place]


def test_who_is_only_to_be_seen_cannot_be_pressed(glass: Glass) -> None:
    # given
    glass.show(GALLERY["people-on-duty"])
    cards = [m for m in glass.app.page.mounted if isinstance(m.element, PersonTile)]
    # when
    for mounted in cards:
        glass.rest()
        x, y = _middle(mounted)
        finger = glass.down(x, y)
        finger.up()
    # then
    assert len(cards) == 8
    assert set(glass.posted) == {Touched()}


def test_nothing_is_blue_where_the_page_is_about_something_else_than_its_actions(glass: Glass) -> None:
    glass.show(GALLERY["rate"])
    looks = {m.element.ident: m.element.look for m in glass.app.page.mounted if isinstance(m.element, PressButton)}
    assert looks["skip"] == "secondary"
    assert "primary" not in looks.values()


@pytest.mark.parametrize("name", [name for name, view in GALLERY.items() if getattr(view, "qr", "")])
def test_the_code_on_a_page_can_be_read_from_its_pixels(glass: Glass, name: str) -> None:
    view = GALLERY[name]
    glass.show(view)
    picture = Image.frombytes("RGBA", tuple(glass.app.window.system_size), glass.pixels()).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    assert [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))] == [view.qr]  # type: ignore[attr-defined] # chosen for it


def test_a_name_chooses_the_page_and_its_states() -> None:
    assert set(chosen("scan")) == {name for name in GALLERY if name == "scan" or name.startswith("scan-")}
    assert set(chosen("")) == set(GALLERY)
    assert not chosen("no-such-page")


def test_the_index_shows_every_picture_in_both_shapes() -> None:
    page = index_page(GALLERY)
    for name in GALLERY:
        assert f'src="{name}.upright.png"' in page
        assert f'src="{name}.wide.png"' in page


@pytest.mark.parametrize("arguments", [["--only", "no-such-page"], ["--no-such-option"], ["--out"], ["--form", "round"]])
def test_wrong_usage_of_the_gallery_is_one_line_that_says_so(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "screens.gallery", *arguments], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    answer = json.loads(done.stdout)
    assert answer["error"] in {"unknown_picture", "wrong_usage"}
    assert answer["message"]
    assert "Traceback" not in done.stderr
