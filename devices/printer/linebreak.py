"""Where a line of Chinese text may end; the measure (pixels or cells) is the caller's. Draws nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

#: Never at the start of a line (GB/T 15834-2011, 5.1: points, closing marks; dashes and dots are not torn apart).
_NO_START = frozenset("。，、；：？！）》」』】〕〉”’％℃…—～·,.;:?!)]}%")
#: Never at the end of a line.
_NO_END = frozenset("（《「『【〔〈“‘([{￥¥$")
#: Words, numbers, dates, addresses and masked numbers stay in one piece; so do the two halves of —— and ……; all else is a sign of its own.
_PIECES = re.compile(r"[A-Za-z0-9À-ɏ*#@&_+=/\\.,:;%~'\"–-]+|——|……|\s+|.", re.DOTALL)


def _units(text: str) -> Iterator[str]:
    """Pieces that are not torn apart, spaces in pieces of their own."""
    held = ""
    for match in _PIECES.finditer(text):
        piece = match.group()
        if piece.isspace():
            if held:
                yield held
                held = ""
            yield " " if "\u3000" not in piece else piece
        elif held and (piece[0] in _NO_START or held[-1] in _NO_END):
            held += piece
        else:
            if held:
                yield held
            held = piece
    if held:
        yield held


def _torn(unit: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """A unit that is wider than the line, in pieces that fit; its last resort is to break anywhere."""
    pieces, line = [], ""
    for sign in unit:
        if line and measure(line + sign) > width:
            keep = 1 if sign in _NO_START and len(line) > 1 else 0
            pieces.append(line[: len(line) - keep])
            line = line[len(line) - keep :]
        line += sign
    return [*pieces, line]


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The text in lines no wider than `width`, as `measure` counts. A newline in the text always ends a line; at least one line comes back.

    No line begins with 。，、） and the like, none ends with （“ and the like, and words and groups of digits stay whole, unless
    one of them alone is wider than the line.
    """
    return [line for part in text.split("\n") for line in _broken(part, width, measure)]


def _broken(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """One paragraph in lines."""
    lines: list[str] = []
    line = ""
    for unit in _units(text.rstrip()):
        if measure((line + unit).rstrip()) <= width:
            line += unit
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = "" if unit.isspace() else unit
        if measure(line) > width:
            *whole, line = _torn(line, width, measure)
            lines.extend(whole)
    lines.append(line.rstrip())
    _keep_company(lines)
    return lines


def _keep_company(lines: list[str]) -> None:
    """A last line of one character (and perhaps its mark) gets the character before it: 登记, not 登 and 记."""
    if len(lines) < 2 or len(lines[-1].rstrip("".join(_NO_START))) != 1 or not _is_han(lines[-1][0]):
        return
    *before, last = _units(lines[-2])
    if len(before) > 2 and len(last) == 1 and _is_han(last):
        lines[-2:] = ["".join(before).rstrip(), last + lines[-1]]


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or sign >= "\U00020000"
