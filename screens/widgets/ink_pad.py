"""What is drawn on with a finger, a signature or a character: ink under it at once, a stroke posted at its end. What the terminal has stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from kivy.clock import Clock
from kivy.graphics import Color as Tint
from kivy.graphics import Rectangle
from kivy.graphics.texture import Texture

from kiosk.events import StrokeDrawn
from screens.widgets.brush import Brush
from screens.widgets.element import Element, Live, Mounted, State
from screens.widgets.ink import Ink, Patch, Point, begun, bends, pieces, tail

Stroke = tuple[Point, ...]

#: Seconds in which the terminal shows a stroke that was posted. What it has not taken by then it does not have, and the ink says so.
ANSWER_S = 2.0


@dataclass(frozen=True)
class InkPad(Element):
    """The ink alone, over whatever paper lies there. `strokes` are what the terminal has, in the pad's unit, y down."""

    strokes: tuple[Stroke, ...] = ()

    #: Width of the ink, px.
    thickness: ClassVar[float]
    #: Nothing is drawn nearer to the edge than this, px from the middle of the ink: it keeps clear of a frame.
    rim: ClassVar[float] = 0.0

    def unit(self, width: float, height: float) -> tuple[float, float]:
        """What 1 is on a pad of that size, across and down, in the same px. Its own width and height unless shapes must stay true."""
        return width, height

    def changed_part(self, old: Element) -> tuple[float, float, float, float] | None:
        """Nothing, if only strokes were added: they were drawn under the finger, or the live part says where they are."""
        if isinstance(old, InkPad) and self.strokes[: len(old.strokes)] == old.strokes:
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
        self._ink = Ink(*size, self._pad.thickness * mounted.page.layout.scale, self._pad.unit(*size))
        self._texture: Any = Texture.create(size=size, colorfmt="rgba")
        self._texture.flip_vertical()
        #: What the terminal has, then what was posted and it has not shown yet, then what is under the finger.
        self._held: tuple[Stroke, ...] = ()
        self._posted: tuple[Stroke, ...] = ()
        self._points: list[Point] = []
        self._patience: Any = None
        self._upload(self._all)
        self._take(self._pad.strokes)
        self._hang()

    @property
    def _pad(self) -> InkPad:
        element = self.mounted.element
        assert isinstance(element, InkPad)
        return element

    @property
    def _all(self) -> Patch:
        return Patch(0, 0, self._ink.width, self._ink.height)

    def changed(self, mounted: Mounted) -> None:
        super().changed(mounted)
        self._take(self._pad.strokes)
        self._hang()

    def gone(self) -> None:
        self._stop_waiting()
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
        """The terminal has these strokes. It may be behind the finger: what was posted stays drawn if it only adds to what it had."""
        held, posted = self._held, self._posted
        added = strokes[len(held) :]
        known = min(len(added), len(posted))
        if strokes[: len(held)] == held and added[:known] == posted[:known]:
            self._held, self._posted = strokes, posted[known:]
            for stroke in added[known:]:
                self._draw(pieces(stroke))
        else:  # undone, cleared, or another's
            self._draw_only(strokes)
        if not self._posted:
            self._stop_waiting()

    def _draw_only(self, strokes: tuple[Stroke, ...]) -> None:
        """These strokes and the one under the finger, and nothing else."""
        self._held, self._posted = strokes, ()
        self._ink.clear()
        for line in (*map(pieces, strokes), begun(self._points)):
            for piece in line:
                self._ink.add(piece)
        self._upload(self._all)
        self._damage(self._all)

    def _wait(self) -> None:
        self._stop_waiting()
        self._patience = Clock.schedule_once(self._give_up, ANSWER_S)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self, _: float) -> None:
        self._patience = None
        self._draw_only(self._held)

    # -------------------------------------------------------------- the finger

    def touch_down(self, x: float, y: float) -> bool:
        if self._points:  # one finger writes; a hand that rests on the glass does nothing
            return False
        self._points = [self._point(x, y)]
        self._draw(bends(self._points))
        return True

    def touch_move(self, x: float, y: float) -> None:
        point = self._point(x, y)
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
        self._posted = (*self._posted, stroke)
        self._wait()
        self.mounted.page.post(StrokeDrawn(stroke))

    def _point(self, x: float, y: float) -> Point:
        """In the pad's unit; beyond the edge it stays at the edge."""
        _, _, wide, high = self.mounted.place
        across, down = self._pad.unit(wide, high)
        rim = self._pad.rim
        return min(max(x, rim), wide - rim) / across, min(max(y, rim), high - rim) / down

    # -------------------------------------------------------------- pixels

    def _draw(self, lines: Iterable[tuple[Point, Point]]) -> None:
        changed: Patch | None = None
        for line in lines:
            patch = self._ink.add(line)
            if patch is not None:
                changed = changed.union(patch) if changed else patch
        if changed is not None:
            self._upload(changed)
            self._damage(changed)

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
