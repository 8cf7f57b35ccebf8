"""Somebody who types at a real terminal: the form of a foreigner whose card has no address, and what is written there."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from demo.place import Place, open_place
from kiosk.events import Woken
from kiosk.typing.answers import Way
from kiosk.views import AttractView, FormView, Typed

#: 十, in two strokes.
TEN = (((0.1, 0.5), (0.9, 0.5)), ((0.5, 0.1), (0.5, 0.9)))


@contextmanager
def open_typing_place(data: Path) -> Iterator[Place]:
    """A place with its items there. Skips where libpinyin is missing, except in CI."""
    try:
        ctypes.CDLL("libpinyin.so.15")
    except OSError:
        if os.environ.get("CI"):
            raise
        pytest.skip("NOT TESTED, typing at the terminal: libpinyin is not installed")
    with open_place(data) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


def at_the_form(place: Place, person: str) -> Iterator[Place]:
    """Whoever lays this card, at the form; they leave at the end."""
    citizen = place.citizen
    citizen.sees(AttractView)
    citizen.waits(lambda: not place.composition.terminal.work.hub.card_present)
    citizen.post(Woken())
    citizen.touches("search")
    citizen.types("ylbx")
    citizen.touches("item_YLBX")
    citizen.touches("primary")
    citizen.touches("for_self")
    place.bench.lay_card(person)
    citizen.touches("agree")
    citizen.sees(FormView)
    yield place
    place.bench.lift_card()
    citizen.leaves()


def typed(view: FormView) -> Typed:
    """What is written in the field that is open."""
    return next(row.typed for row in view.fields if row.typed)


def address(place: Place) -> str:
    """As the draft holds it."""
    draft = place.composition.terminal.work.session.draft
    return draft.values.get("address", "") if draft else ""


def opens_the_address(place: Place) -> FormView:
    """Touch the field, and see its keyboard."""
    place.citizen.goes_to("field_address")
    place.citizen.touches("field_address")
    return place.citizen.sees(FormView, lambda view: view.keyboard is not None and view.keyboard.bar is not None)


def engines(place: Place) -> dict[Way, int]:
    """The processes of this citizen's engines that run now."""
    typing = place.composition.terminal.work.typing._engines
    return {way: pid for way, engine in typing._engines.items() if (pid := engine.pid)} if typing else {}
