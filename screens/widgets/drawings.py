"""Flat drawings of what lies around the screen: an ID card, the reader, the paper slot, the code reader. They explain; nothing is pressed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from screens.theme import Color
from screens.widgets.brush import Brush
from screens.widgets.element import Element, State
from screens.widgets.skin import Style

#: The drawing of a card is made for 420 × 265; other sizes follow its width.
CARD_WIDTH, CARD_HEIGHT = 420, 265

#: Lines of text on the drawn card: x, y, width, height, color.
_CARD_LINES: tuple[tuple[int, int, int, int, Color], ...] = (
    (34, 50, 120, 14, "line2"),
    (34, 86, 84, 14, "line2"),
    (134, 86, 60, 14, "line2"),
    (34, 122, 200, 14, "line2"),
    (34, 154, 150, 14, "line2"),
    (34, 212, 352, 16, "edge"),
)


def paint_card(brush: Brush, x: float, y: float, width: float) -> None:
    """An ID card of `width` px with its upper left corner at (x, y)."""
    k = width / CARD_WIDTH
    brush.box(x, y, width, CARD_HEIGHT * k, Style("card", "edge", max(round(4 * k), 2), round(18 * k)))
    brush.box(x + 286 * k, y + 48 * k, 100 * k, 128 * k, Style("sunk", radius=round(6 * k)))
    brush.disc(x + 312 * k, y + 70 * k, 48 * k, "edge")
    brush.disc(x + 296 * k, y + 130 * k, 80 * k, "edge")
    brush.fill(x + 286 * k, y + 176 * k, 100 * k, 36 * k, "card")  # the shoulders end with the photograph
    for left, top, wide, high, color in _CARD_LINES:
        brush.box(x + left * k, y + top * k, wide * k, high * k, Style(color, radius=round(high * k / 2)))


#: What each state of the reader is drawn with: ground, frame, icon, and the height that it needs at a width of 700.
_READER: dict[str, tuple[Color, Color, str, int]] = {
    "waiting": ("blue_tint", "blue", "nfc-variant", 611),
    "reading": ("blue_tint", "blue", "", 325),
    "failed": ("amber_tint", "amber_ink", "refresh", 611),
    "absent": ("sunk", "edge", "alert-circle-outline", 256),
}
READER_WIDTH = 875


def reader_height(state: str) -> int:
    """Height of a `ReaderDrawing` of full width."""
    return _READER[state][3] * 5 // 4


@dataclass(frozen=True)
class ReaderDrawing(Element):
    """The reader with a card above it, on it, or none. It fills its box, at most `READER_WIDTH` wide and `reader_height` high."""

    state: Literal["waiting", "reading", "failed", "absent"] = "waiting"

    def paint(self, brush: Brush, state: State) -> None:
        ground, tone, icon, high = _READER[self.state]
        k = min(brush.width / 700, brush.height / high)
        middle, base = brush.width / 2, brush.height - 256 * k
        brush.box(middle - 350 * k, base, 700 * k, 256 * k, Style("key2"))
        brush.box(middle - 240 * k, base + 28 * k, 480 * k, 200 * k, Style(ground, tone, 4))
        if self.state == "reading":
            paint_card(brush, middle - CARD_WIDTH / 2 * k, base - 69 * k, CARD_WIDTH * k)
            return
        size = round(112 * k)
        brush.icon(middle - 240 * k, base + 28 * k, 480 * k, 200 * k, icon, size=size, color="ink2" if self.state == "absent" else tone)
        if self.state != "absent":
            paint_card(brush, middle - CARD_WIDTH / 2 * k, base - (90 + CARD_HEIGHT) * k, CARD_WIDTH * k)
            brush.icon(middle - 40 * k, base - 82 * k, 80 * k, 72 * k, "arrow-down-bold", size=round(72 * k), color=tone)


@dataclass(frozen=True)
class PaperDrawing(Element):
    """The paper slot: with paper half out (`coming`), with a whole sheet (`out`), or without. 352 × 236, or smaller as its box allows."""

    state: Literal["coming", "out", "none"] = "coming"

    def paint(self, brush: Brush, state: State) -> None:
        k = min(brush.height / 240, brush.width / 352, 1.0)
        x = (brush.width - 352 * k) / 2
        brush.box(x, 0, 352 * k, 72 * k, Style("key2", radius=10))
        brush.box(x + 32 * k, 32 * k, 288 * k, 8 * k, Style("ink" if self.state != "none" else "edge", radius=4))
        if self.state == "none":
            brush.icon(x, 100 * k, 352 * k, 112 * k, "printer-alert", size=round(112 * k), color="amber_ink")
            return
        high = 200 * k if self.state == "out" else 128 * k
        brush.fill(x + 52 * k, 36 * k, 248 * k, high, "edge")
        brush.fill(x + 52 * k + 2, 36 * k, 248 * k - 4, high - 2, "card")
        for top, wide in ((40, 200), (72, 140), (104, 170), (136, 110)):
            if (top + 24) * k < high:
                brush.box(x + 76 * k, (36 + top) * k, wide * k, 12 * k, Style("line2", radius=round(6 * k)))


@dataclass(frozen=True)
class CardUpDrawing(Element):
    """A card lifted off the reader. 360 × 248, or smaller as its box allows."""

    def paint(self, brush: Brush, state: State) -> None:
        k = min(brush.height / 248, brush.width / 360, 1.0)
        x = (brush.width - 360 * k) / 2
        brush.box(x, 184 * k, 360 * k, 64 * k, Style("key2", radius=10))
        brush.box(x + 32 * k, 212 * k, 296 * k, 8 * k, Style("blue", radius=4))
        paint_card(brush, x + 40 * k, 4 * k, 240 * k)
        brush.icon(x + 292 * k, 50 * k, 68 * k, 72 * k, "arrow-up-bold", size=round(72 * k), color="blue")


@dataclass(frozen=True)
class CodeDrawing(Element):
    """A receipt held in front of the code reader; 352 × 260, or larger as its box allows."""

    def paint(self, brush: Brush, state: State) -> None:
        k, x = _way_scale(brush)
        brush.box(x + 66 * k, 0, 220 * k, 170 * k, Style("card", "edge", 2, round(6 * k)))
        brush.icon(x + 66 * k, 14 * k, 220 * k, 108 * k, "qrcode-scan", size=round(96 * k), color="ink")
        for top, wide in ((126, 148), (146, 100)):
            brush.box(x + 102 * k, top * k, wide * k, 10 * k, Style("line2", radius=5))
        _way_reader(brush, x, k, 160)


@dataclass(frozen=True)
class CardDownDrawing(Element):
    """A card above the reader; 352 × 260, or larger as its box allows."""

    def paint(self, brush: Brush, state: State) -> None:
        k, x = _way_scale(brush)
        paint_card(brush, x + 48 * k, 0, 256 * k)
        _way_reader(brush, x, k, 288)


def _way_scale(brush: Brush) -> tuple[float, float]:
    k = min(brush.height / 260, brush.width / 352)
    return k, (brush.width - 352 * k) / 2


def _way_reader(brush: Brush, x: float, k: float, slot: int) -> None:
    """The arrow down, and the device under it with a blue slot `slot` wide."""
    brush.icon(x + 136 * k, 171 * k, 80 * k, 40 * k, "arrow-down-bold", size=round(40 * k), color="blue")
    brush.box(x, 212 * k, 352 * k, 48 * k, Style("key2", radius=10))
    brush.box(x + (352 - slot) / 2 * k, 231 * k, slot * k, 10 * k, Style("blue", radius=round(5 * k)))
