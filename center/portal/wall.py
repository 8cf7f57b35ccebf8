"""How much a screen on the wall holds. The sizes are those of `board.css`, in rem; what fits lying (16:9) and standing (9:16) is shown on either."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

#: What a line holds less than its width: a mark that may not begin or end one takes its neighbor along to the next.
_SPARE = 2
#: What a browser keeps on one line: a run of letters and figures, or one character; and the marks that may not begin a line with it.
_CLOSING = "，。、；：！？）》」』】〉〕～％々"
_UNIT = re.compile(rf"[!-\u2dff]+[{_CLOSING}]*|[^\s][{_CLOSING}]*|\s+")
#: Characters that may be wider than a Chinese one.
_WIDE = re.compile(r"[^ -\u2dff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\uffee]")


@dataclass(frozen=True)
class Shape:
    """A screen: what is left of it between head and foot, both of two lines where they may need them, and its columns."""

    width: float
    height: float
    item_columns: int
    people_columns: int

    def column(self, columns: int, gap: float, edge: float) -> float:
        """The width for text in one of so many columns."""
        return (self.width - gap * (columns - 1)) / columns - edge


SHAPES = (Shape(52.5, 20.4, 2, 4), Shape(28.5, 39.0, 1, 3))

_GAP, _EDGE = 0.6, 1.3


def lines(text: str, width: float, size: float) -> int:
    """At most so many lines a text takes; every character counted as wide as a Chinese one or wider."""
    room = max(int(width / size) - _SPARE, 1)
    count, used = 1, 0
    for unit in _UNIT.findall(text):
        wide = len(unit) + len(_WIDE.findall(unit))
        if used + wide <= room:
            used += wide
        elif wide <= room:
            count, used = count + 1, wide
        else:
            # Broken wherever the line ends.
            count += (used > 0) + math.ceil(wide / room) - 1
            used = room
    return count


def fits(heading: str, content: Callable[[Shape], float]) -> bool:
    """Whether content of that height has room under the heading, on a screen of either shape."""
    return all(lines(heading, shape.width, 2) * 2.6 + 0.7 + content(shape) <= shape.height for shape in SHAPES)


def text_height(paragraphs: Sequence[str]) -> Callable[[Shape], float]:
    """Paragraphs, with what is between them."""
    return lambda shape: sum(lines(text, shape.width, 1.35) * 2 for text in paragraphs) + 0.5 * (len(paragraphs) - 1)


def items_height(cards: Sequence[tuple[str, str]]) -> Callable[[Shape], float]:
    """Cards with a name and a line below it, in rows."""

    def height(shape: Shape) -> float:
        width = shape.column(shape.item_columns, _GAP, _EDGE)
        return _rows((lines(name, width, 1) * 1.5 + lines(limit, width, 0.85) * 1.3 + 1 for name, limit in cards), shape.item_columns)

    return height


def people_height(cards: Sequence[tuple[str, str, str]]) -> Callable[[Shape], float]:
    """Cards with a photo and three texts below it, in rows."""

    def height(shape: Shape) -> float:
        width = shape.column(shape.people_columns, _GAP, _EDGE)
        return _rows((6.4 + sum(lines(text, width, 1) for text in card) * 1.5 for card in cards), shape.people_columns)

    return height


def _rows(heights: Iterable[float], columns: int) -> float:
    """A row is as high as its highest card."""
    each = list(heights)
    rows = [max(each[at : at + columns]) for at in range(0, len(each), columns)]
    return sum(rows) + _GAP * max(len(rows) - 1, 0)
