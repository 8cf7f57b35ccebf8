"""Something to read: headings, paragraphs, lists and rows on a card, as large as they fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kiosk.views import ReadPart, ReadView
from screens.theme import Size
from screens.widgets import Box, Fill, Page, Text
from screens.widgets.columns import Block, Column, place_all, settle
from screens.widgets.element import Element
from screens.widgets.lines import BoxedLine, DottedLine, Indented, LabeledLine
from screens.widgets.surround import Around, Room, surround

_PADDING = 48
_BETWEEN = 64
#: The longest line that is still easy to read, px of large type: some thirty characters.
_LONGEST = 1240
#: Space over each kind of part; what is not here is a paragraph.
_ABOVE = {"heading": 28, "bullet": 10, "tick": 14, "row": 12, "rule": 24}
_PARAGRAPH = 16
_AFTER_RULE = 24
#: How much more space where there is much room.
_AIRY = 1.7
#: The most of a line that labels take.
_LABELS = 0.4


def draw(page: Page, view: ReadView) -> None:
    """Upright: one column. Wide: one of a length that can be read, or two. Where there is more than one page the card keeps its height."""
    around = Around(view.panel, view.actions, view.previous, view.next, view.page)
    room = surround(page, view, around)
    vertical = 32 if page.layout.wide else 40
    inner = (room.x + _PADDING, room.y + vertical, room.w - 2 * _PADDING, room.h - 2 * vertical)
    choices = _choices(inner, wide=page.layout.wide)
    placed = settle((_blocks(page, view.parts, columns[0][2], size, air), columns) for size, air, columns in choices)
    ends = max((piece.y + piece.h for piece in placed), default=room.y) + vertical
    page.place(Box(), room.x, room.y, room.w, _height(room, ends, paged=around.paged))
    place_all(page, placed)


def _height(room: Room, ends: float, *, paged: bool) -> float:
    return room.h if paged else min(ends - room.y, room.h)


def _choices(inner: Column, *, wide: bool) -> list[tuple[Size, float, list[Column]]]:
    """Type sizes, how much space, and columns, the best first."""
    sizes: list[tuple[Size, float]] = [("head", _AIRY), ("head", 1.0), ("body", 1.0)]
    x, y, w, h = inner
    half = (w - _BETWEEN) / 2
    one = [(x, y, _LONGEST if wide else w, h)]
    two = [(x, y, half, h), (x + half + _BETWEEN, y, half, h)]
    if wide:
        return [*((size, air, one) for size, air in sizes[:2]), *((size, air, two) for size, air in sizes)]
    return [(size, air, one) for size, air in sizes]


def _blocks(page: Page, parts: Sequence[ReadPart], width: float, size: Size, air: float) -> list[Block]:
    labels = max((page.measure(part.text, size=size) for part in parts if part.kind == "row"), default=0.0)
    indent = min(labels + 40, width * _LABELS)
    blocks: list[Block] = []
    before = ""
    for part in parts:
        above = _AFTER_RULE if before == "rule" else _ABOVE.get(part.kind, _PARAGRAPH) * air
        if part.kind == "rule":
            blocks.append(Block(Fill("line"), 1, above, with_next=True))
        elif part.kind == "row":
            lines = max(page.lines_of(part.text, indent - 24, size=size), page.lines_of(part.value, width - indent, size=size, bold=True))
            blocks.append(Block(LabeledLine(part.text, part.value, indent, size), page.line(size) * lines, above, opens=True))
        else:
            blocks += _lines(page, part, width, size, above)
        before = part.kind
    return blocks


#: What the first line of a list's part is drawn with.
_MARKED: dict[str, Callable[[str, Size], Element]] = {
    "bullet": lambda text, size: DottedLine(text, size=size),
    "tick": lambda text, size: BoxedLine(text, size=size),
}
_INDENTS = {"bullet": DottedLine.INDENT, "tick": BoxedLine.INDENT}


def _lines(page: Page, part: ReadPart, width: float, size: Size, above: float) -> list[Block]:
    """A block for each line, so that a column may end in the middle of a long text; never after its first line, nor before its last."""
    heading = part.kind == "heading"
    bold = heading or part.kind == "strong"
    own: Size = "head" if heading else size
    indent = _INDENTS.get(part.kind, 0)
    rows = page.rows_of(part.text, width - indent, size=own, bold=bold)
    blocks = []
    for index, row in enumerate(rows):
        kept = heading or (len(rows) > 1 and index in (0, len(rows) - 2))
        marked = _MARKED.get(part.kind)
        if marked:
            element = Indented(row, indent, size=own) if index else marked(row, own)
        else:
            element = Text(row, size=own, color="blue" if heading else "ink", bold=bold)
        blocks.append(Block(element, page.line(own), 0 if index else above, with_next=kept, opens=not index))
    return blocks
