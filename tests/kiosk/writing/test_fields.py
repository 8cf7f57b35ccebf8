"""What each kind of field takes, lengths, clearing, and the ways between keyboards."""

from __future__ import annotations

import pytest

from kiosk.events import CaretPlaced, KeyboardChosen, KeyPressed, StrokeDrawn
from kiosk.i18n import Texts
from kiosk.journeys.writing import Takes, Writing
from kiosk.typing.session import SessionTyping
from kiosk.views import KeyboardKind
from tests.kiosk.writing.conftest import Citizen


@pytest.mark.parametrize(
    ("takes", "kind", "keys", "text"),
    [
        (Takes.NUMBER, KeyboardKind.DIGITS, "1390464612a0", "13904646120"),
        (Takes.ID_NUMBER, KeyboardKind.ID_NUMBER, "23090319560301123x9", "23090319560301123X"),
        (Takes.AMOUNT, KeyboardKind.AMOUNT, ".5.0", "0.50"),
        (Takes.DATE, KeyboardKind.DATE, "195603019", "1956-03-01"),
        (Takes.ENGLISH, KeyboardKind.LETTERS, " Ros1 b安-《。é", "Ros1 b-."),
        (Takes.CREDIT_CODE, KeyboardKind.LETTERS, "91ma-x", "91MAX"),
    ],
)
def test_a_field_takes_what_belongs_into_it(takes: Takes, kind: KeyboardKind, keys: str, text: str) -> None:
    writing = Writing(SessionTyping(), Texts(), takes)
    assert writing.keyboard("好").kind is kind
    for key in keys:
        writing.handle(KeyPressed(key))
    assert writing.text == text == writing.finish()


@pytest.mark.parametrize("takes", [Takes.NAME, Takes.ADDRESS, Takes.TEXT, Takes.SEARCH])
def test_chinese_fields_open_pinyin(takes: Takes) -> None:
    keyboard = Writing(SessionTyping(), Texts(), takes).keyboard("好")
    assert keyboard.kind is KeyboardKind.PINYIN
    assert [button.label for button in keyboard.switches] == ["九键", "数字", "英文", "手写"]


def test_the_dashes_of_a_date_come_and_go_by_themselves() -> None:
    writing = Writing(SessionTyping(), Texts(), Takes.DATE, "1956-03-01")
    assert writing.typed().text == "1956-03-01" and writing.typed().caret == 10
    writing.handle(CaretPlaced(6))
    writing.handle(KeyPressed("backspace"))
    assert writing.typed().text == "1956-30-1" and writing.typed().caret == 4
    writing.handle(KeyPressed("1"))
    assert writing.typed().text == "1956-13-01"


def test_shift_is_for_one_letter() -> None:
    writing = Writing(SessionTyping(), Texts(), Takes.ENGLISH)
    for key in ("shift", "r", "o"):
        writing.handle(KeyPressed(key))
    assert writing.text == "Ro" and writing.keyboard("ok").upper is False


def test_what_does_not_fit_is_refused_and_said(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS, "桃山区", limit=5).types("wanbaohe")
    assert citizen.bar.will_type == "只能再写2个字" and citizen.keyboard.done_enabled is False
    blocked = [button for button in citizen.bar.candidates if len(button.label) > 2]
    assert blocked and all(button.event is None and button.note == "写不下" for button in blocked)
    assert citizen.bar.candidates[0].label == "万宝" and citizen.bar.candidates[0].event is not None
    citizen.presses("space")
    assert citizen.writing.text == "桃山区" and citizen.keyboard.note is None
    assert citizen.keyboard.remark == "写不下了：这里最多写5个字"  # and what fits can still be chosen
    citizen.chooses("万宝").presses(*["backspace"] * 2).waits()
    assert citizen.typed.text == "桃山区万宝"
    citizen.presses("space").waits()
    assert citizen.typed.text == "桃山区万宝" and citizen.typed.counter == "5/5"
    citizen.presses("a")
    assert citizen.typed.text == "桃山区万宝" and citizen.keyboard.note is not None
    assert "5" in citizen.keyboard.note.text


@pytest.mark.parametrize(
    ("takes", "begun", "caret", "keys", "text", "refused"),
    [
        (Takes.AMOUNT, "50", 0, ".", "0.50", False),
        (Takes.AMOUNT, "500", 0, ".", "500", True),
        (Takes.AMOUNT, "", 0, "00", "0", True),
        (Takes.AMOUNT, "", 0, "07", "0", True),
        (Takes.AMOUNT, "7", 0, "0", "7", True),
        (Takes.AMOUNT, "1.23", 4, "4", "1.23", True),
        (Takes.AMOUNT, "1.2", 3, ".", "1.2", True),
        (Takes.AMOUNT, "1.2", 1, "05", "105.2", False),
        (Takes.ID_NUMBER, "", 0, "X", "", True),
        (Takes.ID_NUMBER, "2309031956030112", 16, "X", "2309031956030112", True),
        (Takes.ID_NUMBER, "23090319560301123", 17, "x", "23090319560301123X", False),
        (Takes.ID_NUMBER, "23090319560301123", 3, "X", "23090319560301123", True),
        (Takes.ID_NUMBER, "2309031956030112X", 17, "1", "2309031956030112X", True),
        (Takes.ID_NUMBER, "2309031956030112X", 3, "1", "23019031956030112X", False),
    ],
)
def test_what_begins_no_value_is_refused_and_said(takes: Takes, begun: str, caret: int, keys: str, text: str, refused: bool) -> None:
    writing = Writing(SessionTyping(), Texts(), takes, begun)
    writing.handle(CaretPlaced(caret))
    for key in keys:
        writing.handle(KeyPressed(key))
    assert writing.text == text
    assert (writing.keyboard("好").note is not None) is refused


def test_no_ink_is_taken_that_could_not_be_written(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT, "万宝", limit=2).does(KeyboardChosen("handwriting"), StrokeDrawn(((0.1, 0.5), (0.9, 0.5))))
    assert citizen.keyboard.strokes == () and citizen.keyboard.note is not None
    assert citizen.writing.finish() == "万宝"


def test_what_is_told_of_ink_leaves_what_it_may_be_in_sight(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT, "万宝", limit=3).does(KeyboardChosen("handwriting"))
    citizen.draws(((0.1, 0.5), (0.9, 0.5))).draws(*[((0.5, 0.1), (0.5, 0.9))] * 80)
    assert citizen.keyboard.note is None and citizen.keyboard.remark == "一次写一个字，写好就选" and citizen.candidates


def test_the_length_of_long_texts_is_always_told(citizen: Citizen) -> None:
    assert citizen.begin(Takes.TEXT, limit=200).typed.counter == "0/200"
    assert citizen.begin(Takes.TEXT, limit=60).typed.counter == ""
    assert citizen.begin(Takes.TEXT, "字" * 56, limit=60).typed.counter == "56/60"


def test_clear_has_a_way_back_until_the_next_key(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS, "桃山区").types("wanbao").presses("clear")
    assert citizen.typed.text == "" and citizen.typed.restore is not None
    citizen.presses("restore").waits()
    assert citizen.typed.text == "桃山区万宝" and citizen.marked == "万宝" and citizen.typed.restore is None
    citizen.presses("clear", "a")
    assert citizen.typed.restore is None
    citizen.presses("restore")
    assert "桃山区" not in citizen.typed.text


def test_nothing_is_lost_when_the_keyboard_changes(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS).types("wanbao").does(KeyboardChosen("nine"))
    assert citizen.marked == "万宝"  # pinyin goes on with other keys
    citizen.does(KeyboardChosen("symbols"))
    assert citizen.writing.text == "万宝"
    citizen.presses("2", "号").does(KeyboardChosen("letters")).presses("shift", "b").does(KeyboardChosen("nine"))
    assert citizen.writing.text == "万宝2号B" and citizen.switch("pinyin").label == "全键"
    citizen.does(KeyboardChosen("pinyin")).presses(*"cun").does(KeyboardChosen("symbols"))  # faster than the answer
    assert citizen.waits().writing.text == "万宝2号B村"
    citizen.does(KeyboardChosen("date"))
    assert citizen.keyboard.kind is KeyboardKind.SYMBOLS


def test_nothing_of_the_text_is_in_what_is_logged(citizen: Citizen) -> None:
    citizen.begin(Takes.NAME, "王").types("guilan")
    told = repr(citizen.writing) + repr(citizen.writing.__dict__) + repr(citizen.writing._editor.__dict__) + repr(citizen.typed)
    assert "王" not in told and "桂" not in told and "guilan" not in told
