"""The application's table and its due day (R4.1, R4.2, R4.6, R4.7)."""

from __future__ import annotations

from datetime import date

import pytest

from center.domain.application import TRANSITIONS, ApplicationAct, ApplicationState, acts_in, due, limit_words, target
from center.domain.calendar import LimitUnit, WorkingCalendar

WORKING, CALENDAR = LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS


@pytest.mark.rule("R4.1")
def test_an_application_on_the_spot_is_due_on_its_acceptance_day() -> None:
    answer = due(date(2026, 11, 24), 0, WORKING, WorkingCalendar())
    assert (answer.on, answer.pending) == (date(2026, 11, 24), False)


@pytest.mark.rule("R4.2")
def test_a_due_day_in_an_unknown_year_is_pending_and_says_on_what() -> None:
    answer = due(date(2026, 12, 15), 30, WORKING, WorkingCalendar())
    assert answer.pending
    assert answer.note.startswith("待定：2027 年节假日安排尚未录入")


@pytest.mark.rule("R4.2")
def test_a_limit_that_no_source_gives_is_pending() -> None:
    answer = due(date(2026, 11, 24), None, WORKING, WorkingCalendar())
    assert answer.pending
    assert "承诺时限尚未公布" in answer.note
    assert limit_words(None, WORKING) == "未公布"


def test_the_table_of_transitions_is_all_there_is() -> None:
    # every pair of state and act: allowed exactly when the table says so, and no row says two things
    table = {(row.source, row.act): row.target for row in TRANSITIONS}
    assert len(table) == len(TRANSITIONS)
    for state in ApplicationState:
        assert acts_in(state) == tuple(row.act for row in TRANSITIONS if row.source is state)
        for act in ApplicationAct:
            assert target(state, act) == table.get((state, act))


def test_what_was_accepted_is_not_accepted_or_returned_again() -> None:
    assert not {ApplicationAct.ACCEPT, ApplicationAct.RETURN, ApplicationAct.REFUSE} & set(acts_in(ApplicationState.ACCEPTED))
