"""Sizes of a printed paper in px at 8 px/mm, for both widths (design: print, 80 mm; 58 mm derived from it). Draws nothing."""

from __future__ import annotations

from dataclasses import dataclass

import segno


@dataclass(frozen=True)
class Type:
    """A size of letters, its line height, both px, and whether it is bold."""

    size: int
    line: int
    bold: bool = False

    def strong(self, bold: bool = True) -> Type:
        """The same size in bold, if `bold`."""
        return Type(self.size, self.line, bold)


@dataclass(frozen=True)
class Measures:
    """All sizes of one paper width."""

    width: int
    margin: int
    mark: int
    mark_frame: int
    mark_sign: int
    #: Gap between the mark and the center's name.
    mark_gap: int
    name: Type
    #: Widest px per module of a QR code: whole, `{largest version: px}`, checked in this order.
    modules: tuple[tuple[int, int], ...]
    #: Two columns of label and value; otherwise the label stands above the value.
    columns: bool

    @property
    def text(self) -> int:
        """Width of running text."""
        return self.width - 2 * self.margin


TITLE = Type(56, 73, bold=True)
NUMBER = Type(48, 62, bold=True)
HEADING = Type(32, 42, bold=True)
MATERIAL = Type(36, 48, bold=True)
BAND = Type(36, 64, bold=True)
CAPTION = Type(28, 36)
ROW = Type(28, 38)
RUNNING = Type(28, 40)
#: The smallest that is printed; also the least size to which a line too wide is shrunk.
FOOT = Type(24, 34)

HEAD_RULE, RULE = 6, 2
TICK_BOX, TICK_FRAME = 44, 4

MEASURES = {
    80: Measures(
        width=576,
        margin=24,
        mark=84,
        mark_frame=6,
        mark_sign=56,
        mark_gap=20,
        name=Type(40, 52, bold=True),
        modules=((3, 7), (40, 6)),
        columns=True,
    ),
    58: Measures(
        width=384,
        margin=12,
        mark=64,
        mark_frame=5,
        mark_sign=42,
        mark_gap=12,
        name=Type(28, 36, bold=True),
        modules=((40, 5),),
        columns=False,
    ),
}

#: Modules of white around a QR code (ISO/IEC 18004).
QUIET_ZONE = 4

#: The narrowest module that the scanners of the terminal read from thermal paper, px.
_NARROWEST = 2


def qr_code(text: str) -> segno.QRCode:
    """The smallest code of level M, model 2, that holds the text. Raises segno.DataOverflowError above 2331 bytes."""
    if text.isascii():
        return segno.make(text, error="m", micro=False, boost_error=False)
    # Left to itself, segno would write Chinese as Shift-JIS, which scanners hand on as it is.
    return segno.make(text, error="m", micro=False, boost_error=False, mode="byte", encoding="utf-8")


def module_px(code: segno.QRCode, measures: Measures) -> int:
    """Whole px per module: as designed for the version, less if the code with its quiet zone is wider than the paper."""
    version = int(code.version)
    wanted = next(px for largest, px in measures.modules if version <= largest)
    fits = measures.width // int(code.symbol_size(border=QUIET_ZONE)[0])
    return max(_NARROWEST, min(wanted, fits))
