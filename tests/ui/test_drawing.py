"""Partial redraw gives exactly the pixels of a whole redraw, is really used, and tells when somebody lies."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, replace

import pytest

from kiosk.views import ViewData
from screens.drawing import MOST_RECTANGLES, Rect, merged
from screens.gallery import GALLERY
from tests.ui.glass import Finger, Glass

#: Pixels may differ by this much from a whole redraw: not at all.
TOLERANCE = 0


def _later(view: ViewData, chance: random.Random) -> ViewData:
    """The same page a moment later: another clock, another number of seconds."""
    minute = f"10:{chance.randrange(60):02}"
    if hasattr(view, "seconds_left"):
        return replace(view, seconds_left=chance.randrange(20))
    if hasattr(view, "chrome"):
        return replace(view, chrome=replace(view.chrome, clock=minute))
    return replace(view, clock=minute)


def test_after_each_of_200_random_touches_the_glass_equals_a_whole_redraw(glass: Glass, chance: random.Random) -> None:
    # given
    names = sorted(GALLERY)
    before = replace(glass.app.surface.counts)
    view = GALLERY["home"]
    glass.show(view)
    finger: Finger | None = None
    different = []
    # when
    for step in range(200):
        glass.rest(chance.choice((0.05, 0.4, 2.0)))
        kind = chance.random()
        if finger is not None and kind < 0.6:
            finger.up()
            finger = None
        elif finger is not None:
            finger.move(chance.randrange(1080), chance.randrange(1920))
        elif kind < 0.2:
            view = GALLERY[chance.choice(names)]
            glass.show(view)
        elif kind < 0.35:
            view = _later(view, chance)
            glass.show(view)
        else:
            targets = [m for m in glass.app.page.mounted if m.element.event is not None]
            rect = chance.choice(targets).rect if targets and kind < 0.9 else Rect(0, 0, 1080, 1920)
            finger = glass.down(chance.randrange(rect.left, rect.right), chance.randrange(rect.top, rect.bottom))
        # then
        glass.app.surface.draw_now()
        drawn = glass.pixels()
        if drawn != glass.whole_pixels():
            different.append((step, view.name))
    if finger is not None:
        finger.up()
    assert different == []
    counts = glass.app.surface.counts
    assert glass.app.surface.partial_possible
    assert counts.partial - before.partial > 60
    assert counts.unreported == before.unreported


@dataclass(frozen=True)
class _Growing:
    """Makes elements for the tests of liars."""

    honest: bool
    says: bool

    def element(self) -> object:
        from kivy.graphics import Color, Rectangle

        from screens.widgets import Element, Live, Mounted, State
        from screens.widgets.brush import Brush

        honest, says = self.honest, self.says

        class Grow(Live):
            def grow(self) -> None:
                self.mounted.group.add(Color(1, 0, 0, 1))
                self.mounted.group.add(Rectangle(pos=(100, 100), size=(300, 300)))
                if says:
                    self.mounted.damage(*((0, 0, 300, 300) if honest else (0, 200, 100, 100)))

        class Square(Element):
            @property
            def ident(self) -> str:
                return "square"

            def paint(self, brush: Brush, state: State) -> None:
                brush.fill(0, 0, brush.width, brush.height, "sunk")

            def live(self, mounted: Mounted) -> Live:
                return Grow(mounted)

        return Square()


def _grow(glass: Glass, growing: _Growing) -> None:
    page = glass.app.page
    page.begin()
    page.place(growing.element(), 100, 1520, 300, 300)  # type: ignore[arg-type] # built inside to keep Kivy out of the import
    page.commit()
    glass.frame()
    glass.frame()
    square = glass.find("square")
    assert square.live is not None
    square.live.grow()  # type: ignore[attr-defined]
    glass.app.surface.draw_now()


def test_a_widget_that_tells_its_rectangle_is_drawn_in_part_and_right(glass: Glass) -> None:
    before = glass.app.surface.counts.partial
    _grow(glass, _Growing(honest=True, says=True))
    assert glass.app.surface.counts.partial > before
    assert glass.pixels() == glass.whole_pixels()


def test_a_widget_that_lies_about_its_rectangle_is_caught_by_the_pixels(glass: Glass) -> None:
    _grow(glass, _Growing(honest=False, says=True))
    assert glass.pixels() != glass.whole_pixels()


def test_a_widget_that_says_nothing_makes_the_frame_whole(glass: Glass) -> None:
    counts = glass.app.surface.counts
    before = counts.unreported
    _grow(glass, _Growing(honest=True, says=False))
    assert counts.unreported == before + 1
    assert glass.pixels() == glass.whole_pixels()


def test_what_is_presented_is_on_the_display(glass: Glass) -> None:
    image_grab = pytest.importorskip("PIL.ImageGrab")
    # given
    glass.show(GALLERY["home"])
    finger = glass.down(*glass.center("way-guides"))
    # when
    try:
        seen = image_grab.grab(bbox=(0, 0, 1080, 1920)).convert("RGBA")
    except OSError as problem:  # Pillow built without XCB cannot look at the display
        finger.up()
        pytest.skip(str(problem))
    # then
    from PIL import Image

    drawn = Image.frombytes("RGBA", (1080, 1920), glass.pixels()).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    finger.up()
    assert seen.convert("RGB").tobytes() == drawn.convert("RGB").tobytes()


def test_showing_the_same_page_with_another_clock_redraws_the_clock_only(glass: Glass) -> None:
    # given
    view = GALLERY["home"]
    glass.show(view)
    counts = glass.app.surface.counts
    whole, pixels = counts.whole, counts.pixels
    # when
    glass.show(replace(view, chrome=replace(view.chrome, clock="10:27")))  # type: ignore[attr-defined,type-var] # a page
    # then
    assert counts.whole == whole
    assert 0 < counts.pixels - pixels < 376 * 60


def test_a_pressed_button_costs_a_fraction_of_a_whole_redraw(glass: Glass) -> None:
    # given
    glass.show(GALLERY["list"])
    surface = glass.app.surface

    def seconds(draw: str) -> float:
        best = 9.0
        for _ in range(5):
            surface.damage(glass.find("next").rect)
            begin = time.perf_counter()
            getattr(surface, draw)()
            glass.pixels()[:1]
            best = min(best, time.perf_counter() - begin)
        return best

    surface.draw_now()
    reading = min(_timed(glass.pixels) for _ in range(5))
    # when
    part, whole = seconds("draw_now") - reading, seconds("draw_whole") - reading
    # then: measured 4 to 10 times; half of it even on a busy machine
    assert part < whole / 2


def _timed(call: object) -> float:
    begin = time.perf_counter()
    call()  # type: ignore[operator]
    return time.perf_counter() - begin


def test_a_glass_of_another_size_shows_the_same_page_laid_out_anew(glass: Glass) -> None:
    # given
    glass.show(GALLERY["home"])
    upright = glass.pixels()
    # when the display is turned, and turned back
    glass.app._resized(glass.app.window, 1920, 1080)
    turned = glass.find("way-apply").rect
    glass.app._resized(glass.app.window, 1080, 1920)
    glass.app.surface.draw_now()
    # then
    assert turned == Rect(240, 328, 1044, 952)
    assert glass.pixels() == upright


def test_without_the_extension_every_frame_is_whole_and_right(glass: Glass) -> None:
    # given a display that can only swap
    surface = glass.app.surface
    kept, surface._sub_buffer = surface._sub_buffer, None
    try:
        glass.show(GALLERY["home"])
        whole, partial = surface.counts.whole, surface.counts.partial
        # when
        finger = glass.down(*glass.center("way-guides"))
        # then
        assert surface.counts.partial == partial
        assert surface.counts.whole > whole
        finger.up()
    finally:
        surface._sub_buffer = kept
        surface.damage_all()
        surface.draw_now()


def test_rectangles_that_touch_become_one_and_empty_ones_vanish() -> None:
    assert merged([Rect(0, 0, 10, 10), Rect(10, 0, 20, 10), Rect(5, 5, 5, 9)]) == [Rect(0, 0, 20, 10)]
    near = [Rect(100 * i, 0, 100 * i + 10, 10) for i in range(10)]
    assert merged(near) == [Rect(0, 0, 910, 10)]
    far = [Rect(0, 200 * i, 100, 200 * i + 10) for i in range(3)]
    assert merged(far) == far


def test_of_too_many_rectangles_the_nearest_are_drawn_as_one() -> None:
    # given ten in two far groups, as of a field and a keyboard
    upper = [Rect(400 * i, 0, 400 * i + 100, 150) for i in range(5)]
    lower = [Rect(400 * i, 1500, 400 * i + 100, 1650) for i in range(5)]
    # when
    drawn = merged([rect for pair in zip(upper, lower, strict=True) for rect in pair])
    # then
    assert len(drawn) <= MOST_RECTANGLES
    assert all(
        any(r.left <= one.left and r.right >= one.right and r.top <= one.top and r.bottom >= one.bottom for r in drawn) for one in upper
    )
    assert all(rect.bottom <= 150 or rect.top >= 1500 for rect in drawn)
