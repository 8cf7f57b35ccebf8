"""Lets blocks flow into one or more columns: what belongs together stays together, and the columns come out even. It knows no texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from screens.widgets.basic import Fill
from screens.widgets.element import Element, Page

#: x, y, width and height, px.
Column = tuple[float, float, float, float]


@dataclass(frozen=True)
class Block:
    """An element of a column. `above`: space over it, unless it begins a column; `with_next`: it stays in the column of the next block;
    `opens`: something new begins with it, so a column may well begin here.
    """

    element: Element
    height: float
    above: float = 0
    with_next: bool = False
    opens: bool = False


@dataclass(frozen=True)
class Placed:
    """A block at its place, px."""

    element: Element
    x: float
    y: float
    w: float
    h: float


def settle(choices: Iterable[tuple[Sequence[Block], Sequence[Column]]]) -> list[Placed]:
    """Where everything goes by the first choice that fits. If none does, the last one runs over the edge, which the tests count as a fault."""
    blocks: Sequence[Block] = ()
    columns: Sequence[Column] = ()
    for blocks, columns in choices:
        flow = _even_flow(blocks, columns)
        if flow is not None:
            break
    else:
        flow = _flow(blocks, [(x, y, w, 1e6) for x, y, w, _ in columns]) or []
    return [
        Placed(block.element, columns[column][0], columns[column][1] + y, columns[column][2], block.height) for block, column, y in flow
    ]


def place_all(page: Page, placed: Sequence[Placed]) -> None:
    """Put them on the page."""
    for piece in placed:
        page.place(piece.element, piece.x, piece.y, piece.w, piece.h)


def _flow(blocks: Sequence[Block], columns: Sequence[Column]) -> list[tuple[Block, int, float]] | None:
    """Where each block goes: column and y in it; None if they do not fit."""
    places: list[tuple[Block, int, float]] = []
    column, y = 0, 0.0
    index = 0
    while index < len(blocks):
        group = [blocks[index]]
        while group[-1].with_next and index + len(group) < len(blocks):
            group.append(blocks[index + len(group)])
        needed = sum(block.height + block.above for block in group) - (group[0].above if y == 0 else 0)
        if y and y + needed > columns[column][3]:
            column, y = column + 1, 0.0
        if column == len(columns) or (y == 0 and needed > columns[column][3]):
            return None
        for block in group:
            if y == 0 and isinstance(block.element, Fill):  # no rule at the top of a column
                continue
            y += block.above if y else 0
            places.append((block, column, y))
            y += block.height
        index += len(group)
    return places


def _even_flow(blocks: Sequence[Block], columns: Sequence[Column]) -> list[tuple[Block, int, float]] | None:
    """The same with columns as even as they can be, taking apart only where it has to be."""
    best = _flow(blocks, columns)
    if best is None or len(columns) == 1:
        return best

    def worth(places: list[tuple[Block, int, float]]) -> tuple[int, float]:
        begins = {column: block for block, column, _ in reversed(places)}
        torn = sum(column > 0 and not block.opens for column, block in begins.items())
        return torn, max(y + block.height for block, _, y in places)

    for height in range(96, int(min(h for _, _, _, h in columns)), 24):
        places = _flow(blocks, [(x, y, w, height) for x, y, w, _ in columns])
        if places is not None and worth(places) < worth(best):
            best = places
    return best
