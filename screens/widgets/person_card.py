"""A window or a member of staff: picture, name, where and what, and whether they are there."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.events import Event
from kiosk.views import PersonCard
from screens.theme import Color
from screens.widgets.brush import Brush
from screens.widgets.button import FACES, Face, phase_of
from screens.widgets.element import Element, Page, State
from screens.widgets.portrait import HEIGHT, WIDTH, paint_portrait
from screens.widgets.skin import CARD

#: From the edge to the picture, from there to the words, and from them to the other edge.
_LEFT, _BETWEEN, _RIGHT = 28, 28, 20
_ICON = 32
_SEEN = Face(CARD, "ink", "ink2", "ink2")
_TICK = 44


def words_room(width: float) -> float:
    """Width of the words on a card."""
    return width - _LEFT - WIDTH - _BETWEEN - _RIGHT


def mark_width(page: Page, card: PersonCard) -> float:
    """What the word at a card's end takes, with its icon and the space before it."""
    return page.measure(card.mark) + _ICON + 8 + 16 if card.mark else 0


def height_of(lines: int) -> int:
    """How high a card with so many lines under the name has to be."""
    return 16 + 52 + 42 * lines


@dataclass(frozen=True)
class PersonTile(Element):
    """The card; without a button it is only to be seen. `mark_row`: the line at whose end it says whether somebody is there; 0 is the name,
    beyond the last line it has one of its own.
    """

    card: PersonCard
    mark_row: int = 0

    @property
    def ident(self) -> str:
        return self.card.button.id if self.card.button else ""

    @property
    def event(self) -> Event | None:
        return self.card.button.event if self.card.button else None

    def paint(self, brush: Brush, state: State) -> None:
        card, h = self.card, brush.height
        face = FACES["tap"][phase_of(card.button, state)] if card.button else _SEEN
        assert face.style is not None
        brush.box(0, 0, brush.width, h, face.style)
        paint_portrait(brush, _LEFT, (h - HEIGHT) / 2, photo=card.photo, icon=card.icon)
        x = _LEFT + WIDTH + _BETWEEN
        rows = self._rows(brush)
        y = (h - 52 - 42 * sum(count for _, _, count in rows)) / 2
        self._name(brush, face, x, y, words_room(brush.width))
        y += 52
        for at, (text, room, count) in enumerate(rows, start=1):
            brush.text(x, y, room, 42 * count, text, color=face.note, lines=count, valign="top")
            y += 42 * count
            if self._marked == at:
                self._say(brush, y - 42, 42, x=None if text else x)

    @property
    def _marked(self) -> int:
        """The line of this card with the mark: a card with fewer lines than others has it after its last."""
        return min(self.mark_row, len(self.card.lines) + 1) if self.card.mark else 0

    def _rows(self, brush: Brush) -> list[tuple[str, float, int]]:
        """Text, width and number of rows of each line; a line wraps while the card has room for it."""
        room = words_room(brush.width)
        lines = (*self.card.lines, "") if self._marked > len(self.card.lines) else self.card.lines
        spare = max(int((brush.height - height_of(len(lines))) // 42), 0)
        rows = []
        for at, text in enumerate(lines, start=1):
            own = room - (self._mark(brush) if at == self._marked and text else 0)
            count = min(max(len(brush.set(text, own, lines=9).lines), 1), 1 + spare) if text else 1
            spare -= count - 1
            rows.append((text, own, count))
        return rows

    def _name(self, brush: Brush, face: Face, x: float, y: float, room: float) -> None:
        chosen = self.card.button is not None and self.card.button.selected
        if self.card.mark and self.mark_row == 0:
            self._say(brush, y, 52)
            room -= self._mark(brush)
        elif chosen:
            room -= _TICK
        if chosen:
            at = brush.width - _RIGHT - _TICK
            top = 12.0 if self.card.mark and self.mark_row == 0 else y
            brush.icon(at, top, _TICK, _TICK if top < y else 52, "check-circle", size=_TICK, color="blue")
        brush.text(x, y, room, 52, self.card.name, size="head", fit=("body",), color=face.label, bold=True)

    def _mark(self, brush: Brush) -> float:
        return brush.measure(self.card.mark) + _ICON + 8 + 16 if self.card.mark else 0

    def _say(self, brush: Brush, y: float, h: float, *, x: float | None = None) -> None:
        """Whether they are there, at the end of a line, or from `x`."""
        if not self.card.mark:
            return
        color: Color = "green" if self.card.good else "ink2"
        wide = brush.measure(self.card.mark)
        x = brush.width - _RIGHT - wide - 8 - _ICON if x is None else x
        brush.icon(x, y, _ICON, h, "check-circle" if self.card.good else "clock-outline", size=_ICON, color=color)
        brush.text(x + _ICON + 8, y, wide + 1, h, self.card.mark, color=color)
