"""Materials: the list of papers, the live picture, and what can be done with the page that lies there."""

from __future__ import annotations

from kiosk.views import MaterialsView
from screens.theme import GAP
from screens.widgets import Page, PanelBox, PressButton, Text, chrome, panel_height
from screens.widgets.camera_picture import BAR, MARGIN, CameraPicture, PageThumb, SentenceBar
from screens.widgets.material_row import MaterialLine

_ROW = 120
#: Width of the column with the pages taken, and the size of one of them.
_TAKEN, _THUMB = 168, (144, 168)


def draw(page: Page, view: MaterialsView) -> None:
    """Upright: list above, picture below. Wide: list left, picture right."""
    chrome.frame(page, view)
    layout = page.layout
    top = chrome.title(page, view) + (8 if layout.wide else 24)
    chrome.actions(page, view.actions)
    if layout.wide:
        half = layout.columns(6)
        _list(page, view, layout.left, top, half)
        _picture(page, view, layout.left + half + GAP, top, half, layout.action_top - GAP - top)
        return
    y = top + _list(page, view, layout.left, top, layout.content_width)
    _picture(page, view, layout.left, y, layout.content_width, layout.content_bottom - y)


def _list(page: Page, view: MaterialsView, x: float, y: float, w: float) -> float:
    """Rows and, if there are more, the pager under them; returns the height with the gap after it."""
    top = y
    for row in view.rows:
        page.place(MaterialLine(row), x, y, w, _ROW)
        y += _ROW + GAP
    if view.previous or view.next:
        each = 300 if w > 900 else 264
        if view.previous:
            page.place(PressButton(view.previous, "secondary"), x, y, each, _ROW)
        page.place(Text(view.page, align="center"), x + each, y, w - 2 * each, _ROW)
        if view.next:
            page.place(PressButton(view.next, "secondary"), x + w - each, y, each, _ROW)
        y += _ROW + GAP
    return y - top


def _picture(page: Page, view: MaterialsView, x: float, y: float, w: float, h: float) -> None:
    if view.notice:
        high = panel_height(page, view.notice, w)
        page.place(PanelBox(view.notice), x, y, w, high)
        y, h = y + high + GAP, h - high - GAP
    if view.camera is None:
        _taken(page, view, x, y, w, h)
        return
    taken = view.taken[-_most(h) :]
    page.place(CameraPicture(view.camera, view.good, _TAKEN if taken else 0), x, y, w, h)
    for index, jpeg in enumerate(taken):
        number = view.taken_count - len(taken) + index + 1
        page.place(PageThumb(jpeg, number), x + w - _THUMB[0] - MARGIN, y + MARGIN + index * (_THUMB[1] + 16), *_THUMB)
    if view.sentence:
        page.place(SentenceBar(view.sentence, view.good), x + MARGIN, y + h - BAR - MARGIN, w - 2 * MARGIN, BAR)


def _most(h: float) -> int:
    """How many pages have room beside the picture."""
    return max(int((h - BAR - 2 * MARGIN) // (_THUMB[1] + 16)), 1)


def _taken(page: Page, view: MaterialsView, x: float, y: float, w: float, h: float) -> None:
    """No live picture: the pages of the paper that is looked at, larger."""
    if h < 240:
        return
    across = 3
    wide = (w - GAP * (across - 1)) / across
    high = min(wide * 1.2, h)
    for index, jpeg in enumerate(view.taken[-across:]):
        number = view.taken_count - len(view.taken[-across:]) + index + 1
        page.place(PageThumb(jpeg, number), x + index * (wide + GAP), y, wide, high)
