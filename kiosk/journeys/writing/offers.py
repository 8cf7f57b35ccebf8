"""What can be chosen now: candidates of what is composed or drawn, of a word that is corrected, or words that often follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.journeys.writing.cells import Cell, keys_of, text_of
from kiosk.typing.answers import Candidate


class Purpose(StrEnum):
    """What a choice does."""

    COMPOSE = "compose"
    DRAW = "draw"
    CORRECT = "correct"
    FOLLOW = "follow"


@dataclass(frozen=True)
class Offers:
    """Candidates, best first, and what they are for. `fits`: how many characters there is room for."""

    purpose: Purpose
    candidates: tuple[Candidate, ...] = field(default=(), repr=False)
    fits: int = 0

    @property
    def first(self) -> Candidate | None:
        """The best one."""
        return self.candidates[0] if self.candidates else None


def syllables_used(cells: tuple[Cell, ...], used: int) -> int:
    """How many of a word's characters a candidate for its syllables replaces; 0: it ends inside one."""
    return next((count for count in range(1, len(cells) + 1) if len(keys_of(cells[:count])) in (used, used - 1)), 0)


def corrections(cells: tuple[Cell, ...], candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Candidates that can stand for these characters or for the first of them, without those that are there."""
    others = cells[0].others
    if others:
        return tuple(Candidate(each, 0) for each in others if each != cells[0].char)
    whole = len(keys_of(cells))
    found: list[Candidate] = []
    for each in candidates:
        replaced = len(cells) if each.used >= whole else syllables_used(cells, each.used)
        if replaced and all(cell.keys for cell in cells[:replaced]) | (replaced == len(cells)) and each.text != text_of(cells[:replaced]):
            found.append(each)
    return tuple(found)
