"""预约: a free time is booked, moved and given back with the card; a slip alone shows nothing; every way out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import zxingcpp
from PIL import Image

from demo.place import Place, open_place
from kiosk.events import BackPressed, HomePressed, Woken
from kiosk.views import (
    AttractView,
    CaseListView,
    ConsentView,
    FormView,
    GridView,
    HomeView,
    MessageView,
    ReviewView,
    WaysView,
)
from kiosk.wire.services import BookingAnswer
from tests.flows import booker
from tests.said import said


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


@pytest.fixture(autouse=True)
def _a_visit(place: Place) -> Iterator[None]:
    yield from booker.visit(place)


def test_a_time_is_booked_in_few_taps_and_its_slip_carries_the_center_s_code(place: Place) -> None:
    citizen = place.citizen
    # given what is free, a day each
    days = booker.at_the_days(place)
    first = days.sections[0].buttons[0]
    free = [slot for slot in booker.free(place) if slot.day == min(slot.day for slot in booker.free(place))]
    assert first.note.endswith(f"{sum(slot.left for slot in free)} 个空位")
    citizen.touches("day_1")
    times = citizen.sees(GridView, lambda view: "几点" in view.title)
    assert [section.title for section in times.sections] == ["上午", "下午"]
    assert [chip.label for chip in times.chips] == ["综合窗口1号", "综合窗口2号"]
    citizen.touches("window_2")
    citizen.sees(GridView, lambda view: view.chips[1].selected)
    citizen.touches("time_0930")
    # then everything is on one page, and neither the matter nor a telephone is owed
    check = citizen.sees(ReviewView)
    assert check.rows[0].value.endswith("9:30") and check.rows[0].detail == "综合窗口2号"
    assert "王桂兰" not in said(check) and booker.WANG not in said(check)
    citizen.touches("primary")
    booked = citizen.sees(MessageView, lambda view: view.title == "约好了")
    assert "9:30，综合窗口2号" in booked.lines[0]
    # and the slip is printed when it is wanted
    papers = len(place.bench.receipt_names())
    citizen.touches("print")
    citizen.sees(MessageView, lambda view: view.title == "打好了，请取走")
    citizen.touches("primary")
    citizen.sees(MessageView, lambda view: view.title == "约好了" and view.actions[-1].id == "primary")
    assert len(place.bench.receipt_names()) == papers + 1
    slip = Image.open(place.bench.receipts / place.bench.receipt_names()[0])
    (held,) = booker.held(place)
    assert [code.text for code in zxingcpp.read_barcodes(slip)] == [held.code] == [booked.qr]
    # and the end is the end
    place.bench.lift_card()
    citizen.touches("primary")
    citizen.sees(AttractView)


@pytest.fixture
def held(place: Place) -> BookingAnswer:
    """One booking, made elsewhere."""
    slot = next(slot for slot in booker.free(place) if slot.window == "综合窗口2号")
    booker.books_elsewhere(place, slot, booker.WANG)
    (made,) = booker.held(place)
    return made


def test_a_slip_held_up_shows_nothing_without_the_card(place: Place, held: BookingAnswer) -> None:
    citizen = place.citizen
    citizen.post(Woken())
    citizen.sees(HomeView)
    place.bench.hold_code(text=held.code)
    told = citizen.sees(MessageView, lambda view: "预约单" in view.title)
    for detail in (held.window, f"{held.starts:%-H:%M}", held.number):
        assert detail not in said(told)
    # and with the card it opens by itself
    place.bench.lay_card("wang-guilan")
    citizen.touches("agree")
    own = citizen.sees(MessageView, lambda view: view.title == "约好了")
    assert f"{held.starts:%-H:%M}，综合窗口2号" in own.lines[0]
    # another card opens nothing of it
    citizen.leaves()
    place.bench.lift_card()
    place.bench.hold_code()
    citizen.waits(lambda: not place.composition.terminal.work.hub.card_present)
    citizen.post(Woken())
    citizen.sees(HomeView)
    place.bench.hold_code(text=held.code)
    citizen.sees(MessageView, lambda view: "预约单" in view.title)
    place.bench.lay_card("li-jianguo")
    citizen.touches("agree")
    listed = citizen.sees(CaseListView)
    assert listed.rows == () and listed.empty


def test_a_booking_is_moved_and_its_old_time_is_free_again(place: Place, held: BookingAnswer) -> None:
    citizen = place.citizen
    booker.comes(place)
    citizen.touches("way_bookings")
    booker.identifies(place)
    citizen.touches("booking_1")
    citizen.sees(MessageView, lambda view: view.title == "约好了")
    citizen.touches("primary")
    citizen.touches("day_2")
    citizen.touches("time_1400")
    check = citizen.sees(ReviewView)
    assert f"{held.starts:%-H:%M}" in check.rows[0].value and "14:00" in check.rows[1].value
    citizen.touches("primary")
    moved = citizen.sees(MessageView, lambda view: view.title == "时间改好了")
    assert "14:00" in moved.lines[0]
    (after,) = booker.held(place)
    assert after.number == held.number and (after.day, after.starts) != (held.day, held.starts)
    assert any((slot.day, slot.window, slot.starts) == (held.day, held.window, held.starts) for slot in booker.free(place))


@pytest.mark.usefixtures("held")
def test_giving_a_booking_back_is_asked_once_more(place: Place) -> None:
    citizen = place.citizen
    booker.comes(place)
    citizen.touches("way_bookings")
    booker.identifies(place)
    citizen.touches("booking_1")
    citizen.touches("cancel")
    citizen.sees(MessageView, lambda view: "要取消" in view.title)
    # kept
    citizen.touches("primary")
    citizen.sees(MessageView, lambda view: view.title == "约好了")
    assert len(booker.held(place)) == 1
    # given back
    citizen.touches("cancel")
    citizen.sees(MessageView, lambda view: "要取消" in view.title)
    citizen.touches("cancel")
    citizen.sees(MessageView, lambda view: view.title == "已取消")
    assert booker.held(place) == []
    citizen.touches("primary")
    listed = citizen.sees(CaseListView)
    assert {row.state_label for row in listed.rows} == {"已取消"}
    # and from the list a new one is begun
    citizen.touches("primary")
    citizen.sees(GridView, lambda view: "哪天" in view.title)


def test_what_for_and_a_telephone_may_be_said(place: Place) -> None:
    citizen = place.citizen
    booker.at_the_check(place)
    citizen.touches("edit_matter")
    items = citizen.sees(GridView, lambda view: "什么事" in view.title)
    chosen = items.sections[0].buttons[0]
    citizen.touches(chosen.id)
    citizen.sees(ReviewView, lambda view: any(row.value == chosen.label for row in view.rows))
    citizen.touches("edit_phone")
    citizen.sees(FormView)
    citizen.fills("phone", "13904641234")
    citizen.touches("primary")
    check = citizen.sees(ReviewView)
    assert "13904641234" not in said(check)
    citizen.touches("primary")
    booked = citizen.sees(MessageView, lambda view: view.title == "约好了")
    assert chosen.label in booked.lines
    (held,) = booker.held(place)
    assert held.item_code


def test_back_leads_step_by_step_out_and_what_was_chosen_stays(place: Place) -> None:
    citizen = place.citizen
    booker.at_the_check(place, "time_1400")
    citizen.post(BackPressed())
    times = citizen.sees(GridView, lambda view: "几点" in view.title)
    assert any(button.selected for section in times.sections for button in section.buttons)
    citizen.post(BackPressed())
    days = citizen.sees(GridView, lambda view: "哪天" in view.title)
    assert any(button.selected for button in days.sections[0].buttons)
    citizen.post(BackPressed())
    citizen.sees(WaysView)
    citizen.post(BackPressed())
    citizen.sees(HomeView)
    assert booker.held(place) == []


def test_home_leads_out_of_the_check_and_nothing_is_booked(place: Place) -> None:
    booker.at_the_check(place, "time_1400")
    place.citizen.post(HomePressed())
    place.citizen.sees(HomeView)
    assert booker.held(place) == []


def test_who_does_not_agree_goes_home_and_their_card_is_forgotten(place: Place) -> None:
    citizen = place.citizen
    booker.comes(place)
    citizen.touches("way_book")
    place.bench.lay_card("wang-guilan")
    consent = citizen.sees(ConsentView)
    assert "预约" in consent.title
    citizen.touches("refuse")
    citizen.sees(HomeView)
    assert place.composition.terminal.work.session.card is None
