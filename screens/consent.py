"""Consent: what to know before, whom the card names, and the question."""

from __future__ import annotations

from kiosk.views import ConsentView, Panel, Tone
from screens.theme import GAP, Size
from screens.widgets import Box, Page, PanelBox, Text, chrome, panel_height
from screens.widgets.remark import INDENT, Remark

_ROW = 72


def draw(page: Page, view: ConsentView) -> None:
    """Upright: sentences, person, agreement one below the other. Wide: sentences left, the rest right."""
    chrome.frame(page, view)
    top = chrome.title(page, view) + 24.0
    (_wide if page.layout.wide else _upright)(page, view, top)
    chrome.actions(page, (view.refuse, view.agree))


def _wide(page: Page, view: ConsentView, top: float) -> None:
    layout = page.layout
    room = layout.action_top - 24 - top
    panel = Panel(Tone.INFO, view.agreement)

    def beyond(count: int) -> float:
        """How much does not fit if the sentences have `count` columns."""
        rest = layout.columns(12 - count)
        right = _person_height(page, view, rest) + panel_height(page, panel, rest)
        return max(_sentences_height(page, view, layout.columns(count), room), right) - room

    count = min((7, 6, 5, 8), key=lambda columns: max(beyond(columns), 0))
    left, right = layout.columns(count), layout.columns(12 - count)
    x = layout.left + left + GAP
    _sentences(page, view, layout.left, top, left, room)
    y = top + _person(page, view, x, top, right)
    if view.agreement:
        page.place(PanelBox(panel), x, y, right, min(panel_height(page, panel, right), top + room - y))


def _upright(page: Page, view: ConsentView, top: float) -> None:
    layout = page.layout
    width = layout.content_width
    panel = Panel(Tone.INFO, view.agreement)
    agreement = panel_height(page, panel, width) if view.agreement else 0
    person = _person_height(page, view, width)
    room = layout.content_bottom - top - agreement - person - GAP
    high = _sentences(page, view, layout.left, top, width, room)
    # what is left over goes between the blocks, not all to the end
    spare = min(max((room - high) / 3, 0), 40)
    y = top + high + GAP + spare
    y += _person(page, view, layout.left, y, width) + spare
    if view.agreement:
        page.place(PanelBox(panel), layout.left, y, width, agreement)


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


def _sentence_rows(page: Page, view: ConsentView, w: float, room: float) -> tuple[bool, list[int]]:
    """Whether there is room for large sentences, and the height of each with the gap after it."""
    inner = w - 64 - INDENT
    large = [52 * page.lines_of(sentence, inner, size="head") + 32 for sentence in view.sentences]
    if sum(large) + 48 <= room:
        return True, large
    small = [42 * page.lines_of(sentence, inner) for sentence in view.sentences]
    gap = int(min(max((room - 40 - sum(small)) / max(len(small), 1), 14), GAP))
    return False, [high + gap for high in small]


def _sentences_height(page: Page, view: ConsentView, w: float, room: float) -> float:
    return sum(_sentence_rows(page, view, w, room)[1]) + 40


def _sentences(page: Page, view: ConsentView, x: float, y: float, w: float, room: float) -> float:
    """The sentences as a card with a mark before each, large if there is room; returns the card's height."""
    large, heights = _sentence_rows(page, view, w, room)
    high = sum(heights) + 40
    page.place(Box(), x, y, w, room if page.layout.wide else high)
    at = y + 20
    for sentence, row in zip(view.sentences, heights, strict=True):
        page.place(Remark("check-circle-outline", sentence, large=large), x + 32, at, w - 64, row)
        at += row
    return high
