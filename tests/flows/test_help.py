"""呼叫帮助: from every page and back to it; it rings once, says who comes, and when nobody can, what can be done here now (R8.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from demo.place import Place, open_place
from demo.story import buttons
from kiosk.clock import CHINA
from kiosk.events import BackPressed, CatalogueChanged, ContinuePressed, EndPressed, Event, HelpPressed, HomePressed, Woken
from kiosk.journeys.help import HelpSheet
from kiosk.views import (
    AttractView,
    ConsentView,
    FormView,
    GuideView,
    HomeView,
    IdleView,
    ItemListView,
    MessageView,
    PageView,
    ScanView,
    Tone,
    WaysView,
)
from tests.flows import typist as typing
from tests.flows.clerk import Clerk, center_away

#: The same Tuesday, when no window is staffed.
NIGHT = datetime(2026, 11, 24, 22, 40, tzinfo=CHINA)

_TOLD, _COMING, _NOBODY, _NOT_RUNG = "已经通知工作人员", "有人过来帮您", "在这里现在就能办", "这次没有叫到人"
#: In one form or another: come tomorrow, we are closed (R8.1).
_NEVER = ("下班", "明天", "不知道", "自己看")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        Clerk(here).is_employed()
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("night"), start=NIGHT) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


@pytest.fixture
def clerk(place: Place) -> Clerk:
    here = Clerk(place)
    here.signs_in()
    return here


def _wakes(place: Place) -> None:
    place.citizen.sees(AttractView)
    place.citizen.post(Woken())
    place.citizen.sees(HomeView)


def _calls(place: Place, title: str) -> MessageView:
    place.citizen.touches("help")
    return place.citizen.sees(MessageView, lambda view: view.title == title)


def _all_of_it(view: MessageView) -> str:
    return "".join((view.title, view.subtitle, *view.lines, view.panel.text if view.panel else ""))


def test_by_day_it_rings_at_once_and_the_citizen_reads_who_comes(place: Place, clerk: Clerk) -> None:
    # given nobody known, at home; when they call
    _wakes(place)
    calls = len(clerk.hears())
    _calls(place, _TOLD)
    # then it rings at the console
    assert len(clerk.hears()) == calls + 1
    # and when somebody goes, the citizen reads who
    clerk.answers_the_call()
    coming = place.citizen.sees(MessageView, lambda view: view.title == _COMING)
    assert "综合窗口1号 王敏" in coming.lines[0]
    assert coming.tone is Tone.DONE
    # and when it is over, another press rings again
    clerk.ends_the_call()
    over = place.citizen.sees(MessageView, lambda view: "处理完" in "".join(view.lines))
    assert {"retry", "primary"} <= {button.id for button in buttons(over)}
    place.citizen.touches("retry")
    place.citizen.sees(MessageView, lambda view: view.title == _TOLD)
    assert len(clerk.hears()) == calls + 2
    clerk.ends_the_call()
    place.citizen.leaves()


def test_another_press_while_somebody_may_come_rings_no_second_time(place: Place, clerk: Clerk) -> None:
    _wakes(place)
    calls = len(clerk.hears())
    _calls(place, _TOLD)
    # when it is pressed on the same page, on the page beneath, and on another one
    place.citizen.post(HelpPressed())
    place.citizen.post(BackPressed())
    home = place.citizen.sees(HomeView)
    assert next(button for button in home.chrome.dock if button.id == "help").label == "已经叫人"
    _calls(place, _TOLD)
    place.citizen.touches("dock_home")
    place.citizen.sees(HomeView)
    place.citizen.touches("way_progress")
    place.citizen.sees(ScanView)
    _calls(place, _TOLD)
    # then it rang once
    assert len(clerk.hears()) == calls + 1
    # and who comes is heard on any page
    place.citizen.touches("primary")
    place.citizen.sees(ScanView)
    clerk.answers_the_call()
    place.citizen.waits(lambda: (answer := place.composition.terminal.work.session.sheet(HelpSheet).answer) is not None and bool(answer.by))
    _calls(place, _COMING)
    clerk.ends_the_call()
    place.citizen.leaves()


def test_at_the_end_of_the_session_nothing_of_a_call_remains(place: Place, clerk: Clerk) -> None:
    _wakes(place)
    _calls(place, _TOLD)
    place.citizen.leaves()
    _wakes(place)
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
    _wakes(place)
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
        _calls(place, _TOLD)
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
    _wakes(place)
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
    _wakes(place)
    place.citizen.touches("way_progress")
    _calls(place, _TOLD)
    place.citizen.post(out)
    place.citizen.sees(HomeView if isinstance(out, HomePressed) else AttractView)
    place.citizen.leaves()
    clerk.ends_the_call()


def test_the_call_names_the_page_and_nothing_else(place: Place, clerk: Clerk) -> None:
    _wakes(place)
    place.citizen.touches("way_progress")
    place.citizen.sees(ScanView)
    _calls(place, _TOLD)
    assert place.composition.terminal.work.session.sheet(HelpSheet).place == "scan"
    assert "扫码" in clerk.hears()[0], "the console says on which page"
    place.citizen.leaves()
    clerk.ends_the_call()


def test_with_the_center_away_it_says_so_and_rings_once_it_is_back(place: Place, clerk: Clerk) -> None:
    calls = len(clerk.hears())
    _wakes(place)
    with center_away(place):
        away = _calls(place, _NOT_RUNG)
        assert "没有响" in _all_of_it(away)
        assert "政务服务热线 12345" in _all_of_it(away), "it is configured"
        assert not any(word in _all_of_it(away) for word in _NEVER)
    # when it is back, the same page calls again, and it rings once, though the first call may have reached it
    place.citizen.touches("retry")
    place.citizen.sees(MessageView, lambda view: view.title == _TOLD)
    assert len(clerk.hears()) == calls + 1
    # and a center that goes away while somebody was told takes nothing back
    with center_away(place):
        place.citizen.sees(MessageView, lambda view: view.title == _TOLD and any("刚才已经通知到了" in line for line in view.lines))
    place.citizen.sees(MessageView, lambda view: view.title == _TOLD and not any("连不上" in line for line in view.lines))
    place.citizen.leaves()
    clerk.ends_the_call()


def test_at_night_it_says_what_can_be_done_here_now(night: Place) -> None:
    _wakes(night)
    told = _calls(night, _NOBODY)
    text = _all_of_it(told)
    assert "申请" in text and "查进度" in text
    assert "8:30" in text, "when somebody is there"
    assert "政务服务热线 12345" in text
    assert not any(word in text for word in _NEVER)
    # and on the dock nobody is said to come; another press asks again
    night.citizen.touches("primary")
    home = night.citizen.sees(HomeView)
    assert home.chrome.dock[-1].label == "呼叫帮助"
    key = night.composition.terminal.work.session.sheet(HelpSheet).key
    _calls(night, _NOBODY)
    assert night.composition.terminal.work.session.sheet(HelpSheet).key != key
    night.citizen.leaves()


def test_no_hotline_is_named_that_is_not_configured(night: Place) -> None:
    work = night.composition.terminal.work
    _wakes(night)
    assert work.catalogue is not None
    known = work.catalogue
    night.citizen.post(CatalogueChanged(known.model_copy(update={"hotline": "", "window_hours": ""})))
    try:
        told = _calls(night, _NOBODY)
        assert told.panel is None
        assert not any(char.isdigit() for char in _all_of_it(told))
    finally:
        night.citizen.post(CatalogueChanged(known))
        night.citizen.leaves()


def test_the_idle_question_comes_over_it_too_and_then_everything_is_wiped(tmp_path: Path) -> None:
    with open_place(tmp_path, center=False, idle=1, countdown=1) as place:
        _wakes(place)
        place.citizen.touches("help")
        place.citizen.sees(MessageView)
        place.citizen.sees(IdleView)
        place.citizen.post(ContinuePressed())
        place.citizen.sees(MessageView, lambda view: view.chrome.dock[-1].selected)
        place.citizen.sees(AttractView)
        assert place.composition.terminal.work.session.sheet(HelpSheet).key is None
