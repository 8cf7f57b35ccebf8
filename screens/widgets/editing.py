"""Text that is being typed, set into rows with the place of every character: where the caret stands, and which character a finger means.

Unlike `typeset` nothing is shortened, squeezed or moved for beauty: while one types, what is written stays where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from kiosk.views import Typed
from screens.theme import Layout, Size, Theme
from screens.widgets.typeset import BOLD, NOT_FIRST, NOT_LAST, REGULAR, advance

#: Room in px at the right end for the caret after the last character.
_CARET_ROOM = 8
#: How far right in a single row the caret stands, as a share of it, when there is text on both sides of what is in sight.
_AHEAD = 0.7


@dataclass(frozen=True)
class Row:
    """Characters `start` to `end` of the text; `edges`: px from the left of the gaps before each of them, and after the last."""

    start: int
    end: int
    edges: tuple[int, ...]


@dataclass(frozen=True)
class Setting:
    """What is in sight of a text: its rows in one size, and the caret. `top`: of the first row, `pitch`: from row to row, both in reference px;
    `font` and the rows' edges are px of the glass. `more_above`, `more_below`: there are further rows.
    """

    rows: tuple[Row, ...]
    size: Size
    font: int
    top: float
    pitch: int
    caret_row: int
    caret_x: int
    more_above: bool
    more_below: bool

    def index_at(self, x: float, y: float, scale: float) -> int:
        """The gap between characters that is nearest to a point in reference px of the text's box."""
        row = self.rows[min(max(int((y - self.top) // self.pitch), 0), len(self.rows) - 1)]
        at = x * scale
        return row.start + min(range(len(row.edges)), key=lambda gap: abs(row.edges[gap] - at))


def set_rows(theme: Theme, layout: Layout, typed: Typed, w: float, h: float, *, long: bool = False) -> Setting:
    """Set a text into a box of `w`×`h` reference px: large if all of it fits so, else smaller, and then the rows around the caret.

    A `long` text is always large: it would jump from size to size while it is typed.
    """
    setting: list[tuple[Size, int, int, list[Row]]] = []
    sizes: tuple[Size, ...] = ("head",) if long else ("head", "body")
    for size in sizes:
        font, pitch = _font(theme, layout, size), theme.size(size).line
        rows = _broken(typed.text, _advances(typed, font), round((w - _CARET_ROOM) * layout.scale))
        setting.append((size, font, pitch, rows))
        if len(rows) * pitch <= h:
            break
    size, font, pitch, rows = setting[-1]
    room = max(int(h // pitch), 1)
    caret_row = max(index for index, row in enumerate(rows) if row.start <= typed.caret)
    if typed.marked[0] < typed.marked[1] == typed.caret == rows[caret_row].start:  # behind what is composed, not before what follows
        caret_row -= 1
    first = min(max(caret_row - room // 2, 0), max(len(rows) - room, 0))
    shown = tuple(rows[first : first + room])
    row = rows[caret_row]
    top = 0.0 if long else (h - len(shown) * pitch) / 2
    return Setting(
        shown,
        size,
        font,
        top,
        pitch,
        caret_row - first,
        row.edges[min(typed.caret, row.end) - row.start],
        first > 0,
        first + room < len(rows),
    )


def set_row(theme: Theme, layout: Layout, typed: Typed, w: float, h: float, *, bold: bool = False) -> Setting:
    """Set a text into one large row of `w` reference px; of a longer one the part around the caret."""
    font, pitch = _font(theme, layout, "head"), theme.size("head").line
    edges = list(accumulate(_advances(typed, font, bold=bold), initial=0))
    room = round((w - _CARET_ROOM) * layout.scale)
    left = min(max(edges[typed.caret] - round(room * _AHEAD), 0), max(edges[-1] - room, 0))
    start = next(index for index, edge in enumerate(edges) if edge >= left)
    end = max(index for index, edge in enumerate(edges) if edge <= edges[start] + room)
    row = Row(start, end, tuple(edge - edges[start] for edge in edges[start : end + 1]))
    return Setting((row,), "head", font, (h - pitch) / 2, pitch, 0, edges[typed.caret] - edges[start], start > 0, end < len(typed.text))


def _font(theme: Theme, layout: Layout, size: Size) -> int:
    return max(round(theme.size(size).font * layout.scale), 1)


def _advances(typed: Typed, font: int, *, bold: bool = False) -> list[int]:
    first, last = typed.marked
    return [
        0 if character == "\n" else advance(character, BOLD if bold or first <= index < last else REGULAR, font)
        for index, character in enumerate(typed.text)
    ]


def _may_break(before: str, after: str) -> bool:
    """Whether a row may end between two characters."""
    word = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return not word and after not in NOT_FIRST and before not in NOT_LAST


def _broken(text: str, advances: Sequence[int], width: int) -> list[Row]:
    """Rows of `width` px; spaces at the end of one hang over it."""
    rows: list[Row] = []

    def end_row(start: int, end: int) -> None:
        rows.append(Row(start, end, tuple(min(edge, width) for edge in accumulate(advances[start:end], initial=0))))

    start = chance = index = used = 0
    while index < len(text):
        character = text[index]
        if character == "\n":
            end_row(start, index)
            index += 1
            start = chance = index
            used = 0
            continue
        if index > start and _may_break(text[index - 1], character):
            chance = index
        if used + advances[index] > width and index > start and character != " ":
            index = chance if chance > start else index
            end_row(start, index)
            start = chance = index
            used = 0
            continue
        used += advances[index]
        index += 1
    end_row(start, len(text))
    return rows
