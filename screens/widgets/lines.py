"""Lines of running text with what stands before them: a dot, a box to tick in one's mind, a label, or only room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from screens.theme import Color, Size
from screens.widgets.brush import Brush
from screens.widgets.element import Element, State


@dataclass(frozen=True)
class Indented(Element):
    """Lines that begin `indent` px from the left, as those above them."""

    text: str
    indent: int
    lines: int = 1
    size: Size = "body"
    color: Color = "ink"

    def paint(self, brush: Brush, state: State) -> None:
        room = brush.width - self.indent
        brush.text(self.indent, 0, room, brush.height, self.text, size=self.size, color=self.color, lines=self.lines, valign="top")


@dataclass(frozen=True)
class DottedLine(Element):
    """One of several lines: a dot shows where each begins."""

    INDENT: ClassVar[int] = 28

    text: str
    lines: int = 1
    size: Size = "body"

    def paint(self, brush: Brush, state: State) -> None:
        line = brush.theme.size(self.size).line
        brush.disc(4, line / 2 - 4, 10, "edge")
        room = brush.width - self.INDENT
        brush.text(self.INDENT, 0, room, line * self.lines, self.text, size=self.size, lines=self.lines, valign="top")


@dataclass(frozen=True)
class BoxedLine(Element):
    """A line with an empty box before it: something to bring or to do."""

    INDENT: ClassVar[int] = 56

    text: str
    lines: int = 1
    size: Size = "body"

    def paint(self, brush: Brush, state: State) -> None:
        line = brush.theme.size(self.size).line
        brush.icon(0, 0, 40, line, "checkbox-blank-outline", size=40, color="ink2")
        room = brush.width - self.INDENT
        brush.text(self.INDENT, 0, room, line * self.lines, self.text, size=self.size, lines=self.lines, valign="top")


@dataclass(frozen=True)
class LabeledLine(Element):
    """A label and, `indent` px from the left, its value; both wrap."""

    label: str
    value: str
    indent: float
    size: Size = "body"

    def paint(self, brush: Brush, state: State) -> None:
        brush.text(0, 0, self.indent - 24, brush.height, self.label, size=self.size, color="ink2", lines=9, valign="top")
        room = brush.width - self.indent
        brush.text(self.indent, 0, room, brush.height, self.value, size=self.size, bold=True, lines=9, valign="top")
