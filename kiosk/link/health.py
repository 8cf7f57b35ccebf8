"""The thread that tells the center once a minute how the terminal is. It asks nothing of the terminal's own thread and nothing depends on it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import structlog

from kiosk.clock import Clock
from kiosk.errors import OneSealError
from kiosk.link.background import Background
from kiosk.link.client import CenterClient
from kiosk.link.outbox import Outbox
from kiosk.ports import DeviceKind, DeviceState, DeviceStatus, PrinterFault
from kiosk.wire.health import DeviceCondition, DeviceHealth, PaperState, TerminalHealth

#: So long after a change of what it says the next report goes out at the latest, in seconds: staff at the window see an empty roll soon.
_LOOK_SECONDS = 5.0

_LONGEST_HINT = 120

_log = structlog.get_logger("link")

#: What the printer's fault says of its paper. Other faults say nothing of it.
_PAPER: dict[str, PaperState] = {PrinterFault.PAPER_OUT: PaperState.OUT, PrinterFault.PAPER_NEAR_END: PaperState.NEAR_END}


def program_version() -> str:
    """The version of what runs, as it was installed."""
    try:
        return version("oneseal-kiosk")
    except PackageNotFoundError:
        return "0"


def paper_of(printer: DeviceStatus) -> PaperState:
    """What is known of the paper."""
    if printer.fault in _PAPER:
        return _PAPER[printer.fault]
    return PaperState.GOOD if printer.state is DeviceState.READY else PaperState.UNKNOWN


class HealthReporter:
    """Reports every `every_seconds`, and soon after a device changed. Posts nothing; a center that is away is told later."""

    def __init__(
        self,
        client: CenterClient,
        outbox: Outbox,
        devices: Callable[[], Mapping[DeviceKind, DeviceStatus]],
        clock: Clock,
        data_dir: Path,
        every_seconds: float = 60.0,
    ) -> None:
        """`devices` gives the last known state of each. It is called from this thread."""
        self._client = client
        self._outbox = outbox
        self._devices = devices
        self._clock = clock
        self._data_dir = data_dir
        self._every = every_seconds
        self._began = time.monotonic()
        self._thread = Background("health", self._run)

    def start(self) -> None:
        """Report at once, then go on in the background."""
        self._thread.start()

    def refresh(self) -> None:
        """The center has come back: report now. Returns at once."""
        self._thread.wake()

    def stop(self) -> None:
        """End the thread; a report under way is left to its time-out."""
        self._thread.stop()

    def report(self) -> TerminalHealth:
        """How the terminal is now. Raises OutboxFault."""
        devices = dict(self._devices())
        elsewhere = self._outbox.not_with_the_center()
        waiting = [each.created for each in elsewhere if not each.refused]
        age = int((self._clock.now() - min(waiting)).total_seconds()) if waiting else None
        return TerminalHealth(
            version=program_version(),
            up_seconds=int(time.monotonic() - self._began),
            devices=tuple(_device(status) for status in devices.values()),
            paper=paper_of(devices[DeviceKind.PRINTER]),
            unsent=len(waiting),
            refused=len(elsewhere) - len(waiting),
            oldest_unsent_seconds=None if age is None else max(0, age),
            free_disk_mb=_free_mb(self._data_dir),
        )

    # -------------------------------------------------------------- the thread

    def _run(self) -> None:
        failed = ""
        while not self._thread.stopping:
            said = dict(self._devices())
            try:
                self._client.report(self.report())
                failed = ""
            except OneSealError as error:
                # Once, not every minute: that the center is away is known from elsewhere.
                if error.code != failed:
                    failed = error.code
                    _log.warning("health_failed", code=error.code)
            except Exception:  # a bug must not end the thread: staff would believe the terminal to be dead
                _log.error("unexpected", where="health", exc_info=True)
            # A device that is otherwise than was said is told soon.
            self._thread.rest(self._every, lambda said=said: dict(self._devices()) != said, _LOOK_SECONDS)  # type: ignore[misc]  # said is bound now


def _device(status: DeviceStatus) -> DeviceHealth:
    return DeviceHealth(
        device=status.device.value,
        state=DeviceCondition(status.state.value),
        fault=status.fault or "",
        hint=status.hint[:_LONGEST_HINT],
    )


def _free_mb(directory: Path) -> int | None:
    try:
        return shutil.disk_usage(directory).free // 1_000_000
    except OSError:
        return None
