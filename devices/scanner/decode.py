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
#: QR as people print it. All of QR would let phantoms of Micro QR in (devices.md §2).
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])
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
#: Twice as large is tried up to this size, pixels of the longer side of the original.
_DOUBLE_LONGEST = 2000

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
    for barcode in zxingcpp.read_barcodes(gray, formats=_QR):
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


def _double(gray: Gray) -> Gray | None:
    if max(gray.shape) > _DOUBLE_LONGEST:
        return None
    return cv2.resize(gray, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)


def _half(gray: Gray) -> Gray | None:
    if min(gray.shape) < 200:
        return None
    return cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def _even_light(gray: Gray) -> Gray:
    """Shadows and hot spots flattened: local contrast stretched."""
    return cv2.createCLAHE(clipLimit=4.0, tileGridSize=(8, 8)).apply(gray)


def _sharpened(gray: Gray) -> Gray | None:
    """Twice as large and sharpened: what is out of focus, noise held down first."""
    large = _double(gray)
    if large is None:
        large = gray
    return cv2.addWeighted(large, 2.6, cv2.GaussianBlur(large, (0, 0), 4.0), -1.6, 0)


def _black_and_white(gray: Gray) -> Gray | None:
    """Twice as large, grain taken out, each point weighed against its neighbors: shadows, hot spots and noise together."""
    large = _double(gray)
    if large is None:
        return None
    smooth = cv2.GaussianBlur(large, (0, 0), 1.5)
    return cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, 41, 2)


def _as_is(gray: Gray) -> Gray:
    return gray


_Step = tuple[Callable[[Gray], Gray | None], Callable[[Gray], Decoded | None]]
_FIRST: _Step = (_as_is, _zxing)
_TWICE: _Step = (_double, _zxing)
_LAST: _Step = (_as_is, _zbar)
#: A still picture gets everything, cheapest first.
EFFORTS: tuple[_Step, ...] = (
    _FIRST,
    _TWICE,
    (_half, _zxing),
    (_even_light, _zxing),
    (_sharpened, _zxing),
    (_black_and_white, _zxing),
    _LAST,
)


def _gray(image: MatLike) -> Gray:
    return image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)


def _try(image: MatLike, steps: Iterable[_Step]) -> Decoded | None:
    try:
        gray = _gray(image)
        for prepare, read in steps:
            prepared = prepare(gray)
            found = None if prepared is None else read(prepared)
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
    """One look at a live frame after so many `misses`: zxing-cpp, twice as large on every second, pyzbar on every sixth."""
    steps = [_FIRST]
    if misses % 2 == 1:
        steps.append(_TWICE)
    if misses % 6 == 5:
        steps.append(_LAST)
    return _try(image, steps)
