"""Pinyin to Chinese: whole sentences and words by libpinyin, with a second opinion of a plain word table; 26 keys and nine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations, islice, takewhile
from pathlib import Path

from kiosk.typing.answers import Candidate
from kiosk.typing.keys import Keys
from kiosk.typing.libpinyin import LibPinyin
from kiosk.typing.words import Way, WordTable

#: Candidates given at most: some pages of the bar.
MOST = 100
#: Words that may follow, at most; and characters of the longest word that they follow.
_MOST_NEXT, _LONGEST_BEFORE = 10, 4
#: Candidates for the likeliest reading of nine keys, before those of others.
_FIRST = 3
#: What libpinyin's three sentences have before any other, on the scale of the word table's logarithms; what one has of which the
#: table knows nothing; and what each character costs in which a sentence differs from libpinyin's first and second. All tuned.
_RANKED, _UNKNOWN, _DIFFERS = (4.0, 0.0, -1.0), -3.0, (1.0, 0.3)


def crossed(one: str, other: str) -> Iterator[str]:
    """Two opinions that differ in two places: each right in one of them."""
    if len(one) != len(other):
        return
    differs = [mine != theirs for mine, theirs in zip(one, other, strict=True)]
    spans: list[list[int]] = []
    for place, different in enumerate(differs):
        if different:
            if place and differs[place - 1]:
                spans[-1][1] = place + 1
            else:
                spans.append([place, place + 1])
    if len(spans) == 2:
        yield from (one[:start] + other[start:end] + one[end:] for start, end in spans)


def distinct(candidates: Iterable[Candidate], most: int = MOST) -> list[Candidate]:
    """Each text once, in order."""
    found: dict[str, Candidate] = {}
    for each in candidates:
        if each.text and each.text not in found:
            found[each.text] = each
            if len(found) == most:
                break
    return list(found.values())


class PinyinEngine:
    """Both engines together. Not safe for threads."""

    def __init__(self, tables: Path, words: Iterable[tuple[str, str]] = ()) -> None:
        """`tables`: config/typing; `words`: local phrases with their syllables. Raises EngineMissing."""
        local = list(words)
        self._libpinyin = LibPinyin(local)
        self._words = WordTable(tables / "words.tsv.gz", local)

    def candidates(self, text: str, before: str = "") -> list[Candidate]:
        """What the input may mean after `before`, best first. Raises NotTypeable."""
        keys = Keys.read(text)
        return distinct(self._nine(keys, before) if keys.nine else self._full(keys, text, before))

    def prepare_nine_keys(self) -> None:
        """So that the first of them need not wait for it."""
        self._words.prepare_nine_keys()

    def next_words(self, before: str) -> list[str]:
        """What often follows the longest word that `before` ends with. libpinyin knows what follows words, and of a sentence nothing;
        what follows a lone character follows the word that it ends by chance.
        """
        least = 2 if len(before) > 1 else 1
        for length in range(min(_LONGEST_BEFORE, len(before)), least - 1, -1):
            found = [word for word in islice(self._libpinyin.predictions(before[-length:]), _MOST_NEXT) if word]
            if found:
                return found
        return []

    def plain(self, text: str) -> list[str]:
        """libpinyin's own candidates, to measure by."""
        self._libpinyin.parse(text)
        return [guess.text for guess in islice(self._libpinyin.guesses(), MOST)]

    def _full(self, keys: Keys, text: str, before: str) -> Iterator[Candidate]:
        understood = self._libpinyin.parse(text, before)
        guesses = list(islice(self._libpinyin.guesses(), MOST))
        sentences = [guess.text for guess in guesses if guess.sentence]
        ways = self._words.read(keys)
        single = all(len(sentence) == 1 for sentence in sentences)
        for each in _ranked(sentences, [] if single else ways):
            yield Candidate(each, understood, _words_in(each, ways))
        parts = [Candidate(guess.text, guess.used) for guess in guesses if not guess.sentence]
        if sentences and ways and not single:
            parts = sorted([*_beginnings(keys, sentences, ways), *parts], key=lambda each: -len(each.text))
        yield from (replace(each, reading=_words_in(each.text, ways)) for each in parts)

    def _nine(self, keys: Keys, before: str) -> Iterator[Candidate]:
        """The word table finds the syllables; libpinyin is asked about the likeliest of them, for each call costs as much as all else."""
        ways = self._words.read(keys)
        end = len(keys.typed)
        while not ways and end > 1:  # the end makes no syllable: what stands before it does
            end -= 1
            ways = self._words.read(Keys.read(keys.typed[:end]))
        if not ways:
            return
        reading, ends = ways[0].reading, _syllable_ends(ways[0])
        self._libpinyin.parse(_spelled(reading), before)
        guesses = list(islice(self._libpinyin.guesses(), MOST))
        for each in _ranked([guess.text for guess in guesses if guess.sentence][:2], ways[:1])[:_FIRST]:
            yield Candidate(each, keys.raw(end), reading)
        for way in ways:
            yield Candidate(way.text, keys.raw(end), way.reading)
        parts = list(_beginnings(keys, [], ways))
        for guess in guesses:
            if not guess.sentence and len(guess.text) <= len(ends):
                parts.append(Candidate(guess.text, keys.raw(ends[len(guess.text) - 1]), reading))
        yield from sorted(parts, key=lambda each: -len(each.text))


def _ranked(sentences: list[str], ways: list[Way]) -> list[str]:
    """Both engines' sentences, and what each may have right where the other has not: libpinyin's first, then by both opinions."""
    scores = {way.text: way.score - ways[0].score for way in ways}
    found = dict.fromkeys([*sentences, *scores, *(crossed(sentences[0], ways[0].text) if sentences and ways else ())])

    def score(text: str) -> float:
        differs = sum(cost * _differing(text, other) for cost, other in zip(_DIFFERS, sentences, strict=False))
        rank = _RANKED[sentences.index(text)] if text in sentences[: len(_RANKED)] else 0.0
        return scores.get(text, _UNKNOWN) - differs + rank

    return list(dict.fromkeys([*sentences[:1], *sorted(found, key=score, reverse=True)]))


def _differing(text: str, other: str) -> int:
    return sum(mine != theirs for mine, theirs in zip(text, other, strict=True)) if len(text) == len(other) else len(other)


def _spelled(reading: str) -> str:
    """With apostrophes only where the orthography wants them: each costs libpinyin time."""
    first, *others = reading.replace(" ", "'").split("'")
    return first + "".join(f"'{syllable}" if syllable[0] in "aoe" else syllable for syllable in others)


def _words_in(text: str, ways: list[Way]) -> str:
    """A reading that says which characters of a sentence belong together, after the way that is most like it; none if no words end
    where it does.
    """
    best, found = -1, ""
    for way in ways if len(text) > 2 else ():
        agreed = sum(mine == its for mine, its in zip(text, way.text, strict=False))
        if agreed > best:
            left, words = len(text), []
            for word, reading, _ in way.words:
                if left > 0:
                    left -= len(word)
                    words.append(reading)
            if not left:
                best, found = agreed, " ".join(words)
    return found


def _syllable_ends(way: Way) -> list[int]:
    """Where each syllable ends, in keys. The last may be typed in part."""
    ends: list[int] = []
    for _, reading, end in way.words:
        lengths = [len(syllable) for syllable in reading.split("'")]
        ends += [min(end, end - sum(lengths[n + 1 :])) for n in range(len(lengths))]
    return ends


def _beginnings(keys: Keys, sentences: list[str], ways: list[Way]) -> Iterator[Candidate]:
    """A sentence that is right at its beginning: up to where opinions part, and word by word."""
    ends = _syllable_ends(ways[0])
    alike = [each for each in [*sentences[:3], *(way.text for way in ways[:2])] if len(each) == len(ends)]
    for one, other in combinations(alike, 2):
        agreed = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=True)))
        if 0 < agreed < len(ends):
            yield Candidate(one[:agreed], keys.raw(ends[agreed - 1]))
    for way in ways if keys.nine else ways[:1]:
        for count in range(len(way.words) - 1, 0, -1):
            yield Candidate("".join(word for word, _, _ in way.words[:count]), keys.raw(way.words[count - 1][2]))
