"""Scan: hold the receipt's code up, or lay the ID card on."""

from __future__ import annotations

from kiosk.views import ScanView
from screens.theme import GAP
from screens.widgets import Box, BusyBar, Icon, Page, PanelBox, Style, Text, chrome, panel_height
from screens.widgets.drawings import CardDownDrawing, CodeDrawing
from screens.widgets.element import Element

#: The drawing of a way, by its icon; a way without a drawing shows the icon itself.
_DRAWINGS: dict[str, Element] = {"qrcode-scan": CodeDrawing(), "card-account-details-outline": CardDownDrawing()}
#: The most that a drawing takes in height.
_HIGH = 364


def draw(page: Page, view: ScanView) -> None:
    """Upright: the ways below each other. Wide: beside each other."""
    chrome.frame(page, view)
    layout = page.layout
    top: float = chrome.title(page, view) + 32
    chrome.actions(page, view.actions)
    bottom: float = layout.content_bottom
    if view.actions and layout.wide:
        bottom = layout.action_top - 32
    elif not view.actions and not layout.wide:
        bottom = layout.action_top + 144
    if view.busy:
        page.place(BusyBar("asking"), layout.left, top, layout.content_width, 16)
        top += 48
    if view.notice:
        high = panel_height(page, view.notice, layout.content_width)
        page.place(PanelBox(view.notice), layout.left, top, layout.content_width, high)
        top += high + GAP
    count = max(len(view.ways), 1)
    room = bottom - top
    for index, way in enumerate(view.ways):
        if layout.wide:
            wide = (layout.content_width - GAP * (count - 1)) / count
            _way(page, way, layout.left + index * (wide + GAP), top, wide, min(room, 640))
        else:
            each = min((room - GAP * (count - 1)) / count, 620)
            _way(page, way, layout.left, top + index * (each + GAP), layout.content_width, each)


def _way(page: Page, way: tuple[str, str, str, str], x: float, y: float, w: float, h: float) -> None:
    """One way: its drawing, what it is called, where it is. What is out is said, and looks it."""
    icon, title, detail, state = way
    ready = state == "ready"
    page.place(Box() if ready else Box(Style("sunk")), x, y, w, h)
    lines = page.lines_of(detail, w - 96)
    words = 52 + 10 + 42 * lines
    high = min(max(h - words - 120, 0), _HIGH)
    spare = max(h - high - words, 0)
    drawing = _DRAWINGS.get(icon, Icon(icon, "blue", 160))
    if ready:
        page.place(drawing, x + 32, y + spare * 0.36, w - 64, high)
    else:
        page.place(Icon(icon, "ink2", 144), x + 32, y + spare * 0.36, w - 64, high)
    top = y + spare * 0.68 + high
    page.place(Text(title, size="head", bold=True, align="center", color="ink" if ready else "ink2"), x + 48, top, w - 96, 52)
    page.place(Text(detail, color="ink2", align="center", lines=lines, valign="top"), x + 48, top + 62, w - 96, 42 * lines)
