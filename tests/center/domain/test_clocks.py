"""The ordinance's other clocks (R3.2, R4.4, R4.6, R5.2, R6, R9), each against the second calculation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.domain import complaint, deadlines
from center.domain.calendar import Unknown, WorkingCalendar
from center.domain.complaint import Degree
from tests.center import oracle

CALENDAR = WorkingCalendar()
DAYS = st.dates(oracle.FIRST, oracle.LAST)
NOT_KNOWN = Unknown(2027)


def said(day: date | None) -> date | Unknown:
    """What the center says where the second calculation says this."""
    return NOT_KNOWN if day is None else day


@pytest.mark.parametrize(
    ("counted", "again"),
    [
        pytest.param(deadlines.notify_due, oracle.notify_due, id="told", marks=pytest.mark.rule("R4.4")),
        pytest.param(deadlines.tell_due, oracle.tell_due, id="missing told", marks=pytest.mark.rule("R4.6")),
        pytest.param(deadlines.open_due, oracle.open_due, id="opened", marks=pytest.mark.rule("R9")),
        pytest.param(complaint.evidence_due, oracle.evidence_due, id="evidence", marks=pytest.mark.rule("R6.1")),
        pytest.param(complaint.lapse_after, oracle.supplement_waits_until, id="supplement", marks=pytest.mark.rule("R6.3")),
        pytest.param(complaint.acceptance_due, oracle.complaint_acceptance_due, id="complaint accepted", marks=pytest.mark.rule("R6.2")),
        pytest.param(complaint.answer_until, oracle.answer_until, id="answered", marks=pytest.mark.rule("R6.7")),
    ],
)
def test_a_clock_agrees_with_the_second_calculation(
    counted: Callable[[date, WorkingCalendar], date | Unknown], again: Callable[[date], date | None]
) -> None:
    # every day of the two years, not a choice of them
    for n in range(oracle.FIRST.toordinal(), oracle.LAST.toordinal() + 1):
        day = date.fromordinal(n)
        assert counted(day, CALENDAR) == said(again(day)), day


@pytest.mark.rule("R6.6")
@given(DAYS, st.sampled_from(Degree))
def test_the_limit_of_a_complaint_by_its_degree_agrees_with_the_second_calculation(taken: date, degree: Degree) -> None:
    assert complaint.handling_due(taken, degree, CALENDAR) == said(oracle.complaint_handling_due(taken, degree.value))


@pytest.mark.rule("R6.6")
def test_three_ten_and_thirty_working_days_over_national_day() -> None:
    # given 收件 on Monday 28 September 2026; 1–7 October are off, Saturday 10 October is worked
    taken = date(2026, 9, 28)
    days = [complaint.handling_due(taken, degree, CALENDAR) for degree in (Degree.ORDINARY, Degree.COMPLICATED, Degree.SPECIAL)]
    assert days == [date(2026, 10, 8), date(2026, 10, 16), date(2026, 11, 13)]


@pytest.mark.rule("R5.2", "R3.2")
@given(DAYS, st.integers(0, 12), st.booleans())
def test_the_earlier_of_two_handover_clocks_binds(taken_in: date, later: int, special: bool) -> None:
    accepted = date.fromordinal(min(taken_in.toordinal() + later, oracle.LAST.toordinal()))
    assert deadlines.handover_due(taken_in, accepted, special, CALENDAR) == said(oracle.handover_due(taken_in, accepted, special))


@pytest.mark.rule("R5.2")
def test_a_handover_is_on_the_day_itself_and_in_special_circumstances_on_the_next_working_day() -> None:
    # given taken in and accepted on Wednesday 30 September 2026; the next working day is Thursday 8 October
    day = date(2026, 9, 30)
    assert deadlines.handover_due(day, day, False, CALENDAR) == day
    assert deadlines.handover_due(day, day, True, CALENDAR) == date(2026, 10, 8)


@pytest.mark.rule("R5.2")
def test_a_handover_is_never_due_before_acceptance() -> None:
    # given papers complete on Tuesday and accepted on Thursday; then the clock from the papers has run out, and Thursday is the day
    assert deadlines.handover_due(date(2026, 11, 3), date(2026, 11, 5), True, CALENDAR) == date(2026, 11, 5)


@pytest.mark.rule("R5.2", "R4.2")
def test_a_handover_on_the_last_known_day_needs_no_next_year() -> None:
    last = date(2026, 12, 31)
    assert deadlines.handover_due(last, last, False, CALENDAR) == last
    assert deadlines.handover_due(last, last, True, CALENDAR) == NOT_KNOWN
