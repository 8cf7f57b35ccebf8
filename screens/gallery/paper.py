"""Pictures for the gallery's camera pages: sheets of invented writing on a desk, drawn here, never photographed."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

from kiosk.ports import LiveFrame, PageFault

_SIZE = (800, 600)
_DESK = (58, 62, 66)
_PAPER = (240, 236, 226)
_WRITING = (112, 108, 104)
#: Corners of a sheet that lies slightly askew, clockwise from top left, in frame pixels.
_ASKEW = ((168.0, 52.0), (648.0, 40.0), (676.0, 524.0), (142.0, 540.0))


@dataclass(frozen=True)
class StillPicture:
    """A `FrameHandle` that always shows the same frame, or none."""

    frame: LiveFrame | None

    def latest(self) -> LiveFrame | None:
        """The frame it was made with."""
        return self.frame


def _sheet(lines: int) -> Image.Image:
    sheet = Image.new("RGB", (560, 520), _PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((36, 36, 300, 62), fill=_WRITING)
    for i in range(lines):
        draw.rectangle((36, 100 + i * 44, 330 + (i * 97) % 190, 112 + i * 44), fill=_WRITING)
    return sheet


def _perspective(corners: tuple[tuple[float, float], ...], size: tuple[int, int]) -> list[float]:
    """Pillow's eight coefficients that lay a sheet of `size` onto `corners`; plain Gaussian elimination, so that numpy is not needed."""
    w, h = size
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(corners, ((0, 0), (w, 0), (w, h), (0, h)), strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for i in range(8):
        pivot = max(range(i, 8), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for r in range(8):
            if r != i:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [row[8] for row in rows]


def _photograph(corners: tuple[tuple[float, float], ...], lines: int = 9) -> Image.Image:
    sheet = _sheet(lines)
    coefficients = _perspective(corners, sheet.size)
    desk = Image.new("RGB", _SIZE, _DESK)
    laid = sheet.transform(_SIZE, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC)
    mask = Image.new("L", sheet.size, 255).transform(_SIZE, Image.Transform.PERSPECTIVE, coefficients)
    desk.paste(laid, mask=mask)
    return desk


def frame(number: int = 1, faults: tuple[PageFault, ...] = (), *, shift: float = 0.0) -> LiveFrame:
    """A live frame of an askew sheet with what `faults` say drawn into it; `shift` moves the sheet to the right, in pixels."""
    if PageFault.NO_PAGE in faults:
        return LiveFrame(number, *_SIZE, Image.new("RGB", _SIZE, _DESK).tobytes(), (), faults)
    if PageFault.CUT_OFF in faults:
        shift = 260.0
    corners = tuple((x + shift, y) for x, y in _ASKEW)
    picture = _photograph(corners)
    if PageFault.BLURRED in faults:
        picture = picture.filter(ImageFilter.GaussianBlur(7))
    if PageFault.DARK in faults:
        picture = picture.point(lambda value: value * 0.35)
    outline = () if PageFault.CUT_OFF in faults else corners
    return LiveFrame(number, *_SIZE, picture.tobytes(), outline, faults)


def taken_page(lines: int) -> bytes:
    """The JPEG of a page as it is kept: straightened."""
    stream = io.BytesIO()
    _sheet(lines).resize((420, 390)).save(stream, "JPEG", quality=80)
    return stream.getvalue()
