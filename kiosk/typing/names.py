"""Names: a surname by its frequency, then characters by how readily they begin or end a given name. For name fields only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from kiosk.typing.answers import Candidate
from kiosk.typing.keys import Keys, digits_of
from kiosk.typing.libpinyin import EngineMissing
from kiosk.typing.pinyin import MOST, PinyinEngine, distinct

#: Characters of one reading that are tried in a given name, and whole names that stand before the surnames alone.
_TRIED, _WHOLE_FIRST = 14, 8
#: What the weights of characters are taken against, so that names of one and of two characters can be compared.
_CHARACTER = 9.0
#: What a last syllable costs that is not typed to its end.
_UNFINISHED = 4.0

_Readings = dict[str, list[tuple[float, str]]]


class NameEngine:
    """Name mode over the pinyin engine, whose candidates follow its own. Not safe for threads."""

    def __init__(self, tables: Path, pinyin: PinyinEngine) -> None:
        """Raises EngineMissing if there is no table of names."""
        self._pinyin = pinyin
        self._surnames: _Readings = defaultdict(list)
        self._first: _Readings = defaultdict(list)
        self._last: _Readings = defaultdict(list)
        self._single: _Readings = defaultdict(list)
        self._whole: dict[str, float] = {}
        try:
            for line in (tables / "names.tsv").read_text(encoding="utf-8").splitlines():
                kind, text, reading, *weights = line.split("\t")
                if kind == "surname":
                    self._surnames[reading].append((float(weights[0]), text))
                elif kind == "given":
                    self._first[reading].append((float(weights[0]), text))
                    self._last[reading].append((float(weights[1]), text))
                    self._single[reading].append((float(weights[2]), text))
                else:
                    self._whole[text] = float(weights[0])
        except (OSError, ValueError, IndexError):
            raise EngineMissing(
                "name_table_missing", f"{tables / 'names.tsv'} is missing or damaged; it comes with this program."
            ) from None
        for table in (self._surnames, self._first, self._last, self._single):
            for entries in table.values():
                entries.sort(reverse=True)
        self._are_surnames = {text for entries in self._surnames.values() for _, text in entries}
        self._by_digits: dict[str, list[str]] = defaultdict(list)
        for reading in {*self._surnames, *self._first, *self._last}:
            self._by_digits[digits_of(reading)].append(reading)

    def candidates(self, text: str, before: str = "") -> list[Candidate]:
        """Names that the input may mean; after a surname, given names. Raises NotTypeable."""
        keys = Keys.read(text)
        if before in self._are_surnames:
            found = list(self._given(keys, 0))
        elif before and before[:-1] in self._are_surnames:
            found = [(score, name) for score, name in self._given(keys, 0) if len(name) == 1]
        elif before:
            found = []
        else:
            found = list(self._names(keys))
        found.sort(reverse=True)
        whole = [Candidate(name, len(text)) for _, name in found[:MOST]]
        first = [] if before else sorted(self._surnames_alone(keys), reverse=True)
        alone = [Candidate(name, len(text)) for _, name, end in first if end == len(keys.typed)]
        return distinct(
            [
                *alone[:_WHOLE_FIRST],
                *whole[:_WHOLE_FIRST],
                *(Candidate(name, keys.raw(end)) for _, name, end in first[:_WHOLE_FIRST]),
                *whole[_WHOLE_FIRST : MOST // 2],
                *self._pinyin.candidates(text, before),
            ]
        )

    def _syllables(self, keys: Keys, start: int, table: _Readings) -> Iterator[tuple[str, int]]:
        """Readings in the table that can stand at `start`, and where they end."""
        for end in range(start + 1, min(start + 10, len(keys.typed)) + 1):
            for reading in self._by_digits.get(digits_of(keys.typed[start:end]), ()):
                if reading in table and keys.fits(reading, start) and not any(start < border < end for border in keys.borders):
                    yield reading, end

    def _surnames_alone(self, keys: Keys) -> Iterator[tuple[float, str, int]]:
        for reading, end in self._syllables(keys, 0, self._surnames):
            yield from ((end + score, surname, end) for score, surname in self._surnames[reading])

    def _names(self, keys: Keys) -> Iterator[tuple[float, str]]:
        for reading, end in self._syllables(keys, 0, self._surnames):
            if end < len(keys.typed):
                given = sorted(self._given(keys, end), reverse=True)[: 4 * _TRIED]
                for score, surname in self._surnames[reading][:_TRIED]:
                    yield from ((score + more, surname + name) for more, name in given)

    def _given(self, keys: Keys, start: int) -> Iterator[tuple[float, str]]:
        """Given names of one or two characters that use up the keys from `start` on."""
        yield from ((score - _CHARACTER, last) for score, last in self._last_characters(keys, start, self._single))
        for reading, middle in self._syllables(keys, start, self._first):
            lasts = self._last_characters(keys, middle, self._last) if middle < len(keys.typed) else []
            for score, first in self._first[reading][:_TRIED] if lasts else []:
                for more, last in lasts[:_TRIED]:
                    yield score + more - 2 * _CHARACTER + self._whole.get(first + last, 0.0), first + last

    def _last_characters(self, keys: Keys, start: int, table: _Readings) -> list[tuple[float, str]]:
        """Characters whose whole syllable the rest is; else those whose syllable begins so."""
        rest = keys.typed[start:]
        for reading, end in self._syllables(keys, start, table):
            if end == len(keys.typed):
                found = [table[reading]]
                found += [table[other] for other, its in self._syllables(keys, start, table) if its == end and other != reading]
                return sorted((each for entries in found for each in entries), reverse=True)
        if len(rest) > 5:
            return []
        begun = (reading for reading in table if len(reading) > len(rest) and digits_of(reading).startswith(digits_of(rest)))
        fitting = (reading for reading in begun if keys.begins(reading, start))
        return sorted(((score - _UNFINISHED, each) for reading in fitting for score, each in table[reading][:3]), reverse=True)
