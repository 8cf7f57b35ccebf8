"""The check page of an application looks again: what was edited from it and left is marked, and nothing is lost or handed in unchecked."""

from __future__ import annotations

from kiosk.events import BackPressed, HomePressed, SignatureCleared, StrokeDrawn
from kiosk.views import FormView, IdentifyView, MaterialsView, ReviewView, SignatureView, ViewData, WaysView
from tests.flows import test_apply_draft
from tests.flows.eraser import erases, to_change
from tests.flows.filer import SIGNATURE, ZHANG, Filer, row
from tests.flows.test_apply_draft import PLACE, fills_in

place, filer = test_apply_draft.place, test_apply_draft.filer


def _back(filer: Filer) -> ReviewView:
    filer.citizen.post(BackPressed())
    return filer.citizen.sees(ReviewView, lambda view: view.secondary is None)


def test_R2_2_everything_that_was_left_wrong_is_marked_at_once_and_leads_to_its_page(filer: Filer) -> None:
    # given a whole application
    citizen = filer.citizen
    assert to_change(fills_in(filer)) == []
    # when a field is cleared, a row is begun, a paper and the signature are thrown away, and it is to be posted to nobody
    citizen.touches("edit_place")
    erases(citizen, "place")
    _back(filer)
    citizen.touches("edit_partners")
    citizen.touches("add")
    filer.goes_on_writing("name", ZHANG)
    citizen.touches("dock_back")
    citizen.sees(ReviewView, lambda view: any(each.value == ZHANG[1] for each in view.rows))
    _back(filer)
    citizen.touches("edit_materials")
    citizen.sees(MaterialsView)
    citizen.touches("retake")
    citizen.sees(MaterialsView, lambda view: view.title != "可以先提交")
    _back(filer)
    citizen.touches("edit_result")
    citizen.sees(FormView)
    citizen.touches("choice_tell_phone")
    citizen.goes_to("field_phone")
    _back(filer)
    citizen.touches("edit_signature")
    citizen.sees(SignatureView)
    citizen.post(SignatureCleared())
    check = _back(filer)
    # then all of it is marked
    assert to_change(check) == ["要用的场地", "一起用的人", "材料", "怎么告诉", "签名"]
    assert check.info is not None and "有 5 处要改" in check.info.text
    assert row(check, "签名").value == "还没有签"
    # and handing in leads to one after the other, each marked where it is
    citizen.touches("primary")
    citizen.sees(FormView, lambda view: any(each.code == "place" and each.error for each in view.fields))
    filer.writes("place", PLACE)
    citizen.goes_to("field_partners")
    citizen.touches("field_partners")
    rows = citizen.sees(ReviewView, lambda view: view.secondary is not None)
    assert rows.info is not None and "张秀兰：做什么" in rows.info.text
    citizen.touches("edit_row_2")
    filer.chooses("role", "driver")
    citizen.touches_until("primary", ReviewView)
    citizen.sees(ReviewView, lambda view: any(each.detail == "开车" for each in view.rows))
    citizen.touches("primary")
    citizen.sees(ReviewView, lambda view: to_change(view) == ["材料", "怎么告诉", "签名"])
    citizen.touches("primary")
    citizen.sees(MaterialsView)
    filer.captures(1)
    citizen.touches_until("primary", ReviewView)
    citizen.touches("primary")
    citizen.sees(FormView, lambda view: any(each.code == "phone" and each.error for each in view.fields))
    filer.writes("phone", "13904640000")
    citizen.touches_until("primary", ReviewView)
    citizen.touches("primary")
    citizen.sees(SignatureView)
    citizen.post(StrokeDrawn(SIGNATURE))
    citizen.touches("primary")
    # then it is handed in
    assert to_change(citizen.sees(ReviewView)) == []
    done = filer.hands_in()
    assert done.number_label == "办件编号"


def test_what_is_to_be_posted_to_nobody_is_shown_and_asked(filer: Filer) -> None:
    # given the check page, and posting chosen without a telephone
    citizen = filer.citizen
    fills_in(filer)
    citizen.touches("edit_result")
    citizen.touches("choice_delivery_post")
    citizen.goes_to("field_phone")
    # when it is left
    check = _back(filer)
    # then the page stands, and says what is wanting
    assert row(check, "怎么领").value.startswith("邮寄")
    assert to_change(check) == ["怎么领"]
    citizen.touches("primary")
    citizen.sees(FormView, lambda view: any(each.code == "phone" and each.error for each in view.fields))


def test_back_on_the_check_page_walks_back_to_whom_it_is_for(filer: Filer) -> None:
    # given
    citizen = filer.citizen
    fills_in(filer)
    # when 返回 is pressed again and again
    way: tuple[type[ViewData], ...] = (SignatureView, FormView, MaterialsView, FormView, WaysView)
    for kind in way:
        citizen.post(BackPressed())
        citizen.sees(kind)
    # then it is the way that was walked: signature, result, papers, form, and for whom
    assert citizen.sees(WaysView).title == "给谁办？"
    # and all is there on the way on
    citizen.touches("for_self")
    assert next(each.value for each in citizen.sees(FormView).fields if each.code == "place") == PLACE[1]
    assert to_change(filer.goes_on_to_sign()) == []


def test_without_the_card_of_whom_it_is_for_nothing_is_handed_in(filer: Filer) -> None:
    # given that it is for somebody else after all, and home from the page that asks for their card
    citizen = filer.citizen
    fills_in(filer)
    for kind in (SignatureView, FormView, MaterialsView, FormView, WaysView):
        citizen.post(BackPressed())
        citizen.sees(kind)
    citizen.touches("for_agent")
    citizen.sees(IdentifyView)
    citizen.post(HomePressed())
    # when they come back and go on to the end
    filer.finds("hezuoshe", "HZSSL")
    citizen.touches("go_on")
    citizen.sees(ViewData, lambda view: isinstance(view, FormView | SignatureView))
    check = filer.goes_on_to_sign()
    # then card, agreement and authority are asked for, and handing in leads to the first
    assert to_change(check) == ["申请人", "代办人", "同意书"]
    citizen.touches_until("primary", IdentifyView)
    assert "申请人" in citizen.sees(IdentifyView).title
