"""Reads the code in a picture: zxing-cpp first, more effort if wanted, pyzbar last. Pure: a picture in, a text or None out.

Figures are of 720p pictures on one thread; what each step wins was measured on generated frames, see `EFFORTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import cv2
import zxingcpp
from cv2.typing import MatLike
from pyzbar import pyzbar

#: Longer texts are none that we know; a code that holds more is refused (devices.md §2).
MAX_BYTES = 4096
#: For zbar, with the one-dimensional codes that carry a check character or a fixed length: the others read from noise.
_ZBAR = [
    pyzbar.ZBarSymbol.QRCODE,
    pyzbar.ZBarSymbol.CODE128,
    pyzbar.ZBarSymbol.EAN13,
    pyzbar.ZBarSymbol.CODE39,
]
#: Shorter one-dimensional texts than this are stripes of something else.
_SHORTEST_LINEAR = 6
#: zbar's time grows with the picture, so it gets no more than this, pixels of the longer side.
_ZBAR_LONGEST = 1280
#: Pictures up to this size are enlarged as they are; above, they are brought down to `_WORKED_AT`. Pixels of the longer side.
_ENLARGED_UP_TO = 2000
_WORKED_AT = 1300

Gray = MatLike


@dataclass(frozen=True)
class Decoded:
    """`text` as the code holds it; `format` qr, code128, ean13 or code39."""

    text: str
    format: str


def text_of(raw: bytes) -> str | None:
    """Strict UTF-8, then GB18030; None if it is neither, empty or longer than MAX_BYTES."""
    if not 0 < len(raw) <= MAX_BYTES:
        return None
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return None


def _in_gb2312(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _text_of_qr(barcode: zxingcpp.Barcode) -> str | None:
    text = text_of(barcode.bytes)
    if text is None or text.isascii() or _in_gb2312(text):
        return text
    # QR's kanji mode holds Shift-JIS, which GB18030 decodes into rubbish; zxing knows the mode and has the right text.
    # Half-width katakana are what it makes of Chinese bytes.
    guess = str(barcode.text)
    katakana = any("\uff61" <= char <= "\uff9f" for char in guess)
    try:
        return guess if guess.encode("shift_jis") == barcode.bytes and not katakana else text
    except UnicodeEncodeError:
        return text


def _zxing(gray: Gray) -> Decoded | None:
    # QR as people print it: all of QR would let phantoms of Micro QR in (devices.md §2). Made for each call, because one that
    # outlives its call is reported as leaked, on stderr, by a process that ends while a driver's thread still runs.
    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])
    for barcode in zxingcpp.read_barcodes(gray, formats=formats):
        text = _text_of_qr(barcode)
        if text is not None:
            return Decoded(text, "qr")
    return None


def _zbar(gray: Gray) -> Decoded | None:
    scale = _ZBAR_LONGEST / max(gray.shape)
    if scale < 1:
        gray = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    for found in pyzbar.decode(gray, symbols=_ZBAR):
        text = _zbar_text(found.data)
        if text is not None and (found.type == "QRCODE" or len(text) >= _SHORTEST_LINEAR):
            return Decoded(text, {"QRCODE": "qr"}.get(found.type, found.type.lower()))
    return None


def _zbar_text(data: bytes) -> str | None:
    """What zbar says, if it cannot have guessed the charset wrong: it prints UTF-8 Chinese as Shift-JIS (devices.md §2)."""
    text = text_of(data)
    if text is None or text.isascii():
        return text
    for charset in ("shift_jis", "big5", "latin-1"):
        try:
            return text.encode(charset).decode("utf-8")
        except UnicodeError:
            continue
    return text if _in_gb2312(text) else None


def _larger(gray: Gray, times: int) -> Gray:
    """Enlarged, if that stays within what can be decoded in time; a picture too large for it is brought down to `_WORKED_AT` first."""
    longer = max(gray.shape)
    if longer > _ENLARGED_UP_TO:
        scale = _WORKED_AT / longer
        gray = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    elif longer > _WORKED_AT:
        times = min(times, 2)
    return cv2.resize(gray, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)


def _double(gray: Gray) -> Gray:
    return _larger(gray, 2)


def _sharpened(gray: Gray) -> Gray:
    """Three times as large and sharpened: what is out of focus or far away."""
    return _larger(cv2.addWeighted(gray, 2.6, cv2.GaussianBlur(gray, (0, 0), 2.0), -1.6, 0), 3)


def _black_and_white(gray: Gray, neighbors: int, grain: float, margin: float) -> Gray:
    """Twice as large, grain taken out, each point weighed against its neighbors: shadows, hot spots and noise together."""
    smooth = cv2.GaussianBlur(_double(gray), (0, 0), grain)
    return cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, neighbors, margin)


def _near_neighbors(gray: Gray) -> Gray:
    return _black_and_white(gray, 25, 1.2, 0)


def _far_neighbors(gray: Gray) -> Gray:
    return _black_and_white(gray, 41, 1.5, 2)


def _as_is(gray: Gray) -> Gray:
    return gray


_Step = tuple[Callable[[Gray], Gray], Callable[[Gray], Decoded | None]]
_FIRST: _Step = (_as_is, _zxing)
_TWICE: _Step = (_double, _zxing)
_WEIGHED: _Step = (_near_neighbors, _zxing)
_LAST: _Step = (_as_is, _zbar)
#: A still picture gets everything. Of 400 generated frames, the four harder of six grades, zxing-cpp read 234 as they are or
#: twice as large; of the 166 left the next three read 30, then 8, then 5. A miss costs 3, 13, 38, 30, 51 and 35 ms of one core.
EFFORTS: tuple[_Step, ...] = (_FIRST, _TWICE, _WEIGHED, (_sharpened, _zxing), (_far_neighbors, _zxing), _LAST)


def _gray(image: MatLike) -> Gray:
    return image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)


def _try(image: MatLike, steps: Iterable[_Step]) -> Decoded | None:
    try:
        gray = _gray(image)
        for prepare, read in steps:
            found = read(prepare(gray))
            if found is not None:
                return found
    except cv2.error:
        # A picture OpenCV cannot work on (empty, odd depth) holds no code that could be read.
        return None
    return None


def decode_image(image: MatLike) -> Decoded | None:
    """The first code read in a still picture, BGR or gray, 8 bit, by every means there is."""
    return _try(image, EFFORTS)


def decode_frame(image: MatLike, misses: int) -> Decoded | None:
    """One look at a live frame after so many `misses`: zxing-cpp, twice as large on every second, the rest more rarely."""
    steps = [_FIRST]
    if misses % 2 == 1:
        steps.append(_TWICE)
    if misses % 6 == 2:
        steps.append(_WEIGHED)
    if misses % 6 == 5:
        steps.append(_LAST)
    return _try(image, steps)
