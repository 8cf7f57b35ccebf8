"""行政许可 that nobody answered in time (R4.6), on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from center.casework.handling import accept, return_with_notice
from center.casework.silence import deem_accepted
from center.domain.paper import PaperKind
from center.oversight.watch import DUTIES
from tests.center.intake.scene import Scene, at_once, words
from tests.center.intake.test_answers import LINE
from tests.center.place import MORNING

#: Five working days after Tuesday, 24 November are Tuesday, 1 December.
LAST_DAY = MORNING + timedelta(days=7)
TOO_LATE = LAST_DAY + timedelta(days=1)


@pytest.mark.rule("R4.6")
def test_without_word_in_five_working_days_it_counts_as_accepted_from_the_day_it_was_received(scene_on: Scene) -> None:
    case_id = scene_on.file_license(missing=True)
    scene_on.clock.at = LAST_DAY
    assert deem_accepted(scene_on.center) == 0
    scene_on.clock.at = TOO_LATE
    assert deem_accepted(scene_on.center) == 1
    row = scene_on.row(case_id)
    assert (row.state, row.accepted_on, row.due_on) == ("accepted", MORNING.date(), date(2026, 12, 8))
    assert {paper.kind for paper in scene_on.papers(case_id)} == {PaperKind.ACCEPTANCE_NOTICE, PaperKind.PROMISE_NOTICE}
    notice = next(paper for paper in scene_on.papers(case_id) if paper.kind is PaperKind.ACCEPTANCE_NOTICE)
    assert "自收到申请材料之日起即为受理" in words(notice)
    # doing it again adds nothing
    assert deem_accepted(scene_on.center) == 0
    assert scene_on.kinds(case_id) == ["filed", "accepted"]


@pytest.mark.rule("R4.6")
def test_a_word_in_time_and_an_item_that_is_no_license_are_not_accepted_by_silence(scene: Scene) -> None:
    told = scene.opened(scene.file_license())
    return_with_notice(scene.center, scene.wang, told, scene.revision(told), [LINE])
    plain = scene.file()
    scene.clock.at = TOO_LATE
    assert deem_accepted(scene.center) == 0
    assert (scene.row(told).state, scene.row(plain).state) == ("returned", "filed")


@pytest.mark.rule("R4.6")
def test_the_center_does_it_by_itself(scene: Scene) -> None:
    assert deem_accepted in [duty.act for duty in DUTIES]


def test_silence_and_a_colleague_in_the_same_moment_are_one_acceptance(scene_on: Scene) -> None:
    case_id = scene_on.opened(scene_on.file_license())
    scene_on.clock.at = TOO_LATE
    revision = scene_on.revision(case_id)
    at_once(
        lambda: accept(scene_on.center, scene_on.wang, case_id, revision, ()),
        lambda: deem_accepted(scene_on.center),
        lambda: deem_accepted(scene_on.center),
    )
    assert scene_on.kinds(case_id) == ["filed", "opened", "accepted"]
    assert len(scene_on.papers(case_id)) == 2


def test_a_case_accepted_by_silence_can_still_be_received_and_stays_accepted(scene: Scene) -> None:
    case_id = scene.file_license()
    scene.clock.at = TOO_LATE
    deem_accepted(scene.center)
    scene.opened(case_id)
    assert (scene.row(case_id).state, scene.row(case_id).first_responsible) == ("accepted", scene.wang.id)
