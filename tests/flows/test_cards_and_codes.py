"""Every kind of card can file; a returned case says everything that is wanted; a guide's code opens the guide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from demo.faults import Out, walk
from demo.place import Place, open_place
from devices.bench.people import PEOPLE
from kiosk.composition import compose
from kiosk.config import load_config
from kiosk.events import CatalogueChanged, Woken
from kiosk.views import AttractView, CaseListView, DoneView, GuideView, HomeView, MessageView, ProgressView, ScanView
from tests.flows.clerk import Clerk

#: One person for each record layout (devices.md §1).
LAYOUTS = {person.card.layout: person.id for person in reversed(PEOPLE.values()) if person.id != "zhao-wrong"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


@pytest.mark.parametrize("layout", ["resident", "J", "I", "Y"])
def test_a_card_of_every_layout_files_and_finds_its_own_case(place: Place, layout: str) -> None:
    # given a citizen with such a card, who files
    person = PEOPLE[LAYOUTS[layout]]
    done = walk(place, Out(), person.id)[-1]
    assert isinstance(done, DoneView)
    assert done.title == "已经收到您的申请"

    # then the card shows that case, and no other
    citizen = place.citizen
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    place.bench.lay_card(person.id)
    citizen.touches("agree")
    cases = citizen.sees(CaseListView)
    assert len(cases.rows) == 1
    citizen.touches("case_1")
    assert done.number in citizen.sees(ProgressView).number_line
    place.bench.lift_card()
    citizen.leaves()


def test_R2_2_a_returned_case_says_everything_that_is_wanted_at_once(place: Place) -> None:
    # given a case filed without its papers, which the window returns with one notice
    done = walk(place, Out(camera=True), "zhang-decai")[-1]
    assert isinstance(done, DoneView)
    clerk = Clerk(place)
    clerk.is_employed()
    clerk.signs_in()
    case = clerk.opens(done.number.replace(" ", ""))
    notice = clerk.returns(case, "household_register", "registration_form")
    assert "户口簿" in notice
    assert "登记表" in notice

    # when the citizen comes with the card
    citizen = place.citizen
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    place.bench.lay_card("zhang-decai")
    citizen.touches("agree")
    citizen.touches("case_1")

    # then both are named on one page, and on paper
    page = citizen.sees(ProgressView)
    assert len(page.wanted) == 2
    assert any("户口簿" in line for line in page.wanted)
    assert any("登记表" in line for line in page.wanted)
    before = len(place.bench.receipt_names())
    citizen.touches("print")
    citizen.sees(MessageView, lambda view: "打好了" in view.title)
    assert len(place.bench.receipt_names()) == before + 1
    place.bench.lift_card()
    citizen.leaves()


@pytest.mark.rule("R2.3")
def test_R2_3_a_refused_case_says_why_at_the_terminal(place: Place) -> None:
    # given a case that the window refuses
    done = walk(place, Out(), "li-jianguo")[-1]
    assert isinstance(done, DoneView)
    clerk = Clerk(place)
    clerk.signs_in()
    notice = clerk.refuses(clerk.opens(done.number.replace(" ", "")), "不在本镇居住，不符合条件。", "《样例办法》第三条")
    assert "不予受理通知书" in notice

    # when the citizen comes with the card; then reason and notice are named
    citizen = place.citizen
    citizen.post(Woken())
    citizen.touches("way_progress")
    citizen.sees(ScanView)
    place.bench.lay_card("li-jianguo")
    citizen.touches("agree")
    citizen.sees(CaseListView)
    citizen.touches("case_1")
    page = citizen.sees(ProgressView)
    assert page.title == "不予受理"
    assert page.panel is not None
    assert page.panel.text == "不在本镇居住，不符合条件。"
    place.bench.lift_card()
    citizen.leaves()


def test_R1_3_a_printed_guide_s_code_opens_the_guide_at_this_terminal(place: Place) -> None:
    # given a guide taken home on paper
    citizen = place.citizen
    citizen.sees(AttractView)
    citizen.post(Woken())
    citizen.touches("search")
    citizen.types("dbz")
    citizen.touches("item_DIBAO")
    shown = citizen.sees(GuideView)
    citizen.touches("print")
    citizen.sees(MessageView, lambda view: "打好了" in view.title)
    citizen.touches("primary")
    citizen.touches("dock_home")
    citizen.sees(HomeView)
    (code,) = zxingcpp.read_barcodes(Image.open(place.bench.receipts / place.bench.receipt_names()[0]))
    assert code.text == shown.qr

    # when it is held up at home, then the guide opens
    place.bench.hold_code(receipt="latest")
    assert citizen.sees(GuideView).title == shown.title
    place.bench.hold_code()
    citizen.leaves()


def test_a_code_of_somebody_else_says_so_and_a_forged_one_too(place: Place) -> None:
    citizen = place.citizen
    citizen.sees(AttractView)
    citizen.post(Woken())
    citizen.touches("way_progress")
    for text in ("https://example.org/pay", f"OS1RWB01WB012611249999  {'A' * 96}"):
        citizen.sees(ScanView)
        place.bench.hold_code(text=text)
        assert citizen.sees(MessageView).title == "这不是本中心的码"
        place.bench.hold_code()
        citizen.touches("primary")
    citizen.leaves()


def test_an_unconfirmed_guide_is_never_shown_in_production(place: Place, tmp_path: Path) -> None:
    # given the catalogue of the demonstration, none of it confirmed, at a terminal in production
    catalogue = place.composition.terminal.work.catalogue
    assert catalogue is not None
    assert not any(item.confirmed for item in catalogue.items)
    path = tmp_path / "kiosk.toml"
    path.write_text(
        f'[terminal]\nid = "WBH-02"\nshort_name = "WB02"\ntownship_id = "230903-wanbaohe"\ndata_dir = "{tmp_path}/kiosk"\n'
        '[center]\nurl = "http://127.0.0.1:9"\n',
        "utf-8",
    )
    devices = place.composition.terminal.work.hub.devices
    composition = compose(load_config(path), devices, lambda view: None)
    terminal = composition.terminal
    terminal._attract()

    # when it hears of it, then it shows nothing of it; and one that is confirmed it shows
    terminal.handle(CatalogueChanged(catalogue))
    assert terminal.work.items() == ()
    confirmed = catalogue.items[0].model_copy(update={"confirmed": True})
    terminal.handle(CatalogueChanged(catalogue.model_copy(update={"items": (confirmed, *catalogue.items[1:])})))
    assert terminal.work.items() == (confirmed,)
    composition.outbox.close()
