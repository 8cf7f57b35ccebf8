"""Done: what was filed and under which number, what to take, what happens next, the end."""

from __future__ import annotations

from kiosk.views import DoneView, Tone
from screens.theme import GAP
from screens.widgets import Box, Icon, Page, PanelBox, Text, chrome, panel_height
from screens.widgets.code_words import Code, place_code_beside
from screens.widgets.remark import Remark, remark_height
from screens.widgets.take_tile import TakePlace, place_take

#: Signs before the lines on what happens next, in turn.
_NEXT_ICONS = ("clock-outline", "information-outline", "information-outline")
_SIGNS = {Tone.DONE: ("check-circle", "green"), Tone.ATTENTION: ("alert-circle", "amber_ink")}


def draw(page: Page, view: DoneView) -> None:
    """Upright: all below each other. Wide: what to take on the left, what comes next on the right."""
    chrome.frame(page, view)
    top = _head(page, view)
    (_wide if page.layout.wide else _upright)(page, view, float(top))
    chrome.actions(page, view.actions)


def _wide(page: Page, view: DoneView, top: float) -> None:
    layout = page.layout
    left, right = layout.columns(7), layout.columns(5)
    x, bottom = layout.left + left + GAP, layout.action_top - GAP
    high = bottom - top
    if view.notice:
        panel = panel_height(page, view.notice, left, least=112)
        page.place(PanelBox(view.notice), layout.left, bottom - panel, left, panel)
        high -= panel + GAP
    _takes(page, view, layout.left, top, left, high)
    y = _next(page, view, x, top, right)
    _code(page, view, x, y, right, bottom - y)


def _upright(page: Page, view: DoneView, top: float) -> None:
    layout = page.layout
    width, bottom = layout.content_width, layout.content_bottom
    notice = panel_height(page, view.notice, width, least=112) + GAP if view.notice else 0
    below = _next_height(page, view, width) + notice + (208 if view.qr else 0) + GAP
    takes = min(bottom - top - below, 600)
    _takes(page, view, layout.left, top, width, takes)
    y = top + takes + GAP
    if view.notice:
        page.place(PanelBox(view.notice), layout.left, y, width, notice - GAP)
        y += notice
    y = _next(page, view, layout.left, y, width)
    code = min(bottom - y, 280)
    _code(page, view, layout.left, bottom - code, width, code)


def _head(page: Page, view: DoneView) -> int:
    """Sign and title, then the number; returns y of what comes below."""
    layout = page.layout
    y = layout.title_top(stepper=bool(view.chrome.steps))
    icon, color = _SIGNS.get(view.tone, _SIGNS[Tone.DONE])
    page.place(Icon(icon, color, 80), layout.left, y, 88, 84)  # type: ignore[arg-type] # names of the table above are Colors
    number = page.measure(view.number, size="head", bold=True) + 8
    label = page.measure(view.number_label, size="head") + 8
    room = layout.content_width - 108 - (number + label + 64 if layout.wide else 0)
    page.place(Text(view.title, size="title", bold=True, fit=("head",)), layout.left + 108, y, room, 84)
    if layout.wide:  # the number at the right end of the title's line
        x = layout.right - number - 24 - label
        top = y + 16
        y += 84 + 4
    else:
        x = layout.left
        top = y + 92 + (50 if view.subtitle else 0)
        y += 92
    if view.subtitle:
        page.place(Text(view.subtitle, color="ink2"), layout.left, y, layout.content_width, 42)
        y += 50
    page.place(Text(view.number_label, size="head"), x, top, label, 52)
    page.place(Text(view.number, size="head", bold=True), x + label + 24, top, number, 52)
    return y + (16 if layout.wide else 76)


def _takes(page: Page, view: DoneView, x: float, y: float, w: float, h: float) -> None:
    if view.card is None:
        place_take(page, view.paper, TakePlace(x, y, w, h), paper=True)
        return
    half = (w - GAP) / 2
    place_take(page, view.paper, TakePlace(x, y, half, h), paper=True)
    place_take(page, view.card, TakePlace(x + half + GAP, y, half, h), paper=False)


def _line_height(page: Page, line: str, w: float) -> int:
    return remark_height(page, line, "", w) + 12


def _next_height(page: Page, view: DoneView, w: float) -> int:
    return (64 if view.next_title else 0) + sum(_line_height(page, line, w) for line in view.next_lines) + GAP


def _next(page: Page, view: DoneView, x: float, y: float, w: float) -> float:
    """What happens next; returns y below it."""
    if view.next_title:
        page.place(Text(view.next_title, size="head", bold=True), x, y, w, 52)
        y += 64
    for index, line in enumerate(view.next_lines):
        high = _line_height(page, line, w)
        page.place(Remark(_NEXT_ICONS[min(index, len(_NEXT_ICONS) - 1)], line), x, y, w, high)
        y += high
    return y + GAP


def _code(page: Page, view: DoneView, x: float, y: float, w: float, h: float) -> None:
    """The card with the code, as large as its height allows; four modules of white around it."""
    if not view.qr or h < 160:
        return
    page.place(Box(), x, y, w, h)
    side = min(h - 40, 320)
    place_code_beside(page, Code(view.qr, view.qr_title, view.qr_note), x + 28, y, w - 28 - 32, h, side=side)
