"""What the scanner's camera sees: a receipt or a code on paper held before it. Pictures only; nothing is decoded for the terminal here."""

from __future__ import annotations

import io
import math
from pathlib import Path

import segno
import zxingcpp
from PIL import Image

#: A 720p camera looking up through a glass at a dim room.
WIDTH, HEIGHT = 1280, 720
_ROOM = (58, 60, 63)
_PAPER = (246, 245, 240)
#: How people hold paper: not quite straight. Degrees.
_TILT = 6.0
#: The code's edge in the picture, px: a receipt some 10 cm before the camera.
_CODE_PX = 430
#: Edge of one module of a code drawn here, px.
_MODULE_PX = 8


def _hold(paper: Image.Image, center: tuple[float, float], scale: float) -> Image.Image:
    """`paper` held so that its point `center` is in the middle of the picture, `scale` times as large."""
    turn = math.radians(_TILT)
    right, down = math.cos(turn) / scale, math.sin(turn) / scale
    # From a point of the picture back to the point of the paper that is seen there.
    matrix = (
        right,
        -down,
        center[0] - right * WIDTH / 2 + down * HEIGHT / 2,
        down,
        right,
        center[1] - down * WIDTH / 2 - right * HEIGHT / 2,
    )
    return paper.transform((WIDTH, HEIGHT), Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC, fillcolor=_ROOM)


def receipt_before_the_camera(receipt: Path) -> Image.Image:
    """A printed receipt with its code in the middle; without a code, all of it. Raises OSError if the picture cannot be read."""
    with Image.open(receipt) as opened:
        paper = opened.convert("RGB")
    codes = zxingcpp.read_barcodes(paper, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    if not codes:
        return _hold(paper, (paper.width / 2, paper.height / 2), min(WIDTH / paper.width, HEIGHT / paper.height) * 0.9)
    place = codes[0].position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    xs, ys = [point.x for point in corners], [point.y for point in corners]
    size = max(max(xs) - min(xs), max(ys) - min(ys), 1)
    return _hold(paper, ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2), _CODE_PX / size)


def text_before_the_camera(text: str) -> Image.Image:
    """A card with `text` as a QR code. Raises ValueError if it is too long for one."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=_MODULE_PX, border=4, light=_PAPER)
    with Image.open(drawn) as opened:
        code = opened.convert("RGB")
    card = Image.new("RGB", (code.width + 120, code.height + 120), _PAPER)
    card.paste(code, (60, 60))
    return _hold(card, (card.width / 2, card.height / 2), _CODE_PX / code.width)
