"""A seeded monkey with real touches before a whole terminal: whatever it does, nothing breaks, nothing is cut off, and there is a way out.

`make monkey` is the long form, 30 visits and 2,000 touches; tests run a short one. A fault names the seed and the way there;
MONKEY_SEED=… repeats it.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest

from demo.place import Place, open_place
from kiosk.journeys.registry import JOURNEYS
from tests.ui.glass import Glass
from tests.ui.monkey import Monkey

LONG = "MONKEY_LONG" in os.environ
VISITS, TAPS = (30, 2000) if LONG else (6, 250)
#: What 2,000 touches come to whichever way chance turns: what anybody can begin. The others need something handed in, or booked, before.
_OPEN_TO_ALL = set(JOURNEYS) - {"cases", "supplement", "complaints", "own_complaints", "complaint_act", "booking_change"}
#: Kinds of pages, and steps, that are reached at least.
_VIEWS, _STEPS = (16, 35) if LONG else (6, 6)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


@pytest.mark.timeout(3600 if LONG else 600)
def test_whatever_a_monkey_touches_there_is_a_way_out_and_nothing_breaks(glass: Glass, place: Place) -> None:
    # given: the same chance every time, or one that was asked for
    seed = int(os.environ.get("MONKEY_SEED", "20261124"))
    monkey = Monkey(glass, place, seed)
    lengths = random.Random(seed)
    # when it comes and goes; then every page is judged as it is shown
    for visit in range(VISITS):
        left = VISITS - visit
        even, wants = (TAPS - monkey.taps) / left, lengths.random() < 0.5
        monkey.visits(max(1, round(even * (1.4 if wants else 0.6) if left > 1 else even)), wants_something=wants)
    # and it was not always at the same page
    assert monkey.taps >= TAPS
    assert len(monkey.reached.views) >= _VIEWS, monkey.reached
    assert len(monkey.reached.steps) >= _STEPS, monkey.reached
    if LONG:
        assert _OPEN_TO_ALL - set(monkey.reached.journeys) == set(), monkey.reached
