"""The terminal says how it is: in time, soon after a device changed, truly, and without ever being in anybody's way."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.clock import Clock
from kiosk.link import health
from kiosk.link.client import CenterClient
from kiosk.link.health import HealthReporter
from kiosk.link.outbox import Outbox
from kiosk.link.submission import application
from kiosk.ports import DeviceKind, DeviceState, DeviceStatus
from kiosk.wire.health import TerminalHealth

from .conftest import NOW, SOON, Citizen, Town
from .wire import Asked, BadServer, bad_server, free_port, reply

Report = Callable[..., HealthReporter]

READY = {kind: DeviceStatus(kind, DeviceState.READY) for kind in DeviceKind}


class Later(Clock):
    """Seven minutes after the citizen signed."""

    def now(self):  # type: ignore[no-untyped-def, override]
        return NOW.replace(minute=37)


@pytest.fixture
def server() -> Iterator[BadServer]:
    with bad_server() as server:
        server.answer = lambda _: reply(200, {"center_time": "2026-11-24T02:26:00Z"})
        yield server


@pytest.fixture
def devices() -> dict[DeviceKind, DeviceStatus]:
    return dict(READY)


@pytest.fixture
def report(outbox: Outbox, devices: dict[DeviceKind, DeviceStatus], signing_key: Ed25519PrivateKey, tmp_path: Path) -> Iterator[Report]:
    reporters = []

    def made(url: str, every_seconds: float = 600.0) -> HealthReporter:
        client = CenterClient(url, "WBH-01", signing_key, 1.0)
        reporters.append(HealthReporter(client, outbox, lambda: devices, Later(), tmp_path, every_seconds))
        return reporters[-1]

    yield made
    for reporter in reporters:
        reporter.stop()


def said(server: BadServer, count: int = 1) -> dict[str, Any]:
    """The `count`th report."""
    tick = threading.Event()
    for _ in range(int(SOON / 0.01)):
        reports = [asked for asked in server.asked if asked.path == "/api/v1/terminals/health"]
        if len(reports) >= count:
            found: dict[str, Any] = json.loads(reports[count - 1].body)
            return found
        tick.wait(0.01)
    pytest.fail("no report came")


def test_it_says_at_once_what_is_unsent_how_long_and_what_ails_the_devices(
    server: BadServer, report: Report, outbox: Outbox, citizen: Citizen, devices: dict[DeviceKind, DeviceStatus]
) -> None:
    devices[DeviceKind.PRINTER] = DeviceStatus(DeviceKind.PRINTER, DeviceState.FAULT, "paper_out", "打印纸用完：换上新纸卷")
    for _ in range(3):
        filing, files = citizen.signs()
        outbox.keep(application(filing, files, b"{}"))
    outbox.mark_dead(outbox.due(0.0)[0], "item_unknown")
    report(server.url).start()
    heard = said(server)
    assert (heard["unsent"], heard["refused"], heard["oldest_unsent_seconds"], heard["paper"]) == (2, 1, 420, "out")
    printer = next(each for each in heard["devices"] if each["device"] == "printer")
    assert printer == {"device": "printer", "state": "fault", "fault": "paper_out", "hint": "打印纸用完：换上新纸卷"}
    assert heard["free_disk_mb"] > 0
    assert heard["version"] == health.program_version() != "0"
    TerminalHealth.model_validate(heard)


def test_it_says_it_again_and_again(server: BadServer, report: Report) -> None:
    report(server.url, every_seconds=0.02).start()
    said(server, 4)


def test_a_device_that_changes_is_told_before_it_is_time(
    server: BadServer, report: Report, devices: dict[DeviceKind, DeviceStatus], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_LOOK_SECONDS", 0.02)
    report(server.url).start()
    assert said(server)["paper"] == "good"
    devices[DeviceKind.PRINTER] = DeviceStatus(DeviceKind.PRINTER, DeviceState.READY, "paper_near_end")
    assert said(server, 2)["paper"] == "near_end"


def test_a_center_that_is_away_is_noted_once_and_told_when_it_is_back(
    report: Report, log_lines: Callable[[], list[dict[str, object]]]
) -> None:
    port = free_port()
    reporter = report(f"http://127.0.0.1:{port}", every_seconds=0.02)
    reporter.start()
    tick = threading.Event()
    while not [line for line in log_lines() if line["event"] == "health_failed"]:
        tick.wait(0.01)
    tick.wait(0.2)
    assert [line["code"] for line in log_lines() if line["event"] == "health_failed"] == ["no_connection"]
    with bad_server(port) as server:
        server.answer = lambda _: reply(200, {"center_time": "2026-11-24T02:26:00Z"})
        said(server)


def test_the_center_that_comes_back_is_told_at_once(server: BadServer, report: Report) -> None:
    reporter = report(server.url)
    reporter.start()
    said(server)
    reporter.refresh()
    said(server, 2)


def test_a_center_that_never_answers_holds_up_nothing(report: Report) -> None:
    with bad_server() as mute:

        def silent(_connection: object, _asked: Asked) -> None:
            mute.released.wait(SOON)

        mute.answer = lambda _: silent
        reporter = report(mute.url)
        reporter.start()
        # given a question under way
        said(mute)
        # then stopping does not wait for it to end
        reporter.stop()
        mute.released.set()


def test_the_real_center_keeps_it(town: Town, outbox: Outbox, tmp_path: Path) -> None:
    reporter = HealthReporter(town.client(), outbox, lambda: READY, Later(), tmp_path)
    assert town.client().report(reporter.report()).center_time.tzinfo is not None
