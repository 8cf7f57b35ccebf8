"""The terminal's own: time, and its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.events.base import Event


@dataclass(frozen=True)
class Tick(Event):
    """Some four times a second: idle question, countdown, clock on screen. Posted by the timer thread, or by a test at its own pace."""

    now: datetime
    #: Seconds of a clock that never jumps; differences only.
    monotonic: float


@dataclass(frozen=True)
class ShutDown(Event):
    """Stop the terminal."""
