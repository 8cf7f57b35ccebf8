"""One place with its town for each file, and a complaint for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.place import Place
from tests.center.complaints.place import Town
from tests.flows.complainer import Complainer
from tests.flows.complaints.receipts import Receipt, filed
from tests.flows.officer import town_at
from tests.flows.typist import open_typing_place


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_typing_place(tmp_path_factory.mktemp("place")) as here:
        here.bench.lay_page("register-cover-skewed")
        yield here


@pytest.fixture(scope="module")
def town(place: Place) -> Iterator[Town]:
    with town_at(place) as here:
        yield here


@pytest.fixture
def citizen(place: Place, town: Town) -> Iterator[Complainer]:
    complainer = Complainer(place)
    yield complainer
    complainer.leaves()


@pytest.fixture
def receipt(place: Place, town: Town) -> Receipt:
    """Filed without a card, as this very terminal signs it."""
    return filed(place, town, card=False)
