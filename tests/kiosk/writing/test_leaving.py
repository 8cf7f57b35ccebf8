"""A text that is left before its answer came, or before it fits: nothing raw is in it, and nothing is lost."""

from __future__ import annotations

import os
import signal

import pytest

from kiosk.events import CaretPlaced, KeyboardChosen, StrokeDrawn
from kiosk.journeys.writing import Takes
from kiosk.journeys.writing.cells import Written, plain
from kiosk.journeys.writing.composing import Composing
from kiosk.journeys.writing.page import Owed, Page
from kiosk.typing.answers import Candidate, Way
from tests.kiosk.writing.conftest import Citizen
from tests.kiosk.writing.test_handwriting import BY_HAND, TEN


def _stop(citizen: Citizen) -> int:
    """Pinyin hangs: what is asked of it from now on is answered when it goes on."""
    assert citizen.typing._engines is not None
    pid = citizen.typing._engines._engines[Way.PINYIN].pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    return pid


def _finishes(citizen: Citizen) -> str:
    """Left, and handed what engines tell as long as it waits."""
    citizen.writing.finish()
    return citizen.until(lambda: not citizen.writing.waits).writing.finish()


@pytest.mark.parametrize(("kind", "keys"), [("pinyin", "wanbaohezhen"), ("nine", "926226439436")])
def test_letters_and_nine_keys_without_an_answer_are_not_written_raw(citizen: Citizen, kind: str, keys: str) -> None:
    citizen.begin(Takes.ADDRESS, "桃山区").does(KeyboardChosen(kind)).presses(*keys)
    assert citizen.writing.finish() == "桃山区" and citizen.writing.unread and citizen.writing.waits
    assert _finishes(citizen) == "桃山区万宝河镇" and not citizen.writing.unread


def test_ink_is_not_written_by_the_answer_to_less_ink(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT).does(BY_HAND).draws(TEN[0])
    assert citizen.candidates[0] == "一"
    citizen.does(StrokeDrawn(TEN[1]))
    assert citizen.writing.finish() == "" and citizen.writing.unread
    assert _finishes(citizen) == "十"


def test_two_texts_left_while_the_engine_hangs_are_both_answered(citizen: Citizen) -> None:
    """An engine keeps only the newest question."""
    pid = _stop(citizen)
    first = citizen.begin(Takes.ADDRESS).presses(*"wanbao").writing
    first.finish()
    second = citizen.begin(Takes.NAME).presses(*"guilan").writing
    third = citizen.begin(Takes.TEXT).presses(*"women").writing
    os.kill(pid, signal.SIGCONT)
    while first.waits or second.waits or third.waits:
        told = citizen.hears()  # the third handles it
        first.handle(told)
        second.handle(told)
    assert [each.finish() for each in (first, second, third)] == ["万宝", "桂兰", "我们"]


def test_what_does_not_fit_stays_composed(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT, limit=3).types("womenmingtian")
    assert citizen.writing.finish() == "" and citizen.writing.too_long and citizen.typed.text == "我们明天"
    citizen.chooses("我们").presses(*["backspace"] * 4).waits()
    assert citizen.writing.finish() and not citizen.writing.unread and not citizen.writing.too_long


def test_the_note_that_ink_is_not_read_goes_when_it_is(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT).does(BY_HAND).until(lambda: citizen.typing.ready(Way.HANDWRITING))
    citizen.does(StrokeDrawn(TEN[0]), KeyboardChosen("pinyin")).presses("n")
    note = citizen.keyboard.note
    assert note is not None and "还没认出来" in note.text
    citizen.waits()
    assert citizen.writing.text == "一" and citizen.keyboard.note is None
    assert citizen.types("nihao").marked == "你好"


def test_letters_that_are_owed_are_keys_again_for_a_backspace(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS).presses(*"zhongshanlu").does(KeyboardChosen("symbols")).presses("5", *["backspace"] * 3)
    assert citizen.waits().typed.text == "中山"
    citizen.does(KeyboardChosen("pinyin")).presses(*"lu").does(KeyboardChosen("symbols")).presses("5", "backspace")
    assert citizen.waits().writing.text == "中山路"


def test_no_caret_stands_inside_letters_that_are_owed(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS).presses(*"zhongshanlu").does(KeyboardChosen("symbols")).presses("5").does(CaretPlaced(4)).presses("2")
    assert citizen.waits().writing.text == "中山路25"


def test_what_is_owed_is_paid_after_clearing_was_undone(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS).presses(*"wanbao").does(KeyboardChosen("symbols")).presses("5", "clear")
    assert citizen.waits().typed.text == ""
    assert citizen.presses("restore").waits().writing.text == "万宝5"


def test_an_answer_to_what_is_owed_is_none_to_what_is_composed(citizen: Citizen) -> None:
    pid = _stop(citizen)
    citizen.begin(Takes.ADDRESS).presses(*"zhongshan").does(KeyboardChosen("symbols")).presses("5")
    citizen.does(KeyboardChosen("pinyin")).presses(*"lu").does(KeyboardChosen("symbols"))
    os.kill(pid, signal.SIGCONT)
    assert citizen.waits().writing.text == "中山5路"


# ------------------------------------------------------------------ paying


def _owed(keys: str, before: str = "", after: str = "", caret: int | None = None) -> tuple[Owed, Page]:
    cells = plain(keys, word=1)
    written = plain(before) + cells + plain(after)
    return Owed(Composing(1, keys=keys), cells), Page(Written(written, len(written) if caret is None else caret))


def test_what_is_right_but_does_not_fit_is_not_paid() -> None:
    owed, page = _owed("yl", before="要")
    assert owed.paid(page, Candidate("养老保险", 2), "yl", room=1) == page
    assert owed.paid(page, Candidate("养老保险", 2), "yl", room=2).written.text == "要养老保险"


@pytest.mark.parametrize(("caret", "then"), [(0, 0), (1, 1), (7, 3), (8, 4), (9, 5)])
def test_the_caret_stays_where_it_was_in_the_text(caret: int, then: int) -> None:
    """Before, at the end of, and behind what is paid: 在wanbao5号."""
    owed, page = _owed("wanbao", before="在", after="5号", caret=caret)
    paid = owed.paid(page, Candidate("万宝", 6), "wanbao", room=10).written
    assert (paid.text, paid.caret) == ("在万宝5号", then)
