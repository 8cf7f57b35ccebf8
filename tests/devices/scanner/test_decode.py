"""Codes are read from pictures of every kind a citizen holds up, and their bytes are never guessed at."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest
import segno
from barcode import EAN13, Code128
from barcode.writer import ImageWriter
from cv2.typing import MatLike
from PIL import Image

from devices.scanner.decode import MAX_BYTES, Decoded, decode_frame, decode_image, text_of
from devices.scanner.front import InFront

TEXT = "OS1RK1  2026112400310000" + "A0%" * 32
CHINESE = "万宝河镇便民服务中心"


def drawn(code: segno.QRCode, scale: int = 5) -> MatLike:
    """A code on a gray desk."""
    out = io.BytesIO()
    code.save(out, kind="png", scale=scale, border=4)
    picture = np.array(Image.open(out).convert("L"))
    desk = np.full((picture.shape[0] + 160, picture.shape[1] + 240), 130, np.uint8)
    desk[80:-80, 120:-120] = picture
    return cv2.cvtColor(desk, cv2.COLOR_GRAY2BGR)


def qr(text: str, **how: Any) -> MatLike:
    return drawn(segno.make(text, micro=False, **how))


def askew(picture: MatLike) -> MatLike:
    height, width = picture.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    seen = np.array([(60, 20), (width * 0.8, 70), (width * 0.9, height * 0.95), (10, height * 0.8)], np.float32)
    return cv2.warpPerspective(picture, cv2.getPerspectiveTransform(corners, seen), (width, height), borderValue=(130, 130, 130))


HARDSHIPS: dict[str, Callable[[MatLike], MatLike]] = {
    "as it is": lambda picture: picture,
    "askew": askew,
    "upside down": lambda picture: cv2.rotate(picture, cv2.ROTATE_180),
    "light on dark": lambda picture: 255 - picture,
    "dark": lambda picture: cv2.convertScaleAbs(picture, alpha=0.15),
    "pale": lambda picture: cv2.convertScaleAbs(picture, alpha=0.2, beta=150),
    "out of focus": lambda picture: cv2.GaussianBlur(picture, (0, 0), 2.2),
    "half in shadow": lambda picture: np.hstack(
        [cv2.convertScaleAbs(picture[:, : picture.shape[1] // 2], alpha=0.4), picture[:, picture.shape[1] // 2 :]]
    ),
    "small": lambda picture: cv2.resize(picture, None, fx=0.32, fy=0.32, interpolation=cv2.INTER_AREA),
}


@pytest.mark.parametrize("hardship", HARDSHIPS)
def test_a_still_picture_is_read_in_spite_of(hardship: str) -> None:
    assert decode_image(HARDSHIPS[hardship](qr(TEXT))) == Decoded(TEXT, "qr")


@pytest.mark.parametrize(
    "how",
    [{"encoding": "utf-8"}, {"encoding": "gb18030", "mode": "byte"}, {"mode": "hanzi"}, {"encoding": "utf-8", "eci": True}],
    ids=["utf-8", "gb18030", "hanzi", "eci"],
)
def test_chinese_is_read_however_it_was_written(how: dict[str, Any]) -> None:
    assert decode_image(qr(CHINESE, **how)) == Decoded(CHINESE, "qr")


def test_chinese_in_kanji_mode_is_read_too() -> None:
    code = segno.make("中国人民大会", micro=False)
    assert code.mode == "kanji"
    assert decode_image(drawn(code)) == Decoded("中国人民大会", "qr")


def test_a_rare_character_of_a_name_survives() -> None:
    assert decode_image(qr("𠮷田 镕", encoding="utf-8")) == Decoded("𠮷田 镕", "qr")
    assert text_of("𠮷 镕".encode("gb18030")) == "𠮷 镕"


def test_bytes_that_are_no_text_are_refused() -> None:
    assert text_of(b"\xff\xff\xff") is None
    assert text_of(b"caf\xe9") is None
    assert text_of(b"") is None


def test_a_text_over_four_kibibytes_is_refused() -> None:
    assert text_of(b"A" * MAX_BYTES) == "A" * MAX_BYTES
    assert text_of(b"A" * (MAX_BYTES + 1)) is None


def test_a_micro_qr_is_no_code_of_ours() -> None:
    code = segno.make("12345", micro=True)
    assert code.is_micro
    assert decode_image(drawn(code, 8)) is None


@pytest.mark.parametrize(("kind", "text", "name"), [(Code128, "230903ABC1234", "code128"), (EAN13, "6901234567892", "ean13")])
def test_one_dimensional_codes_are_read(kind: type[Code128], text: str, name: str) -> None:
    picture = kind(text, writer=ImageWriter()).render({"write_text": False})
    frame = cv2.cvtColor(np.asarray(picture.convert("L")), cv2.COLOR_GRAY2BGR)
    assert decode_image(frame) == Decoded(text, name)


def test_a_picture_without_a_code_holds_none() -> None:
    noise = np.random.default_rng(4).integers(0, 256, (480, 640, 3), dtype=np.uint8)
    assert decode_image(noise) is None


def test_what_is_no_picture_is_no_code_and_no_error() -> None:
    assert decode_image(np.zeros((0, 0, 3), np.uint8)) is None
    assert decode_image(np.zeros((8, 8, 3), np.float64)) is None


def test_a_live_frame_gets_more_effort_the_longer_nothing_is_read() -> None:
    small = cv2.resize(qr(TEXT), None, fx=0.26, fy=0.26, interpolation=cv2.INTER_AREA)
    assert decode_frame(small, misses=0) is None
    assert decode_frame(small, misses=1) == Decoded(TEXT, "qr")


def test_a_code_is_news_when_it_comes_and_when_it_comes_back_but_not_while_it_stays() -> None:
    front = InFront(absence=2.0)
    assert front.sighted("a", 10.0)
    assert not front.sighted("a", 11.0)
    assert not front.sighted("a", 12.5)
    assert front.sighted("b", 13.0)
    assert front.sighted("a", 13.1)
    assert front.sighted("a", 16.0)
