"""One place by day and one at night for each file, and who is at the console."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from demo.place import Place, open_place
from kiosk.clock import CHINA
from tests.flows.clerk import Clerk

#: The same Tuesday, when no window is staffed.
NIGHT = datetime(2026, 11, 24, 22, 40, tzinfo=CHINA)


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
