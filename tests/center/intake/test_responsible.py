"""Whose a case is: the lists of mine and of a window, a stand-in while A is away (R3.3), and a lead who gives it to another."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from center.casework.queue import QueueName, queue
from center.casework.responsible import reassign
from center.center import Refusal
from center.domain.roles import Role
from center.members import Member
from center.people.posts import add_post, enter_absence
from center.store.tables import Case
from tests.center.intake.scene import Scene, at_once, attempt
from tests.center.place import MORNING, NAME
from tests.center.staffing import member

WHY = "王敏参加培训，本周由赵磊经办"


@pytest.fixture
def zhao(scene: Scene) -> Member:
    """B at window 1."""
    return member(scene.center, Role.WINDOW_STAFF, name="赵磊")


def listed(scene: Scene, who: Member, name: QueueName, window: str = "") -> list[UUID]:
    return [row.id for row in queue(scene.center, who, name, 1, window).rows]


@pytest.mark.rule("R3.1")
def test_a_case_stays_in_the_list_of_who_received_it(scene: Scene, zhao: Member) -> None:
    case_id = scene.opened(scene.file())
    assert listed(scene, scene.wang, QueueName.MINE) == [case_id]
    assert listed(scene, zhao, QueueName.MINE) == []


@pytest.mark.rule("R3.3")
def test_while_A_is_away_B_has_the_work_and_only_so_long(scene: Scene, zhao: Member) -> None:
    case_id = scene.opened(scene.file())
    head = member(scene.center, Role.CENTER_HEAD, name="周强", window="")
    with scene.center.database.writing() as session:
        add_post(scene.center, head, session, "综合窗口1号", "综合窗口1号", scene.wang.id, zhao.id)
        enter_absence(scene.center, head, session, scene.wang.id, MORNING.date(), MORNING.date() + timedelta(days=1), "培训")
    (row,) = queue(scene.center, zhao, QueueName.MINE, 1).rows
    assert (row.id, row.stood_in) == (case_id, True)
    # when A is back; then it is A's alone
    scene.clock.at = MORNING + timedelta(days=2)
    assert listed(scene, zhao, QueueName.MINE) == []
    assert listed(scene, scene.wang, QueueName.MINE) == [case_id]


@pytest.mark.rule("R3.3")
def test_the_lead_gives_a_case_to_another_with_a_reason_that_is_kept(scene_on: Scene) -> None:
    zhao = member(scene_on.center, Role.WINDOW_STAFF, name="赵磊", window="综合窗口2号")
    lead = member(scene_on.center, Role.WINDOW_LEAD, name="孙丽")
    case_id = scene_on.opened(scene_on.file())
    reassign(scene_on.center, lead, case_id, scene_on.revision(case_id), zhao.id, WHY)
    row = scene_on.row(case_id)
    assert (row.first_responsible, row.window, row.state) == (zhao.id, "综合窗口2号", "filed")
    assert scene_on.last_detail(case_id)["note"] == f"改由综合窗口2号 赵磊经办：{WHY}"
    act, written = scene_on.journal()[-1]
    assert act == "case.reassigned"
    assert WHY not in written


def test_two_who_give_it_away_at_once_are_one(scene_on: Scene) -> None:
    others = [member(scene_on.center, Role.WINDOW_STAFF, name=name) for name in ("赵磊", "李静")]
    head = member(scene_on.center, Role.CENTER_HEAD, name="周强", window="")
    case_id = scene_on.opened(scene_on.file())
    revision = scene_on.revision(case_id)
    results = at_once(*[lambda to=other.id: reassign(scene_on.center, head, case_id, revision, to, WHY) for other in others])
    assert results == ["case_changed", "done"]


def test_who_may_not_give_it_away_and_what_is_missing_is_told(scene: Scene, zhao: Member) -> None:
    case_id = scene.opened(scene.file())
    revision = scene.revision(case_id)
    elsewhere = member(scene.center, Role.WINDOW_LEAD, name="孙丽", window="综合窗口2号")
    head = member(scene.center, Role.CENTER_HEAD, name="周强", window="")
    for who in (scene.wang, zhao, elsewhere):
        assert attempt(lambda who=who: reassign(scene.center, who, case_id, revision, zhao.id, WHY)) == "not_allowed"
    with pytest.raises(Refusal) as refused:
        reassign(scene.center, head, case_id, revision, scene.wang.id, "")
    assert set(refused.value.fields) == {"to", "reason"}
    # somebody who handles no cases, or nobody
    for to in (head.id, UUID(int=0), None):
        assert attempt(lambda to=to: reassign(scene.center, head, case_id, revision, to, WHY)) == "reassign_incomplete"
    assert scene.row(case_id).first_responsible == scene.wang.id


def test_the_lead_sees_the_window_s_cases_and_the_head_chooses(scene: Scene) -> None:
    other = member(scene.center, Role.WINDOW_STAFF, name="赵磊", window="综合窗口2号")
    lead = member(scene.center, Role.WINDOW_LEAD, name="孙丽", window="综合窗口2号")
    head = member(scene.center, Role.CENTER_HEAD, name="周强", window="")
    here, there = scene.opened(scene.file()), scene.opened(scene.file(), by=other)
    assert listed(scene, lead, QueueName.WINDOW) == [there]
    assert set(listed(scene, head, QueueName.WINDOW)) == {here, there}
    assert listed(scene, head, QueueName.WINDOW, "综合窗口1号") == [here]
    assert listed(scene, head, QueueName.WINDOW, "没有这个窗口") == listed(scene, head, QueueName.WINDOW)


def test_a_list_masks_names_and_puts_what_is_due_first(scene: Scene) -> None:
    late, soon = scene.opened(scene.file()), scene.opened(scene.file())
    with scene.center.database.writing() as session:
        for case_id, due in ((late, date(2026, 12, 9)), (soon, date(2026, 11, 20))):
            case = session.get_one(Case, case_id)
            case.state, case.accepted_on, case.due_on = "with_department", MORNING.date(), due
    rows = queue(scene.center, scene.wang, QueueName.DUE, 1).rows
    assert [(row.id, row.days_left) for row in rows] == [(soon, -4), (late, 15)]
    assert NAME not in str(rows)
    counts = queue(scene.center, scene.wang, QueueName.DUE, 1).counts
    assert (counts.in_hand, counts.overdue) == (2, 1)
