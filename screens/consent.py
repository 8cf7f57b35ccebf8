"""Consent: what to know before, whom the card names, and the question."""

from __future__ import annotations

from kiosk.views import ConsentView, Panel, Tone
from screens.theme import GAP, Size
from screens.widgets import Box, Page, PanelBox, Text, chrome, panel_height
from screens.widgets.remark import Remark

_ROW = 72


def draw(page: Page, view: ConsentView) -> None:
    """Upright: sentences, person, agreement one below the other. Wide: sentences left, the rest right."""
    chrome.frame(page, view)
    layout = page.layout
    top = chrome.title(page, view) + 32
    panel = Panel(Tone.INFO, view.agreement)
    if layout.wide:
        left, right = layout.columns(7), layout.columns(5)
        x = layout.left + left + GAP
        high = _person(page, view, x, top, right)
        _sentences(page, view, layout.left, top, left, layout.action_top - 32 - top)
        if view.agreement:
            y = top + high
            page.place(PanelBox(panel), x, y, right, min(panel_height(page, panel, right), layout.action_top - 32 - y))
    else:
        width, bottom = layout.content_width, layout.content_bottom
        agreement = panel_height(page, panel, width) if view.agreement else 0
        person = _person_height(page, view, width)
        room = bottom - top - agreement - person - GAP
        high = _sentences(page, view, layout.left, top, width, room)
        # what is left over goes between the blocks, not all to the end
        spare = min(max((room - high) / 3, 0), 40)
        y = top + high + GAP + spare
        y += _person(page, view, layout.left, y, width) + spare
        if view.agreement:
            page.place(PanelBox(panel), layout.left, y, width, agreement)
    chrome.actions(page, (view.refuse, view.agree))


def _label_width(page: Page, view: ConsentView) -> float:
    return max((page.measure(label) for label, _ in view.person_rows), default=0) + 32


def _value(page: Page, value: str, room: float) -> tuple[Size, int]:
    """Size and number of lines of a value: large on at most two lines, else as many smaller ones as it takes."""
    lines = page.lines_of(value, room, size="head", bold=True)
    longest = max((page.measure(word, size="head", bold=True) for word in value.split(" ")), default=0)
    if lines <= 2 and longest <= room:
        return "head", lines
    return "body", page.lines_of(value, room, bold=True)


def _row_heights(page: Page, view: ConsentView, width: float) -> list[int]:
    room = width - 80 - _label_width(page, view)
    values = [_value(page, value, room) for _, value in view.person_rows]
    return [max(_ROW, 20 + page.line(size) * lines) for size, lines in values]


def _person_height(page: Page, view: ConsentView, width: float) -> int:
    return sum(_row_heights(page, view, width)) + 48 + GAP if view.person_rows else 0


def _person(page: Page, view: ConsentView, x: float, y: float, w: float) -> int:
    """The card with what the ID card says; returns its height and the gap after it."""
    high = _person_height(page, view, w)
    if not high:
        return 0
    page.place(Box(), x, y, w, high - GAP)
    indent = _label_width(page, view)
    at = y + 24
    for (label, value), row in zip(view.person_rows, _row_heights(page, view, w), strict=True):
        page.place(Text(label, color="ink2"), x + 40, at, indent, row)
        size, lines = _value(page, value, w - 80 - indent)
        page.place(Text(value, size=size, bold=True, lines=lines), x + 40 + indent, at, w - 80 - indent, row)
        at += row
    return high


def _sentences(page: Page, view: ConsentView, x: float, y: float, w: float, room: float) -> float:
    """The sentences as a card with a mark before each, large if there is room; returns the card's height."""
    inner = w - 80
    lines = [page.lines_of(sentence, inner - 80, size="head") for sentence in view.sentences]
    large = sum(lines) * 52 + 32 * len(lines) + 48 <= room
    if large:
        heights = [52 * count + 32 for count in lines]
    else:
        heights = [42 * page.lines_of(sentence, inner - 80) + GAP for sentence in view.sentences]
    high = sum(heights) + 48
    page.place(Box(), x, y, w, room if page.layout.wide else high)
    at = y + 24
    for sentence, row in zip(view.sentences, heights, strict=True):
        page.place(Remark("check-circle-outline", sentence, large=large), x + 40, at, inner, row)
        at += row
    return high
