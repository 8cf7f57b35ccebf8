"""The clocks that start when an application comes in: opened within a working day (R9), for 行政许可 told within five (R4.6), what may follow there."""

from __future__ import annotations

from datetime import date

from center.center import Center
from center.domain.calendar import Unknown
from center.domain.deadlines import open_due, tell_due, working_days_after
from kiosk.wire.items import Material, ServiceItem

#: `task_type` of 行政许可.
ADMINISTRATIVE_LICENSE = "01"


def open_due_on(center: Center, received_on: date) -> date | None:
    """By when somebody has opened it (R9). None: the year's arrangement is not known, and no day is guessed."""
    day = open_due(received_on, center.calendar)
    return None if isinstance(day, Unknown) else day


def follow_due_on(center: Center, material: Material, filed_on: date) -> date | None:
    """By when a paper that may follow has to be there (容缺). None: no source gives a limit, or the year's arrangement is not known."""
    day = working_days_after(filed_on, material.follow_days, center.calendar) if material.follow_days else None
    return None if isinstance(day, Unknown) else day


def tell_due_on(center: Center, item: ServiceItem, received_on: date) -> date | None:
    """By when everything missing is told (R4.6). None: no 行政许可, or the year's arrangement is not known."""
    if item.task_type != ADMINISTRATIVE_LICENSE:
        return None
    day = tell_due(received_on, center.calendar)
    return None if isinstance(day, Unknown) else day
