"""The pad that is signed on: ink under the finger at once, a stroke posted at its end. What the terminal has is what stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from kivy.graphics import Color as Tint
from kivy.graphics import Rectangle
from kivy.graphics.texture import Texture

from kiosk.events import StrokeDrawn
from screens.widgets.brush import Brush
from screens.widgets.element import Element, Live, Mounted, State
from screens.widgets.ink import Ink, Patch, Point, bends, pieces, tail
from screens.widgets.skin import FIELD

#: Size of the pad in px, the same upright and wide: a signature has one shape.
PAD_WIDTH, PAD_HEIGHT = 984, 848
#: Width of the ink, and the height of the line to write on, px.
INK_WIDTH, BASE_LINE = 10, 640

Stroke = tuple[Point, ...]


@dataclass(frozen=True)
class PadGround(Element):
    """The paper: frame, base line, hint."""

    hint: str

    def paint(self, brush: Brush, state: State) -> None:
        w, h = brush.width, brush.height
        brush.box(0, 0, w, h, FIELD)
        line = h * BASE_LINE / PAD_HEIGHT
        brush.fill(64, line, w - 128, 2, "line2")
        brush.text(64, line + (h - line - 60) / 2, w - 128, 60, self.hint, color="ink2", align="center")


@dataclass(frozen=True)
class SignaturePad(Element):
    """The ink over the paper. `strokes` are what the terminal has."""

    strokes: tuple[Stroke, ...] = ()

    @property
    def ident(self) -> str:
        return "signature_pad"

    def changed_part(self, old: Element) -> tuple[float, float, float, float] | None:
        """Nothing, if only strokes were added: they were drawn under the finger, or the live part says where they are."""
        if isinstance(old, SignaturePad) and self.strokes[: len(old.strokes)] == old.strokes:
            return 0, 0, 0, 0
        return None

    def paint(self, brush: Brush, state: State) -> None:
        """The ink is the live part's."""

    def live(self, mounted: Mounted) -> Live | None:
        return _Writing(mounted)


class _Writing(Live):
    """Draws into one texture; only the piece that was added goes to the glass."""

    def __init__(self, mounted: Mounted) -> None:
        super().__init__(mounted)
        rect = mounted.rect
        size = (rect.right - rect.left, rect.bottom - rect.top)
        self._ink = Ink(*size, INK_WIDTH * mounted.page.layout.scale)
        self._texture: Any = Texture.create(size=size, colorfmt="rgba")
        self._texture.flip_vertical()
        #: What is drawn: strokes of the terminal, then our own that it does not have yet.
        self._drawn: tuple[Stroke, ...] = ()
        self._points: list[Point] = []
        self._upload(Patch(0, 0, *size))
        self._take(self._strokes)
        self._hang()

    @property
    def _strokes(self) -> tuple[Stroke, ...]:
        element = self.mounted.element
        assert isinstance(element, SignaturePad)
        return element.strokes

    def changed(self, mounted: Mounted) -> None:
        super().changed(mounted)
        self._take(self._strokes)
        self._hang()

    def gone(self) -> None:
        self._ink.clear()
        self._texture = None
        self._points = []

    def _hang(self) -> None:
        rect = self.mounted.rect
        layout = self.mounted.page.layout
        self.mounted.group.add(Tint(*self.mounted.page.theme.rgba("ink")))
        size = (rect.right - rect.left, rect.bottom - rect.top)
        self.mounted.group.add(Rectangle(pos=(rect.left, layout.screen_height - rect.bottom), size=size, texture=self._texture))

    # -------------------------------------------------------------- what the terminal has

    def _take(self, strokes: tuple[Stroke, ...]) -> None:
        """Show exactly these strokes, and the one under the finger."""
        if strokes == self._drawn:
            return
        if strokes[: len(self._drawn)] == self._drawn:
            added = strokes[len(self._drawn) :]
        else:
            self._ink.clear()
            self._upload(Patch(0, 0, self._ink.width, self._ink.height))
            self._damage(Patch(0, 0, self._ink.width, self._ink.height))
            added = strokes
            if self._points:
                self._draw(pieces(self._points))
        for stroke in added:
            self._draw(pieces(stroke))
        self._drawn = strokes

    # -------------------------------------------------------------- the finger

    def touch_down(self, x: float, y: float) -> bool:
        if self._points:  # one finger writes; a hand that rests on the glass does nothing
            return False
        self._points = [self._unit(x, y)]
        self._draw(bends(self._points))
        return True

    def touch_move(self, x: float, y: float) -> None:
        point = self._unit(x, y)
        if not self._points or point == self._points[-1]:
            return
        self._points.append(point)
        self._draw(bends(self._points))

    def touch_up(self, x: float, y: float) -> None:
        self.touch_move(x, y)
        if not self._points:
            return
        stroke = tuple(self._points)
        self._points = []
        self._draw([tail(stroke)])
        self._drawn = (*self._drawn, stroke)
        self.mounted.page.post(StrokeDrawn(stroke))

    def _unit(self, x: float, y: float) -> Point:
        """In the unit square; beyond the frame it stays at the edge."""
        return min(max(x / self.mounted.place[2], 0.0), 1.0), min(max(y / self.mounted.place[3], 0.0), 1.0)

    # -------------------------------------------------------------- pixels

    def _draw(self, lines: Any) -> None:
        for line in lines:
            patch = self._ink.add(line)
            if patch is not None:
                self._upload(patch)
                self._damage(patch)

    def _upload(self, patch: Patch) -> None:
        part = self._ink.coverage[patch.top : patch.bottom, patch.left : patch.right]
        pixels = np.full((*part.shape, 4), 255, dtype=np.uint8)
        pixels[..., 3] = part
        size = (patch.right - patch.left, patch.bottom - patch.top)
        self._texture.blit_buffer(pixels.tobytes(), size=size, pos=(patch.left, patch.top), colorfmt="rgba", bufferfmt="ubyte")

    def _damage(self, patch: Patch) -> None:
        scale = self.mounted.page.layout.scale
        wide, high = (patch.right - patch.left) / scale, (patch.bottom - patch.top) / scale
        # one px around: places are rounded
        self.mounted.damage(patch.left / scale - 1, patch.top / scale - 1, wide + 2, high + 2)
