"""A simulated printer on TCP, the driver that prints on it, and what it posts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from devices.printer.driver import EscposPrinter
from devices.printer.line import Timing
from devices.printer.simulator import PrinterSimulator
from devices.worker import Backoff
from kiosk.config import PrinterSection
from kiosk.events import DeviceChanged, Event, PrintFinished
from kiosk.ports import DeviceState, DeviceStatus, PrintJob, PrintOutcome
from kiosk.wire.documents import Document

E = TypeVar("E", bound=Event)

#: Impatient, so that silence is noticed soon; long enough for two busy cores.
TIMING = Timing(answer=0.3, stall=1.0, ask=0.05)

#: How long a test waits for what must come; never reached if all is well.
PATIENCE = 20.0


class Posted:
    """The events a driver posted."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._more = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._more:
            self.events.append(event)
            self._more.notify_all()

    def wait(self, kind: type[E], accept: Callable[[E], bool] = lambda event: True, after: int = 0) -> E:
        """The first such event from number `after` on; fails if it does not come."""

        def found() -> E | None:
            return next((event for event in self.events[after:] if isinstance(event, kind) and accept(event)), None)

        with self._more:
            assert self._more.wait_for(lambda: found() is not None, PATIENCE), f"no such {kind.__name__} among {self.events}"
            event = found()
        assert event is not None
        return event

    def state(self, state: DeviceState, fault: str | None = None, after: int = 0) -> DeviceStatus:
        """Wait until this state is published."""
        return self.wait(DeviceChanged, lambda event: event.status.state is state and event.status.fault == fault, after).status

    def outcome(self, job_id: str) -> PrintOutcome:
        """Wait until the job is finished."""
        return self.wait(PrintFinished, lambda event: event.job_id == job_id).outcome

    def outcomes(self) -> list[str]:
        """The numbers of the jobs finished so far."""
        return [event.job_id for event in self.events if isinstance(event, PrintFinished)]


class Desk:
    """A printer under test: simulator, driver and what it posted."""

    def __init__(self, simulator: PrinterSimulator, driver: EscposPrinter, posted: Posted) -> None:
        self.simulator, self.driver, self.posted = simulator, driver, posted

    def print(self, document: Document, job_id: str = "job-1", session: int = 7) -> PrintOutcome:
        """Print and wait for the outcome."""
        self.driver.print(PrintJob(job_id, session, document))
        return self.posted.outcome(job_id)


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for what another thread does; fails if it does not happen."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[MakeDesk]:
    """Makes a desk: `mode`, `width` (mm), `rows_per_second`."""
    desks: list[Desk] = []

    def make(mode: str = "raster", width: int = 80, rows_per_second: float | None = None) -> Desk:
        simulator = PrinterSimulator(tmp_path / "paper", width_px={80: 576, 58: 384}[width], rows_per_second=rows_per_second).start()
        section = PrinterSection.model_validate(
            {"driver": "escpos", "target": simulator.target, "mode": mode, "width": width, "simulated": True}
        )
        posted = Posted()
        driver = EscposPrinter(section, timing=TIMING, retry=Backoff(first=0.05, longest=0.2, permanent=0.2))
        desk = Desk(simulator, driver, posted)
        desks.append(desk)
        driver.start(posted)
        return desk

    yield make
    for desk in desks:
        desk.driver.stop()
        desk.simulator.stop()


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    """80 mm, raster, ready."""
    made = make_desk()
    made.posted.state(DeviceState.READY)
    return made


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[PrinterSimulator]:
    """80 mm, no driver."""
    with PrinterSimulator(tmp_path / "paper") as running:
        yield running
