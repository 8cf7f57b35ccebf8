"""The terminal's side of the engines: asks, and is told. Never waits, never raises for an engine that is missing, slow or dead.

Each way of typing has a process of its own, new for every citizen: pinyin from the session's start, handwriting from its first
opening. One that dies or is too slow is killed and started again, and the other goes on. `stop` kills both, and with them all
that was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import count
from pathlib import Path

from kiosk.typing.answers import Way
from kiosk.typing.process import EngineProcess, Post, Setup


class Typing:
    """Both ways for one citizen after another. `post` is called in the engines' threads.

    Asking and opening return at once. `stop`, and `start` while an earlier citizen's engines run, wait until those are gone:
    some milliseconds, two seconds at most for each.
    """

    def __init__(self, tables: Path, words: Callable[[], Iterable[tuple[str, str]]], post: Post) -> None:
        """`tables`: config/typing; `words`: gives them as local_words does, and is called in the engine's thread."""
        self._setup: Setup = lambda: {"tables": str(tables.resolve()), "words": list(words())}
        self._post = post
        self._numbers = count(1)
        self._engines: dict[Way, EngineProcess] = {}

    def start(self) -> None:
        """A citizen begins: a new pinyin engine. An earlier citizen's are gone."""
        self.stop()
        self._engines[Way.PINYIN] = EngineProcess(Way.PINYIN, self._setup, self._post)

    def open_handwriting(self) -> None:
        """Load handwriting; EngineReady follows. Nothing if it is open."""
        if Way.PINYIN in self._engines and Way.HANDWRITING not in self._engines:
            self._engines[Way.HANDWRITING] = EngineProcess(Way.HANDWRITING, dict, self._post)

    def pinyin(self, text: str, before: str = "", names: bool = False) -> int:
        """Ask for candidates of an input; gives the request's number."""
        return self._ask(Way.PINYIN, {"text": text, "before": before, "names": names})

    def next_words(self, before: str) -> int:
        """Ask what often follows."""
        return self._ask(Way.PINYIN, {"next": before})

    def characters(self, strokes: Sequence[Sequence[tuple[float, float]]]) -> int:
        """Ask what character was drawn; each point x, y with y down."""
        return self._ask(Way.HANDWRITING, {"strokes": strokes})

    def _ask(self, way: Way, request: dict[str, object]) -> int:
        number = next(self._numbers)
        if engine := self._engines.get(way):
            engine.ask({"id": number, **request})
        return number

    def stop(self) -> None:
        """The citizen is gone, and with the processes all that was typed."""
        for engine in self._engines.values():
            engine.stop()
        self._engines.clear()
