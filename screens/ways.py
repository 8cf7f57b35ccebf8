"""Ways: one question, and two to six large answers that lead on."""

from __future__ import annotations

from kiosk.views import WaysView
from screens.theme import GAP, Size
from screens.widgets import Page
from screens.widgets.surround import Around, Room, surround
from screens.widgets.way_card import Form, WayCard

#: The most that a card grows to: two ways fill the page, and are still cards.
_HIGHEST = 480
_HIGHEST_WIDE = 560
#: From this height the name is as large as the page's question.
_LARGE = 200
#: Wide: a card up to this width has no room for words beside its tile; below this height none for them under it.
_NARROW, _STACKED = 600, 352


def draw(page: Page, view: WaysView) -> None:
    """Upright: below each other. Wide: two or three beside each other, four to six in two rows. A single one lies across."""
    room = surround(page, view, Around(view.notice, view.actions))
    (_wide if page.layout.wide and len(view.ways) > 1 else _upright)(page, view, room)


def _size(page: Page, view: WaysView, room: float, high: float) -> Size:
    """All names alike: large if there is room for each of them on one line."""
    longest = max((page.measure(way.label, size="title", bold=True) for way in view.ways), default=0)
    return "title" if high >= _LARGE and longest <= room else "head"


def _upright(page: Page, view: WaysView, room: Room) -> None:
    count = max(len(view.ways), 1)
    high = min((room.h - GAP * (count - 1)) / count, _HIGHEST)
    tile = 200 if high >= 400 else 160 if high >= 300 else 120 if high >= 180 else 96
    size = _size(page, view, room.w - tile - 192, high)
    for index, way in enumerate(view.ways):
        page.place(WayCard(way, tile, size), room.x, room.y + index * (high + GAP), room.w, high)


def _wide(page: Page, view: WaysView, room: Room) -> None:
    count = max(len(view.ways), 1)
    rows = 1 if count <= 3 else 2
    across = -(-count // rows)
    each = (room.w - GAP * (across - 1)) / across
    high = min((room.h - GAP * (rows - 1)) / rows, _HIGHEST_WIDE)
    if rows == 1:
        size = _size(page, view, each - 80, high)
        for index, way in enumerate(view.ways):
            page.place(WayCard(way, 144, size, "stacked"), room.x + index * (each + GAP), room.y, each, high)
        return
    form, tile, size = _two_rows(page, view, each, high)
    for index, way in enumerate(view.ways):
        place = (room.x + index % across * (each + GAP), room.y + index // across * (high + GAP), each, high)
        page.place(WayCard(way, tile, size, form, padding=32), *place)


def _two_rows(page: Page, view: WaysView, each: float, high: float) -> tuple[Form, int, Size]:
    """How cards in two rows are set: two beside each other as on an upright page, three as their height allows."""
    if each > _NARROW:
        return "beside", 120, _size(page, view, each - 330, high)
    return ("stacked", 96, _size(page, view, each - 64, high)) if high >= _STACKED else ("headed", 96, "head")
