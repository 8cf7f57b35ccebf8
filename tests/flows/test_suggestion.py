"""意见箱: without a name and without a card; words are typed, a contact need not be left; it goes out whenever the center is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.place import Place
from kiosk.events import BackPressed, HomePressed, Woken
from kiosk.journeys.suggestion import SuggestionSheet
from kiosk.views import AttractView, FormView, HomeView, MessageView, WaysView
from tests.flows import typist as typing
from tests.flows.clerk import center_away

_THANKS = "谢谢您的意见"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with typing.open_typing_place(tmp_path_factory.mktemp("place")) as here:
        yield here


@pytest.fixture(autouse=True)
def _a_visit(place: Place) -> Iterator[None]:
    place.citizen.sees(AttractView)
    yield
    place.citizen.leaves()


def _comes(place: Place) -> FormView:
    place.citizen.post(Woken())
    place.citizen.touches("way_grievances")
    place.citizen.sees(WaysView)
    place.citizen.touches("way_suggestion")
    return place.citizen.sees(FormView)


def _writes(place: Place) -> None:
    place.citizen.touches("field_words")
    place.citizen.sees(FormView, lambda view: view.keyboard is not None and view.keyboard.bar is not None)
    place.citizen.writes("yijian", "意见")
    place.citizen.post(BackPressed())
    place.citizen.sees(FormView, lambda view: view.keyboard is None and view.fields[0].value == "意见")


def test_it_says_who_reads_it_and_what_a_contact_is_for(place: Place) -> None:
    form = _comes(place)
    assert "不用留姓名" in form.subtitle and "中心负责人" in form.subtitle
    assert "可不填" in form.fields[1].label and "只用来答复您" in form.fields[1].hint
    assert not form.chrome.person


def test_what_is_written_goes_to_the_center_and_nobody_is_asked_who_they_are(place: Place) -> None:
    citizen = place.citizen
    _comes(place)
    _writes(place)
    citizen.touches("primary")
    thanks = citizen.sees(MessageView, lambda view: view.title == _THANKS)
    assert any("没有留姓名" in line for line in thanks.lines)
    citizen.waits(lambda: place.composition.outbox.unsent() == 0)
    assert place.composition.outbox.refused() == 0
    citizen.touches("primary")
    citizen.sees(HomeView)
    # and the next one begins empty
    assert "words" not in place.composition.terminal.work.session.sheet(SuggestionSheet).values


def test_nothing_and_a_single_character_are_told_in_the_field(place: Place) -> None:
    citizen = place.citizen
    _comes(place)
    citizen.touches("primary")
    citizen.sees(FormView, lambda view: bool(view.fields[0].error))
    citizen.touches("field_words")
    citizen.sees(FormView, lambda view: view.keyboard is not None and view.keyboard.bar is not None)
    citizen.writes("hao", "好")
    citizen.post(BackPressed())
    citizen.sees(FormView, lambda view: view.keyboard is None)
    citizen.touches("primary")
    short = citizen.sees(FormView, lambda view: "太短" in view.fields[0].error)
    assert short.fields[0].value == "好"


def test_with_the_center_away_it_is_kept_and_goes_out_later(place: Place) -> None:
    citizen = place.citizen
    _comes(place)
    _writes(place)
    with center_away(place):
        citizen.touches("primary")
        kept = citizen.sees(MessageView, lambda view: view.title == _THANKS and any("自动送出" in line for line in view.lines))
        assert kept.actions[0].event is not None
        assert place.composition.outbox.unsent() == 1
    citizen.waits(lambda: place.composition.outbox.unsent() == 0)


def test_back_and_home_keep_what_is_written_until_the_end(place: Place) -> None:
    citizen = place.citizen
    _comes(place)
    _writes(place)
    citizen.post(BackPressed())
    citizen.sees(WaysView)
    citizen.touches("way_suggestion")
    citizen.sees(FormView, lambda view: view.fields[0].value == "意见")
    citizen.post(HomePressed())
    citizen.sees(HomeView)
    citizen.leaves()
    form = _comes(place)
    assert not form.fields[0].value
