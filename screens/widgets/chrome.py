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
#: Ident of the button that calls for help, and y of its cell in the rail: the sixth, at the bottom.
HELP = "help"
_RAIL_HELP = 924
#: A question never has more.
_MOST_LINES = 9


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


def title_size(page: Page, text: str, width: float, *, large: int = 1) -> tuple[Size, int]:
    """Size and lines of a question: large on at most `large` lines, else smaller."""
    sizes: tuple[tuple[Size, int], ...] = (("title", large), ("head", _MOST_LINES))
    for size, most in sizes:
        lines = page.lines_of(text, width, size=size, bold=True)
        if lines <= most:
            return size, lines
    return "head", _MOST_LINES


def title_height(page: Page, view: PageView, width: float, *, large: int = 1) -> int:
    """What `title` takes."""
    size, lines = title_size(page, view.title, width, large=large)
    under = min(page.lines_of(view.subtitle, width), 2)
    return page.line(size) * lines + (4 + 42 * under if under else 0)


def title(page: Page, view: PageView, *, width: int = 0, large: int = 1) -> int:
    """The page's question, large on at most `large` lines, and the line under it; returns y of what comes below."""
    layout = page.layout
    y = layout.title_top(stepper=bool(view.chrome.steps))
    width = width or layout.content_width
    size, lines = title_size(page, view.title, width, large=large)
    high = page.line(size) * lines
    page.place(Text(view.title, size=size, bold=True, lines=lines, valign="top", balance=lines > 1), layout.left, y, width, high)
    if view.subtitle:
        under = min(page.lines_of(view.subtitle, width), 2)
        page.place(Text(view.subtitle, color="ink2", lines=under, valign="top"), layout.left, y + high + 4, width, 42 * under)
    return y + title_height(page, view, width, large=large)


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
            tight = brush.measure(self.mark.label) + 32 > brush.width
            size, ink = (22, 24) if tight else (28, 32)
            brush.icon(0, 18, size, 42, "check-bold", size=size, color="green")
        brush.text(ink, 18, brush.width - ink, 42, self.mark.label, color=color, bold=self.mark.state == "now")


def stepper(page: Page, steps: Sequence[StepMark]) -> None:
    """Equal segments across the content, gap 12."""
    width = (page.layout.content_width - 12 * (len(steps) - 1)) / len(steps)
    for index, mark in enumerate(steps):
        page.place(StepSegment(mark), page.layout.left + index * (width + 12), page.layout.stepper_top, width, 60)


def dock(page: Page, chrome: Chrome) -> None:
    """The bar at the bottom: a cell for each button from the left, help at the right end."""
    layout = page.layout
    top = layout.dock_top
    beside, below = layout.spare
    page.place(Fill("card"), -beside, top, layout.width + 2 * beside, 192 + below)
    page.place(Fill("line2"), -beside, top, layout.width + 2 * beside, 1)
    x = layout.left
    for button in chrome.dock:
        if button.id == HELP:
            page.place(PressButton(button, "help", "column"), layout.right - HELP_CELL, top + 24, HELP_CELL, 136)
            continue
        page.place(PressButton(button, "dock", "column"), x, top + 24, CELL, 136)
        if button.selected:
            page.place(Fill("blue"), x + 24, top, CELL - 48, 8)
        x += CELL + GAP


def rail(page: Page, chrome: Chrome) -> None:
    """The same at the left edge of a wide screen, help at its bottom."""
    beside, above = page.layout.spare
    page.place(Fill("card"), -beside, -above, 192 + beside, 1080 + 2 * above)
    page.place(Fill("line2"), 191, -above, 1, 1080 + 2 * above)
    page.place(SealMark(), 60, 24, 72, 72)
    top = 124
    for button in chrome.dock:
        if button.id == HELP:
            page.place(PressButton(button, "help", "column"), 12, _RAIL_HELP, 168, 136)
            continue
        page.place(PressButton(button, "dock", "column"), 12, top, 168, 136)
        if button.selected:
            page.place(Fill("blue"), 0, top + 16, 8, 104)
        top += 160


def actions(page: Page, buttons: Sequence[Button], *, y: float | None = None, primary: bool = True) -> float:
    """The action bar, primary last: one across, 312 + 648, or three beside each other. Wide: at the bottom right. Returns x of its left end.
    `primary` off: the last one is not what the page is about either.
    """
    layout = page.layout
    y = layout.action_top if y is None else y
    if not buttons:
        return layout.right
    if layout.wide:
        x: float = layout.right + GAP
        for index, button in enumerate(reversed(buttons)):
            long = index == 0 or _label_width(page, button) > layout.columns(3)
            across = layout.columns(4 if long else 3)
            x -= across + GAP
            page.place(PressButton(button, "primary" if primary and index == 0 else "secondary"), x, y, across, 144)
        return x
    x = float(layout.left)
    for index, (button, wide) in enumerate(zip(buttons, _action_widths(page, buttons), strict=True)):
        last = primary and index == len(buttons) - 1
        page.place(PressButton(button, "primary" if last else "secondary"), x, y, wide, 144)
        x += wide + GAP
    return layout.left


def _action_widths(page: Page, buttons: Sequence[Button]) -> tuple[float, ...]:
    """Of the buttons of an upright action bar: the design's widths; where words are too long for them, what each needs and an equal share more."""
    room = page.layout.content_width - GAP * (len(buttons) - 1)
    needs = [_label_width(page, button) for button in buttons]
    even = (room / len(buttons),) * len(buttons)
    for widths in ((312.0, 648.0), even) if len(buttons) == 2 else (even,):
        if all(need <= width for need, width in zip(needs, widths, strict=True)):
            return widths
    return tuple(need + (room - sum(needs)) / len(needs) for need in needs)


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
    width: float = 984,
    height: int = 144,
) -> None:
    """Page back, where we are, page on, in `width`; nothing if there is one page only."""
    if previous is None and next_ is None:
        return
    layout = page.layout
    y = layout.action_top if y is None else y
    x = (layout.right - width if layout.wide else layout.left) if x is None else x
    each = min((width - page.measure(text, size="head") - 4) / 2 - GAP, 312)
    if previous:
        page.place(PressButton(previous, "secondary"), x, y, each, height)
    page.place(Text(text, size="head", align="center"), x + each + GAP, y, width - 2 * (each + GAP), height)
    if next_:
        page.place(PressButton(next_, "secondary"), x + width - each, y, each, height)
