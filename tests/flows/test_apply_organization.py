"""A cooperative applies by whoever handles it, with the center away: name and credit code, a group, a paper that may follow, by post."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.place import Place, open_place
from kiosk.events import BackPressed
from kiosk.link.questions import cases
from kiosk.views import ConsentView, FormView, IdentifyView, MaterialsView, ReviewView, Tone, WaysView
from kiosk.wire.cases import CasesAnswer
from tests.flows.clerk import Clerk
from tests.flows.filer import LI, Filer, row, whoever_comes

CODE = "91110000600037341L"
NAME = ("wanbaohe", "万宝河")
HANDLER, HANDLER_NUMBER = "li-jianguo", "230903197908150010"
FIELDS = ("wanbaocun", "万宝村")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place"), catalogue=Path("demo/items")) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        Clerk(here).is_employed()
        yield here


@pytest.fixture
def filer(place: Place) -> Iterator[Filer]:
    """Whoever comes next; gone at the end."""
    yield from whoever_comes(place)


def _to_its_name(filer: Filer) -> FormView:
    filer.comes("hezuoshe", "HZSSL")
    filer.citizen.touches("for_organization")
    filer.lays(HANDLER)
    filer.citizen.touches("agree")
    filer.citizen.touches("authority_representative")
    return filer.citizen.sees(FormView)


def test_a_cooperative_s_application_waits_in_the_outbox_and_reaches_the_center_whole(filer: Filer, place: Place) -> None:
    # given the handler's card, and the cooperative by its name and code
    citizen = filer.citizen
    ways = filer.comes("hezuoshe", "HZSSL")
    assert [way.id for way in ways.ways] == ["for_self", "for_agent", "for_organization"]
    citizen.touches("for_organization")
    assert "您的身份证" in citizen.sees(IdentifyView).title
    filer.lays(HANDLER)
    consent = citizen.sees(ConsentView)
    assert consent.person_rows == (("经办人", "李*国 230903********0010"),)
    assert "单位" in consent.agreement
    citizen.touches("agree")
    authorities = citizen.sees(WaysView)
    assert {way.id for way in authorities.ways} == {"authority_power_of_attorney", "authority_representative"}
    citizen.touches("authority_representative")
    filer.writes("organization_name", NAME)
    filer.writes("credit_code", CODE)
    citizen.touches("primary")

    # when the form, whose first field is the cooperative's name, is filled in with one partner
    form = citizen.sees(FormView, lambda view: any(each.code == "place" for each in view.fields))
    assert next(each for each in form.fields if each.code == "name").value == NAME[1]
    filer.writes("place", FIELDS)
    citizen.touches("field_partners")
    filer.goes_on_writing("name", LI)
    filer.chooses("role", "grower")
    citizen.touches_until("primary", ReviewView)
    citizen.touches("primary")
    citizen.touches_until("primary", MaterialsView)

    # and the license is captured, the contract is to follow, the identity paper is not with them
    filer.captures(1)
    follows = citizen.sees(MaterialsView, lambda view: "后补" in view.subtitle)
    assert "提交后 10 个工作日内" in follows.subtitle
    citizen.touches("not_with_me")
    citizen.sees(MaterialsView, lambda view: "负责人" in view.title)
    citizen.touches("not_with_me")
    told = citizen.sees(MaterialsView, lambda view: view.notice is not None)
    assert told.notice is not None
    assert "窗口会一次告诉您怎么补" in told.notice.text and "场地合同" not in told.notice.text
    assert "场地合同提交后 10 个工作日内交到窗口" in told.notice.detail
    citizen.touches("primary")

    # and the result is to be posted, and told by a call
    citizen.touches("choice_delivery_post")
    citizen.touches("choice_tell_phone")
    filer.writes("phone", "13904640000")
    filer.writes("post_address", FIELDS)
    place.center_closes()
    check = filer.goes_on_to_sign()
    assert row(check, "申请人").value == NAME[1]
    assert row(check, "经办人").value == "李*国，负责人"
    assert row(check, "怎么领").value == "邮寄给 李*国"
    done = filer.hands_in()

    # then with the center away it is kept, says so, and its receipt says it all
    assert done.tone is Tone.ATTENTION and "稍后送达" in done.title
    receipt = filer.receipt(done)
    for said in (
        NAME[1],
        "信用代码",
        "李建国",
        "负责人",
        "可以后补 1 样材料",
        "提交后 10 个工作日内",
        "还缺 1 样材料",
        "邮寄（EMS）",
        "打电话 139",
    ):
        assert said in receipt, said
    assert CODE not in receipt and "13904640000" not in receipt
    # and once the center is there, it has everything
    filer.leaves()
    place.center_opens()
    citizen.waits(lambda: place.composition.outbox.unsent() == 0)
    assert place.composition.outbox.refused() == 0
    clerk = Clerk(place)
    clerk.signs_in()
    answer = place.composition.terminal.work.center._client.ask(cases(HANDLER_NUMBER))  # the same signed client
    assert isinstance(answer, CasesAnswer)
    (case,) = answer.cases
    assert (case.receipt_number, case.applicant_name) == (done.number.replace(" ", ""), NAME[1])
    page = clerk.sees(clerk.opens(case.case_number))
    for said in (NAME[1], CODE, "李建国", "万宝村", "13904640000", "种植", "EMS"):
        assert said in page, said


def test_a_wrong_code_and_no_name_are_told_at_once_and_nothing_is_left_to_the_window(filer: Filer) -> None:
    _to_its_name(filer)
    filer.writes("credit_code", CODE[:-1] + "M")
    filer.citizen.touches("primary")
    told = filer.citizen.sees(FormView, lambda view: view.notice is not None and "有 2 处要改" in view.notice.text)
    assert told.notice is not None
    assert "单位名称" in told.notice.text and "信用代码" in told.notice.text
    assert told.later is None


def test_back_from_the_name_leads_to_what_is_acted_upon_and_keeps_what_was_typed(filer: Filer) -> None:
    _to_its_name(filer)
    filer.writes("credit_code", CODE)
    filer.citizen.post(BackPressed())
    ways = filer.citizen.sees(WaysView)
    assert next(way for way in ways.ways if way.selected).id == "authority_representative"
    filer.citizen.touches("authority_representative")
    form = filer.citizen.sees(FormView)
    assert next(each for each in form.fields if each.code == "credit_code").value == CODE
