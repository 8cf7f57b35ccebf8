"""Engines that die in mid-word, hang, or are not on this machine: what is written stays, and the citizen is told in a sentence."""

from __future__ import annotations

import os
import queue
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.events import Event, KeyboardChosen, StrokeDrawn, TypingTold
from kiosk.i18n import Texts
from kiosk.journeys.writing import Takes, Writing
from kiosk.typing.answers import EngineDown, Way
from kiosk.typing.session import SessionTyping
from kiosk.views import KeyboardKind
from tests.kiosk.writing.conftest import Citizen
from tests.kiosk.writing.test_handwriting import BY_HAND, TEN


def _note(citizen: Citizen) -> str:
    note = citizen.keyboard.note
    return f"{note.text} {note.detail}" if note else ""


def test_pinyin_killed_in_mid_word(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS, "桃山区").types("wanb").kills(Way.PINYIN)
    assert "拼音正在恢复" in _note(citizen) and "都还在" in _note(citizen)
    assert citizen.switch("handwriting").event is not None
    citizen.presses(*"aohezhen")  # typing goes on meanwhile
    assert citizen.bar.composing.endswith("he'zhen") and citizen.writing.text == "桃山区"
    citizen.until(lambda: citizen.typing.ready(Way.PINYIN)).waits()
    assert citizen.keyboard.note is None
    assert citizen.marked == "万宝河镇"


def test_pinyin_killed_while_it_owes_an_answer(citizen: Citizen) -> None:
    """`lost`: the request that was under way when it was killed is asked again."""
    citizen.begin(Takes.ADDRESS)
    pid = citizen.typing._engines._engines[Way.PINYIN].pid  # type: ignore[union-attr]
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    citizen.presses(*"wanbao")
    time.sleep(0.1)  # it is with the engine now
    os.kill(pid, signal.SIGKILL)
    citizen.waits()
    assert citizen.marked == "万宝"


def test_an_engine_that_hangs_is_as_one_that_died(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS)
    pid = citizen.typing._engines._engines[Way.PINYIN].pid  # type: ignore[union-attr]
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    began = time.monotonic()
    citizen.presses(*"wanbao", "backspace", "o")
    assert time.monotonic() - began < 1.0 and citizen.typed.text == "wanbao"
    down: list[EngineDown] = []
    while not down:
        told = citizen.hears().told
        down += [told] if isinstance(told, EngineDown) else []
    assert down[0].code == "slow" and "拼音正在恢复" in _note(citizen)
    assert citizen.waits().marked == "万宝"


def test_a_space_while_pinyin_is_away_keeps_the_letters(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS).kills(Way.PINYIN).presses(*"wanbao", "space")
    assert citizen.typed.text == "wanbao" and citizen.writing.text == ""
    citizen.does(KeyboardChosen("symbols")).presses("2")
    assert citizen.writing.text == "wanbao2"  # written as typed, for now
    citizen.until(lambda: citizen.typing.ready(Way.PINYIN)).waits()
    assert citizen.writing.text == "万宝2" and citizen.typed.caret == 3


def test_handwriting_killed_in_mid_character(citizen: Citizen) -> None:
    citizen.begin(Takes.NAME).does(BY_HAND).draws(TEN[0]).kills(Way.HANDWRITING)
    assert "手写正在恢复" in _note(citizen)
    citizen.does(StrokeDrawn(TEN[1]))
    assert len(citizen.keyboard.strokes) == 2
    citizen.until(lambda: citizen.typing.ready(Way.HANDWRITING)).waits()
    assert citizen.candidates[0] == "十" and citizen.keyboard.note is None


# ------------------------------------------------------------------ not on this machine


class _Elsewhere:
    """Engines on a machine that lacks something. No engine is stood in for: what it needs is really not found."""

    def __init__(self, tables: Path) -> None:
        self.told: queue.Queue[Event] = queue.Queue()
        self.typing = SessionTyping(tables)
        self.typing.start(self.told.put)
        self.typing.open(1)

    def citizen(self) -> Citizen:
        return Citizen(self.typing, self.told)

    def wait_gone(self, *ways: Way) -> None:
        end = time.monotonic() + 20
        while any(self.typing.down(way) is None for way in ways) and time.monotonic() < end:
            event = self.told.get(timeout=20)
            assert isinstance(event, TypingTold)
            self.typing.note(event.told)


@pytest.fixture
def no_tables(tmp_path: Path) -> Iterator[_Elsewhere]:
    place = _Elsewhere(tmp_path)
    yield place
    place.typing.close()


def _hide_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty package of that name stands before the real one on the engine's path."""
    (tmp_path / "rapidocr").mkdir()
    (tmp_path / "rapidocr/__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *filter(None, sys.path)]))


def test_without_pinyin_the_keyboard_turns_to_handwriting_in_mid_word(no_tables: _Elsewhere) -> None:
    citizen = no_tables.citizen().begin(Takes.ADDRESS, "桃山区").presses(*"wanbao")
    citizen.until(lambda: no_tables.typing.down(Way.PINYIN) is not None)
    assert citizen.keyboard.kind is KeyboardKind.HANDWRITING
    assert "不能打拼音" in _note(citizen) and citizen.typed.text == "桃山区wanbao"
    citizen.draws(*TEN)
    assert citizen.candidates[0] == "十"
    assert citizen.does(KeyboardChosen("pinyin")).keyboard.kind is KeyboardKind.HANDWRITING
    dead = citizen.does(KeyboardChosen("symbols")).switch("pinyin")
    assert dead.event is None and dead.note == "不能用"


def test_nine_keys_that_can_no_longer_become_characters_are_said_to_be_lost(no_tables: _Elsewhere) -> None:
    citizen = no_tables.citizen().begin(Takes.ADDRESS, "桃山区").does(KeyboardChosen("nine")).presses(*"926")
    citizen.until(lambda: no_tables.typing.down(Way.PINYIN) is not None)
    assert citizen.typed.text == "桃山区" and "要重写" in _note(citizen)


def test_a_later_field_opens_with_what_is_known_to_be_missing(no_tables: _Elsewhere) -> None:
    no_tables.wait_gone(Way.PINYIN)
    writing = Writing(no_tables.typing, Texts(), Takes.NAME)
    assert writing.keyboard("好").kind is KeyboardKind.HANDWRITING
    note = writing.keyboard("好").note
    assert note is not None and "手写" in note.text


def test_without_handwriting_the_keyboard_turns_back_to_pinyin(citizen: Citizen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    citizen.typing.close()
    _hide_the_model(tmp_path, monkeypatch)
    citizen.typing.open(3)
    citizen.begin(Takes.NAME, "王").does(BY_HAND, StrokeDrawn(TEN[0]))
    citizen.until(lambda: citizen.typing.down(Way.HANDWRITING) is not None)
    assert citizen.keyboard.kind is KeyboardKind.PINYIN and "不能手写" in _note(citizen)
    assert citizen.switch("handwriting").event is None
    assert citizen.types("guilan").typed.text == "王桂兰"
    citizen.typing.close()
    monkeypatch.undo()
    citizen.typing.open(4)


def test_without_both_digits_and_english_still_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _hide_the_model(tmp_path, monkeypatch)
    place = _Elsewhere(tmp_path)
    try:
        place.wait_gone(*Way)
        citizen = place.citizen().begin(Takes.ADDRESS)
        assert citizen.keyboard.kind is KeyboardKind.SYMBOLS and "窗口会帮您补填" in _note(citizen)
        citizen.presses("1", "2").does(KeyboardChosen("letters")).presses("b")
        assert citizen.writing.finish() == "12b" and "窗口会帮您补填" in _note(citizen)
        assert citizen.keyboard.done_enabled
    finally:
        place.typing.close()
