"""What an editor knows: its page, what was asked and answered, and what follows from that. Changes nothing."""

from __future__ import annotations

from kiosk.journeys.writing.asking import Asked, TypingEngines
from kiosk.journeys.writing.cells import Cell, Written, keys_of, plain, text_of
from kiosk.journeys.writing.composing import Composing
from kiosk.journeys.writing.offers import Offers, Purpose, corrections
from kiosk.journeys.writing.page import Owed, Page, Refusal
from kiosk.journeys.writing.takes import RULES, Takes
from kiosk.typing.answers import Candidate, Way


class State:
    """One text under the citizen's finger, and what the engines said of it."""

    def __init__(self, engines: TypingEngines, takes: Takes, text: str, limit: int) -> None:
        self.takes, self.rules, self.engines = takes, RULES[takes], engines
        self.limit = min(limit, self.rules.most or limit)
        self.page = Page(Written(plain(text), len(text)))
        self.refusal: Refusal | None = None
        #: What was cleared, with what was owed in it.
        self.cleared: tuple[Page, tuple[Owed, ...]] | None = None
        self.asked = {way: Asked(way) for way in Way}
        self.word = 0
        self.owed: tuple[Owed, ...] = ()
        #: The word that is corrected; whether words are offered that often follow.
        self.correcting: tuple[int, int] | None = None
        self.following = False

    @property
    def room(self) -> int:
        """How many characters more can be written."""
        return max(0, self.limit - len(self.page.written.cells))

    @property
    def pending(self) -> bool:
        """Whether the answer to what is composed or drawn is still to come."""
        way = Way.HANDWRITING if self.page.strokes else Way.PINYIN
        return bool(self.page.composing or self.page.strokes) and self.asked[way].pending

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come without which something would be written wrong."""
        composing = self.page.composing
        return bool(self.owed) or (self.pending and not (composing and self.stays_letters(composing)))

    @property
    def unread(self) -> bool:
        """Whether something is typed or drawn that is not yet written as it is meant."""
        return bool(self.owed or self.page.composing or self.page.strokes)

    def offers(self) -> Offers | None:
        """What can be chosen now."""
        page, pinyin = self.page, self.asked[Way.PINYIN]
        if page.strokes:
            characters = tuple(each for each in self.asked[Way.HANDWRITING].candidates if len(each.text) == 1)
            return Offers(Purpose.DRAW, characters, self.room)
        if page.composing:
            known = () if self.owed else tuple(each for each in pinyin.candidates if each.used)
            if not page.composing.keys:
                known = (Candidate(text_of(page.composing.fixed), 0),)
            return Offers(Purpose.COMPOSE, known, self.room - len(page.composing.fixed) if page.composing.keys else self.room)
        if self.correcting:
            start, end = self.correcting
            cells = page.written.cells[start:end]
            return Offers(Purpose.CORRECT, corrections(cells, pinyin.candidates), self.room + end - start)
        return Offers(Purpose.FOLLOW, pinyin.candidates, self.room) if self.following else None

    @property
    def corrected(self) -> str:
        """The word that is offered anew."""
        start, end = self.correcting or (0, 0)
        return text_of(self.page.written.cells[start:end])

    @property
    def corrected_keys(self) -> str:
        """Its syllables."""
        start, end = self.correcting or (0, 0)
        return keys_of(self.page.written.cells[start:end])

    def preview(self) -> tuple[Cell, ...]:
        """What is composed or drawn, as it would be written now."""
        if self.page.strokes:
            drawn = self.first()
            return self.drawn(drawn) if drawn else ()
        composing = self.page.composing
        if composing is None:
            return ()
        first = self.first() if composing.keys and not self.stays_letters(composing) else None
        return composing.cells(first, self.asked[Way.PINYIN].text, digits=False)

    def stays_letters(self, composing: Composing) -> bool:
        """Whether letters are written as they are: what is searched for may be initials."""
        return self.takes is Takes.SEARCH and not composing.nine

    @property
    def fits(self) -> bool:
        """Whether what is composed can be written as it would be now."""
        return len(self.preview()) <= self.room

    @property
    def lost(self) -> bool:
        """Whether keys of nine were pressed that nothing makes a character of: they could not be written."""
        composing = self.page.composing
        if composing is None or not composing.nine or self.pending:
            return False
        first = self.first()
        return composing.choose(first, self.asked[Way.PINYIN].text).nine if first else True

    @property
    def refused(self) -> bool:
        """Whether the engine would not read what is composed or drawn."""
        way = Way.HANDWRITING if self.page.strokes else Way.PINYIN
        return bool(self.page.composing or self.page.strokes) and self.asked[way].refused

    def first(self) -> Candidate | None:
        """The first candidate for what is composed or drawn."""
        offers = self.offers()
        return offers.first if offers else None

    def drawn(self, candidate: Candidate) -> tuple[Cell, ...]:
        """A character as it is written by hand: with what else its ink may be."""
        return (Cell(candidate.text, others=tuple(each.text for each in self.asked[Way.HANDWRITING].candidates)),)
