"""Which days are working days (R4.2), and how a limit is counted over them; says so where it does not know, and never guesses."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import chinese_calendar

_SATURDAY = 5


class LimitUnit(StrEnum):
    """The unit an item states its limit in (R4.2)."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


@dataclass(frozen=True)
class Unknown:
    """A day that cannot be named yet, because the arrangement of `year` is not known: 待定, and an alert to staff."""

    year: int


class CalendarFault(StrEnum):
    """What is wrong with a calendar file."""

    UNREADABLE = "unreadable"
    KEY = "key"
    YEAR = "year"
    SOURCE = "source"
    TWICE = "twice"
    HOLIDAYS = "holidays"
    WORKDAYS = "workdays"
    NO_HOLIDAY = "no_holiday"
    BOTH = "both"


class CalendarFileError(ValueError):
    """A calendar file cannot be used; the text says which file, what is wrong and how to mend it, `fault` says it to programs."""

    def __init__(self, fault: CalendarFault, text: str) -> None:
        super().__init__(text)
        self.fault = fault


@dataclass(frozen=True)
class YearArrangement:
    """What the State Council published for one year: `holidays` on which nobody works, `workdays` on weekends that make up for them."""

    year: int
    holidays: frozenset[date]
    workdays: frozenset[date]
    source: str = ""

    def is_working(self, day: date) -> bool:
        """Whether `day` of this year is a working day."""
        if day in self.workdays:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays


class _Years(Protocol):
    def is_working(self, day: date) -> bool | Unknown: ...


class _PublishedYears:
    """The years that the library chinesecalendar knows: 2004 up to the last published when it was made."""

    def is_working(self, day: date) -> bool | Unknown:
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return Unknown(day.year)


class WorkingCalendar:
    """Working days. A year from a file wins over the library: a file is what the administrator was given last."""

    def __init__(self, years: Iterable[YearArrangement] = ()) -> None:
        self._years: Mapping[int, YearArrangement] = {year.year: year for year in years}
        self._published: _Years = _PublishedYears()

    @property
    def years(self) -> Mapping[int, YearArrangement]:
        """The years that were given, beside those of the library."""
        return self._years

    def is_working(self, day: date) -> bool | Unknown:
        """Whether `day` is a working day, or Unknown if its year is not known."""
        arrangement = self.years.get(day.year)
        return arrangement.is_working(day) if arrangement else self._published.is_working(day)

    def add(self, start: date, days: int, unit: LimitUnit) -> date | Unknown:
        """The last day of a limit of `days` counted from the day after `start` (R4.2). 0 days is `start` itself. Raises ValueError if `days` < 0."""
        if days < 0:
            raise ValueError("a limit is never negative")
        if unit is LimitUnit.CALENDAR_DAYS:
            return start + timedelta(days=days)
        day = start
        left = days
        while left:
            day += timedelta(days=1)
            working = self.is_working(day)
            if isinstance(working, Unknown):
                return working
            left -= working
        return day


def _days(where: str, raw: Mapping[str, object], key: str, year: int) -> frozenset[date]:
    value = raw.get(key)
    # TOML has dates of its own; a text is a slip that would otherwise be compared in vain.
    if not isinstance(value, list) or not all(type(day) is date and day.year == year for day in value):
        raise CalendarFileError(
            CalendarFault(key), f"{where}: {key} is a list of days of {year}, such as [{year}-01-01]; correct the list."
        )
    return frozenset(value)


def read_year(text: str, where: str) -> YearArrangement:
    """One year from a file's text; `where` is what a fault calls it. Raises CalendarFileError with one sentence that names file and key."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CalendarFileError(CalendarFault.UNREADABLE, f"{where} cannot be read: {error}. Mend that file.") from None
    unknown = set(raw) - {"year", "source", "holidays", "workdays"}
    if unknown:
        raise CalendarFileError(
            CalendarFault.KEY, f"{where}: the key {sorted(unknown)[0]} is not known; check its spelling or delete the line."
        )
    year, source = raw.get("year"), raw.get("source")
    if type(year) is not int:
        raise CalendarFileError(CalendarFault.YEAR, f"{where}: year is missing or not a number; add a line such as year = 2027.")
    if not isinstance(source, str) or not source.strip():
        raise CalendarFileError(
            CalendarFault.SOURCE, f"{where}: source is missing; name the notice of the State Council that the days are from."
        )
    holidays, workdays = _days(where, raw, "holidays", year), _days(where, raw, "workdays", year)
    if not holidays:
        raise CalendarFileError(
            CalendarFault.NO_HOLIDAY, f"{where}: holidays is empty, and no year is without; copy the days from the notice."
        )
    if holidays & workdays:
        raise CalendarFileError(CalendarFault.BOTH, f"{where}: {min(holidays & workdays)} is in both lists; keep it in one.")
    return YearArrangement(year, holidays, workdays, source)


def load_years(directory: Path) -> tuple[YearArrangement, ...]:
    """Every year in `directory/*.toml`. Raises CalendarFileError with one sentence that names file and key."""
    years: dict[int, YearArrangement] = {}
    for path in sorted(directory.glob("*.toml")):
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CalendarFileError(CalendarFault.UNREADABLE, f"{path} cannot be read: {error}. Mend that file.") from None
        found = read_year(text, str(path))
        if found.year in years:
            raise CalendarFileError(CalendarFault.TWICE, f"{path}: another file already gives {found.year}; keep one of them.")
        years[found.year] = found
    return tuple(years.values())


def published_years() -> range:
    """The years that the library knows."""
    days = chinese_calendar.constants.holidays
    return range(min(days).year, max(days).year + 1)
