"""What somebody who types sees, walked at a real terminal with its real engines: every keyboard in its field, and every fault of them."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from demo.bench_typing import characters
from demo.place import Place
from kiosk.events import BackPressed, CandidatesOpened, CaretPlaced, KeyboardChosen, KeyPressed, StrokeDrawn, Woken
from kiosk.typing.answers import Way
from kiosk.typing.keys import digits_of
from kiosk.views import AttractView, FieldRow, FormView, Keyboard, KeyboardKind, Typed

#: The item whose form has every kind of field.
ITEMS = Path(__file__).parent / "items"
_ITEM, _LETTERS = "YIJIAN", "yj"
#: Strokes of the lists lie in a square so wide, and take this share of the ink box.
_SQUARE, _SHARE = 1024, 0.8

Scenes = Iterator[tuple[str, FormView]]


class Writer:
    """Somebody at the form of the item, with a field to write in."""

    def __init__(self, place: Place) -> None:
        self._place, self._citizen = place, place.citizen

    def sees(self, so: Callable[[FormView, Keyboard, Typed], bool]) -> FormView:
        """Wait until the keyboard is open and it is so."""

        def where(view: FormView) -> bool:
            typed = next((row.typed for row in view.fields if row.typed), None)
            return view.keyboard is not None and typed is not None and so(view, view.keyboard, typed)

        return self._citizen.sees(FormView, where)

    def noted(self, kind: KeyboardKind | None = None) -> FormView:
        """Wait for a note in place of the candidates."""
        return self.sees(lambda _, keyboard, __: keyboard.note is not None and kind in (None, keyboard.kind))

    def offered(self, *texts: str) -> FormView:
        """Wait for candidates, these among them."""
        return self.sees(lambda _, keyboard, __: keyboard.note is None and _offers(keyboard, texts))

    def opens(self, field: str) -> FormView:
        """Touch a field, and have its keyboard."""
        self._citizen.goes_to(f"field_{field}")
        self._citizen.touches(f"field_{field}")
        return self.sees(lambda view, _, __: any(row.code == field and row.focused for row in view.fields))

    def changes(self, kind: KeyboardKind) -> FormView:
        """Another keyboard."""
        self._citizen.post(KeyboardChosen(kind.value))
        return self.sees(lambda _, keyboard, __: keyboard.kind is kind)

    def presses(self, *keys: str) -> None:
        """Keys, words of keys among them, as `clear`."""
        for key in keys:
            self._citizen.post(KeyPressed(key))

    def types(self, keys: str, text: str) -> FormView:
        """Keys of a character each, until a candidate stands for all of them."""
        self.presses(*keys)
        return self.offered(text)

    def draws(self, character: str) -> FormView:
        """Ink, until it is read."""
        for stroke in dict(characters())[character]:
            points = tuple(((x / _SQUARE - 0.5) * _SHARE + 0.5, (y / _SQUARE - 0.5) * _SHARE + 0.45) for x, y in stroke)
            self._citizen.post(StrokeDrawn(points))
        return self.offered(character)

    def chooses(self, text: str) -> FormView:
        """A candidate, and then what is left, or what often follows."""
        seen = self.offered(text)
        bar = seen.keyboard.bar if seen.keyboard else None
        self._citizen.touches(next(button.id for button in (bar.candidates if bar else ()) if button.label == text))
        return self.sees(lambda _, keyboard, __: keyboard.bar != bar)

    def posts(self, event: CandidatesOpened | CaretPlaced) -> None:
        """An event that no button has."""
        self._citizen.post(event)

    def leaves(self, field: str, so: Callable[[FieldRow], object]) -> FormView:
        """Close the keyboard, and wait until that is so of the field."""
        self._citizen.post(BackPressed())
        return self._citizen.sees(
            FormView, lambda view: view.keyboard is None and any(row.code == field and so(row) for row in view.fields)
        )

    def engine(self, way: Way) -> int:
        """The process of an engine."""
        typing = self._place.composition.terminal.work.typing._engines
        pid = typing._engines[way].pid if typing else None
        assert pid is not None
        return pid


def _offers(keyboard: Keyboard, texts: tuple[str, ...]) -> bool:
    """Whether there are candidates, these among them."""
    labels = [button.label for button in keyboard.bar.candidates] if keyboard.bar else []
    return bool(labels) and set(texts) <= set(labels)


@contextmanager
def at_the_form(place: Place, person: str = "li-jianguo") -> Iterator[Writer]:
    """A citizen at the form; who leaves at the end."""
    citizen = place.citizen
    citizen.sees(AttractView)
    citizen.waits(lambda: not place.composition.terminal.work.hub.card_present)
    citizen.post(Woken())
    citizen.touches("search")
    citizen.types(_LETTERS)
    citizen.touches(f"item_{_ITEM}")
    citizen.touches("primary")
    citizen.touches("for_self")
    place.bench.lay_card(person)
    citizen.touches("agree")
    citizen.sees(FormView)
    try:
        yield Writer(place)
    finally:
        place.bench.lift_card()
        citizen.leaves()


# ------------------------------------------------------------------ keyboards


def keyboards(place: Place) -> Scenes:
    """Each in its field, in what states it has."""
    with at_the_form(place) as writer:
        yield from _pinyin(writer)
        yield from _other_ways(writer)
        yield from _limit(writer)
        for field in ("about", "place", "phone", "other_number", "money", "day"):
            yield f"opened-{field}", writer.opens(field)
        writer.presses(*"202611")
        yield "date-half", writer.sees(lambda _, __, typed: typed.text.startswith("2026-11"))
        yield "opened-company", writer.opens("company")


def _pinyin(writer: Writer) -> Scenes:
    yield "pinyin-nothing", writer.opens("told")
    yield "pinyin-composing", writer.types("zuotianshangwuwozaizonghechuangkou", "昨天上午我在综合窗口")
    writer.chooses("昨天上午")
    yield "pinyin-partly-chosen", writer.offered("我在综合窗口")
    writer.posts(CandidatesOpened(True))
    yield "pinyin-all-candidates", writer.sees(lambda _, keyboard, __: keyboard.grid is not None)
    writer.posts(CandidatesOpened(False))
    writer.chooses("我在综合窗口")
    writer.types("gongzuo", "工作")
    writer.chooses("工作")
    yield "pinyin-next-words", writer.offered()
    writer.posts(CaretPlaced(3))
    yield "pinyin-correcting", writer.sees(lambda _, keyboard, typed: typed.caret == 3 and _offers(keyboard, ()))
    writer.posts(CaretPlaced(99))
    writer.presses("clear")
    yield "pinyin-cleared", writer.sees(lambda _, __, typed: typed.restore is not None)
    writer.presses("restore")
    writer.sees(lambda _, __, typed: typed.text != "")


def _other_ways(writer: Writer) -> Scenes:
    yield "nine-nothing", writer.changes(KeyboardKind.NINE)
    yield "nine-composing", writer.types(digits_of("banshi"), "办事")
    writer.chooses("办事")
    yield "marks", writer.changes(KeyboardKind.SYMBOLS)
    yield "english", writer.changes(KeyboardKind.LETTERS)
    writer.presses("shift")
    yield "english-capitals", writer.sees(lambda _, keyboard, __: keyboard.upper)
    yield "handwriting-opening", writer.changes(KeyboardKind.HANDWRITING)
    yield "handwriting-ink", writer.draws("秀")
    writer.chooses("秀")
    yield "handwriting-next-words", writer.sees(lambda _, keyboard, __: not keyboard.strokes)


def _limit(writer: Writer) -> Scenes:
    writer.opens("wish")
    writer.types("xiwangnimenjinkuaigeiyigedafu", "希望你们尽快给一个答复")
    writer.chooses("希望你们尽快给一个答复")
    yield "limit-near", writer.types("xiexienimenla", "谢谢你们啦")
    writer.chooses("谢谢你们啦")
    writer.presses(*"12345")
    yield "limit-reached", writer.noted()


# ------------------------------------------------------------------ faults


def faults(place: Place) -> Scenes:
    """What goes wrong with the engines, done to the real ones."""
    with at_the_form(place) as writer:
        yield from _engines_that_fail(writer)
    with _broken_library(place.data), at_the_form(place) as writer:
        writer.opens("told")
        yield "no-pinyin", writer.noted(KeyboardKind.HANDWRITING)
        yield "no-pinyin-ink", writer.draws("秀")
        yield "no-pinyin-marks", writer.changes(KeyboardKind.SYMBOLS)
    with _no_model(place.data), at_the_form(place) as writer:
        writer.opens("told")
        writer.changes(KeyboardKind.HANDWRITING)
        yield "no-handwriting", writer.noted(KeyboardKind.PINYIN)
        yield "no-handwriting-composing", writer.types("wozaichuangkou", "我在窗口")
    with _broken_library(place.data), _no_model(place.data), at_the_form(place) as writer:
        yield "no-chinese", place.citizen.sees(FormView, lambda view: view.later is not None)
        writer.opens("told")
        yield "no-chinese-opened", writer.noted(KeyboardKind.SYMBOLS)


def _engines_that_fail(writer: Writer) -> Scenes:
    writer.opens("told")
    writer.types("wozaichuangkou", "我在窗口")
    os.kill(writer.engine(Way.PINYIN), signal.SIGKILL)
    yield "pinyin-killed", writer.noted()
    yield "pinyin-back", writer.offered("我在窗口")
    os.kill(writer.engine(Way.PINYIN), signal.SIGSTOP)
    writer.presses(*"dengle")
    yield "pinyin-slow", writer.sees(lambda _, __, typed: typed.text.endswith("dengle"))
    yield "pinyin-too-slow", writer.noted()
    yield "pinyin-back-again", writer.offered("我在窗口等了")
    writer.changes(KeyboardKind.HANDWRITING)
    writer.draws("秀")
    os.kill(writer.engine(Way.HANDWRITING), signal.SIGKILL)
    yield "handwriting-killed", writer.noted()
    writer.offered("秀")
    writer.changes(KeyboardKind.PINYIN)
    os.kill(writer.engine(Way.PINYIN), signal.SIGSTOP)
    writer.presses(*"henjiu")
    yield "left-unread", writer.leaves("told", lambda row: row.reading)
    writer.opens("wish")
    writer.types("xiwangnimenjinkuaigeiwomenyigedafuxiexie", "希望你们尽快给我们一个答复谢谢")
    writer.chooses("希望你们尽快给我们一个答复谢谢")
    writer.types("zhegewentihendanxin", "这个问题很担心")
    yield "left-too-long", writer.leaves("wish", lambda row: row.error)


@contextmanager
def _environment(**changes: str) -> Iterator[None]:
    """For processes started meanwhile."""
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _broken_library(data: Path) -> Iterator[None]:
    """libpinyin's file is cut off."""
    folder = data / "broken-library"
    folder.mkdir(exist_ok=True)
    (folder / "libpinyin.so.15").write_bytes(b"\x7fELF")
    with _environment(LD_LIBRARY_PATH=str(folder)):
        yield


@contextmanager
def _no_model(data: Path) -> Iterator[None]:
    """rapidocr is installed without its model."""
    folder = data / "no-model"
    (folder / "rapidocr").mkdir(parents=True, exist_ok=True)
    (folder / "rapidocr/__init__.py").touch()
    with _environment(PYTHONPATH=os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))):
        yield
