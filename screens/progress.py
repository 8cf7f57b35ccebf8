"""Progress: one case, its steps, what is still wanted, and whether the citizen has to do something."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.views import Panel, ProgressView, Tone
from screens.theme import GAP
from screens.widgets import Box, Icon, Page, PanelBox, Text, chrome, panel_height
from screens.widgets.brush import Brush
from screens.widgets.element import Element, State
from screens.widgets.skin import ATTENTION
from screens.widgets.timeline import least_height, place_timeline

_WANTED_ROW = 12


@dataclass(frozen=True)
class WantedList(Element):
    """Everything that is missing, at once, each with a box to tick in one's mind (R2.2)."""

    title: str
    lines: tuple[str, ...]

    def paint(self, brush: Brush, state: State) -> None:
        brush.box(0, 0, brush.width, brush.height, ATTENTION)
        brush.icon(32, 24, 56, 56, "alert-circle-outline", size=56, color="amber_ink")
        brush.text(112, 26, brush.width - 144, 52, self.title, size="head", fit=("body",), bold=True)
        y = 92.0
        room = brush.width - 112 - 32
        for line in self.lines:
            count = len(brush.set(line, room, lines=3).lines)
            brush.icon(40, y, 40, 42, "checkbox-blank-outline", size=40, color="amber_ink")
            brush.text(112, y, room, 42 * count, line, lines=count, valign="top")
            y += 42 * count + _WANTED_ROW


def _wanted_height(page: Page, view: ProgressView, w: float) -> int:
    if not view.wanted:
        return 0
    return 92 + sum(42 * min(page.lines_of(line, w - 144), 3) + _WANTED_ROW for line in view.wanted) + 16


def draw(page: Page, view: ProgressView) -> None:
    """Upright: steps, then what is wanted. Wide: steps left, the rest right."""
    chrome.frame(page, view)
    layout = page.layout
    top = _head(page, view)
    chrome.actions(page, view.actions)
    if not view.steps:
        _without_steps(page, view, top)
        return
    if layout.wide:
        left, right = (layout.columns(7), layout.columns(5)) if view.wanted else (layout.columns(8), layout.columns(4))
        x, y, room = layout.left + left + GAP, top, layout.action_top - 32 - top
        wanted = min(_wanted_height(page, view, right), room)
        if view.wanted:
            page.place(WantedList(view.wanted_title, view.wanted), x, y, right, wanted)
            y += wanted + GAP
        beneath = 0
        if view.panel:
            high = panel_height(page, view.panel, right)
            if y + high <= layout.action_top - 24:
                page.place(PanelBox(view.panel), x, y, right, high)
            else:  # no room on the right: under the steps
                high = panel_height(page, view.panel, left)
                beneath = high + GAP
                page.place(PanelBox(view.panel), layout.left, top + room - high, left, high)
        _steps(page, view, layout.left, top, left, room - beneath)
        return
    width, bottom = layout.content_width, layout.content_bottom
    panel = panel_height(page, view.panel, width) + GAP if view.panel else 0
    wanted = _wanted_height(page, view, width)
    wanted += GAP if wanted else 0
    high = bottom - top - panel - wanted
    _steps(page, view, layout.left, top, width, high)
    y = bottom - panel - wanted + GAP
    if view.wanted:
        page.place(WantedList(view.wanted_title, view.wanted), layout.left, y, width, wanted - GAP)
    if view.panel:
        page.place(PanelBox(view.panel), layout.left, bottom - panel + GAP, width, panel - GAP)


def _head(page: Page, view: ProgressView) -> int:
    """Number, state, item; returns y of what comes below. Wide: the number stands after the item."""
    layout = page.layout
    y = layout.title_top(stepper=bool(view.chrome.steps))
    width = layout.content_width
    if view.number_line and not layout.wide:
        page.place(Text(view.number_line, color="ink2"), layout.left, y, width, 42)
        y += 48
    page.place(Text(view.title, size="title", bold=True, fit=("head",)), layout.left, y, width, 84)
    y += 90
    item = page.measure(view.item_name, size="head")
    page.place(Text(view.item_name, size="head", fit=("body",)), layout.left, y, width, 52)
    x = layout.left + (item + 48 if view.item_name else 0)
    for text in (view.number_line if layout.wide else "", view.subtitle):
        wide = page.measure(text) + 8
        if text and x + wide <= layout.right:
            page.place(Text(text, color="ink2"), x, y + 5, wide, 42)
            x += wide + 40
        elif text:
            page.place(Text(text, color="ink2"), layout.left, y + 56, width, 42)
            y += 46
    return y + 52 + GAP


def _steps(page: Page, view: ProgressView, x: float, y: float, w: float, h: float) -> None:
    """The card with the timeline; steps long past are left out from the top if there is no room for all."""
    steps = view.steps
    inner = w - 72
    while len(steps) > 2 and least_height(page, steps, inner) > h - 64:
        steps = steps[1:]
    page.place(Box(), x, y, w, h)
    place_timeline(page, steps, x + 36, y + 40, inner, h - 64)


def _without_steps(page: Page, view: ProgressView, top: float) -> None:
    """Only the state is known: how to see more, large."""
    layout = page.layout
    width = layout.content_width
    panel = view.panel or Panel(Tone.INFO, view.title)
    high = panel_height(page, panel, width, size="head", least=200)
    bottom = layout.action_top - 32 if layout.wide else layout.content_bottom
    icon_high = min(bottom - top - high - GAP, 760)
    page.place(Box(), layout.left, top, width, icon_high)
    page.place(Icon("progress-clock", "blue", 200), layout.left, top, width, icon_high)
    page.place(PanelBox(panel, icon="card-account-details-outline", size="head"), layout.left, top + icon_high + GAP, width, high)
