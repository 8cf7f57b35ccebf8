"""A page under the citizen's finger: what is written, composed and drawn; and what was written before its answer came. Unchangeable."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto

from kiosk.journeys.writing.cells import Cell, Written
from kiosk.journeys.writing.composing import Composing
from kiosk.typing.answers import Candidate
from kiosk.views.keyboard import Stroke


class Refusal(Enum):
    """Why something was not written."""

    FULL = auto()
    TOO_LONG_INPUT = auto()
    NOT_HERE = auto()
    NO_CHARACTER = auto()
    NOT_READ_YET = auto()
    NOTHING_SPELLED = auto()
    NO_AMOUNT = auto()
    NO_ID_NUMBER = auto()


@dataclass(frozen=True)
class Page:
    """All that is written, composed and drawn."""

    written: Written
    composing: Composing | None = None
    strokes: tuple[Stroke, ...] = field(default=(), repr=False)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to clear."""
        return not (self.written.cells or self.composing or self.strokes)


@dataclass(frozen=True)
class Owed:
    """Written as typed because something else came before its answer, which puts it right. `cells`: as they were written."""

    composing: Composing
    cells: tuple[Cell, ...] = field(repr=False)

    def stands(self, written: Written) -> bool:
        """Whether it is still there as it was written."""
        start, end = written.run(self.composing.word)
        return written.cells[start:end] == self.cells

    def paid(self, page: Page, first: Candidate | None, asked: str, room: int) -> Page:
        """The page put right, if what is right fits."""
        written = page.written
        start, end = written.run(self.composing.word)
        right = self.composing.cells(first, asked, digits=False)
        if len(right) - len(self.cells) > room:
            return page
        caret = written.caret  # which is never inside
        if caret >= end:
            caret += len(right) - len(self.cells)
        return replace(page, written=written.replace(start, end, right).place(caret))
