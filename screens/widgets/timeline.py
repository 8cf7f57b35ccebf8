"""The steps of a case, one below the other, with their marks on a line."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.views import TimelineStep
from screens.theme import Color
from screens.widgets.brush import Brush
from screens.widgets.element import Element, Page, State

#: Text begins here; the marks are 52 px wide at the left.
INDENT = 92
_MARK = 52
#: The closest that two steps can stand: mark, and some of the line between.
_CLOSE = 72


@dataclass(frozen=True)
class TimelineRow(Element):
    """One step, and the line to the next. `last`: no line."""

    step: TimelineStep
    last: bool = False
    #: Where the detail begins, if it stands beside the label; 0: under it.
    beside: float = 0

    def paint(self, brush: Brush, state: State) -> None:
        step = self.step
        done, now = step.state == "done", step.state == "now"
        if not self.last:
            brush.fill(23, _MARK + 4, 6, brush.height - _MARK - 8, "green" if done else "line2")
        if done:
            brush.icon(0, 0, _MARK, _MARK, "check-circle", size=_MARK, color="green")
        elif now:
            brush.disc(0, 0, _MARK, "blue")
            brush.disc(16, 16, 20, "card")
        else:
            brush.disc(2, 2, 48, "card", ring="edge", border=4)
        room = brush.width - INDENT
        color: Color = "blue" if now else "ink" if done else "ink2"
        label = self.beside - INDENT - 24 if self.beside else room
        brush.text(INDENT, 0, label, 52, step.label, size="head", fit=("body",), bold=done or now, color=color)
        if self.beside:
            detail = brush.width - self.beside
            rows = len(brush.set(step.detail, detail, lines=3).lines) if step.detail else 1
            brush.text(self.beside, 5, detail, 42 * rows, step.detail, lines=rows, valign="top", color="ink" if now else "ink2")
            return
        lines = int((brush.height - 58) // 42)
        if step.detail and lines > 0:
            lines = min(lines, len(brush.set(step.detail, room, lines=9).lines))
            brush.text(INDENT, 56, room, 42 * lines, step.detail, lines=lines, valign="top", color="ink" if now else "ink2")


def _beside(page: Page, steps: tuple[TimelineStep, ...], width: float) -> float:
    """Where details begin if they stand beside their labels; 0 if that leaves them too little room."""
    start = INDENT + max(page.measure(step.label, size="head", bold=True) for step in steps) + 40
    return start if width - start >= 400 else 0


def _close_heights(page: Page, steps: tuple[TimelineStep, ...], room: float) -> list[int]:
    """Heights of the rows with details beside labels."""
    return [max(_CLOSE, 26 + 42 * min(page.lines_of(step.detail, room), 3)) for step in steps]


def _row_height(page: Page, step: TimelineStep, width: float) -> int:
    return 62 + 42 * min(page.lines_of(step.detail, width - INDENT), 3)


def least_height(page: Page, steps: tuple[TimelineStep, ...], width: float) -> float:
    """The height under which not all steps can be shown."""
    under = sum(_row_height(page, step, width) for step in steps)
    beside = _beside(page, steps, width)
    return min(under, sum(_close_heights(page, steps, width - beside))) if beside else under


def place_timeline(page: Page, steps: tuple[TimelineStep, ...], x: float, y: float, w: float, h: float) -> None:
    """All steps in a height: details under the labels, or beside them where the height is scarce; what is left over is shared."""
    if not steps:
        return
    least = [_row_height(page, step, w) for step in steps]
    beside = 0.0
    if sum(least) > h:
        beside = _beside(page, steps, w)
        if beside:
            least = _close_heights(page, steps, w - beside)
    spare = max((h - sum(least)) / len(steps), 0)
    for index, (step, own) in enumerate(zip(steps, least, strict=True)):
        high = own + min(spare, 72)
        page.place(TimelineRow(step, index == len(steps) - 1, beside), x, y, w, high)
        y += high
