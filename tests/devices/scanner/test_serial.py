"""The serial scanner on a real pseudo terminal: every engine, every way a text may come, and the pulled cable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.scanner.decode import MAX_BYTES
from devices.scanner.messages import ENGINES
from devices.scanner.serial import SerialScanner
from devices.scanner.simulator import ScanEngineSimulator
from devices.worker import Backoff
from kiosk.config import ScannerSection
from kiosk.events import CodeScanned
from kiosk.ports import DeviceState
from tests.devices.document_camera.inbox import Inbox, until

CHINESE = "万宝河镇便民服务中心 OS1 0031"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[ScanEngineSimulator]:
    simulator = ScanEngineSimulator(tmp_path / "scanner")
    simulator.plug()
    yield simulator
    simulator.unplug()


def scanner_for(engine: ScanEngineSimulator, name: str = "gm65") -> SerialScanner:
    section = ScannerSection.model_validate({"driver": "serial", "port": engine.port, "engine": name})
    return SerialScanner(section, retry=Backoff(0.05, 0.2))


@pytest.fixture
def scanner(engine: ScanEngineSimulator, inbox: Inbox) -> Iterator[SerialScanner]:
    driver = scanner_for(engine)
    driver.start(inbox.post)
    yield driver
    driver.stop()


def texts(inbox: Inbox) -> list[str]:
    return [event.text for event in inbox.all(CodeScanned)]


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("terminator", [b"\r", b"\n", b"\r\n", b""], ids=["cr", "lf", "crlf", "gap"])
def test_every_engine_is_read_with_every_end_in_small_pieces(inbox: Inbox, name: str, terminator: bytes) -> None:
    engine = ScanEngineSimulator(engine=name, terminator=terminator, piece=5)
    engine.plug()
    driver = scanner_for(engine, name)
    driver.start(inbox.post)
    try:
        engine.hold_up(CHINESE)
        driver.arm(4)
        assert inbox.wait(CodeScanned) == CodeScanned(4, CHINESE)
        assert ENGINES[name].start in engine.commands
    finally:
        driver.stop()
        engine.unplug()


def test_gb18030_from_an_old_printer_is_read(scanner: SerialScanner, engine: ScanEngineSimulator, inbox: Inbox) -> None:
    engine.hold_up(CHINESE.encode("gb18030"))
    scanner.arm(1)
    assert inbox.wait(CodeScanned).text == CHINESE


def test_text_that_comes_while_not_armed_is_dropped(scanner: SerialScanner, engine: ScanEngineSimulator, inbox: Inbox) -> None:
    inbox.wait_state(DeviceState.READY)
    engine.send(b"before anybody was there\r")
    until(lambda: scanner.status.state is DeviceState.READY)
    scanner.arm(1)
    engine.hold_up("first")
    inbox.wait(CodeScanned)
    scanner.disarm()
    until(lambda: engine.commands[-1] == ENGINES["gm65"].stop)
    engine.send(b"after\r")
    engine.hold_up("second")
    scanner.arm(2)
    inbox.wait(CodeScanned, lambda event: event.session == 2)
    assert texts(inbox) == ["first", "second"]


def test_a_code_that_stays_is_posted_once_and_again_after_it_was_away(
    scanner: SerialScanner, engine: ScanEngineSimulator, inbox: Inbox
) -> None:
    engine.hold_up("same")
    scanner.arm(1)
    inbox.wait(CodeScanned)
    # The engine is told to look again and sends it again, and again.
    starts = engine.commands.count(ENGINES["gm65"].start)
    until(lambda: engine.commands.count(ENGINES["gm65"].start) >= starts + 3)
    assert texts(inbox) == ["same"]
    engine.take_away()
    looks = engine.commands.count(ENGINES["gm65"].start)
    until(lambda: engine.commands.count(ENGINES["gm65"].start) >= looks + 2)
    count = inbox.count
    engine.hold_up("same")
    inbox.wait(CodeScanned, after=count)
    assert texts(inbox) == ["same", "same"]


def test_a_text_that_is_too_long_or_no_text_is_dropped_and_the_next_is_read(
    scanner: SerialScanner, engine: ScanEngineSimulator, inbox: Inbox
) -> None:
    scanner.arm(1)
    until(lambda: engine.looking)
    engine.send(b"A" * (MAX_BYTES + 1) + b"\r")
    engine.send(b"\xff\xfe\xff\r")
    engine.hold_up("good")
    inbox.wait(CodeScanned)
    assert texts(inbox) == ["good"]


def test_an_engine_that_answers_nothing_is_unknown_and_still_reads(inbox: Inbox) -> None:
    engine = ScanEngineSimulator(silent=True)
    engine.plug()
    driver = scanner_for(engine)
    driver.start(inbox.post)
    try:
        assert inbox.wait_state(DeviceState.UNKNOWN).status.fault == "no_answer"
        engine.hold_up("text")
        driver.arm(1)
        assert inbox.wait(CodeScanned).text == "text"
    finally:
        driver.stop()
        engine.unplug()


def test_a_pulled_cable_is_told_and_the_armed_scanner_reads_again_when_it_is_back(
    scanner: SerialScanner, engine: ScanEngineSimulator, inbox: Inbox
) -> None:
    inbox.wait_state(DeviceState.READY)
    scanner.arm(6)
    until(lambda: engine.looking)
    count = inbox.count
    engine.unplug()
    assert inbox.wait_state(DeviceState.ABSENT, count).status.hint
    count = inbox.count
    engine.plug()
    inbox.wait_state(DeviceState.READY, count)
    engine.hold_up("again")
    assert inbox.wait(CodeScanned) == CodeScanned(6, "again")
