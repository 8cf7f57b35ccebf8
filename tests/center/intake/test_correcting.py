"""Mending a wrong entry: old and new kept sealed, papers untouched, nothing personal in the journal."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

import pytest

from center.casework.applicant import THEIRS
from center.casework.correcting import Entries, correct, entries_of
from center.casework.handling import accept
from center.casework.refusing import refuse
from center.center import Refusal
from center.domain.roles import Role
from tests.center.intake.scene import Scene, at_once, attempt
from tests.center.intake.test_answers import REFUSED
from tests.center.place import NAME, PHONE
from tests.center.staffing import member

WHY = "录入时少写一位，已与申请人核对"


def mended(scene: Scene, case_id: UUID, **changes: object) -> Entries:
    return replace(entries_of(scene.center, case_id), **changes)  # type: ignore[arg-type]


def test_a_mended_entry_keeps_what_stood_there_and_why(scene_on: Scene) -> None:
    case_id = scene_on.opened(scene_on.file())
    accept(scene_on.center, scene_on.wang, case_id, scene_on.revision(case_id), ())
    before = scene_on.papers(case_id)
    now = entries_of(scene_on.center, case_id)
    new = replace(now, values={**now.values, "phone": "13904641299", "payment": "self"}, address="万宝河镇二村", delivery="post")
    codes = correct(scene_on.center, scene_on.wang, case_id, scene_on.revision(case_id), new, WHY)
    assert codes == ("phone", "payment", "applicant.address", "delivery")
    dossier = scene_on.dossier(case_id)
    assert {line.code: line.value for line in dossier.form}["phone"] == "13904641299"
    assert (dossier.applicant.address, dossier.delivery, dossier.state) == ("万宝河镇二村", "post", "accepted")
    detail = scene_on.last_detail(case_id)
    assert f"手机号码由“{PHONE}”改为“13904641299”" in detail["note"]
    assert "缴费方式由“银行代扣”改为“自行缴纳”" in detail["note"]
    assert WHY in detail["note"]
    assert (detail["before"]["phone"], detail["before"]["payment"]) == (PHONE, "bank")
    # papers that were issued stay as they were
    assert scene_on.papers(case_id) == before
    assert all(paper.kind in THEIRS for paper in before)
    act, written = scene_on.journal()[-1]
    assert (act, json.loads(written)) == ("case.corrected", {"fields": list(codes)})


def test_who_applies_is_not_mended(scene: Scene) -> None:
    case_id = scene.opened(scene.file())
    now = entries_of(scene.center, case_id)
    new = replace(now, values={**now.values, "name": "李国芳", "id_number": "230903198806042507"})
    assert attempt(lambda: correct(scene.center, scene.wang, case_id, scene.revision(case_id), new, WHY)) == "correction_invalid"
    assert scene.dossier(case_id).applicant.name == NAME


def test_every_fault_is_told_at_once(scene: Scene) -> None:
    case_id = scene.opened(scene.file())
    now = entries_of(scene.center, case_id)
    new = Entries({**now.values, "phone": "1", "payment": "gold"}, "2", "路" * 121, "pigeon")
    with pytest.raises(Refusal) as refused:
        correct(scene.center, scene.wang, case_id, scene.revision(case_id), new, "")
    assert set(refused.value.fields) == {"f.phone", "f.payment", "phone", "address", "delivery", "reason"}
    assert scene.kinds(case_id) == ["filed", "opened"]


def test_no_change_is_no_correction(scene: Scene) -> None:
    case_id = scene.opened(scene.file())
    same = mended(scene, case_id)
    with pytest.raises(Refusal, match="没有改动任何一项"):
        correct(scene.center, scene.wang, case_id, scene.revision(case_id), same, WHY)


def test_two_who_mend_at_once_are_one_correction(scene_on: Scene) -> None:
    case_id = scene_on.opened(scene_on.file())
    revision = scene_on.revision(case_id)
    one, two = mended(scene_on, case_id, address="一村"), mended(scene_on, case_id, address="二村")
    results = at_once(
        lambda: correct(scene_on.center, scene_on.wang, case_id, revision, one, WHY),
        lambda: correct(scene_on.center, scene_on.wang, case_id, revision, two, WHY),
    )
    assert results == ["case_changed", "done"]
    assert scene_on.kinds(case_id).count("corrected") == 1


def test_a_case_that_has_ended_is_not_mended_and_not_by_everybody(scene: Scene) -> None:
    case_id = scene.opened(scene.file_license())
    head = member(scene.center, Role.CENTER_HEAD, window="")
    new = mended(scene, case_id, address="一村")
    assert attempt(lambda: correct(scene.center, head, case_id, scene.revision(case_id), new, WHY)) == "not_allowed"
    refuse(scene.center, scene.wang, case_id, scene.revision(case_id), REFUSED)
    assert attempt(lambda: correct(scene.center, scene.wang, case_id, scene.revision(case_id), new, WHY)) == "case_changed"
