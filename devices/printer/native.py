"""The same document in the printer's own characters and QR codes: our GBK bytes, some 400 to 1,100. For slow serial lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from devices.printer.labels import justified, label_length
from devices.printer.linebreak import break_lines
from devices.printer.measures import MEASURES, module_px, qr_code
from devices.printer.typeface import MISSING
from kiosk.wire.documents import Block, Bullets, Document, Heading, Paragraph, Qr, Row, Rows, Rule

_ESC, _FS, _GS = b"\x1b", b"\x1c", b"\x1d"

#: ESC @ forgets what the last job left; FS & makes the printer read two bytes as one Chinese character.
START = _ESC + b"@" + _FS + b"&"

_LEFT, _CENTER = _ESC + b"a\x00", _ESC + b"a\x01"
_BOLD, _PLAIN = _ESC + b"E\x01", _ESC + b"E\x00"
#: FS ! 0C doubles Chinese characters, GS ! 11 all others; both are needed.
_DOUBLE, _SINGLE = _FS + b"!\x0c" + _GS + b"!\x11", _FS + b"!\x00" + _GS + b"!\x00"

#: A cell is 12 px wide; a Chinese character takes two.
_CELL = 12

#: What GBK lacks and has a close relative that it knows.
_RELATIVES = str.maketrans({"¥": "￥", "•": "·", "‧": "·", "−": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\t": " "})

_LONGEST_LABEL = 6


def printable(text: str) -> str:
    """The text in characters that GBK has; 〓 stands for all others. Control characters go, so that no text can command the printer."""
    kept = (sign for sign in text.translate(_RELATIVES) if sign == "\n" or sign.isprintable() or sign == "\u3000")
    return "".join(sign if _encodable(sign) else MISSING for sign in kept)


def _encodable(sign: str) -> bool:
    try:
        sign.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def cells(text: str) -> int:
    """How many cells the text takes: one for an ASCII character, two for any other."""
    return len(text.encode("gbk"))


def encode(document: Document, width_mm: int = 80) -> bytes:
    """All bytes of the paper up to its last line, without feed and cut. Raises KeyError for a width that is neither 58 nor 80."""
    return _Writer(width_mm).write(document)


@dataclass(frozen=True)
class _Style:
    """How a line is set; all of it is given back at the end of the line."""

    centered: bool = False
    bold: bool = False
    double: bool = False

    def wrap(self, text: bytes) -> bytes:
        """The text between the commands that set and unset this style."""
        before = (_CENTER if self.centered else b"") + (_BOLD if self.bold else b"") + (_DOUBLE if self.double else b"")
        after = (_SINGLE if self.double else b"") + (_PLAIN if self.bold else b"")
        return before + text + after + b"\n" + (_LEFT if self.centered else b"")


_BODY = _Style()
_BOLD_BODY = _Style(bold=True)
_MIDDLE = _Style(centered=True)
_BIG = _Style(centered=True, bold=True, double=True)


class _Writer:
    """One paper while it is written from top to bottom."""

    def __init__(self, width_mm: int) -> None:
        self._measures = MEASURES[width_mm]
        self._room = self._measures.width // _CELL
        self._bytes = bytearray(START)
        self._ruled = False

    def write(self, document: Document) -> bytes:
        """The whole paper, once."""
        if document.band:
            self._lines(f"【{document.band}】", _BIG)
        self._lines(document.issuer, _Style(centered=True, bold=True))
        if document.issuer_line:
            self._lines(document.issuer_line, _MIDDLE)
        self._rule("=")
        self._blank()
        self._lines(document.title, _BIG)
        self._blank()
        for text, style in (
            (document.subtitle, _Style(centered=True, bold=True)),
            (document.number_label, _MIDDLE),
            (document.number, _BIG),
        ):
            if text:
                self._lines(text, style)
        self._rule()
        for block in document.blocks:
            self._block(block)
        if document.foot:
            self._rule()
            for line in document.foot:
                self._lines(line)
        return bytes(self._bytes)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._lines(block.text, _BOLD_BODY)
            case Paragraph():
                self._lines(block.text, _Style(bold=block.strong))
            case Rows():
                length = label_length([row.label for row in block.rows], _LONGEST_LABEL)
                for row in block.rows:
                    self._row(row, length)
            case Bullets():
                for item in block.items:
                    self._bullet(item, block.tick)
            case Qr():
                self._qr(block)
            case Rule():
                self._rule()
            case _:
                assert_never(block)

    def _lines(self, text: str, style: _Style = _BODY, first: str = "", indent: int = 0) -> None:
        """Text over as many lines as it needs; `first` stands before the first one, the others are moved in by `indent` cells."""
        room = (self._room - indent) // (2 if style.double else 1)
        for number, line in enumerate(break_lines(printable(text), room, cells)):
            lead = first if number == 0 and first else " " * indent
            self._bytes += style.wrap((lead + line).encode("gbk"))
        self._ruled = False

    def _blank(self) -> None:
        self._bytes += b"\n"

    def _rule(self, sign: str = "-") -> None:
        if not self._ruled:
            self._lines(sign * self._room)
        self._ruled = True

    def _row(self, row: Row, length: int) -> None:
        if not self._measures.columns:
            self._lines(row.label)
            self._lines(row.value, _Style(bold=row.strong), indent=2)
            return
        column = 2 * length
        labels = break_lines(printable(row.label), column, cells)
        if len(labels) == 1:
            labels = [_spread(labels[0], length)]
        values = break_lines(printable(row.value), self._room - column - 2, cells)
        for number in range(max(len(labels), len(values))):
            label = labels[number] if number < len(labels) else ""
            value = values[number] if number < len(values) else ""
            lead = (label + " " * (column + 2 - cells(label))).encode("gbk")
            text = value.encode("gbk")
            if not text:
                lead = lead.rstrip()
            # Only the value is bold, the label never.
            self._bytes += lead + (_BOLD + text + _PLAIN if row.strong and text else text) + b"\n"
        self._ruled = False

    def _bullet(self, item: str, tick: bool) -> None:
        name, _, note = item.partition("\n")
        self._lines(name, _Style(bold=tick), first="□ " if tick else "· ", indent=3)
        if note:
            self._lines(note, indent=3)

    def _qr(self, block: Qr) -> None:
        code = qr_code(block.text)
        # An empty line is 30 px: the quiet zone of at least 4 modules, which printers leave to the sender.
        self._bytes += _CENTER + b"\n" + _native_qr(block.text.encode("utf-8"), module_px(code, self._measures)) + b"\n" + _LEFT
        self._ruled = False
        if block.caption:
            self._lines(block.caption, _MIDDLE)


def _spread(label: str, length: int) -> str:
    """The label over `2 * length` cells, its characters apart by whole cells; as it is where they would be apart unevenly."""
    places = [(2 * offset, sign) for offset, sign in justified(label, length)]
    if not all(place.is_integer() for place, _ in places):
        return label
    text = ""
    for place, sign in places:
        text += " " * (int(place) - cells(text)) + sign
    return text


def _native_qr(data: bytes, module: int) -> bytes:
    """GS ( k: model 2, px a module, level M, store, print."""
    return b"".join(
        _GS + b"(k" + len(part).to_bytes(2, "little") + part
        for part in (b"1A2\x00", b"1C" + bytes((module,)), b"1E1", b"1P0" + data, b"1Q0")
    )
