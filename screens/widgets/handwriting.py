"""The keyboard for writing by hand: what the ink may be, the box to write in, and a column of keys. It reads no ink itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kiosk.views import Button, Keyboard, Panel, Tone
from screens.theme import GAP, KEY_DEBOUNCE_S, Size
from screens.widgets.basic import TONES, Box, Fill, PanelBox, Text
from screens.widgets.brush import Brush
from screens.widgets.button import FACES, Key, Pressable
from screens.widgets.element import Element, Page, State
from screens.widgets.ink_box import InkBox, InkGround
from screens.widgets.key_row import DOWN, KEY_HEIGHT, WayKey, backspace_key, done_key
from screens.widgets.skin import Style

#: Width of the keys, px. The box is as high as the five of them beside it.
_KEY = 200
_ROWS_OF_KEYS = 5
_BOX = _ROWS_OF_KEYS * DOWN - GAP
#: Space at both ends of a candidate's words, px.
_PADDING = 12
_ICON, _ICON_GAP = 40, 8
#: A place without a candidate: the others stay where they are.
_EMPTY = Style("sunk", "line2", 1, 16)


class _Shape(NamedTuple):
    """The panel, its margin, the width of the box, and the candidates: width, how many side by side, how many rows. Px."""

    left: int
    width: int
    height: int
    margin: int
    box: int
    cell: int
    across: int
    rows: int


#: Upright the candidates stand over the box; wide to the left of it: near the text, and not under the hand.
_UPRIGHT = _Shape(0, 1080, _BOX + 2 * DOWN + 2 * GAP, 32, 792, 184, 5, 2)
_WIDE = _Shape(792, 1128, _BOX + 2 * GAP, 24, 568, 120, 2, 5)


def _shape(page: Page) -> _Shape:
    return _WIDE if page.layout.wide else _UPRIGHT


def _top(page: Page) -> int:
    """y where the panel begins: it ends at the dock, or at the lower edge of a wide screen."""
    return (page.layout.height if page.layout.wide else page.layout.dock_top) - _shape(page).height


def place_handwriting(page: Page, keyboard: Keyboard) -> int:
    """Place the panel at the lower edge (wide: the right eight columns) and return its top."""
    shape, top = _shape(page), _top(page)
    page.place(Fill("sunk"), shape.left, top, shape.width, shape.height)
    page.place(Fill("line2"), shape.left, top, shape.width, 1)
    if page.layout.wide:
        page.place(Fill("line2"), shape.left, top, 1, shape.height)
    x, y = shape.left + shape.margin, top + GAP
    wide, high = shape.across * (shape.cell + GAP) - GAP, shape.rows * DOWN - GAP
    if keyboard.note:
        page.place(_NoteColumn(keyboard.note) if page.layout.wide else PanelBox(keyboard.note, size="head"), x, y, wide, high)
    else:
        _candidates(page, keyboard, x, y)
    x, y = (x + wide + GAP, y) if page.layout.wide else (x, y + high + GAP)
    page.place(InkGround(), x, y, shape.box, _BOX)
    if keyboard.hint and not keyboard.strokes and not keyboard.remark:
        page.place(Text(keyboard.hint, color="ink2"), x + 32, y + 20, shape.box - 64, 42)
    page.place(InkBox(keyboard.strokes), x, y, shape.box, _BOX)
    if keyboard.remark:  # over the ink: what can be chosen for it must stay
        page.place(PanelBox(Panel(Tone.ATTENTION, keyboard.remark)), x, y, shape.box, KEY_HEIGHT)
    _keys(page, keyboard, x + shape.box + GAP, y)
    return top


# ------------------------------------------------------------------ candidates


def _candidates(page: Page, keyboard: Keyboard, x: float, y: float) -> None:
    """As many as there are places for; the first is what stands in the text while there is ink."""
    shape = _shape(page)
    offered = keyboard.bar.candidates if keyboard.bar else ()
    size: Size = "title" if all(len(button.label) == 1 for button in offered) else "head"
    free = {(row, column) for row in range(shape.rows) for column in range(shape.across)}
    for index, (button, row, column, span) in enumerate(_packed(page, offered, size)):
        chosen = button.selected or (index == 0 and bool(keyboard.strokes))
        place = (x + column * (shape.cell + GAP), y + row * DOWN, span * (shape.cell + GAP) - GAP, KEY_HEIGHT)
        page.place(_Candidate(replace(button, selected=chosen), size), *place)
        free -= {(row, column + at) for at in range(span)}
    for row, column in sorted(free):
        page.place(Box(_EMPTY), x + column * (shape.cell + GAP), y + row * DOWN, shape.cell, KEY_HEIGHT)


def _packed(page: Page, offered: Sequence[Button], size: Size) -> Iterator[tuple[Button, int, int, int]]:
    """Candidates with row, column, and the places they take; a word that is wider than one place takes more."""
    shape = _shape(page)
    row = column = 0
    for button in offered:
        wide = page.measure(button.label, size=size, bold=True) + 2 * _PADDING
        span = min(max(-(-int(wide + GAP) // (shape.cell + GAP)), 1), shape.across)
        if column + span > shape.across:
            row, column = row + 1, 0
        if row == shape.rows:
            return
        yield button, row, column, span
        column += span


@dataclass(frozen=True)
class _Candidate(Pressable):
    """What may be meant: one character large, words smaller."""

    size: Size

    @property
    def debounce(self) -> float | None:
        return KEY_DEBOUNCE_S

    def paint(self, brush: Brush, state: State) -> None:
        face = self.face("key", state)
        assert face.style is not None
        brush.box(0, 0, brush.width, brush.height, face.style)
        room = brush.width - 2 * _PADDING
        bold = state.pressed or self.button.selected
        label = self.button.label
        brush.text(_PADDING, 0, room, brush.height, label, size=self.size, fit=("body",), color=face.label, bold=bold, align="center")


@dataclass(frozen=True)
class _NoteColumn(Element):
    """A panel that is higher than wide: the icon over the words."""

    panel: Panel

    def paint(self, brush: Brush, state: State) -> None:
        style, icon, color = TONES[self.panel.tone]
        brush.box(0, 0, brush.width, brush.height, style)
        room = brush.width - 48
        texts = [(text, bold) for text, bold in ((self.panel.text, bool(self.panel.detail)), (self.panel.detail, False)) if text]
        heights = [42 * len(brush.set(text, room, bold=bold, lines=9).lines) for text, bold in texts]
        y = (brush.height - 72 - sum(24 + high for high in heights)) / 2
        brush.icon(0, y, brush.width, 72, icon, size=72, color=color)
        y += 72 + 24
        for (text, bold), high in zip(texts, heights, strict=True):
            brush.text(24, y, room, high, text, bold=bold, lines=high // 42, valign="top", align="center", balance=True)
            y += high + 24


# ------------------------------------------------------------------ keys


def _keys(page: Page, keyboard: Keyboard, x: float, y: float) -> None:
    """One below the other, each in its place, there or not; the way on is the lowest. A second way to another keyboard stands beside
    backspace, whose picture says enough.
    """
    labels, ways = keyboard.labels, keyboard.switches
    _word(page, "undo_stroke", labels.undo_stroke, "undo", x, y)
    _word(page, "clear_ink", labels.clear_ink, "eraser", x, y + DOWN)
    if len(ways) > 1:
        half = (_KEY - GAP) / 2
        page.place(backspace_key(), x, y + 2 * DOWN, half, KEY_HEIGHT)
        page.place(WayKey(replace(ways[1], icon="")), x + half + GAP, y + 2 * DOWN, half, KEY_HEIGHT)
    else:
        _word(page, "backspace", labels.backspace, "backspace-outline", x, y + 2 * DOWN)
    if ways:
        page.place(WayKey(ways[0]), x, y + 3 * DOWN, _KEY, KEY_HEIGHT)
    page.place(done_key(keyboard), x, y + 4 * DOWN, _KEY, KEY_HEIGHT)


def _word(page: Page, key: str, label: str, icon: str, x: float, y: float) -> None:
    page.place(_WordKey(key, label, icon, "function") if label else Box(_EMPTY), x, y, _KEY, KEY_HEIGHT)


@dataclass(frozen=True)
class _WordKey(Key):
    """A key with an icon and a word, one over the other if they are too wide."""

    def paint(self, brush: Brush, state: State) -> None:
        face = FACES[self.look]["pressed" if state.pressed else "normal"]
        assert face.style is not None
        brush.box(0, 0, brush.width, brush.height, face.style)
        bold, label, icon = state.pressed, self.label, self.icon
        wide = brush.measure(label, bold=bold)
        if _ICON + _ICON_GAP + wide <= brush.width - 16:
            x = (brush.width - _ICON - _ICON_GAP - wide) / 2
            brush.icon(x, 0, _ICON, brush.height, icon, size=_ICON, color=face.icon)
            brush.text(x + _ICON + _ICON_GAP, 0, wide + 1, brush.height, label, color=face.label, bold=bold)
        else:
            y = (brush.height - _ICON - 42) / 2
            brush.icon(0, y, brush.width, _ICON, icon, size=_ICON, color=face.icon)
            brush.text(8, y + _ICON, brush.width - 16, 42, label, color=face.label, bold=bold, align="center")
