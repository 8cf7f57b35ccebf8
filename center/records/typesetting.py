"""Where a line of a Chinese paper ends (避头尾, GB/T 15834): no line begins with a mark that closes, none ends with one that opens, no number is cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕”’…—·％℃,.;:?!)]}%")
_NOT_LAST = frozenset("（《〈「『【〔“‘([{￥$№")
#: What stays together: a number with what is written through it, a word in Latin letters, or one character.
_UNIT = re.compile(r"[0-9A-Za-z@#&+/_:.*\-]*[0-9A-Za-z*]|.", re.DOTALL)


def lines_of(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """`text` as lines that are no wider than `width`; a newline in it ends a line too. A unit wider than a whole line is cut after all."""
    return [line for paragraph in text.split("\n") for line in _lines(paragraph, width, measure)]


def _lines(paragraph: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    line: list[str] = []
    for unit in _units(paragraph, width, measure):
        if not line or measure("".join(line) + unit) <= width:
            line.append(unit)
            continue
        kept = _kept(line, unit)
        yield "".join(line[:kept]).rstrip(" ")
        line = [*line[kept:], unit]
        if len(line) == 1:
            line[0] = unit.lstrip(" ")
    yield "".join(line)


def _units(paragraph: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    for unit in _UNIT.findall(paragraph):
        if len(unit) > 1 and measure(unit) > width:
            yield from unit
        else:
            yield unit


def _kept(line: list[str], following: str) -> int:
    """How many of the line's units stay on it, so that `following` and what goes down with it make a right beginning and a right end."""
    for kept in range(len(line), 0, -1):
        first = line[kept] if kept < len(line) else following
        if first[0] not in _NOT_FIRST and line[kept - 1][-1] not in _NOT_LAST:
            return kept
    # Nothing but marks: no break is right, and the paper goes on all the same.
    return len(line)
