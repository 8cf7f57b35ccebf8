"""The clock that dates come from; fixed for demonstration and tests. Signatures and time-outs use real time, never this."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

#: One time zone in all of China (GB/T 7408 writes it +08:00).
CHINA = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """What `now` it is for people and law."""

    def now(self) -> datetime:
        """The present moment, aware, in China's time zone."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, aware, in China's time zone."""
        return datetime.now(CHINA)


class OffsetClock:
    """Starts at a chosen moment and runs on from there: the demonstration's clock."""

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(CHINA)
        self._began = time.monotonic()

    def now(self) -> datetime:
        """The chosen start plus the time since this clock was made."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)


class FixedClock:
    """Stands still until told to move: the tests' clock."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(CHINA)

    def now(self) -> datetime:
        """The moment last set."""
        return self._now

    def advance(self, **delta: float) -> None:
        """Move forward by `timedelta(**delta)`."""
        self._now += timedelta(**delta)
