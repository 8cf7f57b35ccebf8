"""Where nothing is: a card that says so, and what to do instead."""

from __future__ import annotations

from screens.widgets.basic import Box, Icon, Text
from screens.widgets.element import Page

_PADDING = 48
_ICON = 96


def place_empty(page: Page, text: str, x: float, y: float, w: float, *, icon: str = "magnify-close") -> float:
    """Place it; returns its height."""
    room = w - 2 * _PADDING
    lines = page.lines_of(text, room, size="head")
    words = 52 * lines
    high = 56 + _ICON + 32 + words + 64
    page.place(Box(), x, y, w, high)
    page.place(Icon(icon, "ink2", _ICON), x, y + 56, w, _ICON)
    page.place(
        Text(text, size="head", align="center", valign="top", lines=lines, balance=lines > 1),
        x + _PADDING,
        y + 56 + _ICON + 32,
        room,
        words,
    )
    return high
