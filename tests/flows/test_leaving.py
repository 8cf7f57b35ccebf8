"""A field is left before its engine has answered, in every way there is: nothing raw goes on, nothing is lost without a word."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from demo.place import Place
from kiosk.events import BackPressed, Event, HomePressed, KeyboardChosen, KeyPressed, PrimaryPressed, RowChosen, StrokeDrawn, Woken
from kiosk.typing.answers import Way
from kiosk.views import AttractView, FieldRow, FormView, GuideView, HomeView, ItemListView, MaterialsView
from tests.flows import test_typing
from tests.flows import typist as typing

place, no_model = test_typing.place, test_typing.no_model


@pytest.fixture
def form(place: Place) -> Iterator[Place]:
    """All but the address is filled in, and the address is open."""
    for here in typing.at_the_form(place, "anna-smith"):
        here.citizen.fills("phone", "13904640000")
        here.citizen.goes_to("choice_earlier_insurance_never")
        here.citizen.touches("choice_earlier_insurance_never")
        typing.opens_the_address(here)
        here.citizen.waits(lambda: place.composition.terminal.work.typing.ready(Way.PINYIN))
        yield here


def _stop(place: Place, way: Way) -> int:
    """The engine hangs: it answers nothing until it is killed for that, or goes on."""
    pid = typing.engines(place)[way]
    os.kill(pid, signal.SIGSTOP)
    return pid


def _row(view: FormView, code: str = "address") -> FieldRow | None:
    return next((row for row in view.fields if row.code == code), None)


def _sees_address(place: Place, value: str, *, error: bool = False) -> FieldRow:
    def there(view: FormView) -> bool:
        row = _row(view)
        return row is not None and (row.value, bool(row.error)) == (value, error) and not row.reading

    row = _row(place.citizen.sees(FormView, there))
    assert row is not None
    return row


_WAYS_OUT = [KeyPressed("done"), BackPressed(), RowChosen("phone"), PrimaryPressed()]


@pytest.mark.parametrize("out", _WAYS_OUT, ids=["done", "back", "another-field", "primary"])
@pytest.mark.parametrize(
    ("keyboard", "keys", "text"),
    [("pinyin", "wanbaohezhen", "万宝河镇"), ("nine", "926226439436", "万宝河镇")],
    ids=["letters", "nine-keys"],
)
def test_a_field_left_at_once_hears_its_answer(form: Place, out: Event, keyboard: str, keys: str, text: str) -> None:
    form.citizen.post(KeyboardChosen(keyboard))
    pid = _stop(form, Way.PINYIN)
    form.citizen.types(keys)
    form.citizen.post(out)
    form.citizen.sees(FormView, lambda view: not any(row.focused and row.code == "address" for row in view.fields))
    assert typing.address(form) == ""
    os.kill(pid, signal.SIGCONT)
    form.citizen.waits(lambda: typing.address(form) == text)


def test_a_field_opened_again_goes_on_where_it_was(place: Place) -> None:
    for here in typing.at_the_form(place, "anna-smith"):
        typing.opens_the_address(here)
        here.citizen.waits(lambda: place.composition.terminal.work.typing.ready(Way.PINYIN))
        pid = _stop(here, Way.PINYIN)
        here.citizen.types("wanbao")
        here.citizen.post(BackPressed())
        typing.opens_the_address(here)  # the same one: it goes on where it was
        here.citizen.types("hezhen")
        here.citizen.post(KeyPressed("done"))
        os.kill(pid, signal.SIGCONT)
        here.citizen.waits(lambda: typing.address(place) == "万宝河镇")


def test_an_engine_killed_with_the_field_left_comes_back_and_the_form_goes_on(form: Place) -> None:
    citizen = form.citizen
    os.kill(typing.engines(form)[Way.PINYIN], signal.SIGKILL)
    citizen.types("wanbaocun")
    citizen.post(KeyPressed("done"))
    # when 下一步 is pressed meanwhile, it waits, and says so
    citizen.touches_until("primary", MaterialsView)
    assert typing.address(form) == "万宝村"
    waited = [view for view in citizen.seen if isinstance(view, FormView) and view.notice and "正在认" in view.notice.text]
    assert waited and all(button.event is None for button in (waited[0].primary,))


def test_an_engine_that_does_not_come_back_in_time_is_a_fault_to_look_at(form: Place) -> None:
    citizen = form.citizen
    engines = form.composition.terminal.work.typing._engines
    assert engines is not None
    pinyin = engines._engines[Way.PINYIN]
    began = [_stop(form, Way.PINYIN)]
    citizen.types("wanbaocun")
    citizen.post(BackPressed())
    reading = citizen.sees(FormView, lambda view: view.keyboard is None and _row(view) is not None)
    row = _row(reading)
    assert row is not None and row.value == "wanbaocun" and row.reading and not row.error

    def hangs_again() -> bool:
        """Each engine that is started hangs at once."""
        if pinyin.pid and pinyin.pid not in began:
            began.append(pinyin.pid)
            os.kill(pinyin.pid, signal.SIGSTOP)
        view = citizen._view
        return isinstance(view, FormView) and any(row.code == "address" and row.error for row in view.fields)

    citizen.touches("primary")
    citizen.sees(FormView, lambda view: _row(view, "contact_time") is not None)
    citizen.touches("primary")
    citizen.waits(hangs_again)
    assert typing.address(form) == ""
    told = citizen.sees(FormView)
    assert told.notice is not None and "现住地址" in told.notice.text
    # and once one answers, it is written, and the fault is gone
    os.kill(began[-1], signal.SIGCONT)
    os.kill(began[-1], signal.SIGKILL)
    _sees_address(form, "万宝村")
    citizen.touches_until("primary", MaterialsView)


def test_ink_while_handwriting_loads(form: Place) -> None:
    citizen = form.citizen
    citizen.touches("keyboard_handwriting")
    for stroke in typing.TEN:
        citizen.post(StrokeDrawn(stroke))
    citizen.post(KeyPressed("done"))
    citizen.touches_until("primary", MaterialsView)
    assert typing.address(form) == "十"


def test_home_at_once_and_back_says_that_something_is_missing(form: Place) -> None:
    citizen = form.citizen
    pid = _stop(form, Way.PINYIN)
    citizen.types("wanbaocun")
    citizen.post(HomePressed())
    citizen.sees(HomeView)
    assert typing.address(form) == ""
    os.kill(pid, signal.SIGCONT)
    citizen.touches("search")
    citizen.types("ylbx")
    citizen.touches("item_YLBX")
    citizen.sees(GuideView)
    citizen.touches("primary")
    citizen.touches("go_on")
    _sees_address(form, "", error=True)
    typing.opens_the_address(form)
    citizen.writes("wanbaocun", "万宝村")
    citizen.post(KeyPressed("done"))
    _sees_address(form, "万宝村")


def test_a_search_closed_at_once_finds_what_was_typed(place: Place) -> None:
    citizen = place.citizen
    citizen.sees(AttractView)
    citizen.post(Woken())
    citizen.touches("search")
    citizen.sees(ItemListView, lambda view: view.keyboard is not None)
    citizen.waits(lambda: place.composition.terminal.work.typing.ready(Way.PINYIN))
    citizen.post(KeyboardChosen("nine"))
    pid = _stop(place, Way.PINYIN)
    citizen.types("9264526")  # yanglao
    citizen.post(KeyPressed("done"))
    citizen.sees(ItemListView, lambda view: view.keyboard is None)
    os.kill(pid, signal.SIGCONT)
    citizen.sees(ItemListView, lambda view: view.search_text == "养老")
    citizen.leaves()


@pytest.mark.usefixtures("no_model")
def test_ink_that_this_machine_turns_out_not_to_read_is_said_on_the_field(form: Place) -> None:
    citizen = form.citizen
    citizen.post(KeyboardChosen("handwriting"))
    for stroke in typing.TEN:
        citizen.post(StrokeDrawn(stroke))
    citizen.post(BackPressed())
    _sees_address(form, "", error=True)
    # looked at, and written in the way that is left
    typing.opens_the_address(form)
    citizen.writes("wanbaocun", "万宝村")
    citizen.post(KeyPressed("done"))
    citizen.touches_until("primary", MaterialsView)
    assert typing.address(form) == "万宝村"


def test_what_is_too_long_is_said_on_the_field_and_kept(form: Place) -> None:
    citizen = form.citizen
    terminal = form.composition.terminal
    item = terminal.work.session.item
    assert item is not None
    most = next(field.max_length for field in item.fields if field.code == "address")
    citizen.post(KeyboardChosen("symbols"))
    citizen.types("1" * (most - 2))
    citizen.post(KeyboardChosen("pinyin"))
    citizen.types("wanbaohezhen")
    citizen.sees(FormView, lambda view: view.keyboard is not None and typing.typed(view).text.endswith("万宝河镇"))
    citizen.post(BackPressed())
    row = _sees_address(form, "1" * (most - 2) + "万宝河镇", error=True)
    assert str(most) in row.error and typing.address(form) == "1" * (most - 2)
    typing.opens_the_address(form)
    citizen.writes("", "万宝")
    for _ in "hezhen":
        citizen.post(KeyPressed("backspace"))
    citizen.post(KeyPressed("done"))
    citizen.touches_until("primary", MaterialsView)
    assert typing.address(form) == "1" * (most - 2) + "万宝"
