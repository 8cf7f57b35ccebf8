"""What the engines tell the terminal: that one is ready, or down, or what an input may mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Candidate:
    """Characters to write, how much of the input as typed they use, and their syllables as far as known: those of a word
    parted by apostrophes, words by spaces.
    """

    text: str
    used: int
    reading: str = ""


class Way(StrEnum):
    """A way of typing that needs an engine."""

    PINYIN = "pinyin"
    HANDWRITING = "handwriting"


@dataclass(frozen=True)
class EngineReady:
    """It can be asked; the first time and after each restart."""

    way: Way


@dataclass(frozen=True)
class EngineDown:
    """It cannot be asked now. `comes_back`: it is started again; otherwise what it needs is not on this machine.

    `code`: `died`, `slow`, `does_not_start`, or what is missing. `lost`: the number of the request that has no answer, if one was under way.
    """

    way: Way
    code: str
    comes_back: bool
    lost: int | None = None


@dataclass(frozen=True)
class Candidates:
    """The answer to request `number`, best first. `code`: why there is none."""

    number: int
    candidates: tuple[Candidate, ...]
    code: str = ""


TypingEvent = EngineReady | EngineDown | Candidates
