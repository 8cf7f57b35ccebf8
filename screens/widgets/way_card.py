"""One large way on: a tile with its icon, what it is called, what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from screens.theme import Size
from screens.widgets.brush import Brush
from screens.widgets.button import Face, Pressable
from screens.widgets.element import State
from screens.widgets.skin import TINT, WHITE

#: How tile, name and note stand: the words right of the tile; all below each other; the note below tile and name.
Form = Literal["beside", "stacked", "headed"]
#: What stands at the card's end: a way on, or that it is chosen.
_END = 64
_LABEL_GAP = 8
#: From these heights a stacked card has room around its words, and for a name of three lines.
_ROOMY, _TALL = 376, 460


@dataclass(frozen=True)
class WayCard(Pressable):
    """A card with a way. A long name wraps on two lines; a disabled way has no arrow. `arrow` off: pressing it chooses, and leads nowhere."""

    tile: int = 96
    size: Size = "title"
    form: Form = "beside"
    padding: int = 40
    arrow: bool = True

    def paint(self, brush: Brush, state: State) -> None:
        face = self.face("tap", state)
        assert face.style is not None
        brush.box(0, 0, brush.width, brush.height, face.style)
        {"beside": self._beside, "stacked": self._stacked, "headed": self._headed}[self.form](brush, face, state)

    def _tile(self, brush: Brush, face: Face, state: State, y: float) -> None:
        live = self.event is not None and not state.pressed and not self.button.selected
        brush.box(self.padding, y, self.tile, self.tile, TINT if live else WHITE)
        brush.icon(self.padding, y, self.tile, self.tile, self.button.icon, size=self.tile * 2 // 3, color=face.icon)

    def _end(self, brush: Brush, face: Face, y: float, h: float) -> None:
        mark = "check-circle" if self.button.selected else "chevron-right" if self.event is not None and self.arrow else ""
        brush.icon(brush.width - _END - 32, y, _END, h, mark, size=_END if mark == "chevron-right" else 48, color=face.icon)

    def _beside(self, brush: Brush, face: Face, state: State) -> None:
        self._tile(brush, face, state, (brush.height - self.tile) / 2)
        x = self.padding + self.tile + self.padding
        self._words(brush, face, x, brush.width - x - _END - 48, 0, brush.height)
        self._end(brush, face, 0, brush.height)

    def _stacked(self, brush: Brush, face: Face, state: State) -> None:
        """The name stands at the same height on cards beside each other, however long their notes are."""
        self._tile(brush, face, state, self.padding)
        self._end(brush, face, self.padding, self.tile)
        room = brush.width - 2 * self.padding
        lines, size = self._label(brush, room, most=3 if brush.height >= _TALL else 2)
        line = brush.theme.size(size).line * lines
        under = 3 if brush.height >= _TALL and len(brush.set(self.button.note, room, lines=9).lines) > 2 else 2
        below = brush.height - (52 if brush.height >= _ROOMY else 32) - 42 * under
        y = below - _LABEL_GAP - line
        brush.text(self.padding, y, room, line, self.button.label, size=size, color=face.label, bold=True, lines=lines, valign="top")
        brush.text(self.padding, below, room, 42 * under, self.button.note, color=face.note, lines=under, valign="top")

    def _headed(self, brush: Brush, face: Face, state: State) -> None:
        x, room = self.padding, brush.width - 2 * self.padding
        under = len(brush.set(self.button.note, room, lines=2).lines) if self.button.note else 0
        top = (brush.height - self.tile - (12 + 42 * under if under else 0)) / 2
        self._tile(brush, face, state, top)
        self._end(brush, face, top, self.tile)
        x += self.tile + 24
        beside = brush.width - x - _END - 32
        lines, size = self._label(brush, beside)
        brush.text(x, top, beside, self.tile, self.button.label, size=size, color=face.label, bold=True, lines=lines)
        brush.text(self.padding, top + self.tile + 12, room, 42 * under, self.button.note, color=face.note, lines=under, valign="top")

    def _label(self, brush: Brush, room: float, *, most: int = 2) -> tuple[int, Size]:
        """Lines and size of the name: one line if it can be, at most `most` smaller ones otherwise."""
        sizes: tuple[Size, ...] = (self.size, "head")
        for size in sizes:
            if brush.measure(self.button.label, size=size, bold=True) <= room:
                return 1, size
        for size in ("head", "body"):
            lines = len(brush.set(self.button.label, room, size=size, bold=True, lines=most + 1).lines)
            if lines <= most:
                return lines, size
        return most, "body"

    def _words(self, brush: Brush, face: Face, x: float, room: float, y: float, h: float) -> None:
        """Name and note, together in the middle of a height."""
        lines, size = self._label(brush, room)
        line = brush.theme.size(size).line * lines
        most = 3 if h >= line + 126 + 48 else 2
        under = min(len(brush.set(self.button.note, room, lines=9).lines), most) if self.button.note else 0
        gap = _LABEL_GAP if under and line + 42 * under + _LABEL_GAP <= h else 0
        y += (h - line - gap - 42 * under) / 2
        brush.text(x, y, room, line, self.button.label, size=size, color=face.label, bold=True, lines=lines, valign="top")
        if under:
            brush.text(x, y + line + gap, room, 42 * under, self.button.note, color=face.note, lines=under, valign="top")
