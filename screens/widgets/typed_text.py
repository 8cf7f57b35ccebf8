"""Draws a text that is being typed: what is composed bold blue and underlined, the caret, and whether there is more of it out of sight."""

from __future__ import annotations

from kiosk.views import Typed
from screens.theme import Color
from screens.widgets.brush import Brush
from screens.widgets.editing import Row, Setting
from screens.widgets.typeset import BOLD, REGULAR, font_of

#: Thickness of the caret and of the line under what is composed.
_LINE = 4


def paint_typed(brush: Brush, x: float, y: float, typed: Typed, setting: Setting, *, bold: bool = False) -> None:
    """Paint a text set by `editing`, whose box begins at (x, y)."""
    left = round(x * brush.layout.scale)
    for number, row in enumerate(setting.rows):
        top = y + setting.top + number * setting.pitch
        for first, last, font in _runs(typed, row, bold=bold):
            from_, to = row.edges[first - row.start], row.edges[last - row.start]
            marked = typed.marked[0] <= first < typed.marked[1]
            if to > from_:
                text = typed.text[first:last]
                color: Color = "blue" if marked else "ink"
                brush.run(left + from_, top, setting.pitch, text, font=font, px=setting.font, width=to - from_, color=color)
            if marked:
                scale = brush.layout.scale
                brush.fill(x + from_ / scale, top + setting.pitch, (to - from_) / scale, _LINE, "blue")
    _caret(brush, x, y, typed, setting)


def _caret(brush: Brush, x: float, y: float, typed: Typed, setting: Setting) -> None:
    high = setting.pitch + 4
    # between two characters it stands on their common edge, at the end beside the last
    beside = _LINE if typed.caret == len(typed.text) and typed.text else -_LINE / 2 if typed.caret else 0
    top = y + setting.top + setting.caret_row * setting.pitch - 2
    brush.fill(x + setting.caret_x / brush.layout.scale + beside, top, _LINE, high, "blue")


def _runs(typed: Typed, row: Row, *, bold: bool) -> list[tuple[int, int, str]]:
    """Stretches of a row that are drawn in one: from, to, and the font file."""
    runs: list[tuple[int, int, str]] = []
    before: tuple[bool, str] | None = None
    for index in range(row.start, row.end):
        marked = typed.marked[0] <= index < typed.marked[1]
        font = font_of(typed.text[index], BOLD if bold or marked else REGULAR)
        if runs and before == (marked, font):
            runs[-1] = (runs[-1][0], index + 1, font)
        else:
            runs.append((index, index + 1, font))
        before = (marked, font)
    return runs


def paint_more(brush: Brush, x: float, w: float, setting: Setting) -> None:
    """Small marks in a column of the box where rows are out of sight above or below; a touch on the outer rows brings them."""
    if setting.more_above:
        brush.icon(x, 4, w, 40, "chevron-up", size=40, color="ink2")
    if setting.more_below:
        brush.icon(x, brush.height - 44, w, 40, "chevron-down", size=40, color="ink2")
