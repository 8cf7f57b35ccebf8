"""The bench: what a hand does on the panel is what the real drivers see on their wires."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import zxingcpp
from PIL import Image, ImageStat

from devices.bench.panel import Panel
from devices.bench.people import PEOPLE
from devices.bench.table import Bench
from devices.document_camera.driver import CameraDocumentCamera
from devices.id_card.driver import Ga450SerialReader
from devices.printer.driver import EscposPrinter
from devices.printer.sample import SAMPLE
from devices.scanner.camera import CameraScanner
from kiosk.config import DocumentCameraSection, IdCardSection, PrinterSection, ScannerSection
from kiosk.events import CardLifted, CardRead, CodeScanned, PageCaptured, PageSeen, PrintFinished
from kiosk.ports import DeviceState, PageFault, PrinterFault, PrintJob, PrintResult
from kiosk.wire.documents import Qr
from tests.devices.listener import Inbox


class Hand:
    """Somebody at the panel: acts by HTTP, as the page's buttons do."""

    def __init__(self, bench: Bench, panel: Panel) -> None:
        self.bench = bench
        self.address = f"http://127.0.0.1:{panel.port}"

    def act(self, name: str, /, **arguments: Any) -> dict[str, Any]:
        answer = requests.post(f"{self.address}/api/act", json={"act": name, **arguments}, timeout=30)
        content: dict[str, Any] = answer.json()
        assert answer.ok == ("error" not in content)
        return content

    def get(self, path: str) -> requests.Response:
        return requests.get(f"{self.address}{path}", timeout=30)

    def seen(self, camera: str) -> Image.Image | None:
        """What a camera of the bench sees now."""
        folder = self.bench.folder / camera
        current = folder / "current"
        return Image.open(io.BytesIO((folder / current.read_text()).read_bytes())) if current.exists() else None


@pytest.fixture
def hand(tmp_path: Path) -> Iterator[Hand]:
    bench = Bench(tmp_path / "bench")
    bench.start()
    panel = Panel(bench)
    panel.start()
    yield Hand(bench, panel)
    panel.stop()
    bench.stop()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def printer(hand: Hand, inbox: Inbox) -> Iterator[EscposPrinter]:
    printer = EscposPrinter(PrinterSection(driver="escpos", target=f"tcp:127.0.0.1:{hand.bench.printer_port}", simulated=True))
    printer.start(inbox)
    yield printer
    printer.stop()


def codes_in(picture: Image.Image | None) -> list[str]:
    assert picture is not None
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def test_a_card_laid_on_and_lifted_reaches_the_reader_driver(hand: Hand, inbox: Inbox) -> None:
    driver = Ga450SerialReader(IdCardSection(driver="ga450-serial", port=str(hand.bench.folder / "id-card")))
    driver.start(inbox)
    try:
        driver.arm(1)
        assert hand.act("card", person="zhang-decai")["card"] == "zhang-decai"
        read = inbox.nth(CardRead)
        assert read.card.name == PEOPLE["zhang-decai"].card.name
        assert read.card.extra == {"added_address": PEOPLE["zhang-decai"].added_address}
        assert hand.act("lift")["card"] is None
        inbox.nth(CardLifted)
    finally:
        driver.stop()


def test_a_text_held_up_is_a_code_in_the_scanners_picture_until_it_is_taken_away(hand: Hand) -> None:
    hand.act("qr", text="一印通 OS1")
    assert codes_in(hand.seen("scanner")) == ["一印通 OS1"]
    hand.act("qr")
    assert hand.seen("scanner") is None


def test_what_is_held_up_reaches_the_scanner_driver(hand: Hand, inbox: Inbox) -> None:
    driver = CameraScanner(ScannerSection(driver="folder", folder=hand.bench.folder / "scanner"))
    driver.start(inbox)
    try:
        driver.arm(4)
        hand.act("qr", text="一印通 OS1")
        scanned = inbox.nth(CodeScanned)
        assert (scanned.session, scanned.text) == (4, "一印通 OS1")
        hand.act("unplug", device="scanner")
        inbox.wait_for_status(lambda status: status.state is DeviceState.ABSENT)
        hand.act("plug", device="scanner")
        inbox.wait_for_status(lambda status: status.state is DeviceState.READY)
    finally:
        driver.stop()


def test_a_page_laid_down_reaches_the_document_camera_driver(hand: Hand, inbox: Inbox) -> None:
    driver = CameraDocumentCamera(DocumentCameraSection(driver="folder", folder=hand.bench.folder / "document-camera"))
    driver.start(inbox)
    try:
        driver.open(5)
        hand.act("page", name="register-cover-dark")
        inbox.wait(lambda: any(PageFault.DARK in seen.faults for seen in inbox.of(PageSeen)))
        hand.act("page", name="register-cover-straight")
        inbox.wait(lambda: bool(inbox.of(PageSeen)) and not inbox.of(PageSeen)[-1].faults)
        driver.capture(5, "cover")
        captured = inbox.nth(PageCaptured)
        assert (captured.session, captured.request) == (5, "cover")
    finally:
        driver.stop()


def test_a_printed_receipt_comes_out_in_the_panel_and_can_be_held_up(hand: Hand, printer: EscposPrinter, inbox: Inbox) -> None:
    printer.print(PrintJob("job-1", 1, SAMPLE))
    assert inbox.nth(PrintFinished).outcome.result is PrintResult.PRINTED
    names = hand.get("/api/state").json()["receipts"]
    assert len(names) == 1
    assert Image.open(io.BytesIO(hand.get(f"/receipts/{names[0]}").content)).width == 576
    hand.act("qr", receipt="latest")
    assert codes_in(hand.seen("scanner")) == [block.text for block in SAMPLE.blocks if isinstance(block, Qr)]


def test_paper_pulled_out_is_out_for_the_driver_and_back_again(hand: Hand, printer: EscposPrinter, inbox: Inbox) -> None:
    inbox.wait_for_status(lambda status: status.state is DeviceState.READY)
    assert hand.act("paper", present=False)["paper"] is False
    inbox.wait_for_status(lambda status: status.fault == PrinterFault.PAPER_OUT)
    hand.act("paper", present=True)
    inbox.wait_for_status(lambda status: status.state is DeviceState.READY)


def test_a_page_is_seen_by_the_document_camera_until_it_is_taken_away(hand: Hand) -> None:
    hand.act("page", name="register-cover-dark")
    dark = hand.seen("document-camera")
    hand.act("page", name="register-cover-straight")
    straight = hand.seen("document-camera")
    assert dark is not None
    assert straight is not None
    assert ImageStat.Stat(dark.convert("L")).mean < ImageStat.Stat(straight.convert("L")).mean
    hand.act("page", name=None)
    assert hand.seen("document-camera") is None


def test_a_picture_put_into_the_folder_is_a_page_to_choose(hand: Hand) -> None:
    Image.new("RGB", (400, 300), "red").save(hand.bench.pages / "mine.png")
    assert hand.get("/api/choices").json()["own_pages"] == ["mine"]
    hand.act("page", name="mine")
    seen = hand.seen("document-camera")
    assert seen is not None
    assert seen.size == (400, 300)
    assert hand.get("/pages/mine").headers["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("device", "place"), [("id_card", "id-card"), ("scanner", "scanner"), ("document-camera", "document-camera")]
)  # fmt: skip
def test_an_unplugged_device_is_gone_and_comes_back_where_it_was(device: str, place: str, hand: Hand) -> None:
    key = device.replace("-", "_")
    assert hand.act("unplug", device=device)["plugged"][key] is False
    assert not (hand.bench.folder / place).exists()
    assert hand.act("plug", device=device)["plugged"][key] is True
    assert (hand.bench.folder / place).exists()


def test_an_unplugged_printer_is_gone_and_comes_back_at_its_port(hand: Hand, printer: EscposPrinter, inbox: Inbox) -> None:
    inbox.wait_for_status(lambda status: status.state is DeviceState.READY)
    hand.act("unplug", device="printer")
    inbox.wait_for_status(lambda status: status.state is not DeviceState.READY)
    hand.act("plug", device="printer")
    inbox.wait_for_status(lambda status: status.state is DeviceState.READY)


def test_what_a_camera_saw_before_it_was_unplugged_it_sees_afterwards(hand: Hand) -> None:
    hand.act("qr", text="before")
    hand.act("unplug", device="scanner")
    hand.act("qr", text="meanwhile")
    hand.act("plug", device="scanner")
    assert codes_in(hand.seen("scanner")) == ["meanwhile"]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        ({"act": "card", "person": "nobody"}, "person_unknown"),
        ({"act": "page", "name": "../../etc/passwd"}, "page_unknown"),
        ({"act": "qr", "receipt": "../bench.json"}, "receipt_unknown"),
        ({"act": "qr", "text": "长" * 3000}, "text_too_long"),
        ({"act": "unplug", "device": "toaster"}, "device_unknown"),
        ({"act": "trouble", "name": "hunger"}, "trouble_unknown"),
        ({"act": "dance"}, "act_unknown"),
        ({"act": "card", "shoe": 1}, "act_unknown"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(act: dict[str, Any], code: str, hand: Hand) -> None:
    answer = hand.act(act["act"], **{name: value for name, value in act.items() if name != "act"})
    assert answer["error"] == code
    assert answer["message"]


def test_only_a_page_of_this_machine_may_act(hand: Hand) -> None:
    body = json.dumps({"act": "lift"})
    as_form = requests.post(f"{hand.address}/api/act", data=body, headers={"Content-Type": "text/plain"}, timeout=10)
    as_stranger = requests.post(
        f"{hand.address}/api/act", data=body, headers={"Content-Type": "application/json", "Host": "evil.example"}, timeout=10
    )
    assert (as_form.status_code, as_stranger.status_code) == (403, 403)
    assert hand.get("/../bench.json").status_code == 404


def test_a_picture_is_never_seen_half_written(hand: Hand) -> None:
    broken: list[BaseException] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            try:
                seen = hand.seen("scanner")
                if seen is not None:
                    seen.load()
            except FileNotFoundError:
                pass  # it was taken away between two looks
            except (OSError, SyntaxError) as error:
                broken.append(error)

    looker = threading.Thread(target=look)
    looker.start()
    for number in range(20):
        hand.act("qr", text=f"number {number}")
    done.set()
    looker.join()
    assert not broken


def test_the_panel_shows_everyone_and_needs_nothing_from_elsewhere(hand: Hand) -> None:
    page = hand.get("/").text
    assert "仿真台" in page
    assert "https://" not in page
    assert "http://" not in page
    people = hand.get("/api/choices").json()["people"]
    assert [person["id"] for person in people] == list(PEOPLE)
    assert hand.get("/fonts/NotoSansSC_400Regular.ttf").status_code == 200
