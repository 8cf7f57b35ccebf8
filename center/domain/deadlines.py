"""The ordinance's other clocks, each a sum over the working calendar: handover, telling, notifying. `application.due` has the due day."""

from __future__ import annotations

from datetime import date

from center.domain.calendar import LimitUnit, Unknown, WorkingCalendar

_WORKING = LimitUnit.WORKING_DAYS

#: R4.4: told on the completion day, at the latest the next working day.
NOTIFY_DAYS = 1
#: R4.6: what is missing is told on the spot or within so many working days, for 行政许可.
TELL_DAYS = 5
#: R9 [design]: a filing that nobody opened for a working day.
OPEN_DAYS = 1
#: R6.1, R6.2: evidence of a complaint by phone or letter; the decision to accept.
EVIDENCE_DAYS = 3
ACCEPTANCE_DAYS = 3
#: R6.7: to answer the written result and ask for a review.
ANSWER_DAYS = 15


def working_days_after(day: date, days: int, calendar: WorkingCalendar) -> date | Unknown:
    """The last day of a limit of `days` working days counted from the day after `day`."""
    return calendar.add(day, days, _WORKING)


def next_working_day(day: date, calendar: WorkingCalendar) -> date | Unknown:
    """The first working day after `day`."""
    return calendar.add(day, 1, _WORKING)


def handover_due(taken_in_on: date, accepted_on: date, special_circumstances: bool, calendar: WorkingCalendar) -> date | Unknown:
    """By when the papers go to the department (R5.2, R3.2): two clocks, the earlier binds, and never before acceptance.

    From 接件 on the same day, in recorded special circumstances the next working day [design: 次日 is a day somebody works];
    from acceptance within one working day.
    """
    from_taking_in: date | Unknown = next_working_day(taken_in_on, calendar) if special_circumstances else taken_in_on
    if isinstance(from_taking_in, date) and from_taking_in <= accepted_on:
        # The first clock ends no later than acceptance, so the second, which ends after it, does not matter, known or not.
        return accepted_on
    from_acceptance = next_working_day(accepted_on, calendar)
    if isinstance(from_taking_in, Unknown):
        return from_taking_in
    if isinstance(from_acceptance, Unknown):
        return from_acceptance
    return min(from_taking_in, from_acceptance)


def notify_due(completed_on: date, calendar: WorkingCalendar) -> date | Unknown:
    """By when the citizen is told (R4.4)."""
    return working_days_after(completed_on, NOTIFY_DAYS, calendar)


def tell_due(received_on: date, calendar: WorkingCalendar) -> date | Unknown:
    """By when everything missing is told, for 行政许可 (R4.6). After it the case counts as accepted from the day it was received."""
    return working_days_after(received_on, TELL_DAYS, calendar)


def open_due(received_on: date, calendar: WorkingCalendar) -> date | Unknown:
    """By when somebody has opened a filing (R9)."""
    return working_days_after(received_on, OPEN_DAYS, calendar)
