"""A character that is being drawn: its strokes as the ink box shows them, and as they are sent to be read."""

from __future__ import annotations

import math

from kiosk.views.keyboard import Stroke

#: More is a page, not a character. No more than the engine reads (kiosk.typing.handwriting), and than one request holds.
MOST_STROKES, MOST_POINTS = 64, 3000

#: Points nearer than this to the one before tell nothing new: 3 px of the ink box's 808.
_NEAR = 0.004
_DECIMALS = 3


def thinned(strokes: tuple[Stroke, ...]) -> tuple[Stroke, ...]:
    """Without points that lie close together, and in few digits: a slow finger's thousands are more than a request holds."""
    result: list[Stroke] = []
    for stroke in strokes:
        kept = [stroke[0]]
        for point in stroke[1:]:
            if math.dist(point, kept[-1]) >= _NEAR:
                kept.append(point)
        result.append(tuple((round(x, _DECIMALS), round(y, _DECIMALS)) for x, y in kept))
    return tuple(result)


def takes(strokes: tuple[Stroke, ...], stroke: Stroke) -> bool:
    """Whether a stroke can be added: it is one, and all are one character, not a page."""
    together = (*strokes, stroke)
    return (
        bool(stroke)
        and all(math.isfinite(value) for point in stroke for value in point)
        and len(together) <= MOST_STROKES
        and sum(map(len, thinned(together))) <= MOST_POINTS
    )
