"""The one drawing mechanism: whoever changes something on the glass says which rectangle, and only that is drawn and presented.

Everything drawn hangs in `Surface.canvas`, beside the window's own canvas, so that Kivy asks for a whole redraw only for reasons of
its own (a window uncovered or resized). A frame is drawn whole if the change was not reported (`probe`), if too much changed, or
where the glass can only be swapped.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from kivy.clock import Clock
from kivy.graphics import Canvas
from kivy.graphics.opengl import (
    GL_COLOR_BUFFER_BIT,
    GL_RGBA,
    GL_SCISSOR_TEST,
    GL_UNSIGNED_BYTE,
    glClear,
    glClearColor,
    glDisable,
    glEnable,
    glFinish,
    glReadPixels,
    glScissor,
)

from screens.glx import SubBuffer

#: More separate rectangles than this in one frame are drawn as the one that holds them all: each costs a walk through the canvas.
MOST_RECTANGLES = 6
#: A walk through the canvas costs about as much as so many pixels.
WALK_PIXELS = 10_000
#: Frames that are swapped when the window is new or has another size: a swap makes the driver fit its buffers to the window, and
#: copying more than a buffer has is an X error, which ends the process.
SWAPS_AFTER_RESIZE = 2
#: From this share of the glass on a whole redraw is no dearer.
WHOLE_SHARE = 0.6


class Rect(NamedTuple):
    """A rectangle of the glass: whole px, y down, right and bottom not included."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def area(self) -> int:
        """px²; 0 if empty."""
        return max(self.right - self.left, 0) * max(self.bottom - self.top, 0)

    def union(self, other: Rect) -> Rect:
        """The smallest rectangle that holds both."""
        return Rect(min(self.left, other.left), min(self.top, other.top), max(self.right, other.right), max(self.bottom, other.bottom))

    def touches(self, other: Rect) -> bool:
        """Whether they share a pixel or an edge."""
        return self.left <= other.right and other.left <= self.right and self.top <= other.bottom and other.top <= self.bottom

    def clipped(self, width: int, height: int) -> Rect:
        """What of it is on the glass."""
        return Rect(max(self.left, 0), max(self.top, 0), min(self.right, width), min(self.bottom, height))


def merged(rects: list[Rect]) -> list[Rect]:
    """The same pixels, and some more, in few rectangles that do not touch each other; empty ones are left out.

    A key press changes a field, candidates and a key: what lies near is drawn in one, what lies far apart is not.
    """
    result: list[Rect] = []
    for given in rects:
        if given.area:
            result = _joined(result, given)
    while len(result) > MOST_RECTANGLES:
        one, other = min(itertools.combinations(result, 2), key=lambda pair: _waste(*pair))
        result.remove(one)
        result.remove(other)
        result = _joined(result, one.union(other))
    return result


def _waste(one: Rect, other: Rect) -> int:
    """px² that are drawn for nothing if both are drawn in one."""
    return one.union(other).area - one.area - other.area


def _joined(rects: list[Rect], rect: Rect) -> list[Rect]:
    """Rectangles with one more; those that it touches, or that are so near that another walk would be dearer, become one with it."""
    for other in rects:
        if rect.touches(other) or _waste(rect, other) < WALK_PIXELS:
            return _joined([each for each in rects if each is not other], rect.union(other))
    return [*rects, rect]


@dataclass
class Counts:
    """What was drawn so far: frames by kind, and px² of partial frames. For tests and measurements."""

    whole: int = 0
    partial: int = 0
    unreported: int = 0
    pixels: int = 0


class Surface:
    """The window's picture. Use it in Kivy's thread only."""

    def __init__(self, window: Any, probe: Callable[[], bool] = lambda: False, *, sub_buffer: bool = True) -> None:
        """`probe` says whether something changed that was not reported; `sub_buffer` False presents by swaps only."""
        self.canvas = Canvas()
        self.counts = Counts()
        #: Called after each presented frame with the rectangles drawn; None is the whole glass.
        self.on_presented: Callable[[list[Rect] | None], None] | None = None
        self._window = window
        self._probe = probe
        self._damage: list[Rect] = []
        self._whole = True
        self._swaps = SWAPS_AFTER_RESIZE
        self._fits = False
        self._sub_buffer = SubBuffer.of_current_context() if sub_buffer else None
        self._frame = Clock.create_trigger(self._draw_frame, -1)
        self._clear = tuple(window.clearcolor)
        window.render_context.add(self.canvas)
        # Kivy's own whole redraw: ours instead, and presented our way. Returning True ends the dispatch.
        window.bind(on_draw=self._on_window_draw, on_flip=self._on_window_flip, on_resize=self._on_window_resize)
        self._frame()

    @property
    def partial_possible(self) -> bool:
        """Whether the glass takes parts of a picture."""
        return self._sub_buffer is not None and self._fits

    @property
    def pending(self) -> bool:
        """Whether a frame is owed."""
        return self._whole or bool(self._damage)

    def close(self) -> None:
        """Give the window back to Kivy."""
        self._frame.cancel()
        self._window.unbind(on_draw=self._on_window_draw, on_flip=self._on_window_flip, on_resize=self._on_window_resize)
        self._window.render_context.remove(self.canvas)

    def damage(self, rect: Rect) -> None:
        """This rectangle has to be drawn anew."""
        self._damage.append(rect)
        self._frame()

    def damage_all(self) -> None:
        """Everything has to be drawn anew."""
        self._whole = True
        self._frame()

    def set_ground(self, rgba: tuple[float, float, float, float]) -> None:
        """The color under everything."""
        if rgba != self._clear:
            self._clear = rgba
            self._window.clearcolor = rgba
            self.damage_all()

    def read_back(self) -> bytes:
        """The drawn picture as RGBA rows from the bottom: what the back buffer holds, without drawing anything."""
        width, height = self._window.system_size
        return bytes(glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE))

    def draw_now(self) -> None:
        """Draw and present what is owed, at once."""
        self._draw_frame()

    def draw_whole(self) -> None:
        """Draw everything anew and present it, at once."""
        self._probe()
        self._draw_whole()

    @staticmethod
    def settle() -> None:
        """Wait until everything asked of the graphics driver is done; for measurements."""
        glFinish()

    # -------------------------------------------------------------- frames

    def _draw_frame(self, *_: object) -> None:
        width, height = self._window.system_size
        if self._probe():
            self.counts.unreported += 1
            self._whole = True
        rects = merged([rect.clipped(width, height) for rect in self._damage])
        if not self._whole and not rects:
            self._damage.clear()
            return
        if self._whole or self._sub_buffer is None or not self._fits or sum(rect.area for rect in rects) > WHOLE_SHARE * width * height:
            self._draw_whole()
            return
        self._damage.clear()
        glClearColor(*self._clear)
        glEnable(GL_SCISSOR_TEST)
        for rect in rects:
            glScissor(rect.left, height - rect.bottom, rect.right - rect.left, rect.bottom - rect.top)
            glClear(GL_COLOR_BUFFER_BIT)
            self._window.render_context.draw()
            self.counts.pixels += rect.area
        glDisable(GL_SCISSOR_TEST)
        for rect in rects:
            self._sub_buffer.copy(rect.left, height - rect.bottom, rect.right - rect.left, rect.bottom - rect.top)
        self.counts.partial += 1
        if self.on_presented:
            self.on_presented(rects)

    def _draw_whole(self) -> None:
        self._damage.clear()
        self._whole = False
        glClearColor(*self._clear)
        glDisable(GL_SCISSOR_TEST)
        glClear(GL_COLOR_BUFFER_BIT)
        self._window.render_context.draw()
        self.counts.whole += 1
        self._present_whole()
        if self.on_presented:
            self.on_presented(None)

    def _present_whole(self) -> None:
        if self._sub_buffer is None:
            self._window.flip()
        elif self._swaps:  # a swap leaves the back buffer undefined: another whole frame follows
            self._swaps -= 1
            self._window.flip()
            self._fits = not self._swaps and self._sub_buffer.size() == tuple(self._window.system_size)
            self.damage_all()
        elif not self._fits:  # the window is not what the toolkit takes it for
            self._window.flip()
        else:
            width, height = self._window.system_size
            self._sub_buffer.copy(0, 0, width, height)

    def _on_window_draw(self, *_: object) -> bool:
        self.draw_whole()
        return True

    def _on_window_resize(self, *_: object) -> None:
        self._swaps = SWAPS_AFTER_RESIZE
        self._fits = False
        self.damage_all()

    def _on_window_flip(self, *_: object) -> bool:
        return True
