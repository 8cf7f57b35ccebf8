"""Writing by hand: ink as on the signature's pad, its shape true enough to be read, and what stands around the box."""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from demo.bench_typing import Strokes, characters, distorted
from kiosk.events import CandidateChosen, Event, KeyboardChosen, KeyPressed, StrokeDrawn
from kiosk.typing.answers import Candidates, EngineDown, EngineReady, TypingEvent, Way
from kiosk.typing.client import Typing
from kiosk.views import Button, CandidateBar, FormView, Keyboard
from screens.drawing import Rect
from screens.gallery import GALLERY
from screens.widgets.ink_pad import ANSWER_S
from tests.ui.glass import Glass

UPRIGHT, WIDE = (1080, 1920), (1920, 1080)
#: A bend, a sharp turn back and a halt, in px of the box.
PATH = [(100.0, 200.0), (180.0, 230.0), (260.0, 220.0), (300.0, 420.0), (290.0, 300.0), (480.0, 610.0)]


@pytest.fixture(params=[UPRIGHT, WIDE], ids=["upright", "wide"])
def either(glass: Glass, request: pytest.FixtureRequest) -> Iterator[Glass]:
    """The window in both shapes; really turned, so that what is drawn can be looked at."""
    _turn(glass, request.param)
    yield glass
    _turn(glass, UPRIGHT)


def _turn(glass: Glass, size: tuple[int, int]) -> None:
    window = glass.app.window
    if tuple(window.system_size) != size:
        window.system_size = size
        for _ in range(100):
            glass.listen()
            if tuple(window.system_size) == size and glass.app.page.layout.screen_width == size[0]:
                break
        assert tuple(window.system_size) == size
    glass.frame()
    glass.frame()


def _view(name: str = "handwriting-empty") -> FormView:
    view = GALLERY[name]
    assert isinstance(view, FormView)
    return view


def _with(view: FormView, **changes: object) -> FormView:
    assert view.keyboard is not None
    return replace(view, keyboard=replace(view.keyboard, **changes))  # type: ignore[arg-type]


def _draw(glass: Glass, path: list[tuple[float, float]]) -> None:
    box = glass.find("ink_box").rect
    finger = glass.down(box.left + path[0][0], box.top + path[0][1])
    for x, y in path[1:]:
        finger.move(box.left + x, box.top + y)
    finger.up()


def _strokes(posted: list[Event]) -> tuple[tuple[tuple[float, float], ...], ...]:
    return tuple(event.points for event in posted if isinstance(event, StrokeDrawn))


# ------------------------------------------------------------------ what is read


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
    either.show(_view())
    # when
    for stroke in _in_box(either, distorted(known[character], seed=7)):
        _draw(either, stroke)
    # then what was posted is read as that character by the engine itself
    typing, told = reader
    number = typing.characters(_strokes(either.posted))
    while not isinstance(answer := told.get(timeout=20), Candidates) or answer.number != number:
        pass
    assert character in [each.text for each in answer.candidates[:5]]


def test_both_directions_are_in_widths_of_the_box(either: Glass) -> None:
    # given
    either.show(_view())
    box = either.find("ink_box").rect
    width = box.right - box.left
    # when
    _draw(either, PATH)
    # then a touch is a whole px of the glass
    (stroke,) = _strokes(either.posted)
    assert len(stroke) == len(PATH)
    for (x, y), (across, down) in zip(PATH, stroke, strict=True):
        assert abs(across * width - x) < 1.01
        assert abs(down * width - y) < 1.01


# ------------------------------------------------------------------ ink


def test_ink_is_there_before_the_finger_is_lifted_and_only_its_rectangle_is_drawn(either: Glass) -> None:
    # given
    either.show(_view())
    box = either.find("ink_box").rect
    before = either.pixels()
    counts = either.app.surface.counts
    finger = either.down(box.left + 200, box.top + 300)
    whole, pixels = counts.whole, counts.pixels
    # when
    finger.move(box.left + 230, box.top + 310)
    # then
    assert _strokes(either.posted) == ()
    assert either.pixels() != before
    assert counts.whole == whole
    assert 0 < counts.pixels - pixels < 80 * 60
    finger.up()


def test_what_is_drawn_by_finger_equals_a_whole_redraw_and_what_the_terminal_answers(either: Glass) -> None:
    # given
    view = _view()
    either.show(view)
    # when
    for x in (0.0, 60.0):
        _draw(either, [(x + 50, y) for x, y in PATH])
    answered = _with(view, strokes=_strokes(either.posted))
    either.show(answered)
    by_finger = either.pixels()
    # then
    assert either.whole_pixels() == by_finger
    either.show(GALLERY["home"])
    either.show(answered)
    assert either.pixels() == by_finger


def test_a_terminal_that_is_behind_the_finger_takes_no_ink_away(glass: Glass) -> None:
    # given two strokes, and a third that is being drawn
    view = _view()
    glass.show(view)
    box = glass.find("ink_box").rect
    _draw(glass, PATH)
    _draw(glass, [(x + 100, y) for x, y in PATH])
    finger = glass.down(box.left + 600, box.top + 100)
    finger.move(box.left + 640, box.top + 180)
    first, second = _strokes(glass.posted)
    inked = _ink(glass, box)
    # when the terminal answers the first only, then with what it may be
    glass.show(_with(view, strokes=(first,)))
    assert _ink(glass, box) == inked
    glass.show(_with(view, strokes=(first,), bar=CandidateBar(candidates=_candidates("handwriting-half"))))
    assert _ink(glass, box) == inked
    # then all three are there when it has caught up
    glass.show(_with(view, strokes=(first, second)))
    assert _ink(glass, box) == inked
    finger.up()
    assert len(_strokes(glass.posted)) == 3


def test_ink_vanishes_at_once_when_the_terminal_clears_but_not_what_is_under_the_finger(glass: Glass) -> None:
    # given
    view = _view()
    glass.show(view)
    box = glass.find("ink_box").rect
    clean = _ink(glass, box)
    _draw(glass, PATH)
    strokes = _strokes(glass.posted)
    glass.show(_with(view, strokes=strokes))
    # when it clears
    glass.show(view)
    # then
    assert _ink(glass, box) == clean
    # and when it clears while the next character begins
    glass.show(_with(view, strokes=strokes))
    finger = glass.down(box.left + 600, box.top + 200)
    finger.move(box.left + 620, box.top + 300)
    glass.show(view)
    begun = _ink(glass, box)
    finger.up()
    # then its beginning is there, and all of the stroke is posted
    assert 0 < _inked(begun, clean) < 40 * 140
    assert len(_strokes(glass.posted)[-1]) == 2


def test_undoing_a_stroke_leaves_the_others_as_they_were(glass: Glass) -> None:
    view = _view()
    glass.show(view)
    box = glass.find("ink_box").rect
    _draw(glass, PATH)
    glass.show(_with(view, strokes=_strokes(glass.posted)))
    one = _ink(glass, box)
    _draw(glass, [(x + 40, y) for x, y in PATH])
    glass.show(_with(view, strokes=_strokes(glass.posted)))
    assert _ink(glass, box) != one
    glass.show(_with(view, strokes=_strokes(glass.posted)[:1]))
    assert _ink(glass, box) == one
    assert glass.whole_pixels() == glass.pixels()


def test_a_stroke_that_the_terminal_never_takes_does_not_stay(glass: Glass) -> None:
    # given
    glass.show(_view())
    box = glass.find("ink_box").rect
    clean = _ink(glass, box)
    _draw(glass, PATH)
    assert _ink(glass, box) != clean
    # when
    end = time.monotonic() + 5 * ANSWER_S
    while _ink(glass, box) != clean and time.monotonic() < end:
        time.sleep(0.05)
        glass.frame()
    # then
    assert _ink(glass, box) == clean


def test_a_finger_that_slides_off_writes_to_the_edge_inside_the_frame(either: Glass) -> None:
    # given
    either.show(_view())
    box = either.find("ink_box").rect
    inner = Rect(box.left + 2, box.top + 2, box.right - 2, box.bottom - 2)
    outside = _around(either, inner)
    # when it goes around all four corners
    wide, high = box.right - box.left, box.bottom - box.top
    finger = either.down(box.left + 40, box.top + 40)
    for x, y in ((-60, -60), (wide + 30, -20), (wide + 10, high + 20), (-50, high + 15), (-50, 200)):
        finger.move(box.left + x, box.top + y)
    finger.up()
    # then
    (stroke,) = _strokes(either.posted)
    assert len(stroke) == 6
    assert all(0 <= x <= 1 and 0 <= y * wide <= high for x, y in stroke)
    assert _around(either, inner) == outside
    assert _corners(either, box) == _corners_of_an_empty_box(either, box)


def test_a_dot_is_a_stroke(glass: Glass) -> None:
    glass.show(_view())
    before = glass.pixels()
    _draw(glass, PATH[:1])
    (stroke,) = _strokes(glass.posted)
    assert len(stroke) == 1
    assert glass.pixels() != before


def test_a_second_finger_writes_nothing(glass: Glass) -> None:
    # given a hand that rests on the glass
    glass.show(_view())
    box = glass.find("ink_box").rect
    writing = glass.down(box.left + 200, box.top + 300)
    resting = glass.down(box.left + 700, box.top + 600)
    resting.move(box.left + 760, box.top + 600)
    # when
    writing.move(box.left + 300, box.top + 300)
    resting.up()
    writing.up()
    # then
    (stroke,) = _strokes(glass.posted)
    assert max(x for x, _ in stroke) < 0.5


# ------------------------------------------------------------------ around the box


def test_keys_and_candidates_post_what_they_say(either: Glass) -> None:
    either.show(_view("handwriting-half"))
    for ident in ("key_undo_stroke", "key_clear_ink", "key_backspace", "keyboard_pinyin", "candidate_0", "candidate_9", "key_done"):
        either.rest()
        either.tap(ident)
    assert either.posted == [
        KeyPressed("undo_stroke"), KeyPressed("clear_ink"), KeyPressed("backspace"), KeyboardChosen("pinyin"),
        CandidateChosen(0), CandidateChosen(9), KeyPressed("done"),
    ]  # fmt: skip


def test_the_first_candidate_is_marked_while_there_is_ink_and_the_hint_while_there_is_none(glass: Glass) -> None:
    glass.show(_view("handwriting-half"))
    (first, second) = (glass.find(f"candidate_{index}").element for index in (0, 1))
    assert (first.button.selected, second.button.selected) == (True, False)  # type: ignore[attr-defined]
    hint = _keyboard("handwriting-half").hint
    assert hint not in _texts(glass)
    glass.show(_view("handwriting-next-words"))
    assert not glass.find("candidate_0").element.button.selected  # type: ignore[attr-defined]
    assert hint in _texts(glass)


def test_a_note_stands_where_the_candidates_would(either: Glass) -> None:
    either.show(_view("handwriting-half"))
    before = either.find("candidate_0").rect
    either.show(_view("handwriting-coming-back"))
    note = next(mounted for mounted in either.app.page.mounted if hasattr(mounted.element, "panel"))
    assert note.rect.left == before.left and note.rect.top == before.top
    assert either.app.page.find("candidate_0") is None
    assert either.app.page.find("ink_box") is not None


# ------------------------------------------------------------------ what is looked at


def _keyboard(name: str) -> Keyboard:
    keyboard = _view(name).keyboard
    assert keyboard is not None
    return keyboard


def _candidates(name: str) -> tuple[Button, ...]:
    bar = _keyboard(name).bar
    assert bar is not None
    return bar.candidates


def _texts(glass: Glass) -> list[str]:
    return [mounted.element.text for mounted in glass.app.page.mounted if hasattr(mounted.element, "text")]


def _rows(glass: Glass, rect: Rect) -> list[bytes]:
    width, height = glass.app.window.system_size
    picture = glass.pixels()
    starts = [((height - 1 - y) * width + rect.left) * 4 for y in range(rect.top, rect.bottom)]
    return [picture[start : start + (rect.right - rect.left) * 4] for start in starts]


def _ink(glass: Glass, box: Rect) -> bytes:
    """Where the box is dark: 1 for each px of ink; text of the hint is not among it."""
    below = Rect(box.left + 4, box.top + 70, box.right - 4, box.bottom - 4)
    return bytes(value < 100 for value in b"".join(row[::4] for row in _rows(glass, below)))


def _inked(one: bytes, other: bytes) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _around(glass: Glass, rect: Rect) -> list[bytes]:
    width, height = glass.app.window.system_size
    return [
        *_rows(glass, Rect(0, 0, width, rect.top)), *_rows(glass, Rect(0, rect.bottom, width, height)),
        *_rows(glass, Rect(0, rect.top, rect.left, rect.bottom)), *_rows(glass, Rect(rect.right, rect.top, width, rect.bottom)),
    ]  # fmt: skip


def _corners(glass: Glass, box: Rect) -> list[list[bytes]]:
    """The four squares in which the frame is round, without what lies inside its curve."""
    at = [(box.left, box.top), (box.right - 6, box.top), (box.left, box.bottom - 6), (box.right - 6, box.bottom - 6)]
    return [_rows(glass, Rect(x, y, x + 6, y + 6)) for x, y in at]


def _corners_of_an_empty_box(glass: Glass, box: Rect) -> list[list[bytes]]:
    glass.show(GALLERY["home"])
    glass.show(_view())
    return _corners(glass, box)
