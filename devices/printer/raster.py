"""Draws a document as the picture that a receipt printer prints: black on white, 1 bit, thresholded and never dithered. Sends nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from PIL import Image, ImageDraw

from devices.printer.labels import justified, label_length
from devices.printer.linebreak import break_lines
from devices.printer.measures import (
    BAND,
    CAPTION,
    FOOT,
    HEAD_RULE,
    HEADING,
    MATERIAL,
    MEASURES,
    NUMBER,
    QUIET_ZONE,
    ROW,
    RULE,
    RUNNING,
    TICK_BOX,
    TICK_FRAME,
    TITLE,
    Measures,
    Type,
    module_px,
    qr_code,
)
from devices.printer.typeface import baseline, drawable, face, paper, width
from kiosk.wire.documents import Block, Bullets, Document, Heading, Paragraph, Qr, Row, Rows, Rule

_BLACK, _WHITE = 0, 255

#: Gray below this is black. A little above the middle, because thermal heads thin out fine strokes.
_THRESHOLD = 144

#: A row's label column is wide enough for labels up to this many characters; longer ones take a second line.
_LONGEST_LABEL = 6


def render(document: Document, width_mm: int = 80) -> Image.Image:
    """The paper as a picture of mode `1`, 576 px wide for 80 mm or 384 px for 58 mm (8 px/mm), as high as its content.

    Raises KeyError for any other width.
    """
    return _Sheet(MEASURES[width_mm]).draw(document)


class _Sheet:
    """One paper while it is laid out from top to bottom. Drawing is kept back until the height is known."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures
        self._y = 0
        self._drawing: list[Callable[[ImageDraw.ImageDraw], None]] = []
        #: The last thing put down was a rule: two never follow each other.
        self._ruled = False

    def draw(self, document: Document) -> Image.Image:
        """The whole paper, once."""
        self._band(document.band)
        self._head(document)
        self._title(document)
        for block in document.blocks:
            self._block(block)
        self._foot(document.foot)
        self._y += 26
        picture = paper(self._measures.width, self._y)
        pen = ImageDraw.Draw(picture)
        for stroke in self._drawing:
            stroke(pen)
        return picture.point(lambda gray: _WHITE if gray >= _THRESHOLD else _BLACK).convert("1", dither=Image.Dither.NONE)

    # -------------------------------------------------------------- parts of the paper

    def _band(self, text: str) -> None:
        if text:
            self._box(0, self._y, self._measures.width, BAND.line, fill=_BLACK)
            self._centered(drawable(text), BAND, fill=_WHITE)

    def _head(self, document: Document) -> None:
        m = self._measures
        top = self._y + (32 if m.columns else 20)
        self._box(m.margin, top, m.mark, m.mark, frame=m.mark_frame)
        sign = face(m.mark_sign, True)
        middle = m.margin + m.mark / 2
        self._drawing.append(lambda pen: pen.text((middle, baseline(top, m.mark, m.mark_sign)), "印", fill=_BLACK, font=sign, anchor="ms"))
        left = m.margin + m.mark + m.mark_gap
        room = m.width - m.margin - left
        line_type = ROW if m.columns else FOOT
        parts = [(line, m.name) for line in self._lines(document.issuer, m.name, room, shrink=True)]
        if document.issuer_line:
            parts += [(line, line_type) for line in self._lines(document.issuer_line, line_type, room, shrink=True)]
        parts = [(line, self._fitting(line, type_, room)) for line, type_ in parts]
        # Two lines are a little higher than the mark: their boxes, not their letters, reach beyond it.
        y = top + max(-4, (m.mark - sum(type_.line for _, type_ in parts)) // 2)
        for line, type_ in parts:
            self._line(left, y, line, type_)
            y += type_.line
        self._y = max(top + m.mark, y - 4) + (24 if m.columns else 16)
        self._rule(HEAD_RULE)

    def _title(self, document: Document) -> None:
        self._y += 18
        self._centered_lines(document.title, TITLE, shrink=True)
        self._y += 11
        self._centered_lines(document.subtitle, CAPTION.strong())
        if document.subtitle and document.number:
            self._y += 10
        self._centered_lines(document.number_label, CAPTION)
        self._centered_lines(document.number, NUMBER, shrink=True)
        self._y += 18
        self._rule(RULE)

    def _foot(self, lines: tuple[str, ...]) -> None:
        if lines:
            self._y += 20
            self._rule(RULE)
            self._y += 14
            for line in lines:
                self._running(line, FOOT)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._y += 18 if self._ruled else 24
                self._running(block.text, HEADING)
            case Paragraph():
                self._y += 18 if self._ruled else 6
                self._running(block.text, RUNNING.strong(block.strong))
            case Rows():
                self._rows(block.rows)
            case Bullets():
                self._bullets(block)
            case Qr():
                self._qr(block)
            case Rule():
                self._y += 20
                self._rule(RULE)
            case _:
                assert_never(block)

    def _rows(self, rows: tuple[Row, ...]) -> None:
        self._y += 18 if self._ruled else 8
        length = label_length([row.label for row in rows], _LONGEST_LABEL)
        for number, row in enumerate(rows):
            self._y += 8 if number else 0
            if self._measures.columns:
                self._columns(row, length)
            else:
                self._running(row.label, FOOT)
                self._running(row.value, ROW.strong(row.strong))
        self._ruled = False

    def _columns(self, row: Row, length: int) -> None:
        m = self._measures
        column = length * ROW.size
        value_left = m.margin + column + 32
        labels = self._lines(row.label, ROW, column)
        values = self._lines(row.value, ROW.strong(row.strong), m.width - m.margin - value_left)
        for index, label in enumerate(labels):
            for offset, sign in justified(label, length) if len(labels) == 1 else [(0.0, label)]:
                self._line(m.margin + offset * ROW.size, self._y + index * ROW.line, sign, ROW)
        for index, value in enumerate(values):
            self._line(value_left, self._y + index * ROW.line, value, ROW.strong(row.strong))
        self._y += max(len(labels), len(values)) * ROW.line

    def _bullets(self, block: Bullets) -> None:
        m = self._measures
        self._y += 12 if block.tick else 6
        for number, item in enumerate(block.items):
            name, _, note = item.partition("\n")
            if block.tick:
                self._y += 20 if number else 0
                self._box(m.margin, self._y + 2, TICK_BOX, TICK_BOX, frame=TICK_FRAME)
                self._running(name, MATERIAL if m.columns else HEADING, indent=TICK_BOX + 20, least=TICK_BOX + 4)
                if note:
                    self._running(note, ROW, indent=TICK_BOX + 20)
            else:
                self._y += 4 if number else 0
                self._line(m.margin, self._y, "·", RUNNING.strong())
                self._running(item, RUNNING, indent=RUNNING.size)
        self._ruled = False

    def _qr(self, block: Qr) -> None:
        m = self._measures
        code = qr_code(block.text)
        px = module_px(code, m)
        quiet = QUIET_ZONE * px
        rows = [list(row) for row in code.matrix]
        side = len(rows) * px
        left, top = (m.width - side) // 2, self._y + max(28, quiet)
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    self._box(left + across * px, top + down * px, px, px, fill=_BLACK)
        self._y = top + side + quiet
        self._ruled = False
        if block.caption:
            self._centered_lines(block.caption, CAPTION)
            self._y += 4

    # -------------------------------------------------------------- strokes

    def _rule(self, thickness: int) -> None:
        """A line from margin to margin, unless the last thing was one."""
        if not self._ruled:
            self._box(self._measures.margin, self._y, self._measures.text, thickness, fill=_BLACK)
            self._y += thickness
        self._ruled = True

    def _box(self, left: float, top: float, wide: int, high: int, *, fill: int | None = None, frame: int = 0) -> None:
        corners = (left, top, left + wide - 1, top + high - 1)
        self._drawing.append(lambda pen: pen.rectangle(corners, fill=fill, outline=_BLACK if frame else None, width=frame))

    def _line(self, left: float, top: float, text: str, type_: Type, *, fill: int = _BLACK, anchor: str = "ls") -> None:
        place = (left, baseline(top, type_.line, type_.size))
        self._drawing.append(lambda pen: pen.text(place, text, fill=fill, font=face(type_.size, type_.bold), anchor=anchor))

    def _centered(self, text: str, type_: Type, *, fill: int = _BLACK) -> None:
        self._line(self._measures.width / 2, self._y, text, type_, fill=fill, anchor="ms")
        self._y += type_.line
        self._ruled = False

    def _centered_lines(self, text: str, type_: Type, *, shrink: bool = False) -> None:
        if not text:
            return
        room = self._measures.text
        lines = self._lines(text, type_, room, shrink=shrink)
        # Centered lines are as even as they can be: a title of fifteen characters does not end in a line of three.
        for narrower in range(room - 8, room // 2, -8) if len(lines) > 1 else ():
            evener = self._lines(text, type_, narrower, shrink=shrink)
            if len(evener) > len(lines):
                break
            lines = evener
        for line in lines:
            self._centered(line, self._fitting(line, type_, self._measures.text) if shrink else type_)

    def _running(self, text: str, type_: Type, *, indent: int = 0, least: int = 0) -> None:
        """Text from the left; takes at least `least` px of height."""
        top = self._y
        for line in self._lines(text, type_, self._measures.text - indent):
            self._line(self._measures.margin + indent, self._y, line, type_)
            self._y += type_.line
        self._y = max(self._y, top + least)
        self._ruled = False

    def _lines(self, text: str, type_: Type, room: float, *, shrink: bool = False) -> list[str]:
        """The text in lines; with `shrink`, a line somewhat too wide stays one, to be drawn smaller by `_fitting`."""
        clean = drawable(text)
        size = max(FOOT.size, round(type_.size * 0.8)) if shrink else type_.size
        return break_lines(clean, room, lambda line: width(line, size, type_.bold))

    def _fitting(self, line: str, type_: Type, room: float) -> Type:
        """The largest size, not above `type_`, at which the line fits."""
        size = type_.size
        while size > FOOT.size and width(line, size, type_.bold) > room:
            size -= 1
        return Type(size, type_.line, type_.bold)
