"""A case registered at the window: every fault at once, one case for one press, its receipt read by a terminal; on both engines where it matters."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from center.casework.handling import accept
from center.casework.handover import offered_lines
from center.casework.registering import CONSENT_VERSION, register, search_items
from center.casework.scans import add_scans
from center.casework.searching import Wanted, search
from center.casework.walk_in import AgentTyped, SheetsGiven, WalkIn, walk_in_faults
from center.center import Refusal
from center.domain.paper import PaperKind
from center.domain.roles import Role
from kiosk.wire.cases import CasesAnswer
from kiosk.wire.codes import CodeKind, parse_code
from kiosk.wire.documents import Qr
from kiosk.wire.filing import AUTHORITY_PAPER
from tests.center.intake.license import LICENSE
from tests.center.intake.scene import Scene, at_once, attempt, words
from tests.center.papers import page
from tests.center.place import MORNING, NAME, NUMBER, PHONE
from tests.center.staffing import member

TYPED = WalkIn(
    kind="resident",
    name=NAME,
    number=NUMBER,
    phone=PHONE,
    address="万宝河镇一村二组3号",
    consent=True,
    values={"phone": PHONE, "kind": "hot", "area": "46", "shop": "刘姐面馆"},
    materials={"id_card": SheetsGiven(1, missing=False), "place_proof": SheetsGiven(0, missing=True)},
)


def registered(scene: Scene, typed: WalkIn = TYPED) -> UUID:
    return register(scene.center, scene.wang, "SPJY", typed, uuid4()).subject_id


@pytest.mark.rule("R3.1")
def test_who_registers_is_first_responsible_at_once(scene_on: Scene) -> None:
    case_id = registered(scene_on)
    row = scene_on.row(case_id)
    assert (row.state, row.first_responsible, row.window, row.opened_at) == ("filed", scene_on.wang.id, "综合窗口1号", MORNING)
    assert (row.receipt_number, row.terminal_row, row.consent_version, row.consent_at) == ("W0012611240001", None, CONSENT_VERSION, MORNING)
    assert scene_on.kinds(case_id) == ["filed", "opened"]
    dossier = scene_on.dossier(case_id)
    assert {line.code: line.value for line in dossier.form}["name"] == NAME
    assert [wanted.words for wanted in dossier.to_supply] == ["经营场所证明"]
    assert next(paper for paper in dossier.papers if paper.material.code == "id_card").count_words == "1 页"


def test_the_receipt_is_no_acceptance_and_a_terminal_reads_its_code(scene_on: Scene) -> None:
    case_id = registered(scene_on)
    (receipt,) = scene_on.papers(case_id)
    assert receipt.kind is PaperKind.FILING_RECEIPT
    for shown in ("本回执不是受理通知书", "身份证（1 页）", "还缺 1 样材料", "经营场所证明", "W0012611240001"):
        assert shown in words(receipt)
    assert NUMBER not in words(receipt)
    (code,) = [block.text for block in receipt.document.blocks if isinstance(block, Qr)]
    parsed = parse_code(code)
    assert parsed is not None
    assert (parsed[0].kind, parsed[0].issuer, parsed[0].number) == (CodeKind.RECEIPT, "C", "W0012611240001")
    told = scene_on.terminal.ask("/api/v1/cases/state", {"code": code}).json()
    assert (told["receipt_number"], told["state_label"]) == ("W0012611240001", "已提交，等待窗口受理")
    # and the card shows the rest
    (case,) = CasesAnswer.model_validate_json(scene_on.terminal.ask("/api/v1/cases/lookup", {"number": NUMBER}).content).cases
    assert (case.steps[0].by, case.wanted) == ("综合窗口1号 王敏", ("经营场所证明：没有带来",))
    assert case.receipt_code == code


def test_the_center_s_code_on_a_notice_leads_to_a_terminal_s_case_too(scene: Scene) -> None:
    case_id = scene.opened(scene.file())
    accepted = accept(scene.center, scene.wang, case_id, scene.revision(case_id), ())
    (code,) = [block.text for block in accepted.papers[0].document.blocks if isinstance(block, Qr)]
    assert scene.terminal.ask("/api/v1/cases/state", {"code": code}).json()["state"] == "accepted"


def test_a_double_press_makes_one_case_and_another_content_is_told(scene_on: Scene) -> None:
    key = uuid4()
    done: list[str] = []
    results = at_once(*[lambda: done.append(register(scene_on.center, scene_on.wang, "SPJY", TYPED, key).answer)] * 4)
    assert results == ["done"] * 4
    assert len(set(done)) == 1
    other = replace(TYPED, name="刘桂珍")
    assert attempt(lambda: register(scene_on.center, scene_on.wang, "SPJY", other, key)) == "idempotency_conflict"


def test_many_at_once_have_receipts_of_their_own(scene_on: Scene) -> None:
    made: list[UUID] = []
    assert at_once(*[lambda: made.append(registered(scene_on))] * 5) == ["done"] * 5
    assert {scene_on.row(case_id).receipt_number for case_id in made} == {f"W001261124{n:04}" for n in range(1, 6)}


@pytest.mark.rule("R2.2")
def test_every_fault_is_told_at_once_and_nothing_is_registered(scene: Scene) -> None:
    empty = WalkIn("resident", "", "", "", "", consent=False, values={}, materials={})
    with pytest.raises(Refusal) as refused:
        registered(scene, empty)
    assert set(refused.value.fields) == {
        "name", "number", "phone", "address", "consent", "f.phone", "f.kind", "f.area", "m.id_card", "m.place_proof",
    }  # fmt: skip
    assert scene.journal()[-1][0] != "case.filed"


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"number": "230903195603128121"}, "number"),
        ({"number": "23090319560312812"}, "number"),
        ({"kind": "hmt", "number": "八位以上字母数字"}, "number"),
        ({"kind": "soldier"}, "kind"),
        ({"phone": "139046412345"}, "phone"),
        ({"name": "张" * 61}, "name"),
        ({"name": "张\0"}, "name"),
        ({"address": "路" * 121}, "address"),
        ({"values": {**TYPED.values, "area": "四十六"}}, "f.area"),
        ({"values": {**TYPED.values, "kind": "raw"}}, "f.kind"),
        ({"values": {**TYPED.values, "shop": "店" * 61}}, "f.shop"),
        ({"materials": {**TYPED.materials, "id_card": SheetsGiven(-1, missing=False)}}, "m.id_card"),
        ({"materials": {**TYPED.materials, "id_card": SheetsGiven(100, missing=False)}}, "m.id_card"),
        ({"materials": {**TYPED.materials, "id_card": SheetsGiven(2, missing=True)}}, "m.id_card"),
    ],
)
def test_a_wrong_entry_is_named(change: dict[str, object], at: str) -> None:
    assert list(walk_in_faults(LICENSE, replace(TYPED, **change), MORNING.date())) == [at]  # type: ignore[arg-type]


def test_another_card_than_a_resident_s_is_taken_as_it_is_written() -> None:
    assert walk_in_faults(LICENSE, replace(TYPED, kind="hmt", number="H1234567801"), MORNING.date()) == {}


AGENT = AgentTyped("resident", "李国芳", "230903198806042507", "13904641234", "power_of_attorney", 2)
#: The code of the national standard's own example.
COMPANY = replace(
    TYPED, kind="organization", name="万宝河镇惠民合作社", number="91350100M000100Y43", agent=replace(AGENT, authority="representative")
)


def test_an_agent_s_identity_and_authority_are_kept_with_the_applicant_s(scene_on: Scene) -> None:
    case_id = registered(scene_on, replace(TYPED, agent=AGENT))
    dossier = scene_on.dossier(case_id)
    agent = dossier.applicant.agent
    assert agent is not None
    assert (dossier.applicant.name, agent.name, agent.number, agent.phone) == (NAME, AGENT.name, AGENT.number, AGENT.phone)
    paper = dossier.papers[-1]
    assert (paper.material.code, paper.material.material_name, paper.count_words) == (AUTHORITY_PAPER, "授权委托书", "2 页")
    # It is handed over with the rest, and can be scanned like them.
    assert f"m.{AUTHORITY_PAPER}" in {line.code for line, _ in offered_lines(dossier)}
    assert add_scans(scene_on.center, scene_on.wang, case_id, scene_on.revision(case_id), AUTHORITY_PAPER, [page("委托书")]) == 1
    (receipt,) = scene_on.papers(case_id)
    assert "代办人" in words(receipt)
    assert "授权委托书（2 页）" in words(receipt)
    assert AGENT.number not in words(receipt)
    assert AGENT.name not in json.dumps(scene_on.journal(), ensure_ascii=False)
    # The applicant's card opens the case, and so does that of who brought it, which says whose it is.
    for number, for_whom in ((NUMBER, ""), (AGENT.number, NAME)):
        answer = scene_on.terminal.ask("/api/v1/cases/lookup", {"number": number}).content
        assert [case.applicant_name for case in CasesAnswer.model_validate_json(answer).cases] == [for_whom]


def test_an_organization_applies_by_its_credit_code_and_somebody_with_a_card_comes_for_it(scene_on: Scene) -> None:
    case_id = registered(scene_on, COMPANY)
    party = scene_on.dossier(case_id).applicant
    assert (party.kind, party.number, party.number_label) == ("organization", "91350100M000100Y43", "统一社会信用代码")
    assert party.agent is not None
    assert party.agent.authority_words == "法定代表人（负责人）身份证明"
    assert search(scene_on.center, scene_on.wang, Wanted(id_number=COMPANY.number)).total == 1


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        (replace(COMPANY, agent=None), "by"),
        (replace(COMPANY, number="91350100M000100Y44"), "number"),
        (replace(COMPANY, agent=replace(AGENT, authority="guardian")), "authority"),
        (replace(TYPED, agent=replace(AGENT, authority="representative")), "authority"),
        (replace(TYPED, agent=replace(AGENT, authority="")), "authority"),
        (replace(TYPED, agent=replace(AGENT, number=NUMBER)), "agent_number"),
        (replace(TYPED, agent=replace(AGENT, number="230903198806042508")), "agent_number"),
        (replace(TYPED, agent=replace(AGENT, kind="organization", number="91350100M000100Y43")), "agent_kind"),
        (replace(TYPED, agent=replace(AGENT, name="")), "agent_name"),
        (replace(TYPED, agent=replace(AGENT, phone="1390464")), "agent_phone"),
        (replace(TYPED, agent=replace(AGENT, sheets=0)), "authority_sheets"),
        (replace(TYPED, agent=replace(AGENT, sheets=-1)), "authority_sheets"),
    ],
)
def test_an_agent_without_identity_or_authority_registers_nothing(typed: WalkIn, at: str) -> None:
    assert list(walk_in_faults(LICENSE, typed, MORNING.date())) == [at]


def test_items_are_found_by_name_and_by_everyday_words_and_others_say_nothing(scene: Scene) -> None:
    assert [item.code for item in search_items(scene.center, "开饭店")] == ["SPJY"]
    assert [item.code for item in search_items(scene.center, "养老 登记")] == ["YLBX"]
    assert search_items(scene.center, "没有这个") == ()


def test_who_handles_no_cases_registers_none(scene: Scene) -> None:
    head = member(scene.center, Role.CENTER_HEAD, window="")
    assert attempt(lambda: register(scene.center, head, "SPJY", TYPED, uuid4())) == "not_allowed"
    assert attempt(lambda: register(scene.center, scene.wang, "NOTHING", TYPED, uuid4())) == "item_unknown"


def test_the_journal_names_no_citizen(scene: Scene) -> None:
    registered(scene)
    written = json.dumps(scene.journal(), ensure_ascii=False)
    assert "case.filed" in written
    assert not any(personal in written for personal in (NAME, NUMBER, PHONE, "刘姐面馆"))
