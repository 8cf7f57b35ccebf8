"""Self-service at night gets the same service as the window by day (R8.2)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from center.casework.handling import accept, open_case
from center.casework.queue import QueueName, queue
from center.center import Center
from tests.center.course.scene import LOGGING, scene
from tests.center.place import MovableClock, Terminal


@pytest.mark.rule("R8.2")
def test_who_files_at_night_gets_the_same_limit_and_the_same_papers_and_waits_behind_nobody(
    center: Center, clock: MovableClock, terminal: Terminal
) -> None:
    here = scene(center, clock, terminal)
    morning = clock.at
    # given the same application at 23:30 and, by somebody else, at half past nine the next morning
    clock.at = morning.replace(hour=23, minute=30)
    at_night = here.file(LOGGING)
    clock.at = morning + timedelta(days=1)
    by_day = here.file(LOGGING)
    # when the window looks at its list; then the night's stands first
    assert [row.id for row in queue(center, here.window, QueueName.INTAKE, 1).rows] == [at_night, by_day]
    # when both are accepted; then both have the same days and the same papers
    for case_id in (at_night, by_day):
        open_case(center, here.window, case_id)
        accept(center, here.window, case_id, here.revision(case_id), ())
    night, day = here.row(at_night), here.row(by_day)
    assert (night.accepted_on, night.due_on, night.handover_due_on) == (day.accepted_on, day.due_on, day.handover_due_on)
    assert [paper.document.title for paper in here.papers(at_night)] == [paper.document.title for paper in here.papers(by_day)]
