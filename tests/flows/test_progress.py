"""What can be done about a case at the terminal, against its real center: supply, withdraw, read the notices, go on after a refusal, rate."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from demo.faults import Out, walk
from demo.place import Place, open_place
from devices.bench.people import PEOPLE
from kiosk.events import BackPressed, RowChosen, Woken
from kiosk.ports import DeviceKind
from kiosk.views import (
    AttractView,
    CaseListView,
    ConsentView,
    DoneView,
    FormView,
    GuideView,
    HomeView,
    MaterialsView,
    MessageView,
    ProgressView,
    ReadView,
    ReviewView,
    ScanView,
    ViewData,
    WaysView,
)
from tests.flows.clerk import Clerk


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


@pytest.fixture(scope="module")
def clerk(place: Place) -> Clerk:
    clerk = Clerk(place)
    clerk.is_employed()
    clerk.signs_in()
    return clerk


def files(place: Place, person: str, *, papers: bool = False) -> str:
    """An application of 城乡居民养老保险; its case number."""
    done = walk(place, Out(camera=not papers), person)[-1]
    assert isinstance(done, DoneView)
    return done.number.replace(" ", "")


def returned(place: Place, clerk: Clerk, person: str) -> tuple[str, str]:
    """A case that the window returned for a paper, a field and something else; its number, and its address at the console."""
    number = files(place, person)
    case = clerk.opens(number)
    clerk.returns(case, "household_register", fields=("phone",), other="银行卡复印件")
    return number, case


def chooses(place: Place, number: str) -> ProgressView:
    """One of the cases, by its number: centers that came up again begin their morning anew, so the newest is not always first."""
    rows = place.citizen.sees(CaseListView).rows
    assert any(row.button.event == RowChosen(number) for row in rows)
    place.citizen.post(RowChosen(number))
    return place.citizen.sees(ProgressView)


def comes(place: Place, person: str, number: str) -> ProgressView:
    """With the card, to this case."""
    citizen = place.citizen
    citizen.sees(AttractView)
    citizen.waits(lambda: not place.composition.terminal.work.hub.card_present)
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    place.bench.lay_card(person)
    citizen.touches("agree")
    return chooses(place, number)


@pytest.fixture
def goes(place: Place) -> Iterator[None]:
    """Whoever it was, everything is as before when they are gone."""
    yield
    place.bench.lay_page(None)
    place.bench.set_paper(True)
    place.bench.lift_card()
    place.citizen.leaves()


def captures(place: Place, page: str, until: Callable[[MaterialsView], bool]) -> None:
    place.bench.lay_page(page)
    place.citizen.sees(MaterialsView, lambda view: view.good)
    place.citizen.touches("capture")
    place.citizen.sees(MaterialsView, until)


def corrects_phone(place: Place) -> None:
    place.citizen.sees(FormView)
    place.citizen.fills("phone", "13904641299")
    place.citizen.touches("primary")


# ------------------------------------------------------------------ supply


@pytest.mark.rule("R2.2", "R4.1")
@pytest.mark.usefixtures("goes")
def test_R2_2_everything_wanted_is_supplied_in_one_act_to_the_same_case(place: Place, clerk: Clerk) -> None:
    # given a returned case
    number, case = returned(place, clerk, "zhang-decai")
    citizen = place.citizen
    page = comes(place, "zhang-decai", number)
    assert len(page.wanted) == 3
    assert [button.id for button in page.actions] == ["print", "more", "primary"]
    # when the citizen goes to supply it
    citizen.touches("primary")
    corrects_phone(place)
    captures(place, "register-cover-straight", lambda view: view.taken_count == 1)
    captures(place, "register-person-skewed", lambda view: "银行卡" in view.title)
    # the other thing comes to the window
    citizen.touches("not_with_me")
    assert "带到窗口" in citizen.sees(MaterialsView, lambda view: view.camera is None).title
    citizen.touches("primary")
    review = citizen.sees(ReviewView)
    assert {(row.value, row.detail) for row in review.rows} >= {("2 页", "户口簿"), ("带到窗口", "银行卡复印件")}
    citizen.touches("primary")
    done = citizen.sees(DoneView, lambda view: view.paper.state == "done")
    # then it has arrived, at the same case, with a receipt
    assert done.title == "补交的内容已收到"
    seen = clerk.sees(case)
    assert "补交" in seen
    assert "13904641299" in seen.replace(" ", "")
    kept = place.composition.outbox.last_receipts(1)[0].document.decode()
    assert "补交回执" in kept
    assert "银行卡复印件" in kept
    # and the case says so
    place.bench.lift_card()
    citizen.touches("primary")
    again = comes(place, "zhang-decai", number)
    assert again.title.startswith("已提交")
    assert [button.id for button in again.actions] == ["print", "more", "primary"]


@pytest.mark.rule("R2.2")
@pytest.mark.usefixtures("goes")
def test_back_and_forth_loses_nothing_that_was_supplied(place: Place, clerk: Clerk) -> None:
    # given a phone corrected and one page taken
    number, _ = returned(place, clerk, "li-jianguo")
    citizen = place.citizen
    comes(place, "li-jianguo", number)
    citizen.touches("primary")
    corrects_phone(place)
    captures(place, "register-cover-straight", lambda view: view.taken_count == 1)
    # when they go back to the form, out of it, and in again
    citizen.post(BackPressed())
    form = citizen.sees(FormView)
    assert form.fields[0].value
    citizen.post(BackPressed())
    citizen.sees(ProgressView)
    citizen.touches("more")
    citizen.sees(WaysView)
    citizen.touches("way_supply")
    # then all is there
    assert citizen.sees(FormView).fields[0].value
    citizen.touches("primary")
    assert citizen.sees(MaterialsView).taken_count == 1
    # and from the check page each part is changed and leads back
    captures(place, "register-person-skewed", lambda view: "银行卡" in view.title)
    citizen.touches("not_with_me")
    citizen.touches("primary")
    citizen.sees(ReviewView)
    citizen.touches("edit_phone")
    citizen.sees(FormView)
    citizen.touches("primary")
    citizen.sees(ReviewView)
    citizen.touches("edit_other_1")
    citizen.sees(MaterialsView)
    citizen.post(BackPressed())
    citizen.sees(ReviewView)
    citizen.touches("dock_home")
    citizen.sees(HomeView)


@pytest.mark.usefixtures("goes")
def test_supplied_with_the_center_away_it_is_kept_and_goes_out_by_itself(place: Place, clerk: Clerk) -> None:
    # given
    number, case = returned(place, clerk, "wang-guilan")
    citizen = place.citizen
    comes(place, "wang-guilan", number)
    citizen.touches("primary")
    place.center_closes()
    try:
        # when all is done as ever, though the camera is out and the paper has ended
        corrects_phone(place)
        citizen.sees(MaterialsView)
        place.bench.unplug(DeviceKind.DOCUMENT_CAMERA)
        out = citizen.sees(MaterialsView, lambda view: view.camera is None and view.notice is not None)
        assert out.notice is not None
        assert "带到人工窗口" in out.notice.text
        citizen.touches("all_later")
        citizen.sees(ReviewView)
        place.bench.set_paper(False)
        citizen.touches("primary")
        done = citizen.sees(DoneView, lambda view: view.paper.state == "attention")
        # then it is said plainly, and nothing is lost
        assert done.title == "补交已保存，稍后送达"
        assert done.notice is not None
    finally:
        place.bench.plug(DeviceKind.DOCUMENT_CAMERA)
        place.bench.set_paper(True)
        place.center_opens()
    # and it arrives by itself
    citizen.waits(lambda: "13904641299" in clerk.sees(case).replace(" ", ""))


@pytest.mark.usefixtures("goes")
def test_whoever_brings_all_of_it_to_the_window_hands_in_nothing_here(place: Place, clerk: Clerk) -> None:
    number = files(place, "zhang-decai")
    clerk.returns(clerk.opens(number), "household_register")
    comes(place, "zhang-decai", number)
    place.citizen.touches("primary")
    place.citizen.touches("not_with_me")
    place.citizen.touches("primary")
    review = place.citizen.sees(ReviewView)
    assert review.primary.label == "知道了"
    assert review.info is not None
    assert "人工窗口" in review.info.detail


# ------------------------------------------------------------------ withdraw


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


# ------------------------------------------------------------------ notices and refusals


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


# ------------------------------------------------------------------ finding


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
    assert person.name not in repr(state)
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
