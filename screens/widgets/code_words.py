"""A code to take along, with what it is and how it is used: the words beside it, or under it."""

from __future__ import annotations

from dataclasses import dataclass

from screens.widgets.basic import QrImage, Text
from screens.widgets.element import Page

_BETWEEN = 32
_TITLE_GAP = 8
_UNDER = 16


@dataclass(frozen=True)
class Code:
    """`text` is what the code says to a machine; the others are read by people."""

    text: str
    title: str
    note: str


def place_code_beside(page: Page, code: Code, x: float, y: float, w: float, h: float, *, side: float) -> None:
    """The code at the left, its words right of it, both in the middle of the height."""
    page.place(QrImage(code.text), x, y + (h - side) / 2, side, side)
    left = x + side + _BETWEEN
    room = x + w - left
    title, note = _heights(page, code, room)
    top = y + (h - title - note - _TITLE_GAP) / 2
    page.place(Text(code.title, size="head", bold=True, lines=max(title // 52, 1)), left, top, room, title)
    page.place(Text(code.note, color="ink2", lines=max(note // 42, 1)), left, top + title + _TITLE_GAP, room, note)


def place_code_over(page: Page, code: Code, x: float, y: float, w: float, *, side: float) -> None:
    """The code over its words, all in the middle of the width."""
    page.place(QrImage(code.text), x + (w - side) / 2, y, side, side)
    title, note = _heights(page, code, w)
    top = y + side + _UNDER
    page.place(Text(code.title, size="head", bold=True, align="center", lines=max(title // 52, 1)), x, top, w, title)
    text = Text(code.note, color="ink2", align="center", lines=max(note // 42, 1), balance=note > 42)
    page.place(text, x, top + title + _TITLE_GAP, w, note)


def height_over(page: Page, code: Code, w: float, *, side: float) -> float:
    """What `place_code_over` takes."""
    title, note = _heights(page, code, w)
    return side + _UNDER + title + _TITLE_GAP + note


def _heights(page: Page, code: Code, w: float) -> tuple[int, int]:
    return page.lines_of(code.title, w, size="head", bold=True) * 52, page.lines_of(code.note, w) * 42
