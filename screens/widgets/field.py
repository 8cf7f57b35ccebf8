"""A field of a form as it stands: its value, the lock, the fault; as a box under its label, or with the label inside. What is typed into it is
drawn with its caret, and a tap in it places the caret.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.events import CaretPlaced, Event, KeyPressed
from kiosk.views import FieldRow, Typed
from screens.theme import KEY_DEBOUNCE_S, Color, Layout, Size, Theme
from screens.widgets.brush import Brush
from screens.widgets.button import FACES
from screens.widgets.editing import Setting, set_rows
from screens.widgets.element import Element, Mounted, Page, State
from screens.widgets.skin import CARD, FIELD, FIELD_ERROR, FIELD_FOCUS, SELECTED, TAP, Style
from screens.widgets.typed_text import paint_more, paint_typed

#: Space for the target that clears at the right end of a field that is typed into: the touch target of experience.md.
CLEAR = 120
#: Space around a text that is typed.
INSET = 32
_LOCKED = Style("sunk", radius=20)


def typed_of(row: FieldRow) -> Typed:
    """What is typed into a focused field; a view that does not say where the caret is has it at the end."""
    return row.typed or Typed(row.value, len(row.value))


def _box_of(row: FieldRow, state: State) -> Style:
    if row.error:
        return FIELD_ERROR
    if state.pressed:
        return SELECTED
    if row.focused:
        return FIELD_FOCUS
    if row.locked:
        return _LOCKED
    return FIELD if row.button else CARD


def _value(brush: Brush, row: FieldRow, x: float, y: float, w: float, h: float) -> None:
    """The value, on several lines if it must, and smaller then."""
    size: Size = "head"
    lines = 1
    if row.value and brush.set(row.value, w, size=size, lines=1).cut:
        lines = 2 if h >= 136 else 1  # two large lines want some air
        if brush.set(row.value, w, size=size, lines=lines).cut:
            size, lines = "body", max(int(h // 42), 1)
    brush.text(x, y, w, h, row.value, size=size, lines=lines, color="ink")


def _hint(brush: Brush, row: FieldRow, x: float, y: float, w: float, h: float) -> None:
    """What to write, where nothing is written yet, if it is short."""
    if brush.measure(row.hint) <= w:
        brush.text(x, y, w, h, row.hint, color="ink2")


def _end(brush: Brush, row: FieldRow, y: float, h: float) -> float:
    """What stands at the right end; returns the room that it takes."""
    if row.error:
        brush.icon(brush.width - 80, y, 48, h, "alert-circle", size=48, color="amber_ink")
        return 96
    if row.locked:
        brush.icon(brush.width - 80, y, 48, h, "lock-outline", size=40, color="ink2")
        return 96
    if row.value and row.button and not row.reading:
        brush.icon(brush.width - 80, y, 48, h, "check-circle", size=48, color="green")
        return 96
    return 32


@dataclass(frozen=True)
class _Field(Element):
    """Base: pressed, it becomes the field that is typed into."""

    row: FieldRow

    @property
    def ident(self) -> str:
        return self.row.button.id if self.row.button else f"field_{self.row.code}"

    @property
    def event(self) -> Event | None:
        return self.row.button.event if self.row.button else None


@dataclass(frozen=True)
class FieldBox(_Field):
    """The box alone; label and hint stand outside it."""

    def paint(self, brush: Brush, state: State) -> None:
        brush.box(0, 0, brush.width, brush.height, _box_of(self.row, state))
        end = _end(brush, self.row, 0, brush.height)
        _value(brush, self.row, INSET, 0, brush.width - INSET - end, brush.height)


@dataclass(frozen=True)
class TypingBox(_Field):
    """The box of the field that is typed into. `right`: room at its right end; `top` and `bottom`: room for other elements that lie in it."""

    right: float
    top: float = 0
    bottom: float = 0
    tinted: bool = False

    @property
    def event(self) -> Event | None:
        return super().event if self.row.typed is None else CaretPlaced(len(self.row.typed.text))

    @property
    def debounce(self) -> float | None:
        """Two taps at two places are two wishes."""
        return None if self.row.typed is None else KEY_DEBOUNCE_S

    def event_at(self, mounted: Mounted, x: float, y: float) -> Event | None:
        if self.row.typed is None:
            return self.event
        layout = mounted.page.layout
        setting = self._setting(mounted.page.theme, layout, *mounted.place[2:])
        return CaretPlaced(setting.index_at(x - INSET, y - self.top, layout.scale))

    def _setting(self, theme: Theme, layout: Layout, w: float, h: float) -> Setting:
        return set_rows(theme, layout, typed_of(self.row), w - INSET - self.right, h - self.top - self.bottom, long=self.row.long)

    def paint(self, brush: Brush, state: State) -> None:
        box = FIELD_ERROR if self.row.error else SELECTED if self.tinted or state.pressed else FIELD_FOCUS
        brush.box(0, 0, brush.width, brush.height, box)
        setting = self._setting(brush.theme, brush.layout, brush.width, brush.height)
        paint_typed(brush, INSET, self.top, typed_of(self.row), setting)
        paint_more(brush, brush.width - CLEAR - 4, CLEAR, setting)


def line_height(page: Page, row: FieldRow, width: float, label_width: float) -> int:
    """How high a `FieldLine` has to be: 120, and more for a value of several lines."""
    room = width - 64 - label_width - 96
    if max(page.measure(row.value, size="head"), page.measure(row.error, bold=True)) <= room:
        return 120
    lines = page.lines_of(row.error, width - 128, bold=True) if row.error else page.lines_of(row.value, width - 128)
    return 66 + 54 + 42 * (min(lines, 4) - 1)


@dataclass(frozen=True)
class FieldLine(_Field):
    """A row: label left, value beside it; a fault in words under the value."""

    label_width: float = 200

    def paint(self, brush: Brush, state: State) -> None:
        row = self.row
        brush.box(0, 0, brush.width, brush.height, _box_of(row, state))
        end = _end(brush, row, 0, brush.height)
        x = 32 + self.label_width
        room = brush.width - x - end
        tone: Color = "blue" if state.pressed else "ink2"
        longest = max(brush.measure(row.value, size="head"), brush.measure(row.error, bold=True))
        if longest > room:  # the value under the label, on the whole width
            x, room = 32, brush.width - 32 - end
            brush.text(32, 12, room, 42, row.label, color=tone)
            top, high = 54.0, brush.height - 66
        else:
            brush.text(32, 0, self.label_width - 16, brush.height, row.label, lines=2, color=tone)
            top, high = 8.0, brush.height - 16
        if not row.error and not row.value:
            _hint(brush, row, x, top, room, high)
        elif not row.error:
            _value(brush, row, x, top, room, high)
        elif row.value and high > 92:
            brush.text(x, top, room, high / 2, row.value, color="ink2", valign="bottom")
            brush.text(x, top + high / 2, room, high / 2, row.error, color="amber_ink", bold=True, valign="top")
        else:
            brush.text(x, top, room, high, row.error, color="amber_ink", bold=True)


#: Size of a neighbor of the field that is typed into: two of them beside each other.
TILE_HEIGHT = 144
#: What stands at its right end, at most.
_TILE_END = 96


def tile_fits(page: Page, row: FieldRow, width: float) -> bool:
    """Whether label and value, or what is wrong, can be read whole in a tile of that width."""
    room = width - INSET - _TILE_END
    below = row.error or row.value
    return page.measure(row.label) <= room and page.lines_of(below, room, bold=bool(row.error)) <= 2


@dataclass(frozen=True)
class FieldTile(_Field):
    """A neighbor of the field that is typed into: label over value, or over what is wrong with it."""

    def paint(self, brush: Brush, state: State) -> None:
        row = self.row
        box = _box_of(row, state)
        brush.box(0, 0, brush.width, brush.height, TAP if box is FIELD else box)
        room = brush.width - INSET - _end(brush, row, 0, brush.height)
        below = row.error or row.value
        large = not row.error and brush.measure(below, size="head") <= room
        lines = 1 if large else 2
        pitch = 52 if large else 42 * min(len(brush.set(below, room, lines=2, bold=bool(row.error)).lines), 2)
        top = (brush.height - 42 - pitch) / 2
        brush.text(INSET, top, room, 42, row.label, color="blue" if state.pressed else "ink2")
        color: Color = "amber_ink" if row.error else "ink"
        size: Size = "head" if large else "body"
        brush.text(INSET, top + 42, room, pitch, below, size=size, lines=lines, color=color, bold=bool(row.error), valign="top")
        if not below:
            _hint(brush, row, INSET, top + 42, room, pitch)


@dataclass(frozen=True)
class ClearTarget(Element):
    """The cross at the end of a field that is typed into."""

    @property
    def ident(self) -> str:
        return "clear_field"

    @property
    def event(self) -> Event | None:
        return KeyPressed("clear")

    def paint(self, brush: Brush, state: State) -> None:
        if state.pressed:
            face = FACES["dock"]["pressed"]
            assert face.style is not None
            brush.box(0, 0, brush.width, brush.height, face.style)
        brush.icon(0, 0, brush.width, brush.height, "close-circle-outline", size=48, color="blue" if state.pressed else "ink2")
