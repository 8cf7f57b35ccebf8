"""A field of a form as it stands: its value with a caret, the lock, the fault; as a box under its label or as a row with the label inside."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.events import Event, KeyPressed
from kiosk.views import FieldRow
from screens.theme import Color, Size
from screens.widgets.brush import Brush
from screens.widgets.button import FACES
from screens.widgets.element import Element, Page, State
from screens.widgets.skin import CARD, FIELD, FIELD_ERROR, FIELD_FOCUS, SELECTED, Style

#: Space for the clear target at the right end of a field that is typed into: the touch target of experience.md.
CLEAR = 120
_LOCKED = Style("sunk", radius=20)


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
    """The value, on two lines if it must, the end of it always in sight while it is typed; then the caret."""
    size: Size = "head"
    text = row.value
    lines = 1
    if text and brush.set(text, w, size=size, lines=1).cut:
        lines = 2 if h >= 136 else 1  # two large lines want some air
        if brush.set(text, w, size=size, lines=lines).cut:
            size, lines = "body", max(int(h // 42), 1)
    if row.focused:
        while len(text) > 1 and brush.set(text, w, size=size, lines=lines).cut:
            text = text[1:]
    line = brush.theme.size(size).line
    used = brush.text(x, y, w, h, text, size=size, lines=lines, color="ink")
    if row.focused:
        last = brush.set(text, w, size=size, lines=lines).lines[-1].width / brush.layout.scale if text else 0.0
        top = y + (h - max(used, 1) * line) / 2 + (max(used, 1) - 1) * line
        brush.fill(x + last + 4, top + (line - 56) / 2, 4, 56, "blue")


def _end(brush: Brush, row: FieldRow, y: float, h: float) -> float:
    """What stands at the right end; returns the room that it takes."""
    if row.focused:
        return CLEAR if row.value else 16
    if row.error:
        brush.icon(brush.width - 80, y, 48, h, "alert-circle", size=48, color="amber_ink")
        return 96
    if row.locked:
        brush.icon(brush.width - 80, y, 48, h, "lock-outline", size=40, color="ink2")
        return 96
    if row.value and row.button:
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
        _value(brush, self.row, 32, 0, brush.width - 32 - end, brush.height)


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
        if not row.error:
            _value(brush, row, x, top, room, high)
        elif row.value and high > 92:
            brush.text(x, top, room, high / 2, row.value, color="ink2", valign="bottom")
            brush.text(x, top + high / 2, room, high / 2, row.error, color="amber_ink", bold=True, valign="top")
        else:
            brush.text(x, top, room, high, row.error, color="amber_ink", bold=True)


@dataclass(frozen=True)
class FieldCard(_Field):
    """A field that is typed into, label and hint in the box: for the narrow column of a wide screen."""

    def paint(self, brush: Brush, state: State) -> None:
        row = self.row
        brush.box(0, 0, brush.width, brush.height, Style("blue_tint", "blue", 4) if not row.error else FIELD_ERROR)
        brush.text(32, 24, brush.width - 64, 42, row.label, color="amber_ink" if row.error else "blue", bold=True)
        below = row.error or row.hint
        lines = len(brush.set(below, brush.width - 64, lines=3).lines) if below else 0
        brush.text(32, brush.height - 20 - 42 * lines, brush.width - 64, 42 * lines, below, lines=max(lines, 1), valign="top",
                   color="amber_ink" if row.error else "ink2", bold=bool(row.error))  # fmt: skip
        _value(brush, row, 32, 72, brush.width - 32 - (CLEAR if row.value else 32), brush.height - 72 - 24 - 42 * lines)


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
