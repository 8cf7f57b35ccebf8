"""What a terminal says of itself, once a minute: devices, paper, what is unsent. Codes and numbers; nothing of a citizen has a place in it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from kiosk.wire.base import Line, Message


class PaperState(StrEnum):
    """What the printer says of its paper."""

    GOOD = "good"
    NEAR_END = "near_end"
    OUT = "out"
    UNKNOWN = "unknown"


class DeviceCondition(StrEnum):
    """As the terminal's own `DeviceState`."""

    STARTING = "starting"
    READY = "ready"
    FAULT = "fault"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class DeviceHealth(Message):
    """One device. `fault` is its driver's stable code, such as `paper_out` or `no_answer`; `hint` says in words what staff look at."""

    device: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    state: DeviceCondition
    fault: str = Field(default="", pattern=r"^[a-z0-9_]{0,40}$")
    hint: Line = Field(default="", max_length=120)


class TerminalHealth(Message):
    """POST /api/v1/terminals/health. Ages are given rather than moments, so that a wrong clock at either end changes nothing."""

    version: str = Field(pattern=r"^[0-9A-Za-z.+-]{1,40}$", description="The program's.")
    up_seconds: int = Field(strict=True, ge=0, le=10**9, description="Since the program started.")
    devices: tuple[DeviceHealth, ...] = Field(max_length=20)
    paper: PaperState
    unsent: int = Field(strict=True, ge=0, le=10**6, description="Applications that wait for the center.")
    refused: int = Field(strict=True, ge=0, le=10**6, description="Applications that the center refused, kept for staff.")
    oldest_unsent_seconds: int | None = Field(default=None, strict=True, ge=0, le=10**9, description="None: nothing waits.")
    free_disk_mb: int | None = Field(default=None, strict=True, ge=0, le=10**9, description="Where the outbox lies. None: not known.")


class HealthAnswer(Message):
    """The report was kept. `center_time` is real time: a terminal whose clock differs by minutes will not be heard soon."""

    center_time: datetime
