"""One short answer of many: a day, a time, a reason; it wraps rather than being shortened, and shows that it is chosen by more than color."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.views import Button
from screens.theme import Size
from screens.widgets.brush import Align, Brush
from screens.widgets.button import Pressable
from screens.widgets.element import Page, State

_PADDING = 24
_ICON = 48
_TICK = 44


def ticked(button: Button) -> Button:
    """One of several that may be chosen together: with a box, empty or ticked."""
    return replace(button, icon="checkbox-marked" if button.selected else "checkbox-blank-outline")


def least_width(page: Page, button: Button) -> float:
    """Width that a `ChoiceBox` needs for label and note on one line each; the chosen label is bold, and beside it is a tick."""
    ink = _ICON + 24 if button.icon else 0
    label = page.measure(button.label, size="head", bold=True) + (0 if button.icon else _TICK)
    return max(label, page.measure(button.note)) + ink + 2 * _PADDING


@dataclass(frozen=True)
class ChoiceBox(Pressable):
    """A box 120 high or more: icon left if it has one, label large, note under it. Without an icon the words are in the middle."""

    def paint(self, brush: Brush, state: State) -> None:
        button, face = self.button, self.face("choice", state)
        assert face.style is not None
        w, h = brush.width, brush.height
        brush.box(0, 0, w, h, face.style)
        ink = _ICON + 24 if button.icon else 0
        x, room = _PADDING + ink, w - 2 * _PADDING - ink
        brush.icon(_PADDING, 0, _ICON, h, button.icon, size=_ICON, color=face.icon)
        if button.selected and not button.icon:
            brush.icon(w - _TICK - 12, 8, _TICK, _TICK, "check-circle", size=_TICK, color="blue")
        note = 42 if button.note else 0
        size, lines = self._label(brush, room, h - note - 8)
        line = brush.theme.size(size).line * lines
        y = (h - line - note) / 2
        align: Align = "left" if button.icon else "center"
        balance = lines > 1 and not button.icon
        bold = button.selected
        brush.text(x, y, room, line, button.label, size=size, color=face.label, bold=bold, lines=lines, align=align, balance=balance)
        brush.text(x, y + line, room, note, button.note, color=face.note, align=align)

    def _label(self, brush: Brush, room: float, high: float) -> tuple[Size, int]:
        """The largest setting that fits: large on one or two lines, then smaller ones."""
        for size in ("head", "body"):
            line = brush.theme.size(size).line
            lines = len(brush.set(self.button.label, room, size=size, bold=self.button.selected, lines=9).lines)
            if lines <= 2 and lines * line <= high:
                return size, lines
        return "body", max(int(high // 42), 1)
