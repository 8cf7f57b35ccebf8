"""Review: everything that is handed in, line by line, each to be changed from here."""

from __future__ import annotations

from kiosk.views import ReviewRow, ReviewView
from screens.theme import GAP, Size
from screens.widgets import Box, Fill, IconText, Page, PressButton, Text, chrome
from screens.widgets.empty import place_empty
from screens.widgets.surround import Around, surround

_LABEL = 168
_EDIT = (128, 120)


def draw(page: Page, view: ReviewView) -> None:
    """Upright: one card with up to seven lines. Wide: two cards beside each other, the note beside the question."""
    layout = page.layout
    room = surround(page, view, _around(view))
    if view.page and not view.secondary:
        _which_page(page, view)
    if not view.rows:
        place_empty(page, view.empty, room.x, room.y, room.w, icon="account-plus-outline")
        return
    if layout.wide:
        half = layout.columns(6)
        left = view.rows[: (len(view.rows) + 1) // 2]
        high = int(min((room.h - 8) / len(left), 192))
        for index, rows in enumerate((left, view.rows[len(left) :])):
            _card(page, rows, room.x + index * (half + GAP), room.y, half, high)
        return
    _card(page, view.rows, room.x, room.y, room.w, int(min((room.h - 8) / len(view.rows), 160)))


def _around(view: ReviewView) -> Around:
    """Paging is part of the action bar, unless that has a second action of its own."""
    if view.secondary:
        return Around(view.info, (view.secondary, view.primary), view.previous, view.next, view.page, least_notice=96)
    buttons = tuple(button for button in (view.previous, view.next, view.primary) if button)
    return Around(view.info, buttons, least_notice=96)


def _which_page(page: Page, view: ReviewView) -> None:
    """Upright at the end of the line under the question, wide beside the actions."""
    layout = page.layout
    if layout.wide:
        page.place(Text(view.page, size="head", color="ink2"), layout.left, layout.action_top, 300, 144)
        return
    y = layout.title_top(stepper=bool(view.chrome.steps)) + chrome.title_height(page, view, layout.content_width)
    wide = page.measure(view.page) + 8
    page.place(Text(view.page, color="ink2", align="right"), layout.right - wide, y - 42, wide, 42)


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
        # What does not fit is left out of the detail before anything of the value is.
        fit = max((int(h) - 8) // 42, 1)
        size, under = "body", min(under, fit - 1)
        lines = min(page.lines_of(row.value, room, bold=True), fit - under)
    value = page.line(size) * lines
    top = y + (h - value - 42 * under) / 2
    page.place(Text(row.value, size=size, bold=True, lines=lines), x + _LABEL, top, room, value)
    if under:
        page.place(Text(row.detail, color="ink2", lines=under), x + _LABEL, top + value, room, 42 * under)
