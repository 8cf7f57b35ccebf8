"""What no paper prints, in the console's forms: a tab is a space, the rest is refused in words; and what was kept once is read for ever."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from center.casework.correcting import entries_of
from center.casework.dossier import find_case
from center.casework.parties import Party
from center.complaints.sealed import Complainant
from center.domain.roles import Role
from kiosk.wire.cases import CasesAnswer
from tests.center.intake.scene import Scene
from tests.center.intake.test_pages import TYPED, cases, signed_in
from tests.center.place import NAME, NUMBER, Browser

_SAID = "看不见的控制字符"


@pytest.fixture
def lead(scene_on: Scene) -> Browser:
    return signed_in(scene_on, Role.WINDOW_LEAD)


def test_an_applicant_kept_with_what_the_wire_no_longer_takes_is_read(scene_on: Scene, lead: Browser) -> None:
    case_id = scene_on.opened(scene_on.file())
    old = {"kind": "resident", "name": NAME, "number": NUMBER, "address": "万宝河镇\t一村\x0b" + "路" * 200, "of_an_older_release": 1}
    with scene_on.center.database.writing() as session:
        case = find_case(session, scene_on.center, case_id)
        case.applicant = scene_on.center.cipher.seal("cases", "applicant", case.id, json.dumps(old).encode())
    assert scene_on.dossier(case_id).applicant.address == old["address"]
    for path in ("intake", "mine", f"cases/{case_id}", f"cases/{case_id}/correct"):
        assert lead.get(f"/console/{path}").status_code == 200, path
    answer = scene_on.terminal.ask("/api/v1/cases/lookup", {"number": NUMBER})
    assert len(CasesAnswer.model_validate_json(answer.content).cases) == 1
    # and mended
    form = f"/console/cases/{case_id}/correct"
    values = {f"f.{code}": value for code, value in entries_of(scene_on.center, case_id).values.items()}
    sent = lead.hidden(form) | values | {"address": "万宝河镇\t二村", "delivery": "window", "reason": "制表符"}
    assert lead.post(form, sent).status_code == 200
    assert scene_on.dossier(case_id).applicant.address == "万宝河镇 二村"


def test_nothing_that_is_kept_demands_anything_of_its_text() -> None:
    odd = {
        "kind": "",
        "name": "",
        "number": "\x00",
        "agent": {"kind": "", "name": "", "number": "", "phone": "\t", "authority": "guardian"},
    }
    assert Party.model_validate_json(json.dumps(odd)).number == "\x00"
    said = {
        "party": {"name": "", "contact": "x\x00", "number": "*", "since": 2},
        "agent": {"name": "\x1b", "contact": ""},
        "verified": True,
    }
    assert Complainant.model_validate_json(json.dumps(said)).party.contact == "x\x00"


@pytest.mark.parametrize(
    "asked", ["search?number=%00", "search?window=%00", "cases/new?words=%00", "journal?member=%00", "search?item_code=%00"]
)
def test_what_is_looked_for_with_a_character_that_is_none_is_refused_in_words(lead: Browser, asked: str) -> None:
    answer = lead.get(f"/console/{asked}")
    assert (answer.status_code, _SAID in answer.text, "李静" in answer.text) == (422, True, True)


def test_a_tab_in_a_form_is_a_space_and_a_control_character_registers_nothing(scene_on: Scene, lead: Browser) -> None:
    form = "/console/cases/new/SPJY"
    for field in ("address", "name", "f.shop"):
        answer = lead.post(form, lead.hidden(form) | TYPED | {field: "万宝河镇\x00一村"})
        assert (answer.status_code, _SAID in answer.text) == (422, True), field
    # a line's end is no tab: the form comes back with the field marked
    answer = lead.post(form, lead.hidden(form) | TYPED | {"address": "万宝河镇\r\n一村"})
    assert (answer.status_code, "写在一行里" in answer.text) == (422, True)
    assert cases(scene_on.center) == 0
    answer = lead.post(form, lead.hidden(form) | TYPED | {"address": "万宝河镇\t一村"})
    assert "/console/papers/" in answer.url
    assert lead.get("/console/mine").status_code == 200


def test_every_form_of_the_console_refuses_what_cannot_be_written(scene_on: Scene) -> None:
    browser = signed_in(scene_on, Role.WINDOW_LEAD, Role.CENTER_HEAD, Role.COMPLAINT_OFFICER)
    case_id = scene_on.opened(scene_on.file())
    csrf = browser.csrf()
    for path in (
        "complaints/new",
        "notices/new",
        f"cases/{case_id}/correct",
        f"cases/{case_id}/refuse",
        f"suggestions/{uuid4()}",
        f"help-calls/{uuid4()}/answer",
    ):
        answer = browser.post(f"/console/{path}", {"csrf": csrf, "title": "一\x1b二", "statement": "三\x00", "reason": "x\x07"})
        assert (answer.status_code, _SAID in answer.text) == (422, True), path
    outside = Browser(scene_on.terminal.url)
    answer = outside.sign_in("wang\x00min")
    assert (answer.status_code, _SAID in answer.text) == (422, True)
