"""How a configuration names a printer: serial:PORT[@BAUD], tcp:HOST:PORT, usb:VID:PID or file:DIR. Opens nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import ConfigurationError


@dataclass(frozen=True)
class SerialTarget:
    """A serial device."""

    port: str
    baud: int


@dataclass(frozen=True)
class TcpTarget:
    """A printer on the network; it listens on 9100 as a rule."""

    host: str
    port: int


@dataclass(frozen=True)
class UsbTarget:
    """A USB printer by its two numbers."""

    vendor: int
    product: int


@dataclass(frozen=True)
class FileTarget:
    """No printer: a directory that gets a picture and the bytes of each job."""

    directory: Path


Target = SerialTarget | TcpTarget | UsbTarget | FileTarget

_BAUD_RATES = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600)
_DEFAULT_BAUD = 115200


def _serial(match: re.Match[str]) -> Target | None:
    baud = int(match["baud"] or _DEFAULT_BAUD)
    return SerialTarget(match["port"], baud) if baud in _BAUD_RATES else None


def _tcp(match: re.Match[str]) -> Target | None:
    port = int(match["port"])
    return TcpTarget(match["host"].strip("[]"), port) if 0 < port < 65536 else None


_FORMS: tuple[tuple[str, Callable[[re.Match[str]], Target | None]], ...] = (
    (r"serial:(?P<port>[^@]+)(@(?P<baud>\d{1,7}))?", _serial),
    (r"tcp:(?P<host>\[[0-9A-Fa-f:.]+\]|[^:\s]+):(?P<port>\d{1,5})", _tcp),
    (
        r"usb:(?P<vendor>[0-9A-Fa-f]{4}):(?P<product>[0-9A-Fa-f]{4})",
        lambda match: UsbTarget(int(match["vendor"], 16), int(match["product"], 16)),
    ),
    (r"file:(?P<directory>.+)", lambda match: FileTarget(Path(match["directory"]))),
)


def parse_target(text: str) -> Target:
    """The printer that `text` names. Raises ConfigurationError (`printer_target_invalid`)."""
    for form, make in _FORMS:
        match = re.fullmatch(form, text)
        target = make(match) if match else None
        if target is not None:
            return target
    raise ConfigurationError(
        "printer_target_invalid",
        f"The printer target {text!r} cannot be used: write serial:PORT[@BAUD] with a usual baud rate, "
        "tcp:HOST:PORT with a port from 1 to 65535, usb:VID:PID with four hexadecimal digits each, or file:DIR.",
    )
