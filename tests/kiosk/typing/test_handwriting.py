from __future__ import annotations

import math
from pathlib import Path

import pytest

from demo.bench_typing import characters, distorted
from kiosk.typing.handwriting import HandwritingEngine, NotStrokes, draw, read_strokes
from kiosk.typing.libpinyin import EngineMissing

TEN = [[(100.0, 500.0), (900.0, 480.0)], [(500.0, 100.0), (500.0, 900.0)]]


def test_a_character_is_read_whatever_the_order_of_its_strokes(handwriting: HandwritingEngine) -> None:
    assert handwriting.candidates(TEN)[0] == "十"
    assert handwriting.candidates(TEN[::-1]) == handwriting.candidates(TEN)


def test_size_and_place_do_not_matter(handwriting: HandwritingEngine) -> None:
    small = [[(x / 40 + 3000, y / 40 - 200) for x, y in stroke] for stroke in TEN]
    assert handwriting.candidates(small)[0] == "十"


def test_mildly_distorted_characters_are_in_the_first_five(handwriting: HandwritingEngine) -> None:
    asked = characters("held-out")[:60]
    right = [character in handwriting.candidates(distorted(strokes, seed))[:5] for seed, (character, strokes) in enumerate(asked)]
    assert sum(right) >= 0.98 * len(asked)


def test_only_han_characters_and_the_dot_of_names_are_offered(handwriting: HandwritingEngine) -> None:
    dot = [[(10.0, 10.0)]]
    ring = [[(math.cos(turn / 8) * 100, math.sin(turn / 8) * 100) for turn in range(52)]]
    assert "·" in handwriting.candidates(dot)
    for strokes in (dot, ring, TEN):
        found = handwriting.candidates(strokes)
        assert len(found) == 10
        assert all("\u3400" <= each <= "\u9fff" or each in "·〇" or each >= "\U00020000" for each in found)


def test_the_picture_is_ink_within_margins() -> None:
    picture = draw(TEN)
    assert picture.shape == (48, 64)
    assert picture.min() < 40
    assert picture[:2].min() > 250 and picture[-2:].min() > 250 and picture[:, :2].min() > 250


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        [[]],
        {"a": 1},
        [[[1]]],
        [[[1, 2, 3]]],
        [["xy"]],
        [[[math.nan, 1.0]]],
        [[[math.inf, 1.0]]],
        [[[1e9, 1.0]]],
        5,
        "x",
        [[[0, 0]]] * 65,
    ],
)
def test_what_is_no_stroke_is_refused_with_a_sentence(given: object) -> None:
    with pytest.raises(NotStrokes, match="strokes"):
        read_strokes(given)


def test_a_missing_model_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.typing.handwriting._MODEL", "models/no-such.onnx")
    with pytest.raises(EngineMissing, match="install rapidocr") as missing:
        HandwritingEngine()
    assert missing.value.code == "handwriting_model_missing"


def test_a_damaged_model_is_said_plainly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "broken.onnx").write_bytes(b"no model")
    monkeypatch.setattr("kiosk.typing.handwriting._MODEL", str(tmp_path / "broken.onnx"))
    with pytest.raises(EngineMissing, match="reinstall rapidocr"):
        HandwritingEngine()
