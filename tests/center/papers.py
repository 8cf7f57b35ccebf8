"""Pictures for the center's tests: pages and signatures of invented people, as a camera and a glass would give them."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_FONT = Path(__file__).parents[2] / "assets" / "fonts" / "NotoSansSC_400Regular.ttf"


def page(title: str, lines: tuple[str, ...] = ()) -> bytes:
    """A page of paper as JPEG."""
    image = Image.new("RGB", (840, 1190), "#FBFAF6")
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, 800, 1150), outline="#8C8478", width=3)
    draw.text((420, 110), title, fill="#222", font=ImageFont.truetype(_FONT, 52), anchor="mm")
    for index, line in enumerate(lines):
        draw.text((90, 230 + 84 * index), line, fill="#333", font=ImageFont.truetype(_FONT, 34))
        draw.line((80, 290 + 84 * index, 760, 290 + 84 * index), fill="#C9C2B6", width=2)
    return _bytes(image, "JPEG")


def signature(name: str = "张秀兰") -> bytes:
    """A signature as PNG."""
    image = Image.new("L", (984, 420), 255)
    ImageDraw.Draw(image).text((492, 210), name, fill=0, font=ImageFont.truetype(_FONT, 170), anchor="mm")
    return _bytes(image, "PNG")


def _bytes(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()
