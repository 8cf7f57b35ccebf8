"""The items by topic and by search: four rows and a pager, or the keyboard under fewer rows."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.events import CaretPlaced, Event
from kiosk.views import ItemListView, ItemRow, Typed
from screens.theme import GAP, KEY_DEBOUNCE_S, Color
from screens.widgets import Box, Icon, Mounted, Page, Pressable, PressButton, State, Text, chrome, place_keyboard
from screens.widgets.brush import Brush
from screens.widgets.button import Form
from screens.widgets.editing import set_row
from screens.widgets.skin import CARD, FIELD, FIELD_FOCUS
from screens.widgets.typed_text import paint_typed

#: Rows that fit over the keyboard.
ROWS_WITH_KEYBOARD = 3


#: Where the text of the search box begins, and what it leaves free at both ends together.
_SEARCH_LEFT, _SEARCH_ENDS = 112, 144


@dataclass(frozen=True)
class SearchBox(Pressable):
    """What is searched for; the hint while nothing is typed, and beside it if there is room. `typed`: with its caret, while it is typed."""

    text: str
    hint: str
    typed: Typed | None
    placeable: bool

    @property
    def event(self) -> Event | None:
        return CaretPlaced(len(self.text)) if self.placeable else super().event

    @property
    def debounce(self) -> float | None:
        """Two taps at two places are two wishes."""
        return KEY_DEBOUNCE_S if self.placeable else None

    def event_at(self, mounted: Mounted, x: float, y: float) -> Event | None:
        if self.typed is None or not self.placeable:
            return self.event
        page, (_, _, w, h) = mounted.page, mounted.place
        setting = set_row(page.theme, page.layout, self.typed, w - _SEARCH_ENDS, h, bold=True)
        return CaretPlaced(setting.index_at(x - _SEARCH_LEFT, y, page.layout.scale))

    def paint(self, brush: Brush, state: State) -> None:
        w, h = brush.width, brush.height
        lit = self.typed is not None or state.pressed
        brush.box(0, 0, w, h, FIELD_FOCUS if lit else FIELD)
        brush.icon(32, 0, 56, h, "magnify", size=56, color="blue" if lit else "ink2")
        x, room = float(_SEARCH_LEFT), w - _SEARCH_ENDS
        if self.typed is not None:
            setting = set_row(brush.theme, brush.layout, self.typed, room, h, bold=True)
            paint_typed(brush, x, 0, self.typed, setting, bold=True)
            used = setting.rows[0].edges[-1] / brush.layout.scale + 8
            x, room = x + used, room - used
        elif self.text:
            brush.text(x, 0, room, h, self.text, size="head", bold=True)
            used = brush.measure(self.text, size="head", bold=True)
            x, room = x + used, room - used
        hint = brush.measure(self.hint, size="body" if self.text else "head")
        if not self.text:
            brush.text(x + (16 if lit else 0), 0, room - 16, h, self.hint, size="head", fit=("body",), color="ink2")
        elif hint < room - 48:
            brush.text(x, 0, room, h, self.hint, color="ink2", align="right")


@dataclass(frozen=True)
class ItemButton(Pressable):
    """A row: name, with what was searched for marked; what it takes, or that another body does it."""

    row: ItemRow

    def paint(self, brush: Brush, state: State) -> None:
        row, w, h = self.row, brush.width, brush.height
        face = self.face("tap", state)
        assert face.style is not None
        brush.box(0, 0, w, h, face.style)
        brush.icon(w - 96, 0, 64, h, "chevron-right", size=64, color=face.icon)
        room = w - 40 - 112
        bold = state.pressed
        lines = min(len(brush.set(row.title, room, size="head", bold=bold, lines=3, spans=row.spans).lines), 2)
        color: Color = "amber_ink" if row.elsewhere else face.note
        ink = 40 if row.elsewhere else 0
        below = min(len(brush.set(row.detail, room - ink, lines=3).lines), 1 if lines == 2 and h < 200 else 2) if row.detail else 0
        gap = 10 if lines * 52 + below * 42 + 10 <= h - 24 else 0
        y = (h - lines * 52 - below * 42 - gap) / 2
        brush.text(40, y, room, lines * 52, row.title, size="head", color=face.label, bold=bold, lines=lines, spans=row.spans, valign="top")
        y += lines * 52 + gap
        if row.elsewhere and row.detail:
            brush.icon(40, y, 32, 42, "map-marker-outline", size=32, color="amber_ink")
        brush.text(40 + ink, y, room - ink, below * 42, row.detail, color=color, lines=below, valign="top")


def draw(page: Page, view: ItemListView) -> None:
    """Upright: everything one below the other. Wide: search and rows on the right, topics and pager on the left."""
    chrome.frame(page, view)
    if page.layout.wide:
        (_wide_typing if view.keyboard else _wide)(page, view)
    else:
        _upright(page, view)


def _search(page: Page, view: ItemListView, x: int, y: int, w: int) -> None:
    # what was cleared comes back at the place where it was cleared
    end = view.typed.restore if view.typed and view.typed.restore else view.clear
    wide = max(page.measure(end.label, bold=True) + 16, 120) if end else 0
    text = view.typed.text if view.typed else view.search_text
    typed = (view.typed or Typed(text, len(text))) if view.keyboard else None
    page.place(SearchBox(view.search, text, view.search_hint, typed, view.typed is not None), x, y, w - (wide + GAP if end else 0), 128)
    if end:
        form: Form = "column" if end.icon and end.label else "line"
        page.place(PressButton(end, "tap", form, radius=20, small=True), x + w - wide, y, wide, 128)


def _rows(page: Page, view: ItemListView, x: int, y: int, w: int, *, high: int, most: int) -> None:
    for index, row in enumerate(view.rows[:most]):
        page.place(ItemButton(row.button, row), x, y + index * (high + GAP), w, high)
    if not view.rows and view.empty:
        lines = page.lines_of(view.empty, w - 80, size="head")
        high = 52 * max(lines, 2)
        page.place(Box(CARD), x, y, w, high + 136)
        page.place(Icon("magnify-close", "ink2", 72), x, y + 32, w, 72)
        page.place(Text(view.empty, size="head", align="center", lines=lines, balance=lines == 2), x + 40, y + 112, w - 80, high)


def _upright(page: Page, view: ItemListView) -> None:
    chrome.title(page, view)
    _search(page, view, 48, 264, 984)
    y = 416
    for index, topic in enumerate(view.topics):
        page.place(PressButton(topic, "chip"), 48 + index % 4 * 252, y + index // 4 * 144, 228, 120)
    if view.topics:
        y += (len(view.topics) + 3) // 4 * 144 + 4
    if view.count:
        page.place(Text(view.count, color="ink2"), 48, y, 984, 42)
    y += 60
    if view.keyboard:
        top = place_keyboard(page, view.keyboard, tall=False)
        _rows(page, view, 48, y, 984, high=168, most=min((top - y) // 192, ROWS_WITH_KEYBOARD))
    else:
        _rows(page, view, 48, y, 984, high=168, most=4)
        chrome.pager(page, view.previous, view.next, view.page)


def _wide(page: Page, view: ItemListView) -> None:
    chrome.title(page, view, width=528)
    _search(page, view, 792, 144, 1080)
    for index, topic in enumerate(view.topics):
        page.place(PressButton(topic, "chip"), 240 + index % 2 * 276, 296 + index // 2 * 144, 252, 120)
    if view.count:
        page.place(Text(view.count, color="ink2"), 792, 288, 1080, 42)
    _rows(page, view, 792, 344, 1080, high=156, most=4)
    if view.previous and view.next:
        page.place(Text(view.page, color="ink2", align="center"), 240, 862, 528, 42)
        page.place(PressButton(view.previous, "secondary"), 240, 912, 252, 144)
        page.place(PressButton(view.next, "secondary"), 516, 912, 252, 144)


def _wide_typing(page: Page, view: ItemListView) -> None:
    assert view.keyboard is not None
    y = chrome.title(page, view, width=528)
    _search(page, view, 792, 144, 1080)
    if view.count:
        page.place(Text(view.count, color="ink2"), 240, y, 528, 42)
    place_keyboard(page, view.keyboard)
    _rows(page, view, 240, 288, 528, high=240, most=ROWS_WITH_KEYBOARD)
