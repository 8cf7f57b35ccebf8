"""Approval and supervision apart (审管分离, R5): who answers for a case before and after its result was pushed, and what a department sends back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class Answerable(StrEnum):
    """Who answers for what was approved."""

    CENTER = "center"
    DEPARTMENT = "department"


def supervision_begins(pushed_at: datetime | None, received_at: datetime | None) -> datetime | None:
    """From when the department supervises (R5.4): the receipt of what was pushed; None while one of the two is not recorded."""
    if pushed_at is None or received_at is None:
        return None
    return max(pushed_at, received_at)


def answerable(at: datetime, pushed_at: datetime | None, received_at: datetime | None) -> Answerable:
    """Who is answerable at a moment (R5.4). Pushed and not yet received leaves it with the center."""
    begins = supervision_begins(pushed_at, received_at)
    return Answerable.DEPARTMENT if begins is not None and at >= begins else Answerable.CENTER


class Feedback(StrEnum):
    """What a department reports back about a matter it supervises (R5.5)."""

    PROBLEM = "problem"
    PENALTY = "penalty"
    COERCION = "coercion"
    REWARD = "reward"
    SUPERVISION = "supervision"


FEEDBACK_NAMES: dict[Feedback, str] = {
    Feedback.PROBLEM: "审批存在问题",
    Feedback.PENALTY: "行政处罚",
    Feedback.COERCION: "行政强制",
    Feedback.REWARD: "行政奖励",
    Feedback.SUPERVISION: "监管信息",
}
