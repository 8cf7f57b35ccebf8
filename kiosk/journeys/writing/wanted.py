"""What is wanted to be known of the engines, as the page stands now: one question to each at most, the most urgent."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.journeys.writing import ink
from kiosk.journeys.writing.asking import Question, TypingEngines
from kiosk.journeys.writing.cells import keys_of, text_of
from kiosk.journeys.writing.composing import Composing
from kiosk.journeys.writing.page import Owed, Page
from kiosk.journeys.writing.takes import Takes
from kiosk.typing.answers import Way

#: Characters before the caret that say what may follow.
_CONTEXT = 16


@dataclass(frozen=True)
class Wanted:
    """`correcting`: the word that is offered anew; `following`: whether words are wanted that often follow."""

    takes: Takes
    page: Page
    owed: tuple[Owed, ...]
    correcting: tuple[int, int] | None
    following: bool

    def of_handwriting(self, engines: TypingEngines) -> Question | None:
        """What character was drawn."""
        strokes = self.page.strokes
        return Question(("draw",), repr(strokes), lambda: engines.characters(ink.thinned(strokes))) if strokes else None

    def of_pinyin(self, engines: TypingEngines) -> Question | None:
        """What was owed first: what is asked later takes the place of what was asked before."""
        written = self.page.written
        if self.owed:
            composing = self.owed[0].composing
            start, _ = written.run(composing.word)
            return self._composed(engines, composing, text_of(written.cells[:start]), "owed")
        if self.page.composing:
            return self._composed(engines, self.page.composing, written.before) if self.page.composing.keys else None
        if self.correcting:
            start, end = self.correcting
            cells = written.cells[start:end]
            if cells[0].others:
                return None  # what else the ink may be is known
            return self._about(engines, ("correct", start, end), keys_of(cells), text_of(written.cells[:start]))
        if self.following and not engines.gone(Way.PINYIN):
            before = written.before[-_CONTEXT:]
            return Question(("follow",), before, lambda: engines.next_words(before))
        return None

    def _composed(self, engines: TypingEngines, composing: Composing, before: str, *more: object) -> Question:
        return self._about(engines, (*composing.stem, *more), composing.keys, before + text_of(composing.fixed))

    def _about(self, engines: TypingEngines, stem: tuple[object, ...], keys: str, before: str) -> Question:
        """A name is one from its beginning on; of other text the end says what may follow."""
        names = self.takes is Takes.NAME
        context = before if names else before[-_CONTEXT:]
        return Question((*stem, context), keys, lambda: engines.pinyin(keys, context, names))
