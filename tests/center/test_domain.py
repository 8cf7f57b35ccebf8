"""The center's rules, by their numbers. Dates of 2026 are from the State Council's notice for that year."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.domain.application import TRANSITIONS, ApplicationAct, ApplicationState, acts_in, due, limit_words, target
from center.domain.calendar import CalendarFileError, LimitUnit, Unknown, WorkingCalendar, YearArrangement, load_years
from center.domain.item import Publication, in_force, missing_for_publication, publication
from center.domain.notice import NoticeFault, NoticeLine, OneTimeNotice, Reason, Subject, one_time_notice
from center.domain.roles import Right, Role, may
from kiosk.wire.messages import Elsewhere, Fact, Fee, Limit, Material, ServiceItem

WORKING, CALENDAR = LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS


# ------------------------------------------------------------------ R4.2: working days


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 9, 20), True),  # a Sunday on which people work for National Day
        (date(2026, 9, 25), False),  # Mid-Autumn, a Friday
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # a Saturday on which people work
        (date(2026, 10, 11), False),
    ],
)
def test_R4_2_legal_holidays_and_make_up_days_count(day: date, working: bool) -> None:
    assert WorkingCalendar().is_working(day) is working


def test_R4_2_the_limit_counts_from_the_day_after_acceptance() -> None:
    # given acceptance on Tuesday; when three working days are promised; then Friday
    assert WorkingCalendar().add(date(2026, 11, 24), 3, WORKING) == date(2026, 11, 27)


def test_R4_2_a_limit_across_national_day_skips_the_holiday_and_counts_the_make_up_saturday() -> None:
    # given acceptance on Wednesday 30 September; holidays 1–7 October; 8, 9 and Saturday 10 October are worked
    assert WorkingCalendar().add(date(2026, 9, 30), 3, WORKING) == date(2026, 10, 10)
    assert WorkingCalendar().add(date(2026, 9, 30), 4, WORKING) == date(2026, 10, 12)


def test_R4_2_calendar_days_count_holidays_too_and_need_no_calendar() -> None:
    assert WorkingCalendar().add(date(2026, 9, 30), 7, CALENDAR) == date(2026, 10, 7)
    assert WorkingCalendar().add(date(2026, 12, 30), 7, CALENDAR) == date(2027, 1, 6)


def test_R4_2_zero_days_is_the_acceptance_day_even_on_a_holiday() -> None:
    assert WorkingCalendar().add(date(2026, 10, 1), 0, WORKING) == date(2026, 10, 1)


def test_R4_2_an_unknown_year_is_said_and_never_guessed() -> None:
    assert WorkingCalendar().is_working(date(2027, 1, 4)) == Unknown(2027)
    assert WorkingCalendar().add(date(2026, 12, 30), 1, WORKING) == date(2026, 12, 31)
    assert WorkingCalendar().add(date(2026, 12, 30), 2, WORKING) == Unknown(2027)


@given(st.dates(date(2026, 1, 1), date(2026, 9, 1)), st.integers(1, 60))
def test_R4_2_agrees_with_a_second_way_of_counting(accepted: date, days: int) -> None:
    # given every working day of the year, listed; then the due day is the n-th after acceptance
    calendar = WorkingCalendar()
    listed = [day for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(365)) if calendar.is_working(day) is True]
    assert calendar.add(accepted, days, WORKING) == [day for day in listed if day > accepted][days - 1]


def test_R4_2_a_file_gives_the_next_year(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text('year = 2027\nsource = "测试"\nholidays = [2027-01-01]\nworkdays = [2027-01-03]\n', "utf-8")
    calendar = WorkingCalendar(load_years(tmp_path))
    assert calendar.add(date(2026, 12, 31), 2, WORKING) == date(2027, 1, 4)


def test_R4_2_a_file_corrects_a_year_that_is_known() -> None:
    calendar = WorkingCalendar([YearArrangement(2026, frozenset({date(2026, 11, 25)}), frozenset())])
    assert calendar.add(date(2026, 11, 24), 1, WORKING) == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("year = 2027\n", "source"),
        ('year = 2027\nsource = "x"\nholidays = ["2027-01-01"]\nworkdays = []\n', "holidays"),
        ('year = 2027\nsource = "x"\nholidays = [2026-01-01]\nworkdays = []\n', "holidays"),
        ('year = 2027\nsource = "x"\nholidays = []\nworkdays = []\n', "holidays"),
        ('year = 2027\nsource = "x"\nholidays = [2027-01-01]\nworkdays = [2027-01-01]\n', "both lists"),
        ('year = 2027\nsource = "x"\nholiday = [2027-01-01]\n', "holiday"),
        ("year = \n", "cannot be read"),
    ],
)
def test_R4_2_a_calendar_file_that_cannot_be_used_is_refused_by_name(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "2027.toml").write_text(text, "utf-8")
    with pytest.raises(CalendarFileError, match=named):
        load_years(tmp_path)


# ------------------------------------------------------------------ R4.1: the application and its due day


def test_R4_1_an_application_on_the_spot_is_due_on_its_acceptance_day() -> None:
    answer = due(date(2026, 11, 24), 0, WORKING, WorkingCalendar())
    assert (answer.on, answer.pending) == (date(2026, 11, 24), False)


def test_R4_2_a_due_day_in_an_unknown_year_is_pending_and_says_on_what() -> None:
    answer = due(date(2026, 12, 15), 30, WORKING, WorkingCalendar())
    assert answer.pending
    assert answer.note.startswith("待定：2027 年节假日安排尚未录入")


def test_R4_2_a_limit_that_no_source_gives_is_pending() -> None:
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


# ------------------------------------------------------------------ R2.2: one notice of everything

BOOK = NoticeLine(Subject.MATERIAL, "household_register", "户口簿", Reason.MISSING)
PHONE = NoticeLine(Subject.FIELD, "phone", "手机号码", Reason.WRONG, "少一位数字")


def test_R2_2_a_notice_lists_everything_at_once() -> None:
    notice = one_time_notice([BOOK, PHONE], ["household_register"])
    assert isinstance(notice, OneTimeNotice)
    assert [line.words() for line in notice.lines] == ["户口簿：没有提交", "手机号码：填写有误，少一位数字"]


def test_R2_2_a_notice_that_leaves_out_what_is_known_to_be_missing_is_not_issued() -> None:
    assert one_time_notice([PHONE], ["household_register"]) is NoticeFault.INCOMPLETE


def test_R2_2_an_empty_notice_is_not_issued() -> None:
    assert one_time_notice([], []) is NoticeFault.EMPTY


def test_R2_2_a_reason_that_does_not_fit_and_an_essay_are_refused() -> None:
    assert one_time_notice([NoticeLine(Subject.MATERIAL, "a", "甲", Reason.WRONG)], []) is NoticeFault.REASON
    assert one_time_notice([NoticeLine(Subject.OTHER, "o", "", Reason.MISSING, "长" * 201)], []) is NoticeFault.TOO_LONG


# ------------------------------------------------------------------ R1: items


def item(**changes: object) -> ServiceItem:
    whole: dict[str, object] = {
        "code": "TEST",
        "version": 1,
        "effective_from": date(2026, 1, 1),
        "confirmed": True,
        "task_name": "测试事项",
        "dept_name": Fact(text="综合窗口"),
        "by_law": (Fact(text="依据"),),
        "accept_condition": (Fact(text="条件"),),
        "materials": (Material(code="a", material_name="甲"),),
        "handle_flow": (Fact(text="流程"),),
        "promise": Limit(days=3),
        "fee": Fee(is_fee=False),
    }
    return ServiceItem.model_validate(whole | changes)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"dept_name": Fact()}, "受理部门"),
        ({"by_law": ()}, "办理依据"),
        ({"accept_condition": ()}, "办理条件"),
        ({"materials": ()}, "申请材料"),
        ({"handle_flow": ()}, "办理流程"),
        ({"promise": Limit()}, "承诺时限"),
        ({"fee": Fee()}, "收费依据及标准"),
    ],
)
def test_R1_2_a_guide_that_lacks_one_of_the_eight_fields_is_not_published_and_says_which(changes: dict[str, object], name: str) -> None:
    lacking = item(**changes)
    assert missing_for_publication(lacking) == (name,)
    assert publication(lacking, demo=False) is Publication.NOT


def test_R1_2_a_whole_confirmed_guide_is_published() -> None:
    assert publication(item(), demo=False) is Publication.PUBLISHED


def test_R1_2_an_unconfirmed_guide_is_a_sample_in_demonstration_and_nowhere_else() -> None:
    assert publication(item(confirmed=False), demo=True) is Publication.SAMPLE
    assert publication(item(confirmed=False), demo=False) is Publication.NOT


def test_R1_4_an_item_handled_elsewhere_needs_no_guide_of_ours() -> None:
    elsewhere = item(handled_here=False, elsewhere=Elsewhere(body="区民政局"), by_law=(), fee=Fee())
    assert publication(elsewhere, demo=False) is Publication.PUBLISHED


def test_R1_1_an_item_is_in_force_from_its_day_until_the_day_it_is_withdrawn() -> None:
    version = item(withdrawn_on=date(2026, 12, 1))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 11, 30), date(2026, 12, 1)]
    assert [in_force(version, day) for day in days] == [False, True, True, False]


# ------------------------------------------------------------------ roles


def test_an_administrator_has_no_right_to_any_case() -> None:
    cases = {Right.SEE_CASES, Right.HANDLE_CASES, Right.HANDLE_COMPLAINTS, Right.SEE_DEPARTMENT_CASES, Right.EXPORT_CASES}
    assert not any(may([Role.ADMINISTRATOR], right) for right in cases)
