"""The engines of a session: opened once, with the words of the items in force, told of by its number, and gone with it."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.events import Event, TypingTold
from kiosk.typing.answers import Candidates, EngineDown, EngineReady, Way
from kiosk.typing.pinyin import PinyinEngine
from kiosk.typing.session import SessionTyping
from kiosk.wire.items import ItemKind, ServiceItem

_ITEM = ServiceItem(
    code="BLH", version=1, effective_from=date(2026, 1, 1), confirmed=True, project_type=ItemKind.PROMISED, task_name="冰凌花采挖登记"
)


class Terminal:
    """What the terminal does with typing: posts, and notes what was told."""

    def __init__(self) -> None:
        self._inbox: queue.Queue[Event] = queue.Queue()
        self.typing = SessionTyping()
        self.typing.start(self._inbox.put)

    def hears(self, session: int) -> EngineReady | EngineDown | Candidates:
        told = self._inbox.get(timeout=20)
        assert isinstance(told, TypingTold)
        assert told.session == session
        self.typing.note(told.told)
        return told.told

    def first(self, session: int, letters: str) -> str:
        number = self.typing.pinyin(letters)
        answer = self.hears(session)
        assert isinstance(answer, Candidates)
        assert answer.number == number
        return answer.candidates[0].text

    def silent(self) -> bool:
        return self._inbox.empty()


@pytest.fixture
def terminal(pinyin: PinyinEngine) -> Iterator[Terminal]:
    terminal = Terminal()
    yield terminal
    terminal.typing.close()


def test_words_of_the_items_in_force_are_known_from_the_next_citizen_on(terminal: Terminal) -> None:
    # given a citizen before the catalogue came
    terminal.typing.open(1)
    terminal.hears(1)
    assert terminal.first(1, "binglinghuacaiwadengji") != _ITEM.task_name
    # when it comes; then the one who types keeps the engine, and the next one has the words
    terminal.typing.know((_ITEM,))
    terminal.typing.open(1)
    assert terminal.silent()
    terminal.typing.close()
    terminal.typing.open(2)
    terminal.hears(2)
    assert terminal.first(2, "binglinghuacaiwadengji") == _ITEM.task_name


def test_how_an_engine_is_does_not_outlive_its_session(terminal: Terminal) -> None:
    assert not terminal.typing.ready(Way.PINYIN)
    terminal.typing.open(1)
    assert terminal.hears(1) == EngineReady(Way.PINYIN)
    assert terminal.typing.ready(Way.PINYIN)
    terminal.typing.close()
    assert not terminal.typing.ready(Way.PINYIN)
    assert terminal.typing.pinyin("women") == 0


def test_without_tables_pinyin_is_out_and_handwriting_is_looked_for_at_once(tmp_path: Path) -> None:
    typing, inbox = SessionTyping(tmp_path), queue.Queue[Event]()
    typing.start(inbox.put)
    typing.open(7)
    try:
        told = inbox.get(timeout=20)
        assert told == TypingTold(7, EngineDown(Way.PINYIN, "local_words_missing", comes_back=False))
        assert isinstance(told, TypingTold)
        typing.note(told.told)
        assert not typing.impossible
        second = inbox.get(timeout=20)
        assert isinstance(second, TypingTold)
        typing.note(second.told)
        # with the model it is ready; without, nothing takes Chinese
        assert typing.impossible is not typing.ready(Way.HANDWRITING)
    finally:
        typing.close()
