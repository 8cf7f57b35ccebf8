"""Typing Chinese at a real terminal: into a form and to search; when an engine dies or is missing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.place import Place
from kiosk.events import BackPressed, KeyPressed, StrokeDrawn, Woken
from kiosk.typing.answers import Way
from kiosk.views import (
    AttractView,
    Button,
    FormView,
    HomeView,
    ItemListView,
    KeyboardKind,
    MaterialsView,
    ReviewView,
    SignatureView,
)
from tests.flows.typist import TEN, address, at_the_form, engines, open_typing_place, opens_the_address, typed


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_typing_place(tmp_path_factory.mktemp("place")) as here:
        yield here


@pytest.fixture
def form(place: Place) -> Iterator[Place]:
    """A foreigner, whose card has no address, at the form; she leaves at the end."""
    yield from at_the_form(place, "anna-smith")


@pytest.fixture
def broken_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For processes started from here on the library's file is cut off, and ctypes says so."""
    (tmp_path / "libpinyin.so.15").write_bytes(b"\x7fELF")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))


@pytest.fixture
def no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For processes started from here on rapidocr is installed without its model."""
    (tmp_path / "rapidocr").mkdir()
    (tmp_path / "rapidocr/__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)


# ------------------------------------------------------------------ the form


def test_an_address_from_the_card_is_changed_in_pinyin_and_the_next_open_field_follows(place: Place) -> None:
    for here in at_the_form(place, "li-jianguo"):
        citizen = here.citizen
        # given the address that the card says
        assert "河口村" in address(here)
        opened = opens_the_address(here)
        assert opened.keyboard.kind is KeyboardKind.PINYIN
        # when it is cleared and written anew
        citizen.post(KeyPressed("clear"))
        citizen.writes("wanbaohezhen", "万宝河镇")
        citizen.writes("wanbaocun", "万宝村")
        citizen.types("17")
        citizen.touches("field_phone")
        # then it is in the draft, and a tap has led to the telephone, which is typed in digits
        phone = citizen.sees(FormView, lambda view: any(row.code == "phone" and row.focused for row in view.fields))
        assert phone.keyboard.kind is KeyboardKind.DIGITS
        assert address(here) == "万宝河镇万宝村17"
        # and 下一项 leads on to what is open, a choice on its page
        assert phone.keyboard.done_label == "下一项"
        citizen.types("13904640000")
        citizen.post(KeyPressed("done"))
        citizen.touches("choice_earlier_insurance_never")
        row = next(row for row in citizen.sees(FormView).fields if row.code == "earlier_insurance")
        assert row.error == ""


def test_what_is_composed_is_written_when_the_field_is_left(form: Place) -> None:
    citizen = form.citizen
    opens_the_address(form)
    citizen.types("wanbaohezhen")
    citizen.sees(FormView, lambda view: view.keyboard is not None and typed(view).text == "万宝河镇")
    citizen.post(BackPressed())
    citizen.sees(FormView, lambda view: view.keyboard is None)
    assert address(form) == "万宝河镇"


def test_what_was_typed_in_place_of_the_card_can_be_changed_again(form: Place) -> None:
    citizen = form.citizen
    opens_the_address(form)
    citizen.writes("wanbaocun", "万宝村")
    citizen.post(BackPressed())
    closed = citizen.sees(FormView, lambda view: view.keyboard is None)
    row = next(row for row in closed.fields if row.code == "address")
    assert not row.locked
    assert row.button is not None


@pytest.mark.rule("R2.2")
def test_who_cannot_write_chinese_is_told_of_it_with_all_else_and_never_blocked(form: Place) -> None:
    citizen = form.citizen
    assert citizen.sees(FormView).later is None
    # given all but the address
    citizen.fills("phone", "13904640000")
    citizen.goes_to("choice_earlier_insurance_never")
    citizen.touches("choice_earlier_insurance_never")
    # when she goes on; then the address is wanted, as any other field
    citizen.touches("primary")
    told = citizen.sees(FormView, lambda view: view.notice is not None)
    assert "现住地址" in told.notice.text
    assert next(row for row in told.fields if row.code == "address").error
    # and it can be left to the window, which the check page says
    citizen.touches("later")
    citizen.touches_until("primary", MaterialsView)
    citizen.touches("not_with_me")
    citizen.touches_until("primary", SignatureView)
    citizen.sees(SignatureView)
    citizen.post(StrokeDrawn(((0.2, 0.3), (0.5, 0.35), (0.8, 0.3), (0.3, 0.7))))
    citizen.touches("primary")
    check = citizen.sees(ReviewView)
    row = next(row for row in check.rows if row.label == "现住地址")
    assert row.value == "到窗口补填"
    # from where it can still be written
    citizen.touches("edit_address")
    opens_the_address(form)
    citizen.writes("wanbaocun", "万宝村")
    citizen.post(KeyPressed("done"))
    citizen.touches_until("primary", ReviewView)
    check = citizen.sees(ReviewView)
    assert next(row for row in check.rows if row.label == "现住地址").value == "万宝村"


# ------------------------------------------------------------------ searching


def test_search_takes_initials_and_pinyin_and_chinese(place: Place) -> None:
    citizen = place.citizen
    citizen.sees(AttractView)
    citizen.post(Woken())
    citizen.sees(HomeView)
    citizen.touches("search")
    # letters find while they are letters
    citizen.types("yanglao")
    found = citizen.sees(ItemListView, lambda view: view.search_text == "yanglao" and bool(view.rows))
    assert any("养老" in row.title for row in found.rows)
    # a candidate searches for the Chinese word
    citizen.writes("", "养老")
    chosen = citizen.sees(ItemListView, lambda view: view.search_text == "养老")
    assert any(row.spans for row in chosen.rows)
    # and initials that are left as they are go on to be what is searched for
    citizen.post(KeyPressed("clear"))
    citizen.types("dbz")
    citizen.post(KeyPressed("done"))
    closed = citizen.sees(ItemListView, lambda view: view.keyboard is None)
    assert closed.search_text == "dbz"
    assert any(row.button.id == "item_DIBAO" for row in closed.rows)
    citizen.leaves()


# ------------------------------------------------------------------ engines that die, and sessions that end


def test_an_engine_killed_in_mid_word_comes_back_and_typing_goes_on(form: Place) -> None:
    citizen = form.citizen
    opens_the_address(form)
    citizen.types("wanbaohe")
    citizen.sees(FormView, lambda view: view.keyboard is not None and typed(view).text == "万宝河")
    killed = engines(form)[Way.PINYIN]
    os.kill(killed, signal.SIGKILL)
    citizen.types("zhen")
    citizen.writes("", "万宝河镇")
    citizen.sees(FormView, lambda view: view.keyboard is not None and (typed(view).text, typed(view).marked) == ("万宝河镇", (0, 0)))
    assert engines(form)[Way.PINYIN] != killed
    assert '"way": "pinyin", "code": "died"' in form.log_text()


# ------------------------------------------------------------------ machines where something is missing


@pytest.mark.usefixtures("broken_library")
def test_without_libpinyin_the_terminal_takes_handwriting(place: Place) -> None:
    for here in at_the_form(place, "anna-smith"):
        citizen = here.citizen
        citizen.goes_to("field_address")
        citizen.touches("field_address")
        opened = citizen.sees(FormView, lambda view: view.keyboard is not None and view.keyboard.kind is KeyboardKind.HANDWRITING)
        assert opened.keyboard.note is not None
        for stroke in TEN:
            citizen.post(StrokeDrawn(stroke))
        citizen.writes("", "十")
        citizen.post(BackPressed())
        citizen.sees(FormView, lambda view: view.keyboard is None)
        assert address(here) == "十"
        assert citizen.sees(FormView).later is None
        assert '"way": "pinyin", "code": "libpinyin_missing"' in here.log_text()


@pytest.mark.usefixtures("no_model")
def test_without_the_model_the_terminal_takes_pinyin(place: Place) -> None:
    for here in at_the_form(place, "anna-smith"):
        citizen = here.citizen
        opens_the_address(here)
        citizen.touches("keyboard_handwriting")

        def closed(button: Button) -> bool:
            return button.id == "keyboard_handwriting" and button.event is None

        back = citizen.sees(FormView, lambda view: view.keyboard is not None and any(map(closed, view.keyboard.switches)))
        assert back.keyboard.kind is KeyboardKind.PINYIN
        assert back.keyboard.note is not None
        citizen.writes("wanbaocun", "万宝村")
        assert '"way": "handwriting", "code": "handwriting_model_missing"' in here.log_text()


@pytest.mark.rule("R2.2")
@pytest.mark.usefixtures("broken_library", "no_model")
def test_where_nothing_takes_chinese_the_window_is_offered_unasked_and_nothing_is_a_fault(place: Place) -> None:
    for here in at_the_form(place, "anna-smith"):
        citizen = here.citizen
        offered = citizen.sees(FormView, lambda view: view.later is not None)
        assert offered.notice is None
        assert next(row for row in offered.fields if row.code == "address").hint == "到窗口补填"
        # nobody has to ask for it: what the machine cannot take is no fault of hers
        citizen.fills("phone", "13904640000")
        citizen.goes_to("choice_earlier_insurance_never")
        citizen.touches("choice_earlier_insurance_never")
        citizen.touches_until("primary", MaterialsView)
