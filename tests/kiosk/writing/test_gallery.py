"""The gallery's keyboards are those of the terminal: each is typed here, with the engines' answers as script, and compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.events import CandidatesOpened, CaretPlaced, Event, KeyboardChosen, KeyPressed, StrokeDrawn, TypingTold
from kiosk.i18n import Texts
from kiosk.journeys.writing import Takes, Writing
from kiosk.typing.answers import Candidate, Candidates, EngineDown, EngineReady, TypingEvent, Way
from kiosk.typing.keys import digits_of
from kiosk.views import FormView, ItemListView, Keyboard, Typed
from screens.gallery import GALLERY
from screens.gallery.handwriting import RIVER
from tests.kiosk.writing.test_any_events import Told

_CATALOGUE = Path(__file__).resolve().parents[3] / "assets/locale/kiosk.pot"
#: How another language fits in; there is no catalogue of one yet.
_OTHER_LANGUAGE = {"form-typing-english-labels", "handwriting-english"}
_SAMPLES = {
    name: view
    for name, view in GALLERY.items()
    if isinstance(view, FormView | ItemListView) and view.keyboard and name not in _OTHER_LANGUAGE
}


class Typist:
    """Types into one text; the engines answer with the words that the gallery's picture shows, at once or when told to."""

    def __init__(self, name: str) -> None:
        bar = _keyboard(name).bar
        self._words = [button.label for button in bar.candidates] if bar else []
        self.engines = Told()
        self.engines.state = {way: EngineReady(way) for way in Way}

    def begins(self, takes: Takes = Takes.ADDRESS, text: str = "", limit: int = 60) -> Typist:
        self.writing = Writing(self.engines, Texts(), takes, text, limit)
        return self

    def does(self, *events: Event) -> Typist:
        for event in events:
            assert self.writing.handle(event)
        return self

    def presses(self, *keys: str) -> Typist:
        return self.does(*map(KeyPressed, keys))

    def changes(self, kind: str) -> Typist:
        return self.does(KeyboardChosen(kind))

    def draws(self, strokes: int) -> Typist:
        return self.changes("handwriting").does(*map(StrokeDrawn, RIVER[:strokes]))

    def hears(self, told: TypingEvent) -> Typist:
        if isinstance(told, EngineReady | EngineDown):
            self.engines.state[told.way] = told
        self.writing.handle(TypingTold(1, told))
        return self

    def told(self, *used: int, words: list[str] | None = None, readings: str = "") -> Typist:
        """The answer to what was asked last: words, and how many keys each uses; those that are not told use as many as the last."""
        shown = self._words if words is None else words
        counts = (*used, *(used[-1:] * len(shown)))
        read = [*readings.split("/"), *[""] * len(shown)]
        found = tuple(Candidate(text, count, reading) for text, count, reading in zip(shown, counts, read, strict=False))
        return self.hears(Candidates(self.engines.number, found))

    def loses(self, way: Way, *, comes_back: bool = False) -> Typist:
        return self.hears(EngineDown(way, "died", comes_back))


def _keyboard(name: str) -> Keyboard:
    keyboard = _SAMPLES[name].keyboard
    assert keyboard is not None
    return keyboard


def _typed(name: str) -> Typed | None:
    view = _SAMPLES[name]
    if isinstance(view, ItemListView):
        return view.typed
    return next(row.typed for row in view.fields if row.focused)


def _text(name: str) -> str:
    """What is written at the end, without what is composed."""
    typed = _typed(name)
    assert typed is not None
    return typed.text[: typed.marked[0]] + typed.text[typed.marked[1] :]


def _town(typist: Typist) -> Typist:
    return typist.begins(text="桃山区").presses(*"wanbaohezhen").told(12, 12, 12, 12, 8, 6, 6, 3)


def _town_and_more(typist: Typist) -> Typist:
    return typist.begins(text="桃山区").presses(*"wanbaohezhenwan").told(15, 15, 15, 15, 12, 8, 6, 6, 3)


def _sentence(typist: Typist) -> Typist:
    typist.begins(Takes.TEXT, limit=20).presses(*"woyaotousugebideyangjichangtianlewojiadeshuigou")
    return typist.told(47, 47, 47, 47, 40, 38, 33, 31, 27, 16, 14, 10, 5, 2)


def _too_long(typist: Typist) -> Typist:
    """One key more than there may be in one go."""
    typist.begins(Takes.TEXT, limit=200).presses(*"woyaotousugebideyangjichangtianlewojiadeshuigoudaoxianzaiyou")
    return typist.told(60, 60, 60, 60, 60, 60, 57, 50, 47).presses("h")


def _nine(typist: Typist, letters: str, readings: str, *used: int) -> Typist:
    return typist.changes("nine").presses(*digits_of(letters)).told(*used, readings=readings)


def _follows(typist: Typist, text: str, kind: str, limit: int = 60) -> Typist:
    """The last word is chosen, and then what often follows it is told."""
    typist.begins(Takes.TEXT, text[:-2], limit).presses(*"word").told(4, words=[text[-2:]]).presses("space")
    return (typist.changes(kind) if kind == "handwriting" else typist).told(0)


def _written(typist: Typist, takes: Takes, text: str, limit: int = 60) -> Typist:
    return typist.begins(takes, text, limit)


#: What the engine reads nine keys as.
_READINGS = (
    "wan'bao'he'zhen/wan'bao'he'zhen/wan'bao'he zheng/wan'bao he zhen/wan'bao he zhen/yan'cao he zhen/yao ban'ge zhen/wan'bao ge zhen"
)
_OLD = "yang'lao/yang'lao/wang kan/wang kan/yang kan/wang lao/wang lao/wang'lan"
_GO = CandidatesOpened(opened=True)

#: What is done to get each picture.
SCRIPTS: dict[str, Callable[[Typist], object]] = {
    "list-keyboard": lambda t: t.begins(Takes.SEARCH, limit=24).presses(*"yl").told(2),
    "list-keyboard-start": lambda t: t.begins(Takes.SEARCH, limit=24),
    "list-typing-pinyin": lambda t: t.begins(Takes.SEARCH, "养", 24).presses(*"lao").told(3),
    "list-typing-nine": lambda t: _nine(t.begins(Takes.SEARCH, limit=24), "yanglao", _OLD, *[7] * 8, 4),
    "list-typing-long": lambda t: t.begins(Takes.SEARCH, _text("list-typing-long"), 24),
    "form-digits": lambda t: t.begins(Takes.NUMBER, "1391234"),
    "form-digits-empty": lambda t: t.begins(Takes.NUMBER),
    "form-id-number": lambda t: t.begins(Takes.ID_NUMBER).presses(*"23090319580309"),
    "form-amount": lambda t: t.begins(Takes.AMOUNT).presses(*"12500.5"),
    "form-date": lambda t: t.begins(Takes.DATE).presses(*"195803"),
    "form-faults-typing": lambda t: t.begins(Takes.NUMBER, "1391234"),
    "form-typing-pinyin": _town,
    "form-typing-pinyin-more": _town_and_more,
    "form-typing-start": lambda t: t.begins(),
    "form-typing-written": lambda t: t.begins(text="桃山区万宝河镇"),
    "form-typing-correcting": lambda t: (
        t.begins(text="桃山区")
        .presses(*"wanbao")
        .told(6, words=["万宝"])
        .presses("space")
        .does(CaretPlaced(4))
        .told(7, 7, 7, 7, 3, words=["万宝", "晚报", "万报", "完报", "晚", "完", "湾"])
    ),
    "form-typing-next-word": lambda t: _follows(t, "想参加", "pinyin"),
    "form-typing-nine": lambda t: _nine(t.begins(text="桃山区"), "wanbaohezhen", _READINGS, *[12] * 8, 8),
    "form-typing-nine-start": lambda t: t.begins().changes("nine"),
    "form-typing-symbols": lambda t: t.begins(text=_text("form-typing-symbols")).changes("symbols").does(CaretPlaced(13)),
    "form-typing-english": lambda t: t.begins(text="万宝小区").changes("letters").presses(*"B2 Villa"),
    "form-typing-english-more": lambda t: t.begins(text="万宝小区").changes("letters").presses(*"B2 Villas"),
    "form-typing-english-capital": lambda t: t.begins(text="万宝小区").changes("letters").presses("shift"),
    "form-typing-latin": lambda t: t.begins(Takes.ENGLISH).presses(*"Rosalind"),
    "form-typing-too-long": _too_long,
    "form-typing-code": lambda t: t.begins(Takes.CREDIT_CODE).presses(*"91230903ma1c5"),
    "form-typing-grid": lambda t: _town_and_more(t).does(_GO),
    "form-typing-down": lambda t: t.begins(text="桃山区").presses(*"wan").told(3).presses("b").loses(Way.PINYIN, comes_back=True),
    "form-typing-sentence": _sentence,
    "form-typing-grid-sentence": lambda t: _sentence(t).does(_GO),
    "form-typing-no-handwriting": lambda t: _town(t.begins().loses(Way.HANDWRITING)),
    "form-typing-no-chinese": lambda t: t.begins().loses(Way.PINYIN).loses(Way.HANDWRITING).begins().presses(*"17-3"),
    "form-typing-cleared": lambda t: t.begins(text="桃山区").presses("clear"),
    "form-typing-wide-characters": lambda t: t.begins(Takes.NAME, _text("form-typing-wide-characters")).does(CaretPlaced(2)),
    "form-typing-long": lambda t: t.begins(Takes.TEXT, _text("form-typing-long"), 2000),
    "form-typing-long-more": lambda t: t.begins(Takes.TEXT, _text("form-typing-long"), 2000).presses(*"lingwai").told(7, 7, 7, 7, 4),
    "form-typing-long-middle": lambda t: t.begins(Takes.TEXT, _text("form-typing-long"), 2000).does(CaretPlaced(60)),
    "handwriting-empty": lambda t: t.begins(text="桃山区万宝").changes("handwriting"),
    "handwriting-opening": lambda t: _opening(t).changes("handwriting"),
    "handwriting-half": lambda t: t.begins(text="桃山区万宝").draws(6).told(0),
    "handwriting-written": lambda t: t.begins(text="桃山区万宝").draws(len(RIVER)).told(0),
    "handwriting-next-words": lambda t: _follows(t, "想参加", "handwriting"),
    "handwriting-long": lambda t: _follows(t, _text("handwriting-long"), "handwriting", 200),
    "handwriting-missing": lambda t: t.begins(text="桃山区万宝").changes("handwriting").loses(Way.HANDWRITING),
    "handwriting-instead": lambda t: t.begins(text="桃山区万宝").loses(Way.PINYIN),
    "handwriting-coming-back": lambda t: t.begins(text="桃山区万宝").draws(6).told(0).loses(Way.HANDWRITING, comes_back=True),
}


def _opening(typist: Typist) -> Typist:
    del typist.engines.state[Way.HANDWRITING]
    return typist.begins(text="桃山区万宝")


def test_every_keyboard_of_the_gallery_has_its_script() -> None:
    assert set(SCRIPTS) == set(_SAMPLES)


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_picture_is_what_the_keys_give(name: str) -> None:
    # given
    typist = Typist(name)
    # when
    SCRIPTS[name](typist)
    # then
    assert typist.writing.keyboard(_keyboard(name).done_label) == _keyboard(name)
    assert typist.writing.typed() == _typed(name)


# ------------------------------------------------------------------ around the keyboard


def _texts_of_the_terminal() -> list[re.Pattern[str]]:
    """Each message of the catalogue, with anything in its gaps."""
    messages = re.findall(r'^msgid ((?:"[^\n]*"\s)+)', _CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
    joined = ["".join(part[1:-1] for part in message.splitlines()).replace("\\n", "\n") for message in messages]
    return [re.compile(re.sub(r"\\{\w+\\}", ".+", re.escape(message))) for message in joined if message]


def _said(view: FormView | ItemListView) -> list[str]:
    """What the terminal says, as far as no item says it."""
    keyboard = view.keyboard
    texts = [keyboard.done_label] if keyboard else [view.title]
    if isinstance(view, ItemListView):
        return [*texts, view.title, view.search_hint, view.count, view.empty, view.page]
    beside = [row for row in view.fields if not row.focused]
    texts += [view.subtitle, view.page, *(row.error for row in view.fields)]
    texts += [row.hint for row in beside if keyboard or row.locked]
    return [*texts, *(panel.text for panel in [view.notice] if panel)]


@pytest.mark.parametrize(
    "name", [name for name, view in GALLERY.items() if isinstance(view, FormView | ItemListView) and name not in _OTHER_LANGUAGE]
)
def test_the_gallery_says_what_the_terminal_says(name: str) -> None:
    view = GALLERY[name]
    assert isinstance(view, FormView | ItemListView)
    known = _texts_of_the_terminal()
    assert [text for text in _said(view) if text and not any(each.fullmatch(text) for each in known)] == []
