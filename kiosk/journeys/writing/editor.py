"""The text and what is composed or drawn into it: what may be asked, chosen and written. Knows no keyboard and no words for the citizen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto

from kiosk.journeys.writing import ink
from kiosk.journeys.writing.asking import Asked, Question, TypingEngines, gone
from kiosk.journeys.writing.cells import Cell, Written, keys_of, plain, text_of
from kiosk.journeys.writing.composing import Composing, cells_for
from kiosk.journeys.writing.offers import Offers, Purpose, corrections, syllables_used
from kiosk.journeys.writing.takes import RULES, Takes
from kiosk.typing.answers import Candidate, TypingEvent, Way
from kiosk.typing.keys import LONGEST_INPUT
from kiosk.views.keyboard import Stroke

#: Characters before the caret that say what may follow.
_CONTEXT = 16


class Refusal(Enum):
    """Why something was not written."""

    FULL = auto()
    TOO_LONG_INPUT = auto()
    NOT_HERE = auto()
    NO_CHARACTER = auto()
    NOT_READ_YET = auto()
    NOTHING_SPELLED = auto()


@dataclass(frozen=True)
class _Owed:
    """Written as typed because something else came before its answer, which puts it right. `cells`: as they were written."""

    composing: Composing
    cells: tuple[Cell, ...] = field(repr=False)


@dataclass(frozen=True)
class Page:
    """All that is written, composed and drawn."""

    written: Written
    composing: Composing | None = None
    strokes: tuple[Stroke, ...] = field(default=(), repr=False)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to clear."""
        return not (self.written.cells or self.composing or self.strokes)


class Editor:
    """One text under the citizen's finger."""

    def __init__(self, engines: TypingEngines, takes: Takes, text: str, limit: int) -> None:
        self.takes, self.rules, self._engines = takes, RULES[takes], engines
        self.limit = min(limit, self.rules.most or limit)
        self.page = Page(Written(plain(text), len(text)))
        self.refusal: Refusal | None = None
        self.cleared: Page | None = None
        self._asked = {way: Asked(way) for way in Way}
        self._word = 0
        self._owed: _Owed | None = None
        #: The word that is corrected; whether words are offered that often follow.
        self._correcting: tuple[int, int] | None = None
        self._following = False

    # ------------------------------------------------------------------ what there is

    @property
    def room(self) -> int:
        """How many characters more can be written."""
        return max(0, self.limit - len(self.page.written.cells))

    @property
    def pending(self) -> bool:
        """Whether the answer to what is composed or drawn is still to come."""
        way = Way.HANDWRITING if self.page.strokes else Way.PINYIN
        return bool(self.page.composing or self.page.strokes) and self._asked[way].pending

    def offers(self) -> Offers | None:
        """What can be chosen now."""
        page, pinyin = self.page, self._asked[Way.PINYIN]
        if page.strokes:
            return Offers(Purpose.DRAW, self._asked[Way.HANDWRITING].candidates, self.room)
        if page.composing:
            known = () if self._owed else tuple(each for each in pinyin.candidates if each.used)
            if not page.composing.keys:
                known = (Candidate(text_of(page.composing.fixed), 0),)
            return Offers(Purpose.COMPOSE, known, self.room - len(page.composing.fixed) if page.composing.keys else self.room)
        if self._correcting:
            start, end = self._correcting
            cells = page.written.cells[start:end]
            return Offers(Purpose.CORRECT, corrections(cells, pinyin.candidates), self.room + end - start)
        return Offers(Purpose.FOLLOW, pinyin.candidates, self.room) if self._following else None

    @property
    def corrected(self) -> str:
        """The word that is offered anew."""
        start, end = self._correcting or (0, 0)
        return text_of(self.page.written.cells[start:end])

    @property
    def corrected_keys(self) -> str:
        """Its syllables."""
        start, end = self._correcting or (0, 0)
        return keys_of(self.page.written.cells[start:end])

    def preview(self) -> tuple[Cell, ...]:
        """What is composed or drawn, as it would be written now."""
        if self.page.strokes:
            drawn = self._first()
            return self._drawn(drawn) if drawn else ()
        composing = self.page.composing
        if composing is None:
            return ()
        first = self._first() if composing.keys and not self._stays_letters(composing) else None
        return composing.cells(first, self._asked[Way.PINYIN].text, digits=False)

    def _stays_letters(self, composing: Composing) -> bool:
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
        first = self._first()
        return composing.choose(first, self._asked[Way.PINYIN].text).nine if first else True

    def _first(self) -> Candidate | None:
        offers = self.offers()
        return offers.first if offers else None

    # ------------------------------------------------------------------ keys

    def compose(self, key: str) -> None:
        """A letter of pinyin, or a digit of nine keys."""
        composing = self.page.composing
        if not self._settle_ink():
            return
        if composing is None:
            self._word += 1
            composing = Composing(self._word)
        taken = len(composing.fixed) + (len(composing.keys.replace("'", "")) if self._stays_letters(composing) else 0)
        if self.room <= taken:
            self.refusal = Refusal.FULL
        elif len(composing.keys) >= LONGEST_INPUT:
            self.refusal = Refusal.TOO_LONG_INPUT
        else:
            self._show(replace(self.page, composing=composing.press(key)))

    def separate(self) -> None:
        """A syllable ends here."""
        if self.page.composing and len(self.page.composing.keys) < LONGEST_INPUT:
            self._show(replace(self.page, composing=self.page.composing.separate()))

    def insert(self, key: str) -> None:
        """A character as it is, after all that is composed."""
        if not self.settle():
            return
        written = self.rules.accept(key, self.page.written.text)
        if not written:
            self.refusal = Refusal.NOT_HERE
        elif len(written) > self.room:
            self.refusal = Refusal.FULL
        else:
            self._show(Page(self.page.written.insert(plain(written))))

    def backspace(self) -> None:
        """Take away what is drawn, one key, what was chosen, or one character."""
        page = self.page
        if page.strokes:
            self._show(replace(page, strokes=()))
        elif page.composing:
            self._show(replace(page, composing=page.composing.backspace()))
        else:
            self._show(Page(page.written.backspace()))

    def spell(self, syllable: str) -> None:
        """What the first of nine keys spell."""
        if self.page.composing:
            self._show(replace(self.page, composing=self.page.composing.spell(syllable)))

    def place(self, index: int) -> None:
        """The caret before character `index` of what is shown; inside what is composed: what stands before it is chosen."""
        start, shown = self.page.written.caret, len(self.preview())
        if self.page.composing and start <= index < start + shown and not self._stays_letters(self.page.composing):
            self._reconsider(index - start)
        elif shown and index == start + shown:
            return
        elif self.settle():
            self._show(Page(self.page.written.place(index)))
            self._correcting = self.page.written.correctable()

    def _reconsider(self, place: int) -> None:
        composing, first = self.page.composing, self._first()
        assert composing is not None
        fixed = len(composing.fixed)
        if place < fixed or not composing.keys:
            self._show(replace(self.page, composing=composing.unfix(place)))
        elif place > fixed and first:
            chosen = composing.choose_until(place - fixed, first, self._asked[Way.PINYIN].text)
            self._show(replace(self.page, composing=chosen))

    # ------------------------------------------------------------------ drawing

    def draw(self, stroke: Stroke) -> None:
        """One more stroke of a character."""
        if not self.page.strokes and not self._settle_composing():
            return
        if self.room == 0:
            self.refusal = Refusal.FULL
        elif not ink.takes(self.page.strokes, stroke):
            self.refusal = Refusal.NO_CHARACTER
        else:
            self._show(replace(self.page, strokes=(*self.page.strokes, stroke)))

    def undo_stroke(self) -> None:
        """The last stroke is gone."""
        self._show(replace(self.page, strokes=self.page.strokes[:-1]))

    def clear_ink(self) -> None:
        """All strokes are gone."""
        self._show(replace(self.page, strokes=()))

    # ------------------------------------------------------------------ choosing

    def choose(self, index: int) -> None:
        """One of the offers."""
        offers = self.offers()
        if offers is None or not 0 <= index < len(offers.candidates):
            return
        candidate = offers.candidates[index]
        match offers.purpose:
            case _ if len(candidate.text) > offers.fits:
                self.refusal = Refusal.FULL
            case Purpose.DRAW:
                self._write(self._drawn(candidate))
            case Purpose.FOLLOW:
                self._write(plain(candidate.text))
            case Purpose.COMPOSE:
                self._choose_composed(candidate)
            case Purpose.CORRECT:
                self._correct(candidate)

    def _drawn(self, candidate: Candidate) -> tuple[Cell, ...]:
        return (Cell(candidate.text, others=tuple(each.text for each in self._asked[Way.HANDWRITING].candidates)),)

    def _choose_composed(self, candidate: Candidate) -> None:
        composing = self.page.composing
        assert composing is not None
        if composing.keys:
            composing = composing.choose(candidate, self._asked[Way.PINYIN].text)
        if composing.keys:
            self._show(replace(self.page, composing=composing))
        else:
            self._write(composing.fixed)

    def _correct(self, candidate: Candidate) -> None:
        assert self._correcting is not None
        start, end = self._correcting
        cells = self.page.written.cells[start:end]
        if cells[0].others:
            better: tuple[Cell, ...] = (Cell(candidate.text, others=cells[0].others),)
            replaced = 1
        else:
            replaced = syllables_used(cells, candidate.used) or len(cells)
            self._word += 1
            better = cells_for(candidate.text, keys_of(cells[:replaced]), self._word)
        if len(better) - replaced > self.room:
            self.refusal = Refusal.FULL
        else:
            self._show(Page(self.page.written.replace(start, start + replaced, better)))

    # ------------------------------------------------------------------ what is composed is written

    def _show(self, page: Page) -> None:
        self.page = page
        self.cleared = None
        self._correcting, self._following = None, False

    def _write(self, cells: tuple[Cell, ...]) -> None:
        self._show(Page(self.page.written.insert(cells)))
        self._following = self.takes is not Takes.NAME  # what follows a name is no name

    def settle(self) -> bool:
        """Write what is composed or drawn by its first candidate. False: it cannot be, and stays; `refusal` says why."""
        return self._settle_composing() and self._settle_ink()

    def _settle_ink(self) -> bool:
        if not self.page.strokes:
            return True
        preview = self.preview()
        if self.pending or not preview:
            self.refusal = Refusal.NOT_READ_YET
            return False
        self._show(Page(self.page.written.insert(preview)))
        return True

    def _settle_composing(self) -> bool:
        composing = self.page.composing
        if composing is None:
            return True
        owes = self.pending and not self._owed and not self._stays_letters(composing) and not gone(self._engines, Way.PINYIN)
        first = self._first() if composing.keys and not self._stays_letters(composing) else None
        cells = composing.cells(first, self._asked[Way.PINYIN].text, digits=owes)
        if self.lost:
            self.refusal = Refusal.NOTHING_SPELLED
        elif len(cells) > self.room:
            self.refusal = Refusal.FULL
        else:
            self._show(Page(self.page.written.insert(cells)))
            if owes:
                self._owed = _Owed(composing, cells)
            return True
        return False

    def finish(self) -> str:
        """Write what is composed as it is shown, and give the whole text. What does not fit is not written; the keyboard has said so."""
        self._pay(None, "")
        if not self.fits:
            self._show(Page(self.page.written))
        self._show(Page(self.page.written.insert(self.preview())))
        return self.page.written.text

    def _pay(self, first: Candidate | None, asked: str) -> None:
        """Put right what was written before its answer came, if it is still there as it was written and what is right fits."""
        owed, self._owed = self._owed, None
        if owed is None:
            return
        written = self.page.written
        start, end = written.run(owed.composing.word)
        right = owed.composing.cells(first, asked, digits=False)
        if written.cells[start:end] != owed.cells or len(right) - len(owed.cells) > self.room:
            return
        caret = written.caret
        if caret >= end:
            caret += len(right) - len(owed.cells)
        elif caret > start:
            caret = start + len(right)
        self.page = replace(self.page, written=written.replace(start, end, right).place(caret))

    # ------------------------------------------------------------------ clearing

    def clear(self) -> None:
        """Nothing is written any more; `restore` brings it back until the next key."""
        if not self.page.empty:
            page = self.page
            self._show(Page(Written()))
            self.cleared = page

    def restore(self) -> None:
        """What was cleared is there again."""
        if self.cleared:
            self._show(self.cleared)

    # ------------------------------------------------------------------ engines

    def ask(self) -> None:
        """Ask what is now wanted to be known; called after each act."""
        strokes = self.page.strokes
        self._asked[Way.PINYIN].ask(self._question())
        self._asked[Way.HANDWRITING].ask(
            Question(("draw",), repr(strokes), lambda: self._engines.characters(ink.thinned(strokes))) if strokes else None
        )

    def give_up(self, way: Way) -> None:
        """An engine is missing for good: what only it can make characters of is gone, letters stay."""
        page = self.page
        if way is Way.HANDWRITING:
            self._show(replace(page, strokes=()))
        elif page.composing:
            self._pay(None, "")
            cells = page.composing.cells(None, "", digits=False)
            self._show(Page(self.page.written.insert(cells if len(cells) <= self.room else ())))

    def hear(self, told: TypingEvent) -> bool:
        """An engine told something. False: it is not about what was asked."""
        heard = [asked.hear(told) for asked in self._asked.values()]
        pinyin = self._asked[Way.PINYIN]
        if self._owed and pinyin.fresh:
            self._pay(next((each for each in pinyin.candidates if each.used), None), pinyin.text)
        return any(heard)

    def _question(self) -> Question | None:
        page, names = self.page, self.takes is Takes.NAME
        if self._owed:
            start, _ = page.written.run(self._owed.composing.word)
            return self._about(self._owed.composing, text_of(page.written.cells[:start]), ("owed",))
        if page.composing:
            return self._about(page.composing, page.written.before) if page.composing.keys else None
        if self._correcting:
            start, end = self._correcting
            cells = page.written.cells[start:end]
            before, keys = text_of(page.written.cells[:start]), keys_of(cells)
            if cells[0].others:
                return None
            return Question(("correct", start, end), keys, lambda: self._engines.pinyin(keys, self._context(before), names))
        if self._following and not gone(self._engines, Way.PINYIN):
            before = page.written.before[-_CONTEXT:]
            return Question(("follow",), before, lambda: self._engines.next_words(before))
        return None

    def _about(self, composing: Composing, before: str, more: tuple[object, ...] = ()) -> Question:
        keys, before = composing.keys, self._context(before + text_of(composing.fixed))
        return Question((*composing.stem, *more), keys, lambda: self._engines.pinyin(keys, before, self.takes is Takes.NAME))

    def _context(self, before: str) -> str:
        """A name is one from its beginning on; of other text the end says what may follow."""
        return before if self.takes is Takes.NAME else before[-_CONTEXT:]
