"""What was filled in, in words: choices by their label, groups row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.wire.forms import FieldKind, FormField
from kiosk.wire.groups import group_rows


@dataclass(frozen=True)
class GroupTable:
    """The rows of a group as a table: what each column is called, and the rows in words."""

    labels: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def shown(field: FormField, value: str) -> str:
    """A value in one line of words."""
    if field.kind is FieldKind.CHOICE:
        return next((choice.label for choice in field.choices if choice.code == value), value)
    if field.kind is FieldKind.GROUP:
        return "；".join(_row_words(field, row) for row in group_rows(value))
    return value


def _row_words(group: FormField, row: Mapping[str, str]) -> str:
    return "，".join(f"{part.label} {shown(part, row[part.code])}" for part in group.fields if row.get(part.code))


def table_of(field: FormField, value: str) -> GroupTable | None:
    """A group with rows as a table; None for anything else."""
    rows = group_rows(value) if field.kind is FieldKind.GROUP else ()
    if not rows:
        return None
    return GroupTable(
        tuple(part.label for part in field.fields),
        tuple(tuple(shown(part, row.get(part.code, "")) for part in field.fields) for row in rows),
    )
