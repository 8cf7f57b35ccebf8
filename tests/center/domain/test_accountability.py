"""Accountability (R9, R2.5) and the counters of R6.10."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.domain.accountability import (
    CAUSES,
    CONSEQUENCE_NAMES,
    EVENT_LABELS,
    EVENT_RIGHTS,
    EVENT_TRANSITIONS,
    SANCTION_NAMES,
    Consequence,
    Employment,
    EventAct,
    EventCause,
    EventState,
    Sanction,
    VerifiedComplaint,
    event_acts_in,
    event_target,
    is_third_application,
    staff_consequences,
    window_consequences,
)
from center.domain.complaint import Finding, Matter
from center.domain.roles import Role, may
from center.domain.rules import RULES


def about(staff: str = "wang", finding: Finding = Finding.TRUE, matter: Matter = Matter.BUSINESS, year: int = 2026) -> VerifiedComplaint:
    return VerifiedComplaint(staff, "1号窗口", matter, finding, date(year, 11, 24))


def test_the_table_of_events_is_all_there_is() -> None:
    table = {(row.source, row.act): row.target for row in EVENT_TRANSITIONS}
    assert len(table) == len(EVENT_TRANSITIONS)
    for state in EventState:
        assert event_acts_in(state) == tuple(row.act for row in EVENT_TRANSITIONS if row.source is state)
        for act in EventAct:
            assert event_target(state, act) == table.get((state, act))


@pytest.mark.rule("R9")
def test_an_event_is_reported_verified_decided_heard_and_closed_in_that_order() -> None:
    state = EventState.RAISED
    for act in (EventAct.REPORT, EventAct.VERIFY, EventAct.DECIDE, EventAct.HEAR, EventAct.CLOSE):
        after = event_target(state, act)
        assert after is not None
        state = after
    assert state is EventState.CLOSED
    # nobody's answer is passed over: what was decided is closed only after it was heard
    assert [row.source for row in EVENT_TRANSITIONS if row.act is EventAct.CLOSE] == [EventState.HEARD]


@pytest.mark.rule("R9")
def test_the_window_reports_the_center_verifies_the_township_decides() -> None:
    assert set(EVENT_RIGHTS) == set(EventAct)
    who = {act: [role for role in Role if may([role], right)] for act, right in EVENT_RIGHTS.items()}
    assert who[EventAct.REPORT] == [Role.WINDOW_STAFF, Role.WINDOW_LEAD]
    assert who[EventAct.VERIFY] == who[EventAct.DISMISS] == [Role.CENTER_HEAD]
    assert who[EventAct.DECIDE] == who[EventAct.HEAR] == who[EventAct.CLOSE] == [Role.TOWNSHIP_LEADER]


@pytest.mark.rule("R9")
def test_every_cause_has_words_and_names_a_rule_that_exists() -> None:
    assert set(CAUSES) == set(EventCause)
    assert all(cause.name and cause.rule in RULES for cause in CAUSES.values())
    assert set(EVENT_LABELS) == set(EventState)
    assert (set(SANCTION_NAMES), set(CONSEQUENCE_NAMES)) == (set(Sanction), set(Consequence))


@pytest.mark.rule("R2.5")
@given(st.integers(0, 9))
def test_the_filing_after_the_second_return_is_the_third_application(returns: int) -> None:
    assert is_third_application(returns) == (returns not in (0, 1))


# ------------------------------------------------------------------ R6.10

COMPLAINTS = st.lists(
    st.builds(
        VerifiedComplaint,
        staff=st.sampled_from(["wang", "li", ""]),
        window=st.sampled_from(["1号窗口", "2号窗口"]),
        matter=st.sampled_from(Matter),
        finding=st.sampled_from(Finding),
        written_on=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    ),
    max_size=12,
)
#: R6.10: manners, or 首问负责, 一次性告知, 限时办结 broken.
TRAINED_FOR = {"manners", "first_responsible", "one_time_notice", "late"}


@pytest.mark.rule("R6.10")
@given(COMPLAINTS, st.sampled_from(Employment))
def test_three_verified_complaints_of_a_year_count_for_a_member_of_staff(
    complaints: list[VerifiedComplaint], employment: Employment
) -> None:
    # counted a second way: by sorting into boxes
    boxes: dict[str, int] = {"all": 0, "trained": 0}
    for each in complaints:
        if (each.staff, each.written_on.year, each.finding.value) in (("wang", 2026, "true"), ("wang", 2026, "partly")):
            boxes["all"] += 1
            boxes["trained"] += each.matter.value in TRAINED_FOR
    expected = set()
    if boxes["all"] > 2 and employment is Employment.REGULAR:
        expected.add(Consequence.NOT_EXCELLENT)
    if boxes["trained"] > 2:
        expected.add(Consequence.TRAINING if employment is Employment.REGULAR else Consequence.DISMISSAL)
    assert set(staff_consequences("wang", employment, 2026, complaints)) == expected


@pytest.mark.rule("R6.10")
def test_complaints_of_two_years_do_not_add_up_for_a_person_and_do_for_a_window() -> None:
    complaints = [about(year=2025), about(year=2025), about(year=2026)]
    assert staff_consequences("wang", Employment.REGULAR, 2026, complaints) == ()
    assert window_consequences("1号窗口", complaints) == (Consequence.LEAD_CALLED_IN,)


@pytest.mark.rule("R6.10")
def test_what_was_found_untrue_counts_for_nobody() -> None:
    complaints = [about(), about(), about(finding=Finding.UNTRUE)]
    assert staff_consequences("wang", Employment.REGULAR, 2026, complaints) == ()
    assert window_consequences("1号窗口", complaints) == ()


@pytest.mark.rule("R6.10")
def test_three_for_manners_mean_training_for_the_regular_and_dismissal_for_the_contracted() -> None:
    complaints = [about(matter=Matter.MANNERS), about(matter=Matter.LATE), about(matter=Matter.ONE_TIME_NOTICE)]
    regular = staff_consequences("wang", Employment.REGULAR, 2026, complaints)
    assert regular == (Consequence.NOT_EXCELLENT, Consequence.TRAINING)
    assert staff_consequences("wang", Employment.CONTRACT, 2026, complaints) == (Consequence.DISMISSAL,)
