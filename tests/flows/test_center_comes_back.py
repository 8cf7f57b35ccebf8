"""What was asked while the center was away is asked anew by itself once it is there; what changes something waits for the citizen's word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.faults import Out, walk
from demo.place import Place, open_place
from kiosk.events import CenterSeen, Woken
from kiosk.ports import PrintJob
from kiosk.views import CaseListView, ConsentView, MessageView, ProgressView, ScanView
from kiosk.wire.documents import Document, Row, Rows
from tests.flows.clerk import center_away

_AWAY = "现在连不上中心"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Of 王桂兰, who has a case."""
    with open_place(tmp_path_factory.mktemp("place")) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        walk(here, Out(camera=True))
        yield here


@pytest.fixture(autouse=True)
def _a_visit(place: Place) -> Iterator[None]:
    """With the card, to the consent to see what is hers."""
    citizen = place.citizen
    citizen.waits(lambda: not place.composition.terminal.work.hub.card_present)
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    place.bench.lay_card("wang-guilan")
    citizen.sees(ConsentView)
    yield
    place.bench.lift_card()
    citizen.leaves()


def test_a_look_up_comes_by_itself_even_if_the_center_was_away_between_two_looks_only(place: Place) -> None:
    citizen = place.citizen
    with center_away(place):
        citizen.touches("agree")
        citizen.sees(MessageView, lambda view: view.title == _AWAY)
    # when it is back, then nobody presses anything
    citizen.sees(CaseListView, lambda view: bool(view.rows))


def test_a_withdrawal_waits_for_the_citizen_and_says_that_it_may_be_done_already(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    citizen, work = place.citizen, place.composition.terminal.work
    citizen.touches("agree")
    citizen.touches("case_1")
    citizen.sees(ProgressView)
    citizen.touches("more")
    citizen.touches("way_withdraw")
    citizen.sees(MessageView, lambda view: view.title == "真的要撤回吗？")
    # when the center hears it, and its answer is lost
    with center_away(place):
        citizen.touches("withdraw")
        away = citizen.sees(MessageView, lambda view: view.title == _AWAY)
    # then nobody claims that it was not done
    assert any("也许已经撤回了" in line for line in away.lines)
    assert not any("没有撤回" in line for line in away.lines)
    # and the center's coming back asks nothing
    seen = len(citizen.seen)
    citizen.post(CenterSeen(True, 0))
    citizen.post(CenterSeen(True, 1))
    citizen.waits(lambda: work.center_reachable and place.composition.terminal.unsent == 1)
    assert not any(isinstance(view, MessageView) and view.busy for view in citizen.seen[seen:])
    # by hand it is the same act, and its slip has the center's time, not that of a terminal whose clock went on alone
    then = place.clock.now()
    place.clock.advance(hours=1)
    citizen.touches("retry")
    citizen.sees(MessageView, lambda view: view.title == "申请已经撤回")
    printed: list[Document] = []
    monkeypatch.setattr(work.hub.devices.printer, "print", lambda job: printed.append(_document(job)))
    citizen.touches("print")
    citizen.waits(lambda: bool(printed))
    assert _row(printed[0], "撤回时间") == f"{then:%Y-%m-%d %H:%M}"


def _document(job: PrintJob) -> Document:
    return job.document


def _row(document: Document, label: str) -> str:
    rows: list[Row] = [row for block in document.blocks if isinstance(block, Rows) for row in block.rows]
    return next(row.value for row in rows if row.label == label)
