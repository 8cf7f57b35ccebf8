"""What somebody files for somebody else or for an organization: kept whole, shown to staff, opened with the agent's card, on both engines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from center.casework.correcting import correct, entries_of
from center.casework.form_words import GroupTable
from center.casework.handling import accept, return_with_notice
from center.casework.reaching import phone_of, post_address
from center.catalogue import load_items, read_items
from center.center import Refusal
from center.domain.notice import NoticeLine, Reason, Subject
from center.domain.roles import Role
from kiosk.wire.cases import CaseDetail, CasePapersAnswer, CasesAnswer
from kiosk.wire.filing import AUTHORITY_PAPER, Applicant, Authority, Delivery, FilingAgent, MaterialFiled, PostTo, Tell
from kiosk.wire.groups import group_value
from tests.center import papers
from tests.center.intake.license import LICENSE
from tests.center.intake.scene import Scene
from tests.center.intake.test_own_cases import send
from tests.center.intake.test_pages import signed_in
from tests.center.place import ITEMS, NAME, NUMBER, PHONE

SON = FilingAgent(kind="resident", name="李国芳", number="230903198806042507", authority=Authority.POWER_OF_ATTORNEY)
FIRM = Applicant(kind="organization", name="万宝河示例合作社", number="91110000600037341L", address="万宝河镇一村")
HANDLER = SON.model_copy(update={"authority": Authority.REPRESENTATIVE})
HOME = PostTo(recipient="李国芳", phone="0464-8290000", address="万宝河镇二村8号")
EXAMPLES = Path("demo/items")
ROWS = [{"name": "李大力", "role": "grower", "phone": "13904641299"}, {"name": "王芳", "role": "other"}]


def for_mother(scene: Scene, *, authority_missing: bool = False, **changes: Any) -> UUID:
    """张秀兰's pension, filed by 李国芳."""
    pages = [scene.terminal.upload(papers.page(name)) for name in ("户口簿 首页", "户口簿 本人页")]
    proof = (
        ()
        if authority_missing
        else (scene.terminal.upload(papers.page("授权委托书 1")), scene.terminal.upload(papers.page("授权委托书 2")))
    )
    materials = (
        MaterialFiled(code="id_card"),
        MaterialFiled(code="household_register", pages=tuple(pages)),
        MaterialFiled(code="registration_form"),
        MaterialFiled(code=AUTHORITY_PAPER, pages=proof, missing=authority_missing),
    )
    return scene.file(**({"agent": SON, "materials": materials} | changes))


def for_firm(scene: Scene, **changes: Any) -> UUID:
    """An organization's filing, with a group."""
    load_items(scene.center, (*read_items(ITEMS), LICENSE, *read_items(EXAMPLES)))
    materials = (
        MaterialFiled(code="license", pages=(scene.terminal.upload(papers.page("营业执照")),)),
        MaterialFiled(code="contract", missing=True),
        MaterialFiled(code=AUTHORITY_PAPER, pages=(scene.terminal.upload(papers.page("身份证明")),)),
    )
    values = {"name": FIRM.name, "place": "一村文化广场", "partners": group_value(ROWS)}
    said = {"item_code": "HZSSL", "applicant": FIRM, "agent": HANDLER, "values": values, "materials": materials}
    return scene.file(**(said | changes))


def looked_up(scene: Scene, number: str) -> tuple[CaseDetail, ...]:
    return CasesAnswer.model_validate_json(scene.terminal.ask("/api/v1/cases/lookup", {"number": number}).content).cases


def test_all_that_was_said_of_agent_post_and_call_is_kept(scene_on: Scene) -> None:
    agent = SON.model_copy(update={"phone": PHONE})
    dossier = scene_on.dossier(for_mother(scene_on, agent=agent, delivery=Delivery.POST, post_to=HOME, tell=Tell.PHONE))
    party = dossier.applicant
    assert (party.name, party.number) == (NAME, NUMBER)
    assert party.agent is not None
    assert party.agent.model_dump(mode="json") == agent.model_dump(mode="json")
    assert (dossier.delivery, post_address(dossier).model_dump()) == ("post", HOME.model_dump())
    assert (party.tell_words, phone_of(dossier)) == (f"打电话告诉 {PHONE}", PHONE)
    (authority,) = [paper for paper in dossier.papers if paper.material.code == AUTHORITY_PAPER]
    assert (authority.material.material_name, authority.count_words) == ("授权委托书", "2 页")


def test_who_names_no_address_gets_the_result_at_home(scene_on: Scene) -> None:
    dossier = scene_on.dossier(scene_on.file())
    assert (dossier.delivery, dossier.applicant.tell_words) == ("window", "自己来刷身份证查看，不用打电话")
    to = post_address(dossier)
    assert (to.recipient, to.phone, to.address) == (NAME, PHONE, dossier.applicant.address)


def test_either_card_opens_the_case_and_the_agent_s_says_whose_it_is(scene_on: Scene) -> None:
    for_mother(scene_on)
    (own,) = looked_up(scene_on, NUMBER)
    (brought,) = looked_up(scene_on, SON.number.lower())
    assert (own.applicant_name, brought.applicant_name) == ("", NAME)
    assert own.receipt_number == brought.receipt_number
    assert looked_up(scene_on, "230903197302153639") == ()


@pytest.mark.rule("R2.2", "R4.1")
def test_R2_2_an_authority_that_was_not_with_them_is_asked_for_and_supplied_by_the_agent(scene_on: Scene) -> None:
    case_id = scene_on.opened(for_mother(scene_on, authority_missing=True))
    assert looked_up(scene_on, SON.number)[0].wanted == ("授权委托书：没有带来",)
    assert [paper.material.material_name for paper in scene_on.dossier(case_id).outstanding] == ["授权委托书"]
    line = NoticeLine(Subject.MATERIAL, AUTHORITY_PAPER, "授权委托书", Reason.MISSING)
    return_with_notice(scene_on.center, scene_on.wang, case_id, scene_on.revision(case_id), (line,))
    assert [want.code for want in looked_up(scene_on, SON.number)[0].wants] == [AUTHORITY_PAPER]
    page = scene_on.terminal.upload(papers.page("授权委托书"))
    sent = send(scene_on, case_id, "supplements", number=SON.number, materials=[{"code": AUTHORITY_PAPER, "pages": [page]}])
    assert sent.status_code == 201, sent.text
    dossier = scene_on.dossier(case_id)
    assert dossier.to_supply == ()
    assert [paper.count_words for paper in dossier.papers if paper.material.code == AUTHORITY_PAPER] == ["1 页"]


def test_the_agent_fetches_papers_and_withdraws_and_it_is_written_down_who_did(scene_on: Scene) -> None:
    case_id = scene_on.opened(for_mother(scene_on))
    accept(scene_on.center, scene_on.wang, case_id, scene_on.revision(case_id), ())
    receipt = scene_on.row(case_id).receipt_number
    asked = {"number": SON.number, "receipt_number": receipt}
    fetched = CasePapersAnswer.model_validate_json(scene_on.terminal.ask("/api/v1/cases/papers", asked).content)
    assert fetched.papers
    assert send(scene_on, case_id, "withdrawal", number="230903197302153639").status_code == 404
    assert send(scene_on, case_id, "withdrawal", number=SON.number).status_code == 201
    assert scene_on.last_detail(case_id)["note"] == "代办人放身份证撤回"


def test_an_organization_s_case_is_opened_by_its_handler_and_shows_its_group_as_a_table(scene_on: Scene) -> None:
    case_id = for_firm(scene_on)
    dossier = scene_on.dossier(case_id)
    assert (dossier.applicant.kind, dossier.applicant.name_label, dossier.applicant.number_label) == (
        "organization", "单位名称", "统一社会信用代码",
    )  # fmt: skip
    (line,) = [line for line in dossier.form if line.table]
    assert line.table == GroupTable(("姓名", "做什么", "电话"), (("李大力", "种植", "13904641299"), ("王芳", "其他", "")))
    assert line.value == "姓名 李大力，做什么 种植，电话 13904641299；姓名 王芳，做什么 其他"
    (case,) = looked_up(scene_on, HANDLER.number)
    assert case.applicant_name == FIRM.name
    # what may follow does not hold it up
    assert (dossier.outstanding, dossier.to_supply) == ((), ())


def test_what_may_follow_is_told_with_its_last_day(scene_on: Scene) -> None:
    case_id = scene_on.opened(for_firm(scene_on))
    accept(scene_on.center, scene_on.wang, case_id, scene_on.revision(case_id), ())
    (case,) = looked_up(scene_on, HANDLER.number)
    # ten working days from Tuesday, 24 November 2026
    assert case.wanted == ("场地合同：可以后补，最迟 12月8日",)


REFUSED: list[tuple[str, str, dict[str, Any]]] = [
    ("an agent without a paper", "materials_invalid", {"agent": SON}),
    ("an organization where none applies", "applicant_kind", {"applicant": FIRM, "agent": HANDLER}),
]


@pytest.mark.parametrize(("code", "changes"), [(code, changes) for _, code, changes in REFUSED], ids=[name for name, *_ in REFUSED])
def test_what_cannot_be_filed_for_others_is_refused_and_nothing_is_kept(scene: Scene, code: str, changes: dict[str, Any]) -> None:
    answer = scene.terminal.file(scene.terminal.filing(**changes))
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert looked_up(scene, NUMBER) == ()


def test_a_paper_of_authority_without_an_agent_is_refused(scene: Scene) -> None:
    filing = scene.terminal.filing()
    answer = scene.terminal.file(filing.model_copy(update={"materials": (*filing.materials, MaterialFiled(code=AUTHORITY_PAPER))}))
    assert answer.json()["fields"] == {AUTHORITY_PAPER: "no_agent"}


def test_an_item_that_everybody_files_in_person_takes_no_agent(scene: Scene) -> None:
    load_items(scene.center, (*read_items(ITEMS), LICENSE.model_copy(update={"agents": False, "version": 2})))
    filing = scene.terminal.filing(agent=SON, item_code="SPJY", item_version=2)
    answer = scene.terminal.file(filing)
    assert (answer.status_code, answer.json()["code"]) == (422, "agent_not_allowed")


def test_a_faulty_row_of_a_group_is_refused(scene: Scene) -> None:
    for_firm(scene)
    wrong = {"name": FIRM.name, "place": "一村", "partners": group_value([{"name": "李大力"}])}
    with pytest.raises(AssertionError, match="group_incomplete"):
        for_firm(scene, values=wrong)


def test_a_correction_at_the_window_leaves_card_names_alone_and_needs_no_phone_that_was_never_named(scene_on: Scene) -> None:
    case_id = scene_on.opened(for_mother(scene_on))
    now = entries_of(scene_on.center, case_id)
    assert now.agent is not None
    agent = replace(now.agent, name="另一个人", number="230903197302153639", authority="guardian")
    codes = correct(scene_on.center, scene_on.wang, case_id, scene_on.revision(case_id), replace(now, agent=agent), "看错了材料")
    assert codes == ("agent.authority",)
    dossier = scene_on.dossier(case_id)
    assert dossier.applicant.agent is not None
    assert (dossier.applicant.agent.name, dossier.applicant.agent.number) == (SON.name, SON.number)
    assert dossier.papers[-1].material.material_name == "监护关系证明"


def test_a_group_is_mended_row_by_row_at_the_window_and_checked(scene_on: Scene) -> None:
    case_id = scene_on.opened(for_firm(scene_on))
    now = entries_of(scene_on.center, case_id)
    broken = replace(now, values={**now.values, "partners": group_value([{"name": "李大力"}])})
    with pytest.raises(Refusal) as refused:
        correct(scene_on.center, scene_on.wang, case_id, scene_on.revision(case_id), broken, "核对")
    assert set(refused.value.fields) == {"f.partners"}
    mended = replace(now, values={**now.values, "partners": group_value(ROWS[:1])}, name="万宝河示范合作社")
    correct(scene_on.center, scene_on.wang, case_id, scene_on.revision(case_id), mended, "核对")
    dossier = scene_on.dossier(case_id)
    assert [line.table.rows for line in dossier.form if line.table] == [(("李大力", "种植", "13904641299"),)]
    # what was typed at the terminal, as an organization has no card, can be mended; the form follows
    assert dossier.applicant.name == dossier.form[0].value == "万宝河示范合作社"


# ------------------------------------------------------------------ pages


def test_staff_see_agent_address_and_group_and_mend_the_rows_on_the_page(scene: Scene) -> None:
    case_id = scene.opened(for_firm(scene, delivery=Delivery.POST, post_to=HOME))
    lead = signed_in(scene, Role.WINDOW_LEAD)
    shown = lead.get(f"/console/cases/{case_id}").text
    for part in (FIRM.name, "统一社会信用代码", SON.name, "法定代表人", "邮寄（EMS）", HOME.address, "自己来刷身份证", "<td>种植</td>"):
        assert part in shown
    form = f"/console/cases/{case_id}/correct"
    page = lead.get(form).text
    assert 'name="f.partners.1.name" value="王芳"' in page
    assert 'name="agent_number"' not in page, "a card said it"
    typed = {
        "f.place": "二村广场", "f.partners.0.name": "李大力", "f.partners.0.role": "driver", "f.partners.2.name": "赵强", "f.partners.2.role": "other",
        "name": FIRM.name, "number": FIRM.number, "phone": "", "address": FIRM.address, "delivery": "post", "reason": "核对",
        "agent_phone": "", "authority": "representative",
    }  # fmt: skip
    wrong = lead.post(form, lead.hidden(form) | typed | {"f.partners.1.name": "没写做什么"})
    assert wrong.status_code == 422
    assert "没写做什么" in wrong.text
    assert "有一行没有填全" in wrong.text
    assert lead.post(form, lead.hidden(form) | typed).ok
    (line,) = [line for line in scene.dossier(case_id).form if line.table]
    assert line.value == "姓名 李大力，做什么 开车；姓名 赵强，做什么 其他"


def test_a_group_is_filled_in_at_the_window_too(scene: Scene) -> None:
    for_firm(scene)
    lead = signed_in(scene, Role.WINDOW_LEAD)
    form = "/console/cases/new/HZSSL"
    typed = {
        "kind": "resident", "name": NAME, "number": NUMBER, "phone": PHONE, "address": "万宝河镇一村", "consent": "on", "by": "self",
        "f.place": "一村", "m.license": "1", "x.contract": "on",
    }  # fmt: skip
    hidden = lead.hidden(form)
    none = lead.post(form, hidden | typed)
    assert none.status_code == 422
    assert "填的行数不够" in none.text
    assert lead.post(form, hidden | typed | {"f.partners.0.name": "李大力", "f.partners.0.role": "grower"}).ok
    (case,) = looked_up(scene, NUMBER)
    assert case.item_code == "HZSSL"


def test_R10_a_case_may_be_rated_until_it_was_at_this_stage(scene_on: Scene) -> None:
    case_id = scene_on.opened(scene_on.file())
    (before,) = looked_up(scene_on, NUMBER)
    assert before.may_rate
    key = str(uuid4())
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    body = f'{{"key": "{key}", "code": "{before.receipt_code}", "level": 5}}'.encode()
    assert scene_on.terminal.call("POST", "/api/v1/ratings", body, headers).status_code == 201
    assert not looked_up(scene_on, NUMBER)[0].may_rate
    assert send(scene_on, case_id, "withdrawal").status_code == 201
    assert looked_up(scene_on, NUMBER)[0].may_rate, "the result is another stage"
