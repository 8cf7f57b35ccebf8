"""A document as the bytes of one print job: start, content, feed and cut. Sends nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from escpos.constants import GS, HW_INIT
from escpos.image import EscposImage
from PIL import Image, ImageChops

from devices.printer.native import encode
from devices.printer.raster import render
from kiosk.wire.documents import Document

RASTER, NATIVE = "raster", "native"

#: Rows of one GS v 0: 3 mm, 1.7 KB at 80 mm, so that two of them fit the 4 KB buffer of a cheap printer (see `line`).
FRAGMENT_ROWS = 24

#: Bytes of the largest piece, 80 mm.
LARGEST_PIECE = 8 + FRAGMENT_ROWS * 576 // 8

#: GS V 66 0: feed to the cutter and cut; sent raw, because some of python-escpos' profiles send no cut at all.
_CUT = b"\x1dVB\x00"

#: Printers for 58 mm often have no cutter and ignore GS V: four lines bring the paper past the tear bar (ESC d).
_TAILS = {80: _CUT, 58: b"\x1bd\x04" + _CUT}

#: What the slowest printers feed, rows/s (50 mm/s); and rows of a line of native text.
_ROWS_PER_SECOND = 400
_NATIVE_ROWS_PER_BYTE = 2.5


@dataclass(frozen=True)
class JobBytes:
    """What is sent, in pieces between which a printer may be asked how it is.

    `seconds`: how long printing takes at the slowest, sending not counted.
    """

    pieces: tuple[bytes, ...]
    seconds: float

    @property
    def whole(self) -> bytes:
        """All pieces in one."""
        return b"".join(self.pieces)


def job_bytes(document: Document, mode: str, width_mm: int) -> JobBytes:
    """The print job of a document. Raises KeyError for a width that is neither 58 nor 80, ValueError for an unknown mode."""
    if mode == NATIVE:
        content = encode(document, width_mm)
        return JobBytes((content + _TAILS[width_mm],), len(content) * _NATIVE_ROWS_PER_BYTE / _ROWS_PER_SECOND)
    if mode == RASTER:
        picture = render(document, width_mm)
        return JobBytes((HW_INIT, *raster_fragments(picture), _TAILS[width_mm]), picture.height / _ROWS_PER_SECOND)
    raise ValueError(f"no such print mode: {mode}")


def raster_fragments(picture: Image.Image) -> list[bytes]:
    """The picture as GS v 0 commands of at most FRAGMENT_ROWS rows, by python-escpos' image class; white at the right is not sent.

    Not by `Dummy().image()`: it writes warnings to stdout, its `center` prints tall pictures solid black, and importing it
    reads a database of printers and leaves a directory behind.
    """
    fragments = []
    for top, bottom in _strips(picture):
        strip = picture.crop((0, top, picture.width, bottom))
        ink = ImageChops.invert(strip).getbbox()
        # Whole bytes; one byte is the least a picture can be wide.
        wide = (ink[2] + 7) // 8 * 8 if ink else 8
        image = EscposImage(strip.crop((0, 0, wide, strip.height)))
        header = GS + b"v0\x00" + image.width_bytes.to_bytes(2, "little") + image.height.to_bytes(2, "little")
        fragments.append(header + image.to_raster_format())
    return fragments


def _strips(picture: Image.Image) -> Iterator[tuple[int, int]]:
    """Tops and bottoms of strips of at most FRAGMENT_ROWS rows, white ones apart from the others: they cost next to nothing."""
    ink = ImageChops.invert(picture)
    inked = [ink.crop((0, y, ink.width, y + 1)).getbbox() is not None for y in range(ink.height)]
    for _, run in groupby(range(picture.height), inked.__getitem__):
        rows = list(run)
        for start in range(rows[0], rows[-1] + 1, FRAGMENT_ROWS):
            yield start, min(start + FRAGMENT_ROWS, rows[-1] + 1)
