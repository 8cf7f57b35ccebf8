"""The month, played: everybody booked on the agenda, and let go on to its end."""

from __future__ import annotations

import random

from tests.center.month import applications, grievances, people, plan, routine
from tests.center.month.driver import Month


def play(month: Month) -> None:
    """Two hundred applications and forty complaints, with everything the house does beside them."""
    chance = random.Random(f"people {month.seed}")
    citizens = people.applicants(chance)
    for course in (
        routine.heartbeats(month),
        routine.checks(month),
        routine.duty(month),
        routine.sealing(month),
        routine.judging(month),
    ):
        month.book(month.clock.at, course)
    for coming in plan.applications(month.seed):
        month.book(coming.at, applications.course_of(month, coming, next(citizens)))
    complaining = people.complainants(chance)
    for each in plan.complaints(month.seed):
        month.book(each.at, grievances.course_of(month, each, next(complaining)))
    month.book(month.clock.at, routine.services(month, citizens))
    month.run(plan.END)
