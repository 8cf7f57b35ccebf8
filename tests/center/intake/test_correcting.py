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
from kiosk.wire.cases import CasesAnswer
from tests.center.intake.scene import Scene, at_once, attempt
from tests.center.intake.test_answers import REFUSED
from tests.center.intake.test_pages import signed_in
from tests.center.intake.test_registering import AGENT, TYPED, registered
from tests.center.place import NAME, NUMBER, PHONE
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


def test_what_was_typed_of_applicant_and_agent_is_mended_and_found_under_the_right_number(scene_on: Scene) -> None:
    wrong = replace(TYPED, name="张秀阑", number=AGENT.number, agent=replace(AGENT, name="李国方", number=NUMBER))
    case_id = registered(scene_on, wrong)
    now = entries_of(scene_on.center, case_id)
    assert now.agent is not None
    agent = replace(now.agent, name=AGENT.name, number=AGENT.number, phone="13904641299", authority="guardian")
    new = replace(now, name=NAME, number=NUMBER, agent=agent)
    codes = correct(scene_on.center, scene_on.wang, case_id, scene_on.revision(case_id), new, WHY)
    assert codes == (
        "applicant.name", "applicant.number", "agent.name", "agent.number", "agent.phone", "agent.authority",
    )  # fmt: skip
    dossier = scene_on.dossier(case_id)
    mended_agent = dossier.applicant.agent
    assert mended_agent is not None
    assert (dossier.applicant.name, dossier.applicant.number) == (NAME, NUMBER)
    assert mended_agent.model_dump(mode="json") == {
        "kind": "resident", "name": AGENT.name, "number": AGENT.number, "phone": "13904641299", "authority": "guardian",
    }  # fmt: skip
    # the form that the applicant's data filled, and the paper that is kept, say the same
    assert {line.code: line.value for line in dossier.form}["name"] == NAME
    assert dossier.papers[-1].material.material_name == "监护关系证明"
    assert "姓名或名称由“张秀阑”改为" in scene_on.last_detail(case_id)["note"]
    # the applicant's own card opens it now as theirs, the agent's as one that they brought
    for number, for_whom in ((NUMBER, ""), (AGENT.number, NAME)):
        answer = scene_on.terminal.ask("/api/v1/cases/lookup", {"number": number}).content
        assert [case.applicant_name for case in CasesAnswer.model_validate_json(answer).cases] == [for_whom]
    assert not any(personal in scene_on.journal()[-1][1] for personal in (NAME, NUMBER, AGENT.name, AGENT.number))


def test_what_registration_demands_a_correction_demands_too(scene: Scene) -> None:
    case_id = registered(scene, replace(TYPED, agent=AGENT))
    now = entries_of(scene.center, case_id)
    assert now.agent is not None
    agent = replace(now.agent, name="", number="2", phone="1", authority="representative")
    new = replace(now, name="", number="1", phone=" ", address="", agent=agent)
    with pytest.raises(Refusal) as refused:
        correct(scene.center, scene.wang, case_id, scene.revision(case_id), new, WHY)
    assert set(refused.value.fields) == {
        "name", "number", "phone", "address", "agent_name", "agent_number", "agent_phone", "authority",
    }  # fmt: skip
    same = replace(now, agent=replace(now.agent, number=NUMBER))
    with pytest.raises(Refusal) as refused:
        correct(scene.center, scene.wang, case_id, scene.revision(case_id), same, WHY)
    assert set(refused.value.fields) == {"agent_number"}


@pytest.mark.parametrize("address", ["一村\n二组", "一村\t二组", "路" * 121])
def test_an_address_is_one_line_of_what_is_printed(scene: Scene, address: str) -> None:
    case_id = scene.opened(scene.file())
    new = mended(scene, case_id, address=address)
    with pytest.raises(Refusal) as refused:
        correct(scene.center, scene.wang, case_id, scene.revision(case_id), new, WHY)
    assert set(refused.value.fields) == {"address"}


def test_the_page_shows_what_was_typed_and_mends_it(scene: Scene) -> None:
    window = signed_in(scene, Role.WINDOW_LEAD)
    case_id = registered(scene, replace(TYPED, agent=AGENT))
    form = f"/console/cases/{case_id}/correct"
    page = window.get(form).text
    for shown in (f'name="name" value="{NAME}"', f'name="agent_number" value="{AGENT.number}"', "监护关系证明"):
        assert shown in page
    sent = {f"f.{code}": value for code, value in TYPED.values.items()} | {"phone": PHONE, "address": "一村", "delivery": "window"}
    sent |= {"name": "张秀兰花", "number": NUMBER.lower(), "agent_name": AGENT.name, "agent_number": AGENT.number}
    sent |= {"agent_phone": AGENT.phone, "authority": AGENT.authority, "reason": WHY}
    wrong = window.post(form, window.hidden(form) | sent | {"agent_number": "1"})
    assert (wrong.status_code, 'id="agent_number-fault"' in wrong.text, "张秀兰花" in wrong.text) == (422, True, True)
    assert window.post(form, window.hidden(form) | sent).status_code == 200
    assert scene.dossier(case_id).applicant.name == "张秀兰花"
    # a card's case offers neither
    assert 'name="number"' not in window.get(f"/console/cases/{scene.opened(scene.file())}/correct").text
