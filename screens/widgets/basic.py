"""The still elements: box, text, icon, the mark 印, panel, bars, ring, QR code, picture. None of them can be pressed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import segno
from kivy.clock import Clock
from kivy.graphics import BorderImage
from kivy.graphics import Color as Tint
from kivy.graphics.texture import Texture

from kiosk.views import Panel, Tone
from screens.theme import Color, Size
from screens.widgets.brush import Align, Brush, VAlign
from screens.widgets.element import Element, Live, Mounted, Page, State
from screens.widgets.skin import ATTENTION, CARD, DONE, MARK, TINT, Style, nine_patch


@dataclass(frozen=True)
class Box(Element):
    """A rounded box of a style of `skin.py`."""

    style: Style = CARD

    def paint(self, brush: Brush, state: State) -> None:
        brush.box(0, 0, brush.width, brush.height, self.style)


@dataclass(frozen=True)
class Fill(Element):
    """A plain rectangle: dividers, bands, bars."""

    color: Color

    def paint(self, brush: Brush, state: State) -> None:
        brush.fill(0, 0, brush.width, brush.height, self.color)


@dataclass(frozen=True)
class Text(Element):
    """Text in a box, the arguments of `Brush.text`."""

    text: str
    size: Size = "body"
    color: Color = "ink"
    bold: bool = False
    align: Align = "left"
    valign: VAlign = "middle"
    lines: int = 1
    fit: tuple[Size, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    span_color: Color = "blue"
    balance: bool = False

    def paint(self, brush: Brush, state: State) -> None:
        brush.text(
            0, 0, brush.width, brush.height, self.text, size=self.size, color=self.color, bold=self.bold, align=self.align,
            valign=self.valign, lines=self.lines, fit=self.fit, spans=self.spans, span_color=self.span_color, balance=self.balance,
        )  # fmt: skip


@dataclass(frozen=True)
class IconText(Element):
    """An icon and a line of text after it, as one: left, centered or right in the box."""

    icon: str
    text: str
    size: Size = "body"
    color: Color = "ink"
    icon_color: Color | None = None
    icon_size: int = 32
    gap: int = 12
    bold: bool = False
    align: Align = "left"

    def paint(self, brush: Brush, state: State) -> None:
        ink = self.icon_size + self.gap if self.icon else 0
        wide = min(brush.measure(self.text, size=self.size, bold=self.bold) + ink, brush.width)
        x = {"left": 0.0, "center": (brush.width - wide) / 2, "right": brush.width - wide}[self.align]
        brush.icon(x, 0, self.icon_size, brush.height, self.icon, size=self.icon_size, color=self.icon_color or self.color)
        brush.text(x + ink, 0, wide - ink + 1, brush.height, self.text, size=self.size, color=self.color, bold=self.bold)


@dataclass(frozen=True)
class Icon(Element):
    """An icon in the middle of its box; `size` px, the smaller side of the box if 0."""

    name: str
    color: Color = "ink"
    size: int = 0

    def paint(self, brush: Brush, state: State) -> None:
        brush.icon(0, 0, brush.width, brush.height, self.name, size=self.size or min(brush.width, brush.height), color=self.color)


@dataclass(frozen=True)
class IconTile(Element):
    """An icon on a rounded square."""

    name: str
    size: int
    color: Color = "blue"
    style: Style = TINT

    def paint(self, brush: Brush, state: State) -> None:
        brush.box(0, 0, brush.width, brush.height, self.style)
        brush.icon(0, 0, brush.width, brush.height, self.name, size=self.size, color=self.color)


@dataclass(frozen=True)
class SealMark(Element):
    """The mark: 印 in white on seal red. `outline` px of white around it, on the blue page. A drawing, not type."""

    radius: int = 12
    outline: int = 0

    def paint(self, brush: Brush, state: State) -> None:
        style = Style(MARK.fill, "white" if self.outline else None, self.outline, self.radius)
        brush.box(0, 0, brush.width, brush.height, style)
        brush.drawing(0, 0, brush.width, brush.height, "印", share=2 / 3, color="white")


#: Box, icon and icon color of a tone.
TONES: dict[Tone, tuple[Style, str, Color]] = {
    Tone.PLAIN: (CARD, "information-outline", "ink2"),
    Tone.INFO: (TINT, "information-outline", "blue"),
    Tone.DONE: (DONE, "check-circle-outline", "green"),
    Tone.ATTENTION: (ATTENTION, "alert-circle-outline", "amber_ink"),
}


@dataclass(frozen=True)
class PanelBox(Element):
    """A tinted box: icon at +32, text at +112; two lines if there is a detail, each wrapping."""

    panel: Panel
    icon: str = ""
    size: Size = "body"

    def paint(self, brush: Brush, state: State) -> None:
        style, usual, color = TONES[self.panel.tone]
        brush.box(0, 0, brush.width, brush.height, style)
        brush.icon(32, 0, 56, brush.height, self.icon or usual, size=56, color=color)
        room = brush.width - 112 - 32
        line = brush.theme.size(self.size).line
        bold = bool(self.panel.detail)
        first = len(brush.set(self.panel.text, room, size=self.size, bold=bold, lines=9).lines)
        second = len(brush.set(self.panel.detail, room, lines=9).lines) if self.panel.detail else 0
        below = second * brush.theme.size("body").line
        most = max(int((brush.height - below) // line), 1)
        first = min(first, most)
        y = (brush.height - first * line - below) / 2
        brush.text(112, y, room, first * line, self.panel.text, size=self.size, bold=bold, lines=first, valign="top", balance=first == 2)
        if second:
            brush.text(112, y + first * line, room, below, self.panel.detail, lines=second, valign="top", balance=second == 2)


def panel_height(page: Page, panel: Panel, width: float, *, size: Size = "body", least: int = 136) -> int:
    """How high a `PanelBox` of that width has to be: its lines and 26 px above and below."""
    room = width - 112 - 32
    lines = page.lines_of(panel.text, room, size=size, bold=bool(panel.detail)) * page.line(size)
    lines += page.lines_of(panel.detail, room) * page.line() if panel.detail else 0
    return max(lines + 52, least)


@dataclass(frozen=True)
class ProgressBar(Element):
    """How far something is, 0..1; ends are round."""

    share: float

    def paint(self, brush: Brush, state: State) -> None:
        radius = int(brush.height / 2)
        brush.box(0, 0, brush.width, brush.height, Style("sunk", radius=radius))
        done = max(min(self.share, 1.0), 0.0) * brush.width
        if done >= 1:
            brush.box(0, 0, max(done, brush.height), brush.height, Style("blue", radius=radius))


class MovingBar(Live):
    """A piece that wanders through a bar while something is under way; some ten steps a second, drawn by its rectangle only."""

    STEPS_PER_S = 12
    PIECE = 0.4

    def __init__(self, mounted: Mounted, x: float, y: float, w: float, h: float, piece: Color) -> None:
        super().__init__(mounted)
        self._box = (x, y, w, h)
        self._piece: Color = piece
        self._step = 0
        self._image: BorderImage | None = None
        self._hang()
        self._clock = Clock.schedule_interval(self._move, 1 / self.STEPS_PER_S)

    def _place(self) -> tuple[tuple[int, int], tuple[int, int]]:
        x, y, w, h = self._box
        share = (self._step % 24) / 24 * (1 + self.PIECE) - self.PIECE
        left, right = max(share, 0.0) * w, min(share + self.PIECE, 1.0) * w
        left, right = (left, max(right, left + h)) if left + h <= w else (w - h, w)
        page = self.mounted.page
        px, py = self.mounted.place[:2]
        x0, y0, x1, y1 = page.layout.to_screen(px + x + left, py + y, right - left, h)
        return (x0, page.layout.screen_height - y1), (x1 - x0, y1 - y0)

    def _hang(self) -> None:
        page = self.mounted.page
        style = Style(self._piece, radius=int(self._box[3] / 2))
        texture, edge = nine_patch(style, page.theme, page.layout.scale)
        pos, size = self._place()
        self._image = BorderImage(pos=pos, size=size, texture=texture, border=(edge,) * 4, display_border=(self._box[3] / 2,) * 4)
        self.mounted.group.add(Tint(1, 1, 1, 1))
        self.mounted.group.add(self._image)

    def _move(self, _: float) -> None:
        self._step += 1
        assert self._image is not None
        self._image.pos, self._image.size = self._place()
        self.mounted.damage(*self._box)

    def changed(self, mounted: Mounted) -> None:
        super().changed(mounted)
        self._hang()

    def gone(self) -> None:
        self._clock.cancel()


@dataclass(frozen=True)
class BusyBar(Element):
    """Something is under way and nobody knows how far."""

    name: str = "busy_bar"

    @property
    def ident(self) -> str:
        return self.name

    def paint(self, brush: Brush, state: State) -> None:
        brush.box(0, 0, brush.width, brush.height, Style("sunk", radius=int(brush.height / 2)))

    def live(self, mounted: Mounted) -> Live | None:
        return MovingBar(mounted, 0, 0, mounted.place[2], mounted.place[3], "blue")


@dataclass(frozen=True)
class Ring(Element):
    """What is left of a time, 0..1: a ring that begins at 12 o'clock and shrinks clockwise; the number stands in it."""

    share: float
    number: str
    label: str
    thickness: int = 24

    def paint(self, brush: Brush, state: State) -> None:
        diameter = round(min(brush.width, brush.height) * brush.layout.scale)
        colors = tuple(brush.theme.rgba(color) for color in ("card", "line", "blue"))
        pixels = _ring_pixels(diameter, self.thickness * brush.layout.scale, self.share, colors)
        texture = Texture.create(size=(diameter, diameter), colorfmt="rgba")
        texture.blit_buffer(pixels, colorfmt="rgba", bufferfmt="ubyte")
        side = diameter / brush.layout.scale
        brush.picture((brush.width - side) / 2, (brush.height - side) / 2, side, side, texture)
        middle = brush.height / 2
        brush.text(0, middle - 102, brush.width, 166, self.number, size="display", bold=True, align="center")
        brush.text(0, middle + 62, brush.width, 52, self.label, size="head", color="ink2", align="center")


def _ring_pixels(diameter: int, thickness: float, share: float, colors: tuple[tuple[float, ...], ...]) -> bytes:
    """RGBA rows from the bottom: disc, track and the blue part with round ends, smooth by distance."""
    disc, track, part = (np.array(color[:3], dtype=np.float32) for color in colors)
    at = np.arange(diameter, dtype=np.float32) + 0.5 - diameter / 2
    x, y = at[None, :], at[:, None]
    middle = diameter / 2 - thickness / 2
    far = np.hypot(x, y)
    on_track = np.clip(thickness / 2 - np.abs(far - middle) + 0.5, 0, 1)
    share = max(min(share, 1.0), 0.0)
    # clockwise from 12 o'clock; what is left ends at 12, so the beginning moves on
    angle = np.mod(np.arctan2(x, y), 2 * np.pi)
    begin = (1 - share) * 2 * np.pi
    on_part = np.where(angle >= begin, on_track, 0) if share > 0 else np.zeros_like(on_track)
    if 0 < share < 1:
        for end in (begin, 0.0):
            near = np.hypot(x - np.sin(end) * middle, y - np.cos(end) * middle)
            on_part = np.maximum(on_part, np.clip(thickness / 2 - near + 0.5, 0, 1))
    color = disc * (1 - on_track[..., None]) + track * on_track[..., None]
    color = color * (1 - on_part[..., None]) + part * on_part[..., None]
    alpha = np.clip(diameter / 2 - far + 0.5, 0, 1)
    picture = np.concatenate([color, alpha[..., None]], axis=2)
    return (picture * 255).round().astype(np.uint8).tobytes()


@dataclass(frozen=True)
class QrImage(Element):
    """A QR code in the middle of its box, level M, whole px a module. The caller leaves four modules of white around."""

    text: str

    def paint(self, brush: Brush, state: State) -> None:
        if not self.text:
            return
        matrix = np.array([[bool(module) for module in row] for row in segno.make(self.text, error="m", micro=False).matrix])
        count = matrix.shape[0]
        scale = brush.layout.scale
        module = max(int(min(brush.width, brush.height) * scale // count), 1)
        pixels = np.where(matrix[::-1], 0, 255).astype(np.uint8).repeat(module, axis=0).repeat(module, axis=1)
        side = count * module
        texture = Texture.create(size=(side, side), colorfmt="luminance")
        texture.mag_filter = texture.min_filter = "nearest"
        texture.blit_buffer(np.ascontiguousarray(pixels).tobytes(), colorfmt="luminance", bufferfmt="ubyte")
        brush.picture((brush.width - side / scale) / 2, (brush.height - side / scale) / 2, side / scale, side / scale, texture)
