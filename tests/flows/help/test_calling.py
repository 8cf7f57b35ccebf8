"""呼叫帮助 by day: from every page and back to it; it rings once and says who comes (R8.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from demo.place import Place
from demo.story import buttons
from kiosk.events import BackPressed, EndPressed, Event, HelpPressed, HomePressed
from kiosk.journeys.help import HelpSheet
from kiosk.views import (
    AttractView,
    ConsentView,
    FormView,
    GuideView,
    HomeView,
    ItemListView,
    MessageView,
    PageView,
    ScanView,
    Tone,
    WaysView,
)
from tests.flows import typist as typing
from tests.flows.clerk import Clerk
from tests.flows.help.calling import COMING, TOLD, calls, wakes


def test_by_day_it_rings_at_once_and_the_citizen_reads_who_comes(place: Place, clerk: Clerk) -> None:
    # given nobody known, at home; when they call
    wakes(place)
    rung = len(clerk.hears())
    calls(place, TOLD)
    # then it rings at the console
    assert len(clerk.hears()) == rung + 1
    # and when somebody goes, the citizen reads who
    clerk.answers_the_call()
    coming = place.citizen.sees(MessageView, lambda view: view.title == COMING)
    assert "综合窗口1号 王敏" in coming.lines[0]
    assert coming.tone is Tone.DONE
    # and when it is over, another press rings again
    clerk.ends_the_call()
    over = place.citizen.sees(MessageView, lambda view: "处理完" in "".join(view.lines))
    assert {"retry", "primary"} <= {button.id for button in buttons(over)}
    place.citizen.touches("retry")
    place.citizen.sees(MessageView, lambda view: view.title == TOLD)
    assert len(clerk.hears()) == rung + 2
    clerk.ends_the_call()
    place.citizen.leaves()


def test_another_press_while_somebody_may_come_rings_no_second_time(place: Place, clerk: Clerk) -> None:
    wakes(place)
    rung = len(clerk.hears())
    calls(place, TOLD)
    # when it is pressed on the same page, on the page beneath, and on another one
    place.citizen.post(HelpPressed())
    place.citizen.post(BackPressed())
    home = place.citizen.sees(HomeView)
    assert next(button for button in home.chrome.dock if button.id == "help").label == "已经叫人"
    calls(place, TOLD)
    place.citizen.touches("dock_home")
    place.citizen.sees(HomeView)
    place.citizen.touches("way_progress")
    place.citizen.sees(ScanView)
    calls(place, TOLD)
    # then it rang once
    assert len(clerk.hears()) == rung + 1
    # and who comes is heard on any page
    place.citizen.touches("primary")
    place.citizen.sees(ScanView)
    clerk.answers_the_call()
    place.citizen.waits(lambda: (answer := place.composition.terminal.work.session.sheet(HelpSheet).answer) is not None and bool(answer.by))
    calls(place, COMING)
    clerk.ends_the_call()
    place.citizen.leaves()


def test_at_the_end_of_the_session_nothing_of_a_call_remains(place: Place, clerk: Clerk) -> None:
    wakes(place)
    calls(place, TOLD)
    place.citizen.leaves()
    wakes(place)
    assert place.composition.terminal.work.session.sheet(HelpSheet).key is None
    home = place.citizen.sees(HomeView)
    assert next(button for button in home.chrome.dock if button.id == "help").label == "呼叫帮助"
    clerk.ends_the_call()
    place.citizen.leaves()


def _opens_a_guide(place: Place) -> None:
    place.citizen.touches("search")
    place.citizen.types("ylbx")
    place.citizen.touches("item_YLBX")
    place.citizen.sees(GuideView)


def _round_trip(place: Place) -> None:
    """To help and back: the page is the same as before, but for the word on the dock."""
    citizen = place.citizen
    before = citizen.sees(PageView)
    assert before.chrome.dock[-1].id == "help"
    citizen.touches("help")
    called = citizen.sees(MessageView, lambda view: view.chrome.dock[-1].selected)
    assert not called.chrome.steps
    citizen.touches("dock_back")
    after = citizen.sees(type(before), lambda view: view.title == before.title)
    assert replace(after, chrome=before.chrome) == before


def test_from_every_page_it_leads_back_to_the_same_one(place: Place, clerk: Clerk) -> None:
    citizen = place.citizen
    wakes(place)
    _round_trip(place)
    for home_way, kind in (
        ("search", ItemListView),
        ("way_progress", ScanView),
        ("way_grievances", WaysView),
        ("way_guides", ItemListView),
    ):
        citizen.touches(home_way)
        citizen.sees(kind)
        _round_trip(place)
        citizen.touches("dock_home")
        citizen.sees(HomeView)
    _opens_a_guide(place)
    _round_trip(place)
    citizen.leaves()
    clerk.ends_the_call()


def test_what_is_half_typed_is_there_again_with_its_keyboard(place: Place, clerk: Clerk) -> None:
    for here in typing.at_the_form(place, "anna-smith"):
        # given letters in the middle of the address that are no characters yet
        typing.opens_the_address(here)
        here.citizen.types("wanb")
        before = here.citizen.sees(FormView, lambda view: view.keyboard is not None and "wanb" in typing.typed(view).text)
        # when help is called, and left again
        calls(place, TOLD)
        here.citizen.post(BackPressed())
        # then the same letters are typed on, at the same place
        after = here.citizen.sees(FormView, lambda view: view.keyboard is not None)
        assert typing.typed(after) == typing.typed(before)
        here.citizen.types("ao")
        here.citizen.sees(FormView, lambda view: view.keyboard is not None and "wanbao" in typing.typed(view).text)
        clerk.ends_the_call()


def test_the_page_beneath_goes_on_hearing(place: Place, clerk: Clerk) -> None:
    # given a guide that is being printed
    citizen, bench = place.citizen, place.bench
    wakes(place)
    _opens_a_guide(place)
    papers = len(bench.receipt_names())
    citizen.touches("print")
    citizen.sees(MessageView, lambda view: "打印" in view.title or "打好" in view.title)
    # when help is called meanwhile
    citizen.touches("help")
    citizen.sees(MessageView, lambda view: view.chrome.dock[-1].selected)
    citizen.waits(lambda: len(bench.receipt_names()) == papers + 1)
    citizen.touches("dock_back")
    # then it was printed once, and the page knows
    citizen.sees(MessageView, lambda view: view.title == "打好了，请取走")
    # and a card that is laid down while help is open is read
    citizen.touches("dock_home")
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    citizen.touches("help")
    citizen.sees(MessageView, lambda view: view.chrome.dock[-1].selected)
    bench.lay_card("wang-guilan")
    citizen.waits(lambda: place.composition.terminal.work.session.card is not None)
    citizen.touches("dock_back")
    citizen.sees(ConsentView)
    bench.lift_card()
    citizen.leaves()
    assert len(bench.receipt_names()) == papers + 1
    clerk.ends_the_call()


@pytest.mark.parametrize("out", [HomePressed(), EndPressed()], ids=["home", "end"])
def test_home_and_end_lead_out_of_it_as_from_every_page(place: Place, clerk: Clerk, out: Event) -> None:
    wakes(place)
    place.citizen.touches("way_progress")
    calls(place, TOLD)
    place.citizen.post(out)
    place.citizen.sees(HomeView if isinstance(out, HomePressed) else AttractView)
    place.citizen.leaves()
    clerk.ends_the_call()


def test_the_call_names_the_page_and_nothing_else(place: Place, clerk: Clerk) -> None:
    wakes(place)
    place.citizen.touches("way_progress")
    place.citizen.sees(ScanView)
    calls(place, TOLD)
    assert place.composition.terminal.work.session.sheet(HelpSheet).place == "scan"
    assert "扫码" in clerk.hears()[0], "the console says on which page"
    place.citizen.leaves()
    clerk.ends_the_call()
