"""Records that cannot be changed unseen (R7.2): each row carries a code over its content and over the code of the row before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

#: What the first row stands on.
BEGINNING = "0" * 64

#: Makes 64 hex digits of bytes; keyed, so that who can write the table cannot make a chain of their own.
Code = Callable[[bytes], str]


@dataclass(frozen=True)
class Row:
    """One row as it is stored. `content` is everything in it but the two codes."""

    position: int
    content: Mapping[str, str | int | None]
    before: str
    code: str


class Break(StrEnum):
    """What is wrong."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"


@dataclass(frozen=True)
class Fault:
    """What is wrong, and at which position."""

    position: int
    what: Break


def row_code(code: Code, position: int, content: Mapping[str, str | int | None], before: str) -> str:
    """The code of a row."""
    return code(json.dumps([position, content, before], sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode())


def faults(code: Code, rows: Iterable[Row], length: int) -> tuple[Fault, ...]:
    """Every break in `rows`, given in the order they are stored, of which there must be `length`, from position 1."""
    found: list[Fault] = []
    before, expected = BEGINNING, 1
    for row in rows:
        if row.position < expected:
            found.append(Fault(row.position, Break.INSERTED))
            continue
        if row.position > expected:
            found += [Fault(gone, Break.MISSING) for gone in range(expected, row.position)]
            before = row.before
        if row_code(code, row.position, row.content, row.before) != row.code:
            found.append(Fault(row.position, Break.CHANGED))
        elif row.before != before:
            # A row that is right in itself and does not stand on the one before: put in from elsewhere.
            found.append(Fault(row.position, Break.INSERTED))
        before, expected = row.code, row.position + 1
    found += [Fault(gone, Break.MISSING) for gone in range(expected, length + 1)]
    found += [Fault(extra, Break.INSERTED) for extra in range(length + 1, expected)]
    return tuple(found)
