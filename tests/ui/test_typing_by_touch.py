"""A name by handwriting: real touches in the real window, the terminal's writing behind it, and the real engines in their processes."""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from demo.bench_typing import Strokes, characters, distorted
from demo.place import open_place
from kiosk.events import Event, Woken
from kiosk.i18n import Texts
from kiosk.journeys.writing import Takes, Writing
from kiosk.typing.answers import Way
from kiosk.typing.session import SessionTyping
from kiosk.views import AttractView, FieldRow, FormView, HomeView
from screens.gallery.shell import PERSON, chrome
from tests.ui.at_terminal import AtTerminal, draw
from tests.ui.glass import Glass

#: 兰, which is in no list.
_ORCHID: Strokes = [
    [(330, 190), (365, 235), (400, 290)],
    [(690, 170), (660, 230), (620, 290)],
    [(230, 380), (500, 375), (790, 365)],
    [(290, 590), (500, 585), (740, 575)],
    [(150, 830), (500, 825), (880, 815)],
]
_SECONDS = 20.0


class Writer:
    """Somebody who writes into one field: what the glass posts goes to the terminal's writing, what that shows goes to the glass."""

    def __init__(self, glass: Glass, typing: SessionTyping, told: queue.Queue[Event]) -> None:
        self._glass, self._typing, self._told = glass, typing, told
        self._heard = 0
        self.writing = Writing(typing, Texts(), Takes.NAME)
        self.turn()

    def turn(self) -> None:
        """All that is waiting is handled, and what is to be seen now is drawn."""
        for event in self._glass.posted[self._heard :]:
            self.writing.handle(event)
        self._heard = len(self._glass.posted)
        while not self._told.empty():
            event = self._told.get_nowait()
            self._typing.note(event.told)  # type: ignore[attr-defined]
            self.writing.handle(event)
        field = FieldRow("name", "姓名", "", focused=True, typed=self.writing.typed())
        self._glass.show(FormView(chrome(2, person=PERSON), "您叫什么名字？", fields=(field,), keyboard=self.writing.keyboard("填好了")))

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for the engines, the window going on all the while."""
        end = time.monotonic() + _SECONDS
        while not true():
            assert time.monotonic() < end, self.candidates()
            time.sleep(0.01)
            self.turn()

    def presses(self, ident: str) -> None:
        self._glass.rest()
        self._glass.tap(ident)
        self.turn()

    def draws(self, strokes: Strokes) -> None:
        """A character, the terminal's writing answering each stroke."""
        for stroke in strokes:
            draw(self._glass, [stroke])
            self.turn()

    def candidates(self) -> list[str]:
        bar = self.writing.keyboard("").bar
        return [button.label for button in bar.candidates] if bar else []

    def chooses(self, text: str) -> None:
        """A candidate that can be seen among the first ten."""
        self.until(lambda: text in self.candidates()[:10])
        bar = self.writing.keyboard("").bar
        assert bar is not None
        self.presses(next(button.id for button in bar.candidates if button.label == text))


@pytest.fixture
def writer(either: Glass) -> Iterator[Writer]:
    told: queue.Queue[Event] = queue.Queue()
    typing = SessionTyping()
    typing.start(told.put)
    typing.open(1)
    try:
        writer = Writer(either, typing, told)
        writer.until(lambda: typing.ready(Way.PINYIN) or typing.down(Way.PINYIN) is not None)
        typing.open_handwriting()
        writer.until(lambda: typing.ready(Way.HANDWRITING) or typing.down(Way.HANDWRITING) is not None)
        for way in Way:
            down = typing.down(way)
            if down is not None and not os.environ.get("CI"):
                pytest.skip(f"NOT TESTED, a name by touch: {down.code}")
            assert down is None
        yield writer
    finally:
        typing.close()


def test_a_name_is_written_by_hand_with_strokes_on_the_glass(writer: Writer) -> None:
    # given the keyboard for names, and from it the one for handwriting
    writer.presses("keyboard_handwriting")
    # when two characters are drawn, each with a trembling hand in an order of its own, and chosen
    writer.draws(distorted(dict(characters())["秀"], seed=3))
    writer.chooses("秀")
    assert writer.writing.typed().text == "秀"
    assert writer.writing.keyboard("").strokes == ()
    writer.draws(distorted(_ORCHID, seed=4))
    writer.chooses("兰")
    # then
    assert writer.writing.finish() == "秀兰"


def test_a_stroke_can_be_taken_back_and_the_ink_cleared(writer: Writer) -> None:
    # given two strokes
    writer.presses("keyboard_handwriting")
    empty = writer._glass.pixels()
    writer.draws(_ORCHID[2:4])
    assert len(writer.writing.keyboard("").strokes) == 2
    # when, then
    writer.presses("key_undo_stroke")
    assert len(writer.writing.keyboard("").strokes) == 1
    writer.presses("key_clear_ink")
    writer.until(lambda: not writer.candidates())
    assert writer.writing.keyboard("").strokes == ()
    assert writer._glass.pixels() == empty


# ------------------------------------------------------------------ at a whole terminal


def test_at_a_whole_terminal_a_field_is_filled_by_hand(glass: Glass, tmp_path: Path) -> None:
    with open_place(tmp_path) as place:
        # given a foreigner, whose card has no address, at the form
        citizen = place.citizen
        citizen.waits(lambda: place.composition.terminal.work.catalogue is not None)
        citizen.sees(AttractView)
        citizen.post(Woken())
        citizen.sees(HomeView)
        citizen.touches("search")
        citizen.types("ylbx")
        citizen.touches("item_YLBX")
        citizen.touches("primary")
        citizen.touches("for_self")
        place.bench.lay_card("anna-smith")
        citizen.touches("agree")
        citizen.sees(FormView)
        finger = AtTerminal(glass, place)
        # when she opens the address on the glass, and handwriting
        finger.touches("field_address")
        finger.touches("keyboard_handwriting")
        finger.writes("秀", distorted(dict(characters())["秀"], seed=3))
        finger.writes("兰", distorted(_ORCHID, seed=4))
        # then it is in her form
        view = finger.sees(lambda view: any(row.typed and row.typed.text == "秀兰" for row in view.fields))
        assert next(row for row in view.fields if row.focused).code == "address"
        citizen.leaves()
