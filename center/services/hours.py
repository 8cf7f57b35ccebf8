"""The hours of the configuration as times: when windows take bookings, and when somebody hears a call for help."""

from __future__ import annotations

from datetime import datetime, time

from center.center import Center
from center.domain.booking import Hours


def span(text: str) -> tuple[time, time]:
    """`09:00-11:30` as two times."""
    begin, end = (time.fromisoformat(part) for part in text.split("-"))
    return begin, end


def booking_hours(center: Center) -> Hours:
    """When windows take bookings."""
    services = center.config.services
    return Hours(tuple(span(text) for text in services.booking_spans), services.booking_minutes, services.booking_places)


def on_duty(center: Center, at: datetime) -> bool:
    """Whether somebody hears a call for help at this moment. A day whose year is not known counts as none: a promise is not guessed."""
    if center.calendar.is_working(at.date()) is not True:
        return False
    return any(begin <= at.time() < end for begin, end in map(span, center.config.services.on_duty))
