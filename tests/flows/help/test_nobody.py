"""呼叫帮助 when nobody can come: what can be done here now, and never a forbidden phrase (R8.1)."""

from __future__ import annotations

from pathlib import Path

from demo.place import Place, open_place
from kiosk.events import CatalogueChanged, ContinuePressed
from kiosk.journeys.help import HelpSheet
from kiosk.views import (
    AttractView,
    HomeView,
    IdleView,
    MessageView,
)
from tests.flows.clerk import Clerk, center_away
from tests.flows.help.calling import NEVER, NOBODY, NOT_RUNG, TOLD, all_of_it, calls, wakes


def test_with_the_center_away_it_says_so_and_rings_once_it_is_back(place: Place, clerk: Clerk) -> None:
    rung = len(clerk.hears())
    wakes(place)
    with center_away(place):
        away = calls(place, NOT_RUNG)
        assert "没有响" in all_of_it(away)
        assert "政务服务热线 12345" in all_of_it(away), "it is configured"
        assert not any(word in all_of_it(away) for word in NEVER)
    # when it is back, the same page rung again, and it rings once, though the first call may have reached it
    place.citizen.touches("retry")
    place.citizen.sees(MessageView, lambda view: view.title == TOLD)
    assert len(clerk.hears()) == rung + 1
    # and a center that goes away while somebody was told takes nothing back
    with center_away(place):
        place.citizen.sees(MessageView, lambda view: view.title == TOLD and any("刚才已经通知到了" in line for line in view.lines))
    place.citizen.sees(MessageView, lambda view: view.title == TOLD and not any("连不上" in line for line in view.lines))
    place.citizen.leaves()
    clerk.ends_the_call()


def test_at_night_it_says_what_can_be_done_here_now(night: Place) -> None:
    wakes(night)
    told = calls(night, NOBODY)
    text = all_of_it(told)
    assert "申请" in text and "查进度" in text
    assert "8:30" in text, "when somebody is there"
    assert "政务服务热线 12345" in text
    assert not any(word in text for word in NEVER)
    # and on the dock nobody is said to come; another press asks again
    night.citizen.touches("primary")
    home = night.citizen.sees(HomeView)
    assert home.chrome.dock[-1].label == "呼叫帮助"
    key = night.composition.terminal.work.session.sheet(HelpSheet).key
    calls(night, NOBODY)
    assert night.composition.terminal.work.session.sheet(HelpSheet).key != key
    night.citizen.leaves()


def test_no_hotline_is_named_that_is_not_configured(night: Place) -> None:
    work = night.composition.terminal.work
    wakes(night)
    assert work.catalogue is not None
    known = work.catalogue
    night.citizen.post(CatalogueChanged(known.model_copy(update={"hotline": "", "window_hours": ""})))
    try:
        told = calls(night, NOBODY)
        assert told.panel is None
        assert not any(char.isdigit() for char in all_of_it(told))
    finally:
        night.citizen.post(CatalogueChanged(known))
        night.citizen.leaves()


def test_the_idle_question_comes_over_it_too_and_then_everything_is_wiped(tmp_path: Path) -> None:
    with open_place(tmp_path, center=False, idle=1, countdown=1) as place:
        wakes(place)
        place.citizen.touches("help")
        place.citizen.sees(MessageView)
        place.citizen.sees(IdleView)
        place.citizen.post(ContinuePressed())
        place.citizen.sees(MessageView, lambda view: view.chrome.dock[-1].selected)
        place.citizen.sees(AttractView)
        assert place.composition.terminal.work.session.sheet(HelpSheet).key is None
