"""One real window a process: on the display there is, or on an Xvfb of our own."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest

import screens  # noqa: F401 # sets Kivy's environment before anything imports Kivy
from tests.ui.glass import Glass, HandClock

UPRIGHT = (1080, 1920)


@pytest.fixture(autouse=True, scope="module")
def _heap(heap_of_its_own: None) -> None:
    """See tests/conftest.py."""


@pytest.fixture(scope="session")
def _window() -> Iterator[Glass]:
    from screens.gallery.display import display

    with display(1920, 1920) as name:
        os.environ["DISPLAY"] = name
        from kivy.base import runTouchApp

        from screens.app import KioskApp

        clock = HandClock()
        posted: list = []
        app = KioskApp(posted.append, UPRIGHT, clock=clock)
        app.application._run_prepare()
        runTouchApp(embedded=True)
        glass = Glass(app, clock, posted)
        glass.frame()
        yield glass
        app.close()


@pytest.fixture
def glass(_window: Glass) -> Glass:
    """The window with nothing on it, upright, no finger down."""
    from screens.theme import STANDARD, Layout

    page = _window.app.page
    page.layout = Layout(*UPRIGHT)
    page.theme = STANDARD
    page.begin()
    page.commit()
    _window.app.router.view = None
    _window.app.stage.switched()
    _window.rest(10)
    _window.frame()
    _window.posted.clear()
    return _window


@pytest.fixture(params=[UPRIGHT, (1920, 1080)], ids=["upright", "wide"])
def either(glass: Glass, request: pytest.FixtureRequest) -> Iterator[Glass]:
    """The window in both shapes; really turned, so that what is drawn can be looked at."""
    glass.turn(request.param)
    yield glass
    glass.turn(UPRIGHT)


@pytest.fixture
def chance() -> random.Random:
    """The same chance every time."""
    return random.Random(20261124)
