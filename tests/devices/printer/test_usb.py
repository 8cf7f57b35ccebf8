"""The line over USB, with the real pyusb on a simulated bus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image

from devices.printer.line import PrinterLine
from devices.printer.lost import TransportLost
from devices.printer.raster import render
from devices.printer.sample import SAMPLE
from devices.printer.simulator import PrinterSimulator
from devices.printer.status import Reading
from devices.printer.target import UsbTarget
from devices.printer.usb_transport import UsbTransport
from kiosk.ports import PrinterFault, PrintOutcome, PrintResult
from tests.devices.printer.conftest import TIMING
from tests.devices.printer.usb_bus import PRODUCT, VENDOR, UsbBus

TARGET = UsbTarget(VENDOR, PRODUCT)


@pytest.fixture
def bus(simulator: PrinterSimulator) -> Iterator[UsbBus]:
    made = UsbBus(simulator)
    yield made
    made.close()


def test_a_usb_printer_prints_what_was_drawn(bus: UsbBus, simulator: PrinterSimulator) -> None:
    printer = PrinterLine(UsbTransport(TARGET, bus), TIMING)

    assert printer.print(SAMPLE, "raster", 80) == PrintOutcome(PrintResult.PRINTED)
    printer.close()

    drawn = render(SAMPLE)
    assert Image.open(simulator.receipts[0]).crop((0, 0, *drawn.size)).tobytes() == drawn.tobytes()
    # The printer's interface, not the first one.
    assert bus.claimed == [1]


def test_a_usb_printer_says_what_is_wrong(bus: UsbBus, simulator: PrinterSimulator) -> None:
    printer = PrinterLine(UsbTransport(TARGET, bus), TIMING)
    assert printer.probe() == Reading(known=True)

    simulator.set_paper(False)

    assert printer.print(SAMPLE, "raster", 80) == PrintOutcome(PrintResult.FAILED, PrinterFault.PAPER_OUT)


def test_a_usb_printer_pulled_out_is_lost(bus: UsbBus) -> None:
    printer = PrinterLine(UsbTransport(TARGET, bus), TIMING)
    bus.plugged = False

    with pytest.raises(TransportLost):
        printer.print(SAMPLE, "raster", 80)


def test_a_usb_printer_that_is_not_plugged_in_cannot_be_opened(bus: UsbBus) -> None:
    with pytest.raises(TransportLost, match="0416:5012"):
        UsbTransport(UsbTarget(VENDOR, PRODUCT + 1), bus)
