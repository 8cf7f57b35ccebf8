"""Consent refused on another page takes back what the card filled in: a complaint begun with it asks anew who complains, and is filed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.place import Place
from kiosk.events import HomePressed
from kiosk.journeys.complain.sheet import ComplaintSheet
from kiosk.views import ConsentView, FormView, GridView, HomeView, PeopleView, ReviewView, WaysView
from tests.center.complaints.place import Town
from tests.flows.complainer import STORY, Complainer
from tests.flows.officer import newest, town_at, who
from tests.flows.typist import open_typing_place

PERSON, NAME = "wang-guilan", "王桂兰"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_typing_place(tmp_path_factory.mktemp("place")) as here:
        yield here


@pytest.fixture(scope="module")
def town(place: Place) -> Iterator[Town]:
    with town_at(place) as here:
        yield here


@pytest.fixture
def citizen(place: Place, town: Town) -> Iterator[Complainer]:
    """With the card, a complaint as far as its check page; gone at the end."""
    complainer = Complainer(place)
    complainer.comes()
    complainer.reads_and_agrees()
    complainer.chooses(window="综合窗口1号")
    complainer.tells()
    place.citizen.touches("evidence_none")
    complainer.with_card(PERSON)
    place.citizen.touches("primary")
    place.citizen.sees(ReviewView)
    yield complainer
    place.bench.lift_card()
    place.citizen.leaves()


def test_a_complaint_by_card_is_there_after_a_refusal_elsewhere_and_asks_for_the_card_anew(
    citizen: Complainer, place: Place, town: Town
) -> None:
    # given consent to look up cases refused, with the card still on the reader
    hand = place.citizen
    hand.post(HomePressed())
    hand.touches("way_progress")
    hand.sees(ConsentView)
    hand.touches("refuse")
    hand.sees(HomeView)
    sheet = place.composition.terminal.work.session.sheet(ComplaintSheet)
    assert (sheet.by_card, sheet.values.get("address")) == (None, None)
    # when they come back to the complaint
    hand.touches("way_grievances")
    hand.touches("way_complain")
    hand.touches_until("primary", PeopleView)
    hand.touches("about_2")
    matters = hand.sees(GridView)
    hand.touches(matters.sections[0].buttons[0].id)
    # then what was written is there
    story = hand.sees(FormView)
    assert next(row.value for row in story.fields if row.code == "statement") == STORY[1]
    hand.touches("primary")
    hand.touches("evidence_none")
    # and how to be identified is asked as if for the first time
    ways = hand.sees(WaysView, lambda view: any(way.id == "with_card" for way in view.ways))
    assert not any(way.selected for way in ways.ways)
    citizen.with_card(PERSON)
    hand.touches("primary")
    citizen.hands_in()
    assert who(town.center, newest(town.center)).party.name == NAME
