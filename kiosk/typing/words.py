"""A second opinion beside libpinyin's: the likeliest words, one after another, from a plain table of words with counts.

It knows no neighbors, and errs differently; together the two are right more often than either. It also reads nine keys.
"""

from __future__ import annotations

import gzip
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from kiosk.typing.keys import Keys, digits_of
from kiosk.typing.libpinyin import EngineMissing

#: Of all words in the table's source.
_TOTAL = 60_101_967
_LOCAL_COUNT = 2000
#: Letters of the longest reading in use: four syllables of six. A local phrase may be longer and is then libpinyin's alone.
_LONGEST_READING = 24
#: Sentences kept at each place, and words tried of one reading.
_KEPT, _TRIED = 4, 6
#: The same for nine keys, where a few keys have many readings.
_READINGS, _TRIED_NINE = 8, 2
#: What a syllable costs that is not typed to its end.
_UNFINISHED = -4.0
#: Syllables that an unfinished one may become.
_BEGUN = 3


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read the input up to some key: words, with their syllables and where each ends."""

    score: float
    text: str
    words: tuple[tuple[str, str, int], ...]

    @property
    def reading(self) -> str:
        """All syllables, parted by apostrophes, and by spaces where a word ends."""
        return " ".join(syllables for _, syllables, _ in self.words)


class WordTable:
    """The table and what was read of the last input, so that a further key costs one column. Not safe for threads."""

    def __init__(self, table: Path, local: Iterable[tuple[str, str]] = ()) -> None:
        """Raises EngineMissing if there is no table."""
        try:
            lines = gzip.decompress(table.read_bytes()).decode().splitlines()
        except (OSError, EOFError, UnicodeDecodeError):
            raise EngineMissing("word_table_missing", f"{table} is missing or damaged; it comes with this program.") from None
        self._raw = dict(line.split("\t", 1) for line in lines)
        self._parsed: dict[str, list[tuple[float, str]]] = {}
        self._letters: dict[str, list[str]] = defaultdict(list)
        for reading in self._raw:
            self._letters[reading.replace("'", "")].append(reading)
        for text, reading in local:
            if len(letters := reading.replace("'", "")) <= _LONGEST_READING:
                entries = self._entries(reading)
                entries[:] = sorted({*entries, (math.log(_LOCAL_COUNT / _TOTAL), text)}, reverse=True)
                if reading not in self._letters[letters]:
                    self._letters[letters].append(reading)
        self._digits: dict[str, list[str]] = {}
        self._begun: dict[str, list[tuple[float, str]]] = defaultdict(list)
        self._last: tuple[Keys, list[list[Way]]] | None = None

    def _entries(self, reading: str) -> list[tuple[float, str]]:
        entries = self._parsed.get(reading)
        if entries is None:
            parts = self._raw.get(reading, "").split()
            entries = [(math.log(int(parts[n + 1]) / _TOTAL), parts[n]) for n in range(0, min(len(parts), 2 * _TRIED), 2)]
            self._parsed[reading] = entries
        return entries

    def _best(self, reading: str) -> float:
        """Of a reading's likeliest word, without reading the others."""
        if entries := self._parsed.get(reading):
            return entries[0][0]
        return math.log(int(self._raw[reading].split(" ", 2)[1]) / _TOTAL)

    def prepare_nine_keys(self) -> None:
        """Some 0.3 s; done at the first nine-key input if not before."""
        if self._digits:
            return
        digits: dict[str, list[str]] = defaultdict(list)
        for letters, readings in self._letters.items():
            digits[digits_of(letters)] += readings
        for readings in digits.values():
            readings.sort(key=self._best, reverse=True)
            del readings[_READINGS:]
        self._digits = digits
        for reading in sorted((each for each in self._raw if "'" not in each), key=self._best, reverse=True):
            for length in range(1, len(reading)):
                self._begun[digits_of(reading[:length])].append((self._best(reading), reading))

    def _readings(self, keys: str, nine: bool) -> list[str]:
        return self._digits.get(digits_of(keys), []) if nine else self._letters.get(keys, [])

    def read(self, keys: Keys) -> list[Way]:
        """The likeliest ways to read the whole input, best first; none if it cannot be read to its end."""
        if keys.nine:
            self.prepare_nine_keys()
        columns = [[Way(0.0, "", ())]]
        if self._last is not None and not keys.borders and not self._last[0].borders and keys.nine == self._last[0].nine:
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(keys.typed, self._last[0].typed, strict=False)))
            columns = self._last[1][: same + 1]
        for end in range(len(columns), len(keys.typed) + 1):
            columns.append(self._column(keys, columns, end))
        self._last = (keys, columns)
        ways = columns[-1]
        return self._with_unfinished(keys, columns) if keys.nine else ways

    def _column(self, keys: Keys, columns: list[list[Way]], end: int) -> list[Way]:
        found: list[tuple[float, str, Way, str]] = []
        for start in range(max(0, end - _LONGEST_READING), end):
            if not columns[start]:
                continue
            for reading in self._readings(keys.typed[start:end], keys.nine):
                if (keys.nine or keys.borders) and not keys.fits(reading, start):
                    continue
                for score, word in self._entries(reading)[: _TRIED_NINE if keys.nine else _TRIED]:
                    found += [(way.score + score, word, way, reading) for way in columns[start]]
        found.sort(key=lambda each: each[0], reverse=True)
        kept: dict[str, Way] = {}
        for score, word, way, reading in found:
            text = way.text + word
            if text not in kept:
                kept[text] = Way(score, text, (*way.words, (word, reading, end)))
                if len(kept) == _KEPT * (2 if keys.nine else 1):
                    break
        return list(kept.values())

    def _with_unfinished(self, keys: Keys, columns: list[list[Way]]) -> list[Way]:
        """Nine keys may end inside a syllable: the likeliest syllables that begin so, among what is finished."""
        end = len(keys.typed)
        found = list(columns[-1])
        for start in range(max(0, end - 5), end):
            if not columns[start]:
                continue
            begun = [each for each in self._begun.get(digits_of(keys.typed[start:]), ()) if keys.begins(each[1], start)][:_BEGUN]
            for score, syllable in begun:
                word = self._entries(syllable)[0][1]
                found += [
                    Way(way.score + score + _UNFINISHED, way.text + word, (*way.words, (word, syllable, end))) for way in columns[start]
                ]
        return sorted(found, key=lambda each: each.score, reverse=True)[: 2 * _KEPT]
