"""The center's clock: what legal dates come from. Signatures, sessions and lock-outs use real time (`security_now`), never this."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
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


class RunningClock:
    """Starts at a chosen moment and runs on from there: for demonstration and tests."""

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(CHINA) if start.tzinfo else start.replace(tzinfo=CHINA)
        self._began = time.monotonic()

    def now(self) -> datetime:
        """The chosen start plus the time since this clock was made."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)


def security_now() -> datetime:
    """Real time, aware, UTC: for what protects, not for what the law dates."""
    return datetime.now(UTC)
