"""What is on the glass, measured: whether text fits its box, and whether targets are large and apart."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from screens.drawing import Rect
from screens.theme import GAP, TARGET
from screens.widgets.brush import Mark

if TYPE_CHECKING:
    from screens.widgets.element import Mounted


@dataclass(frozen=True)
class Shown:
    """What is left of an element after it was shown: enough to measure."""

    kind: str
    ident: str
    pressable: bool
    rect: Rect
    marks: tuple[Mark, ...]


def shown(mounted: Iterable[Mounted]) -> list[Shown]:
    """The elements of a page, as they lie on the glass now."""
    return [Shown(type(m.element).__name__, m.element.ident, m.element.event is not None, m.rect, tuple(m.marks)) for m in mounted]


def inside(inner: Rect, outer: Rect, slack: int = 1) -> bool:
    """Whether all of a rectangle is in another, but for `slack` px."""
    return (
        inner.left >= outer.left - slack
        and inner.top >= outer.top - slack
        and inner.right <= outer.right + slack
        and inner.bottom <= outer.bottom + slack
    )


def cut_off(page: Sequence[Shown], glass: Rect) -> list[tuple[str, Mark]]:
    """What does not fit its box, or is beyond the glass."""
    return [
        (each.kind, mark)
        for each in page
        for mark in each.marks
        if mark.cut or not inside(mark.rect, each.rect) or not inside(each.rect, glass, 0)
    ]


def low_targets(page: Sequence[Shown]) -> list[str]:
    """Targets that are less high than a finger in a glove needs."""
    return [each.ident for each in page if each.pressable and each.rect.bottom - each.rect.top < TARGET]


def near_targets(page: Sequence[Shown]) -> list[tuple[str, str]]:
    """Targets that touch, cover, or come too near each other."""
    near = []
    for one, other in itertools.combinations([each for each in page if each.pressable], 2):
        across = max(one.rect.left, other.rect.left) - min(one.rect.right, other.rect.right)
        down = max(one.rect.top, other.rect.top) - min(one.rect.bottom, other.rect.bottom)
        nested = inside(one.rect, other.rect) or inside(other.rect, one.rect)  # 清除 in its field
        if max(across, down) < GAP - 1 and not nested:
            near.append((one.ident, other.ident))
    return near
