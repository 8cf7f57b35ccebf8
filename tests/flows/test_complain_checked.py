"""The check page of a complaint looks again: what was edited from it and left is marked, and nothing is lost or handed in unchecked."""

from __future__ import annotations

from demo.place import Place
from kiosk.events import BackPressed, PublicChanged
from kiosk.views import FormView, GridView, MessageView, PageView, PeopleView, ReviewView
from tests.center.complaints.place import Town
from tests.flows import test_complain_offline
from tests.flows.complainer import PHONE, STORY, Complainer
from tests.flows.eraser import erases, to_change
from tests.flows.officer import newest, story
from tests.flows.test_complain_offline import _up_to_the_check_page

place, town, citizen = test_complain_offline.place, test_complain_offline.town, test_complain_offline.citizen


def test_R2_2_what_was_cleared_and_left_is_marked_at_once_and_mended_before_it_is_handed_in(
    citizen: Complainer, place: Place, town: Town
) -> None:
    # given story and telephone cleared from the check page, each left by 返回
    hand = place.citizen
    _up_to_the_check_page(citizen)
    assert to_change(hand.sees(ReviewView)) == []
    for page, field in (("words", "statement"), ("contact", "phone")):
        hand.touches(f"edit_{page}")
        hand.sees(FormView)
        erases(hand, field)
        hand.touches("dock_back")
        hand.sees(ReviewView)
    # then both are marked together
    checked = hand.sees(ReviewView)
    assert to_change(checked) == ["事情经过", "联系方式"]
    assert checked.info is not None and "有 2 处要改" in checked.info.text
    # when it is handed in all the same, then it leads to the first, and there to what is wrong
    hand.touches("primary")
    asked = hand.sees(FormView, lambda view: any(row.code == "statement" and row.error for row in view.fields))
    assert asked.notice is not None and "要改" in asked.notice.text
    citizen.types("statement", STORY)
    citizen.closes_keyboard()
    hand.touches("primary")
    assert to_change(hand.sees(ReviewView)) == ["联系方式"]
    hand.touches("primary")
    hand.sees(FormView, lambda view: any(row.code == "phone" and row.error for row in view.fields))
    citizen.types("phone", PHONE)
    citizen.closes_keyboard()
    hand.touches("primary")
    # and mended, it is handed in
    assert to_change(hand.sees(ReviewView)) == []
    citizen.hands_in()
    assert story(town.center, newest(town.center)) == STORY[1]


def test_back_on_the_check_page_walks_back_through_the_steps_to_the_first(citizen: Complainer, place: Place) -> None:
    # given
    hand = place.citizen
    _up_to_the_check_page(citizen)
    # when 返回 is pressed again and again
    # then it is the way that was walked, page by page
    way = ("请设六位数字", "怎样联系您？", "您替谁投诉？", "用不用身份证？", "有证据要交吗？", "请说说事情经过", "是什么问题？")
    for title in way:
        hand.post(BackPressed())
        hand.sees(PageView, lambda view, title=title: view.title == title)  # type: ignore[misc] # title is bound now
    # and what was filled in is still there
    hand.touches("matter_1")
    form = hand.sees(FormView)
    assert form.fields[0].value == STORY[1]


def test_without_reasons_to_choose_from_it_waits_for_them(citizen: Complainer, place: Place) -> None:
    # given windows on the list, and no reason
    hand, work = place.citizen, place.composition.terminal.work
    listed = work.public_staff
    assert listed is not None and listed.windows
    citizen.comes()
    citizen.reads_and_agrees()
    hand.touches("about_2")
    hand.sees(GridView)
    # when they go from the list
    work.public_staff = listed.model_copy(update={"matters": ()})
    try:
        hand.post(PublicChanged())
        # then nobody stands before a page without anything to touch
        waits = hand.sees(MessageView)
        assert waits.title == "名单正在准备"
        hand.touches("primary")
        hand.sees(MessageView, lambda view: view is not waits)  # the page before, which waits too
    finally:
        work.public_staff = listed
    # and it goes on when they are there
    hand.post(PublicChanged())
    hand.sees(PeopleView)
