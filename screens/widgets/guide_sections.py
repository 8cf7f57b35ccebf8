"""Sets the sections of a guide into one or more columns: headings, lines, ticked lines, flows of chips, notes, rules between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from kiosk.views import GuideSection
from screens.theme import Size
from screens.widgets.basic import Fill, Text
from screens.widgets.brush import Brush
from screens.widgets.columns import Block, Column, place_all, settle
from screens.widgets.element import Element, Page, State
from screens.widgets.lines import DottedLine, Indented
from screens.widgets.skin import Style


@dataclass(frozen=True)
class Measures:
    """How large and how roomy it is set; px."""

    title_size: Size
    size: Size
    mark_size: Size
    mark_gap: int
    line_gap: int
    chip: int
    rule: int


ROOMY = Measures("body", "body", "head", 8, 10, 72, 24)
TIGHT = Measures("body", "body", "body", 4, 2, 60, 16)
LARGE = Measures("head", "head", "head", 12, 14, 72, 28)
LARGE_TIGHT = Measures("head", "head", "head", 4, 4, 60, 16)
_CHIP_PADDING = 18
_ARROW = 40
_ROW_GAP = 12


@dataclass(frozen=True)
class TickedLine(Element):
    """A line with a tick before it."""

    INDENT: ClassVar[int] = 56

    text: str
    size: Size
    lines: int

    def paint(self, brush: Brush, state: State) -> None:
        line = brush.theme.size(self.size).line
        brush.icon(0, 0, 40, line, "check-circle-outline", size=40, color="blue")
        brush.text(self.INDENT, 0, brush.width - self.INDENT, line * self.lines, self.text, size=self.size, lines=self.lines, valign="top")


@dataclass(frozen=True)
class OpenLine(Element):
    """What no source gives: said with an icon, not left empty."""

    INDENT: ClassVar[int] = 52

    text: str
    lines: int
    size: Size

    def paint(self, brush: Brush, state: State) -> None:
        line = brush.theme.size(self.size).line
        brush.icon(0, 0, 40, line, "alert-circle-outline", size=36, color="amber_ink")
        room = brush.width - self.INDENT
        brush.text(self.INDENT, 0, room, line * self.lines, self.text, size=self.size, color="amber_ink", lines=self.lines, valign="top")


@dataclass(frozen=True)
class Chips(Element):
    """A flow: chips with an arrow between them, in as many rows as it takes."""

    rows: tuple[tuple[tuple[str, float, float], ...], ...]
    chip: int

    def paint(self, brush: Brush, state: State) -> None:
        last = self.rows[-1][-1][0] if self.rows else ""
        for number, row in enumerate(self.rows):
            y = number * (self.chip + _ROW_GAP)
            for text, x, wide in row:
                brush.box(x, y, wide, self.chip, Style("sunk", radius=10))
                brush.text(x + 8, y, wide - 16, self.chip, text, align="center")
                if not (number == len(self.rows) - 1 and text == last):
                    brush.icon(x + wide, y, _ARROW, self.chip, "chevron-right", size=32, color="ink2")


def _chip_rows(page: Page, lines: Sequence[str], width: float) -> tuple[tuple[tuple[str, float, float], ...], ...]:
    """Chips as (text, x, width); a single row is spread over the whole width, a crowded one set closer."""
    texts = [page.measure(line) for line in lines]
    wides = [min(text + 2 * _CHIP_PADDING, width) for text in texts]
    close = [min(text + 2 * 9, width) for text in texts]
    if sum(wides) + _ARROW * (len(wides) - 1) > width >= sum(close) + _ARROW * (len(close) - 1):
        wides = close
    if sum(wides) + _ARROW * (len(wides) - 1) <= width:
        spare = (width - sum(wides) - _ARROW * (len(wides) - 1)) / len(wides)
        row, x = [], 0.0
        for line, own in zip(lines, wides, strict=True):
            wide = own + min(spare, 40)
            row.append((line, x, wide))
            x += wide + _ARROW
        return (tuple(row),)
    rows: list[list[tuple[str, float, float]]] = [[]]
    x = 0.0
    for line, wide in zip(lines, wides, strict=True):
        if rows[-1] and x + wide + _ARROW > width:
            rows.append([])
            x = 0.0
        rows[-1].append((line, x, wide))
        x += wide + _ARROW
    return tuple(tuple(row) for row in rows)


def _blocks(page: Page, sections: Sequence[GuideSection], width: float, measures: Measures) -> list[Block]:
    blocks: list[Block] = []
    size, line, title = measures.size, page.line(measures.size), measures.title_size
    for section in sections:
        if blocks:
            blocks.append(Block(Fill("line"), 1, measures.rule, with_next=True))
        head = Text(section.title, size=title, color="blue", bold=True)
        blocks.append(Block(head, page.line(title), measures.rule if blocks else 0, with_next=True, opens=True))
        above = 6.0
        if section.chips and section.lines:
            rows = _chip_rows(page, section.lines, width)
            blocks.append(Block(Chips(rows, measures.chip), len(rows) * (measures.chip + _ROW_GAP) - _ROW_GAP, 8))
        else:
            for text in section.lines:
                if section.marks:
                    count = page.lines_of(text, width - TickedLine.INDENT, size=measures.mark_size)
                    ticked = TickedLine(text, measures.mark_size, count)
                    blocks.append(Block(ticked, count * page.line(measures.mark_size), above))
                    above = measures.mark_gap
                else:
                    dotted = len(section.lines) > 1
                    count = page.lines_of(text, width - (DottedLine.INDENT if dotted else 0), size=size)
                    element = DottedLine(text, count, size) if dotted else Text(text, size=size, lines=count, valign="top")
                    blocks.append(Block(element, count * line, above))
                    above = measures.line_gap
        if section.open:
            count = page.lines_of(section.open, width - OpenLine.INDENT, size=size)
            blocks.append(Block(OpenLine(section.open, count, size), count * line, 6))
        if section.note:
            indent = TickedLine.INDENT if section.marks else 0
            count = page.lines_of(section.note, width - indent)
            blocks.append(Block(Indented(section.note, indent, count, color="ink2"), count * 42, 4))
    return blocks


def place_sections(
    page: Page, sections: Sequence[GuideSection], columns: Sequence[Column], *, one: Column | None = None, large: bool = False
) -> None:
    """Place sections into `columns` (x, y, w, h), or into `one` wide column if they fit only there; roomy if possible, and `large` where it is
    wanted and fits. What fits nowhere is set tightly and runs over the edge, which the tests count as a fault.
    """
    wanted = (LARGE, LARGE_TIGHT, ROOMY, TIGHT) if large else (ROOMY, TIGHT)
    into: Sequence[Sequence[Column]] = [columns]
    if one:
        into = [[one]] if len(sections) == 1 else [columns, [one]]
    place_all(page, settle((_blocks(page, sections, columns[0][2], measures), columns) for measures in wanted for columns in into))
