"""Typing Chinese, measured on lists in tests/bench/: what is right in the first five, taps a phrase, and time from key to candidates.

The held-out lists were never looked at while tuning. Each figure stands beside the plain engine's in the same run.
"""

from __future__ import annotations

import json
import math
import queue
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from kiosk.journeys.writing.look import grid_pages
from kiosk.journeys.writing.offers import Offers, Purpose
from kiosk.typing.answers import Candidate, Candidates, EngineDown, EngineReady, TypingEvent, Way
from kiosk.typing.client import Typing
from kiosk.typing.handwriting import HandwritingEngine, draw
from kiosk.typing.keys import digits_of
from kiosk.typing.libpinyin import EngineMissing, LibPinyin
from kiosk.typing.local_words import catalogue_words, local_words
from kiosk.typing.names import NameEngine
from kiosk.typing.pinyin import PinyinEngine

_LISTS = Path("tests/bench")
_TABLES = Path("config/typing")
#: Candidates seen at a glance; the rest after a touch of 更多.
_FIRST = 5
#: What a piece costs that no candidate gives: a tap for each of its characters, and some for the way to another keyboard.
_NOT_OFFERED = 3

Strokes = list[list[tuple[float, float]]]
Figures = dict[str, object]


def pairs(name: str, which: str = "held-out") -> list[tuple[str, str]]:
    """Text and pinyin of a list."""
    lines = (_LISTS / f"{name}-{which}.tsv").read_text(encoding="utf-8").splitlines()
    return [(text, keys) for text, keys in (line.split("\t") for line in lines if not line.startswith("#"))]


def characters(which: str = "held-out") -> list[tuple[str, Strokes]]:
    """Characters and their strokes as printed, in the usual order."""
    lines = (_LISTS / f"characters-{which}.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        (each["character"], [[(float(x), float(y)) for x, y in stroke] for stroke in each["strokes"]]) for each in map(json.loads, lines)
    ]


def distorted(strokes: Strokes, seed: int) -> Strokes:
    """Mildly: turned up to 6°, stretched up to 12 %, slanted, each stroke moved a little, trembling, in any order."""
    chance = random.Random(seed)
    turn, slant = math.radians(chance.uniform(-6, 6)), chance.uniform(-0.12, 0.12)
    wide, high = chance.uniform(0.88, 1.12), chance.uniform(0.88, 1.12)
    drawn = []
    for stroke in strokes:
        move_x, move_y = chance.gauss(0, 14), chance.gauss(0, 14)
        line = []
        for x, y in stroke:
            turned_x, turned_y = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
            line.append((turned_x * wide + slant * y + move_x + chance.gauss(0, 7), turned_y * high + move_y + chance.gauss(0, 7)))
        drawn.append(line)
    chance.shuffle(drawn)
    return drawn


def _page(offered: Sequence[Candidate], place: int) -> int:
    """On which page of all candidates one stands, as the terminal lays them out."""
    pages = grid_pages(Offers(Purpose.COMPOSE, tuple(offered)))
    return next(number for number, rows in enumerate(pages) if any(place == index for row in rows for index, _ in row))


def taps(candidates: Callable[[str, str], Sequence[Candidate]], text: str, keys: str) -> tuple[int, int, int]:
    """Candidate taps to write a text, picking the longest right beginning each time; how often 更多 had to be opened for it, and how
    often a page turned.
    """
    count, opened, turned, written = 0, 0, 0, ""
    while text and keys:
        offered = candidates(keys, written)
        right = [(len(each.text), -place, each) for place, each in enumerate(offered) if text.startswith(each.text)]
        if not right:
            return count + _NOT_OFFERED + len(text), opened, turned
        _, place, best = max(right)
        count, written = count + 1, written + best.text
        if -place >= _FIRST:
            opened, turned = opened + 1, turned + _page(offered, -place)
        text, keys = text[len(best.text) :], keys[best.used :]
    return count + len(text), opened, turned


def _taps(candidates: Callable[[str, str], Sequence[Candidate]], asked: Sequence[tuple[str, str]], what: str) -> Figures:
    counted = [taps(candidates, text, keys) for text, keys in asked]
    return {
        f"taps_a_{what}": round(sum(taps for taps, _, _ in counted) / len(asked), 2),
        f"more_opened_a_{what}": round(sum(opened for _, opened, _ in counted) / len(asked), 2),
        f"pages_turned_a_{what}": round(sum(turned for _, _, turned in counted) / len(asked), 2),
        f"touches_a_{what}": round(sum(map(sum, counted)) / len(asked), 2),
    }


def _share(right: Sequence[bool]) -> float:
    return round(100 * sum(right) / len(right), 1)


def p95(seconds: Sequence[float]) -> float:
    """In milliseconds."""
    return round(1000 * sorted(seconds)[int(0.95 * len(seconds))], 2)


def _plainly(plain: LibPinyin, keys: str) -> list[str]:
    """The first five of libpinyin as it comes, without our words and tables."""
    plain.parse(keys)
    return [guess.text for guess in islice(plain.guesses(), _FIRST)]


def _first_five(pinyin: PinyinEngine, asked: Sequence[tuple[str, str]]) -> float:
    return _share([text in [each.text for each in pinyin.candidates(keys)[:_FIRST]] for text, keys in asked])


def phrases(pinyin: PinyinEngine, bare: PinyinEngine, plain: LibPinyin, which: str) -> Figures:
    """Whole phrases and sentences. `bare`: the same engine without our own words."""
    asked = pairs("phrases", which)
    found = [[each.text for each in pinyin.candidates(keys)[:_FIRST]] for _, keys in asked]
    nine = [[each.text for each in pinyin.candidates(digits_of(keys))[:_FIRST]] for _, keys in asked]
    return {
        "bench": "typing_phrases",
        "list": which,
        "phrases": len(asked),
        "first_percent": _share([text in each[:1] for (text, _), each in zip(asked, found, strict=True)]),
        "first_five_percent": _share([text in each for (text, _), each in zip(asked, found, strict=True)]),
        "without_local_words_first_five_percent": _first_five(bare, asked),
        "plain_libpinyin_first_five_percent": _share([text in _plainly(plain, keys) for text, keys in asked]),
        "nine_keys_first_five_percent": _share([text in each for (text, _), each in zip(asked, nine, strict=True)]),
        **_taps(pinyin.candidates, asked, "phrase"),
    }


def own_words(pinyin: PinyinEngine, bare: PinyinEngine, words: list[tuple[str, str]]) -> Figures:
    """Our places, departments and items' words of three characters and more: what knowing them is worth."""
    asked = [(text, syllables.replace("'", "")) for text, syllables in words if len(text) > 2]
    return {
        "bench": "typing_local_words",
        "words": len(asked),
        "first_five_percent": _first_five(pinyin, asked),
        "without_local_words_first_five_percent": _first_five(bare, asked),
    }


def names(engine: NameEngine, plain: LibPinyin, which: str) -> Iterator[Figures]:
    """Common names, then invented ones, of which many sound alike; the former are what is promised."""
    asked = pairs("names", which)
    for kind, part in (("common", asked[:120]), ("invented", asked[120:])):
        yield {
            "bench": "typing_names",
            "list": f"{which}, {kind}",
            "names": len(part),
            "first_five_percent": _share([name in [each.text for each in engine.candidates(keys)[:_FIRST]] for name, keys in part]),
            "plain_libpinyin_first_five_percent": _share([name in _plainly(plain, keys) for name, keys in part]),
            **_taps(engine.candidates, part, "name"),
        }


def written(engine: HandwritingEngine, which: str) -> Figures:
    """Characters by hand."""
    asked = characters(which)
    found = [engine.candidates(distorted(strokes, seed))[:_FIRST] for seed, (_, strokes) in enumerate(asked)]
    return {
        "bench": "typing_characters",
        "list": which,
        "characters": len(asked),
        "first_percent": _share([character in each[:1] for (character, _), each in zip(asked, found, strict=True)]),
        "first_five_percent": _share([character in each for (character, _), each in zip(asked, found, strict=True)]),
    }


class _Desk:
    """The engines' processes, asked and waited for."""

    def __init__(self, words: list[tuple[str, str]]) -> None:
        self._told: queue.Queue[TypingEvent] = queue.Queue()
        self.typing = Typing(_TABLES, lambda: words, self._told.put)

    def ready(self, way: Way) -> float:
        """Seconds until it can be asked."""
        began = time.perf_counter()
        while (told := self._told.get(timeout=30)) != EngineReady(way):
            if isinstance(told, EngineDown):
                raise EngineMissing(told.code, f"{way} did not start")
        return time.perf_counter() - began

    def wait(self, ask: Callable[[], int]) -> float:
        """Seconds from asking to the answer."""
        began = time.perf_counter()
        number = ask()
        while not (isinstance(told := self._told.get(timeout=30), Candidates) and told.number == number):
            pass
        return time.perf_counter() - began


def delays(pinyin: PinyinEngine, words: list[tuple[str, str]], handwriting: HandwritingEngine) -> Iterator[Figures]:
    """From key to candidates through the engine's own process, beside the engine's own call, key by key."""
    desk = _Desk(words)
    desk.typing.start()
    load = desk.ready(Way.PINYIN)
    keys = [letters[: length + 1] for _, letters in pairs("phrases")[:40] for length in range(len(letters))]
    for letters in keys[:50]:
        desk.wait(partial(desk.typing.pinyin, letters))
    for bench, typed in (("typing_key_to_candidates", keys), ("typing_nine_keys_to_candidates", [digits_of(each) for each in keys])):
        taken, alone = [], []
        for letters, sent in zip(keys, typed, strict=True):
            taken.append(desk.wait(partial(desk.typing.pinyin, sent)))
            began = time.perf_counter()
            pinyin.plain(letters)
            alone.append(time.perf_counter() - began)
        yield {
            "bench": bench,
            "keys": len(keys),
            "p95_ms": p95(taken),
            "engine_alone_p95_ms": p95(alone),
            "times": round(p95(taken) / p95(alone), 2),
            "load_ms": round(load * 1000),
        }
    desk.typing.open_handwriting()
    load = desk.ready(Way.HANDWRITING)
    taken, alone = [], []
    for seed, (_, strokes) in enumerate(characters()[:100]):
        drawn = distorted(strokes, seed)
        taken.append(desk.wait(partial(desk.typing.characters, drawn)))
        picture = draw(drawn)
        began = time.perf_counter()
        handwriting.recognize(picture)
        alone.append(time.perf_counter() - began)
    desk.typing.stop()
    yield {
        "bench": "typing_strokes_to_candidates",
        "characters": len(taken),
        "p95_ms": p95(taken),
        "engine_alone_p95_ms": p95(alone),
        "times": round(p95(taken) / p95(alone), 2),
        "load_ms": round(load * 1000),
    }


def typing(which: str = "held-out") -> Iterator[Figures]:
    """All of it; a line that says so where an engine is missing."""
    try:
        words = local_words(_TABLES, catalogue_words(Path("config/catalogue")))
        pinyin = PinyinEngine(_TABLES, words)
        bare = PinyinEngine(_TABLES)
        handwriting = HandwritingEngine()
        plain = LibPinyin()
        yield phrases(pinyin, bare, plain, which)
        yield own_words(pinyin, bare, words)
        yield from names(NameEngine(_TABLES, pinyin), plain, which)
        yield written(handwriting, which)
        yield from delays(pinyin, words, handwriting)
    except EngineMissing as missing:
        yield {"bench": "typing", "error": missing.code, "message": missing.message}


if __name__ == "__main__":
    for line in typing(*sys.argv[1:2]):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()
