"""What is typed in pinyin and not yet written: what is already chosen of it, and the keys of the rest. Unchangeable; each act gives another."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.journeys.writing.cells import Cell, plain, text_of
from kiosk.journeys.writing.syllables import parted, spelled_by
from kiosk.typing.answers import Candidate
from kiosk.typing.keys import LONGEST_INPUT

#: Syllables offered for the first of nine keys.
_MOST_SYLLABLES = 8


def _taken(keys: str, asked: str, used: int) -> int:
    """How much of the keys a candidate uses up that was found for an earlier input: the same number of letters, and what parts them."""
    letters = sum(key != "'" for key in asked[:used])
    end = 0
    while end < len(keys) and (letters or keys[end] == "'"):
        letters -= keys[end] != "'"
        end += 1
    return end


def cells_for(text: str, keys: str, word: int, reading: str = "", begin: int = 0) -> tuple[Cell, ...]:
    """A candidate's characters, each with its syllable if the keys can be parted so; else the first has all of them. `begin`: how many
    characters of the same input stand before it; the reading says which of its own belong together.
    """
    parts: list[int] = []
    for each in reading.split(" "):
        parts += [begin + len(parts)] * len(each.split("'"))
    if len(parts) < len(text):
        parts = [begin] * len(text)
    syllables = tuple(reading.replace(" ", "'").split("'"))[: len(text)] if reading else ()
    letters = keys.replace("'", "")
    if len(syllables) != len(text) or sum(map(len, syllables)) != len(letters):
        syllables = parted(keys, len(text)) or (keys.strip("'"), *("" for _ in text[1:]))
    return tuple(Cell(char, syllable, word, part) for char, syllable, part in zip(text, syllables, parts, strict=False))


@dataclass(frozen=True)
class Composing:
    """`fixed`: chosen already, in `pieces` of so many characters; `keys`: the rest as typed. `spelled`: keys after and before a syllable was chosen."""

    word: int
    fixed: tuple[Cell, ...] = field(default=(), repr=False)
    pieces: tuple[int, ...] = ()
    keys: str = field(default="", repr=False)
    spelled: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def stem(self) -> tuple[object, ...]:
        """Same, as long as an earlier answer is still one to the beginning of the keys."""
        return self.word, len(self.fixed), self.spelled

    @property
    def nine(self) -> bool:
        """Whether keys are left that stand for several letters."""
        return any(key.isdigit() for key in self.keys)

    def press(self, key: str) -> Composing:
        """One more letter, or digit of nine keys."""
        return replace(self, keys=self.keys + key)

    def separate(self) -> Composing:
        """A syllable ends here."""
        return self if not self.keys or self.keys.endswith("'") else self.press("'")

    def backspace(self) -> Composing | None:
        """One key less; then a chosen syllable is keys again; then what was chosen is. None: nothing is left."""
        if self.spelled and self.keys == self.spelled[-1][0]:
            return replace(self, keys=self.spelled[-1][1], spelled=self.spelled[:-1])
        if self.keys:
            left = replace(self, keys=self.keys[:-1])
            return left if left.keys or left.fixed else None
        return self.unfix(len(self.fixed) - self.pieces[-1])

    def unfix(self, place: int) -> Composing:
        """What was chosen from character `place` on is keys again: parted, unless an input may be no longer than without."""
        while place and not self.fixed[place].keys:
            place -= 1  # its keys are with the characters before it
        pieces: list[int] = []
        for piece in self.pieces:
            if sum(pieces) < place:
                pieces.append(min(piece, place - sum(pieces)))
        chosen = [cell.keys for cell in self.fixed[place:]]
        keys = "'".join(part for part in (*chosen, self.keys) if part)
        if len(keys) > LONGEST_INPUT:
            keys = "".join(chosen) + self.keys
        return replace(self, fixed=self.fixed[:place], pieces=tuple(pieces), keys=keys, spelled=())

    def choose(self, candidate: Candidate, asked: str) -> Composing:
        """A candidate for the input `asked` stands for the keys that it uses; the rest goes on."""
        end = _taken(self.keys, asked, candidate.used)
        cells = cells_for(candidate.text, self.keys[:end], self.word, candidate.reading, len(self.fixed))
        return replace(self, fixed=self.fixed + cells, pieces=(*self.pieces, len(cells)), keys=self.keys[end:].lstrip("'"), spelled=())

    def choose_until(self, place: int, candidate: Candidate, asked: str) -> Composing:
        """The candidate's first `place` characters stand; the keys of the others are the rest."""
        whole = self.choose(candidate, asked)
        return whole if place >= len(candidate.text) else whole.unfix(len(self.fixed) + place)

    def cells(self, candidate: Candidate | None, asked: str, *, digits: bool) -> tuple[Cell, ...]:
        """What would be written now: the candidate, and what it does not use as it was typed. Nine keys' digits mean no digits."""
        chosen = self.choose(candidate, asked) if candidate else self
        return chosen.fixed + plain("".join(key for key in chosen.keys if key != "'" and (digits or not key.isdigit())), self.word)

    def shown(self, candidate: Candidate | None) -> str:
        """The keys, parted, behind what is chosen; of nine keys what the candidate reads them as."""
        reading = candidate.reading.replace(" ", "'") if candidate and self.nine else ""
        if not reading:
            parts = (parted(self.keys, len(candidate.text)) if candidate else ()) or parted(self.keys)
            reading = "'".join(parts) if parts else self.keys
        return text_of(self.fixed) + reading

    def syllables(self) -> tuple[str, ...]:
        """What the first keys may spell that are still digits. By the keys alone: no answer moves one from under the finger."""
        place = next((index for index, key in enumerate(self.keys) if key.isdigit()), len(self.keys))
        return tuple(spelled_by(self.keys[place:])[:_MOST_SYLLABLES])

    def spell(self, syllable: str) -> Composing:
        """The first keys that are still digits are this syllable; nothing if they cannot be."""
        if syllable not in self.syllables():
            return self
        place = next(index for index, key in enumerate(self.keys) if key.isdigit())
        keys = self.keys[:place] + syllable + "'" + self.keys[place + len(syllable) :].lstrip("'")
        return replace(self, keys=keys, spelled=(*self.spelled, (keys, self.keys)))
