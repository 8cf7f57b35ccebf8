"""The application's table, its papers, its acceptance day and its due day (R4.1, R4.2, R4.6, R4.7, R5.1)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.domain.acceptance import acceptance_day, deemed_accepted
from center.domain.application import (
    ENDED,
    IN_HAND,
    SPECIAL_NAMES,
    STATE_LABELS,
    TRANSITIONS,
    ApplicationAct,
    ApplicationState,
    Pause,
    SpecialProcedure,
    acts_in,
    due,
    limit_words,
    may_begin,
    papers_of,
    target,
)
from center.domain.calendar import LimitUnit, Unknown, WorkingCalendar
from center.domain.paper import PaperKind
from tests.center import oracle

WORKING, CALENDAR = LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS
DAYS = st.dates(oracle.FIRST, oracle.LAST)

# ------------------------------------------------------------------ the table


def test_the_table_of_transitions_is_all_there_is() -> None:
    # every pair of state and act: allowed exactly when the table says so, and no row says two things
    table = {(row.source, row.act): row.target for row in TRANSITIONS}
    assert len(table) == len(TRANSITIONS)
    for state in ApplicationState:
        assert acts_in(state) == tuple(row.act for row in TRANSITIONS if row.source is state)
        for act in ApplicationAct:
            assert target(state, act) == table.get((state, act))


@pytest.mark.rule("R4.1")
def test_what_was_accepted_is_not_accepted_or_returned_again() -> None:
    settled = {ApplicationAct.ACCEPT, ApplicationAct.RETURN, ApplicationAct.REFUSE}
    before = {ApplicationState.FILED, ApplicationState.RETURNED}
    assert {state for state in ApplicationState if settled & set(acts_in(state))} == before


@pytest.mark.rule("R4.3")
def test_no_way_leads_from_acceptance_to_an_end_but_by_the_voucher_or_the_applicants_own_withdrawal() -> None:
    # given the table without the voucher and without withdrawal; then no accepted case reaches an end
    cut = {ApplicationAct.ISSUE_VOUCHER, ApplicationAct.WITHDRAW}
    reached, seen = [ApplicationState.ACCEPTED], set[ApplicationState]()
    while reached:
        state = reached.pop()
        seen.add(state)
        reached += [row.target for row in TRANSITIONS if row.source is state and row.act not in cut and row.target not in seen]
    assert not seen & ENDED
    assert seen == IN_HAND


@pytest.mark.rule("R4.3", "R4.4", "R3.2")
def test_what_has_its_voucher_is_notified_before_it_can_be_collected_or_posted() -> None:
    assert acts_in(ApplicationState.DECIDED) == (ApplicationAct.ISSUE_VOUCHER,)
    assert acts_in(ApplicationState.VOUCHER_ISSUED) == (ApplicationAct.NOTIFY,)
    assert set(acts_in(ApplicationState.NOTIFIED)) == {ApplicationAct.COLLECT, ApplicationAct.POST}


@pytest.mark.rule("R5.1", "R5.3")
def test_the_path_of_a_promised_item_goes_through_the_department_and_back_to_the_window() -> None:
    state = ApplicationState.FILED
    for act in ("accept", "hand_over", "take_back", "decide", "issue_voucher", "notify", "collect"):
        after = target(state, ApplicationAct(act))
        assert after is not None, (state, act)
        state = after
    assert state is ApplicationState.COLLECTED
    # what is with the department is not decided on before it is back
    assert target(ApplicationState.WITH_DEPARTMENT, ApplicationAct.DECIDE) is None


@pytest.mark.rule("R2.2", "R2.3", "R4.3", "R4.7", "R5.2")
def test_each_act_that_must_be_told_in_writing_has_its_paper() -> None:
    expected = {
        ApplicationAct.ACCEPT: PaperKind.ACCEPTANCE_NOTICE,
        ApplicationAct.RETURN: PaperKind.ONE_TIME_NOTICE,
        ApplicationAct.REFUSE: PaperKind.REFUSAL_NOTICE,
        ApplicationAct.HAND_OVER: PaperKind.HANDOVER_SLIP,
        ApplicationAct.TAKE_BACK: PaperKind.HANDOVER_SLIP,
        ApplicationAct.DECIDE: PaperKind.DECISION,
        ApplicationAct.ISSUE_VOUCHER: PaperKind.COMPLETION_VOUCHER,
        ApplicationAct.BEGIN_SPECIAL: PaperKind.SPECIAL_PROCEDURE_NOTICE,
    }
    for act in ApplicationAct:
        assert papers_of(act, with_department=False) == ((expected[act],) if act in expected else ())


@pytest.mark.rule("R5.1")
def test_acceptance_of_what_a_department_looks_into_gives_the_promise_notice_too() -> None:
    papers = papers_of(ApplicationAct.ACCEPT, with_department=True)
    assert papers == (PaperKind.ACCEPTANCE_NOTICE, PaperKind.PROMISE_NOTICE)
    assert papers_of(ApplicationAct.RETURN, with_department=True) == (PaperKind.ONE_TIME_NOTICE,)


def test_every_state_has_words_and_what_is_only_filed_does_not_say_accepted() -> None:
    assert set(STATE_LABELS) == set(ApplicationState)
    said = [STATE_LABELS[state] for state in (ApplicationState.FILED, ApplicationState.RETURNED)]
    assert not any("已受理" in words for words in said)


# ------------------------------------------------------------------ the acceptance day


@pytest.mark.rule("R4.1")
@given(DAYS, st.none() | st.integers(0, 20))
def test_the_acceptance_day_is_the_notices_or_the_day_everything_was_supplied(issued: date, before: int | None) -> None:
    supplied = None if before is None else issued - timedelta(days=before)
    assert acceptance_day(issued, supplied) == oracle.acceptance_day(issued, supplied)


@pytest.mark.rule("R4.6")
def test_silence_of_five_working_days_is_acceptance_from_the_day_of_receipt() -> None:
    # given received on Monday 28 September 2026; over National Day its fifth working day is Saturday 10 October, which is worked
    received = date(2026, 9, 28)
    assert oracle.tell_due(received) == date(2026, 10, 10)
    assert deemed_accepted(received, None, date(2026, 10, 10), True, WorkingCalendar()) is None
    assert deemed_accepted(received, None, date(2026, 10, 11), True, WorkingCalendar()) == received


@pytest.mark.rule("R4.6")
def test_an_answer_in_time_or_an_item_that_is_no_license_is_never_accepted_by_silence() -> None:
    received, much_later = date(2026, 9, 28), date(2026, 11, 24)
    assert deemed_accepted(received, date(2026, 10, 10), much_later, True, WorkingCalendar()) is None
    assert deemed_accepted(received, None, much_later, False, WorkingCalendar()) is None
    # told too late changes nothing: it counts as accepted from the day of receipt
    assert deemed_accepted(received, date(2026, 10, 12), much_later, True, WorkingCalendar()) == received


@pytest.mark.rule("R4.6")
@given(st.dates(oracle.FIRST, date(2026, 12, 20)), st.integers(0, 30), st.none() | st.integers(0, 30))
def test_silence_agrees_with_the_second_calculation(received: date, today_after: int, answer_after: int | None) -> None:
    today = received + timedelta(days=today_after)
    answered = None if answer_after is None else received + timedelta(days=answer_after)
    expected = oracle.deemed_accepted(received, answered, today)
    assert deemed_accepted(received, answered, today, True, WorkingCalendar()) == expected


@pytest.mark.rule("R4.6")
def test_where_the_fifth_working_day_is_not_known_silence_is_not_guessed() -> None:
    # given received on 30 December 2026; then five days later it still runs for certain, and after that nobody can say
    received = date(2026, 12, 30)
    assert deemed_accepted(received, None, date(2027, 1, 4), True, WorkingCalendar()) is None
    assert deemed_accepted(received, None, date(2027, 1, 5), True, WorkingCalendar()) == Unknown(2027)


# ------------------------------------------------------------------ the due day


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


@st.composite
def pauses(draw: st.DrawFn) -> list[Pause]:
    begun = draw(DAYS)
    length = draw(st.none() | st.integers(0, 25))
    return [Pause(begun, None if length is None else begun + timedelta(days=length))]


@pytest.mark.rule("R4.2", "R4.7")
@given(DAYS, st.none() | st.integers(0, 60), st.booleans(), pauses() | st.tuples(pauses(), pauses()).map(lambda two: two[0] + two[1]))
def test_the_due_day_agrees_with_the_second_calculation(accepted: date, days: int | None, working: bool, stopped: list[Pause]) -> None:
    expected = oracle.due(accepted, days, working, [(pause.begun, pause.ended) for pause in stopped])
    answer = due(accepted, days, WORKING if working else CALENDAR, WorkingCalendar(), stopped)
    assert answer.on == expected
    # what is pending says on what it depends, and what is known needs no note
    assert answer.pending == answer.note.startswith("待定：")
    assert answer.pending or answer.note == ""


@pytest.mark.rule("R4.7")
def test_the_days_of_a_hearing_do_not_count_and_the_day_it_began_does() -> None:
    # given acceptance on Monday 2 November, five working days; a hearing begun on Wednesday 4 and ended on Friday 6
    answer = due(date(2026, 11, 2), 5, WORKING, WorkingCalendar(), [Pause(date(2026, 11, 4), date(2026, 11, 6))])
    # then Tuesday, Wednesday, and Monday to Wednesday of the week after
    assert answer.on == date(2026, 11, 11)


@pytest.mark.rule("R4.7")
def test_while_a_procedure_goes_on_the_due_day_is_open() -> None:
    answer = due(date(2026, 11, 2), 5, WORKING, WorkingCalendar(), [Pause(date(2026, 11, 4), None)])
    assert answer.pending
    assert "特别程序正在进行" in answer.note


@pytest.mark.rule("R4.7")
def test_the_limit_stops_only_for_a_license_and_for_what_its_item_declares() -> None:
    declared = [SpecialProcedure.HEARING]
    assert may_begin(SpecialProcedure.HEARING, declared, administrative=True)
    assert not may_begin(SpecialProcedure.APPRAISAL, declared, administrative=True)
    assert not may_begin(SpecialProcedure.HEARING, declared, administrative=False)


@pytest.mark.rule("R4.7")
def test_the_eight_procedures_of_the_law_and_no_survey() -> None:
    assert set(SPECIAL_NAMES) == set(SpecialProcedure)
    assert sorted(SPECIAL_NAMES.values()) == sorted(["听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审"])
