"""What the citizen is told of every state: nothing of the person by the code, all of it by the card."""

from __future__ import annotations

from datetime import timedelta

import pytest

from center.casework.correcting import correct, entries_of
from center.casework.handling import accept
from center.casework.refusing import Refused, refuse
from center.domain.application import STATE_LABELS, ApplicationState
from center.store.tables import Case
from kiosk.wire.cases import CaseDetail, CasesAnswer
from tests.center.intake.scene import Scene
from tests.center.place import MORNING, NAME, NUMBER


def detail(scene: Scene) -> CaseDetail:
    answer = CasesAnswer.model_validate_json(scene.terminal.ask("/api/v1/cases/lookup", {"number": NUMBER}).content)
    (case,) = answer.cases
    return case


@pytest.mark.parametrize("state", list(ApplicationState))
def test_every_state_is_told_by_code_without_the_person_and_by_card_with_its_words(scene: Scene, state: ApplicationState) -> None:
    case_id = scene.opened(scene.file())
    with scene.center.database.writing() as session:
        case = session.get_one(Case, case_id)
        case.state, case.department = state, "市场监督管理所"
        receipt = case.receipt_number
    by_code = scene.terminal.ask("/api/v1/cases/state", {"code": scene.terminal.receipt_code(receipt)})
    assert by_code.json()["state_label"] == STATE_LABELS[state]
    assert not any(personal in by_code.text for personal in (NAME, NUMBER, "养老"))
    told = detail(scene)
    assert (told.state.value, told.state_label) == (state.value, STATE_LABELS[state])
    ended = state in ("refused", "collected", "posted", "withdrawn")
    assert bool(told.holder) != ended
    assert any(step.at is None for step in told.steps) != ended
    assert bool(told.collect) == (state in ("voucher_issued", "notified"))


@pytest.mark.rule("R2.3", "R2.4")
def test_a_refused_case_says_why_and_where_to_go_and_names_its_notice(scene: Scene) -> None:
    case_id = scene.opened(scene.file_license())
    elsewhere = Refused("这类许可由区里办理。", (), True, "桃山区市场监督管理局", "大同街1号", "")
    paper = refuse(scene.center, scene.wang, case_id, scene.revision(case_id), elsewhere)
    told = detail(scene)
    assert told.reason == "这类许可由区里办理。请到桃山区市场监督管理局办理，大同街1号"
    assert told.papers == (f"不予受理通知书 {paper.number}",)
    assert (told.steps[-1].label, told.steps[-1].note, told.steps[-1].current) == ("不予受理", "理由和依据见通知书", True)
    assert not told.may_withdraw


def test_what_only_staff_need_to_know_is_no_step_of_the_citizen_s(scene: Scene) -> None:
    case_id = scene.opened(scene.file())
    scene.clock.at = MORNING + timedelta(minutes=5)
    now = entries_of(scene.center, case_id)
    changed = type(now)({**now.values, "payment": "self"}, now.phone, now.address, now.delivery)
    correct(scene.center, scene.wang, case_id, scene.revision(case_id), changed, "与申请人核对")
    accept(scene.center, scene.wang, case_id, scene.revision(case_id), ())
    assert [step.label for step in detail(scene).steps] == ["提交申请", "窗口收件", "受理登记", "办结"]
