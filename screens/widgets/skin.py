"""Rounded boxes: one small texture a style, smooth by computed coverage, stretched as a nine-patch. It knows no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from kivy.graphics.texture import Texture

from screens.theme import Color, Theme


@dataclass(frozen=True)
class Style:
    """How a box looks. `border` px are inside the box, so nothing moves between states; `radius` px; `lower_only`: upper corners are square."""

    fill: Color
    line: Color | None = None
    border: int = 0
    radius: int = 20
    lower_only: bool = False


#: The design's boxes by name; `button.py` has the states of what can be pressed.
CARD = Style("card", "line", 1)
TAP = Style("card", "line2", 2)
PRIMARY = Style("blue")
PRIMARY_DOWN = Style("blue_down")
SECONDARY = Style("card", "blue", 2)
SELECTED = Style("blue_tint", "blue", 4)
DISABLED = Style("sunk")
FIELD = Style("card", "edge", 2)
FIELD_FOCUS = Style("card", "blue", 4)
FIELD_ERROR = Style("card", "amber_ink", 4)
TINT = Style("blue_tint")
DONE = Style("green_tint")
ATTENTION = Style("amber_tint")
WHITE = Style("card")
MARK = Style("seal", radius=12)
KEY = Style("card", "line2", 1, 16)
KEY_FUNCTION = Style("key2", radius=16)


def _coverage(size: int, inset: float, radius: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    """How much of each of `size`×`size` px lies in a rounded square inset by `inset`; 0..1, from 8×8 samples a pixel."""
    samples = (np.arange(size * 8) + 0.5) / 8
    half = size / 2 - inset
    radius = max(min(radius, half), 0.0)
    beyond = np.maximum(np.abs(samples - size / 2) - (half - radius), 0.0)
    inside = np.hypot(beyond[:, None], beyond[None, :]) <= max(radius, 1e-9)
    if radius == 0.0:
        inside = (beyond[:, None] <= 0) & (beyond[None, :] <= 0)
    result: np.ndarray[Any, np.dtype[np.float64]] = inside.reshape(size, 8, size, 8).mean(axis=(1, 3))
    return result


@lru_cache(maxsize=256)
def _texture(fill: tuple[float, ...], line: tuple[float, ...] | None, border: int, radius: int, lower_only: bool) -> tuple[Any, int]:
    edge = max(radius, border) + 1
    size = 2 * edge + 2
    outer = _coverage(size, 0, radius)
    if lower_only:
        outer[: size // 2] = 1.0
    inner = _coverage(size, border, max(radius - border, 0)) if border else outer
    base = np.array(line if line and border else fill)
    color = base[None, None, :3] * (1 - inner[..., None]) + np.array(fill)[None, None, :3] * inner[..., None]
    picture = np.concatenate([color, outer[..., None]], axis=2)
    texture = Texture.create(size=(size, size), colorfmt="rgba")
    # row 0 of a texture is its bottom
    texture.blit_buffer(np.ascontiguousarray((picture[::-1] * 255).round().astype(np.uint8)).tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    return texture, edge


def nine_patch(style: Style, theme: Theme, scale: float) -> tuple[Any, int]:
    """The texture of a style on this glass, and the px of its border that are not stretched."""
    border = max(round(style.border * scale), 1) if style.border else 0
    line = theme.rgba(style.line) if style.line else None
    return _texture(theme.rgba(style.fill), line, border, round(style.radius * scale), style.lower_only)
