"""From which day an application counts as accepted (R4.1), and when it does so without a word from the center (R4.6). Sums only."""

from __future__ import annotations

from datetime import date

from center.domain import deadlines
from center.domain.calendar import Unknown, WorkingCalendar


def acceptance_day(issued_on: date, supplied_on: date | None = None) -> date:
    """The acceptance day (R4.1): that of the notice; where materials were missing, the day on which the last of them was supplied.

    `supplied_on` None: nothing was missing. A citizen who supplies everything at night and is looked at on Monday loses no day.
    """
    return issued_on if supplied_on is None else min(issued_on, supplied_on)


def deemed_accepted(
    received_on: date, answered_on: date | None, today: date, administrative: bool, calendar: WorkingCalendar
) -> date | Unknown | None:
    """The day from which an unanswered application counts as accepted (R4.6), or None while it does not.

    `answered_on`: the day it was accepted, refused, or everything missing was told; None: nothing yet. Only a 行政许可 (`administrative`)
    counts as accepted by silence. Unknown: the limit's last day lies in a year whose arrangement is not known.
    """
    if not administrative:
        return None
    heard = answered_on or today
    last_day = deadlines.tell_due(received_on, calendar)
    if isinstance(last_day, Unknown):
        # So many days have not even passed by the ordinary calendar: whatever the arrangement says, the limit still runs.
        return None if (heard - received_on).days <= deadlines.TELL_DAYS else last_day
    return received_on if heard > last_day else None
