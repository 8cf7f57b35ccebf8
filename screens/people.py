"""People: the center's windows and staff as cards, to be seen or to choose one."""

from __future__ import annotations

from kiosk.views import PeopleView
from screens.theme import GAP
from screens.widgets import Page
from screens.widgets.empty import place_empty
from screens.widgets.person_card import PersonTile, height_of, mark_width, words_room
from screens.widgets.surround import Around, beside

_ACROSS, _ROWS = 2, 4
#: The most that a card grows to where few other things are on the page; the design has 176.
_HIGHEST = 208


def draw(page: Page, view: PeopleView) -> None:
    """Two beside each other, four rows. Wide: question and tabs left of them."""
    around = Around(view.notice, view.actions, view.previous, view.next, view.page, view.tabs)
    room = beside(page, view, around)
    if not view.people:
        place_empty(page, view.empty, room.x, room.y, room.w, icon="account-group-outline")
        return
    each = (room.w - GAP * (_ACROSS - 1)) / _ACROSS
    high = _height(page, view, each, room.h)
    row = _mark_row(page, view, each, high)
    for index, card in enumerate(view.people):
        across, down = index % _ACROSS, index // _ACROSS
        page.place(PersonTile(card, row), room.x + across * (each + GAP), room.y + down * (high + GAP), each, high)


def _height(page: Page, view: PeopleView, each: float, room: float) -> float:
    """Of every card: a quarter of the page, or what the longest texts take if fewer are there."""
    rows = max(-(-len(view.people) // _ACROSS), 1)
    quarter = min((room - GAP * (_ROWS - 1)) / _ROWS, _HIGHEST)
    lines = max(sum(max(page.lines_of(line, words_room(each)), 1) for line in card.lines) + bool(card.mark) for card in view.people)
    return max(quarter, min(height_of(lines) + 16, (room - GAP * (rows - 1)) / rows))


def _mark_row(page: Page, view: PeopleView, each: float, high: float) -> int:
    """The line at whose end all cards say whether somebody is there: the name's, the last one, or one of its own, as there is room."""
    room = words_room(each)
    last = max(len(card.lines) for card in view.people)
    marks = [mark_width(page, card) for card in view.people]
    if all(page.measure(card.name, size="head", bold=True) + mark <= room for card, mark in zip(view.people, marks, strict=True)):
        return 0
    ends = [card.lines[-1] if last and len(card.lines) == last else "" for card in view.people]
    beside = all(page.measure(end) + mark <= room for end, mark in zip(ends, marks, strict=True))
    return last if beside or high < height_of(last + 1) else last + 1
