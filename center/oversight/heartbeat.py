"""The thread in which the center's routine runs while it serves: every minute, never ended by a fault, stopped cleanly."""

from __future__ import annotations

import secrets
import threading

from center.center import Center
from center.log import LogEvent, log, log_internal_error
from center.oversight.watch import tick

#: Seconds between two rounds.
EVERY = 60.0
#: A round that is on its way when the center stops gets this long; seconds.
_GRACE = 30.0


class Heartbeat:
    """Rounds of `tick` from `start` to `stop`. Several workers may each have one: the lease lets one of them work."""

    def __init__(self, center: Center, every: float = EVERY) -> None:
        self._center = center
        self._every = every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin with a round at once: what a night without the program left is found now."""
        self._thread.start()

    def stop(self) -> None:
        """End after the round that is on its way."""
        self._stopping.set()
        self._thread.join(_GRACE)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                tick(self._center)
            except Exception as error:
                # The lease itself cannot be had: the database is away. The next round tries again.
                support_code = secrets.token_hex(4)
                log(LogEvent.ROUTINE_FAILED, routine="tick", support_code=support_code)
                log_internal_error(support_code, error)
            self._stopping.wait(self._every)
