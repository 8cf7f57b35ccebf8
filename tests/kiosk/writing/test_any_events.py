"""Whatever is pressed, tapped, drawn and told, in whatever order: the text stays in its bounds, and changes only by what may change it."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.events import (
    CandidateChosen,
    CandidatesOpened,
    CandidatesTurned,
    CaretPlaced,
    Event,
    KeyboardChosen,
    KeyPressed,
    StrokeDrawn,
    SyllableChosen,
    TypingTold,
)
from kiosk.i18n import Texts
from kiosk.journeys.writing import Takes, Writing
from kiosk.typing.answers import Candidate, Candidates, EngineDown, EngineReady, TypingEvent, Way
from kiosk.views import KeyboardKind

_KEYS = (*"abeghinoxzv26579'，。·X.-", "backspace", "space", "shift", "separator", "undo_stroke", "clear_ink", "clear", "nonsense")
_TEXTS = ("万", "宝", "万宝", "万宝河镇", "𠮷", "我要申请", "，")


class Told:
    """No engine: the other end of the port, at which the test says what engines might say, be it never so odd."""

    def __init__(self) -> None:
        self.number = 0
        self.asked: list[tuple[int, str]] = []
        self.state: dict[Way, EngineReady | EngineDown] = {}

    def _ask(self, text: str) -> int:
        self.number += 1
        self.asked.append((self.number, text))
        return self.number

    def open_handwriting(self) -> None:
        pass

    def pinyin(self, text: str, before: str = "", names: bool = False) -> int:
        return self._ask(text)

    def next_words(self, before: str) -> int:
        return self._ask("")

    def characters(self, strokes: Sequence[Sequence[tuple[float, float]]]) -> int:
        return self._ask("")

    def ready(self, way: Way) -> bool:
        return isinstance(self.state.get(way), EngineReady)

    def down(self, way: Way) -> EngineDown | None:
        state = self.state.get(way)
        return state if isinstance(state, EngineDown) else None

    def gone(self, way: Way) -> bool:
        down = self.down(way)
        return down is not None and not down.comes_back


class Events(RuleBasedStateMachine):
    @initialize(takes=st.sampled_from(Takes), text=st.sampled_from(["", "桃山区", "1956"]), limit=st.integers(4, 12))
    def begin(self, takes: Takes, text: str, limit: int) -> None:
        self.engines, self.limit = Told(), limit
        self.writing = Writing(self.engines, Texts(), takes, text, limit)
        self.takes = takes

    def _does(self, event: Event) -> bool:
        return self.writing.handle(event)

    def _tell(self, told: TypingEvent) -> None:
        if isinstance(told, EngineReady | EngineDown):
            self.engines.state[told.way] = told
        self.writing.handle(TypingTold(1, told))

    @rule(key=st.sampled_from(_KEYS))
    def press(self, key: str) -> None:
        self._does(KeyPressed(key))

    @rule(letters=st.sampled_from(["wanbao", "926226", "xian", "wbhz", "9" * 20]))
    def type(self, letters: str) -> None:
        for key in letters:
            self._does(KeyPressed(key))

    @rule(kind=st.sampled_from([*KeyboardKind, "nonsense"]))
    def change(self, kind: str) -> None:
        self._does(KeyboardChosen(str(kind)))

    @rule(index=st.integers(-2, 12), text=st.sampled_from([*_TEXTS, "shown"]))
    def choose(self, index: int, text: str) -> None:
        bar = self.writing.keyboard("").bar
        if text == "shown" and bar and 0 <= index < len(bar.candidates):
            text = bar.candidates[index].label
        self._does(CandidateChosen(index, text))

    @rule(syllable=st.sampled_from(["wan", "zao", "wo", "", "9", "shown"]))
    def spell(self, syllable: str) -> None:
        shown = self.writing.keyboard("").syllables
        self._does(SyllableChosen(shown[0].label if syllable == "shown" and shown else syllable))

    @rule(index=st.integers(-3, 30))
    def tap(self, index: int) -> None:
        self._does(CaretPlaced(index))

    @rule(opened=st.booleans(), by=st.integers(-2, 2))
    def look(self, opened: bool, by: int) -> None:
        before = self.writing.typed(), self.writing.text
        self._does(CandidatesOpened(opened))
        self._does(CandidatesTurned(by))
        assert (self.writing.typed(), self.writing.text) == before

    @rule(points=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=4))
    def draw(self, points: list[tuple[float, float]]) -> None:
        self._does(StrokeDrawn(tuple(points)))

    @rule(texts=st.lists(st.tuples(st.sampled_from(_TEXTS), st.integers(0, 100)), max_size=5), late=st.integers(0, 2))
    def answer(self, texts: list[tuple[str, int]], late: int) -> None:
        if len(self.engines.asked) > late:
            number, asked = self.engines.asked[-1 - late]
            found = tuple(Candidate(text, used % (len(asked) + 1)) for text, used in texts)
            self._tell(Candidates(number, found))

    @rule(
        letters=st.sampled_from(["wanbao", "xian"]),
        text=st.sampled_from(_TEXTS),
        then=st.sampled_from(["choose", "space", "，", "switch", ""]),
    )
    def compose(self, letters: str, text: str, then: str) -> None:
        """Chance alone seldom answers and chooses."""
        self._does(KeyboardChosen("pinyin"))
        for key in letters:
            self._does(KeyPressed(key))
        if self.engines.asked:
            self._tell(Candidates(self.engines.number, (Candidate(text, len(letters)), Candidate("万", 2))))
        self._does({"choose": CandidateChosen(0, text), "switch": KeyboardChosen("symbols")}.get(then, KeyPressed(then)))

    @rule(way=st.sampled_from(Way), state=st.sampled_from(["ready", "died", "gone"]))
    def tell(self, way: Way, state: str) -> None:
        self._tell(EngineReady(way) if state == "ready" else EngineDown(way, "died", comes_back=state == "died"))

    @rule()
    def clear_and_restore(self) -> None:
        before = self.writing.typed(), self.writing.text
        if not before[0].text:
            return  # nothing to clear: the way back to what was cleared before stays
        self._does(KeyPressed("clear"))
        assert self.writing.typed().text == ""
        self._does(KeyPressed("restore"))
        if before[0].marked == (0, 0):
            assert (self.writing.typed().text, self.writing.text) == (before[0].text, before[1])
        else:  # the letters are back; what they mean is asked again
            assert self.writing.text == before[1]

    @rule()
    def finish(self) -> None:
        shown = self.writing.typed().text
        text = self.writing.finish()
        assert text == self.writing.text and self.writing.typed().text == shown
        assert self.writing.unread or text == shown

    @invariant()
    def in_bounds(self) -> None:
        typed, keyboard = self.writing.typed(), self.writing.keyboard("好")
        most = self.limit + (2 if self.takes is Takes.DATE else 0)
        assert len(self.writing.text) <= max(most, 4)
        assert 0 <= typed.caret <= len(typed.text)
        assert 0 <= typed.marked[0] <= typed.marked[1] <= len(typed.text)
        if typed.marked == (0, 0):
            assert typed.text == self.writing.text
        else:
            start, end = typed.marked
            assert typed.text[:start] + typed.text[end:] == self.writing.text
        if keyboard.grid:
            assert all(sum(cells for _, cells in row) <= 5 for row in keyboard.grid.rows) and len(keyboard.grid.rows) <= 4
        needed = {KeyboardKind.PINYIN: Way.PINYIN, KeyboardKind.NINE: Way.PINYIN, KeyboardKind.HANDWRITING: Way.HANDWRITING}
        down = self.engines.down(needed[keyboard.kind]) if keyboard.kind in needed else None
        assert down is None or (down.comes_back and (keyboard.note is not None or keyboard.remark))


Events.TestCase.settings = settings(max_examples=300, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
TestAnyEvents = Events.TestCase
