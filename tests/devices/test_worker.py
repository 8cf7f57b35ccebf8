"""Rules of the supervised thread that every driver stands on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from devices.worker import Backoff, DeviceFault, DeviceWorker
from kiosk.ports import DeviceKind, DeviceState, DeviceStatus
from tests.devices.listener import PATIENCE, Inbox


class Lamp(DeviceWorker):
    """A driver of a device that does as the test says."""

    def __init__(self, **options: float) -> None:
        super().__init__(DeviceKind.SCANNER, retry=Backoff(first=0.01, longest=0.02), **options)
        self.on_connect: Callable[[], None] = lambda: None
        self.on_serve: Callable[[], None] = lambda: None
        self.released = threading.Event()

    def connect(self) -> None:
        self.on_connect()

    def serve(self) -> None:
        self.on_serve()
        self.rest(0.01)

    def disconnect(self) -> None:
        self.released.set()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def lamp() -> Iterator[Lamp]:
    lamp = Lamp()
    yield lamp
    lamp.stop()


@pytest.fixture
def hasty() -> Iterator[Lamp]:
    """Its units of work have half a second."""
    lamp = Lamp(unit_deadline=0.5)
    yield lamp
    lamp.stop()


def until(inbox: Inbox, wanted: Callable[[list[DeviceStatus]], bool]) -> list[DeviceStatus]:
    inbox.wait(lambda: wanted(inbox.statuses()))
    return inbox.statuses()


def states(statuses: list[DeviceStatus]) -> list[DeviceState]:
    return [status.state for status in statuses]


def test_a_device_is_starting_until_it_answered_and_then_ready(lamp: Lamp, inbox: Inbox) -> None:
    lamp.start(inbox)
    assert states(until(inbox, lambda seen: len(seen) == 2)) == [DeviceState.STARTING, DeviceState.READY]


def test_a_missing_device_is_tried_again_until_it_is_there(lamp: Lamp, inbox: Inbox) -> None:
    tries = 0

    def third_time_lucky() -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise DeviceFault("not_found", "看一看插头")

    lamp.on_connect = third_time_lucky
    lamp.start(inbox)
    seen = until(inbox, lambda seen: seen[-1].state is DeviceState.READY)
    assert states(seen) == [DeviceState.STARTING, DeviceState.ABSENT, DeviceState.READY]
    assert seen[1].fault == "not_found" and seen[1].hint == "看一看插头"
    assert tries == 3, "the same fault twice is published once"


def test_a_fault_while_serving_disconnects_and_the_worker_comes_back_by_itself(lamp: Lamp, inbox: Inbox) -> None:
    faults = [DeviceFault("no_answer", "", state=DeviceState.FAULT)]

    def serve() -> None:
        if faults:
            raise faults.pop()

    lamp.on_serve = serve
    lamp.start(inbox)
    seen = until(inbox, lambda seen: len(seen) == 4)
    assert states(seen) == [DeviceState.STARTING, DeviceState.READY, DeviceState.FAULT, DeviceState.READY]
    assert lamp.released.is_set()


def test_an_exception_in_a_driver_is_a_fault_and_not_the_end(lamp: Lamp, inbox: Inbox, capsys: pytest.CaptureFixture[str]) -> None:
    secrets = ["230903195001010018"]

    def serve() -> None:
        if secrets:
            raise ValueError(secrets.pop())

    lamp.on_serve = serve
    lamp.start(inbox)
    seen = until(inbox, lambda seen: len(seen) == 4)
    assert (seen[2].state, seen[2].fault) == (DeviceState.FAULT, "driver_error")
    assert seen[3].state is DeviceState.READY
    out = capsys.readouterr()
    assert "230903195001010018" not in out.out + out.err, "what the exception says may be personal"


def test_a_unit_of_work_beyond_its_deadline_is_published_as_wedged_until_it_ends(hasty: Lamp, inbox: Inbox) -> None:
    release = threading.Event()

    def hang() -> None:
        release.wait(PATIENCE)

    hasty.on_serve = hang
    hasty.start(inbox)
    wedged = until(inbox, lambda seen: seen[-1].fault == "wedged")
    assert wedged[-1].state is DeviceState.FAULT
    release.set()
    assert states(until(inbox, lambda seen: seen[-1].fault is None))[-1] is DeviceState.READY


def test_long_work_that_says_so_is_not_wedged(hasty: Lamp, inbox: Inbox) -> None:
    done = threading.Event()

    def long_work() -> None:
        with hasty.deadline(PATIENCE):
            threading.Event().wait(1.2)
        done.set()

    hasty.start(inbox)
    hasty.submit(long_work)
    assert done.wait(PATIENCE)
    assert "wedged" not in {status.fault for status in inbox.statuses()}


def test_commands_run_in_the_workers_thread_in_order_connected_or_not(lamp: Lamp, inbox: Inbox) -> None:
    def absent() -> None:
        raise DeviceFault("not_found", "", permanent=True)

    lamp.on_connect = absent
    lamp.start(inbox)
    until(inbox, lambda seen: seen[-1].state is DeviceState.ABSENT)
    ran: list[tuple[int, str]] = []
    done = threading.Event()

    def note(number: int) -> None:
        ran.append((number, threading.current_thread().name))

    for number in range(3):
        lamp.submit(partial(note, number))
    lamp.submit(done.set)
    assert done.wait(PATIENCE), "a back-off of 30 s must not keep a command waiting"
    assert ran == [(0, "device-scanner"), (1, "device-scanner"), (2, "device-scanner")]


def test_a_command_can_end_the_wait_for_the_next_try(lamp: Lamp, inbox: Inbox) -> None:
    faults = [DeviceFault("not_found", "", permanent=True)]

    def connect() -> None:
        if faults:
            raise faults.pop()

    lamp.on_connect = connect
    lamp.start(inbox)
    until(inbox, lambda seen: seen[-1].state is DeviceState.ABSENT)
    lamp.submit(lamp.hurry)
    until(inbox, lambda seen: seen[-1].state is DeviceState.READY)


def test_stop_releases_the_device_and_nothing_is_posted_afterwards(lamp: Lamp, inbox: Inbox) -> None:
    lamp.start(inbox)
    until(inbox, lambda seen: len(seen) == 2)
    lamp.released.clear()
    lamp.stop()
    assert lamp.released.is_set()
    lamp.publish(DeviceState.FAULT, "late")
    assert len(inbox.events) == 2


def test_stop_returns_even_if_the_driver_hangs(inbox: Inbox) -> None:
    lamp, release, hanging = Lamp(), threading.Event(), threading.Event()

    def hang() -> None:
        hanging.set()
        release.wait(30)

    lamp.on_serve = hang
    lamp.start(inbox)
    assert hanging.wait(PATIENCE)
    stopper = threading.Thread(target=lamp.stop)
    stopper.start()
    stopper.join(PATIENCE)
    assert not stopper.is_alive()
    release.set()


def test_a_stopped_worker_can_be_started_again(lamp: Lamp, inbox: Inbox) -> None:
    lamp.start(inbox)
    until(inbox, lambda seen: len(seen) == 2)
    lamp.stop()
    lamp.start(inbox)
    assert states(until(inbox, lambda seen: len(seen) == 4))[2:] == [DeviceState.STARTING, DeviceState.READY]


def test_the_wait_between_tries_grows_to_its_longest_and_no_further() -> None:
    retry = Backoff(first=0.2, longest=5.0)
    waits = [retry.delay(failures) for failures in range(1, 2000)]
    assert waits[0] == 0.2 and waits[1] == 0.4 and waits == sorted(waits) and waits[-1] == 5.0
