"""The same driver on a serial device: a pty whose other end leads to the simulated printer."""

from __future__ import annotations

import os
import pty
import select
import socket
import threading
import time
import tty
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from devices.printer.driver import EscposPrinter, open_printer
from devices.printer.lost import TransportLost
from devices.printer.raster import render
from devices.printer.sample import SAMPLE
from devices.printer.simulator import PrinterSimulator
from devices.printer.target import parse_target
from devices.worker import Backoff
from kiosk.config import PrinterSection
from kiosk.ports import DeviceState, PrinterFault, PrintJob, PrintOutcome, PrintResult
from tests.devices.printer.conftest import TIMING, Posted


class Cable:
    """Carries bytes between a pty and the simulator's TCP port until it is pulled."""

    def __init__(self, simulator: PrinterSimulator) -> None:
        self._master, slave = pty.openpty()
        tty.setraw(slave)
        self.port = os.ttyname(slave)
        # Held open, or the master would read an error before the driver comes.
        self._slave = slave
        self._socket = socket.create_connection(("127.0.0.1", simulator.port))
        self._pulled = threading.Event()
        self.held = threading.Event()
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    def pull(self) -> None:
        if not self._pulled.is_set():
            self._pulled.set()
            self._thread.join(5)
            for end in (self._slave, self._master):
                os.close(end)
            self._socket.close()

    def _carry(self) -> None:
        while not self._pulled.is_set():
            if self.held.is_set():
                time.sleep(0.05)
                continue
            ready, _, _ = select.select([self._master, self._socket], [], [], 0.05)
            with suppress(OSError):
                if self._master in ready:
                    self._socket.sendall(os.read(self._master, 4096))
                if self._socket in ready and (answer := self._socket.recv(4096)):
                    os.write(self._master, answer)


@pytest.fixture
def cable(simulator: PrinterSimulator) -> Iterator[Cable]:
    made = Cable(simulator)
    yield made
    made.pull()


@pytest.fixture
def posted() -> Posted:
    return Posted()


@pytest.fixture
def driver(cable: Cable, posted: Posted) -> Iterator[EscposPrinter]:
    section = PrinterSection.model_validate({"driver": "escpos", "target": f"serial:{cable.port}@115200", "simulated": True})
    made = EscposPrinter(section, timing=TIMING, retry=Backoff(first=0.05, longest=0.2))
    made.start(posted)
    posted.state(DeviceState.READY)
    yield made
    made.stop()


def test_a_serial_printer_prints_what_was_drawn(simulator: PrinterSimulator, driver: EscposPrinter, posted: Posted) -> None:
    driver.print(PrintJob("job-1", 7, SAMPLE))

    assert posted.outcome("job-1") == PrintOutcome(PrintResult.PRINTED)
    drawn = render(SAMPLE)
    assert Image.open(simulator.receipts[0]).crop((0, 0, *drawn.size)).tobytes() == drawn.tobytes()
    assert simulator.faults == []


def test_a_serial_printer_that_runs_out_of_paper_fails_the_job(simulator: PrinterSimulator, driver: EscposPrinter, posted: Posted) -> None:
    simulator.paper_out_after(500)

    driver.print(PrintJob("job-1", 7, SAMPLE))

    assert posted.outcome("job-1") == PrintOutcome(PrintResult.FAILED, PrinterFault.PAPER_OUT)


def test_a_serial_line_that_takes_no_more_bytes_ends_as_unknown(cable: Cable, driver: EscposPrinter, posted: Posted) -> None:
    # A driver without a time limit on its writes would hang here forever.
    cable.held.set()
    posted.state(DeviceState.UNKNOWN)

    driver.print(PrintJob("job-1", 7, SAMPLE))

    assert posted.outcome("job-1") == PrintOutcome(PrintResult.UNKNOWN)


def test_a_serial_device_that_disappears_is_absent(cable: Cable, driver: EscposPrinter, posted: Posted) -> None:
    cable.pull()

    posted.state(DeviceState.ABSENT, "offline")


def test_a_serial_device_that_is_not_there_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(TransportLost):
        open_printer(parse_target(f"serial:{tmp_path}/none"))
