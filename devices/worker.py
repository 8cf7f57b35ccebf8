"""The thread behind every driver: connects, serves, publishes its state, backs off and comes back by itself. Knows no device."""

from __future__ import annotations

import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from kiosk.errors import OneSealError
from kiosk.events import DeviceChanged
from kiosk.ports import DeviceKind, DeviceState, DeviceStatus, Post

if TYPE_CHECKING:
    from kiosk.events import Event

#: `Port.stop` promises 2 s; what is left is for the caller's own bookkeeping.
_STOP_SECONDS = 1.8

_WEDGED_HINT = "设备驱动没有响应：请断开设备电源再接上；仍不恢复时重启终端"
_DRIVER_ERROR_HINT = "设备驱动出现内部错误，正在自动重新连接；反复出现时请联系维护人员"

_log = structlog.get_logger("devices")


@dataclass(frozen=True)
class Backoff:
    """Seconds to wait before connecting again: `first` doubles up to `longest`; after a permanent fault it is `permanent` at once."""

    first: float = 0.2
    longest: float = 5.0
    permanent: float = 30.0

    def delay(self, failures: int) -> float:
        """The wait after so many failures in a row (1 is the first)."""
        return float(min(self.longest, self.first * 2 ** min(failures - 1, 30)))


class DeviceFault(OneSealError):
    """A device cannot work. `hint` tells staff what to look at; a `permanent` fault needs a hand, and is looked at rarely."""

    def __init__(self, code: str, hint: str, permanent: bool = False, state: DeviceState = DeviceState.ABSENT) -> None:
        super().__init__(code, hint)
        self.hint = hint
        self.permanent = permanent
        self.state = state


class DeviceWorker:
    """One supervised thread for one device (devices.md §5). Base class of every driver.

    A driver overrides `connect`, `serve` and `disconnect`; all three run in the worker's thread, and so does every command
    given to `submit`. Each of them may raise DeviceFault: the worker disconnects, publishes the fault, waits and connects
    again. A unit of work that takes longer than `unit_deadline` seconds is published as the fault `wedged` until it ends.
    """

    #: What a device is once `connect` returned without publishing anything itself. A device that gives no status says UNKNOWN.
    state_when_connected = DeviceState.READY

    def __init__(self, device: DeviceKind, *, retry: Backoff | None = None, unit_deadline: float = 10.0) -> None:
        self.device = device
        self.retry = retry or Backoff()
        self._default_deadline = unit_deadline
        self._commands: deque[Callable[[], None]] = deque()
        self._wake = threading.Condition()
        self._stopping = False
        self._connected = False
        self._hurry = False
        self._failures = 0
        self._thread: threading.Thread | None = None
        self._post: Post | None = None
        # What the driver says, what was last posted, and whether the watchdog overrules it.
        self._publishing = threading.RLock()
        self._said = DeviceStatus(device, DeviceState.STARTING)
        self._posted: DeviceStatus | None = None
        self._spoke = False
        self._wedged = False
        self._unit: tuple[float, float] | None = None

    # -------------------------------------------------------------- for the driver to override

    def connect(self) -> None:
        """Open the device and see that it works. Raises DeviceFault."""

    def serve(self) -> None:
        """One short unit of work, at most some 200 ms; called again and again while connected. Raises DeviceFault."""
        self.rest(0.2)

    def disconnect(self) -> None:
        """Release the device. Called after every fault and at the end, also if `connect` failed half way. Must not raise."""

    def interrupt(self) -> None:
        """Cut a blocking call short. Called once from the stopping caller's thread; must be thread-safe. Optional."""

    # -------------------------------------------------------------- for everybody

    def start(self, post: Post) -> None:
        """Begin in the background: posts STARTING, then whatever the device turns out to be. Raises RuntimeError if it runs already."""
        if self._thread is not None and self._thread.is_alive():
            raise RuntimeError(f"the worker of {self.device} runs already")
        self._post = post
        self._stopping = False
        self._posted = None
        self.publish(DeviceState.STARTING)
        self._thread = threading.Thread(target=self._run, name=f"device-{self.device}", daemon=True)
        self._thread.start()
        threading.Thread(target=self._watch, args=(self._thread,), name=f"watch-{self.device}", daemon=True).start()

    def stop(self) -> None:
        """End the thread and release the device; nothing is posted afterwards.

        Returns within 2 s even if the driver is wedged: its thread is then left behind.
        """
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        self.interrupt()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(_STOP_SECONDS)
            if thread.is_alive():
                _log.error("device_stop_late", device=self.device.value)
        self._post = None

    def submit(self, command: Callable[[], None]) -> None:
        """Run `command` in the worker's thread, connected or not, between two units of work; wakes the worker at once. Never blocks."""
        with self._wake:
            self._commands.append(command)
            self._wake.notify_all()

    @property
    def status(self) -> DeviceStatus:
        """What is published now."""
        with self._publishing:
            return self._effective()

    # -------------------------------------------------------------- for the driver to call, in the worker's thread

    @property
    def connected(self) -> bool:
        """Whether `connect` returned and nothing failed since."""
        return self._connected

    @property
    def stopping(self) -> bool:
        """Whether the end was asked for: long work gives up."""
        return self._stopping

    def post(self, event: Event) -> None:
        """Hand an event to the terminal; dropped before `start` and after `stop`."""
        post = self._post
        if post is not None:
            post(event)

    def publish(self, state: DeviceState, fault: str | None = None, hint: str = "") -> None:
        """Say how the device is. Posts `DeviceChanged` only if that is new. Thread-safe."""
        with self._publishing:
            self._said = DeviceStatus(self.device, state, fault, hint)
            self._spoke = True
            self._post_change()

    def rest(self, seconds: float) -> bool:
        """Do nothing for so long, but return at once if a command came or the end was asked for. True if the time passed undisturbed."""
        with self._wake:
            return not self._wake.wait_for(lambda: self._stopping or bool(self._commands), seconds)

    def hurry(self) -> None:
        """While not connected: try to connect now instead of waiting out the back-off, e.g. because there is something to print."""
        self._hurry = True

    @contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """Give the rest of this unit of work so many seconds, counted from here, e.g. for a long print."""
        before = self._unit
        self._unit = (time.monotonic(), seconds)
        try:
            yield
        finally:
            self._end_unit(before)

    # -------------------------------------------------------------- the thread

    def _run(self) -> None:
        self._failures = 0
        try:
            while not self._stopping:
                if not self._connected:
                    self._attempt(self._connect)
                else:
                    self._attempt(self._serve)
        finally:
            self._release()

    def _connect(self) -> None:
        self._spoke = False
        self._hurry = False
        self.connect()
        self._connected = True
        if not self._spoke:
            self.publish(self.state_when_connected)

    def _serve(self) -> None:
        self._run_commands()
        if self._connected and not self._stopping:
            with self._unit_of_work():
                self.serve()
            self._failures = 0

    def _run_commands(self) -> None:
        while not self._stopping:
            with self._wake:
                if not self._commands:
                    return
                command = self._commands.popleft()
            with self._unit_of_work():
                command()

    def _attempt(self, work: Callable[[], None]) -> None:
        fault = self._fault_of(work)
        if fault is None:
            return
        self._release()
        if self._stopping:
            return
        self._failures += 1
        self.publish(fault.state, fault.code, fault.hint)
        self._wait_to_connect(self.retry.permanent if fault.permanent else self.retry.delay(self._failures))

    def _fault_of(self, work: Callable[[], None]) -> DeviceFault | None:
        try:
            with self._unit_of_work():
                work()
        except DeviceFault as fault:
            return fault
        except Exception as error:  # the supervisor's duty: a driver's bug must not take the device away until a restart
            last = traceback.extract_tb(error.__traceback__)[-1]
            # The message is left out: a driver's exception may quote what a card or a code says.
            place = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
            _log.error("device_driver_error", device=self.device.value, place=place)
            return DeviceFault("driver_error", _DRIVER_ERROR_HINT, state=DeviceState.FAULT)
        return None

    def _wait_to_connect(self, seconds: float) -> None:
        """Sit out the back-off; commands are answered meanwhile."""
        end = time.monotonic() + seconds
        while not self._stopping and not self._hurry and (left := end - time.monotonic()) > 0:
            self.rest(left)
            fault = self._fault_of(self._run_commands)
            if fault is not None:
                self.publish(fault.state, fault.code, fault.hint)

    def _release(self) -> None:
        self._connected = False
        try:
            self.disconnect()
        except Exception:  # releasing a device that just vanished may fail in any way; there is nothing left to do about it
            _log.warning("device_release_failed", device=self.device.value)

    # -------------------------------------------------------------- the watchdog

    @contextmanager
    def _unit_of_work(self) -> Iterator[None]:
        before, self._unit = self._unit, (time.monotonic(), self._default_deadline)
        try:
            yield
        finally:
            self._end_unit(before)

    def _watch(self, worker: threading.Thread) -> None:
        while worker.is_alive() and not self._stopping:
            worker.join(min(0.5, self._default_deadline / 4))
            with self._publishing:
                unit = self._unit
                if unit is not None and time.monotonic() - unit[0] > unit[1] and not self._wedged:
                    _log.error("device_wedged", device=self.device.value)
                    self._wedged = True
                    self._post_change()

    def _end_unit(self, outer: tuple[float, float] | None) -> None:
        """Back to the unit around this one, with its whole deadline anew; whatever was wedged has come back."""
        with self._publishing:
            self._unit = (time.monotonic(), outer[1]) if outer is not None else None
            if self._wedged:
                self._wedged = False
                self._post_change()

    def _effective(self) -> DeviceStatus:
        if self._wedged:
            return DeviceStatus(self.device, DeviceState.FAULT, "wedged", _WEDGED_HINT)
        return self._said

    def _post_change(self) -> None:
        status = self._effective()
        if status != self._posted and self._post is not None:
            self._posted = status
            self.post(DeviceChanged(status))
