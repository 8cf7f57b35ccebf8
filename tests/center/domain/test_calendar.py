"""Working days (R4.2). Dates of 2026 are from the State Council's notice for that year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.domain.calendar import CalendarFileError, LimitUnit, Unknown, WorkingCalendar, YearArrangement, load_years
from tests.center import oracle

WORKING, CALENDAR = LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS


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
@pytest.mark.rule("R4.2")
def test_legal_holidays_and_make_up_days_count(day: date, working: bool) -> None:
    assert WorkingCalendar().is_working(day) is working


@pytest.mark.rule("R4.2")
def test_the_limit_counts_from_the_day_after_acceptance() -> None:
    # given acceptance on Tuesday; when three working days are promised; then Friday
    assert WorkingCalendar().add(date(2026, 11, 24), 3, WORKING) == date(2026, 11, 27)


@pytest.mark.rule("R4.2")
def test_a_limit_across_national_day_skips_the_holiday_and_counts_the_make_up_saturday() -> None:
    # given acceptance on Wednesday 30 September; holidays 1–7 October; 8, 9 and Saturday 10 October are worked
    assert WorkingCalendar().add(date(2026, 9, 30), 3, WORKING) == date(2026, 10, 10)
    assert WorkingCalendar().add(date(2026, 9, 30), 4, WORKING) == date(2026, 10, 12)


@pytest.mark.rule("R4.2")
def test_calendar_days_count_holidays_too_and_need_no_calendar() -> None:
    assert WorkingCalendar().add(date(2026, 9, 30), 7, CALENDAR) == date(2026, 10, 7)
    assert WorkingCalendar().add(date(2026, 12, 30), 7, CALENDAR) == date(2027, 1, 6)


@pytest.mark.rule("R4.2")
def test_zero_days_is_the_acceptance_day_even_on_a_holiday() -> None:
    assert WorkingCalendar().add(date(2026, 10, 1), 0, WORKING) == date(2026, 10, 1)


@pytest.mark.rule("R4.2")
def test_an_unknown_year_is_said_and_never_guessed() -> None:
    assert WorkingCalendar().is_working(date(2027, 1, 4)) == Unknown(2027)
    assert WorkingCalendar().add(date(2026, 12, 30), 1, WORKING) == date(2026, 12, 31)
    assert WorkingCalendar().add(date(2026, 12, 30), 2, WORKING) == Unknown(2027)


@pytest.mark.rule("R4.2")
def test_the_calendar_is_the_published_arrangement_of_both_years() -> None:
    days = [date.fromordinal(n) for n in range(oracle.FIRST.toordinal(), oracle.LAST.toordinal() + 1)]
    assert [day for day in days if WorkingCalendar().is_working(day) is True] == list(oracle.WORKING_DAYS)


@pytest.mark.rule("R4.2")
@given(st.dates(oracle.FIRST, oracle.LAST), st.integers(0, 80))
def test_a_limit_agrees_with_a_second_way_of_counting(start: date, days: int) -> None:
    # given the second calculation does not know 2027 either; then both name the same day, or both say that it is not known
    counted = oracle.working_days_after(start, days)
    assert WorkingCalendar().add(start, days, WORKING) == (Unknown(2027) if counted is None else counted)


@pytest.mark.rule("R4.2")
def test_a_limit_is_never_negative() -> None:
    with pytest.raises(ValueError, match="never negative"):
        WorkingCalendar().add(date(2026, 11, 24), -1, WORKING)


@pytest.mark.rule("R4.2")
def test_a_file_gives_the_next_year(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text('year = 2027\nsource = "测试"\nholidays = [2027-01-01]\nworkdays = [2027-01-03]\n', "utf-8")
    calendar = WorkingCalendar(load_years(tmp_path))
    assert calendar.add(date(2026, 12, 31), 2, WORKING) == date(2027, 1, 4)


@pytest.mark.rule("R4.2")
def test_a_file_corrects_a_year_that_is_known() -> None:
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
@pytest.mark.rule("R4.2")
def test_a_calendar_file_that_cannot_be_used_is_refused_by_name(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "2027.toml").write_text(text, "utf-8")
    with pytest.raises(CalendarFileError, match=named):
        load_years(tmp_path)
