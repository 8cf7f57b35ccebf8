"""The two faces of Noto Sans SC that receipts are drawn with, and what stands in for a character they lack."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from PIL import Image, ImageFont

_FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
_FILES = {False: "NotoSansSC_400Regular.ttf", True: "NotoSansSC_700Bold.ttf"}

#: Ascent and descent of Noto Sans SC in em (its hhea table), which CSS centers in the line box.
ASCENT, DESCENT = 1.16, 0.288

#: Stands for a character that cannot be printed, so that nobody overlooks that one is missing (devices.md §3).
MISSING = "〓"

#: No character has this code point, so its glyph is the one a font draws for what it lacks.
_NONE = "\U0010ffff"


@cache
def face(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The face at `size` px. Laid out sign by sign (no shaping), so that every machine draws the same pixels."""
    return ImageFont.truetype(str(_FONTS / _FILES[bold]), size, layout_engine=ImageFont.Layout.BASIC)


def _glyph(sign: str) -> tuple[tuple[int, int], bytes]:
    mask = face(24).getmask(sign)
    return mask.size, bytes(mask)


@cache
def _drawable(sign: str) -> bool:
    return sign == "\n" or sign.isspace() or _glyph(sign) != _glyph(_NONE)


def drawable(text: str) -> str:
    """The text in characters this font has: composed, without control characters, and with 〓 for each one that is missing."""
    composed = unicodedata.normalize("NFC", text)
    kept = (sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf"))
    return "".join(sign if _drawable(sign) else MISSING for sign in kept)


def width(text: str, size: int, bold: bool = False) -> float:
    """Width of one line in px."""
    return face(size, bold).getlength(text)


def baseline(top: float, line: int, size: int) -> int:
    """Where the letters stand, in px from the top, in a line box of `line` px that begins at `top`."""
    return round(top + (line - (ASCENT + DESCENT) * size) / 2 + ASCENT * size)


def paper(width_px: int, height_px: int) -> Image.Image:
    """White paper, 8 bit; thresholded when the drawing is done."""
    return Image.new("L", (width_px, height_px), 255)
