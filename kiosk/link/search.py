"""Finds items by name, pinyin, initials or everyday word, and forgives a slip. Holds an index of one catalogue; fetches and caches nothing.

All spellings of all names and aliases lie in two long texts, one line each, so that one regular expression looks through
3,000 items in some ten milliseconds. Pinyin is indexed as syllables, each after a mark (`'di'bao'zheng`), and a query of
letters may leave any syllable after any of its letters: `dbz`, `dibao` and `dibzh` are the same search.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from pypinyin import Style, pinyin
from rapidfuzz import fuzz, process

from kiosk.wire.items import ServiceItem

#: Life events in the order of the chips on the list screen (design 03); a topic that is not here comes after them.
TOPIC_ORDER = ("社会救助", "养老社保", "建房用地", "生育户籍", "就业创业", "残疾人", "退役军人")

#: Likeness of two pinyin texts, 0 to 100, from which one is taken for the other. One wrong letter of five is 80.
_ALIKE = 80.0
#: The same for short texts, where a chance likeness is likelier: one wrong letter of seven.
_SHORT = 10
_ALIKE_IF_SHORT = 85.0
#: How much less alike than the best the others may be.
_HARDLY_LESS = 8.0
#: Fewer letters of pinyin than these are too little to guess from, and a word much shorter than the query is not what is meant.
_SHORTEST_GUESS = 5
_LEAST_SHARE = 0.75

_MARK = "'"
_LATIN = re.compile(r"[a-z0-9]+")
_PIECE = re.compile(r"[a-z0-9]+|[^a-z0-9]+")


class Rank(IntEnum):
    """How an item was found; the lower comes first."""

    NAME_STARTS = 0
    NAME_CONTAINS = 1
    ALIAS_IS = 2
    ALIAS_CONTAINS = 3
    WORD_WITHIN = 4
    PINYIN_OF_NAME_STARTS = 5
    PINYIN_OF_NAME = 6
    PINYIN_OF_ALIAS = 7
    OTHER_READING = 8
    SAME_SOUND = 9
    ALIKE = 10


@dataclass(frozen=True)
class Hit:
    """An item found. `spans`: the parts of its `task_name` that match, as [start, end) in characters, for highlighting."""

    item: ServiceItem
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class _Term:
    """One thing an item is called. `origins[i]` is where character i of `text` stands in the name as written."""

    item: int
    is_name: bool
    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        return ((self.origins[start], self.origins[end - 1] + 1),) if self.is_name else ()


@dataclass(frozen=True)
class _Spelling:
    """One way to read a term: `starts[i]` is where the syllable of its character i begins in the line."""

    term: _Term
    usual: bool
    line: str
    starts: tuple[int, ...]


class _Found(NamedTuple):
    rank: Rank
    likeness: float = 0.0
    spans: tuple[tuple[int, int], ...] = ()

    def better_than(self, other: _Found) -> bool:
        return (self.rank, -self.likeness, not self.spans) < (other.rank, -other.likeness, not other.spans)


def topics(items: Iterable[ServiceItem]) -> tuple[str, ...]:
    """The life events that these items are listed under, in the fixed order of `TOPIC_ORDER`, others after it as they come."""
    used = dict.fromkeys(topic for item in items for topic in item.topics)
    known = tuple(topic for topic in TOPIC_ORDER if topic in used)
    return known + tuple(topic for topic in used if topic not in TOPIC_ORDER)


def _normalized(text: str) -> tuple[str, tuple[int, ...]]:
    """Half width, lower case, letters and digits only; and where each character came from."""
    kept = [
        (character, place)
        for place, written in enumerate(text)
        for character in unicodedata.normalize("NFKC", written).casefold()
        if character.isalnum()
    ]
    return "".join(character for character, _ in kept), tuple(place for _, place in kept)


def _reading(text: str) -> list[str]:
    """One syllable a character, as the whole is usually read: 重度 is zhong du. Latin letters and digits stand for themselves."""
    syllables: list[str] = []
    for piece in _PIECE.findall(text):
        read = list(piece) if _LATIN.fullmatch(piece) else [readings[0] for readings in pinyin(piece, style=Style.NORMAL)]
        # What pypinyin cannot read it gives back in one piece.
        syllables += read if len(read) == len(piece) else [_all_readings(character)[0] for character in piece]
    return syllables


@lru_cache(maxsize=4096)
def _all_readings(character: str) -> tuple[str, ...]:
    return tuple(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


def _spellings(term: _Term) -> Iterator[_Spelling]:
    """The usual reading of the whole, then one for each other reading of each character (参 can, also shen)."""
    usual = _reading(term.text)
    yield _spelling(term, usual, usual_reading=True)
    for place, character in enumerate(term.text):
        for other in _all_readings(character):
            if other != usual[place]:
                yield _spelling(term, [*usual[:place], other, *usual[place + 1 :]], usual_reading=False)


def _spelling(term: _Term, syllables: list[str], usual_reading: bool) -> _Spelling:
    marked = [_MARK + syllable for syllable in syllables]
    starts = tuple(accumulate((len(syllable) for syllable in marked[:-1]), initial=0))
    return _Spelling(term, usual_reading, "".join(marked), starts)


class _Lines:
    """Many lines in one text, and from a place in it back to the line."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "\n".join(lines)
        self._starts = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))

    def matches(self, pattern: str) -> Iterator[tuple[int, int, int]]:
        """Line number, and start and end within that line, of the first match in each line."""
        for match in re.finditer(f"({pattern})[^\n]*", self._text):
            line = bisect_right(self._starts, match.start()) - 1
            yield line, match.start() - self._starts[line], match.end(1) - self._starts[line]


def _letters_pattern(letters: str) -> str:
    """Begins at a syllable; each next letter goes on in the syllable or begins the next one. Whoever types u may mean ü, written v."""
    parts = ["[uv]" if letter == "u" else letter for letter in letters]
    return _MARK + f"(?:[a-z0-9]*{_MARK})?".join(parts)


def _sound_pattern(syllables: Sequence[str]) -> str:
    """These whole syllables, one after the other."""
    return re.escape("".join(_MARK + syllable for syllable in syllables)) + rf"(?![^{_MARK}\n])"


class CatalogueSearch:
    """Search over one catalogue; made anew when the catalogue changes. Not for texts: it looks at names and aliases only."""

    def __init__(self, items: Sequence[ServiceItem]) -> None:
        self._items = tuple(items)
        self._terms: list[_Term] = []
        for number, item in enumerate(self._items):
            for is_name, written in ((True, item.task_name), *((False, alias) for alias in item.aliases)):
                text, origins = _normalized(written)
                if text:
                    self._terms.append(_Term(number, is_name, text, origins))
        self._spellings = [spelling for term in self._terms for spelling in _spellings(term)]
        self._texts = _Lines([term.text for term in self._terms])
        self._sounds = _Lines([spelling.line for spelling in self._spellings])
        self._usual = [spelling for spelling in self._spellings if spelling.usual]
        self._plain = [spelling.line.replace(_MARK, "") for spelling in self._usual]

    def find(self, text: str, topic: str | None = None) -> list[Hit]:
        """The items meant by `text`, best first, equal ones in the catalogue's order; all of them if `text` is empty.

        `topic` keeps those that are listed under it.
        """
        query, _ = _normalized(text)
        found = self._search(query) if query else {number: _Found(Rank.NAME_STARTS) for number in range(len(self._items))}
        chosen = [number for number in found if topic is None or topic in self._items[number].topics]
        chosen.sort(key=lambda number: (found[number].rank, -found[number].likeness, number))
        return [Hit(self._items[number], found[number].spans) for number in chosen]

    def _search(self, query: str) -> dict[int, _Found]:
        found = _best(self._by_text(query))
        if _LATIN.fullmatch(query):
            found = _best(self._by_letters(query), found)
        elif not found:
            found = _best(self._by_sound(query))
        return found or self._by_likeness(query)

    def _by_text(self, query: str) -> Iterator[tuple[int, _Found]]:
        for line, start, end in self._texts.matches(re.escape(query)):
            term = self._terms[line]
            if term.is_name:
                yield term.item, _Found(Rank.NAME_CONTAINS if start else Rank.NAME_STARTS, spans=term.span(start, end))
            else:
                yield term.item, _Found(Rank.ALIAS_IS if term.text == query else Rank.ALIAS_CONTAINS)
        # A sentence may hold the word: 我想吃低保. One character is no word.
        for term in self._terms:
            if 2 <= len(term.text) < len(query) and term.text in query:
                yield term.item, _Found(Rank.WORD_WITHIN, likeness=len(term.text), spans=term.span(0, len(term.text)))

    def _by_letters(self, query: str) -> Iterator[tuple[int, _Found]]:
        for line, start, end in self._sounds.matches(_letters_pattern(query)):
            spelling = self._spellings[line]
            if not spelling.usual:
                rank = Rank.OTHER_READING
            elif not spelling.term.is_name:
                rank = Rank.PINYIN_OF_ALIAS
            else:
                rank = Rank.PINYIN_OF_NAME if start else Rank.PINYIN_OF_NAME_STARTS
            yield spelling.term.item, _Found(rank, spans=_syllable_span(spelling, start, end))

    def _by_sound(self, query: str) -> Iterator[tuple[int, _Found]]:
        syllables = _reading(query)
        if len(syllables) < 2:
            return
        for line, start, end in self._sounds.matches(_sound_pattern(syllables)):
            spelling = self._spellings[line]
            yield spelling.term.item, _Found(Rank.SAME_SOUND, spans=_syllable_span(spelling, start, end))

    def _by_likeness(self, query: str) -> dict[int, _Found]:
        """Names and aliases that sound nearly so, as far as they are hardly less alike than the most alike one."""
        letters = "".join(_reading(query))
        if len(letters) < _SHORTEST_GUESS:
            return {}
        cutoff = _ALIKE_IF_SHORT if len(letters) < _SHORT else _ALIKE
        found = _best(
            (self._usual[line].term.item, _Found(Rank.ALIKE, likeness))
            for _, likeness, line in process.extract(letters, self._plain, scorer=fuzz.partial_ratio, score_cutoff=cutoff, limit=None)
            if len(self._plain[line]) >= max(_SHORTEST_GUESS, _LEAST_SHARE * len(letters))
        )
        least = max((likely.likeness for likely in found.values()), default=0.0) - _HARDLY_LESS
        return {item: likely for item, likely in found.items() if likely.likeness >= least}


def _syllable_span(spelling: _Spelling, start: int, end: int) -> tuple[tuple[int, int], ...]:
    if not spelling.term.is_name:
        return ()
    first = bisect_right(spelling.starts, start) - 1
    last = bisect_right(spelling.starts, end - 1) - 1
    return spelling.term.span(first, last + 1)


def _best(candidates: Iterable[tuple[int, _Found]], start: dict[int, _Found] | None = None) -> dict[int, _Found]:
    """The best way each item was found; spans of the name are kept from a lesser way if the best has none."""
    best = dict(start or {})
    for item, found in candidates:
        known = best.get(item)
        if known is None:
            best[item] = found
        elif found.better_than(known):
            best[item] = found if found.spans or not known.spans else _Found(found.rank, found.likeness, known.spans)
        elif not known.spans and found.spans and found.rank < Rank.OTHER_READING:
            best[item] = _Found(known.rank, known.likeness, found.spans)
    return best
