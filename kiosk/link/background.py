"""A thread that does one thing again and again: woken before its time, and ended without waiting for what is under way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from math import inf

#: What is under way when the thread is to end is left to its own time-out; the terminal does not wait for it. Seconds.
_STOP_SECONDS = 2.0


class Background:
    """The thread and what wakes it. Its work asks `stopping`, and sleeps by `rest`."""

    def __init__(self, name: str, work: Callable[[], None]) -> None:
        """`work` runs in the thread, once, until `stopping`."""
        self._changed = threading.Condition()
        self._woken = False
        self._stopping = False
        self._thread = threading.Thread(target=work, name=name, daemon=True)

    @property
    def stopping(self) -> bool:
        """Whether the work is to end."""
        return self._stopping

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """End the rest, or skip the next. Returns at once."""
        with self._changed:
            self._woken = True
            self._changed.notify_all()

    def stop(self) -> None:
        """End; returns within some 2 s."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(_STOP_SECONDS)

    def rest(self, seconds: float, until: Callable[[], bool] = lambda: False, look_every: float = inf) -> None:
        """Sleep `seconds`, or until woken, stopped, or `until` holds, which is asked every `look_every` seconds. In the thread."""
        end = time.monotonic() + seconds
        with self._changed:
            while not (self._woken or self._stopping) and (left := end - time.monotonic()) > 0:
                self._changed.wait(min(left, look_every))
                if until():
                    break
            self._woken = False
