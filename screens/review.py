"""Review: everything that is handed in, line by line, each to be changed from here."""

from __future__ import annotations

from kiosk.views import Button, ReviewRow, ReviewView
from screens.theme import GAP, Size
from screens.widgets import Box, Fill, IconText, Page, PanelBox, PressButton, Text, chrome, panel_height

_LABEL = 168
_EDIT = (128, 120)


def draw(page: Page, view: ReviewView) -> None:
    """Upright: one card with up to seven lines. Wide: two cards beside each other, the note beside the question."""
    chrome.frame(page, view)
    layout = page.layout
    buttons = _buttons(view)
    chrome.actions(page, buttons)
    if layout.wide:
        half = layout.columns(6)
        x = layout.left + half + GAP
        top = chrome.title(page, view, width=half) + 20
        if view.info:
            y = layout.title_top(stepper=bool(view.chrome.steps)) - 4
            page.place(PanelBox(view.info), x, y, half, top - 20 - y)
        left = view.rows[: (len(view.rows) + 1) // 2]
        high = int(min((layout.action_top - 24 - top - 8) / max(len(left), 1), 192))
        for index, rows in enumerate((left, view.rows[len(left) :])):
            _card(page, rows, layout.left + index * (half + GAP), top, half, high)
        page.place(Text(view.page, size="head", color="ink2"), layout.left, layout.action_top, 300, 144)
        return
    top = chrome.title(page, view)
    if view.page:
        wide = page.measure(view.page) + 8
        page.place(Text(view.page, color="ink2", align="right"), layout.right - wide, top - 42, wide, 42)
    top += 24
    # seven lines leave room for a note of one line
    info = panel_height(page, view.info, layout.content_width, least=96) + GAP if view.info else 0
    room = layout.content_bottom - top - info
    high = int(min((room - 8) / max(len(view.rows), 1), 160))
    _card(page, view.rows, layout.left, top, layout.content_width, high)
    if view.info:
        page.place(PanelBox(view.info), layout.left, layout.content_bottom - info + GAP, layout.content_width, info - GAP)


def _buttons(view: ReviewView) -> tuple[Button, ...]:
    return tuple(button for button in (view.previous, view.next, view.primary) if button)


def _card(page: Page, rows: tuple[ReviewRow, ...], x: float, y: float, w: float, high: float) -> None:
    if not rows:
        return
    page.place(Box(), x, y, w, high * len(rows) + 8)
    for index, row in enumerate(rows):
        top = y + 4 + index * high
        if index:
            page.place(Fill("line"), x + 32, top, w - 64, 1)
        _line(page, row, x + 32, top, w - 64, high)


def _line(page: Page, row: ReviewRow, x: float, y: float, w: float, h: float) -> None:
    """Label, value with a detail under it, and at the end what can be done about it."""
    page.place(Text(row.label, color="ink2", lines=2), x, y, _LABEL - 16, h)
    end = 0.0
    if row.edit:
        end = _EDIT[0]
        page.place(PressButton(row.edit, "quiet", padding=8), x + w - end, y + (h - _EDIT[1]) / 2, *_EDIT)
    elif row.locked_note:
        end = page.measure(row.locked_note) + 44
        page.place(IconText("lock-outline", row.locked_note, color="ink2", gap=8, align="right"), x + w - end, y, end, h)
    room = w - _LABEL - end - 24
    lines = page.lines_of(row.value, room, size="head", bold=True)
    under = min(page.lines_of(row.detail, room), 2 if lines == 1 else 1)
    size: Size = "head"
    if 52 * lines + 42 * under > h - 24:
        size, lines = "body", min(page.lines_of(row.value, room, bold=True), (int(h) - 8) // 42 - under)
    value = page.line(size) * lines
    top = y + (h - value - 42 * under) / 2
    page.place(Text(row.value, size=size, bold=True, lines=lines), x + _LABEL, top, room, value)
    if under:
        page.place(Text(row.detail, color="ink2", lines=under), x + _LABEL, top + value, room, 42 * under)
