"""The pad that is signed on: its paper and its ink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from screens.widgets.brush import Brush
from screens.widgets.element import Element, State
from screens.widgets.ink_pad import InkPad
from screens.widgets.skin import FIELD

#: Size of the pad in px, the same upright and wide: a signature has one shape.
PAD_WIDTH, PAD_HEIGHT = 984, 848
#: Width of the ink, and the height of the line to write on, px.
INK_WIDTH, BASE_LINE = 10, 640


@dataclass(frozen=True)
class PadGround(Element):
    """The paper: frame, base line, hint."""

    hint: str

    def paint(self, brush: Brush, state: State) -> None:
        w, h = brush.width, brush.height
        brush.box(0, 0, w, h, FIELD)
        line = h * BASE_LINE / PAD_HEIGHT
        brush.fill(64, line, w - 128, 2, "line2")
        brush.text(64, line + (h - line - 60) / 2, w - 128, 60, self.hint, color="ink2", align="center")


@dataclass(frozen=True)
class SignaturePad(InkPad):
    """The ink of a signature, in the pad's unit square."""

    thickness: ClassVar[float] = INK_WIDTH

    @property
    def ident(self) -> str:
        return "signature_pad"
