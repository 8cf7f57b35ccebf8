"""A citizen at the keyboard, with the real engines. On a desk without libpinyin these tests are skipped and say why; in CI they fail."""

from __future__ import annotations

import os
import queue
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from kiosk.events import CandidateChosen, CaretPlaced, Event, KeyPressed, StrokeDrawn, TypingTold
from kiosk.i18n import Texts
from kiosk.journeys.writing import Takes, Writing
from kiosk.typing.answers import EngineDown, Way
from kiosk.typing.session import SessionTyping
from kiosk.views import Button, CandidateBar, Keyboard, Typed


class Citizen:
    """Types into one text, and sees what the keyboard shows."""

    def __init__(self, typing: SessionTyping, told: queue.Queue[Event]) -> None:
        self.typing, self._told = typing, told
        self.writing = Writing(typing, Texts(), Takes.TEXT)

    def begin(self, takes: Takes, text: str = "", limit: int = 60) -> Citizen:
        self.writing = Writing(self.typing, Texts(), takes, text, limit)
        return self

    # ------------------------------------------------------------------ what is done

    def does(self, *events: Event) -> Citizen:
        for event in events:
            self.writing.handle(event)
        return self

    def presses(self, *keys: str) -> Citizen:
        """Keys, one after another, faster than any answer."""
        return self.does(*(KeyPressed(key) for key in keys))

    def types(self, letters: str) -> Citizen:
        """Letters, and waits for what they may mean."""
        return self.presses(*letters).waits()

    def chooses(self, text: str) -> Citizen:
        labels = [button.label for button in self.bar.candidates]
        assert text in labels, (text, labels)
        return self.does(CandidateChosen(labels.index(text), text)).waits()

    def taps_text(self, index: int) -> Citizen:
        return self.does(CaretPlaced(index)).waits()

    def draws(self, *strokes: tuple[tuple[float, float], ...]) -> Citizen:
        return self.does(*(StrokeDrawn(stroke) for stroke in strokes)).waits()

    def waits(self) -> Citizen:
        """Until the engines have told all that was asked."""
        return self.until(lambda: not self._owes())

    def until(self, true: Callable[[], bool], seconds: float = 20.0) -> Citizen:
        """Hear what the engines tell until something is so."""
        end = time.monotonic() + seconds
        while not true():
            self.hears(max(0.01, end - time.monotonic()))
        return self

    def hears(self, seconds: float = 20.0) -> TypingTold:
        """The next thing that an engine tells."""
        event = self._told.get(timeout=seconds)
        assert isinstance(event, TypingTold)
        self.typing.note(event.told)
        self.writing.handle(event)
        return event

    def _owes(self) -> bool:
        return any(asked.pending for asked in self.writing._editor.asked.values())

    def kills(self, way: Way) -> Citizen:
        """The engine's process, and waits until that is known."""
        assert self.typing._engines is not None
        pid = self.typing._engines._engines[way].pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        return self.until(lambda: self.typing.down(way) is not None)

    # ------------------------------------------------------------------ what is seen

    @property
    def keyboard(self) -> Keyboard:
        return self.writing.keyboard("填好了")

    @property
    def bar(self) -> CandidateBar:
        bar = self.keyboard.bar
        assert bar is not None
        return bar

    @property
    def candidates(self) -> list[str]:
        return [button.label for button in self.bar.candidates]

    @property
    def typed(self) -> Typed:
        return self.writing.typed()

    @property
    def marked(self) -> str:
        start, end = self.typed.marked
        return self.typed.text[start:end]

    def switch(self, kind: str) -> Button:
        return next(button for button in self.keyboard.switches if button.id == f"keyboard_{kind}")


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[SessionTyping, queue.Queue[Event]]]:
    """One pair of engines for a file's tests: they keep nothing of what was typed."""
    told: queue.Queue[Event] = queue.Queue()
    typing = SessionTyping()
    typing.start(told.put)
    typing.open(1)
    first = told.get(timeout=20)
    assert isinstance(first, TypingTold)
    typing.note(first.told)
    if isinstance(first.told, EngineDown):
        typing.close()
        if os.environ.get("CI"):
            raise AssertionError(first.told.code)
        pytest.skip(f"NOT TESTED, writing with pinyin: {first.told.code}")
    yield typing, told
    typing.close()


@pytest.fixture
def citizen(shared: tuple[SessionTyping, queue.Queue[Event]]) -> Citizen:
    return Citizen(*shared)
