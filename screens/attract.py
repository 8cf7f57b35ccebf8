"""Nobody is there: the whole blue screen is the button. Clock, what can be done here, and one line if a device is out."""

from __future__ import annotations

from dataclasses import dataclass

from kivy.clock import Clock

from kiosk.events import Woken
from kiosk.views import AttractView
from screens.widgets import Element, Fill, IconText, Live, Mounted, Page, SealMark, State, Style, Text
from screens.widgets.brush import Brush
from screens.widgets.chrome import band
from screens.widgets.skin import TINT, WHITE

#: Seconds that one line of the loop stays (design: a plain swap every 6 s).
LOOP_S = 6.0
#: Icons of the first three ways; the view names the ways only.
WAY_ICONS = ("file-document-edit-outline", "text-box-search-outline", "progress-clock")


@dataclass(frozen=True)
class LoopLines(Element):
    """What can be done here, one line at a time, with a mark for each. A line may have a second part after a line feed."""

    lines: tuple[str, ...]

    @property
    def ident(self) -> str:
        return "attract_loop"

    def paint(self, brush: Brush, state: State) -> None:
        self.paint_line(brush, 0)

    def paint_line(self, brush: Brush, index: int) -> None:
        """The line of that index as it is shown."""
        if not self.lines:
            return
        first, _, second = self.lines[index % len(self.lines)].partition("\n")
        # the marks stay where they are, whichever line is shown
        rows = max(
            min(len(brush.set(line.partition("\n")[0], brush.width, size="title", bold=True, lines=2).lines), 2) for line in self.lines
        )
        brush.text(0, 0, brush.width, 84 * rows, first, size="title", color="white", bold=True, lines=rows, valign="bottom", balance=True)
        brush.text(0, 84 * rows + 8, brush.width, 52, second, size="head", fit=("body",), color="white")
        y = 84 * rows + (92 if any("\n" in line for line in self.lines) else 24)
        for mark in range(len(self.lines)):
            brush.box(mark * 40, y, 24, 8, Style("white" if mark == index % len(self.lines) else "blue_line", radius=4))

    def live(self, mounted: Mounted) -> Live | None:
        return _Turning(mounted, self) if len(self.lines) > 1 else None


class _Turning(Live):
    def __init__(self, mounted: Mounted, element: LoopLines) -> None:
        super().__init__(mounted)
        self._element = element
        self._index = 0
        self._clock = Clock.schedule_interval(self._turn, LOOP_S)

    def _turn(self, _: float) -> None:
        self._index += 1
        self._show()

    def _show(self) -> None:
        self.mounted.group.clear()
        self._element.paint_line(self.mounted.brush(), self._index)
        self.mounted.damage()

    def changed(self, mounted: Mounted) -> None:
        super().changed(mounted)
        assert isinstance(mounted.element, LoopLines)
        self._element = mounted.element
        self._show()

    def gone(self) -> None:
        self._clock.cancel()


@dataclass(frozen=True)
class WayCard(Element):
    """A way in, to look at: a touch anywhere leads to home."""

    icon: str
    text: str

    def paint(self, brush: Brush, state: State) -> None:
        title, _, note = self.text.partition("\n")
        h = brush.height
        brush.box(0, 0, brush.width, h, WHITE)
        brush.box(48, (h - 112) / 2, 112, 112, TINT)
        brush.icon(48, (h - 112) / 2, 112, 112, self.icon, size=72, color="blue")
        room = brush.width - 200 - 32
        y = (h - (134 if note else 84)) / 2
        brush.text(200, y, room, 84, title, size="title", fit=("head",), bold=True)
        brush.text(200, y + 92, room, 42, note, color="ink2")


def draw(page: Page, view: AttractView) -> None:
    """Blue is the clear color; white cards for the ways."""
    page.ground = "blue"
    page.any_touch = Woken()
    (_wide if page.layout.wide else _upright)(page, view)


def _upright(page: Page, view: AttractView) -> None:
    band(page, view.band, across=True)
    page.place(SealMark(radius=20, outline=4), 48, 72, 128, 128)
    page.place(Text(view.center_name, size="title", fit=("head",), color="white", bold=True), 208, 70, 824, 84)
    page.place(Text(view.product_line, size="head", color="white"), 208, 152, 824, 52)
    _clock(page, view, 48, 280)
    page.place(Fill("blue_line"), 48, 488, 984, 1)
    page.place(LoopLines(view.loop), 48, 540, 984, 272)
    for index, text in enumerate(view.ways[:3]):
        page.place(WayCard(WAY_ICONS[index], text), 48, 832 + 240 * index, 984, 216)
    _invitation(page, view, 48, 1620, 984)
    if view.fault_line:
        page.place(IconText("alert-circle-outline", view.fault_line, color="white", align="center"), 48, 1856, 984, 42)


def _wide(page: Page, view: AttractView) -> None:
    band(page, view.band, across=True)
    page.place(SealMark(radius=20, outline=4), 48, 72, 128, 128)
    page.place(Text(view.center_name, size="title", fit=("head",), color="white", bold=True), 208, 70, 816, 84)
    page.place(Text(view.product_line, size="head", color="white"), 208, 152, 816, 52)
    _clock(page, view, 48, 280)
    page.place(Fill("blue_line"), 48, 488, 912, 1)
    page.place(LoopLines(view.loop), 48, 528, 912, 272)
    for index, text in enumerate(view.ways[:3]):
        page.place(WayCard(WAY_ICONS[index], text), 1068, 72 + 240 * index, 804, 216)
    _invitation(page, view, 48, 832, 1824)
    if view.fault_line:
        page.place(IconText("alert-circle-outline", view.fault_line, color="white", align="center"), 48, 1008, 1824, 42)


def _clock(page: Page, view: AttractView, x: int, y: int) -> None:
    page.place(Text(view.clock, size="display", color="white", bold=True), x, y, 384, 166)
    # day over weekday, beside the clock
    page.place(Text(view.date.replace(" ", "\n", 1), size="head", color="white", lines=2), x + 392, y + 38, 520, 104)


def _invitation(page: Page, view: AttractView, x: int, y: int, w: int) -> None:
    first, _, second = view.invitation.partition("\n")
    page.place(IconText("gesture-tap", first, size="title", color="white", icon_size=80, gap=24, bold=True, align="center"), x, y, w, 96)
    page.place(Text(second, size="head", color="white", align="center"), x, y + 104, w, 52)
