"""Whatever is out of order: the citizen is told plainly, and nothing that was signed is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.faults import COMBINATIONS, Out, walk
from demo.place import Place, open_place
from kiosk.events import Woken
from kiosk.link.questions import cases
from kiosk.views import AttractView, CaseListView, DoneView, GuideView, IdentifyView, MaterialsView, ScanView, Tone
from kiosk.wire.cases import CasesAnswer


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        here.citizen.sees(AttractView)
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


@pytest.mark.parametrize("out", COMBINATIONS, ids=lambda out: out.name)
def test_the_citizen_is_told_plainly_and_nothing_signed_is_lost(place: Place, out: Out) -> None:
    # when a citizen files with these things out of order
    pages = walk(place, out)

    # then each of them was told where it matters
    attract, guide, *rest = pages
    assert isinstance(attract, AttractView)
    for broken, word in ((out.paper, "打印机"), (out.camera, "高拍仪"), (out.reader, "读卡器")):
        assert (word in attract.fault_line) is broken
    assert isinstance(guide, GuideView)
    assert (guide.print.event is None) is out.paper
    if out.reader:
        (identify,) = rest
        assert isinstance(identify, IdentifyView)
        assert "读卡器" in identify.title
        assert place.composition.outbox.unsent() == 0
        return
    if out.camera:
        materials = rest.pop(0)
        assert isinstance(materials, MaterialsView)
        assert "高拍仪" in materials.title
    (done,) = rest
    assert isinstance(done, DoneView)
    assert done.tone is (Tone.ATTENTION if out.center else Tone.DONE)
    assert ("稍后送达" in done.title) is out.center
    assert (done.paper.state == "attention") is out.paper
    assert done.qr

    # and once the center is there, it has the filing, exactly once
    place.citizen.waits(lambda: place.composition.outbox.unsent() == 0)
    assert place.composition.outbox.refused() == 0
    answer = place.composition.terminal.work.center._client.ask(cases("230903194803120022"))  # the same signed client
    assert isinstance(answer, CasesAnswer)
    filed = [
        case
        for case in answer.cases
        if case.receipt_number == done.number.replace(" ", "") or case.case_number == done.number.replace(" ", "")
    ]
    assert len(filed) == 1
    assert bool(filed[0].receipt_number)
    receipt = place.composition.outbox.receipt(filed[0].receipt_number)
    assert receipt is not None


def test_what_is_revealed_to_scripts_names_no_case(place: Place) -> None:
    # given the filings above; when their citizen looks at the list of them
    citizen = place.citizen
    citizen.sees(AttractView)
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    place.bench.lay_card("wang-guilan")
    citizen.touches("agree")
    listed = citizen.sees(CaseListView, lambda view: bool(view.rows))
    # then the ids of its buttons say where they stand, not whose case it is
    assert [row.button.id for row in listed.rows] == [f"case_{number}" for number in range(1, len(listed.rows) + 1)]
    place.bench.lift_card()
    citizen.touches("dock_end")
    citizen.sees(AttractView)
