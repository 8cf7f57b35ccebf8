"""The one-time notice (一次性告知单, R2.2): everything that is missing or unfit, in one paper, or it is not issued."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from center.domain.manners import unmannerly


class Subject(StrEnum):
    """What a line is about."""

    MATERIAL = "material"
    FIELD = "field"
    OTHER = "other"


class Reason(StrEnum):
    """Why it has to be supplied."""

    MISSING = "missing"
    UNCLEAR = "unclear"
    UNFIT = "unfit"
    EXPIRED = "expired"
    WRONG = "wrong"


REASON_NAMES: dict[Reason, str] = {
    Reason.MISSING: "没有提交",
    Reason.UNCLEAR: "看不清楚",
    Reason.UNFIT: "不符合要求",
    Reason.EXPIRED: "已过有效期",
    Reason.WRONG: "填写有误",
}

#: Which reasons a subject can have; what the console offers and what the center takes.
REASONS: dict[Subject, tuple[Reason, ...]] = {
    Subject.MATERIAL: (Reason.MISSING, Reason.UNCLEAR, Reason.UNFIT, Reason.EXPIRED),
    Subject.FIELD: (Reason.WRONG, Reason.MISSING),
    Subject.OTHER: (Reason.MISSING,),
}

MAX_NOTE = 200


@dataclass(frozen=True)
class NoticeLine:
    """One thing to supply. `code` names the material or field; `note` is the member of staff's own words."""

    subject: Subject
    code: str
    label: str
    reason: Reason
    note: str = ""

    @property
    def key(self) -> str:
        """Unique in its notice: `material.household_register`, `other.other_1`."""
        return f"{self.subject}.{self.code}"

    def words(self) -> str:
        """The line as the citizen reads it."""
        if self.subject is Subject.OTHER:
            return self.note
        return f"{self.label}：{REASON_NAMES[self.reason]}" + (f"，{self.note}" if self.note else "")


@dataclass(frozen=True)
class OneTimeNotice:
    """Everything at once."""

    lines: tuple[NoticeLine, ...]


class NoticeFault(StrEnum):
    """Why a notice cannot be issued."""

    EMPTY = "empty"
    INCOMPLETE = "incomplete"
    TOO_LONG = "too_long"
    REASON = "reason"
    MANNERS = "manners"


def one_time_notice(lines: Iterable[NoticeLine], known_missing: Iterable[str]) -> OneTimeNotice | NoticeFault:
    """The notice, or why not. `known_missing`: codes of the required materials that the center knows are missing.

    One that leaves out something known to be missing would be followed by a second, which R2.2 forbids: INCOMPLETE.
    """
    kept = tuple(lines)
    if not kept:
        return NoticeFault.EMPTY
    if any(len(line.note) > MAX_NOTE for line in kept):
        return NoticeFault.TOO_LONG
    if any(line.reason not in REASONS[line.subject] for line in kept):
        return NoticeFault.REASON
    if any(unmannerly(line.note) for line in kept):
        # What is printed is polite too (R8.1).
        return NoticeFault.MANNERS
    told = {line.code for line in kept if line.subject is Subject.MATERIAL}
    if set(known_missing) - told:
        return NoticeFault.INCOMPLETE
    return OneTimeNotice(kept)
