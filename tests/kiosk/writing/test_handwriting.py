"""Writing by hand, with the real recognizer."""

from __future__ import annotations

from kiosk.events import KeyboardChosen, StrokeDrawn
from kiosk.journeys.writing import Takes
from kiosk.journeys.writing.ink import MOST_POINTS, MOST_STROKES, thinned
from kiosk.typing import handwriting
from tests.kiosk.writing.conftest import Citizen

TEN = (((0.2, 0.5), (0.8, 0.5)), ((0.5, 0.2), (0.5, 0.8)))
KING = (((0.25, 0.2), (0.75, 0.2)), ((0.28, 0.5), (0.72, 0.5)), ((0.5, 0.2), (0.5, 0.8)), ((0.2, 0.8), (0.8, 0.8)))
BY_HAND = KeyboardChosen("handwriting")


def test_a_name_by_hand(citizen: Citizen) -> None:
    citizen.begin(Takes.NAME).does(BY_HAND).draws(*KING)
    assert len(citizen.candidates) == 10 and citizen.candidates[0] == "王"
    assert citizen.marked == "王" and citizen.writing.text == ""
    citizen.chooses("王")
    assert citizen.writing.text == "王" and citizen.keyboard.strokes == () and citizen.candidates == []
    citizen.draws(*TEN)  # the next stroke begins a new character
    assert citizen.typed.text == "王十" and len(citizen.keyboard.strokes) == 2
    assert citizen.writing.finish() == "王十"


def test_strokes_drawn_while_it_loads_are_read_when_it_is_ready(citizen: Citizen) -> None:
    citizen.typing.close()
    citizen.typing.open(2)
    citizen.begin(Takes.NAME).does(BY_HAND, *(StrokeDrawn(stroke) for stroke in TEN))
    assert citizen.keyboard.hint == "手写正在打开，可以先写" and citizen.candidates == []
    assert citizen.waits().candidates[0] == "十"
    assert citizen.keyboard.hint == "一个字一个字地写，笔顺不限"


def test_strokes_are_taken_back_one_by_one_and_all(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT).does(BY_HAND).draws(*TEN)
    citizen.presses("undo_stroke").waits()
    assert len(citizen.keyboard.strokes) == 1 and "一" in citizen.candidates
    citizen.presses("clear_ink")
    assert citizen.keyboard.strokes == () and citizen.typed.text == ""
    citizen.draws(*TEN).presses("backspace")
    assert citizen.keyboard.strokes == () and citizen.typed.text == ""


def test_a_character_by_hand_is_followed_by_words_and_corrected_by_tapping(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT).does(BY_HAND).draws(*KING).chooses("王")
    assert citizen.candidates and all(len(each) >= 1 for each in citizen.candidates)
    other = citizen.taps_text(1).candidates[0]
    assert other != "王"
    assert citizen.chooses(other).writing.text == other


def test_ink_is_written_when_the_keyboard_changes(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT).does(BY_HAND).draws(*TEN).does(KeyboardChosen("pinyin"))
    assert citizen.writing.text == "十" and citizen.keyboard.strokes == ()
    citizen.does(BY_HAND, *(StrokeDrawn(stroke) for stroke in KING), KeyboardChosen("pinyin"))  # before it is read
    assert citizen.waits().writing.text == "十王"


def test_a_slow_finger_and_a_page_of_strokes(citizen: Citizen) -> None:
    slow = tuple((0.2 + 0.6 * n / 5000, 0.5) for n in range(5000))
    citizen.begin(Takes.TEXT).does(BY_HAND).draws(slow)
    assert "一" in citizen.candidates and citizen.keyboard.strokes == (slow,)
    assert sum(map(len, thinned((slow,)))) < 200
    citizen.presses("clear_ink").does(*(StrokeDrawn(TEN[0]) for _ in range(MOST_STROKES)))
    assert citizen.keyboard.note is None
    citizen.does(StrokeDrawn(TEN[0]))
    assert len(citizen.keyboard.strokes) == MOST_STROKES and citizen.keyboard.note is not None
    citizen.presses("clear_ink").does(StrokeDrawn(((float("nan"), 0.1),)))
    assert citizen.keyboard.strokes == ()


def test_no_more_is_sent_than_the_engine_reads() -> None:
    assert MOST_STROKES <= handwriting.MOST_STROKES and MOST_POINTS <= handwriting.MOST_POINTS
