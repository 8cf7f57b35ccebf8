"""The ink box under a finger, for tests: strokes drawn by touches, and where the glass is dark afterwards."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import Event, StrokeDrawn
from kiosk.views import Button, FormView, Keyboard
from screens.drawing import Rect
from screens.gallery import GALLERY
from tests.ui.glass import Glass


def page(name: str = "handwriting-empty") -> FormView:
    view = GALLERY[name]
    assert isinstance(view, FormView)
    return view


def with_keyboard(view: FormView, **changes: object) -> FormView:
    assert view.keyboard is not None
    return replace(view, keyboard=replace(view.keyboard, **changes))  # type: ignore[arg-type]


def draw(glass: Glass, path: list[tuple[float, float]]) -> None:
    glass.draw("ink_box", path)


def strokes_of(posted: list[Event]) -> tuple[tuple[tuple[float, float], ...], ...]:
    return tuple(event.points for event in posted if isinstance(event, StrokeDrawn))


def keyboard_of(name: str) -> Keyboard:
    keyboard = page(name).keyboard
    assert keyboard is not None
    return keyboard


def candidates_of(name: str) -> tuple[Button, ...]:
    bar = keyboard_of(name).bar
    assert bar is not None
    return bar.candidates


def texts_of(glass: Glass) -> list[str]:
    return [mounted.element.text for mounted in glass.app.page.mounted if hasattr(mounted.element, "text")]


def rows_of(glass: Glass, rect: Rect) -> list[bytes]:
    width, height = glass.app.window.system_size
    picture = glass.pixels()
    starts = [((height - 1 - y) * width + rect.left) * 4 for y in range(rect.top, rect.bottom)]
    return [picture[start : start + (rect.right - rect.left) * 4] for start in starts]


def ink_of(glass: Glass, box: Rect) -> bytes:
    """Where the box is dark: 1 for each px of ink; text of the hint is not among it."""
    below = Rect(box.left + 4, box.top + 70, box.right - 4, box.bottom - 4)
    return bytes(value < 100 for value in b"".join(row[::4] for row in rows_of(glass, below)))


def differing(one: bytes, other: bytes) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def around(glass: Glass, rect: Rect) -> list[bytes]:
    width, height = glass.app.window.system_size
    return [
        *rows_of(glass, Rect(0, 0, width, rect.top)), *rows_of(glass, Rect(0, rect.bottom, width, height)),
        *rows_of(glass, Rect(0, rect.top, rect.left, rect.bottom)), *rows_of(glass, Rect(rect.right, rect.top, width, rect.bottom)),
    ]  # fmt: skip


def corners_of(glass: Glass, box: Rect) -> list[list[bytes]]:
    """The four squares in which the frame is round, without what lies inside its curve."""
    at = [(box.left, box.top), (box.right - 6, box.top), (box.left, box.bottom - 6), (box.right - 6, box.bottom - 6)]
    return [rows_of(glass, Rect(x, y, x + 6, y + 6)) for x, y in at]


def corners_of_an_empty_box(glass: Glass, box: Rect) -> list[list[bytes]]:
    glass.show(GALLERY["home"])
    glass.show(page())
    return corners_of(glass, box)
