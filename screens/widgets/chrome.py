"""What surrounds a page: band, header, stepper, title, dock or rail, pager, action bar. Functions that place elements; no page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.views import Button, Chrome, PageView, StepMark
from screens.theme import GAP, Color, Size
from screens.widgets.basic import Fill, IconText, SealMark, Text
from screens.widgets.brush import Brush
from screens.widgets.button import PressButton
from screens.widgets.element import Element, Page, State
from screens.widgets.skin import Style

#: Height of the band 示例, and how far the header moves down under it (upright, wide).
BAND = 44
BAND_SHIFT = 28
BAND_SHIFT_WIDE = 14
#: Width of a cell of the dock, and of the one for help.
CELL = 136
HELP_CELL = 184


def frame(page: Page, view: PageView) -> None:
    """Band, header, stepper and dock (wide: rail) of a page."""
    band(page, view.chrome.band)
    header(page, view.chrome)
    if view.chrome.steps:
        stepper(page, view.chrome.steps)
    if page.layout.wide:
        rail(page, view.chrome)
    else:
        dock(page, view.chrome)


def title(page: Page, view: PageView, *, width: int = 0) -> int:
    """The page's question and the line under it; returns y of what comes below."""
    layout = page.layout
    y = layout.title_top(stepper=bool(view.chrome.steps))
    width = width or layout.content_width
    lines = 1 if page.measure(view.title, size="title", bold=True) <= width else 2
    size: Size = "title" if lines == 1 else "head"
    high = 84 if lines == 1 else page.lines_of(view.title, width, size="head", bold=True) * 52
    page.place(Text(view.title, size=size, bold=True, lines=lines, valign="top"), layout.left, y, width, max(high, 84))
    y += max(high, 84)
    if view.subtitle:
        under = min(page.lines_of(view.subtitle, width), 2)
        page.place(Text(view.subtitle, color="ink2", lines=under, valign="top"), layout.left, y + 4, width, 42 * under)
        y += 4 + 42 * under
    return y


def band(page: Page, text: str, *, across: bool = False) -> None:
    """The amber strip that says what is shown is an example; beside the rail of a wide screen, or `across` all of it."""
    if text:
        left = page.layout.rail_width if page.layout.wide and not across else 0
        beside, above = page.layout.spare
        start = left if left else -beside
        page.place(Fill("amber"), start, -above, page.layout.width + beside - start, BAND + above)
        page.place(Text(text, bold=True, align="center"), left + 24, 0, page.layout.width - left - 48, BAND)


def header(page: Page, chrome: Chrome) -> None:
    """Who we are on the left; clock, or who is here, on the right."""
    if page.layout.wide:
        _header_wide(page, chrome)
        return
    y = BAND_SHIFT if chrome.band else 0
    page.place(SealMark(), 48, 24 + y, 72, 72)
    # the name of who is here may be long; the center's own names are known
    wide = max(page.measure(chrome.center_name, bold=True), page.measure(chrome.product_line)) + 4
    wide = min(wide, 520)
    page.place(Text(chrome.center_name, bold=True), 144, 18 + y, wide, 42)
    page.place(Text(chrome.product_line, color="ink2"), 144, 60 + y, wide, 42)
    x = 144 + wide + 24
    room = 1032 - x
    if chrome.person:
        page.place(Text(chrome.person, bold=True, align="right"), x, 18 + y, room, 42)
        page.place(IconText("check-circle", chrome.card_line, color="green", gap=8, align="right"), x, 60 + y, room, 42)
    else:
        page.place(Text(chrome.clock, bold=True, align="right"), x, 18 + y, room, 42)
        page.place(Text(chrome.date, color="ink2", align="right"), x, 60 + y, room, 42)


def _header_wide(page: Page, chrome: Chrome) -> None:
    y = 39 + (BAND_SHIFT_WIDE if chrome.band else 0)
    name = page.measure(chrome.center_name, bold=True)
    page.place(Text(chrome.center_name, bold=True), 240, y, name + 8, 42)
    page.place(Text(chrome.product_line, color="ink2"), 240 + name + 28, y, 600, 42)
    last, first = (chrome.person, chrome.card_line) if chrome.person else (chrome.clock, chrome.date)
    wide = page.measure(last, bold=True)
    page.place(Text(last, bold=True, align="right"), page.layout.right - wide - 8, y, wide + 8, 42)
    before = page.layout.right - wide - 24
    color: Color = "green" if chrome.person else "ink2"
    page.place(IconText("check-circle" if chrome.person else "", first, color=color, gap=8, align="right"), before - 440, y, 440, 42)


#: Bar and label color of a step's state.
STEP_COLORS: dict[str, tuple[Color, Color]] = {"done": ("green", "green"), "now": ("blue", "blue"), "to_come": ("line2", "ink2")}


@dataclass(frozen=True)
class StepSegment(Element):
    """One step of the stepper: bar 8 high, label 18 below its top."""

    mark: StepMark

    def paint(self, brush: Brush, state: State) -> None:
        bar, color = STEP_COLORS[self.mark.state]
        brush.box(0, 0, brush.width, 8, Style(bar, radius=4))
        ink = 0
        if self.mark.state == "done":
            brush.icon(0, 18, 28, 42, "check-bold", size=28, color="green")
            ink = 32
        brush.text(ink, 18, brush.width - ink, 42, self.mark.label, color=color, bold=self.mark.state == "now")


def stepper(page: Page, steps: Sequence[StepMark]) -> None:
    """Equal segments across the content, gap 12."""
    width = (page.layout.content_width - 12 * (len(steps) - 1)) / len(steps)
    for index, mark in enumerate(steps):
        page.place(StepSegment(mark), page.layout.left + index * (width + 12), page.layout.stepper_top, width, 60)


def dock(page: Page, chrome: Chrome) -> None:
    """The bar at the bottom: a cell for each button there is, from the left, and a line of information in the free room."""
    top = page.layout.dock_top
    beside, below = page.layout.spare
    page.place(Fill("card"), -beside, top, page.layout.width + 2 * beside, 192 + below)
    page.place(Fill("line2"), -beside, top, page.layout.width + 2 * beside, 1)
    x = 48
    for button in chrome.dock:
        help_ = button.id == "help"
        wide = HELP_CELL if help_ else CELL
        page.place(PressButton(button, "help" if help_ else "dock", "column"), x, top + 24, wide, 136)
        if button.selected:
            page.place(Fill("blue"), x + 24, top, wide - 48, 8)
        x += wide + GAP
    room = 1032 - x - 8
    if chrome.dock_note and room >= 240:
        wide_note = page.balanced(chrome.dock_note, room)
        lines = min(page.lines_of(chrome.dock_note, wide_note), 3)
        page.place(Text(chrome.dock_note, color="ink2", align="right", lines=lines), 1032 - wide_note, top + 24, wide_note, 136)


def rail(page: Page, chrome: Chrome) -> None:
    """The same at the left edge of a wide screen."""
    beside, above = page.layout.spare
    page.place(Fill("card"), -beside, -above, 192 + beside, 1080 + 2 * above)
    page.place(Fill("line2"), 191, -above, 1, 1080 + 2 * above)
    page.place(SealMark(), 60, 24, 72, 72)
    for index, button in enumerate(chrome.dock):
        y = 124 + 160 * index
        help_ = button.id == "help"
        page.place(PressButton(button, "help" if help_ else "dock", "column"), 12, y, 168, 136)
        if button.selected:
            page.place(Fill("blue"), 0, y + 16, 8, 104)
    top = 124 + 160 * len(chrome.dock)
    if chrome.dock_note and 1056 - top >= 240:
        # five characters a line: where the note has spaces it is better broken there
        note = chrome.dock_note if chrome.dock_note.isascii() else chrome.dock_note.replace(" ", "\n")
        page.place(Text(note, color="ink2", align="center", valign="bottom", lines=7, balance=True), 6, 1056 - 294, 180, 294)


def actions(page: Page, buttons: Sequence[Button], *, y: float | None = None) -> None:
    """The action bar, primary last: one across, 312 + 648, or three times 312. Wide: at the bottom right."""
    layout = page.layout
    y = layout.action_top if y is None else y
    if not buttons:
        return
    if layout.wide:
        x: float = layout.right
        for index, button in enumerate(reversed(buttons)):
            long = index == 0 or _label_width(page, button) > layout.columns(3)
            across = layout.columns(4 if long else 3)
            x -= across
            page.place(PressButton(button, "primary" if index == 0 else "secondary"), x, y, across, 144)
            x -= GAP
        return
    widths: tuple[float, ...] = {1: (984.0,), 2: (312.0, 648.0)}.get(len(buttons), (312.0,) * len(buttons))
    if len(buttons) == 2 and _label_width(page, buttons[0]) > 312:
        widths = (480.0, 480.0)
    x = float(layout.left)
    for index, (button, wide) in enumerate(zip(buttons, widths, strict=True)):
        last = index == len(buttons) - 1
        page.place(PressButton(button, "primary" if last else "secondary"), x, y, wide, 144)
        x += wide + GAP


def _label_width(page: Page, button: Button) -> float:
    """What a button's icon and label need, with its padding."""
    return page.measure(button.label, size="head", bold=True) + (64 if button.icon else 0) + 48


def pager(
    page: Page,
    previous: Button | None,
    next_: Button | None,
    text: str,
    *,
    y: float | None = None,
    x: float | None = None,
    height: int = 144,
) -> None:
    """Page back, where we are, page on; nothing if there is one page only."""
    if previous is None and next_ is None:
        return
    layout = page.layout
    y = layout.action_top if y is None else y
    x = (layout.right - 984 if layout.wide else layout.left) if x is None else x
    if previous:
        page.place(PressButton(previous, "secondary"), x, y, 312, height)
    page.place(Text(text, size="head", align="center"), x + 336, y, 312, height)
    if next_:
        page.place(PressButton(next_, "secondary"), x + 672, y, 312, height)
