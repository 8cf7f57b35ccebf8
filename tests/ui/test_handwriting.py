"""Writing by hand: ink as on the signature's pad, and what stands around the box."""

from __future__ import annotations

import time

from kiosk.events import CandidateChosen, KeyboardChosen, KeyPressed
from kiosk.views import CandidateBar
from screens.drawing import Rect
from screens.gallery import GALLERY
from screens.widgets.ink_pad import ANSWER_S
from tests.ui.glass import Glass
from tests.ui.ink_box import (
    around,
    candidates_of,
    corners_of,
    corners_of_an_empty_box,
    differing,
    draw,
    ink_of,
    keyboard_of,
    page,
    strokes_of,
    texts_of,
    with_keyboard,
)

#: A bend, a sharp turn back and a halt, in px of the box.
PATH = [(100.0, 200.0), (180.0, 230.0), (260.0, 220.0), (300.0, 420.0), (290.0, 300.0), (480.0, 610.0)]


# ------------------------------------------------------------------ ink


def test_ink_is_there_before_the_finger_is_lifted_and_only_its_rectangle_is_drawn(either: Glass) -> None:
    # given
    either.show(page())
    box = either.find("ink_box").rect
    before = either.pixels()
    counts = either.app.surface.counts
    finger = either.down(box.left + 200, box.top + 300)
    whole, pixels = counts.whole, counts.pixels
    # when
    finger.move(box.left + 230, box.top + 310)
    # then
    assert strokes_of(either.posted) == ()
    assert either.pixels() != before
    assert counts.whole == whole
    assert 0 < counts.pixels - pixels < 80 * 60
    finger.up()


def test_what_is_drawn_by_finger_equals_a_whole_redraw_and_what_the_terminal_answers(either: Glass) -> None:
    # given
    view = page()
    either.show(view)
    # when
    for x in (0.0, 60.0):
        draw(either, [(x + 50, y) for x, y in PATH])
    answered = with_keyboard(view, strokes=strokes_of(either.posted))
    either.show(answered)
    by_finger = either.pixels()
    # then
    assert either.whole_pixels() == by_finger
    either.show(GALLERY["home"])
    either.show(answered)
    assert either.pixels() == by_finger


def test_a_terminal_that_is_behind_the_finger_takes_no_ink_away(glass: Glass) -> None:
    # given two strokes, and a third that is being drawn
    view = page()
    glass.show(view)
    box = glass.find("ink_box").rect
    draw(glass, PATH)
    draw(glass, [(x + 100, y) for x, y in PATH])
    finger = glass.down(box.left + 600, box.top + 100)
    finger.move(box.left + 640, box.top + 180)
    first, second = strokes_of(glass.posted)
    inked = ink_of(glass, box)
    # when the terminal answers the first only, then with what it may be
    glass.show(with_keyboard(view, strokes=(first,)))
    assert ink_of(glass, box) == inked
    glass.show(with_keyboard(view, strokes=(first,), bar=CandidateBar(candidates=candidates_of("handwriting-half"))))
    assert ink_of(glass, box) == inked
    # then all three are there when it has caught up
    glass.show(with_keyboard(view, strokes=(first, second)))
    assert ink_of(glass, box) == inked
    finger.up()
    assert len(strokes_of(glass.posted)) == 3


def test_ink_vanishes_at_once_when_the_terminal_clears_but_not_what_is_under_the_finger(glass: Glass) -> None:
    # given
    view = page()
    glass.show(view)
    box = glass.find("ink_box").rect
    clean = ink_of(glass, box)
    draw(glass, PATH)
    strokes = strokes_of(glass.posted)
    glass.show(with_keyboard(view, strokes=strokes))
    # when it clears
    glass.show(view)
    # then
    assert ink_of(glass, box) == clean
    # and when it clears while the next character begins
    glass.show(with_keyboard(view, strokes=strokes))
    finger = glass.down(box.left + 600, box.top + 200)
    finger.move(box.left + 620, box.top + 300)
    glass.show(view)
    begun = ink_of(glass, box)
    finger.up()
    # then its beginning is there, and all of the stroke is posted
    assert 0 < differing(begun, clean) < 40 * 140
    assert len(strokes_of(glass.posted)[-1]) == 2


def test_undoing_a_stroke_leaves_the_others_as_they_were(glass: Glass) -> None:
    view = page()
    glass.show(view)
    box = glass.find("ink_box").rect
    draw(glass, PATH)
    glass.show(with_keyboard(view, strokes=strokes_of(glass.posted)))
    one = ink_of(glass, box)
    draw(glass, [(x + 40, y) for x, y in PATH])
    glass.show(with_keyboard(view, strokes=strokes_of(glass.posted)))
    assert ink_of(glass, box) != one
    glass.show(with_keyboard(view, strokes=strokes_of(glass.posted)[:1]))
    assert ink_of(glass, box) == one
    assert glass.whole_pixels() == glass.pixels()


def test_a_stroke_that_the_terminal_never_takes_does_not_stay(glass: Glass) -> None:
    # given
    glass.show(page())
    box = glass.find("ink_box").rect
    clean = ink_of(glass, box)
    draw(glass, PATH)
    assert ink_of(glass, box) != clean
    # when
    end = time.monotonic() + 5 * ANSWER_S
    while ink_of(glass, box) != clean and time.monotonic() < end:
        time.sleep(0.05)
        glass.frame()
    # then
    assert ink_of(glass, box) == clean


def test_a_finger_that_slides_off_writes_to_the_edge_inside_the_frame(either: Glass) -> None:
    # given
    either.show(page())
    box = either.find("ink_box").rect
    inner = Rect(box.left + 2, box.top + 2, box.right - 2, box.bottom - 2)
    outside = around(either, inner)
    # when it goes around all four corners
    wide, high = box.right - box.left, box.bottom - box.top
    finger = either.down(box.left + 40, box.top + 40)
    for x, y in ((-60, -60), (wide + 30, -20), (wide + 10, high + 20), (-50, high + 15), (-50, 200)):
        finger.move(box.left + x, box.top + y)
    finger.up()
    # then
    (stroke,) = strokes_of(either.posted)
    assert len(stroke) == 6
    assert all(0 <= x <= 1 and 0 <= y * wide <= high for x, y in stroke)
    assert around(either, inner) == outside
    assert corners_of(either, box) == corners_of_an_empty_box(either, box)


def test_a_dot_is_a_stroke(glass: Glass) -> None:
    glass.show(page())
    before = glass.pixels()
    draw(glass, PATH[:1])
    (stroke,) = strokes_of(glass.posted)
    assert len(stroke) == 1
    assert glass.pixels() != before


def test_a_second_finger_writes_nothing(glass: Glass) -> None:
    # given a hand that rests on the glass
    glass.show(page())
    box = glass.find("ink_box").rect
    writing = glass.down(box.left + 200, box.top + 300)
    resting = glass.down(box.left + 700, box.top + 600)
    resting.move(box.left + 760, box.top + 600)
    # when
    writing.move(box.left + 300, box.top + 300)
    resting.up()
    writing.up()
    # then
    (stroke,) = strokes_of(glass.posted)
    assert max(x for x, _ in stroke) < 0.5


# ------------------------------------------------------------------ around the box


def test_keys_and_candidates_post_what_they_say(either: Glass) -> None:
    either.show(page("handwriting-half"))
    for ident in ("key_undo_stroke", "key_clear_ink", "key_backspace", "keyboard_pinyin", "candidate_0", "candidate_9", "key_done"):
        either.rest()
        either.tap(ident)
    bar = page("handwriting-half").keyboard.bar
    labels = [button.label for button in bar.candidates]
    assert either.posted == [
        KeyPressed("undo_stroke"), KeyPressed("clear_ink"), KeyPressed("backspace"), KeyboardChosen("pinyin"),
        CandidateChosen(0, labels[0]), CandidateChosen(9, labels[9]), KeyPressed("done"),
    ]  # fmt: skip


def test_the_first_candidate_is_marked_while_there_is_ink_and_the_hint_while_there_is_none(glass: Glass) -> None:
    glass.show(page("handwriting-half"))
    (first, second) = (glass.find(f"candidate_{index}").element for index in (0, 1))
    assert (first.button.selected, second.button.selected) == (True, False)  # type: ignore[attr-defined]
    hint = keyboard_of("handwriting-half").hint
    assert hint not in texts_of(glass)
    glass.show(page("handwriting-next-words"))
    assert not glass.find("candidate_0").element.button.selected  # type: ignore[attr-defined]
    assert hint in texts_of(glass)


def test_a_note_stands_where_the_candidates_would(either: Glass) -> None:
    either.show(page("handwriting-half"))
    before = either.find("candidate_0").rect
    either.show(page("handwriting-coming-back"))
    note = next(mounted for mounted in either.app.page.mounted if hasattr(mounted.element, "panel"))
    assert note.rect.left == before.left and note.rect.top == before.top
    assert either.app.page.find("candidate_0") is None
    assert either.app.page.find("ink_box") is not None
