"""A guide: three facts on top, the sections in a card, its code to take away, print, apply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.views import Button, GuideView, Panel
from screens.theme import GAP
from screens.widgets import Box, Element, Page, PanelBox, PressButton, QrImage, State, Text, chrome, panel_height
from screens.widgets.basic import TONES
from screens.widgets.brush import Brush
from screens.widgets.guide_sections import place_sections
from screens.widgets.skin import CARD


@dataclass(frozen=True)
class Facts(Element):
    """Label over value, side by side in a card, a hairline between; long values wrap smaller."""

    facts: tuple[tuple[str, str], ...]

    def paint(self, brush: Brush, state: State) -> None:
        brush.box(0, 0, brush.width, brush.height, CARD)
        if not self.facts:
            return
        between = 64.0
        room = brush.width - 80 - between * (len(self.facts) - 1)
        natural = [max(brush.measure(label), brush.measure(value, size="head", bold=True)) + 1 for label, value in self.facts]
        widths = _shared(natural, room)
        spare = (room - sum(widths)) / len(widths)
        x = 40.0
        for index, ((label, value), own) in enumerate(zip(self.facts, widths, strict=True)):
            if index:
                brush.fill(x - between / 2, 32, 1, brush.height - 64, "line")
            wide = own + spare
            short = brush.measure(value, size="head", bold=True) <= wide
            lines = 1 if short else min(len(brush.set(value, wide, bold=True, lines=9).lines), 2)
            high = 52 if lines == 1 else 42 * lines
            y = (brush.height - 42 - 8 - high) / 2
            brush.text(x, y, wide, 42, label, color="ink2")
            brush.text(x, y + 50, wide, high, value, size="head" if short else "body", bold=True, lines=lines)
            x += wide + between


def _shared(natural: Sequence[float], room: float) -> list[float]:
    """Each its natural width while there is room; else the widest give way until all fit."""
    widths = list(natural)
    while sum(widths) > room + 0.5:
        widest = max(widths)
        wide = [index for index, width in enumerate(widths) if width >= widest - 0.5]
        next_ = max((width for width in widths if width < widest - 0.5), default=0.0)
        less = min((sum(widths) - room) / len(wide), widest - next_)
        for index in wide:
            widths[index] -= less
    return widths


@dataclass(frozen=True)
class CodeCard(Element):
    """Title and note of the code; the code itself is placed over it. `beside`: words right of the code."""

    title: str
    note: str
    side: int
    beside: bool = False

    def paint(self, brush: Brush, state: State) -> None:
        w, h = brush.width, brush.height
        brush.box(0, 0, w, h, CARD)
        if self.beside:
            x = self.side + 2 * 32
            lines = len(brush.set(self.note, w - x - 24, lines=3).lines)
            y = (h - 60 - lines * 42) / 2
            brush.text(x, y, w - x - 24, 52, self.title, size="head", fit=("body",), bold=True)
            brush.text(x, y + 60, w - x - 24, lines * 42, self.note, color="ink2", lines=lines, valign="top", balance=True)
            return
        lines = len(brush.set(self.note, w - 32, lines=3).lines)
        y = self.code_top(h, lines) + self.side + 24
        brush.text(8, y, w - 16, 52, self.title, size="head", fit=("body",), bold=True, align="center")
        brush.text(16, y + 60, w - 32, lines * 42, self.note, color="ink2", align="center", lines=lines, valign="top", balance=True)

    def code_top(self, height: float, lines: int) -> float:
        """y of the code in a card of that height."""
        return (height - self.side - 24 - 60 - lines * 42) / 2


@dataclass(frozen=True)
class NoticeBox(Element):
    """A panel in a narrow column: its words only, the tint and their place say what it is."""

    panel: Panel

    def paint(self, brush: Brush, state: State) -> None:
        style, _, color = TONES[self.panel.tone]
        w, h = brush.width, brush.height
        brush.box(0, 0, w, h, style)
        room = w - 48
        first = len(brush.set(self.panel.text, room, bold=True, lines=9).lines)
        second = min(len(brush.set(self.panel.detail, room, lines=9).lines), int((h - 16) // 42) - first) if self.panel.detail else 0
        y = (h - (first + second) * 42) / 2
        brush.text(24, y, room, first * 42, self.panel.text, bold=True, color=color, lines=first, valign="top")
        if second > 0:
            brush.text(24, y + first * 42, room, second * 42, self.panel.detail, lines=second, valign="top")


#: What the words under a code take, on two lines, with the space around.
_CODE_WORDS = 24 + 60 + 84 + 32


def draw(page: Page, view: GuideView) -> None:
    """Upright: sections left, code and buttons right, apply below. Wide: sections in two columns, the rest right of them."""
    chrome.frame(page, view)
    (_wide if page.layout.wide else _upright)(page, view)


def _title(page: Page, view: GuideView, x: int, y: int, w: int) -> None:
    page.place(Text(view.subtitle, color="ink2"), x, y, w, 42)
    long = page.measure(view.title, size="title", bold=True) > w
    page.place(
        Text(view.title, size="head" if long else "title", bold=True, lines=2 if long else 1, balance=True),
        x,
        y + 42,
        w,
        104 if long else 84,
    )


def _code(page: Page, view: GuideView, x: float, y: float, w: float, h: float, side: int, *, beside: bool = False) -> None:
    card = CodeCard(view.qr_title, view.qr_note, side, beside)
    page.place(card, x, y, w, h)
    if view.qr:
        lines = page.lines_of(view.qr_note, w - 32)
        page.place(
            QrImage(view.qr),
            x + (32 if beside else (w - side) / 2),
            y + ((h - side) / 2 if beside else card.code_top(h, lines)),
            side,
            side,
        )


def _upright(page: Page, view: GuideView) -> None:
    _title(page, view, 48, 152, 984)
    page.place(Facts(view.facts), 48, 304, 984, 176)
    bottom = 1536.0
    x, w = (384, 648) if view.larger else (48, 984)
    if view.larger:
        page.place(PressButton(view.larger, "secondary"), 48, 1560, 312, 144)
    if view.elsewhere:  # who does it instead stands where the button would
        high = panel_height(page, view.elsewhere, w, least=144)
        page.place(PanelBox(view.elsewhere, icon="map-marker-outline"), x, 1704 - high, w, high)
        bottom = 1704 - high - GAP
    else:
        page.place(PressButton(view.apply, "primary"), x, 1560, w, 144)
    page.place(Box(CARD), 48, 504, 648, bottom - 504)
    place_sections(page, view.sections, [(96, 528, 552, bottom - 504 - 48)], large=view.large)
    notice = 240 if view.notice else 0
    # from below: notice, more, print; the code takes what is left
    y = bottom
    if view.notice:
        y -= notice
        page.place(NoticeBox(view.notice), 720, y, 312, notice)
        y -= GAP
    button = 144 if view.notice and view.more else 240
    for action in (view.more, view.print):
        if action:
            y -= button
            page.place(PressButton(action, "secondary", "column", icon_size=72), 720, y, 312, button)
            y -= GAP
    _code(page, view, 720, 504, 312, y - 504, min(248, int(y - 504) - _CODE_WORDS))


def _wide(page: Page, view: GuideView) -> None:
    _title(page, view, 240, 112, 1080)
    page.place(Facts(view.facts), 240, 264, 1080, 168)
    page.place(Box(CARD), 240, 456, 1080, 600)
    place_sections(page, view.sections, [(280, 480, 476, 552), (804, 480, 476, 552)], one=(280, 480, 1000, 552), large=view.large)
    x, w, y = 1344, 528, 1056.0
    if view.elsewhere:
        high = panel_height(page, view.elsewhere, w, least=144)
        y -= high
        page.place(PanelBox(view.elsewhere, icon="map-marker-outline"), x, y, w, high)
    else:
        y -= 144
        page.place(PressButton(view.apply, "primary"), x, y, w, 144)
    for pair in _pairs(view):
        y -= GAP + 144
        each = (w - GAP * (len(pair) - 1)) / len(pair)
        for index, button in enumerate(pair):
            page.place(PressButton(button, "secondary"), x + index * (each + GAP), y, each, 144)
    if view.notice:
        high = panel_height(page, view.notice, w)
        y -= GAP + high
        page.place(PanelBox(view.notice), x, y, w, high)
    room = y - GAP - 112
    beside = room < 440
    _code(page, view, x, 112, w, room, min(int(room) - 48, 248) if beside else min(int(room) - 240, 360), beside=beside)


def _pairs(view: GuideView) -> list[tuple[Button, ...]]:
    """The further buttons of a wide page from below: each a row of its own, but two where there are three and the code needs the height."""
    buttons = [button for button in (view.more, view.print, view.larger) if button]
    if len(buttons) < 3:
        return [(button,) for button in buttons]
    return [(buttons[0],), (buttons[2], buttons[1])]
