"""The live picture of the document camera with the outline of the page, and the pages taken so far. It looks at a frame handle; it knows no camera."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from kivy.clock import Clock
from kivy.graphics import Color as Tint
from kivy.graphics import InstructionGroup, SmoothLine
from kivy.graphics.texture import Texture
from PIL import Image

from kiosk.ports import FrameHandle, LiveFrame
from screens.theme import Color
from screens.widgets.brush import Brush
from screens.widgets.element import Element, Live, Mounted, State
from screens.widgets.skin import Style

#: How often the newest frame is fetched: enough to see the own hand move, at a tenth of what the screen could draw.
FRAMES_PER_S = 15
#: Dark ground kept free around the picture, so that the corner dots stay inside.
MARGIN = 24
#: Outline and dots of the page, px.
OUTLINE, DOT = 8, 36
#: The white bar with the sentence.
BAR = 72


def fitted(width: float, height: float, room: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Place of a picture of that shape in a room (x, y, w, h): as large as it gets, in the middle."""
    x, y, w, h = room
    scale = min(w / width, h / height)
    return x + (w - width * scale) / 2, y + (h - height * scale) / 2, width * scale, height * scale


@dataclass(frozen=True)
class CameraPicture(Element):
    """A dark box in which the live picture runs. `right` px at the right end are kept for the pages taken, `bottom` px for the sentence."""

    handle: FrameHandle = field(repr=False)
    good: bool = False
    right: int = 0
    bottom: int = BAR + 2 * MARGIN

    @property
    def ident(self) -> str:
        return "camera"

    @property
    def room(self) -> tuple[int, int]:
        """What is kept free at the right and at the bottom."""
        return self.right, self.bottom

    def paint(self, brush: Brush, state: State) -> None:
        brush.box(0, 0, brush.width, brush.height, Style("camera"))
        if self.handle.latest() is None:
            brush.icon(0, 0, brush.width - self.right, brush.height - self.bottom, "camera-outline", size=144, color="live")

    def live(self, mounted: Mounted) -> Live | None:
        return _Watching(mounted)


class _Watching(Live):
    """Fetches frames while the picture is on the glass, and draws nothing but its rectangle."""

    def __init__(self, mounted: Mounted) -> None:
        super().__init__(mounted)
        self._texture: Any = None
        self._shown: LiveFrame | None = None
        self._group = InstructionGroup()
        self._hang()
        self._clock = Clock.schedule_interval(self._look, 1 / FRAMES_PER_S)

    def changed(self, mounted: Mounted) -> None:
        super().changed(mounted)
        self._hang()

    def gone(self) -> None:
        self._clock.cancel()
        self._shown = None
        self._texture = None

    @property
    def _element(self) -> CameraPicture:
        element = self.mounted.element
        assert isinstance(element, CameraPicture)
        return element

    def _hang(self) -> None:
        """Hang the picture into the freshly painted element."""
        self._group = InstructionGroup()
        self.mounted.group.add(self._group)
        frame = self._element.handle.latest()
        if frame is not None:
            self._show(frame)

    def _look(self, _: float) -> None:
        frame = self._element.handle.latest()
        if frame is None or (self._shown is not None and frame.number == self._shown.number):
            return
        self._show(frame)
        self.mounted.damage()

    def _show(self, frame: LiveFrame) -> None:
        size = (frame.width, frame.height)
        if self._texture is None or tuple(self._texture.size) != size:
            self._texture = Texture.create(size=size, colorfmt="rgb")
            self._texture.flip_vertical()  # rows come from the top
        self._texture.blit_buffer(frame.pixels, colorfmt="rgb", bufferfmt="ubyte")
        self._shown = frame
        self._group.clear()
        brush = self.mounted.brush()
        brush.group = self._group
        right, bottom = self._element.room
        room = (MARGIN, MARGIN, brush.width - 2 * MARGIN - right, brush.height - MARGIN - bottom)
        place = fitted(frame.width, frame.height, room)
        brush.picture(*place, self._texture)
        if len(frame.outline) == 4:
            self._outline(brush, frame, place)

    def _outline(self, brush: Brush, frame: LiveFrame, place: tuple[float, float, float, float]) -> None:
        color: Color = "live" if self._element.good else "amber"
        left, top, w, h = place
        corners = [(left + min(max(x / frame.width, 0), 1) * w, top + min(max(y / frame.height, 0), 1) * h) for x, y in frame.outline]
        scale = brush.layout.scale
        self._group.add(Tint(*brush.theme.rgba(color)))
        ends = [coordinate for corner in corners for coordinate in brush.point(*corner)]
        self._group.add(SmoothLine(points=ends, close=True, width=OUTLINE / 2 * scale))
        for x, y in corners:
            brush.disc(x - DOT / 2, y - DOT / 2, DOT, color)


@dataclass(frozen=True)
class SentenceBar(Element):
    """What the camera makes of the page, in a white bar."""

    text: str
    good: bool

    def paint(self, brush: Brush, state: State) -> None:
        brush.box(0, 0, brush.width, brush.height, Style("card", radius=10))
        icon, color = ("check-circle", "green") if self.good else ("alert-circle-outline", "amber_ink")
        brush.icon(24, 0, 40, brush.height, icon, size=40, color=color)  # type: ignore[arg-type] # both are Colors
        brush.text(80, 0, brush.width - 104, brush.height, self.text, bold=True, lines=2, fit=("body",))


@dataclass(frozen=True)
class PageThumb(Element):
    """A page that was taken, small, with its number."""

    jpeg: bytes = field(repr=False)
    number: int

    def paint(self, brush: Brush, state: State) -> None:
        brush.box(0, 0, brush.width, brush.height, Style("card", radius=10))
        scale = brush.layout.scale
        picture = Image.open(io.BytesIO(self.jpeg))
        room = (8.0, 8.0, brush.width - 16, brush.height - 16)
        x, y, w, h = fitted(picture.width, picture.height, room)
        size = (max(round(w * scale), 1), max(round(h * scale), 1))
        picture.draft("RGB", size)  # the decoder shrinks while it reads
        small = picture.convert("RGB").resize(size, Image.Resampling.BOX)
        texture = Texture.create(size=size, colorfmt="rgb")
        texture.flip_vertical()
        texture.blit_buffer(small.tobytes(), colorfmt="rgb", bufferfmt="ubyte")
        brush.picture(x, y, w, h, texture)
        brush.disc(brush.width - 60, brush.height - 60, 52, "blue")
        brush.text(brush.width - 60, brush.height - 60, 52, 52, str(self.number), color="white", bold=True, align="center")
