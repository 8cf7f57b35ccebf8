"""What stands around the content of a page that offers a choice or something to read: question, chips, notice, pager, actions; and the room
that they leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.views import Button, PageView, Panel
from screens.theme import GAP
from screens.widgets import chrome
from screens.widgets.basic import PanelBox, Text, panel_height
from screens.widgets.button import PressButton
from screens.widgets.element import Page

#: Height of chips, and of a pager that is not in the place of the actions.
_LOW = 120
#: The least width of a pager beside the actions of a wide page.
_PAGER = 640
#: Columns of a wide page that the question has, where it stands beside the content.
_ASIDE = 4
#: From which page it is to the pager below.
_PAGE_LINE = 50
#: What a notice can spare of the space over and under its words.
_PADDING = 44


@dataclass(frozen=True)
class Around:
    """What a page has around its content, besides its question."""

    notice: Panel | None = None
    actions: tuple[Button, ...] = ()
    previous: Button | None = None
    next: Button | None = None
    page: str = ""
    chips: tuple[Button, ...] = ()
    #: None of the actions is what the page is about: none is blue.
    quiet: bool = False
    #: The least height of the notice, px.
    least_notice: int = 136

    @property
    def paged(self) -> bool:
        """Whether there is more than one page."""
        return self.previous is not None or self.next is not None


@dataclass(frozen=True)
class Room:
    """Where the content goes, px. `foot_end`: x up to which the row of the actions below it is free."""

    x: float
    y: float
    w: float
    h: float
    foot_end: float = 0

    @property
    def bottom(self) -> float:
        """y where it ends."""
        return self.y + self.h


def surround(page: Page, view: PageView, around: Around) -> Room:
    """Frame, question over the content, everything else below it; returns the room between them. Wide: the notice is beside the question."""
    chrome.frame(page, view)
    layout = page.layout
    if not layout.wide:
        return _upright(page, view, around)
    width = layout.content_width
    if around.notice:
        long = page.measure(view.title, size="title", bold=True) > layout.columns(6)
        wide = layout.columns(5 if long else 6)
        top = chrome.title(page, view, width=int(width - wide - GAP))
        y = layout.title_top(stepper=bool(view.chrome.steps)) - 4
        high = _beside_title(page, around, wide, top - y)
        page.place(PanelBox(around.notice), layout.right - wide, y, wide, high)
        top = max(top, int(y + high))
    else:
        top = chrome.title(page, view)
    top += GAP
    bottom, foot_end = _foot(page, around)
    return Room(layout.left, top, width, bottom - top, foot_end)


def _beside_title(page: Page, around: Around, width: float, title: float) -> float:
    """Height of the notice: its own, or less of its padding where that is higher than the question beside it, for height is dear."""
    assert around.notice is not None
    own = panel_height(page, around.notice, width, least=around.least_notice)
    return min(own, max(title, panel_height(page, around.notice, width, least=0) - _PADDING))


def beside(page: Page, view: PageView, around: Around) -> Room:
    """The same, but on a wide page question, chips, notice and pager have a column of their own, left of the content."""
    if not page.layout.wide:
        return surround(page, view, around)
    chrome.frame(page, view)
    layout = page.layout
    column = layout.columns(_ASIDE)
    bottom = _foot_aside(page, around, column)
    top = layout.title_top(stepper=bool(view.chrome.steps))
    notice = panel_height(page, around.notice, column) if around.notice else 0
    fewest = 1 if len(around.chips) < 3 else 2
    # as large as there is room for: the question on two lines, the chips below each other
    for large, across in ((2, fewest), (1, fewest), (1, 2)):
        high = chrome.title_height(page, view, column, large=large) + GAP + _chips_height(around.chips, across)
        if top + high + notice <= bottom:
            break
    y: float = chrome.title(page, view, width=column, large=large) + GAP
    y += _chips(page, around.chips, layout.left, y, column, across=across)
    if around.notice:
        page.place(PanelBox(around.notice), layout.left, y, column, notice)
    x = layout.left + column + GAP
    end = layout.action_top - GAP if around.actions else layout.content_bottom
    return Room(x, top, layout.right - x, end - top)


def _foot_aside(page: Page, around: Around, column: float) -> float:
    """The actions at the right, the pager under the question's column, above the actions if they reach so far; returns where the column ends."""
    layout = page.layout
    left_end = chrome.actions(page, around.actions, primary=not around.quiet)
    if not around.paged:
        return layout.content_bottom if left_end > layout.left + column else layout.action_top - GAP
    above = left_end < layout.left + column + GAP
    y, high = (layout.action_top - GAP - _LOW, _LOW) if above else (layout.action_top, 144)
    chrome.pager(page, around.previous, around.next, "", x=layout.left, y=y, width=column, height=high)
    page.place(Text(around.page, color="ink2", align="center"), layout.left, y - _PAGE_LINE, column, 42)
    return y - _PAGE_LINE - 8


def _upright(page: Page, view: PageView, around: Around) -> Room:
    layout = page.layout
    width = layout.content_width
    top: float = chrome.title(page, view) + GAP
    top += _chips(page, around.chips, layout.left, top, width, across=len(around.chips))
    bottom, _ = _foot(page, around)
    if around.notice:
        high = panel_height(page, around.notice, width, least=around.least_notice)
        bottom -= high
        page.place(PanelBox(around.notice), layout.left, bottom, width, high)
        bottom -= GAP
    return Room(layout.left, top, width, bottom - top)


def _foot(page: Page, around: Around) -> tuple[float, float]:
    """Pager and actions; returns y where what is above them has to end, and x where they begin. Upright the pager is above the actions, wide left
    of them.
    """
    layout = page.layout
    left_end = chrome.actions(page, around.actions, primary=not around.quiet)
    above = layout.action_top - GAP
    if not around.paged:
        if around.actions:
            return above, left_end
        return (layout.content_bottom if layout.wide else layout.action_top + 144), left_end
    free = left_end - GAP - layout.left
    if not around.actions:
        _pager(page, around, layout.action_top, 984, 144)
    elif layout.wide and free >= _PAGER:
        _pager(page, around, layout.action_top, min(free, 984), 144, x=layout.left)
    else:
        above -= _LOW
        _pager(page, around, above, 984, _LOW)
        above -= GAP
    return above, layout.left


def _pager(page: Page, around: Around, y: float, width: float, height: int, *, x: float | None = None) -> None:
    chrome.pager(page, around.previous, around.next, around.page, x=x, y=y, width=width, height=height)


def _chips(page: Page, chips: Sequence[Button], x: float, y: float, w: float, *, across: int) -> float:
    """Chips side by side, `across` a row; returns the height that they take with the gap below. The chosen one has a tick if there is room."""
    if not chips:
        return 0
    each = (w - GAP * (across - 1)) / across
    for index, chip in enumerate(chips):
        ticked = replace(chip, icon="check-bold") if chip.selected and not chip.icon else chip
        fits = page.measure(chip.label, size="head", bold=True) + 64 + 48 <= each
        page.place(
            PressButton(ticked if fits else chip, "chip"), x + index % across * (each + GAP), y + index // across * (_LOW + GAP), each, _LOW
        )
    return _chips_height(chips, across)


def _chips_height(chips: Sequence[Button], across: int) -> float:
    return -(-len(chips) // across) * (_LOW + GAP) if chips else 0
