"""Supplying, withdrawing and fetching notices at a terminal with the ID card, over signed HTTP, on both engines."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import requests

from center.casework.handling import accept, return_with_notice
from center.domain.notice import NoticeLine, Reason, Subject
from kiosk.wire.cases import CaseDetail, CasePapersAnswer, CasesAnswer, WantKind
from kiosk.wire.filing import FilingAnswer
from tests.center import papers
from tests.center.intake.scene import Scene, at_once
from tests.center.place import MORNING, NAME, NUMBER, TOWNSHIP

OTHER_NUMBER = "230903198806042507"
LINES = [
    NoticeLine(Subject.MATERIAL, "household_register", "户口簿", Reason.MISSING, ""),
    NoticeLine(Subject.FIELD, "phone", "手机号码", Reason.WRONG, "打不通"),
    NoticeLine(Subject.OTHER, "other_1", "", Reason.MISSING, "银行卡照片"),
]


def returned(scene: Scene) -> UUID:
    """A case that was returned for three things."""
    case_id = scene.opened(scene.file(missing=True))
    return_with_notice(scene.center, scene.wang, case_id, scene.revision(case_id), LINES)
    return case_id


def send(scene: Scene, case_id: UUID, what: str, **changes: Any) -> requests.Response:
    body = {"key": str(uuid4()), "township_id": TOWNSHIP, "terminal_id": scene.terminal.terminal_id, "number": NUMBER} | changes
    headers = {"Content-Type": "application/json", "Idempotency-Key": body["key"]}
    path = f"/api/v1/applications/{scene.row(case_id).receipt_number}/{what}"
    return scene.terminal.call("POST", path, json.dumps(body).encode(), headers)


def everything(scene: Scene) -> dict[str, Any]:
    """All that the notice wants."""
    pages = [scene.terminal.upload(papers.page("户口簿 首页 补")), scene.terminal.upload(papers.page("户口簿 本人页 补"))]
    card = [scene.terminal.upload(papers.page("银行卡"))]
    return {
        "values": {"phone": "13904641299"},
        "materials": [{"code": "household_register", "pages": pages}, {"code": "other_1", "pages": card}],
    }


def detail(scene: Scene, number: str = NUMBER) -> CaseDetail:
    answer = CasesAnswer.model_validate_json(scene.terminal.ask("/api/v1/cases/lookup", {"number": number}).content)
    (case,) = answer.cases
    return case


@pytest.mark.rule("R4.1", "R2.2")
def test_what_is_supplied_goes_into_the_same_case_which_is_looked_at_again(scene_on: Scene) -> None:
    case_id = returned(scene_on)
    assert [(want.kind, want.code) for want in detail(scene_on).wants] == [
        (WantKind.MATERIAL, "household_register"),
        (WantKind.FIELD, "phone"),
        (WantKind.OTHER, "other_1"),
    ]
    scene_on.clock.at = MORNING + timedelta(days=4)
    answer = send(scene_on, case_id, "supplements", **everything(scene_on))
    assert answer.status_code == 201, answer.text
    assert FilingAnswer.model_validate_json(answer.content).case_number == scene_on.row(case_id).case_number
    dossier = scene_on.dossier(case_id)
    assert (dossier.state, dossier.to_supply) == ("filed", ())
    assert [line.value for line in dossier.form if line.code == "phone"] == ["13904641299"]
    assert [paper.material.material_name for paper in dossier.papers if paper.pages] == ["户口簿", "银行卡照片"]
    # when it is accepted on Monday; then Saturday, the day on which all was there, is the acceptance day
    scene_on.clock.at = MORNING + timedelta(days=6)
    accept(scene_on.center, scene_on.wang, case_id, scene_on.revision(case_id), ())
    row = scene_on.row(case_id)
    assert (row.accepted_on, row.taken_in_on, row.due_on) == (date(2026, 11, 28), date(2026, 11, 30), date(2026, 12, 2))


@pytest.mark.rule("R2.2")
def test_a_paper_may_be_supplied_with_more_pages_than_its_guide_knows(scene: Scene) -> None:
    case_id = returned(scene)
    body = everything(scene)
    more = [*body["materials"][0]["pages"], scene.terminal.upload(papers.page("户口簿 增减页"))]
    body["materials"][0] = {"code": "household_register", "pages": more}
    assert send(scene, case_id, "supplements", **body).status_code == 201
    (register,) = [paper for paper in scene.dossier(case_id).papers if paper.material.code == "household_register"]
    assert len(register.pages) == len(more)


def test_a_supplement_sent_again_or_at_once_is_one_with_one_answer(scene_on: Scene) -> None:
    case_id = returned(scene_on)
    body = everything(scene_on) | {"key": str(uuid4())}
    with ThreadPoolExecutor(4) as many:
        answers = list(many.map(lambda _: send(scene_on, case_id, "supplements", **body), range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.text for answer in answers}) == 1
    assert scene_on.kinds(case_id) == ["filed", "opened", "returned", "supplemented"]
    # the same key for something else is told
    changed = send(scene_on, case_id, "supplements", **(body | {"values": {"phone": "13904641298"}}))
    assert (changed.status_code, changed.json()["code"]) == (409, "idempotency_conflict")


def test_two_supplements_at_once_are_one_and_the_other_is_told(scene_on: Scene) -> None:
    case_id = returned(scene_on)
    body = everything(scene_on)
    with ThreadPoolExecutor(3) as many:
        answers = list(many.map(lambda _: send(scene_on, case_id, "supplements", **body), range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert scene_on.kinds(case_id).count("supplemented") == 1


@pytest.mark.rule("R2.2")
def test_a_supplement_that_leaves_something_out_is_told_everything_at_once(scene: Scene) -> None:
    case_id = returned(scene)
    answer = send(scene, case_id, "supplements", values={"payment": "self"}, materials=[{"code": "photo", "pages": ["0" * 64]}])
    assert answer.status_code == 422
    assert answer.json()["fields"] == {
        "household_register": "missing", "phone": "missing", "other_1": "missing", "payment": "not_wanted", "photo": "not_wanted",
    }  # fmt: skip
    wrong = everything(scene) | {"values": {"phone": "1"}}
    assert send(scene, case_id, "supplements", **wrong).json()["fields"] == {"phone": "phone_invalid"}
    assert scene.row(case_id).state == "returned"


def test_what_comes_to_the_window_instead_is_still_wanted_there(scene: Scene) -> None:
    case_id = returned(scene)
    body = everything(scene)
    body["materials"][1] = {"code": "other_1", "missing": True}
    assert send(scene, case_id, "supplements", **body).status_code == 201
    assert [wanted.words for wanted in scene.dossier(case_id).to_supply] == ["银行卡照片"]
    accept(scene.center, scene.wang, case_id, scene.revision(case_id), ["material.other_1"])
    assert scene.row(case_id).state == "accepted"


def test_pages_that_were_there_stay_beside_those_supplied(scene: Scene) -> None:
    case_id = scene.opened(scene.file())
    unclear = NoticeLine(Subject.MATERIAL, "household_register", "户口簿", Reason.UNCLEAR, "")
    return_with_notice(scene.center, scene.wang, case_id, scene.revision(case_id), [unclear])
    body = everything(scene)
    assert send(scene, case_id, "supplements", materials=body["materials"][:1]).status_code == 201
    register = next(paper for paper in scene.dossier(case_id).papers if paper.material.code == "household_register")
    assert [page.name for page in register.pages] == ["首页", "本人页", "补交 首页", "补交 本人页"]


def test_nobody_supplies_withdraws_or_reads_another_s_case(scene: Scene) -> None:
    case_id = returned(scene)
    receipt = scene.row(case_id).receipt_number
    for answer in (
        send(scene, case_id, "supplements", **(everything(scene) | {"number": OTHER_NUMBER})),
        send(scene, case_id, "withdrawal", number=OTHER_NUMBER),
        scene.terminal.ask("/api/v1/cases/papers", {"number": OTHER_NUMBER, "receipt_number": receipt}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "receipt_unknown")
        assert NAME not in answer.text
    assert scene.row(case_id).state == "returned"


def test_a_key_that_is_missing_or_another_is_told(scene: Scene) -> None:
    case_id = returned(scene)
    body = {"key": str(uuid4()), "township_id": TOWNSHIP, "terminal_id": scene.terminal.terminal_id, "number": NUMBER}
    path = f"/api/v1/applications/{scene.row(case_id).receipt_number}/withdrawal"
    assert scene.terminal.ask(path, body).json()["code"] == "idempotency_key_missing"
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
    assert scene.terminal.call("POST", path, json.dumps(body).encode(), headers).json()["code"] == "idempotency_key_mismatch"
    assert send(scene, case_id, "withdrawal", terminal_id="WBH-09").json()["code"] == "terminal_mismatch"
    assert send(scene, case_id, "withdrawal", township_id="230903-elsewhere").json()["code"] == "township_mismatch"
    assert scene.row(case_id).state == "returned"


def test_an_application_is_withdrawn_once_and_for_all(scene_on: Scene) -> None:
    case_id = scene_on.file()
    assert detail(scene_on).may_withdraw
    answer = send(scene_on, case_id, "withdrawal")
    assert datetime.fromisoformat(answer.json()["withdrawn_at"]) == scene_on.center.clock.now()
    assert (answer.status_code, answer.json()["state_label"]) == (201, "已撤回")
    row = scene_on.row(case_id)
    assert (row.state, row.ended_on) == ("withdrawn", MORNING.date())
    again = send(scene_on, case_id, "withdrawal")
    assert (again.status_code, again.json()["code"]) == (409, "case_changed")
    told = detail(scene_on)
    assert not told.may_withdraw
    assert (told.holder, [step.label for step in told.steps]) == ("", ["提交申请", "撤回申请"])


def test_withdrawing_and_accepting_at_once_end_in_an_allowed_course(scene_on: Scene) -> None:
    case_id = scene_on.opened(scene_on.file())
    revision = scene_on.revision(case_id)
    statuses: list[int] = []
    accepted = at_once(
        lambda: accept(scene_on.center, scene_on.wang, case_id, revision, ()),
        lambda: statuses.append(send(scene_on, case_id, "withdrawal").status_code),
    )
    assert statuses == [201]
    assert accepted in (["done", "done"], ["case_changed", "done"])
    assert scene_on.kinds(case_id) in (["filed", "opened", "withdrawn"], ["filed", "opened", "accepted", "withdrawn"])


def test_the_holder_fetches_the_notices_of_their_own_case_to_print_them_again(scene_on: Scene) -> None:
    case_id = returned(scene_on)
    receipt = scene_on.row(case_id).receipt_number
    answer = scene_on.terminal.ask("/api/v1/cases/papers", {"number": NUMBER, "receipt_number": receipt})
    (paper,) = CasePapersAnswer.model_validate_json(answer.content).papers
    assert paper.title == "一次性告知单"
    assert paper.document == scene_on.papers(case_id)[0].document
    assert detail(scene_on).papers == (f"一次性告知单 {paper.number}",)
    # and it is written down that they were, without the number
    act, written = scene_on.journal()[-1]
    assert act == "case.papers_fetched"
    assert NUMBER not in written
