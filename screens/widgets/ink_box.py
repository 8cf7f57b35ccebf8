"""The box that a character is written in by hand: its paper with a cross, and its ink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from kivy.graphics.texture import Texture

from screens.widgets.brush import Brush
from screens.widgets.element import Element, State
from screens.widgets.ink_pad import InkPad
from screens.widgets.skin import FIELD

#: Width of the ink, px.
INK_WIDTH = 14
#: So near comes the middle of the ink to the edge of the box that it stays inside the frame, in the rounded corners too.
_RIM = 12
#: The cross: from the middle of the box to its ends left, right and below, and above where the hint stands; dashes and the gaps between, px.
_ARM, _ARM_UP, _DASH, _DASH_GAP, _LINE = 306, 236, 10, 14, 2
#: The least space beside the cross.
_BESIDE = 64


@dataclass(frozen=True)
class InkGround(Element):
    """The paper: frame, and a cross to write around."""

    def paint(self, brush: Brush, state: State) -> None:
        w, h = brush.width, brush.height
        brush.box(0, 0, w, h, FIELD)
        arm = min(_ARM, w / 2 - _BESIDE)
        _dashes(brush, w / 2 - arm, h / 2 - _LINE / 2, 2 * arm, _LINE)
        _dashes(brush, w / 2 - _LINE / 2, h / 2 - _ARM_UP, _LINE, _ARM_UP + _ARM)


def _dashes(brush: Brush, x: float, y: float, w: float, h: float) -> None:
    """A dashed line along the longer side: one texture, where two dozen rectangles would be drawn again under every piece of ink."""
    scale = brush.layout.scale
    wide, high = max(round(w * scale), 1), max(round(h * scale), 1)
    along = np.arange(max(wide, high)) / scale % (_DASH + _DASH_GAP) < _DASH
    pixels = np.zeros((high, wide, 4), dtype=np.uint8)
    pixels[..., :3] = np.array(brush.theme.rgba("line")[:3]) * 255 + 0.5
    pixels[..., 3] = (along[None, :] if w > h else along[::-1, None]) * 255
    texture = Texture.create(size=(wide, high), colorfmt="rgba")
    texture.blit_buffer(pixels.tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    brush.picture(x, y, w, h, texture)


@dataclass(frozen=True)
class InkBox(InkPad):
    """The ink of a character. Its unit is the width of the box in both directions: what reads it needs the true shape."""

    thickness: ClassVar[float] = INK_WIDTH
    rim: ClassVar[float] = _RIM

    @property
    def ident(self) -> str:
        return "ink_box"

    def unit(self, width: float, height: float) -> tuple[float, float]:
        return width, width
