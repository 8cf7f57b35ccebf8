"""Sets the sections of a guide into one or more columns: headings, lines, ticked lines, flows of chips, notes, rules between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from kiosk.views import GuideSection
from screens.theme import Size
from screens.widgets.basic import Fill, Text
from screens.widgets.brush import Brush
from screens.widgets.element import Element, Page, State
from screens.widgets.skin import Style

Column = tuple[float, float, float, float]


@dataclass(frozen=True)
class Measures:
    """How roomy it is set; px."""

    mark_size: Size
    mark_gap: int
    line_gap: int
    chip: int
    rule: int


ROOMY = Measures("head", 8, 10, 72, 24)
TIGHT = Measures("body", 4, 2, 60, 16)
_CHIP_PADDING = 18
_ARROW = 40
_ROW_GAP = 12


@dataclass(frozen=True)
class TickedLine(Element):
    """A line with a tick before it."""

    text: str
    size: Size
    lines: int

    def paint(self, brush: Brush, state: State) -> None:
        line = brush.theme.size(self.size).line
        brush.icon(0, 0, 40, line, "check-circle-outline", size=40, color="blue")
        brush.text(56, 0, brush.width - 56, line * self.lines, self.text, size=self.size, lines=self.lines, valign="top")


@dataclass(frozen=True)
class DottedLine(Element):
    """One of several lines: a dot shows where each begins."""

    INDENT: ClassVar[int] = 28

    text: str
    lines: int

    def paint(self, brush: Brush, state: State) -> None:
        brush.disc(4, 17, 10, "edge")
        brush.text(self.INDENT, 0, brush.width - self.INDENT, 42 * self.lines, self.text, lines=self.lines, valign="top")


@dataclass(frozen=True)
class OpenLine(Element):
    """What no source gives: said with an icon, not left empty."""

    text: str
    lines: int

    def paint(self, brush: Brush, state: State) -> None:
        brush.icon(0, 0, 40, 42, "alert-circle-outline", size=36, color="amber_ink")
        brush.text(52, 0, brush.width - 52, 42 * self.lines, self.text, color="amber_ink", lines=self.lines, valign="top")


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


@dataclass(frozen=True)
class _Block:
    element: Element | None
    height: float
    #: Space above it, unless it begins a column.
    above: float = 0
    #: Stays in the column of the next block.
    with_next: bool = False


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


def _blocks(page: Page, sections: Sequence[GuideSection], width: float, measures: Measures) -> list[_Block]:
    blocks: list[_Block] = []
    for section in sections:
        if blocks:
            blocks.append(_Block(Fill("line"), 1, measures.rule, with_next=True))
        blocks.append(_Block(Text(section.title, color="blue", bold=True), 42, measures.rule if blocks else 0, with_next=True))
        above = 6.0
        if section.chips and section.lines:
            rows = _chip_rows(page, section.lines, width)
            blocks.append(_Block(Chips(rows, measures.chip), len(rows) * (measures.chip + _ROW_GAP) - _ROW_GAP, 8))
        else:
            for line in section.lines:
                if section.marks:
                    size = measures.mark_size
                    count = page.lines_of(line, width - 56, size=size)
                    blocks.append(_Block(TickedLine(line, size, count), count * page.line(size), above))
                    above = measures.mark_gap
                else:
                    dotted = len(section.lines) > 1
                    count = page.lines_of(line, width - (DottedLine.INDENT if dotted else 0))
                    element = DottedLine(line, count) if dotted else Text(line, lines=count, valign="top")
                    blocks.append(_Block(element, count * 42, above))
                    above = measures.line_gap
        if section.open:
            count = page.lines_of(section.open, width - 52)
            blocks.append(_Block(OpenLine(section.open, count), count * 42, 6))
        if section.note:
            count = page.lines_of(section.note, width - 56)
            blocks.append(_Block(_Indented(section.note, count, 56 if section.marks else 0), count * 42, 4))
    return blocks


@dataclass(frozen=True)
class _Indented(Element):
    text: str
    lines: int
    indent: int

    def paint(self, brush: Brush, state: State) -> None:
        brush.text(self.indent, 0, brush.width - self.indent, brush.height, self.text, color="ink2", lines=self.lines, valign="top")


def _flow(blocks: Sequence[_Block], columns: Sequence[Column]) -> list[tuple[_Block, int, float]] | None:
    """Where each block goes: column and y in it; None if they do not fit."""
    places: list[tuple[_Block, int, float]] = []
    column, y = 0, 0.0
    index = 0
    while index < len(blocks):
        group = [blocks[index]]
        while group[-1].with_next and index + len(group) < len(blocks):
            group.append(blocks[index + len(group)])
        needed = sum(block.height + block.above for block in group) - (group[0].above if y == 0 else 0)
        if y and y + needed > columns[column][3]:
            column, y = column + 1, 0.0
        if column == len(columns) or (y == 0 and needed > columns[column][3]):
            return None
        for block in group:
            if y == 0 and isinstance(block.element, Fill):  # no rule at the top of a column
                continue
            y += block.above if y else 0
            places.append((block, column, y))
            y += block.height
        index += len(group)
    return places


def _even_flow(blocks: Sequence[_Block], columns: Sequence[Column]) -> list[tuple[_Block, int, float]] | None:
    """The same with columns as even as they can be, taking a section apart only where it has to be."""
    best = _flow(blocks, columns)
    if best is None or len(columns) == 1:
        return best

    def worth(places: list[tuple[_Block, int, float]]) -> tuple[int, float]:
        begins = {column: block for block, column, _ in reversed(places)}
        torn = sum(column > 0 and not block.with_next for column, block in begins.items())
        return torn, max(y + block.height for block, _, y in places)

    for height in range(96, int(min(h for _, _, _, h in columns)), 24):
        places = _flow(blocks, [(x, y, w, height) for x, y, w, _ in columns])
        if places is not None and worth(places) < worth(best):
            best = places
    return best


def place_sections(page: Page, sections: Sequence[GuideSection], columns: Sequence[Column], *, one: Column | None = None) -> None:
    """Place sections into `columns` (x, y, w, h), or into `one` wide column if they fit only there; roomy if possible. What fits
    nowhere is set tightly and runs over the edge, which the tests count as a fault.
    """
    choices: list[tuple[Measures, Sequence[Column]]] = [(ROOMY, columns), (TIGHT, columns)]
    if one and len(sections) == 1:
        choices = [(ROOMY, [one]), (TIGHT, [one])]
    elif one:
        choices = [(ROOMY, columns), (ROOMY, [one]), (TIGHT, columns), (TIGHT, [one])]
    for measures, into in choices:
        blocks = _blocks(page, sections, into[0][2], measures)
        places = _even_flow(blocks, into)
        if places is not None:
            break
    else:
        measures, into = choices[-1]
        blocks = _blocks(page, sections, into[0][2], measures)
        places = _flow(blocks, [(x, y, w, 1e6) for x, y, w, _ in into]) or []
    for block, column, y in places:
        x, top, w, _ = into[column]
        if block.element:
            page.place(block.element, x, top + y, w, block.height)
