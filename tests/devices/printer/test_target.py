"""How a printer is named, and what is refused."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from devices.printer.target import FileTarget, SerialTarget, Target, TcpTarget, UsbTarget, parse_target
from kiosk.errors import ConfigurationError


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("serial:/dev/oneseal-printer", SerialTarget("/dev/oneseal-printer", 115200)),
        ("serial:/dev/ttyUSB0@9600", SerialTarget("/dev/ttyUSB0", 9600)),
        ("tcp:10.0.0.7:9100", TcpTarget("10.0.0.7", 9100)),
        ("tcp:[::1]:9100", TcpTarget("::1", 9100)),
        ("usb:04b8:0E15", UsbTarget(0x04B8, 0x0E15)),
        ("file:/tmp/paper", FileTarget(Path("/tmp/paper"))),
    ],
)
def test_a_target_names_a_printer(text: str, target: Target) -> None:
    assert parse_target(text) == target


@pytest.mark.parametrize(
    "text", ["", "serial:", "serial:/dev/ttyS0@9601", "tcp:host", "tcp:host:0", "tcp:host:65536", "usb:4b8:e15", "file:", "lpt:1"]
)
def test_what_names_no_printer_is_refused_with_the_forms_that_do(text: str) -> None:
    with pytest.raises(ConfigurationError, match="serial:PORT") as caught:
        parse_target(text)

    assert caught.value.code == "printer_target_invalid"


def test_the_fork_named_escpos_is_not_installed() -> None:
    # It installs the same import name as python-escpos (devices.md §3).
    assert distribution("python-escpos").version == "3.1"
    with pytest.raises(PackageNotFoundError):
        distribution("escpos")
