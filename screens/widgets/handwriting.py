"""The keyboard for writing by hand: what the ink may be, the box to write in, and a column of keys. It reads no ink itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kiosk.views import Button, Keyboard, Panel
from screens.theme import GAP, KEY_DEBOUNCE_S, Size
from screens.widgets.basic import TONES, Box, Fill, PanelBox, Text
from screens.widgets.brush import Brush
from screens.widgets.button import FACES, Key, Pressable
from screens.widgets.element import Element, Page, State
from screens.widgets.ink_box import InkBox, InkGround
from screens.widgets.key_row import KEY_HEIGHT, WayKey, done_key
from screens.widgets.skin import Style

#: Height of keys and candidates, width of the keys, px. The box is as high as the five keys beside it.
_HIGH, _KEY = KEY_HEIGHT, 184
_ROWS_OF_KEYS = 5
_BOX = _ROWS_OF_KEYS * (_HIGH + GAP) - GAP
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
_UPRIGHT = _Shape(0, 1080, _BOX + 2 * (_HIGH + GAP) + 2 * GAP, 32, 808, 184, 5, 2)
_WIDE = _Shape(792, 1128, _BOX + 2 * GAP, 24, 584, 120, 2, 5)


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
    wide, high = shape.across * (shape.cell + GAP) - GAP, shape.rows * (_HIGH + GAP) - GAP
    if keyboard.note:
        page.place(_NoteColumn(keyboard.note) if page.layout.wide else PanelBox(keyboard.note, size="head"), x, y, wide, high)
    else:
        _candidates(page, keyboard, x, y)
    x, y = (x + wide + GAP, y) if page.layout.wide else (x, y + high + GAP)
    page.place(InkGround(), x, y, shape.box, _BOX)
    if keyboard.hint and not keyboard.strokes:
        page.place(Text(keyboard.hint, color="ink2"), x + 32, y + 20, shape.box - 64, 42)
    page.place(InkBox(keyboard.strokes), x, y, shape.box, _BOX)
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
        place = (x + column * (shape.cell + GAP), y + row * (_HIGH + GAP), span * (shape.cell + GAP) - GAP, _HIGH)
        page.place(_Candidate(replace(button, selected=chosen), size), *place)
        free -= {(row, column + at) for at in range(span)}
    for row, column in sorted(free):
        page.place(Box(_EMPTY), x + column * (shape.cell + GAP), y + row * (_HIGH + GAP), shape.cell, _HIGH)


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
    """One below the other; the way on is the lowest. Two ways to other keyboards share a row."""
    labels = keyboard.labels
    for key, label, icon in (
        ("undo_stroke", labels.undo_stroke, "undo"),
        ("clear_ink", labels.clear_ink, "eraser"),
        ("backspace", labels.backspace, "backspace-outline"),
    ):
        if label:
            page.place(_WordKey(key, label, icon, "function"), x, y, _KEY, _HIGH)
            y += _HIGH + GAP
    each = (_KEY + GAP) / max(len(keyboard.switches), 1)
    for index, button in enumerate(keyboard.switches):
        # beside another there is no room for a picture
        page.place(WayKey(button if len(keyboard.switches) == 1 else replace(button, icon="")), x + index * each, y, each - GAP, _HIGH)
    if keyboard.switches:
        y += _HIGH + GAP
    page.place(done_key(keyboard), x, y, _KEY, _HIGH)


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
