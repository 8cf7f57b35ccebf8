"""Typing for whoever is there: opened by the first step that takes Chinese, with an engine of their own; gone with the session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from kiosk.events import Event, TypingTold
from kiosk.typing.answers import EngineDown, EngineReady, TypingEvent, Way
from kiosk.typing.client import Typing
from kiosk.typing.local_words import local_words, words_of
from kiosk.wire.items import ServiceItem

#: The tables that come with this program.
TABLES = Path(__file__).resolve().parents[2] / "config/typing"


class _Words:
    """Words of the tables and of the items in force, made where an engine's thread asks for them: 30 ms with seventeen items."""

    def __init__(self, tables: Path) -> None:
        self._tables = tables
        self._known: tuple[tuple[ServiceItem, ...], list[tuple[str, str]] | None] = ((), None)

    def about(self, items: Iterable[ServiceItem]) -> None:
        """The items in force are others; engines that run keep what they have."""
        self._known = tuple(items), None

    def __call__(self) -> list[tuple[str, str]]:
        """Made once for a catalogue. Raises EngineMissing."""
        known = self._known
        items, words = known
        if words is None:
            words = local_words(self._tables, (word for item in items for word in words_of(item.model_dump(mode="json"))))
            if self._known is known:
                self._known = items, words
        return words


class SessionTyping:
    """The engines of the session that is on. Only the terminal's thread calls it; what engines tell is posted, with the session's number."""

    def __init__(self, tables: Path = TABLES) -> None:
        self._tables = tables
        self._words = _Words(tables)
        self._post: Callable[[Event], None] = lambda event: None
        self._session: int | None = None
        self._engines: Typing | None = None
        self._told: dict[Way, EngineReady | EngineDown] = {}

    def start(self, post: Callable[[Event], None]) -> None:
        """From here on `post` is told. No engine runs before somebody types."""
        self._post = post

    def know(self, items: Iterable[ServiceItem]) -> None:
        """The items in force: their words are typed more easily, from the next citizen on."""
        self._words.about(items)

    def open(self, session: int) -> None:
        """This citizen may type: their pinyin engine starts. Nothing if it has."""
        if session == self._session:
            return
        self.close()
        self._session = session
        post = self._post
        self._engines = Typing(self._tables, self._words, lambda told: post(TypingTold(session, told)))
        self._engines.start()

    def close(self) -> None:
        """The citizen is gone: their engines are killed, and with them all that was typed."""
        if self._engines is not None:
            self._engines.stop()
        self._session, self._engines = None, None
        self._told.clear()

    def note(self, told: TypingEvent) -> None:
        """Learn from what an engine told how it is."""
        match told:
            case EngineReady(way) | EngineDown(way):
                self._told[way] = told
        if self.gone(Way.PINYIN):
            self.open_handwriting()  # the only way that is left, and whether there is one decides what the form asks for

    def ready(self, way: Way) -> bool:
        """Whether it answers now."""
        return isinstance(self._told.get(way), EngineReady)

    def down(self, way: Way) -> EngineDown | None:
        """What is wrong with it now."""
        told = self._told.get(way)
        return told if isinstance(told, EngineDown) else None

    def gone(self, way: Way) -> bool:
        """Whether it will not come back: what it needs is not on this machine."""
        down = self.down(way)
        return down is not None and not down.comes_back

    @property
    def impossible(self) -> bool:
        """Whether no Chinese can be typed on this machine."""
        return all(self.gone(way) for way in Way)

    # ------------------------------------------------------------------ asking: as kiosk.typing.client.Typing

    def open_handwriting(self) -> None:
        """Load handwriting; nothing if it is."""
        if self._engines is not None:
            self._engines.open_handwriting()

    def pinyin(self, text: str, before: str = "", names: bool = False) -> int:
        """Ask for candidates of an input; gives the request's number."""
        return self._engines.pinyin(text, before, names) if self._engines is not None else 0

    def next_words(self, before: str) -> int:
        """Ask what often follows."""
        return self._engines.next_words(before) if self._engines is not None else 0

    def characters(self, strokes: Sequence[Sequence[tuple[float, float]]]) -> int:
        """Ask what character was drawn."""
        return self._engines.characters(strokes) if self._engines is not None else 0
