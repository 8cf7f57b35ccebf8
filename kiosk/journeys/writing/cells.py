"""A text that is being written: its characters, how each was typed, and the caret. Unchangeable; each act gives another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

#: A word that is longer was converted as a sentence: of it, only so many characters are offered anew at once.
LONGEST_WORD = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """One character. `keys`: its syllable as typed; `word`: same number, written together; `part`: same number, one
    word of them; `others`: what its ink may be too.
    """

    char: str = field(repr=False)
    keys: str = field(default="", repr=False)
    word: int = 0
    part: int = 0
    others: tuple[str, ...] = field(default=(), repr=False)


def plain(text: str, word: int = 0) -> tuple[Cell, ...]:
    """Cells of a text of which nothing is known."""
    return tuple(Cell(char, word=word) for char in text)


def text_of(cells: Iterable[Cell]) -> str:
    """Their characters."""
    return "".join(cell.char for cell in cells)


def keys_of(cells: Iterable[Cell]) -> str:
    """Their syllables, parted."""
    return "'".join(cell.keys for cell in cells if cell.keys)


@dataclass(frozen=True)
class Written:
    """What is written so far; the caret stands before cell `caret`, or at the end."""

    cells: tuple[Cell, ...] = field(default=(), repr=False)
    caret: int = 0

    @property
    def text(self) -> str:
        """All of it."""
        return text_of(self.cells)

    @property
    def before(self) -> str:
        """What stands before the caret."""
        return text_of(self.cells[: self.caret])

    def insert(self, cells: tuple[Cell, ...]) -> Written:
        """Cells at the caret, which goes behind them."""
        return self.replace(self.caret, self.caret, cells)

    def replace(self, start: int, end: int, cells: tuple[Cell, ...]) -> Written:
        """Cells in place of some; the caret goes behind them."""
        return Written(self.cells[:start] + cells + self.cells[end:], start + len(cells))

    def backspace(self) -> Written:
        """Without the character before the caret."""
        return self.replace(max(0, self.caret - 1), self.caret, ())

    def place(self, index: int) -> Written:
        """The caret elsewhere, in range."""
        return replace(self, caret=min(max(index, 0), len(self.cells)))

    def run(self, word: int) -> tuple[int, int]:
        """Where the word is, up to its first gap; nowhere: an empty span."""
        start = next((index for index, cell in enumerate(self.cells) if cell.word == word), len(self.cells))
        end = start
        while end < len(self.cells) and self.cells[end].word == word:
            end += 1
        return start, end

    def correctable(self) -> tuple[int, int] | None:
        """The word in which the caret stands or behind which, else the one before which, of those that can be offered anew."""
        for index in (self.caret - 1, self.caret):
            if 0 <= index < len(self.cells):
                cell = self.cells[index]
                if cell.others:
                    return index, index + 1
                if cell.word and (span := self._window(index)):
                    return span
        return None

    def _window(self, index: int) -> tuple[int, int] | None:
        start = end = index
        word = self.cells[index].word, self.cells[index].part
        while start and (self.cells[start - 1].word, self.cells[start - 1].part) == word:
            start -= 1
        while end < len(self.cells) and (self.cells[end].word, self.cells[end].part) == word:
            end += 1
        known = all(cell.keys for cell in self.cells[start:end])
        if known and end - start > LONGEST_WORD:
            if start < self.caret < end:
                start, end = self.caret, min(end, self.caret + LONGEST_WORD)
            elif self.caret == end:
                start = end - LONGEST_WORD
            else:
                end = start + LONGEST_WORD
        return (start, end) if keys_of(self.cells[start:end]) else None
