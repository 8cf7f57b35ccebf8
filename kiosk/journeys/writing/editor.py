"""The text and what is composed or drawn into it: what may be asked, chosen and written. Knows no keyboard and no words for the citizen."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journeys.writing import ink
from kiosk.journeys.writing.cells import Cell, Written, keys_of, plain
from kiosk.journeys.writing.composing import Composing, cells_for
from kiosk.journeys.writing.offers import Offers, Purpose, syllables_used
from kiosk.journeys.writing.page import Owed, Page, Refusal
from kiosk.journeys.writing.state import State
from kiosk.journeys.writing.takes import Takes
from kiosk.journeys.writing.wanted import Wanted
from kiosk.typing.answers import Candidate, TypingEvent, Way
from kiosk.typing.keys import LONGEST_INPUT
from kiosk.views.keyboard import Stroke


class Editor(State):
    """What a citizen does to the text. Each act may end in a `refusal`; `ask` follows it."""

    # ------------------------------------------------------------------ keys

    def compose(self, key: str) -> None:
        """A letter of pinyin, or a digit of nine keys."""
        composing = self.page.composing
        if not self._settle_ink():
            return
        if composing is None:
            self.word += 1
            composing = Composing(self.word)
        taken = len(composing.fixed) + (len(composing.keys.replace("'", "")) if self.stays_letters(composing) else 0)
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
        before = self.page.written.before
        written = self.rules.accept(key, before, self.page.written.text[len(before) :])
        if not written:
            self.refusal = self.rules.refusal
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
        elif owed := self._owed_at(page.written.caret):
            start, end = page.written.run(owed.composing.word)
            self._show(Page(page.written.replace(start, end, ()), owed.composing.backspace()))
        else:
            self._show(Page(page.written.backspace()))

    def _owed_at(self, caret: int) -> Owed | None:
        """What is owed and has the caret in it or at its end. Nobody edits it in part: it would be paid no more."""
        for owed in self.owed:
            start, end = self.page.written.run(owed.composing.word)
            if start < caret <= end:
                return owed
        return None

    def spell(self, syllable: str) -> None:
        """What the first of nine keys spell."""
        if self.page.composing:
            self._compose(self.page.composing.spell(syllable))

    def place(self, index: int) -> None:
        """The caret before character `index` of what is shown; inside what is composed: what stands before it is chosen."""
        start, shown = self.page.written.caret, len(self.preview())
        if self.page.composing and start <= index < start + shown and not self.stays_letters(self.page.composing):
            self._reconsider(index - start)
        elif shown and index == start + shown:
            return
        elif self.settle():
            owed = self._owed_at(index)
            self._show(Page(self.page.written.place(self.page.written.run(owed.composing.word)[1] if owed else index)))
            self.correcting = self.page.written.correctable()

    def _compose(self, composing: Composing) -> None:
        """No engine is asked an input that is too long for it: there would be nothing to choose."""
        if len(composing.keys) > LONGEST_INPUT:
            self.refusal = Refusal.TOO_LONG_INPUT
        else:
            self._show(replace(self.page, composing=composing))

    def _reconsider(self, place: int) -> None:
        composing, first = self.page.composing, self.first()
        assert composing is not None
        fixed = len(composing.fixed)
        if place < fixed or not composing.keys:
            self._compose(composing.unfix(place))
        elif place > fixed and first:
            chosen = composing.choose_until(place - fixed, first, self.asked[Way.PINYIN].text)
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

    def choose_first(self) -> None:
        """The best of the offers."""
        offers = self.offers()
        if offers and offers.first:
            self._take(offers, offers.first)

    def choose(self, index: int, text: str) -> None:
        """One of the offers. One that is offered no more is not taken: what stands in its place by now is not what was tapped."""
        offers = self.offers()
        if offers is None:
            return
        same = [candidate for candidate in offers.candidates if candidate.text == text]
        if 0 <= index < len(offers.candidates) and offers.candidates[index].text == text:
            self._take(offers, offers.candidates[index])
        elif same:
            self._take(offers, same[0])

    def _take(self, offers: Offers, candidate: Candidate) -> None:
        match offers.purpose:
            case _ if len(candidate.text) > offers.fits:
                self.refusal = Refusal.FULL
            case Purpose.DRAW:
                self._write(self.drawn(candidate))
            case Purpose.FOLLOW:
                self._write(plain(candidate.text))
            case Purpose.COMPOSE:
                self._choose_composed(candidate)
            case Purpose.CORRECT:
                self._correct(candidate)

    def _choose_composed(self, candidate: Candidate) -> None:
        composing = self.page.composing
        assert composing is not None
        if composing.keys:
            composing = composing.choose(candidate, self.asked[Way.PINYIN].text)
        if composing.keys:
            self._show(replace(self.page, composing=composing))
        else:
            self._write(composing.fixed)

    def _correct(self, candidate: Candidate) -> None:
        assert self.correcting is not None
        start, end = self.correcting
        cells = self.page.written.cells[start:end]
        if cells[0].others:
            better: tuple[Cell, ...] = (Cell(candidate.text, others=cells[0].others),)
            replaced = 1
        else:
            replaced = syllables_used(cells, candidate.used) or len(cells)
            self.word += 1
            better = cells_for(candidate.text, keys_of(cells[:replaced]), self.word)
        if len(better) - replaced > self.room:
            self.refusal = Refusal.FULL
        else:
            self._show(Page(self.page.written.replace(start, start + replaced, better)))

    # ------------------------------------------------------------------ what is composed is written

    def _show(self, page: Page) -> None:
        self.page = page
        self.owed = tuple(owed for owed in self.owed if owed.stands(page.written))
        self.cleared = None
        self.correcting, self.following = None, False

    def _write(self, cells: tuple[Cell, ...]) -> None:
        self._show(Page(self.page.written.insert(cells)))
        self.following = self.takes is not Takes.NAME  # what follows a name is no name

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
        owes = self.pending and not self.stays_letters(composing) and not self.engines.gone(Way.PINYIN)
        first = self.first() if composing.keys and not self.stays_letters(composing) else None
        cells = composing.cells(first, self.asked[Way.PINYIN].text, digits=owes)
        if self.lost:
            self.refusal = Refusal.NOTHING_SPELLED
        elif len(cells) > self.room:
            self.refusal = Refusal.FULL
        else:
            self._show(Page(self.page.written.insert(cells)))
            if owes:
                self.owed = (*self.owed, Owed(composing, cells))
            return True
        return False

    def finish(self) -> str:
        """Write what is composed or drawn as it is shown, and give the text. What has no answer yet, or does not fit, stays `unread`."""
        if not self.waits and not self.lost and self.fits:
            self.settle()
        self.refusal = None
        return self.page.written.text

    def _pay(self, first: Candidate | None, asked: str) -> None:
        """Put right what was written first of all that is owed."""
        if self.owed:
            self.page = self.owed[0].paid(self.page, first, asked, self.room)
            self.owed = self.owed[1:]

    # ------------------------------------------------------------------ clearing

    def clear(self) -> None:
        """Nothing is written any more; `restore` brings it back until the next key."""
        if not self.page.empty:
            cleared = self.page, self.owed
            self._show(Page(Written()))
            self.cleared = cleared

    def restore(self) -> None:
        """What was cleared is there again."""
        if self.cleared:
            page, owed = self.cleared
            self._show(page)
            self.owed = owed

    # ------------------------------------------------------------------ engines

    def ask(self) -> None:
        """Ask what is now wanted to be known; called after each act."""
        wanted = Wanted(self.takes, self.page, self.owed, self.correcting, self.following)
        self.asked[Way.PINYIN].ask(wanted.of_pinyin(self.engines))
        self.asked[Way.HANDWRITING].ask(wanted.of_handwriting(self.engines))

    def give_up(self, way: Way) -> bool:
        """An engine is missing for good. False: what only it can make characters of is lost; letters stay as they are."""
        page = self.page
        if way is Way.HANDWRITING:
            self._show(replace(page, strokes=()))
            return not page.strokes
        kept = not any(owed.composing.nine for owed in self.owed)
        while self.owed:
            self._pay(None, "")
        if page.composing:
            cells = page.composing.cells(None, "", digits=False)
            fits = len(cells) <= self.room
            kept = kept and fits and not page.composing.nine
            self._show(Page(self.page.written.insert(cells if fits else ())))
        return kept

    def hear(self, told: TypingEvent) -> bool:
        """An engine told something. False: it is not about what was asked."""
        heard = [asked.hear(told) for asked in self.asked.values()]
        pinyin = self.asked[Way.PINYIN]
        if self.owed and pinyin.fresh:
            self._pay(next((each for each in pinyin.candidates if each.used), None), pinyin.text)
            self.ask()  # or that answer would be taken for one to what is composed
        return any(heard)
