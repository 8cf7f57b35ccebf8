"""The live picture: new frames are drawn, nothing around them is, and nobody looks at the camera when its page is gone."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

from PIL import Image

from kiosk.ports import LiveFrame, PageFault
from kiosk.views import MaterialsView
from screens.drawing import Rect
from screens.gallery import GALLERY
from screens.gallery.paper import frame
from screens.theme import STANDARD
from screens.widgets.camera_picture import fitted
from tests.ui.glass import Glass


@dataclass(eq=False)
class Moving:
    """A frame handle whose frame the test changes; counts how often it is asked."""

    frame: LiveFrame | None
    asked: int = field(default=0)

    def latest(self) -> LiveFrame | None:
        """The frame of the moment."""
        self.asked += 1
        return self.frame


def _page(handle: Moving, *, good: bool = True) -> MaterialsView:
    view = GALLERY["materials-first-page"]
    assert isinstance(view, MaterialsView)
    return replace(view, camera=handle, good=good)


def _picture(glass: Glass) -> Image.Image:
    size = glass.app.window.system_size
    return Image.frombytes("RGBA", tuple(size), glass.pixels()).transpose(Image.Transpose.FLIP_TOP_BOTTOM).convert("RGB")


def _until_presented(glass: Glass) -> list[Rect] | None:
    """Run Kivy's loop until something is presented; the rectangles of that frame."""
    seen: list[list[Rect] | None] = []
    glass.app.surface.on_presented = seen.append
    try:
        end = time.monotonic() + 10
        while not seen and time.monotonic() < end:
            glass.frame()
    finally:
        glass.app.surface.on_presented = None
    assert seen, "no frame came"
    return seen[0]


def test_a_new_frame_redraws_the_camera_and_nothing_else(glass: Glass) -> None:
    # given
    handle = Moving(frame(1))
    glass.show(_page(handle))
    glass.frame()
    before = _picture(glass)
    camera = glass.find("camera").rect
    # when
    handle.frame = frame(2, shift=80)
    rects = _until_presented(glass)
    # then
    assert rects is not None
    assert all(camera.left <= r.left and camera.top <= r.top and r.right <= camera.right and r.bottom <= camera.bottom for r in rects)
    after = _picture(glass)
    box = (camera.left, camera.top, camera.right, camera.bottom)
    assert before.crop(box) != after.crop(box)
    for picture in (before, after):
        picture.paste((0, 0, 0), box)
    assert before.tobytes() == after.tobytes()


def test_the_picture_after_a_new_frame_equals_a_whole_redraw(glass: Glass) -> None:
    handle = Moving(frame(1))
    glass.show(_page(handle))
    handle.frame = frame(2, shift=60)
    _until_presented(glass)
    assert glass.pixels() == glass.whole_pixels()


def test_the_same_frame_is_not_drawn_twice(glass: Glass) -> None:
    # given
    handle = Moving(frame(7))
    glass.show(_page(handle))
    glass.frame()
    counts = glass.app.surface.counts
    drawn, asked = counts.partial + counts.whole, handle.asked
    # when it was asked for a few more times
    end = time.monotonic() + 10
    while handle.asked < asked + 3 and time.monotonic() < end:
        glass.frame()
    # then
    assert handle.asked >= asked + 3
    assert counts.partial + counts.whole == drawn


def test_a_page_that_is_left_no_longer_looks_at_the_camera(glass: Glass) -> None:
    # given
    handle = Moving(frame(1))
    glass.show(_page(handle))
    # when
    glass.show(GALLERY["home"])
    asked = handle.asked
    end = time.monotonic() + 0.3
    while time.monotonic() < end:
        glass.frame()
    # then
    assert handle.asked == asked


def test_the_outline_is_green_when_the_page_can_be_taken_and_amber_when_not(glass: Glass) -> None:
    # given
    live = frame(1, (PageFault.BLURRED,))
    corner = live.outline[0]
    colors = {True: STANDARD.colors["live"], False: STANDARD.colors["amber"]}
    for good, color in colors.items():
        # when
        glass.show(_page(Moving(live), good=good))
        # then the dot in the corner has the color
        camera = glass.find("camera").rect
        x, y, w, _ = fitted(live.width, live.height, (24, 24, camera.right - camera.left - 48, camera.bottom - camera.top - 24 - 120))
        scale = w / live.width
        at = (round(camera.left + x + corner[0] * scale), round(camera.top + y + corner[1] * scale))
        pixel = _picture(glass).getpixel(at)
        assert "#{:02X}{:02X}{:02X}".format(*pixel) == color  # type: ignore[misc] # an RGB picture has three numbers a pixel


def test_the_first_frame_of_a_camera_that_was_starting_is_shown(glass: Glass) -> None:
    handle = Moving(None)
    glass.show(_page(handle))
    before = glass.pixels()
    handle.frame = frame(1)
    _until_presented(glass)
    assert glass.pixels() != before
