"""What else can be done about a case at the terminal: withdraw, read the notices, go on after a refusal, find it, rate."""

from __future__ import annotations

import pytest

from demo.place import Place
from devices.bench.people import PEOPLE
from kiosk.events import BackPressed, Woken
from kiosk.views import (
    AttractView,
    ConsentView,
    GuideView,
    HomeView,
    MessageView,
    ProgressView,
    ReadView,
    ScanView,
    ViewData,
    WaysView,
)
from tests.flows.clerk import Clerk
from tests.flows.progress.holder import chooses, comes, files
from tests.said import said


@pytest.mark.usefixtures("goes")
def test_withdrawing_is_asked_once_more_and_then_done_with_a_slip(place: Place, clerk: Clerk) -> None:
    # given
    number = files(place, "li-jianguo")
    case = clerk.opens(number)
    citizen = place.citizen
    comes(place, "li-jianguo", number)
    citizen.touches("more")
    citizen.touches("way_withdraw")
    asked = citizen.sees(MessageView, lambda view: view.title == "真的要撤回吗？")
    assert any("不能恢复" in line for line in asked.lines)
    # when they think better of it, then nothing happens
    citizen.touches("primary")
    citizen.sees(WaysView)
    assert "已撤回" not in clerk.sees(case)
    # when the center is away, then it says that it may be withdrawn already, and it can be tried again
    citizen.touches("way_withdraw")
    place.center_closes()
    try:
        citizen.touches("withdraw")
        away = citizen.sees(MessageView, lambda view: view.title == "现在连不上中心")
        assert any("也许已经撤回了" in line for line in away.lines)
    finally:
        place.center_opens()
    citizen.touches("retry")
    citizen.sees(MessageView, lambda view: view.title == "申请已经撤回")
    # then the center has it, and the slip prints
    assert "已撤回" in clerk.sees(case)
    before = len(place.bench.receipt_names())
    citizen.touches("print")
    citizen.sees(MessageView, lambda view: "打好了" in view.title)
    assert len(place.bench.receipt_names()) == before + 1
    citizen.touches("primary")
    citizen.touches("primary")
    citizen.sees(HomeView)
    # and the list says so at once
    citizen.touches("way_progress")
    assert chooses(place, number).title == "已撤回"
    citizen.touches("more")
    assert {"way_again", "way_guide"} <= {way.id for way in citizen.sees(WaysView).ways}
    assert "way_withdraw" not in {way.id for way in citizen.sees(WaysView).ways}


@pytest.mark.rule("R2.3", "R2.4")
@pytest.mark.usefixtures("goes")
def test_R2_3_a_refusal_is_read_printed_again_and_says_what_can_be_done(place: Place, clerk: Clerk) -> None:
    # given
    number = files(place, "wang-guilan")
    clerk.refuses(clerk.opens(number), "不在本镇居住，不符合条件。", "《样例办法》第三条")
    citizen = place.citizen
    page = comes(place, "wang-guilan", number)
    assert page.title == "不予受理"
    # when
    citizen.touches("primary")
    ways = citizen.sees(WaysView)
    # then
    assert ways.notice is not None
    assert ways.notice.text == "不在本镇居住，不符合条件。"
    assert ways.ways[0].id == "way_papers"
    assert {"way_again", "way_complain", "way_guide"} <= {way.id for way in ways.ways}
    # and the notice is read whole, with its basis, and printed as what it is: another copy
    citizen.touches("way_papers")
    notice = citizen.sees(ReadView)
    texts = [part.text + part.value for part in notice.parts]
    while notice.next is not None and notice.next.event is not None:
        citizen.touches("next")
        notice = citizen.sees(ReadView, lambda view, before=notice.page: view.page != before)  # type: ignore[misc] # bound now
        texts += [part.text + part.value for part in notice.parts]
    assert any("《样例办法》第三条" in text for text in texts)
    citizen.touches("print")
    citizen.sees(MessageView, lambda view: "打好了" in view.title)
    citizen.touches("primary")
    citizen.touches("primary")
    # and each way out leads somewhere
    for way, kind in (("way_guide", GuideView), ("way_complain", WaysView)):
        citizen.sees(WaysView, lambda view: any(button.id == "way_papers" for button in view.ways))
        citizen.touches(way)
        citizen.sees(kind, lambda view: not (isinstance(view, WaysView) and any(button.id == "way_papers" for button in view.ways)))
        citizen.post(BackPressed())


@pytest.mark.usefixtures("goes")
def test_with_the_center_away_notices_are_said_to_be_safe_and_come_when_it_is_back(place: Place, clerk: Clerk) -> None:
    number = files(place, "zhang-decai")
    clerk.returns(clerk.opens(number), "household_register")
    citizen = place.citizen
    comes(place, "zhang-decai", number)
    citizen.touches("more")
    citizen.sees(WaysView)
    place.center_closes()
    try:
        citizen.touches("way_papers")
        away = citizen.sees(MessageView, lambda view: view.title == "现在连不上中心")
        assert any("不会丢" in line for line in away.lines)
        citizen.touches("primary")
        citizen.sees(WaysView)
        citizen.touches("way_papers")
        citizen.sees(MessageView, lambda view: view.title == "现在连不上中心")
    finally:
        place.center_opens()
    citizen.touches("retry")
    assert "告知" in citizen.sees(ReadView).title


@pytest.mark.usefixtures("goes")
def test_a_code_shows_the_right_next_thing_and_nothing_of_the_person(place: Place, clerk: Clerk) -> None:
    # given a returned case whose receipt is held up
    clerk.returns(clerk.opens(files(place, "li-jianguo")), "household_register")
    citizen = place.citizen
    citizen.sees(AttractView)
    citizen.post(Woken())
    citizen.sees(HomeView)
    place.bench.hold_code(receipt="latest")
    try:
        state = citizen.sees(ProgressView)
    finally:
        place.bench.hold_code()
    # then
    assert state.panel is not None
    assert "补齐材料" in state.panel.text
    assert not state.steps
    assert not state.wanted
    person = PEOPLE["li-jianguo"].card
    assert person.name not in said(state)
    # and the card leads to the case itself
    place.bench.lay_card("li-jianguo")
    citizen.sees(ConsentView)
    citizen.touches("agree")
    assert citizen.sees(ProgressView, lambda view: bool(view.steps)).wanted


@pytest.mark.usefixtures("goes")
def test_who_does_not_agree_sees_no_case(place: Place) -> None:
    citizen = place.citizen
    citizen.sees(AttractView)
    citizen.waits(lambda: not place.composition.terminal.work.hub.card_present)
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    place.bench.lay_card("li-jianguo")
    citizen.touches("refuse")
    citizen.sees(HomeView)
    assert place.composition.terminal.work.session.card is None


@pytest.mark.usefixtures("goes")
def test_what_a_case_is_rated_for_stands_among_what_can_be_done(place: Place, clerk: Clerk) -> None:
    # given a filed case, which may be rated
    number = files(place, "zhang-decai")
    citizen = place.citizen
    comes(place, "zhang-decai", number)
    citizen.touches("more")
    citizen.touches("way_rate")
    # when
    citizen.touches("level_5")
    citizen.touches("primary")
    thanks = citizen.sees(MessageView)
    assert "谢谢" in thanks.title
    citizen.touches("primary")
    # then it is not asked a second time
    ways = citizen.sees(ViewData, lambda view: isinstance(view, WaysView))
    assert isinstance(ways, WaysView)
    assert "way_rate" not in {way.id for way in ways.ways}
