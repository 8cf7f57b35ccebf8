"""Text to lines: measures characters, breaks Chinese and Latin text, shortens, and makes the textures. It knows no colors and no places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from kivy.core.text import Label as CoreLabel
from PIL import ImageFont

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
REGULAR = str(FONTS / "NotoSansSC_400Regular.ttf")
BOLD = str(FONTS / "NotoSansSC_700Bold.ttf")
ICONS = str(FONTS / "materialdesignicons-webfont.ttf")

#: Where a name's rare character is taken from if our font does not have it; Debian's package fonts-noto-cjk. Its first face has
#: Japanese forms, which is better than an empty box.
FALLBACKS: dict[str, tuple[str, ...]] = {
    REGULAR: ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",),
    BOLD: ("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",),
}

#: No line begins with these (GB/T 15834: closing marks stay with what they close) …
NOT_FIRST = set(",.!?:;)]}%,。、!?:;)〕】》」』”’…·—~％°") | set("，。、！？：；）〕】》」』”’…·％")
#: … and none ends with these.
NOT_LAST = set("([{（〔【《「『“‘")
ELLIPSIS = "…"
#: A paragraph's last line has so many characters at least, if the line before can spare them: nobody reads 办/理 or 窗/口 with ease.
_LEAST_LAST = 3
#: Full-width marks: of two that follow each other the first gives up the empty half of its square (as browsers and GB/T 15834 set them).
CLOSING = set("，。、！？：；）〕】》」』”’")
MARKS = CLOSING | set("（〔【《「『“‘")


@dataclass(frozen=True)
class Run:
    """A part of a line: `marked` is inside a span; `advance` px from its left edge to that of the next; `font` the file it is drawn from."""

    text: str
    advance: int
    font: str
    marked: bool = False


@dataclass(frozen=True)
class Line:
    """One line: its runs from the left and its width in px."""

    runs: tuple[Run, ...]
    width: int


@dataclass(frozen=True)
class Setting:
    """Text set into lines. `cut`: something did not fit and was shortened or left out."""

    lines: tuple[Line, ...]
    width: int
    cut: bool


@lru_cache(maxsize=16)
def _measurer(font: str, size: int) -> Any:
    return CoreLabel(text="", font_name=font, font_size=size, font_kerning=False)


@lru_cache(maxsize=8)
def _shapes(font: str) -> Any:
    return ImageFont.truetype(font, 24)


@lru_cache(maxsize=512)
def _has(font: str, character: str) -> bool:
    """Whether a font has a shape for a character: one it lacks looks like every other it lacks."""
    shapes = _shapes(font)
    return bytes(shapes.getmask(character)) != bytes(shapes.getmask("\U0010ffff"))


def font_of(character: str, font: str) -> str:
    """The font a character is drawn from: the wanted one, or a fallback if only that has it."""
    if ord(character) < 0x2000 or 0x4E00 <= ord(character) <= 0x9FA5 or font not in FALLBACKS or _has(font, character):
        return font
    return next((other for other in FALLBACKS[font] if Path(other).exists() and _has(other, character)), font)


@lru_cache(maxsize=8192)
def advance(character: str, font: str, size: int) -> int:
    """Width of one character in px."""
    return int(_measurer(font_of(character, font), size).get_extents(character)[0])


def width_of(text: str, font: str, size: int) -> int:
    """Width of a text without line breaks in px."""
    return sum(advance(character, font, size) for character in text) - _trims(text) * (size // 2)


def _end_trim(text: str, size: int) -> int:
    """A closing mark at the end of a line needs its left half only."""
    return size // 2 if text[-1:] in CLOSING else 0


def _trims(text: str) -> int:
    return sum(1 for one, other in pairwise(text) if one in MARKS and other in MARKS)


def texture_of(text: str, font: str, size: int) -> Any:
    """The text in white on nothing, one line; color it when drawing."""
    label = CoreLabel(text=text, font_name=font, font_size=size, font_kerning=False)
    label.refresh()
    return label.texture


@lru_cache(maxsize=256)
def kept_texture_of(text: str, font: str, size: int) -> Any:
    """The same, kept for ever: icons and letters of keys. Never for what a citizen typed."""
    return texture_of(text, font, size)


def _is_word(character: str) -> bool:
    return (character.isascii() and (character.isalnum() or character in "'-_/@&+.:*")) or character == "–"


def _pieces(text: str) -> list[str]:
    """What a line is made of: words, single Chinese characters, spaces; marks stay with their neighbor."""
    pieces: list[str] = []
    for character in text:
        if pieces and character != " " and pieces[-1] != " ":
            last = pieces[-1]
            if (_is_word(character) and _is_word(last[-1]) and last[-1] != ".") or character in NOT_FIRST or last[-1] in NOT_LAST:
                pieces[-1] = last + character
                continue
        pieces.append(character)
    return pieces


def _line_of(text: str, start: int, spans: Sequence[tuple[int, int]], font: str, size: int) -> Line:
    runs: list[Run] = []
    closed = False
    for index, character in enumerate(text):
        marked = any(first <= start + index < last for first, last in spans)
        wanted = BOLD if marked else font
        wide = advance(character, wanted, size)
        drawn = font_of(character, wanted)
        squeezed = character in MARKS and text[index + 1 : index + 2] in MARKS
        if squeezed:
            wide -= size // 2
        if runs and runs[-1].marked == marked and runs[-1].font == drawn and not closed:
            runs[-1] = Run(runs[-1].text + character, runs[-1].advance + wide, drawn, marked)
        else:
            runs.append(Run(character, wide, drawn, marked))
        closed = squeezed
    return Line(tuple(runs), sum(run.advance for run in runs) - _end_trim(text, size))


def _shortened(text: str, font: str, size: int, width: int) -> str:
    room = width - advance(ELLIPSIS, font, size)
    kept = ""
    for character in text:
        room -= advance(character, font, size)
        if room < 0:
            break
        kept += character
    return kept.rstrip(" ，、（(") + ELLIPSIS


def typeset(text: str, font: str, size: int, width: int, most_lines: int, spans: Sequence[tuple[int, int]] = ()) -> Setting:
    """Set `text` into at most `most_lines` lines of `width` px; what is beyond is shortened. `spans` are character ranges of `text`."""
    rows: list[tuple[str, int]] = []  # text and index of its first character
    index = 0
    for paragraph in text.split("\n"):
        row, start, used = "", index, 0
        at = index
        first = len(rows)
        breaks: list[list[int]] = [[]]  # where each row's pieces begin
        for piece in _split_long(_pieces(paragraph), font, size, width):
            piece_width = width_of(piece, font, size)
            if row and used + piece_width - _end_trim(piece, size) > width:
                rows.append((row.rstrip(" "), start))
                row, start, used = "", at, 0
                breaks.append([])
            if piece == " " and not row:
                at += 1
                start = at
                continue
            breaks[-1].append(at)
            row += piece
            used += piece_width
            at += len(piece)
        rows.append((row, start))
        if len(rows) - first > 1:
            rows[-2:] = _shared(text, rows[-2], rows[-1], breaks[-2], font, size, width)
        index += len(paragraph) + 1
    cut = len(rows) > most_lines
    if cut:
        rest, start = rows[most_lines - 1][0], rows[most_lines - 1][1]
        following = rows[most_lines][0]
        rows = rows[:most_lines]
        rows[-1] = (_shortened(rest + following, font, size, width), start)
    lines = tuple(_line_of(row, start, spans, font, size) for row, start in rows)
    widest = max(line.width for line in lines)
    return Setting(lines, widest, cut or widest > width)


def _shared(
    text: str, before: tuple[str, int], last: tuple[str, int], breaks: list[int], font: str, size: int, width: int
) -> list[tuple[str, int]]:
    """A paragraph's last two rows; a few characters left alone in the last one get company from the row before."""
    end = last[1] + len(last[0])
    for at in reversed(breaks[1:]):
        if sum(character not in MARKS for character in text[last[1] : end]) >= _LEAST_LAST:
            break
        moved, kept = text[at:end], text[before[1] : at]
        if len(moved) > len(kept) or width_of(moved, font, size) > width or text[at] == " ":
            break
        before, last = (kept.rstrip(" "), before[1]), (moved, at)
    return [before, last]


def _split_long(pieces: list[str], font: str, size: int, width: int) -> list[str]:
    """Pieces wider than a line are taken apart, character by character."""
    result: list[str] = []
    for piece in pieces:
        if width_of(piece, font, size) > width:
            result.extend(piece)
        else:
            result.append(piece)
    return result
