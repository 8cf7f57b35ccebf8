"""Booking a window and time (预约, R10): which times a day has, and which are free. No storage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from center.domain.calendar import WorkingCalendar


@dataclass(frozen=True)
class Hours:
    """When windows take bookings on a working day: from and to, the minutes of one slot, and how many people each slot and window takes."""

    spans: tuple[tuple[time, time], ...]
    minutes: int
    places: int

    def starts(self) -> tuple[time, ...]:
        """The beginning of every slot that ends within its span."""
        found: list[time] = []
        for begin, end in self.spans:
            at = begin.hour * 60 + begin.minute
            last = end.hour * 60 + end.minute - self.minutes
            while at <= last:
                found.append(time(at // 60, at % 60))
                at += self.minutes
        return tuple(found)


@dataclass(frozen=True)
class Slot:
    """One time at one window."""

    day: date
    window: str
    starts: time


def bookable_days(today: date, ahead: int, calendar: WorkingCalendar) -> tuple[date, ...]:
    """Working days from tomorrow on, as far as `ahead` days. A day whose year is not known cannot be promised, so it is none (R4.2)."""
    days = (today + timedelta(days=number) for number in range(1, ahead + 1))
    return tuple(day for day in days if calendar.is_working(day) is True)


def free(
    days: Iterable[date], windows: Iterable[str], hours: Hours, taken: Iterable[Slot], closed: Iterable[Slot]
) -> Iterator[tuple[Slot, int]]:
    """Every slot that has places left, and how many. `taken` has one entry for each booking."""
    used: dict[Slot, int] = {}
    for slot in taken:
        used[slot] = used.get(slot, 0) + 1
    shut = set(closed)
    named = tuple(windows)
    for day in days:
        for window in named:
            for starts in hours.starts():
                slot = Slot(day, window, starts)
                left = hours.places - used.get(slot, 0)
                if left > 0 and slot not in shut:
                    yield slot, left
