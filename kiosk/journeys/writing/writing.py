"""The on-screen keyboard's mind: which keyboard is open, and what a key, a candidate or an engine's answer does to the text.

No window, no thread: engines tell by `TypingTold`, and nothing waits for them.
"""

from __future__ import annotations

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
from kiosk.journeys.writing import look
from kiosk.journeys.writing.asking import TypingEngines
from kiosk.journeys.writing.editor import Editor
from kiosk.journeys.writing.faults import NEEDS, missing, moved_note, refusal_note
from kiosk.journeys.writing.look import Look
from kiosk.journeys.writing.offers import Purpose
from kiosk.journeys.writing.page import Refusal
from kiosk.journeys.writing.takes import Takes, dashed, dashed_index
from kiosk.typing.answers import EngineDown, TypingEvent, Way
from kiosk.views import Keyboard, KeyboardKind, Panel, Typed

_PINYIN = (KeyboardKind.PINYIN, KeyboardKind.NINE)


class Writing:
    """One text that is typed, from the first key to `finish`. Shows nothing of it in its repr."""

    def __init__(self, engines: TypingEngines, texts: Texts, takes: Takes, text: str = "", limit: int = 60) -> None:
        """`limit`: characters at most. An engine that is already known to be missing is not opened."""
        self._engines, self._texts, self._takes = engines, texts, takes
        self._editor = Editor(engines, takes, text.replace("-", "") if takes is Takes.DATE else text, limit)
        self._kind = self._editor.rules.opens
        self._pinyin = KeyboardKind.PINYIN
        self._upper = self._editor.rules.capitals
        self._page: int | None = None
        self._note: Panel | None = None
        self._refused: Refusal | None = None
        self._leave_missing_way()

    # ------------------------------------------------------------------ events

    def handle(self, event: Event) -> bool:
        """Whether the event meant something."""
        if isinstance(event, TypingTold):
            meant = self._hear(event.told)
        else:
            note, self._note, self._editor.refusal = self._note, None, None
            meant = self._touched(event)
            if not meant:
                self._note = note
            else:
                self._refused = self._editor.refusal
                if self._refused:
                    self._note = refusal_note(self._texts, self._refused, self._editor.limit)
        self._editor.ask()
        return meant

    def _touched(self, event: Event) -> bool:
        editor = self._editor
        match event:
            case KeyPressed(key):
                self._page = None
                return self._press(key)
            case KeyboardChosen(kind):
                return self._change(kind)
            case CandidateChosen(index, text):
                self._page = None
                editor.choose(index, text)
            case CandidatesOpened(opened):
                self._page = 0 if opened and editor.offers() else None
            case CandidatesTurned(by):
                if self._page is not None:
                    self._page = look.page_in_range(editor.offers(), self._page + by)
            case SyllableChosen(syllable):
                editor.spell(syllable)
            case CaretPlaced(index):
                self._page = None
                editor.place(self._place_of(index))
            case StrokeDrawn(points):
                if self._kind is not KeyboardKind.HANDWRITING:
                    return False
                self._page = None
                editor.draw(points)
            case _:
                return False
        return True

    def _press(self, key: str) -> bool:
        editor = self._editor
        match key:
            case "backspace":
                editor.backspace()
            case "clear":
                editor.clear()
            case "restore":
                editor.restore()
            case "space":
                self._space()
            case "shift":
                self._upper = not self._upper or editor.rules.capitals
            case "separator":
                editor.separate()
            case "undo_stroke":
                editor.undo_stroke()
            case "clear_ink":
                editor.clear_ink()
            case _ if len(key) == 1:
                self._character(key)
            case _:
                return False
        return True

    def _character(self, key: str) -> None:
        editor = self._editor
        lower = key.lower()
        if self._kind in _PINYIN and lower in "abcdefghijklmnopqrstuvwxyz":
            editor.compose(lower)
        elif self._kind is KeyboardKind.NINE and key in "23456789":
            editor.compose(key)
        elif self._kind in _PINYIN and key == "'":
            editor.separate()
        elif self._kind is KeyboardKind.LETTERS:
            editor.insert(key.upper() if self._upper else key)
            self._upper = editor.rules.capitals
        else:
            editor.insert(key)

    def _space(self) -> None:
        """The first candidate, or a space where nothing is composed. Letters that mean nothing in Chinese stand as they are."""
        editor = self._editor
        offers = editor.offers()
        if offers is None or offers.purpose not in (Purpose.COMPOSE, Purpose.DRAW):
            editor.insert(" ")
        elif offers.candidates and not editor.pending:
            editor.choose_first()
        elif not (editor.pending and self._down()):
            editor.settle()

    # ------------------------------------------------------------------ keyboards

    def _change(self, value: str) -> bool:
        kind = next((kind for kind in look.keyboards(self._editor.rules) if kind.value == value), None)
        if kind is None or self._missing(kind):
            return False
        self._page = None
        self._open(kind)
        return True

    def _open(self, kind: KeyboardKind) -> None:
        """What is composed is written, or kept where its answer is still to come; between pinyin keyboards it goes on."""
        self._kind = kind
        if kind in _PINYIN:
            self._pinyin = kind
        if kind is KeyboardKind.HANDWRITING:
            self._engines.open_handwriting()
        self._settle_known()

    def _settle_known(self) -> None:
        editor = self._editor
        goes_on = self._kind is KeyboardKind.HANDWRITING if editor.page.strokes else self._kind in _PINYIN
        if not goes_on and not editor.pending and not editor.lost and editor.fits:
            editor.settle()

    def _missing(self, kind: KeyboardKind) -> bool:
        return missing(self._engines, kind)

    def _down(self) -> bool:
        way = Way.HANDWRITING if self._editor.page.strokes else Way.PINYIN
        return self._engines.down(way) is not None

    def _leave_missing_way(self, *, kept: bool = True) -> None:
        """The keyboard that cannot be used on this machine gives way to the other one that takes Chinese, else to digits and marks."""
        if not self._missing(self._kind):
            return
        way = NEEDS[self._kind]
        other = KeyboardKind.HANDWRITING if way is Way.PINYIN else self._pinyin
        if self._missing(other):
            other = KeyboardKind.SYMBOLS
        else:
            self._note = moved_note(self._texts, way, kept=kept)
        self._open(other)

    def _hear(self, told: TypingEvent) -> bool:
        heard = self._editor.hear(told)
        if isinstance(told, EngineDown) and not told.comes_back:
            self._leave_missing_way(kept=self._editor.give_up(told.way))
        if heard:
            self._settle_known()
            if self._refused is Refusal.NOT_READ_YET and not self._editor.pending:
                self._note, self._refused = None, None  # it is read now
            if self._page is not None:
                self._page = look.page_in_range(self._editor.offers(), self._page)
        return heard

    # ------------------------------------------------------------------ what is shown

    def finish(self) -> str:
        """What is composed is written as it is shown, and the text given. `unread`: not all of it could be; hand in what engines tell,
        and call again.
        """
        self._editor.finish()
        self._editor.ask()
        return self.text

    @property
    def unread(self) -> bool:
        """Whether something is typed or drawn that is not in the text as it is meant."""
        return self._editor.unread

    @property
    def waits(self) -> bool:
        """Whether that is because an engine has not answered yet."""
        return self._editor.waits

    @property
    def too_long(self) -> bool:
        """Whether that is because it does not fit."""
        return not self._editor.waits and not self._editor.fits

    @property
    def text(self) -> str:
        """What is written so far, without what is composed."""
        text = self._editor.page.written.text
        return dashed(text) if self._takes is Takes.DATE else text

    def typed(self) -> Typed:
        """The text with what is composed in it."""
        written, preview = self._editor.page.written, self._editor.preview()
        start, end = written.caret, written.caret + len(preview)
        text = written.before + "".join(cell.char for cell in preview) + written.text[start:]
        if self._takes is Takes.DATE:
            return Typed(dashed(text), dashed_index(start), restore=look.restore(self._texts, self._editor))
        marked = (start, end) if preview else (0, 0)
        return Typed(text, end, marked, look.counter(self._editor), look.restore(self._texts, self._editor))

    def _place_of(self, index: int) -> int:
        """The character before which the caret goes, counted without the dashes of a date."""
        if self._takes is Takes.DATE:
            return sum(char != "-" for char in self.text[: max(0, index)])
        return index

    def _syllables(self) -> tuple[str, ...]:
        composing = self._editor.page.composing
        return composing.syllables() if composing and self._kind is KeyboardKind.NINE else ()

    def keyboard(self, done_label: str) -> Keyboard:
        """The keyboard as it is now; `done_label` is on its last key."""
        return Look(self._texts, self._engines, self._editor, self._kind, self._pinyin, self._upper).keyboard(
            done_label, self._syllables(), self._page, self._note
        )
