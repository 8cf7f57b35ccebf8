"""The simulated printer: it notes what it does not understand, and prints what python-escpos, a stranger to our driver, sends."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import zxingcpp
from escpos.constants import QR_ECLEVEL_M
from escpos.printer import Dummy
from PIL import Image

from devices.printer.raster import render
from devices.printer.sample import SAMPLE
from devices.printer.simulator import PrinterSimulator

CUT = b"\x1dVB\x00"


def send(simulator: PrinterSimulator, data: bytes, answers: int = 1) -> bytes:
    """Send, and read so many bytes of answer."""
    with socket.create_connection(("127.0.0.1", simulator.port), timeout=10) as line:
        line.sendall(data)
        received = b""
        while len(received) < answers:
            received += line.recv(answers - len(received))
        return received


@pytest.mark.parametrize("impl", ["bitImageRaster", "graphics", "bitImageColumn"])
def test_three_ways_to_send_a_picture_print_the_same(simulator: PrinterSimulator, impl: str) -> None:
    picture = render(SAMPLE).crop((0, 0, 576, 240))
    stranger = Dummy()
    stranger.image(picture, impl=impl, fragment_height=96)

    send(simulator, stranger.output + CUT + b"\x1dr\x01")

    assert Image.open(simulator.receipts[0]).crop((0, 0, 576, 240)).tobytes() == picture.tobytes()
    assert simulator.faults == []


def test_a_strangers_code_reads_back(simulator: PrinterSimulator) -> None:
    stranger = Dummy()
    stranger.qr("HTTPS://A.CN/1", ec=QR_ECLEVEL_M, size=6, native=True)

    send(simulator, b"\n" + stranger.output + b"\n\n" + CUT + b"\x1dr\x01")

    (found,) = zxingcpp.read_barcodes(Image.open(simulator.receipts[0]).convert("L"))
    assert found.text == "HTTPS://A.CN/1"


@pytest.mark.parametrize(
    "data",
    [
        b"\x1bZ",
        b"\x1d(Z\x01\x00a",
        b"\x07",
        b"\xd6",
        b"x" * 49,
        b"\x1dv0\x00\x49\x00\x01\x00" + b"\0" * 73,
        b"\x1c&\xff\xff",
        b"\x1b*\x05\x01\x00",
    ],
    ids=["unknown", "unknown-extended", "control", "chinese-without-mode", "too-long", "too-wide", "no-gbk", "mode"],
)
def test_what_a_printer_would_spoil_is_noted(simulator: PrinterSimulator, data: bytes) -> None:
    send(simulator, data + b"\x1dr\x01")

    assert len(simulator.faults) == 1


def test_status_is_answered_while_nothing_can_be_printed(simulator: PrinterSimulator) -> None:
    simulator.set_paper(False)

    assert send(simulator, b"abc\n\x10\x04\x01\x10\x04\x04", answers=2) == b"\x1a\x7e"


def test_status_is_asked_and_answered_across_pieces(simulator: PrinterSimulator) -> None:
    with socket.create_connection(("127.0.0.1", simulator.port), timeout=10) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in b"\x10\x04\x04\x10\x04\x02":
            line.sendall(bytes((byte,)))

        assert line.recv(1) + line.recv(1) == b"\x12\x12"


def test_a_roll_that_ends_is_torn_off_and_numbers_go_on(tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    with PrinterSimulator(paper) as simulator:
        simulator.paper_out_after(45)
        assert send(simulator, b"a\nb\nc\n" + b"\x1dr\x01", answers=0) == b""
        with socket.create_connection(("127.0.0.1", simulator.port), timeout=10) as line:
            while True:
                line.sendall(b"\x10\x04\x04")
                if line.recv(1) == b"\x7e":
                    break
            simulator.set_paper(True)
            line.sendall(CUT + b"\x1dr\x01")
            # The barrier of the first line, then this one.
            assert line.recv(1) + line.recv(1) == b"\x00\x00"
    with PrinterSimulator(paper) as simulator:
        send(simulator, b"d\n" + CUT + b"\x1dr\x01")

    assert sorted(path.name for path in paper.iterdir()) == ["receipt-0001.png", "receipt-0002.png", "torn-0001.png"]
    assert Image.open(paper / "torn-0001.png").height == 45
    # Without a driver that clears it, the rest comes out with the new paper.
    assert Image.open(paper / "receipt-0001.png").height == 45
