"""Ink of a pen: strokes to coverage, smooth and the same whatever order its pieces are added in. No window, no Kivy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

Point = tuple[float, float]
Pixels = np.ndarray[Any, np.dtype[np.uint8]]

#: Straight pieces that a bend between two touches is drawn with.
_PIECES = 4


class Patch(NamedTuple):
    """A part of the ink: px from the left and the top, right and bottom not included."""

    left: int
    top: int
    right: int
    bottom: int

    def union(self, other: Patch) -> Patch:
        """The smallest part that holds both."""
        return Patch(min(self.left, other.left), min(self.top, other.top), max(self.right, other.right), max(self.bottom, other.bottom))


def bends(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """The straight pieces of the part that the newest point made certain: from the middle before the last bend to the middle after it.

    Quadratic curves through the middles of successive touches; a stroke is `bends` after each point, and `tail` at its end.
    """
    if len(points) == 1:
        yield points[0], points[0]
    elif len(points) == 2:
        yield points[0], _middle(*points)
    else:
        before, bend, last = points[-3:]
        start, end = _middle(before, bend), _middle(bend, last)
        at = start
        for step in range(1, _PIECES + 1):
            t = step / _PIECES
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
            to = (a * start[0] + b * bend[0] + c * end[0], a * start[1] + b * bend[1] + c * end[1])
            yield at, to
            at = to


def tail(points: Sequence[Point]) -> tuple[Point, Point]:
    """The last piece of a stroke, from the middle before the last touch to it."""
    return (_middle(*points[-2:]), points[-1]) if len(points) > 1 else (points[0], points[0])


def begun(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """All pieces of a stroke that goes on."""
    for count in range(1, len(points) + 1):
        yield from bends(points[max(count - 3, 0) : count])


def pieces(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """All pieces of a finished stroke."""
    yield from begun(points)
    if points:
        yield tail(points)


def _middle(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


class Ink:
    """Coverage 0..255 of a pad of `width`×`height` px; pieces are given with y down, 1 being `unit` px across and down."""

    def __init__(self, width: int, height: int, thickness: float, unit: tuple[float, float] | None = None) -> None:
        """`unit` None: the pad's own width and height."""
        self.width = width
        self.height = height
        self._unit: tuple[float, float] = unit or (width, height)
        self._radius = thickness / 2
        self.coverage: Pixels = np.zeros((height, width), dtype=np.uint8)

    def clear(self) -> None:
        """Make it empty."""
        self.coverage[:] = 0

    def add(self, piece: tuple[Point, Point]) -> Patch | None:
        """Draw one piece with round ends; returns what changed, None if it lies outside."""
        (x0, y0), (x1, y1) = ((x * self._unit[0], y * self._unit[1]) for x, y in piece)
        reach = self._radius + 1
        patch = Patch(
            max(int(min(x0, x1) - reach), 0),
            max(int(min(y0, y1) - reach), 0),
            min(int(max(x0, x1) + reach) + 1, self.width),
            min(int(max(y0, y1) + reach) + 1, self.height),
        )
        if patch.left >= patch.right or patch.top >= patch.bottom:
            return None
        x = np.arange(patch.left, patch.right, dtype=np.float32)[None, :] + 0.5 - x0
        y = np.arange(patch.top, patch.bottom, dtype=np.float32)[:, None] + 0.5 - y0
        dx, dy = x1 - x0, y1 - y0
        length = dx * dx + dy * dy
        along = np.clip((x * dx + y * dy) / length, 0, 1) if length > 0 else np.zeros((1, 1), dtype=np.float32)
        far = np.hypot(x - along * dx, y - along * dy)
        ink = (np.clip(self._radius + 0.5 - far, 0, 1) * 255).astype(np.uint8)
        part = self.coverage[patch.top : patch.bottom, patch.left : patch.right]
        np.maximum(part, ink, out=part)
        return patch
