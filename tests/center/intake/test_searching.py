"""Finding a case again: by what, in which order, and what is written down about who searched."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from center.casework.correcting import correct, entries_of
from center.casework.filing import applicant_index
from center.casework.searching import Wanted, search
from center.domain.application import ApplicationState
from center.domain.roles import Role
from center.store.tables import Case
from tests.center.intake.scene import Scene, attempt
from tests.center.intake.test_registering import AGENT, TYPED, registered
from tests.center.place import MORNING, NAME, NUMBER
from tests.center.staffing import member

OTHER = "230903198806042507"


def found(scene: Scene, **wanted: object) -> list[str]:
    return [row.case_number for row in search(scene.center, scene.wang, Wanted(**wanted)).rows]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({"number": "202611240001"}, ["202611240001"]),
        ({"number": "2026 1124 0002"}, ["202611240002"]),
        ({"number": "0003"}, ["202611240003"]),
        ({"number": "T0126112400002"}, ["202611240002"]),
        ({"number": "%"}, []),
        ({"id_number": NUMBER}, ["202611240003", "202611240001"]),
        ({"id_number": "230903197302153639"}, []),
        ({"item_code": "SPJY"}, ["202611240003"]),
        ({"state": ApplicationState.FILED, "item_code": "YLBX"}, ["202611240002"]),
        ({"window": "综合窗口1号"}, ["202611240001"]),
        ({"filed_from": MORNING.date()}, ["202611240003", "202611240002", "202611240001"]),
        ({"filed_to": MORNING.date() - timedelta(days=1)}, []),
    ],
)
def test_a_case_is_found_by(scene_on: Scene, wanted: dict[str, object], numbers: list[str]) -> None:
    first = scene_on.file()
    scene_on.file(name="李国芳", number=OTHER, at=MORNING + timedelta(minutes=1))
    scene_on.file_license(at=MORNING + timedelta(minutes=2))
    scene_on.opened(first)
    with scene_on.center.database.writing() as session:
        session.get_one(Case, first).state = "returned"
    assert found(scene_on, **wanted) == numbers


def test_a_search_by_person_is_journalled_without_the_number_and_others_are_not(scene: Scene) -> None:
    scene.file()
    before = len(scene.journal())
    found(scene, number="0001")
    assert len(scene.journal()) == before
    assert found(scene, id_number=NUMBER) == ["202611240001"]
    (act, written), *_ = scene.journal()[before:]
    assert act == "case.searched_by_person"
    assert NUMBER not in written


def test_results_are_masked_and_come_in_pages_of_twelve(scene: Scene) -> None:
    for _ in range(13):
        scene.file(item_code="ZJD", values={"name": NAME}, materials=())
    first = search(scene.center, scene.wang, Wanted(item_code="ZJD"))
    assert (len(first.rows), first.pages, first.total) == (12, 2, 13)
    assert NAME not in str(first)
    last = search(scene.center, scene.wang, Wanted(item_code="ZJD"), 99)
    assert (last.page, [row.case_number for row in last.rows]) == (2, ["202611240001"])


def test_a_case_of_another_township_is_not_found(scene: Scene) -> None:
    case_id = scene.file()
    with scene.center.database.writing() as session:
        session.get_one(Case, case_id).township_id = "230903-elsewhere"
    assert found(scene, id_number=NUMBER) == []


def test_who_sees_no_cases_finds_none(scene: Scene) -> None:
    for role in (Role.ADMINISTRATOR, Role.LIAISON, Role.COMPLAINT_OFFICER, Role.CUSTODIAN, Role.CENTER_LEADER):
        who = member(scene.center, role)
        assert attempt(lambda who=who: search(scene.center, who, Wanted(id_number=NUMBER))) == "not_allowed"


def test_a_case_is_found_by_who_came_for_the_applicant_and_under_the_mended_number(scene_on: Scene) -> None:
    case_id = registered(scene_on, replace(TYPED, agent=AGENT))
    number = scene_on.row(case_id).case_number
    assert found(scene_on, id_number=AGENT.number) == found(scene_on, id_number=NUMBER) == [number]
    row = scene_on.row(case_id)
    # the tables do not tell that who brings one case applies in another
    assert row.agent_index not in (None, "", applicant_index(scene_on.center, AGENT.number))
    now = entries_of(scene_on.center, case_id)
    assert now.agent is not None
    mended = replace(now, agent=replace(now.agent, number="230903197302153639"))
    correct(scene_on.center, scene_on.wang, case_id, row.revision, mended, "看错一位")
    assert found(scene_on, id_number=AGENT.number) == []
    assert found(scene_on, id_number="230903197302153639") == [number]
