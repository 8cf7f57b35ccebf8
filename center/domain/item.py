"""When a guide may be published and an item is in force (R1.1, R1.2). Knows an item by what these rules ask of it, not by its form."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Protocol


class Publishable(Protocol):
    """What the rules ask of an item."""

    @property
    def effective_from(self) -> date:
        """First day in force."""
        ...

    @property
    def withdrawn_on(self) -> date | None:
        """First day no longer in force, or None."""
        ...

    @property
    def confirmed(self) -> bool:
        """Whether staff have confirmed its facts."""
        ...

    @property
    def handled_here(self) -> bool:
        """False: the guide only says which body handles it (R1.4)."""
        ...

    def open_fields(self) -> tuple[str, ...]:
        """Which of the eight fields of R1.2 are not given, by their Chinese names."""
        ...


class Publication(StrEnum):
    """How a guide may be shown."""

    PUBLISHED = "published"
    SAMPLE = "sample"
    NOT = "not"


def missing_for_publication(item: Publishable) -> tuple[str, ...]:
    """What keeps a confirmed guide from being published, by name (R1.2). An item handled elsewhere has no guide of ours to complete (R1.4)."""
    return item.open_fields() if item.confirmed and item.handled_here else ()


def publication(item: Publishable, demo: bool) -> Publication:
    """How the guide may be shown: as published, only in demonstration under the band 示例, or not at all (domain.md, never forgotten no. 2)."""
    if item.confirmed and not missing_for_publication(item):
        return Publication.PUBLISHED
    return Publication.SAMPLE if demo else Publication.NOT


def in_force(item: Publishable, day: date) -> bool:
    """Whether this version of the item is in force on `day` (R1.1)."""
    return item.effective_from <= day and (item.withdrawn_on is None or day < item.withdrawn_on)
