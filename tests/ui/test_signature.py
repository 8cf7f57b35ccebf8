"""The pad: ink under the finger at once, every touch of a stroke posted as it was, and what the terminal has is what stays."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import StrokeDrawn, Touched
from kiosk.views import SignatureView
from screens.drawing import Rect
from screens.gallery import GALLERY
from screens.widgets.ink import Ink, bends, pieces, tail
from tests.ui.glass import Glass

#: A bend, a sharp turn back and a halt, in px of the pad.
PATH = [(100.0, 200.0), (180.0, 230.0), (260.0, 220.0), (300.0, 420.0), (290.0, 300.0), (500.0, 610.0)]


def _empty() -> SignatureView:
    view = GALLERY["signature-empty"]
    assert isinstance(view, SignatureView)
    return view


def _draw(glass: Glass, path: list[tuple[float, float]]) -> None:
    glass.draw("signature_pad", path)


def test_the_posted_stroke_is_the_touches_in_the_unit_square(glass: Glass) -> None:
    # given
    glass.show(_empty())
    pad = glass.find("signature_pad").rect
    width, height = pad.right - pad.left, pad.bottom - pad.top
    # when
    _draw(glass, PATH)
    # then
    (event,) = glass.posted
    assert isinstance(event, StrokeDrawn)
    assert len(event.points) == len(PATH)
    for (x, y), (unit_x, unit_y) in zip(PATH, event.points, strict=True):
        assert abs(unit_x * width - x) < 1.01  # a touch is a whole px of the glass
        assert abs(unit_y * height - y) < 1.01


def test_ink_is_there_before_the_finger_is_lifted(glass: Glass) -> None:
    # given
    glass.show(_empty())
    before = glass.pixels()
    pad = glass.find("signature_pad").rect
    # when
    finger = glass.down(pad.left + 300, pad.top + 300)
    finger.move(pad.left + 420, pad.top + 330)
    # then
    assert glass.posted == []
    assert glass.pixels() != before
    finger.up()


def test_a_piece_of_a_stroke_redraws_only_its_own_rectangle(glass: Glass) -> None:
    # given
    glass.show(_empty())
    pad = glass.find("signature_pad").rect
    finger = glass.down(pad.left + 300, pad.top + 300)
    finger.move(pad.left + 310, pad.top + 304)
    counts = glass.app.surface.counts
    whole, pixels = counts.whole, counts.pixels
    # when
    finger.move(pad.left + 330, pad.top + 310)
    # then
    assert counts.whole == whole
    assert 0 < counts.pixels - pixels < 60 * 60
    finger.up()


def test_what_was_drawn_by_finger_equals_what_is_drawn_from_the_view(glass: Glass) -> None:
    # given a stroke by finger
    view = _empty()
    glass.show(view)
    _draw(glass, PATH)
    (event,) = glass.posted
    assert isinstance(event, StrokeDrawn)
    by_finger = glass.pixels()
    # when the terminal answers with it, and when another window shows it afresh
    answered = replace(view, strokes=(event.points,))
    glass.show(answered)
    assert glass.pixels() == by_finger
    assert glass.whole_pixels() == by_finger
    glass.show(GALLERY["home"])
    glass.show(answered)
    # then
    assert glass.pixels() == by_finger


def test_the_answer_to_a_stroke_redraws_nothing_of_the_pad(glass: Glass) -> None:
    # given
    view = _empty()
    glass.show(view)
    _draw(glass, PATH)
    (event,) = glass.posted
    assert isinstance(event, StrokeDrawn)
    counts = glass.app.surface.counts
    whole, pixels = counts.whole, counts.pixels
    # when
    glass.show(replace(view, strokes=(event.points,)))
    # then
    assert (counts.whole, counts.pixels) == (whole, pixels)


def test_a_stroke_that_the_terminal_does_not_keep_vanishes(glass: Glass) -> None:
    # given
    view = _empty()
    glass.show(view)
    clean = glass.pixels()
    _draw(glass, PATH)
    # when the terminal shows something else with no strokes
    glass.show(replace(view, pad_hint=view.pad_hint + " "))
    glass.show(view)
    glass.show(replace(view, strokes=(((0.1, 0.1), (0.2, 0.2)),)))
    glass.show(view)
    # then
    assert glass.pixels() == clean


def test_a_finger_that_leaves_the_pad_writes_to_its_edge_and_no_further(glass: Glass) -> None:
    # given
    glass.show(_empty())
    pad = glass.find("signature_pad").rect
    outside = _outside(glass, pad)
    # when
    finger = glass.down(pad.left + 40, pad.top + 40)
    finger.move(pad.left - 60, pad.top - 200)
    finger.up()
    # then
    (event,) = glass.posted
    assert isinstance(event, StrokeDrawn)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in event.points)
    assert _outside(glass, pad) == outside


def test_a_dot_is_a_stroke(glass: Glass) -> None:
    glass.show(_empty())
    before = glass.pixels()
    _draw(glass, PATH[:1])
    (event,) = glass.posted
    assert isinstance(event, StrokeDrawn)
    assert len(event.points) == 1
    assert glass.pixels() != before


def test_a_second_finger_on_the_pad_writes_nothing(glass: Glass) -> None:
    # given a hand that rests on the glass
    glass.show(_empty())
    pad = glass.find("signature_pad").rect
    writing = glass.down(pad.left + 300, pad.top + 300)
    resting = glass.down(pad.left + 700, pad.top + 700)
    resting.move(pad.left + 760, pad.top + 700)
    # when
    writing.move(pad.left + 400, pad.top + 300)
    resting.up()
    writing.up()
    # then
    strokes = [event for event in glass.posted if not isinstance(event, Touched)]
    assert len(strokes) == 1
    (stroke,) = strokes
    assert isinstance(stroke, StrokeDrawn)
    assert max(x for x, _ in stroke.points) < 0.5


def test_ink_does_not_depend_on_whether_it_comes_point_by_point() -> None:
    # given
    points = [(x / 984, y / 848) for x, y in PATH]
    at_once, bit_by_bit = Ink(984, 848, 10), Ink(984, 848, 10)
    # when
    for piece in pieces(points):
        at_once.add(piece)
    for count in range(1, len(points) + 1):
        for piece in bends(points[:count]):
            bit_by_bit.add(piece)
    bit_by_bit.add(tail(points))
    # then
    assert (at_once.coverage == bit_by_bit.coverage).all()
    assert at_once.coverage.any()


def test_ink_is_as_wide_as_it_says() -> None:
    ink = Ink(200, 100, 10)
    ink.add(((0.2, 0.5), (0.8, 0.5)))
    column = ink.coverage[:, 100].astype(float) / 255
    assert abs(column.sum() - 10) < 0.1


def _outside(glass: Glass, rect: Rect) -> list[bytes]:
    """The rows of the picture without the part inside a rectangle."""
    width, height = glass.app.window.system_size
    picture = glass.pixels()
    rows = []
    for y in range(height):
        start = (height - 1 - y) * width * 4
        row = picture[start : start + width * 4]
        rows.append(row[: rect.left * 4] + row[rect.right * 4 :] if rect.top <= y < rect.bottom else row)
    return rows
