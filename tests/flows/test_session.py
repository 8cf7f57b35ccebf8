"""A session: how it begins, how it ends, and that nothing outlives it."""

from __future__ import annotations

import gc
import json
import time
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.place import Place, open_place
from kiosk.events import CardRead, ContinuePressed, Event, JourneyChosen, Touched, Woken
from kiosk.journeys.registry import JOURNEYS
from kiosk.journeys.step import Ignore, Journey, Next, Step
from kiosk.ports import IdCard
from kiosk.views import AttractView, Chrome, HomeView, IdentifyView, IdleView, ItemListView, MessageView, ScanView, ViewData
from tests.said import said

SECRET = "绝不能留下的名字"


class Breaks(Step):
    """A step with a bug that quotes what the citizen carries."""

    def view(self, chrome: Chrome) -> ViewData:
        return MessageView(chrome=chrome, title="")

    def handle(self, event: Event) -> Next:
        if isinstance(event, Touched):
            raise KeyError(SECRET)
        return Ignore()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with open_place(tmp_path, center=False, journeys={**JOURNEYS, "broken": Journey("broken", (Breaks,))}) as here:
        here.citizen.sees(AttractView)
        yield here


@pytest.fixture
def impatient(tmp_path: Path) -> Iterator[Place]:
    """A place that asks after a second, and wipes a second later."""
    with open_place(tmp_path, center=False, idle=1, countdown=1) as here:
        here.citizen.sees(AttractView)
        yield here


def test_the_touch_that_wakes_presses_nothing(place: Place) -> None:
    place.citizen.post(Woken())
    assert isinstance(place.citizen.sees(HomeView), HomeView)
    assert not any(isinstance(view, ItemListView) for view in place.citizen.seen)


def test_without_a_touch_the_citizen_is_asked_and_any_touch_goes_on_and_presses_nothing_else(impatient: Place) -> None:
    citizen = impatient.citizen
    citizen.post(Woken())
    citizen.sees(HomeView)
    citizen.sees(IdleView)
    citizen.post(JourneyChosen("guides"))
    citizen.sees(HomeView)
    assert not any(isinstance(view, ItemListView) for view in citizen.seen)


def test_without_an_answer_the_session_is_wiped(impatient: Place) -> None:
    citizen = impatient.citizen
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    impatient.bench.lay_card("wang-guilan")
    session = impatient.composition.terminal.work.session
    citizen.sees(IdleView, lambda view: bool(view.card_reminder))
    attract = citizen.sees(AttractView, lambda view: "身份证" in view.fault_line)
    assert session.card is None
    assert "王" not in said(attract)
    assert impatient.composition.terminal.work.session.number > session.number
    # the card of the one who is gone is not read for the next one
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    citizen.sees(IdleView)
    assert impatient.composition.terminal.work.session.card is None


def test_what_comes_late_for_a_gone_citizen_is_dropped(place: Place) -> None:
    citizen = place.citizen
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    gone = place.composition.terminal.work.session.number
    citizen.touches("dock_home")
    citizen.touches("dock_end")
    citizen.sees(AttractView)
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    citizen.post(CardRead(gone, IdCard("resident", "resident", SECRET, "230903194803120022")))
    citizen.touches("dock_home")
    citizen.sees(HomeView)
    assert place.composition.terminal.work.session.card is None
    assert "late_event_dropped" in place.log_text()
    assert SECRET not in place.log_text()


def test_a_bug_gives_a_support_code_wipes_the_session_and_logs_no_value(place: Place) -> None:
    citizen = place.citizen
    citizen.post(Woken())
    citizen.sees(HomeView)
    session = place.composition.terminal.work.session
    session.card = IdCard("resident", "resident", SECRET, "230903194803120022")
    citizen.post(JourneyChosen("broken"))
    citizen.sees(MessageView)
    citizen.post(Touched())
    trouble = citizen.sees(MessageView, lambda view: bool(view.code))
    assert trouble.code in trouble.panel.text
    assert session.card is None
    log = place.log_text()
    assert "unexpected" in log
    assert trouble.code in log
    assert "KeyError" in log
    assert SECRET not in log
    citizen.touches("primary")
    citizen.sees(AttractView)


def test_a_card_left_behind_is_pointed_out_and_the_page_stays_until_it_is_taken(place: Place) -> None:
    citizen = place.citizen
    citizen.post(Woken())
    citizen.touches("way_apply")
    citizen.sees(ItemListView)
    citizen.touches("dock_home")
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    place.bench.lay_card("li-jianguo")
    citizen.touches("refuse")
    citizen.sees(HomeView)
    assert place.composition.terminal.work.session.card is None
    citizen.touches("dock_end")
    reminder = citizen.sees(MessageView)
    assert "身份证" in reminder.title
    place.bench.lift_card()
    citizen.sees(AttractView, lambda view: "身份证" not in view.fault_line)


def test_lifting_the_card_never_ends_a_session(place: Place) -> None:
    citizen = place.citizen
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    place.bench.lay_card("li-jianguo")
    citizen.touches("agree")
    citizen.sees(MessageView)
    number = place.composition.terminal.work.session.number
    place.bench.lift_card()
    for _ in range(3):
        citizen.post(ContinuePressed())
    assert place.composition.terminal.work.session.number == number
    assert place.composition.terminal.work.session.card is not None
    assert not isinstance(citizen.seen[-1], AttractView | IdentifyView)


def test_nothing_of_a_citizen_is_kept_by_the_terminal_after_the_end(place: Place) -> None:
    citizen = place.citizen
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    place.bench.lay_card("li-jianguo")
    citizen.touches("agree")
    citizen.sees(MessageView)
    step = weakref.ref(place.composition.terminal._path.step)
    card = weakref.ref(place.composition.terminal.work.session.card)
    place.bench.lift_card()
    citizen.touches("dock_home")
    citizen.touches("dock_end")
    citizen.sees(AttractView)
    # its events were handled and forgotten
    citizen.post(Woken())
    citizen.sees(HomeView)
    citizen.seen.clear()
    gc.collect()
    assert step() is None
    assert card() is None


def test_what_becomes_of_a_device_is_in_the_log(place: Place) -> None:
    for _ in range(100):
        lines = [json.loads(line) for line in place.log_text().splitlines()]
        states = {(line["device"], line["state"]) for line in lines if line["event"] == "device_changed"}
        if ("id_card", "ready") in states:
            break
        time.sleep(0.05)
    assert ("id_card", "ready") in states
