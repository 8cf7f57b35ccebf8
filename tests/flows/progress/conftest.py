"""One place and one clerk for each file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.place import Place, open_place
from tests.flows.clerk import Clerk


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


@pytest.fixture(scope="module")
def clerk(place: Place) -> Clerk:
    clerk = Clerk(place)
    clerk.is_employed()
    clerk.signs_in()
    return clerk


@pytest.fixture
def goes(place: Place) -> Iterator[None]:
    """Whoever it was, everything is as before when they are gone."""
    yield
    place.bench.lay_page(None)
    place.bench.set_paper(True)
    place.bench.lift_card()
    place.citizen.leaves()
