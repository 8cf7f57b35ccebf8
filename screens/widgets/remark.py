"""A sentence with an icon and no box, and a tile that is one way on."""

from __future__ import annotations

from dataclasses import dataclass

from screens.theme import Color, Size
from screens.widgets.brush import Brush
from screens.widgets.button import Pressable
from screens.widgets.element import Element, Page, State
from screens.widgets.skin import TINT, WHITE

#: Text of a remark begins here.
INDENT = 80


@dataclass(frozen=True)
class Remark(Element):
    """An icon of 48 px, a sentence, and under it a second in second color; both wrap."""

    icon: str
    text: str
    detail: str = ""
    color: Color = "blue"
    large: bool = False

    def paint(self, brush: Brush, state: State) -> None:
        room = brush.width - INDENT
        size: Size = "head" if self.large else "body"
        line = brush.theme.size(size).line
        first = len(brush.set(self.text, room, size=size, lines=9).lines)
        second = len(brush.set(self.detail, room, lines=9).lines) if self.detail else 0
        y = (brush.height - line * first - 42 * second) / 2
        # beside a single sentence the icon stands at its first line
        middle = y + line / 2 if not second else brush.height / 2
        brush.icon(0, middle - 28, 56, 56, self.icon, size=48, color=self.color)
        brush.text(INDENT, y, room, line * first, self.text, size=size, lines=first, valign="top")
        if second:
            brush.text(INDENT, y + line * first, room, 42 * second, self.detail, lines=second, valign="top", color="ink2")


def remark_height(page: Page, text: str, detail: str, width: float) -> int:
    """How high a `Remark` of that width has to be, at least the icon's height."""
    return max(42 * (page.lines_of(text, width - INDENT) + page.lines_of(detail, width - INDENT)), 64)


@dataclass(frozen=True)
class WayTile(Pressable):
    """A tile with icon, name and what it is for; 176 high or more."""

    def paint(self, brush: Brush, state: State) -> None:
        face = self.face("tap", state)
        assert face.style is not None
        brush.box(0, 0, brush.width, brush.height, face.style)
        middle = brush.height / 2
        brush.box(32, middle - 48, 96, 96, WHITE if state.pressed else TINT)
        brush.icon(32, middle - 48, 96, 96, self.button.icon, size=64, color=face.icon)
        room = brush.width - 160 - 24
        lines = len(brush.set(self.button.note, room, lines=2).lines) if self.button.note else 0
        top = middle - (52 + 6 + 42 * lines) / 2 if lines else middle - 26
        brush.text(160, top, room, 52, self.button.label, size="head", fit=("body",), color=face.label, bold=True)
        if lines:
            brush.text(160, top + 58, room, 42 * lines, self.button.note, color=face.note, lines=lines, valign="top")
