"""The picture of a person or of a window, 100 × 120: a photograph, a drawing of head and shoulders where there is none, or an icon."""

from __future__ import annotations

import io
from functools import lru_cache

from kivy.graphics.texture import Texture
from PIL import Image, ImageDraw

from screens.theme import Color
from screens.widgets.brush import Brush
from screens.widgets.skin import Style

WIDTH, HEIGHT = 100, 120
_RADIUS = 10
#: Drawn this many times larger, then made small: its edges come out smooth.
_FINE = 4
#: Head and shoulders as ellipses: left, top, right, bottom.
_HEAD, _SHOULDERS = (29, 26, 71, 68), (14, 80, 86, 160)


def paint_portrait(brush: Brush, x: float, y: float, *, photo: bytes, icon: str) -> None:
    """Paint it with its upper left corner at (x, y)."""
    if icon and not photo:
        brush.box(x, y, WIDTH, HEIGHT, Style("blue_tint", radius=_RADIUS))
        brush.icon(x, y, WIDTH, HEIGHT, icon, size=64, color="blue")
        return
    scale = brush.layout.scale
    size = (max(round(WIDTH * scale), 1), max(round(HEIGHT * scale), 1))
    picture = _cut_out(photo, size) if photo else _drawing(size, _color(brush, "sunk"), _color(brush, "edge"))
    texture = Texture.create(size=size, colorfmt="rgba")
    texture.flip_vertical()
    texture.blit_buffer(picture.tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    brush.picture(x, y, WIDTH, HEIGHT, texture)


def _color(brush: Brush, color: Color) -> str:
    return brush.theme.colors[color]


def _mask(size: tuple[int, int]) -> Image.Image:
    """White inside rounded corners."""
    large = (size[0] * _FINE, size[1] * _FINE)
    mask = Image.new("L", large, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, large[0] - 1, large[1] - 1), _RADIUS * large[0] / WIDTH, fill=255)
    return mask.resize(size, Image.Resampling.BOX)


def _cut_out(photo: bytes, size: tuple[int, int]) -> Image.Image:
    """The middle of a photograph in the shape of the picture; its upper part where it is too high, for that is where faces are."""
    picture = Image.open(io.BytesIO(photo))
    picture.draft("RGB", (2 * size[0], 2 * size[1]))  # the decoder shrinks while it reads
    wide = min(picture.width, picture.height * WIDTH / HEIGHT)
    high = wide * HEIGHT / WIDTH
    left, top = (picture.width - wide) / 2, (picture.height - high) / 4
    small = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS, box=(left, top, left + wide, top + high))
    small.putalpha(_mask(size))
    return small


@lru_cache(maxsize=8)
def _drawing(size: tuple[int, int], ground: str, figure: str) -> Image.Image:
    k = size[0] * _FINE / WIDTH
    large = Image.new("RGB", (size[0] * _FINE, size[1] * _FINE), ground)
    draw = ImageDraw.Draw(large)
    for ellipse in (_HEAD, _SHOULDERS):
        draw.ellipse(tuple(edge * k for edge in ellipse), fill=figure)
    small = large.resize(size, Image.Resampling.BOX)
    small.putalpha(_mask(size))
    return small
