"""An application that could not be kept is the same one when it is tried again."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from demo.place import Place, open_place
from kiosk.events import PrimaryPressed, StrokeDrawn
from kiosk.link.outbox import OutboxFault
from kiosk.link.submission import Submission
from kiosk.views import DoneView, FormView, MaterialsView, ReviewView, SignatureView
from tests.flows.filer import SIGNATURE, Filer


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


def test_an_application_tried_again_has_the_same_key(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    # given one ready to be handed in, and a disk that is full the first time
    filer, citizen, outbox = Filer(place), place.citizen, place.composition.outbox
    filer.comes("ylbx", "YLBX")
    citizen.touches("for_self")
    filer.lays("wang-guilan")
    citizen.touches("agree")
    citizen.sees(FormView)
    filer.writes("phone", "13904640000")
    filer.chooses("earlier_insurance", "never")
    citizen.touches_until("primary", MaterialsView)
    filer.captures(2)
    citizen.touches_until("primary", SignatureView)
    citizen.sees(SignatureView)
    citizen.post(StrokeDrawn(SIGNATURE))
    citizen.touches("primary")
    citizen.sees(ReviewView)
    keep, tried = outbox.keep, list[UUID]()

    def full_at_first(submission: Submission) -> bool:
        tried.append(submission.key)
        if len(tried) == 1:
            raise OutboxFault("outbox_full", "本机现在存不下，请稍后再试。")
        return keep(submission)

    monkeypatch.setattr(outbox, "keep", full_at_first)
    # when it is handed in twice
    if citizen.sees(ReviewView).primary.event != PrimaryPressed():
        citizen.touches("primary")
        citizen.sees(ReviewView, lambda view: view.primary.event == PrimaryPressed())
    citizen.touches("primary")
    citizen.sees(ReviewView, lambda view: "存不下" in repr(view.info))
    citizen.touches("primary")
    citizen.sees(DoneView, lambda view: view.paper.state == "done")
    # then it was one application
    assert len(tried) == 2 and tried[0] == tried[1]
    filer.leaves()
