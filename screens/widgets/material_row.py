"""One paper of the list: what it is, how it stands, and the same in a sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kiosk.events import Event
from kiosk.views import MaterialRow
from screens.theme import Color
from screens.widgets.brush import Brush
from screens.widgets.element import Element, State
from screens.widgets.skin import CARD, SELECTED, TAP


class _Sign(NamedTuple):
    icon: str
    color: Color
    bold: bool


#: Sign of each state; unknown ones look as if still to come.
_SIGNS: dict[str, _Sign] = {
    "done": _Sign("check-circle", "green", bold=False),
    "now": _Sign("camera-outline", "blue", bold=True),
    "missing": _Sign("alert-circle-outline", "amber_ink", bold=True),
    "later": _Sign("clock-outline", "ink2", bold=False),
    "optional": _Sign("checkbox-blank-circle-outline", "ink2", bold=False),
}


@dataclass(frozen=True)
class MaterialLine(Element):
    """A row 120 high. Beside each other if both fit on one line, else the status under the name."""

    row: MaterialRow

    @property
    def ident(self) -> str:
        return self.row.button.id

    @property
    def event(self) -> Event | None:
        return self.row.button.event

    def paint(self, brush: Brush, state: State) -> None:
        row, h = self.row, brush.height
        sign = _SIGNS.get(row.state, _SIGNS["optional"])
        now = row.state == "now"
        style = SELECTED if now or state.pressed else TAP if row.button.event else CARD
        brush.box(0, 0, brush.width, h, style)
        brush.icon(32, 0, 48, h, sign.icon, size=48, color="blue" if state.pressed else sign.color)
        room = brush.width - 104 - 32
        status = brush.measure(row.status, bold=sign.bold)
        color: Color = "blue" if state.pressed else "ink"
        if brush.measure(row.title, size="head", bold=now) + 32 + status <= room:
            brush.text(104, 0, room - status - 16, h, row.title, size="head", bold=now, color=color)
            brush.text(104, 0, room, h, row.status, color=sign.color, bold=sign.bold, align="right")
            return
        # 52 + 42 of text in 120
        brush.text(104, h / 2 - 47, room, 52, row.title, size="head", fit=("body",), bold=now, color=color)
        brush.text(104, h / 2 + 5, room, 42, row.status, color=sign.color, bold=sign.bold)
