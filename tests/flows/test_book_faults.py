"""预约 when something is in the way: the time went, the center is away, the printer or the reader is out. Nothing is booked twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.place import Place, open_place
from kiosk.errors import CenterUnreachable
from kiosk.link.questions import Question
from kiosk.ports import DeviceKind
from kiosk.views import CaseListView, ConsentView, GridView, IdentifyView, MessageView, ReviewView
from kiosk.wire.base import Message
from tests.flows import booker
from tests.flows.clerk import center_away


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


@pytest.fixture(autouse=True)
def _a_visit(place: Place) -> Iterator[None]:
    yield from booker.visit(place)


def test_a_time_that_went_meanwhile_is_said_and_the_free_ones_are_shown_anew(place: Place) -> None:
    citizen = place.citizen
    booker.at_the_days(place)
    citizen.touches("day_3")
    times = citizen.sees(GridView, lambda view: "几点" in view.title)
    wanted = times.sections[0].buttons[0]
    day = sorted({slot.day for slot in booker.free(place)})[2]
    slot = next(slot for slot in booker.free(place) if slot.day == day and f"time_{slot.starts:%H%M}" == wanted.id)
    citizen.touches(wanted.id)
    citizen.sees(ReviewView)
    # given somebody else who is quicker; when it is confirmed
    booker.books_elsewhere(place, slot)
    citizen.touches("primary")
    told = citizen.sees(MessageView, lambda view: "没有约上" in view.title)
    assert "刚被别人约走" in told.lines[0]
    # then the times that are free now are shown, and another one is booked
    citizen.touches("primary")
    anew = citizen.sees(GridView, lambda view: "几点" in view.title)
    assert wanted.id not in {button.id for button in anew.sections[0].buttons}
    citizen.touches(anew.sections[0].buttons[0].id)
    citizen.sees(ReviewView)
    citizen.touches("primary")
    citizen.sees(MessageView, lambda view: view.title == "约好了")
    assert len(booker.held(place)) == 1


def test_tried_again_it_is_one_booking(place: Place) -> None:
    citizen = place.citizen
    booker.at_the_check(place, "time_1030")
    # given a center that books, and whose answer is lost
    center = place.composition.terminal.work.center
    ask = center._client.ask
    lost: list[Question] = []

    def loses_the_answer(question: Question) -> Message:
        answer = ask(question)
        if question.path == "/api/v1/bookings" and not lost:
            lost.append(question)
            raise CenterUnreachable("no_answer", "")
        return answer

    center._client.ask = loses_the_answer
    try:
        citizen.touches("primary")
        told = citizen.sees(MessageView, lambda view: view.title == "现在连不上中心")
        assert any("不会约成两个" in line for line in told.lines)
        assert len(booker.held(place)) == 1
        # when it is tried again
        citizen.touches("retry")
        citizen.sees(MessageView, lambda view: view.title == "约好了")
    finally:
        del center._client.ask
    # then it is the same one
    assert len(lost) == 1 and len(booker.held(place)) == 1


def test_whoever_holds_too_many_is_led_to_their_own(place: Place) -> None:
    citizen = place.citizen
    for slot in [slot for slot in booker.free(place) if slot.window == "综合窗口2号"][:3]:
        booker.books_elsewhere(place, slot, booker.WANG)
    booker.at_the_check(place, "time_1600")
    citizen.touches("primary")
    told = citizen.sees(MessageView, lambda view: "没有约上" in view.title)
    assert "3 个预约" in told.lines[0]
    citizen.touches("primary")
    citizen.sees(CaseListView, lambda view: len(view.rows) >= 3)


def _is_away(view: MessageView) -> bool:
    return view.title == "现在连不上中心"


def test_with_the_center_away_what_is_free_is_asked_again_once_it_is_back(place: Place) -> None:
    citizen = place.citizen
    booker.comes(place)
    citizen.touches("way_book")
    with center_away(place):
        booker.identifies(place)
        told = citizen.sees(MessageView, _is_away)
        assert any("直接来" in line for line in told.lines)
    citizen.touches("retry")
    citizen.sees(GridView)


def test_with_the_center_away_a_booking_that_may_have_reached_it_is_tried_again(place: Place) -> None:
    citizen = place.citizen
    booker.at_the_check(place, "time_1100")
    with center_away(place):
        citizen.touches("primary")
        told = citizen.sees(MessageView, _is_away)
        assert any("不会约成两个" in line for line in told.lines)
    citizen.touches("retry")
    citizen.sees(MessageView, lambda view: view.title == "约好了")
    assert len(booker.held(place)) == 1


def test_with_the_center_away_own_bookings_stand_and_giving_back_is_tried_again(place: Place) -> None:
    citizen = place.citizen
    booker.books_elsewhere(place, booker.free(place)[0], booker.WANG)
    booker.comes(place)
    citizen.touches("way_bookings")
    with center_away(place):
        booker.identifies(place)
        told = citizen.sees(MessageView, _is_away)
        assert any("约好的时间不受影响" in line for line in told.lines)
    citizen.touches("retry")
    citizen.sees(CaseListView)
    citizen.touches("booking_1")
    citizen.touches("cancel")
    citizen.sees(MessageView, lambda view: "要取消" in view.title)
    with center_away(place):
        citizen.touches("cancel")
        told = citizen.sees(MessageView, _is_away)
        assert any("也许已经取消" in line for line in told.lines)
    citizen.touches("retry")
    citizen.sees(MessageView, lambda view: view.title == "已取消")
    assert booker.held(place) == []


def test_a_printer_without_paper_takes_no_booking_back(place: Place) -> None:
    citizen = place.citizen
    booker.at_the_check(place, "time_1530")
    # given paper that runs out with the slip
    citizen.touches("primary")
    citizen.sees(MessageView, lambda view: view.title == "约好了")
    place.bench.set_paper(False)
    citizen.touches_until("print", MessageView)
    citizen.sees(MessageView, lambda view: view.title in ("没有打出来", "约好了"))
    # then the page says that the booking stands, and how it is found without paper
    citizen.waits(lambda: not place.composition.terminal.work.hub.usable(DeviceKind.PRINTER))
    if place.citizen.sees(MessageView).title != "约好了":
        citizen.touches("primary")
    out = citizen.sees(MessageView, lambda view: view.title == "约好了" and view.panel is not None)
    assert "预约不受影响" in out.panel.text
    # and with paper again the slip comes
    place.bench.set_paper(True)
    citizen.sees(MessageView, lambda view: view.title == "约好了" and view.panel is None)
    citizen.touches("print")
    citizen.sees(MessageView, lambda view: view.title == "打好了，请取走")


def test_a_reader_that_is_out_leaves_what_works_without_it(place: Place) -> None:
    citizen = place.citizen
    booker.comes(place)
    place.bench.unplug(DeviceKind.ID_CARD)
    try:
        citizen.touches("way_book")
        out = citizen.sees(IdentifyView, lambda view: view.state == "absent")
        assert "预约" in out.notes[0].text and "直接来" in out.notes[1].text
    finally:
        place.bench.plug(DeviceKind.ID_CARD)
    # it goes on by itself
    citizen.sees(IdentifyView, lambda view: view.state == "waiting")
    place.bench.lay_card("wang-guilan")
    citizen.sees(ConsentView)
