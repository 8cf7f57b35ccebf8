"""The signature as a picture."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

#: The pad's shape (design.md: 984 × 848), at half its size and drawn at twice that for smooth edges.
_WIDTH, _HEIGHT, _OVERSAMPLING, _INK = 492, 424, 2, 5


def signature_png(strokes: Sequence[Sequence[tuple[float, float]]]) -> bytes:
    """PNG, 492 × 424, gray, black on white. `strokes` in the pad's unit square, y down."""
    scale_x, scale_y = _WIDTH * _OVERSAMPLING, _HEIGHT * _OVERSAMPLING
    image = Image.new("L", (scale_x, scale_y), 255)
    draw = ImageDraw.Draw(image)
    width = _INK * _OVERSAMPLING
    for stroke in strokes:
        points = [(x * scale_x, y * scale_y) for x, y in stroke]
        if len(points) > 1:
            draw.line(points, fill=0, width=width, joint="curve")
        for x, y in (points[0], points[-1]):
            draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=0)
    out = io.BytesIO()
    image.resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()
