"""Rate: five levels with their faces; then what was good or bad, and own words."""

from __future__ import annotations

from dataclasses import replace

from kiosk.views import Button, FieldRow, RateView
from screens.theme import GAP, TARGET
from screens.widgets import Icon, Page, PressButton, Text
from screens.widgets.choice_box import ChoiceBox, ticked
from screens.widgets.field import FieldBox
from screens.widgets.surround import Around, Room, surround
from screens.widgets.way_card import WayCard

#: A level is at most so high while nothing else is asked, upright and wide.
_LARGE, _LARGE_WIDE = 240, 560
#: Height of the row of levels once one is chosen.
_ROW, _ROW_WIDE = 176, TARGET
_HEADING = 52 + 16
_TICK, _TICK_WIDE = 40, 32
#: The box for own words: what it has at least, and at most if more is written.
_WORDS, _WORDS_MOST = 144, 360
#: What a box leaves free beside a text, with the sign that it is filled in.
_BOX_ENDS = 128
#: Wide: how far the heading of the words stands over the actions beside them.
_WORDS_OVER = 114
#: Wide: so many tags beside each other, for they have two rows at most; three where nothing is said.
_ACROSS_WIDE = {4: 4, 7: 4, 8: 4, 9: 5}
#: A tag is at most so high.
_TAG = 144


def draw(page: Page, view: RateView) -> None:
    """The levels fill the page until one is chosen; then they are a row, and what was good or bad is asked below them."""
    asked = bool(view.tags) or view.words is not None
    room = surround(page, view, Around(view.notice, view.actions, quiet=not asked))
    (_asked if asked else _levels_alone)(page, view, room)


def _levels_alone(page: Page, view: RateView, room: Room) -> None:
    count = max(len(view.levels), 1)
    if page.layout.wide:
        each = (room.w - GAP * (count - 1)) / count
        high = min(room.h, _LARGE_WIDE)
        for index, level in enumerate(view.levels):
            page.place(PressButton(level, "tap", "column", icon_size=160), room.x + index * (each + GAP), room.y, each, high)
        return
    high = min((room.h - GAP * (count - 1)) / count, _LARGE)
    for index, level in enumerate(view.levels):
        page.place(WayCard(level, 144 if high > 180 else 96, arrow=False), room.x, room.y + index * (high + GAP), room.w, high)


def _asked(page: Page, view: RateView, room: Room) -> None:
    """Levels, tags, own words. Wide: the words stand left of the actions, for height is dear."""
    high = _levels_row(page, view, room) + GAP
    below = Room(room.x, room.y + high, room.w, room.h - high)
    if page.layout.wide:
        words = page.layout.content_bottom - _WORDS
        if view.words:
            words = min(words, page.layout.action_top - _WORDS_OVER)
            right = room.foot_end - GAP
            place = Room(room.x, words, right - room.x, page.layout.content_bottom - words)
            _words(page, view.words, place)
        _tags(page, view, Room(below.x, below.y, below.w, words - GAP - below.y), across=_ACROSS_WIDE.get(len(view.tags), 3))
        return
    needed = _words_height(page, view.words, room.w)
    across = 2 if _HEADING + -(-len(view.tags) // 2) * (TARGET + GAP) + needed <= below.h else 3
    y = _tags(page, view, Room(below.x, below.y, below.w, below.h - needed), across=across)
    if view.words:
        _words(page, view.words, Room(room.x, y, room.w, min(needed, room.bottom - y)))


def _levels_row(page: Page, view: RateView, room: Room) -> float:
    """All levels beside each other, the chosen one with a tick: color is never the only sign; returns the row's height."""
    wide = page.layout.wide
    count = max(len(view.levels), 1)
    each = (room.w - GAP * (count - 1)) / count
    high = _ROW_WIDE if wide else _ROW
    for index, level in enumerate(view.levels):
        x = room.x + index * (each + GAP)
        button = PressButton(level, "choice", "line", padding=8) if wide else _small(level)
        page.place(button, x, room.y, each, high)
        if level.selected:
            tick = _TICK_WIDE if wide else _TICK
            page.place(Icon("check-circle", "blue", tick), x + each - tick - 6, room.y + 6, tick, tick)
    return high


def _small(level: Button) -> PressButton:
    return PressButton(level, "choice", "column", icon_size=72, small=True, padding=4)


def _tags(page: Page, view: RateView, room: Room, *, across: int) -> float:
    """What was good or bad, to be ticked; returns y of what comes below."""
    if not view.tags:
        return room.y
    y = room.y + _heading(page, view.tags_title, "", room)
    rows = -(-len(view.tags) // across)
    each = (room.w - GAP * (across - 1)) / across
    high = max(min((room.bottom - y + GAP) / rows - GAP, _TAG), TARGET)
    for index, tag in enumerate(view.tags):
        page.place(ChoiceBox(ticked(tag)), room.x + index % across * (each + GAP), y + index // across * (high + GAP), each, high)
    return y + rows * (high + GAP)


def _words(page: Page, row: FieldRow, room: Room) -> None:
    """Own words: what they are for, and beside it a hint or what is wrong; under it the box that opens the keyboard."""
    over = Room(room.x, room.y, page.layout.right - room.x, room.h)
    high = _heading(page, row.label, row.error or row.hint, over, wrong=bool(row.error))
    box = room.h - high
    page.place(
        FieldBox(replace(row, value=_beginning(page, row.value, room.w - _BOX_ENDS, int(box // 42)))), room.x, room.y + high, room.w, box
    )


def _beginning(page: Page, text: str, w: float, lines: int) -> str:
    """Of a text that is longer than its box, what there is room for; all of it is seen where it is written."""
    rows = page.rows_of(text, w)
    return text if len(rows) <= lines else "".join(rows[:lines])[:-3] + "……"


def _words_height(page: Page, row: FieldRow | None, w: float) -> float:
    """Of heading and box, so that what is written can be read."""
    if row is None:
        return 0
    return _HEADING + min(max(42 * page.lines_of(row.value, w - _BOX_ENDS) + 16, _WORDS), _WORDS_MOST)


def _heading(page: Page, title: str, note: str, room: Room, *, wrong: bool = False) -> float:
    """A question, and beside it what helps to answer it; returns its height."""
    if not title:
        return 0
    wide = page.measure(title, size="head", bold=True) + 4
    page.place(Text(title, size="head", bold=True), room.x, room.y, wide, 52)
    left = room.x + wide + 32
    page.place(Text(note, color="amber_ink" if wrong else "ink2", bold=wrong), left, room.y + 6, room.x + room.w - left, 42)
    return _HEADING
