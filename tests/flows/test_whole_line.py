"""One citizen's case, end to end, without a window: reads like the story it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from demo.place import Place, open_place
from kiosk.events import StrokeDrawn, Woken
from kiosk.views import (
    AttractView,
    CaseListView,
    ConsentView,
    DoneView,
    FormView,
    GuideView,
    HomeView,
    IdentifyView,
    ItemListView,
    MaterialsView,
    ProgressView,
    RateView,
    ReviewView,
    ScanView,
    SignatureView,
)
from tests.flows.clerk import Clerk
from tests.said import said

NAME, NUMBER = "王桂兰", "230903194803120022"
SIGNATURE = (((0.2, 0.3), (0.5, 0.35), (0.8, 0.3)), ((0.5, 0.2), (0.48, 0.8)))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        Clerk(here).is_employed()
        for page in ("register-cover-blurred", "register-cover-skewed", "register-person-straight", None):
            here.bench.lay_page(page)  # drawn once, so that the story does not wait for the draftsman
        yield here


def test_one_citizen_files_is_accepted_and_sees_how_far_it_is(place: Place) -> None:
    citizen, bench = place.citizen, place.bench

    # She wakes the terminal, and looks for what she came for by its initials.
    citizen.sees(AttractView, lambda view: bool(place.composition.terminal.work.catalogue))
    citizen.post(Woken())
    citizen.sees(HomeView)
    citizen.touches("search")
    citizen.sees(ItemListView, lambda view: view.keyboard is not None)
    citizen.types("ylbx")
    citizen.touches("item_YLBX")
    guide = citizen.sees(GuideView)
    assert guide.title == "城乡居民基本养老保险参保登记"
    citizen.touches("primary")
    citizen.touches("for_self")

    # She lays her card on, reads, and agrees.
    citizen.sees(IdentifyView)
    bench.lay_card("wang-guilan")
    consent = citizen.sees(ConsentView)
    assert ("证件号码", "230903********0022") in consent.person_rows
    citizen.touches("agree")

    # What the card says is filled in; what is wrong is told all at once.
    form = citizen.sees(FormView)
    assert next(row for row in form.fields if row.code == "name").locked
    citizen.touches("primary")
    citizen.touches("primary")
    wrong = citizen.sees(FormView, lambda view: view.notice is not None)
    assert "联系电话" in wrong.notice.text
    assert "以前参保情况" in wrong.notice.text
    citizen.fills("phone", "13904640000")
    citizen.goes_to("choice_earlier_insurance_never")
    citizen.touches("choice_earlier_insurance_never")
    citizen.touches_until("primary", MaterialsView)

    # Two pages of the household register: the first attempt is blurred, the second is good.
    bench.lay_page("register-cover-blurred")
    citizen.sees(MaterialsView, lambda view: "不太清楚" in view.sentence)
    bench.lay_page("register-cover-skewed")
    citizen.sees(MaterialsView, lambda view: view.good)
    citizen.touches("capture")
    citizen.sees(MaterialsView, lambda view: view.taken_count == 1)
    bench.lay_page("register-person-straight")
    citizen.sees(MaterialsView, lambda view: view.good)
    citizen.touches("capture")
    citizen.sees(MaterialsView, lambda view: all(row.state == "done" for row in view.rows))
    # She comes to the window for what is decided, as it is if nobody says otherwise.
    citizen.touches_until("primary", SignatureView)

    # She signs, checks everything on one page, and submits.
    citizen.sees(SignatureView)
    for stroke in SIGNATURE:
        citizen.post(StrokeDrawn(stroke))
    citizen.touches("primary")
    review = citizen.sees(ReviewView)
    assert "230903********0022" in {row.detail for row in review.rows}
    citizen.touches_until("primary", DoneView)

    # It is filed, and the receipt is on paper, with a code that reads back.
    done = citizen.sees(DoneView, lambda view: view.paper.state == "done")
    assert done.title == "已经收到您的申请"
    receipt = Image.open(place.bench.receipts / place.bench.receipt_names()[0])
    assert [code.text for code in zxingcpp.read_barcodes(receipt)] == [done.qr]

    # How was it? She leaves that out, goes without taking her card, is reminded, and takes it.
    citizen.touches("primary")
    assert citizen.sees(RateView).actions[0].label == "不评价，结束"
    citizen.touches("skip")
    bench.lift_card()
    citizen.sees(AttractView)

    # At the window it is accepted; three working days from the day after are a Friday (R4.2).
    clerk = Clerk(place)
    clerk.signs_in()
    case = clerk.opens(done.number.replace(" ", ""))
    clerk.accepts(case)

    # She comes back with the receipt: its code shows the state, and nothing of her.
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    bench.hold_code(receipt="latest")
    state = citizen.sees(ProgressView)
    assert not state.steps
    assert NAME not in said(state)
    bench.hold_code()

    # With her card on she sees every step, and the day it is due.
    bench.lay_card("wang-guilan")
    citizen.touches("agree")
    detail = citizen.sees(ProgressView, lambda view: bool(view.steps))
    assert "11月27日" in detail.title
    assert [step.state for step in detail.steps].count("now") == 1
    citizen.touches("print")
    citizen.touches("primary")
    bench.lift_card()
    citizen.sees(ProgressView)
    citizen.touches("dock_end")
    citizen.sees(AttractView)


def test_nothing_of_the_person_is_left_in_log_file_or_view(place: Place) -> None:
    # given the story above; then
    attract = place.citizen.sees(AttractView)
    session = place.composition.terminal.work.session
    assert session.card is None
    assert session.draft is None
    log = place.log_text()
    assert "submission_kept" in log, "the story was told"
    assert "session_ended" in log
    assert NAME not in said(attract)
    for secret in (NAME, NUMBER, "13904640000", "万宝村二组17号"):
        assert secret not in log
        for path in _files(place.data / "kiosk", place.data / "center"):
            assert secret.encode() not in path.read_bytes(), path
            assert secret.encode("utf-16-le") not in path.read_bytes(), path


def _files(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def test_the_cases_of_another_card_are_not_shown(place: Place) -> None:
    citizen, bench = place.citizen, place.bench
    citizen.sees(AttractView)
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    bench.lay_card("li-jianguo")
    citizen.touches("agree")
    cases = citizen.sees(CaseListView)
    assert cases.rows == ()
    assert "没有查到" in cases.empty
    bench.lift_card()
    citizen.touches("dock_end")
    citizen.sees(AttractView)
