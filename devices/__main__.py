"""The command line of the devices: `python -m devices …`. For fitting and mending a terminal, and for trying one without hardware."""

from __future__ import annotations

import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from devices.absent import NOT_CONFIGURED
from devices.commands import DEVICE_FAILS, run, say
from devices.registry import build_devices
from kiosk.config import load_config
from kiosk.events import DeviceChanged, Event
from kiosk.ports import DeviceKind, DeviceState, DeviceStatus

app = typer.Typer(help="Drivers of the terminal's devices.", add_completion=False, pretty_exceptions_enable=False)
#: Command groups by name, and the module whose `app` each is.
GROUPS = {
    "id-card": "devices.id_card.commands",
    "scanner": "devices.scanner.commands",
    "printer": "devices.printer.commands",
    "document-camera": "devices.document_camera.commands",
    "bench": "devices.bench.commands",
}


@app.command()
def check(
    config: Annotated[Path, typer.Option(help="The terminal's configuration.")],
    timeout: Annotated[float, typer.Option(help="Seconds to wait for the slowest device.", min=0.1, max=60)] = 5.0,
) -> None:
    """Start every device and print its state, a line each. Ends with 4 if one that is configured is missing or cannot work."""
    known: dict[DeviceKind, DeviceStatus] = {}
    more = threading.Condition()

    def post(event: Event) -> None:
        if isinstance(event, DeviceChanged):
            with more:
                known[event.status.device] = event.status
                more.notify_all()

    ports = build_devices(load_config(config))
    for port in ports.values():
        port.start(post)
    with more:
        more.wait_for(lambda: all(kind in known and known[kind].state is not DeviceState.STARTING for kind in ports), timeout)
    for port in ports.values():
        port.stop()
    for kind in ports:
        status = known.get(kind, DeviceStatus(kind, DeviceState.STARTING))
        say({"device": kind, "state": status.state, "fault": status.fault, "hint": status.hint})
    bad = (DeviceState.FAULT, DeviceState.ABSENT)
    if any(status.state in bad and status.fault != NOT_CONFIGURED for status in known.values()):
        raise typer.Exit(DEVICE_FAILS)


@app.command()
def find() -> None:
    """Print the serial ports, USB devices and cameras of this machine, a line each."""
    from devices.find import cameras, serial_ports, usb_devices

    for found in (serial_ports, usb_devices, cameras):
        for line in found():
            say(line)


def main() -> int:
    """Run the command line; gives the exit code."""
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    for name, module in GROUPS.items():
        # Only the group that is asked for is loaded, if it is one: OpenCV and the printer's library take a second.
        if asked == name or asked not in GROUPS:
            app.add_typer(import_module(module).app, name=name)
    return run(app)


if __name__ == "__main__":
    sys.exit(main())
