"""The card holder's cases: what it is, when it was filed, how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.events import Event
from kiosk.views import CaseListView, CaseRow, Tone
from screens.theme import GAP, Color, Size
from screens.widgets import Page, Style
from screens.widgets.brush import Brush
from screens.widgets.element import Element, State
from screens.widgets.empty import place_empty
from screens.widgets.skin import SELECTED, TAP
from screens.widgets.surround import Around, surround

#: The most that a row is high.
_ROW = 168

#: Ground, text and sign of a state by its tone: color is never the only sign.
_STATES: dict[Tone, tuple[Color, Color, str]] = {
    Tone.PLAIN: ("sunk", "ink", "progress-clock"),
    Tone.INFO: ("blue_tint", "blue", "progress-clock"),
    Tone.DONE: ("green_tint", "green", "check-circle"),
    Tone.ATTENTION: ("amber_tint", "amber_ink", "alert-circle"),
}


@dataclass(frozen=True)
class CaseLine(Element):
    """A row: name over detail, the state at the right as a tag, and the way in."""

    row: CaseRow

    @property
    def ident(self) -> str:
        return self.row.button.id

    @property
    def event(self) -> Event | None:
        return self.row.button.event

    def paint(self, brush: Brush, state: State) -> None:
        row, w, h = self.row, brush.width, brush.height
        brush.box(0, 0, w, h, SELECTED if state.pressed else TAP)
        brush.icon(w - 96, 0, 64, h, "chevron-right", size=64, color="blue")
        ground, color, icon = _STATES[row.tone]
        tag = brush.measure(row.state_label, bold=True) + 80 if row.state_label else 0
        left = w - 112 - tag
        room = left - 64
        tone: Color = "blue" if state.pressed else "ink"
        # a long name takes two smaller lines; nothing is shortened
        one = brush.measure(row.title, size="head", bold=True) <= room
        name = 52 if one else 84
        under = min(len(brush.set(row.detail, room, lines=9).lines), 2 if name + 6 + 84 <= h - 16 else 1)
        top = (h - name - 6 - 42 * under) / 2
        size: Size = "head" if one else "body"
        brush.text(40, top, room, name, row.title, size=size, lines=1 if one else 2, bold=True, color=tone, balance=True)
        brush.text(40, top + name + 6, room, 42 * under, row.detail, color="ink2", lines=under, valign="top")
        if not row.state_label:
            return
        brush.box(left, (h - 60) / 2, tag, 60, Style(ground, radius=10))
        brush.icon(left + 12, 0, 40, h, icon, size=36, color=color)
        brush.text(left + 60, 0, tag - 68, h, row.state_label, color=color, bold=True)


def draw(page: Page, view: CaseListView) -> None:
    """Upright: four rows below each other. Wide: two beside each other."""
    layout = page.layout
    room = surround(page, view, Around(view.notice, view.actions, view.previous, view.next, view.page))
    if not view.rows:
        place_empty(page, view.empty, room.x, room.y, room.w, icon="information-outline")
        return
    across = 2 if layout.wide else 1
    high = min((room.h + GAP) / -(-len(view.rows) // across) - GAP, _ROW)
    width = (room.w - GAP * (across - 1)) / across
    for index, row in enumerate(view.rows):
        page.place(CaseLine(row), room.x + index % across * (width + GAP), room.y + index // across * (high + GAP), width, high)
