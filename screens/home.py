"""Home: the search field and the ways in, the first of them large."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.views import HomeView
from screens.theme import GAP, Color
from screens.widgets import IconText, Page, Pressable, PressButton, State, Text, chrome
from screens.widgets.brush import Brush
from screens.widgets.skin import FIELD, FIELD_FOCUS, WHITE
from screens.widgets.way_card import WayCard


@dataclass(frozen=True)
class SearchField(Pressable):
    """A field that opens the search; the label is what may be searched for."""

    def paint(self, brush: Brush, state: State) -> None:
        brush.box(0, 0, brush.width, brush.height, FIELD_FOCUS if state.pressed else FIELD)
        brush.icon(32, 0, 56, brush.height, "magnify", size=56, color="blue" if state.pressed else "ink2")
        brush.text(112, 0, brush.width - 144, brush.height, self.button.label, size="head", fit=("body",), color="ink2")


@dataclass(frozen=True)
class FirstWay(Pressable):
    """The large way in, blue. `stacked`: icon over name, as on wide screens."""

    stacked: bool = False

    def paint(self, brush: Brush, state: State) -> None:
        face = self.face("primary", state)
        assert face.style is not None
        w, h = brush.width, brush.height
        brush.box(0, 0, w, h, face.style)
        tile = (200 if h > 500 else 144) if self.stacked else 200 if h > 400 else 160
        color: Color = "blue" if self.event is not None else "off_ink"
        onward = "chevron-right" if self.event is not None else ""
        if self.stacked:
            brush.box(48, 48, tile, tile, WHITE)
            brush.icon(48, 48, tile, tile, self.button.icon, size=tile * 0.65, color=color)
            brush.text(48, h - 208, w - 96, 84, self.button.label, size="title", fit=("head",), color=face.label, bold=True)
            brush.text(48, h - 116, w - 96, 84, self.button.note, color=face.note, lines=2, valign="top")
            brush.icon(w - 100, 48 + (tile - 64) / 2, 64, 64, onward, size=64, color=face.icon)
            return
        y = (h - tile) / 2
        brush.box(48, y, tile, tile, WHITE)
        brush.icon(48, y, tile, tile, self.button.icon, size=tile * 0.65, color=color)
        x = 48 + tile + 48
        room = w - x - 112
        brush.text(x, h / 2 - 72, room, 84, self.button.label, size="title", fit=("head",), color=face.label, bold=True)
        brush.text(x, h / 2 + 24, room, 84, self.button.note, color=face.note, lines=2, valign="top")
        brush.icon(w - 96, 0, 64, h, onward, size=64, color=face.icon)


def draw(page: Page, view: HomeView) -> None:
    """Upright: field, one large way, two, then small ones. With three ways the room of the small ones goes to the others."""
    chrome.frame(page, view)
    (_wide if page.layout.wide else _upright)(page, view)


def _upright(page: Page, view: HomeView) -> None:
    page.place(Text(view.title, size="title", fit=("head",), bold=True), 48, 176, 984, 84)
    page.place(Text(view.subtitle, color="ink2"), 48, 268, 984, 42)
    page.place(SearchField(view.search), 48, 400, 984, 144)
    first, others, small = view.ways[:1], view.ways[1:3], view.ways[3:]
    top, foot = 640, 1632
    # px of the large way and of the two below it
    heights = (320, 368) if small else (448, 488)
    for button in first:
        page.place(FirstWay(button), 48, top, 984, heights[0])
    top += heights[0] + GAP
    for index, button in enumerate(others):
        wide = 480 if len(others) == 2 else 984
        page.place(WayCard(button, 96 if small else 144, form="stacked"), 48 + index * 504, top, wide, heights[1])
    top += heights[1] + GAP
    for index, button in enumerate(small):
        each = (984 - (len(small) - 1) * GAP) / len(small)
        page.place(PressButton(button, "tap", "column", icon_size=72), 48 + index * (each + GAP), top, each, 224)
    if view.foot:
        page.place(IconText("clock-outline", view.foot, color="ink2", align="center"), 48, foot, 984, 64)


def _wide(page: Page, view: HomeView) -> None:
    page.place(Text(view.title, size="title", fit=("head",), bold=True), 240, 144, 804, 84)
    page.place(Text(view.subtitle, color="ink2"), 240, 236, 804, 42)
    page.place(SearchField(view.search), 1068, 144, 804, 128)
    first, others, small = view.ways[:1], view.ways[1:3], view.ways[3:]
    height = 424 if small else 624
    for button in first:
        page.place(FirstWay(button, stacked=True), 240, 328, 804, height)
    for index, button in enumerate(others):
        if small:
            wide = 390 if len(others) == 2 else 804
            page.place(WayCard(button, 144, form="stacked"), 1068 + index * 414, 328, wide, height)
        else:
            high = (height - GAP * (len(others) - 1)) / len(others)
            page.place(WayCard(button, 144, padding=48), 1068, 328 + index * (high + GAP), 804, high)
    for index, button in enumerate(small):
        each = (1632 - (len(small) - 1) * GAP) / len(small)
        page.place(PressButton(button, "tap", "left", icon_size=72, padding=40), 240 + index * (each + GAP), 776, each, 176)
    if view.foot:
        page.place(IconText("clock-outline", view.foot, color="ink2", align="center"), 240, 984, 1632, 64)
