"""Grid: one choice of many short ones, under headings: a reason, a department, a day, a time."""

from __future__ import annotations

from kiosk.views import Button, GridSection, GridView
from screens.theme import GAP, TARGET
from screens.widgets import Page, Text
from screens.widgets.choice_box import ChoiceBox, least_width
from screens.widgets.empty import place_empty
from screens.widgets.surround import Around, Room, beside

#: The most that a button grows to.
_HIGHEST = 176
#: The height that is better than more buttons a row.
_EASY = 140
_HEADING, _BELOW_HEADING, _ABOVE_HEADING = 52, 12, 8
#: Numbers of columns, the best first: the fewer, the larger the target.
_COLUMNS = (2, 3, 4)


def draw(page: Page, view: GridView) -> None:
    """Sections below each other, two to four buttons a row. Wide: question and chips left of them."""
    room = beside(page, view, Around(view.notice, view.actions, view.previous, view.next, view.page, view.chips))
    sections = [section for section in view.sections if section.buttons]
    if not sections:
        place_empty(page, view.empty, room.x, room.y, room.w, icon="calendar-remove-outline")
        return
    across = _across(page, sections, room)
    each = _each(room, across)
    high = min(_height(sections, room, across), _HIGHEST)
    y = room.y
    for section in sections:
        y += _heading(page, section, room, y)
        for index, button in enumerate(section.buttons):
            place = (room.x + index % across * (each + GAP), y + index // across * (high + GAP), each, high)
            page.place(ChoiceBox(button), *place)
        y += _rows(section, across) * (high + GAP) + _ABOVE_HEADING


def _each(room: Room, across: int) -> float:
    return (room.w - GAP * (across - 1)) / across


def _rows(section: GridSection, across: int) -> int:
    return -(-len(section.buttons) // across)


def _heading(page: Page, section: GridSection, room: Room, y: float) -> float:
    """Place it, if there is one; returns its height."""
    if not section.title:
        return 0
    page.place(Text(section.title, size="head", bold=True), room.x, y, room.w, _HEADING)
    return _HEADING + _BELOW_HEADING


def _height(sections: list[GridSection], room: Room, across: int) -> float:
    """Of a button, if all rows share the room."""
    rows = sum(_rows(section, across) for section in sections)
    headings = sum(_HEADING + _BELOW_HEADING for section in sections if section.title) + _ABOVE_HEADING * (len(sections) - 1)
    return (room.h - headings - GAP * (rows - 1)) / rows


def _across(page: Page, sections: list[GridSection], room: Room) -> int:
    """How many stand beside each other: as few as the page's height allows, and no more than the words do."""
    buttons: list[Button] = [button for section in sections for button in section.buttons]
    longest = max(least_width(page, button) for button in buttons)
    for high in (_EASY, TARGET):
        for across in _COLUMNS:
            if _height(sections, room, across) >= high and _each(room, across) >= longest:
                return across
    return next((across for across in _COLUMNS if _height(sections, room, across) >= TARGET), _COLUMNS[-1])
