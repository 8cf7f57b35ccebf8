"""The rating being made, and the words of its levels and tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from kiosk.i18n import Texts
from kiosk.session import Sheet
from kiosk.wire.services import RatingTag

_GOOD = (RatingTag.KIND, RatingTag.QUICK, RatingTag.CLEAR, RatingTag.EASY)
_BAD = (RatingTag.UNKIND, RatingTag.SLOW, RatingTag.UNCLEAR, RatingTag.RUNAROUND, RatingTag.MACHINE)


@dataclass
class RatingSheet(Sheet):
    """A rating as far as it is. `level` 0: not chosen yet."""

    #: Text of the receipt's QR of what is rated.
    code: str = field(default="", repr=False)
    level: int = 0
    tags: set[RatingTag] = field(default_factory=set)
    #: Trying again is the same rating.
    key: UUID | None = None


def tags_for(level: int) -> tuple[RatingTag, ...]:
    """What is asked with a level: what was good, what was bad, or both for the one in the middle."""
    good = _GOOD if level >= 3 else ()
    bad = _BAD if level <= 3 else ()
    return good + bad


def level_names(texts: Texts) -> tuple[tuple[int, str, str], ...]:
    """Level, name and face, the best first (GB/T 39734)."""
    t = texts.t
    return (
        (5, t("非常满意"), "emoticon-excited-outline"),
        (4, t("满意"), "emoticon-happy-outline"),
        (3, t("基本满意"), "emoticon-neutral-outline"),
        (2, t("不满意"), "emoticon-sad-outline"),
        (1, t("非常不满意"), "emoticon-angry-outline"),
    )


def tag_name(texts: Texts, tag: RatingTag) -> str:
    """What was good or bad, in words."""
    t = texts.t
    return {
        RatingTag.KIND: t("态度好"),
        RatingTag.QUICK: t("办得快"),
        RatingTag.CLEAR: t("说得明白"),
        RatingTag.EASY: t("机器好用"),
        RatingTag.UNKIND: t("态度不好"),
        RatingTag.SLOW: t("办得慢"),
        RatingTag.UNCLEAR: t("说不明白"),
        RatingTag.RUNAROUND: t("来回跑"),
        RatingTag.MACHINE: t("机器不好用"),
    }[tag]
