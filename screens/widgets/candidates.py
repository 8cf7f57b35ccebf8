"""What the keys so far may mean: the line with the pinyin, the bar of candidates, and the page of all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.views import Button, CandidateBar, CandidateGrid
from screens.theme import GAP, Size
from screens.widgets.basic import Text
from screens.widgets.brush import Brush
from screens.widgets.button import Pressable
from screens.widgets.element import Page, State
from screens.widgets.key_row import DOWN, KEY_HEIGHT, WayKey, width_of_way
from screens.widgets.skin import Style

#: Left and right of a candidate's characters together, px: so much at least, and so much if there is room.
_PADDING, _MOST_PADDING = 52, 80
_LEAST, _MORE = 80, 168
#: Cells in a row of the page of all candidates.
CELLS = 5


@dataclass(frozen=True)
class Candidate(Pressable):
    """One candidate: large in one line, a long one smaller and in two; under it, why it cannot be taken."""

    def paint(self, brush: Brush, state: State) -> None:
        face = self.face("choice", state)
        assert face.style is not None
        # the panel under it has the color of what is disabled elsewhere
        style = Style("sunk", "line2", 2) if self.button.event is None else face.style
        brush.box(0, 0, brush.width, brush.height, replace(style, radius=16))
        label, room = self.button.label, brush.width - 24
        bold = self.button.selected or state.pressed
        size: Size = "head" if brush.measure(label, size="head", bold=True) <= room else "body"
        lines = 1 if self.button.note or brush.measure(label, size=size, bold=True) <= room else 2
        note = 42 if self.button.note else 0
        high = brush.height - 24 - note if note else brush.height
        y = (brush.height - high - note) / 2
        brush.text(12, y, room, high, label, size=size, color=face.label, bold=bold, align="center", lines=lines, balance=True)
        brush.text(4, y + high, brush.width - 8, note, self.button.note, color=face.note, align="center")


def place_composing(page: Page, bar: CandidateBar, remark: str, x: float, y: float, w: float) -> None:
    """The pinyin at the left, its end in sight; at the right what the first choice writes, the middle left out if it is long. A remark
    stands there instead, all of it: it is why the last key wrote nothing.
    """
    most = w if not bar.composing else w - GAP - min(page.measure(bar.composing, size="head", bold=True), w / 2)
    said = remark or _shortened(page, bar.will_type, most)
    bold = bool(remark)
    wide = page.measure(said, bold=bold)
    room = w - wide - GAP if said else w
    composing = bar.composing
    while page.measure(composing, size="head", bold=True) > room:
        composing = "…" + composing.lstrip("…")[1:]
    if composing:
        # higher than its line: letters below it reach out of that
        page.place(Text(composing, size="head", bold=True, color="blue"), x, y - 4, room, 60)
    if said:
        page.place(Text(said, bold=bold, color="ink" if remark else "ink2", align="right"), x + w - wide - 2, y + 6, wide + 2, 42)


def _shortened(page: Page, text: str, w: float) -> str:
    """A sentence without as much of its middle as does not fit."""
    shown, kept = text, len(text)
    while page.measure(shown) > w and kept > 2:
        kept -= 1
        shown = text[: (kept + 1) // 2] + "…" + text[len(text) - kept // 2 :]
    return shown


def place_bar(page: Page, bar: CandidateBar, x: float, y: float, w: float) -> None:
    """As many candidates as fit, then the key to all of them."""
    right = x + w
    more = max(_MORE, width_of_way(page, bar.more)) if bar.more else 0
    room = w - (more + GAP if more else 0)
    shown: list[tuple[Button, float]] = []
    used = -float(GAP)
    for button in bar.candidates:
        wide = max(page.measure(button.label, size="head", bold=True), page.measure(button.note))
        if used + GAP + max(wide + _PADDING, _LEAST) > room:
            break
        shown.append((button, wide))
        used += GAP + max(wide + _PADDING, _LEAST)
    if bar.candidates and not shown:  # longer than the bar: smaller, and in two lines
        shown, used = [(bar.candidates[0], room - _PADDING)], room
    spare = min((room - used) / len(shown), _MOST_PADDING - _PADDING) if shown else 0
    for button, wide in shown:
        each = max(wide + _PADDING, _LEAST) + spare
        page.place(Candidate(button), x, y, each, KEY_HEIGHT)
        x += each + GAP
    if bar.more:
        page.place(Candidate(bar.more), right - more, y, more, KEY_HEIGHT)


def place_grid(page: Page, grid: CandidateGrid, x: float, y: float, w: float, *, last: float) -> None:
    """A page of candidates from `y` on, and at `last` the ways to other pages and back to the keys."""
    cell = (w - (CELLS - 1) * GAP) / CELLS
    for number, row in enumerate(grid.rows):
        at = x
        for button, cells in row:
            wide = cells * cell + (cells - 1) * GAP
            page.place(Candidate(button), at, y + number * DOWN, wide, KEY_HEIGHT)
            at += wide + GAP
    page.place(WayKey(grid.previous), x, last, cell, KEY_HEIGHT)
    page.place(Text(grid.page, color="ink2", align="center", lines=2, balance=True), x + cell + GAP, last, cell, KEY_HEIGHT)
    page.place(WayKey(grid.next), x + 2 * (cell + GAP), last, cell, KEY_HEIGHT)
    page.place(WayKey(grid.close), x + 3 * (cell + GAP), last, 2 * cell + GAP, KEY_HEIGHT)
