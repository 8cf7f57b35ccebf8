"""How the labels of a two-column table are spread so that their ends meet, as on Chinese forms (事　　项, 申 请 人). Unit: em."""

from __future__ import annotations

from collections.abc import Iterable

#: Labels are justified to this many characters unless one is longer (design: print).
_USUAL = 4


def _spreadable(label: str) -> bool:
    return len(label) > 1 and all("\u4e00" <= sign <= "\u9fff" for sign in label)


def label_length(labels: Iterable[str], longest: int) -> int:
    """How many characters the column holds: 4, or as the longest label; one that is above `longest` does not count, it takes two lines."""
    return max(_USUAL, max((len(label) for label in labels if len(label) <= longest), default=0))


def justified(label: str, length: int) -> list[tuple[float, str]]:
    """The label's characters spread over `length` em, each with its distance from the left in em.

    A label that is not all Han, or is too long, stays in one piece.
    """
    if not _spreadable(label) or len(label) > length:
        return [(0.0, label)]
    step = (length - 1) / (len(label) - 1)
    return [(number * step, sign) for number, sign in enumerate(label)]
