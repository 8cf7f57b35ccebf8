"""What oversight finds after the acts of the other rooms, done as terminals and staff do them: nothing is put into the records by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from center.casework.handling import accept, return_with_notice
from center.center import Center
from center.domain.accountability import EventCause
from center.domain.roles import Role
from center.oversight.watch import tick
from center.store.tables import AccountabilityEvent
from tests.center.intake.scene import Scene, make_scene
from tests.center.intake.test_answers import LINE
from tests.center.intake.test_own_cases import everything, returned, send
from tests.center.oversight.records import causes
from tests.center.place import MORNING, MovableClock, Terminal
from tests.center.staffing import member


@pytest.fixture
def scene(center_on: Center, clock: MovableClock, terminal_on: Terminal) -> Scene:
    """王敏 at window 1, and the head."""
    made = make_scene(center_on, clock, terminal_on)
    member(center_on, Role.CENTER_HEAD, name="周红", window="")
    return made


def event(center: Center, cause: EventCause) -> AccountabilityEvent:
    with center.database.reading() as session:
        return session.scalars(select(AccountabilityEvent).where(AccountabilityEvent.cause == cause)).one()


@pytest.mark.rule("R2.5")
def test_the_citizen_who_comes_a_third_time_is_an_event_and_the_second_time_is_none(scene: Scene) -> None:
    center = scene.center
    for hour in range(2):
        case_id = scene.opened(scene.file(MORNING + timedelta(hours=hour)))
        tick(center)
        return_with_notice(center, scene.wang, case_id, scene.revision(case_id), [LINE])
    tick(center)
    assert "third_return" not in causes(center)
    third = scene.file(MORNING + timedelta(hours=2))
    for _ in range(2):
        tick(center)
    found = event(center, EventCause.THIRD_RETURN)
    # whoever returned it before answers for it, though nobody has opened the new one
    assert (found.subject_id, found.responsible) == (third, "综合窗口1号 王敏")


@pytest.mark.rule("R2.5")
def test_supplying_an_old_filing_after_another_was_returned_too_is_the_third_time(scene: Scene) -> None:
    center = scene.center
    first = returned(scene)
    second = scene.opened(scene.file(MORNING + timedelta(hours=1)))
    return_with_notice(center, scene.wang, second, scene.revision(second), [LINE])
    tick(center)
    assert "third_return" not in causes(center)
    assert send(scene, first, "supplements", **everything(scene)).ok
    tick(center)
    assert event(center, EventCause.THIRD_RETURN).subject_id == first


@pytest.mark.rule("R4.6", "R9")
def test_a_license_that_nobody_answers_is_accepted_by_silence_and_found_late_and_unopened(scene: Scene) -> None:
    case_id = scene.file_license()
    for days in range(8):
        scene.clock.at = MORNING + timedelta(days=days)
        assert tick(scene.center) == ()
        assert ("unopened" in causes(scene.center)) is (days > 1)
        assert "late_telling" not in causes(scene.center)
    scene.clock.at = MORNING + timedelta(days=8)
    assert tick(scene.center) == ()
    assert scene.row(case_id).state == "accepted"
    assert causes(scene.center)[:1] == ["late_telling"] and "unopened" in causes(scene.center)


@pytest.mark.rule("R4.1", "R9")
def test_an_accepted_case_is_overdue_the_day_after_its_due_day_and_not_before(scene: Scene) -> None:
    case_id = scene.opened(scene.file())
    accept(scene.center, scene.wang, case_id, scene.revision(case_id), ())
    due = scene.row(case_id).due_on
    assert due is not None
    scene.clock.at = MORNING.replace(month=due.month, day=due.day, hour=23, minute=59)
    tick(scene.center)
    assert "overdue" not in causes(scene.center)
    scene.clock.at += timedelta(minutes=1)
    tick(scene.center)
    found = event(scene.center, EventCause.OVERDUE)
    assert (found.subject_id, found.responsible_id, found.at) == (case_id, scene.wang.id, scene.clock.at)
