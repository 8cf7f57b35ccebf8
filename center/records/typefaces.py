"""The typefaces of the papers: each read once for the process, and of each every paper takes only what it uses.

A Chinese typeface has some thirty thousand characters in ten million bytes. To read it for each paper anew, and again to cut it down to
what the paper says, was nearly all of the time that a paper took.
"""

from __future__ import annotations

import copy
import threading
from array import array
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fpdf import FPDF
from fpdf.fonts import SubsetMap, TTFFont

#: What a reader of the PDF or fpdf2 asks of an embedded face besides its outlines and widths.
_TABLES = ("head", "hhea", "maxp", "OS/2", "post", "name", "prep", "gasp")
#: .notdef and what may follow it: fpdf2 keeps the first four glyphs of every face.
_FIRST = 4
#: Two papers that begin at once shall not both read a face.
_READING = threading.Lock()


class _Widths(dict[int, float]):
    """The widths of a face's characters. Unlike fpdf2's own it keeps nothing of what is asked that it has not, so that papers can share it."""

    def __init__(self, widths: dict[int, float], missing: float) -> None:
        super().__init__(widths)
        self._missing = missing

    def __missing__(self, _character: int) -> float:
        return self._missing


class _Face:
    """One typeface as read from its file. It never changes, so papers that are made at the same time share it."""

    def __init__(self, name: str, style: str, file: Path) -> None:
        sheet = FPDF()
        sheet.add_font(name, style, file)
        (read,) = sheet.fonts.values()
        assert isinstance(read, TTFFont)
        whole = read.ttfont
        self._order: list[str] = whole.getGlyphOrder()
        self._places = {name: place for place, name in enumerate(self._order)}
        self._widths: dict[str, tuple[int, int]] = whole["hmtx"].metrics
        self._small = {tag: whole.reader[tag] for tag in _TABLES}
        self._ends = array("L", whole["loca"])
        self._outlines: bytes = whole.reader["glyf"]
        if any(Glyph(outline).isComposite() for outline in map(self._outline, range(len(self._order)))):
            raise ValueError(f"{file.name} has glyphs made of other glyphs, which a cut would have to follow.")
        whole.close()
        read.ttfont = TTFont()
        read.cw = _Widths(read.cw, read.desc.missing_width)
        self._read = read

    def for_paper(self, place: int) -> TTFFont:
        """The face as the font number `place` of one paper, which may change it as it likes."""
        font = copy.copy(self._read)
        font.i = place
        font.desc = copy.copy(font.desc)
        font.missing_glyphs = []
        font.subset = _Used(font, self)
        return font

    def cut(self, characters: dict[int, str], names: Sequence[str]) -> TTFont:
        """A font of the glyphs with these names, in the face's order, with `characters` as what they stand for."""
        wanted = sorted({*range(_FIRST), *(self._places[name] for name in names)})
        glyphs = {self._order[place]: Glyph(self._outline(place)) for place in wanted}
        # Without new bounds the outlines are taken over as they are, hinting and all; the face's own bounds hold for any part of it.
        font = TTFont(recalcBBoxes=False, recalcTimestamp=False)
        font.setGlyphOrder(list(glyphs))
        for tag, data in self._small.items():
            font[tag] = newTable(tag)
            font[tag].decompile(data, font)
        font["loca"] = newTable("loca")
        font["glyf"] = newTable("glyf")
        font["glyf"].glyphs = glyphs
        font["glyf"].glyphOrder = font.getGlyphOrder()
        font["hmtx"] = newTable("hmtx")
        font["hmtx"].metrics = {name: self._widths[name] for name in glyphs}
        FontBuilder(font=font).setupCharacterMap(characters)
        return font

    def _outline(self, place: int) -> bytes:
        return self._outlines[self._ends[place] : self._ends[place + 1]]


class _Used(SubsetMap):
    """What a paper uses of a face. fpdf2 asks it for all names when the paper is done, right before it cuts the font: then the font is made."""

    def __init__(self, font: TTFFont, face: _Face) -> None:
        super().__init__(font)
        self._face = face

    def get_all_glyph_names(self) -> Sequence[str]:
        """The names of the glyphs that the paper uses; from now on its font has these."""
        names = super().get_all_glyph_names()
        characters = {code: name for code, name in self._characters() if name != ".notdef"}
        self.font.ttfont = self._face.cut(characters, names)
        return names

    def _characters(self) -> list[tuple[int, str]]:
        glyphs = [glyph for glyph, _ in self.items() if glyph is not None]
        return [(code, glyph.glyph_name) for glyph in glyphs if isinstance(glyph.unicode, tuple) for code in glyph.unicode]


@cache
def _read(name: str, style: str, file: Path) -> _Face:
    return _Face(name, style, file)


def add_face(sheet: FPDF, name: str, style: str, file: Path) -> None:
    """Adds a TrueType face as `FPDF.add_font` does, without reading it again once any paper has used it."""
    with _READING:
        face = _read(name, style, file)
    sheet.fonts[f"{name.lower()}{style}"] = face.for_paper(len(sheet.fonts) + 1)
