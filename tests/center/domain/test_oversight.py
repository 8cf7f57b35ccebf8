"""The daily check and the overdue report (R4.5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.domain.calendar import WorkingCalendar
from center.domain.oversight import CHECKS, FALLING_DUE, REPORT_PARTS, CheckKind, Urgency, missing_checks, urgency
from center.domain.roles import Role, may
from tests.center import oracle

CALENDAR = WorkingCalendar()


@pytest.mark.rule("R4.5")
def test_the_head_checks_what_falls_due_and_the_leader_in_charge_the_progress_of_all() -> None:
    who = {kind: [role for role in Role if may([role], check.right)] for kind, check in CHECKS.items()}
    assert who == {CheckKind.CASES: [Role.CENTER_HEAD], CheckKind.PROGRESS: [Role.CENTER_LEADER]}


@pytest.mark.rule("R4.5")
@given(st.dates(oracle.FIRST, date(2026, 12, 15)), st.integers(-10, 30))
def test_what_must_be_done_within_two_working_days_is_about_to_fall_due(today: date, after: int) -> None:
    due_on = today + timedelta(days=after)
    found = urgency(due_on, today, CALENDAR)
    if due_on < today:
        assert found is Urgency.OVERDUE
    elif due_on == today:
        assert found is Urgency.TODAY
    else:
        horizon = oracle.working_days_after(today, 2)
        assert horizon is not None
        assert found is (Urgency.SOON if due_on <= horizon else Urgency.LATER)


@pytest.mark.rule("R4.5", "R4.2")
def test_the_check_covers_the_overdue_and_the_undated_too() -> None:
    assert urgency(None, date(2026, 11, 24), CALENDAR) is Urgency.UNDATED
    assert set(Urgency) - FALLING_DUE == {Urgency.LATER}


@pytest.mark.rule("R4.5", "R4.2")
def test_where_the_next_days_are_not_known_a_case_is_soon_rather_than_later() -> None:
    assert urgency(date(2027, 1, 6), date(2026, 12, 31), CALENDAR) is Urgency.SOON


@pytest.mark.rule("R4.5")
@given(st.dates(oracle.FIRST, date(2026, 10, 1)), st.integers(0, 60), st.sets(st.integers(0, 60)))
def test_a_working_day_without_a_recorded_check_is_named(first: date, length: int, checked_after: set[int]) -> None:
    today = first + timedelta(days=length)
    checked = {first + timedelta(days=n) for n in checked_after}
    assert missing_checks(first, checked, today, CALENDAR) == oracle.missing_checks(first, checked, today)


@pytest.mark.rule("R4.5")
def test_no_check_is_missing_on_a_holiday_and_one_is_on_a_make_up_saturday() -> None:
    days = missing_checks(date(2026, 9, 30), [date(2026, 9, 30), date(2026, 10, 8)], date(2026, 10, 12), CALENDAR)
    assert days == (date(2026, 10, 9), date(2026, 10, 10))


@pytest.mark.rule("R4.5")
def test_a_report_says_what_happened_why_and_what_was_done() -> None:
    assert list(REPORT_PARTS.values()) == ["超期情况", "原因", "处理结果"]
