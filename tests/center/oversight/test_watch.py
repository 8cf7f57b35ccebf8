"""What the center finds by itself (R9), and the routine it is found in: once, however often, from however many sides."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from center.casework.events import EventKind
from center.center import Center
from center.config import Mode
from center.domain.accountability import CAUSES, EventCause
from center.domain.application import ApplicationState
from center.domain.roles import Role
from center.oversight.heartbeat import Heartbeat
from center.oversight.lease import done_on, lease
from center.oversight.watch import DUTIES, Duty, raise_findings, tick
from center.store.tables import Absence, AccountabilityEvent, Case, DutyPost, JournalEntry
from tests.center.oversight.records import at, case, causes, complaint
from tests.center.place import MORNING, MovableClock, make_center
from tests.center.staffing import member

TODAY = MORNING.date()
MONDAY, FRIDAY = TODAY - timedelta(days=1), TODAY - timedelta(days=4)
S = ApplicationState


def accepted(due: date, **columns: Any) -> dict[str, Any]:
    return {"filed": at(FRIDAY), "accepted_on": FRIDAY - timedelta(days=7), "due_on": due} | columns


def raised(center: Center) -> AccountabilityEvent:
    raise_findings(center)
    with center.database.reading() as session:
        return session.scalars(select(AccountabilityEvent)).one()


@pytest.mark.rule("R4.1", "R9")
def test_a_case_past_its_due_day_is_raised_with_case_rule_person_and_time(center_on: Center) -> None:
    wang = member(center_on, Role.WINDOW_STAFF, name="王敏")
    case_id = case(center_on, S.ACCEPTED, case_number="202611200001", first_responsible=wang.id, window=wang.window, **accepted(MONDAY))
    event = raised(center_on)
    assert (event.cause, event.subject_id, event.number) == (EventCause.OVERDUE, case_id, "202611200001")
    assert CAUSES[EventCause.OVERDUE].rule == "R4.1"
    assert (event.responsible_id, event.responsible, event.window) == (wang.id, "综合窗口1号 王敏", "综合窗口1号")
    assert event.at == at(TODAY, 0)
    assert event.raised_by is None


@pytest.mark.rule("R4.1", "R9")
def test_a_case_due_today_or_later_or_on_no_known_day_raises_nothing(center_on: Center) -> None:
    for due in (TODAY, TODAY + timedelta(days=3), None):
        case(center_on, S.WITH_DEPARTMENT, **accepted(due))  # type: ignore[arg-type]
    assert raise_findings(center_on) == 0


@pytest.mark.rule("R4.1", "R9")
def test_a_case_that_was_completed_late_while_nobody_watched_is_still_found(center_on: Center) -> None:
    case(center_on, S.NOTIFIED, completed_on=TODAY, notified_on=TODAY, notify_due_on=TODAY, **accepted(MONDAY))
    case(center_on, S.NOTIFIED, completed_on=MONDAY, notified_on=MONDAY, notify_due_on=TODAY, **accepted(MONDAY))
    assert raise_findings(center_on) == 1
    assert causes(center_on) == ["overdue"]


@pytest.mark.rule("R4.1")
@pytest.mark.parametrize(
    ("decided_on", "expected"), [(None, ["not_on_the_spot"]), (TODAY, ["not_on_the_spot"]), (MONDAY, [])], ids=["open", "late", "in time"]
)
def test_what_should_be_done_on_the_spot_and_was_not_is_one_event_and_not_overdue_too(
    center_on: Center, decided_on: date | None, expected: list[str]
) -> None:
    state, completed = (S.ACCEPTED, None) if decided_on is None else (S.NOTIFIED, decided_on)
    case(
        center_on,
        state,
        accepted_on=MONDAY,
        due_on=MONDAY,
        decided_on=decided_on,
        completed_on=completed,
        notified_on=decided_on,
        course=[(EventKind.ACCEPTED, at(MONDAY))],
    )
    raise_findings(center_on)
    assert causes(center_on) == expected


@pytest.mark.rule("R4.1")
def test_the_day_on_the_spot_counts_from_registration_and_not_from_an_earlier_acceptance_day(center_on: Center) -> None:
    # supplied on Friday night at the terminal, registered today: today is on the spot
    case(center_on, S.ACCEPTED, accepted_on=FRIDAY, due_on=FRIDAY, course=[(EventKind.ACCEPTED, MORNING)])
    assert raise_findings(center_on) == 0


@pytest.mark.rule("R5.2", "R3.2", "R9")
def test_a_late_handover_is_raised_whether_it_was_made_late_or_not_at_all(center_on: Center) -> None:
    case(center_on, S.ACCEPTED, handover_due_on=MONDAY, **accepted(TODAY))
    case(center_on, S.WITH_DEPARTMENT, handover_due_on=MONDAY, handed_over_on=TODAY, **accepted(TODAY))
    case(center_on, S.WITH_DEPARTMENT, handover_due_on=MONDAY, handed_over_on=MONDAY, **accepted(TODAY))
    case(center_on, S.ACCEPTED, handover_due_on=TODAY, **accepted(TODAY))
    raise_findings(center_on)
    assert causes(center_on) == ["late_handover", "late_handover"]


@pytest.mark.rule("R4.4", "R9")
def test_a_citizen_not_told_by_the_working_day_after_completion_is_raised(center_on: Center) -> None:
    case(center_on, S.VOUCHER_ISSUED, completed_on=FRIDAY, notify_due_on=MONDAY, **accepted(TODAY))
    case(center_on, S.VOUCHER_ISSUED, completed_on=MONDAY, notify_due_on=TODAY, **accepted(TODAY))
    raise_findings(center_on)
    assert causes(center_on) == ["late_notification"]


@pytest.mark.rule("R9", "R3.1")
def test_a_filing_that_nobody_opened_for_a_working_day_is_the_windows_lead_to_answer_for(center_on: Center) -> None:
    lead = member(center_on, Role.WINDOW_LEAD, name="赵亮")
    member(center_on, Role.CENTER_HEAD, name="周红", window="")
    case(center_on, S.FILED, filed=at(FRIDAY, 9), open_due_on=MONDAY)
    assert raised(center_on).responsible_id == lead.id


@pytest.mark.rule("R9")
def test_a_filing_opened_late_is_raised_and_one_opened_in_time_is_not(center_on: Center) -> None:
    late, early = member(center_on, Role.WINDOW_STAFF), member(center_on, Role.WINDOW_STAFF)
    case(center_on, S.FILED, filed=at(FRIDAY), open_due_on=MONDAY, opened_at=MORNING, first_responsible=late.id)
    case(center_on, S.FILED, filed=at(FRIDAY), open_due_on=MONDAY, opened_at=at(MONDAY, 16, 59), first_responsible=early.id)
    event = raised(center_on)
    assert event.cause == EventCause.UNOPENED
    # whoever opens it at last is not the one who left it lying
    assert event.responsible_id != late.id


@pytest.mark.rule("R4.6", "R9")
@pytest.mark.parametrize(
    ("state", "course", "late"),
    [
        (S.FILED, [], True),
        (S.ACCEPTED, [(EventKind.ACCEPTED, MORNING)], True),
        (S.RETURNED, [(EventKind.RETURNED, at(MONDAY))], False),
        (S.FILED, [(EventKind.RETURNED, at(FRIDAY)), (EventKind.SUPPLEMENTED, at(FRIDAY, 18))], True),
        (S.ACCEPTED, [(EventKind.RETURNED, at(FRIDAY)), (EventKind.SUPPLEMENTED, at(FRIDAY, 18)), (EventKind.ACCEPTED, at(MONDAY))], False),
    ],
    ids=["silent", "accepted late", "told in time", "supplied and silent", "supplied and accepted in time"],
)
def test_nothing_said_within_five_working_days_is_raised(
    center_on: Center, state: ApplicationState, course: list[tuple[EventKind, Any]], late: bool
) -> None:
    case(center_on, state, filed=at(FRIDAY - timedelta(days=7)), tell_due_on=MONDAY, course=course)
    assert raise_findings(center_on) == (1 if late else 0)


@pytest.mark.rule("R2.5", "R9")
@pytest.mark.parametrize(
    ("state", "returns", "course", "expected"),
    [
        (S.RETURNED, 2, [EventKind.RETURNED, EventKind.SUPPLEMENTED, EventKind.RETURNED], 0),
        (S.FILED, 2, [EventKind.RETURNED, EventKind.SUPPLEMENTED, EventKind.RETURNED, EventKind.SUPPLEMENTED], 1),
        (S.ACCEPTED, 2, [EventKind.RETURNED, EventKind.SUPPLEMENTED, EventKind.RETURNED, EventKind.ACCEPTED], 1),
        (S.FILED, 2, [], 1),
        (S.RETURNED, 3, [EventKind.RETURNED], 1),
        (S.FILED, 1, [EventKind.RETURNED, EventKind.SUPPLEMENTED], 0),
    ],
    ids=["returned twice", "filed a third time", "brought to the window", "a new filing", "returned a third time", "filed a second time"],
)
def test_the_third_application_is_raised_and_the_second_return_is_not(
    center_on: Center, state: ApplicationState, returns: int, course: list[EventKind], expected: int
) -> None:
    case(center_on, state, filed=at(FRIDAY), returns=returns, course=[(kind, at(MONDAY, 9 + n)) for n, kind in enumerate(course)])
    raise_findings(center_on)
    assert causes(center_on) == ["third_return"] * expected


@pytest.mark.rule("R2.5", "R3.1")
def test_whoever_returned_the_earlier_filing_answers_for_the_third(center_on: Center) -> None:
    wang = member(center_on, Role.WINDOW_STAFF, name="王敏")
    case(
        center_on,
        S.WITHDRAWN,
        filed=at(FRIDAY),
        returns=2,
        first_responsible=wang.id,
        ended_on=FRIDAY,
        course=[(EventKind.RETURNED, at(FRIDAY))],
    )
    case(center_on, S.FILED, filed=at(MONDAY), returns=2)
    assert raised(center_on).responsible_id == wang.id


@pytest.mark.rule("R2.5")
def test_a_fourth_application_is_an_event_of_its_own(center_on: Center, clock: MovableClock) -> None:
    case_id = case(center_on, S.FILED, returns=2)
    raise_findings(center_on)
    with center_on.database.writing() as session:
        session.get_one(Case, case_id).returns = 3
    raise_findings(center_on)
    assert causes(center_on) == ["third_return", "third_return"]


@pytest.mark.rule("R6.2", "R6.6", "R6.7", "R9")
@pytest.mark.parametrize(
    ("state", "columns", "late"),
    [
        ("received", {"acceptance_due_on": MONDAY}, True),
        ("received", {"acceptance_due_on": TODAY}, False),
        ("to_supplement", {"acceptance_due_on": MONDAY}, False),
        ("accepted", {"acceptance_due_on": MONDAY, "accepted_on": TODAY}, True),
        ("direct", {"handling_due_on": MONDAY}, True),
        # told by telephone is not done: only the written result ends it
        ("measured", {"handling_due_on": MONDAY}, True),
        ("result_written", {"handling_due_on": MONDAY, "written_on": MONDAY}, False),
        ("result_written", {"handling_due_on": MONDAY, "written_on": TODAY}, True),
    ],
)
def test_a_complaint_past_its_limit_is_raised_and_names_no_window(
    center_on: Center, state: str, columns: dict[str, Any], late: bool
) -> None:
    officer = member(center_on, Role.COMPLAINT_OFFICER, name="孙丽", window="")
    complaint(center_on, state, at(FRIDAY), officer_id=officer.id, **columns)
    assert raise_findings(center_on) == (1 if late else 0)
    if late:
        event = raised(center_on)
        assert (event.cause, event.responsible_id, event.window) == (EventCause.COMPLAINT_LATE, officer.id, "")


@pytest.fixture
def production(tmp_path: Path, clock: MovableClock) -> Iterator[Center]:
    made = make_center(tmp_path / "production", clock, mode=Mode.PRODUCTION)
    yield made
    made.database.close()


@pytest.mark.rule("R9", "R1.2")
def test_a_listed_item_without_a_published_guide_is_raised_in_production_alone(production: Center, center: Center) -> None:
    assert raise_findings(center) == 0
    raise_findings(production)
    assert set(causes(production)) == {"guide_missing"}


@pytest.mark.rule("R9", "R3.3")
def test_a_post_whose_a_and_b_are_both_away_is_raised_on_a_working_day_once_the_windows_open(
    center_on: Center, clock: MovableClock
) -> None:
    a, b = member(center_on, Role.WINDOW_STAFF, name="甲"), member(center_on, Role.WINDOW_STAFF, name="乙")
    with center_on.database.writing() as session:
        session.add(DutyPost(township_id=center_on.township_id, name="综合受理", window="综合窗口1号", a_id=a.id, b_id=b.id))
        session.add(_away(center_on, a.id, FRIDAY, TODAY))
    assert raise_findings(center_on) == 0
    with center_on.database.writing() as session:
        session.add(_away(center_on, b.id, FRIDAY - timedelta(days=7), TODAY))
    # before the windows open there is time to send somebody; at the weekend nobody is expected
    for moment in (at(TODAY, 7), at(TODAY - timedelta(days=2), 10)):
        clock.at = moment
        assert raise_findings(center_on) == 0
    for _ in range(2):
        clock.at = MORNING
        raise_findings(center_on)
    assert causes(center_on) == ["window_unattended"]


def _away(center: Center, staff_id: UUID, first: date, last: date) -> Absence:
    return Absence(
        township_id=center.township_id, staff_id=staff_id, from_on=first, to_on=last, note=None, entered_at=MORNING, entered_by=staff_id
    )


@pytest.mark.rule("R9")
def test_ticking_again_and_again_raises_nothing_again(center_on: Center, clock: MovableClock) -> None:
    case(center_on, S.ACCEPTED, handover_due_on=MONDAY, **accepted(MONDAY))
    assert raise_findings(center_on) == 2
    for days in range(3):
        clock.at = MORNING + timedelta(days=days)
        assert raise_findings(center_on) == 0
    with center_on.database.reading() as session:
        assert session.scalars(select(JournalEntry.act)).all() == ["accountability.raise"] * 2


@pytest.mark.rule("R9")
def test_workers_that_find_the_same_at_once_raise_it_once(center_on: Center) -> None:
    for _ in range(5):
        case(center_on, S.ACCEPTED, **accepted(MONDAY))
    raised_by = []
    gate = threading.Barrier(4)

    def work() -> None:
        gate.wait()
        raised_by.append(raise_findings(center_on))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(raised_by) == 5
    assert causes(center_on) == ["overdue"] * 5


# ------------------------------------------------------------------ the routine


def test_one_worker_at_a_time_has_the_lease(center_on: Center) -> None:
    with lease(center_on, "tick") as first, lease(center_on, "tick") as second:
        assert (first, second) == (True, False)
        ran: list[str] = []
        tick(center_on, [Duty("probe", lambda _: ran.append("x"))])
        assert ran == []
    tick(center_on, [Duty("probe", lambda _: ran.append("x"))])
    assert ran == ["x"]


def test_a_duty_that_fails_stops_no_other_and_is_tried_again(center_on: Center, clock: MovableClock) -> None:
    ran: list[str] = []

    def broken(_center: Center) -> None:
        ran.append("broken")
        raise RuntimeError("out of order")

    duties = [
        Duty("broken", broken, daily=True),
        Duty("daily", lambda _: ran.append("daily"), daily=True),
        Duty("each", lambda _: ran.append("each")),
    ]
    assert tick(center_on, duties) == ("broken",)
    assert tick(center_on, duties) == ("broken",)
    assert ran == ["broken", "daily", "each", "broken", "each"]
    assert (done_on(center_on, "broken"), done_on(center_on, "daily")) == (None, TODAY)
    clock.at += timedelta(days=1)
    tick(center_on, duties)
    assert ran[5:] == ["broken", "daily", "each"]


def test_every_duty_of_the_center_runs_on_each_engine_and_the_findings_are_one_of_them(center_on: Center) -> None:
    case(center_on, S.ACCEPTED, **accepted(MONDAY))
    assert len(DUTIES) > 1
    assert tick(center_on) == ()
    assert causes(center_on) == ["overdue"]


def test_the_heartbeat_lives_on_when_a_round_fails_and_stops_when_told(center: Center) -> None:
    case(center, S.ACCEPTED, **accepted(MONDAY))
    center.database.engine.dispose()
    beat = Heartbeat(center, every=0.02)
    # the database cannot be read at first
    path = center.database.directory
    assert path is not None
    hidden = path / "center.db"
    hidden.rename(path / "away.db")
    beat.start()
    time.sleep(0.2)
    assert beat.alive
    for leftover in path.glob("center.db*"):
        leftover.unlink()
    center.database.engine.dispose()
    (path / "away.db").rename(hidden)
    for _ in range(250):
        if causes(center) == ["overdue"]:
            break
        time.sleep(0.02)
    beat.stop()
    assert not beat.alive
    assert causes(center) == ["overdue"]
