"""What came of a receipt is kept with its number, whether or not its citizen stays while it prints."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from demo.place import Place, open_place
from demo.story import Citizen
from kiosk.events import EndPressed, HomePressed, TouchEvent
from kiosk.ports import PrintResult
from kiosk.views import DoneView, ReviewView, ViewData
from tests.flows.filer import Filer


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


@pytest.mark.parametrize("away", [HomePressed(), EndPressed()], ids=["home", "end"])
def test_whoever_goes_while_it_prints_leaves_its_outcome_behind(place: Place, monkeypatch: pytest.MonkeyPatch, away: TouchEvent) -> None:
    # given somebody who goes as soon as the printer begins: pressed on the terminal's own thread, before it can have finished
    citizen, outbox = place.citizen, place.composition.outbox

    ends: list[str] = []

    def shown(view: ViewData) -> None:
        Citizen.shown(citizen, view)
        if isinstance(view, DoneView) and view.paper.state == "busy":
            ends.append(view.actions[-1].label)
            citizen.post(away)

    monkeypatch.setattr(citizen, "shown", shown)
    filer, before = Filer(place), outbox.last_receipts(1)
    try:
        filer.fills_in()
        citizen.touches("primary")
        citizen.sees(ReviewView, lambda view: view.previous is not None and view.next is None)
        citizen.touches("primary")
        # when
        citizen.waits(lambda: outbox.last_receipts(1) != before and outbox.last_receipts(1)[0].printed == 1)
    finally:
        place.bench.lay_page(None)
        filer.leaves()
    # then nobody was told that all is taken already, the receipt knows that it was printed, and the log says which
    assert ends == ["不要纸，结束"]
    (receipt,) = outbox.last_receipts(1)
    assert receipt.last_print == PrintResult.PRINTED
    finished = [each for each in map(json.loads, place.log_text().splitlines()) if each["event"] == "print_finished"]
    assert finished[-1]["receipt"] == receipt.receipt_number
    assert finished[-1]["result"] == PrintResult.PRINTED
