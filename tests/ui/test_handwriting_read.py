"""Characters drawn on the glass are read by the real engine: their shape is true, upright and wide."""

from __future__ import annotations

import os
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.bench_typing import Strokes, characters, distorted
from kiosk.typing.answers import Candidates, EngineDown, EngineReady, TypingEvent, Way
from kiosk.typing.client import Typing
from tests.ui.glass import Glass
from tests.ui.ink_box import draw, page, strokes_of

#: A bend, a sharp turn back and a halt, in px of the box.
PATH = [(100.0, 200.0), (180.0, 230.0), (260.0, 220.0), (300.0, 420.0), (290.0, 300.0), (480.0, 610.0)]


@pytest.fixture(scope="module")
def reader() -> Iterator[tuple[Typing, queue.Queue[TypingEvent]]]:
    """The real engine in its own process."""
    told: queue.Queue[TypingEvent] = queue.Queue()
    typing = Typing(Path("config/typing"), list, told.put)
    typing.start()
    typing.open_handwriting()
    try:
        while not isinstance(answer := told.get(timeout=30), EngineReady) or answer.way is not Way.HANDWRITING:
            if isinstance(answer, EngineDown) and answer.way is Way.HANDWRITING and not answer.comes_back:
                if os.environ.get("CI"):
                    pytest.fail(answer.code)
                pytest.skip(f"NOT TESTED, handwriting by touch: {answer.code}")
        yield typing, told
    finally:
        typing.stop()


def _in_box(glass: Glass, strokes: Strokes) -> Strokes:
    """A character of the lists, whose square is 1024 wide, as it is written into the middle of the box, in px of it."""
    box = glass.find("ink_box").rect
    wide, high = box.right - box.left, box.bottom - box.top
    scale = 0.8 * min(wide, high) / 1024
    return [[(wide / 2 + (x - 512) * scale, high / 2 + (y - 512) * scale) for x, y in stroke] for stroke in strokes]


@pytest.mark.parametrize("character", ["秀", "吴", "仲", "盛", "落", "一"])
def test_a_character_drawn_by_touches_is_read(either: Glass, reader: tuple[Typing, queue.Queue[TypingEvent]], character: str) -> None:
    # given a hand that trembles and keeps to no order
    known = {**dict(characters("tuning")), **dict(characters("held-out")), "一": [[(80.0, 530.0), (500.0, 520.0), (940.0, 500.0)]]}
    either.show(page())
    # when
    for stroke in _in_box(either, distorted(known[character], seed=7)):
        draw(either, stroke)
    # then what was posted is read as that character by the engine itself
    typing, told = reader
    number = typing.characters(strokes_of(either.posted))
    while not isinstance(answer := told.get(timeout=20), Candidates) or answer.number != number:
        pass
    assert character in [each.text for each in answer.candidates[:5]]


def test_both_directions_are_in_widths_of_the_box(either: Glass) -> None:
    # given
    either.show(page())
    box = either.find("ink_box").rect
    width = box.right - box.left
    # when
    draw(either, PATH)
    # then a touch is a whole px of the glass
    (stroke,) = strokes_of(either.posted)
    assert len(stroke) == len(PATH)
    for (x, y), (across, down) in zip(PATH, stroke, strict=True):
        assert abs(across * width - x) < 1.01
        assert abs(down * width - y) < 1.01
