"""What is asked of the engines and what they answered. Only the newest answer counts, and what has none is asked again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.typing.answers import Candidate, Candidates, EngineDown, EngineReady, TypingEvent, Way


class TypingEngines(Protocol):
    """The engines of the session; kiosk.typing.session.SessionTyping is it. Nothing here waits; answers come as `TypingTold`."""

    def open_handwriting(self) -> None:
        """Load handwriting; nothing if it is."""

    def pinyin(self, text: str, before: str = "", names: bool = False) -> int:
        """Ask for candidates of an input; gives the request's number."""
        ...

    def next_words(self, before: str) -> int:
        """Ask what often follows; gives the request's number."""
        ...

    def characters(self, strokes: Sequence[Sequence[tuple[float, float]]]) -> int:
        """Ask what character was drawn; gives the request's number."""
        ...

    def ready(self, way: Way) -> bool:
        """Whether an engine answers now."""
        ...

    def down(self, way: Way) -> EngineDown | None:
        """What is wrong with an engine now."""
        ...

    def gone(self, way: Way) -> bool:
        """Whether an engine will not come back: what it needs is not on this machine."""
        ...


@dataclass(frozen=True)
class Question:
    """One thing to ask. Answers to an earlier question of the same `stem` may be shown until the newer comes."""

    stem: tuple[object, ...] = field(repr=False)
    text: str = field(repr=False)
    send: Callable[[], int] = field(repr=False, compare=False)


class Asked:
    """The question put to one engine, and the last answer."""

    def __init__(self, way: Way) -> None:
        self._way = way
        self._question: Question | None = None
        self._number = 0
        self._answered: tuple[Question, tuple[Candidate, ...]] | None = None
        self._refused = False

    def ask(self, question: Question | None) -> None:
        """Ask it, unless it was; None: nothing is wanted any more."""
        if question != self._question:
            self._question = question
            self._number = question.send() if question else 0
            if self._answered and (question is None or question.stem != self._answered[0].stem):
                self._answered = None

    def hear(self, told: TypingEvent) -> bool:
        """Whether it says anything to what was asked."""
        if isinstance(told, Candidates):
            if self._question is None or told.number != self._number:
                self._ask_again(told.number)
                return False
            self._answered, self._refused = (self._question, told.candidates), bool(told.code)
            return True
        if told.way is self._way and isinstance(told, EngineReady) and self._question and not self.fresh:
            self._number = self._question.send()
        return told.way is self._way

    def _ask_again(self, answered: int) -> None:
        """An engine keeps only the newest question: one that was put later and is answered has taken the place of this one."""
        if self._question and not self.fresh and answered > self._number:
            self._number = self._question.send()

    @property
    def fresh(self) -> bool:
        """Whether the last answer is one to the last question."""
        return self._answered is not None and self._answered[0] == self._question

    @property
    def refused(self) -> bool:
        """Whether the engine would not read what was asked."""
        return self._refused and self.fresh

    @property
    def pending(self) -> bool:
        """Whether an answer is still to come."""
        return self._question is not None and not self.fresh

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Of the last answer, be it fresh or not."""
        return self._answered[1] if self._answered else ()

    @property
    def text(self) -> str:
        """The input that the last answer is about."""
        return self._answered[0].text if self._answered else ""
