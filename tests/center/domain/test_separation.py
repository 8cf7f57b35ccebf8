"""Approval and supervision apart (R5.4): the boundary is the push and its receipt."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from center.domain.separation import FEEDBACK_NAMES, Answerable, Feedback, answerable, supervision_begins

PUSHED = datetime.fromisoformat("2026-11-24T16:50:00+08:00")
RECEIVED = PUSHED + timedelta(hours=16)


@pytest.mark.rule("R5.4")
def test_supervision_begins_with_the_receipt_and_not_with_the_push() -> None:
    assert supervision_begins(PUSHED, RECEIVED) == RECEIVED
    assert supervision_begins(PUSHED, None) is None
    assert supervision_begins(None, None) is None


@pytest.mark.rule("R5.4")
def test_the_center_answers_until_the_receipt_and_the_department_from_it_on() -> None:
    moments = [PUSHED, RECEIVED - timedelta(seconds=1), RECEIVED, RECEIVED + timedelta(days=400)]
    who = [answerable(at, PUSHED, RECEIVED) for at in moments]
    assert who == [Answerable.CENTER, Answerable.CENTER, Answerable.DEPARTMENT, Answerable.DEPARTMENT]
    # pushed and never received: it stays with the center, however long
    assert answerable(moments[-1], PUSHED, None) is Answerable.CENTER


@pytest.mark.rule("R5.5")
def test_a_department_reports_problems_and_penalties_back() -> None:
    assert set(FEEDBACK_NAMES) == set(Feedback)
    assert {FEEDBACK_NAMES[Feedback.PROBLEM], FEEDBACK_NAMES[Feedback.PENALTY]} == {"审批存在问题", "行政处罚"}
