"""`python -m devices scanner`: decode pictures, or read one code from a scanner that is connected."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Annotated

import typer

from devices.camera import load_picture, spare_the_screen
from devices.commands import DEVICE_FAILS, NOTHING_THERE, WRONG_USAGE, CommandFault, say
from devices.scanner.camera import CameraScanner
from devices.scanner.decode import decode_image
from devices.scanner.messages import ENGINES
from devices.scanner.serial import SerialScanner
from kiosk.config import ScannerSection
from kiosk.events import CodeScanned, DeviceChanged, Event
from kiosk.ports import DeviceState, DeviceStatus, Scanner

app = typer.Typer(help="The code scanner.", add_completion=False)


@app.command()
def decode(images: Annotated[list[Path], typer.Argument(help="Picture files.")]) -> None:
    """Read the code in each picture, a line each; `ms` is decoding alone. Ends with 2 if a file could not be read as a picture."""
    spare_the_screen()
    unreadable = False
    for image in images:
        picture = load_picture(image)
        if picture is None:
            unreadable = True
            reason = "is not a picture that can be read" if image.exists() else "does not exist"
            say({"file": str(image), "error": "unreadable_picture", "message": f"{image} {reason}; name a JPEG, PNG, BMP or WebP file."})
            continue
        began = time.perf_counter()
        found = decode_image(picture)
        spent = round((time.perf_counter() - began) * 1000, 1)
        say({"file": str(image), "text": found and found.text, "format": found and found.format, "ms": spent})
    if unreadable:
        raise typer.Exit(WRONG_USAGE)


@app.command()
def read(
    port: Annotated[str, typer.Option(help="Serial device of a scan engine.")] = "",
    camera: Annotated[int | None, typer.Option(help="Index of a camera instead.", min=0, max=63)] = None,
    folder: Annotated[Path | None, typer.Option(help="Folder of a simulated camera instead.")] = None,
    engine: Annotated[str, typer.Option(help=f"Command set of the engine: {', '.join(ENGINES)}.")] = "gm65",
    baud: Annotated[int, typer.Option(help="Speed of the serial line.", min=1200, max=921600)] = 9600,
    timeout: Annotated[float, typer.Option(help="Seconds to wait for a code.", min=0.1, max=3600)] = 10.0,
) -> None:
    """Wait for one code and print its text. Ends with 3 if none came, with 4 if the scanner cannot work."""
    if engine not in ENGINES:
        raise CommandFault("wrong_usage", f"--engine {engine} is not known; take one of {', '.join(ENGINES)}.", WRONG_USAGE)
    if sum((bool(port), camera is not None, folder is not None)) != 1:
        raise CommandFault("wrong_usage", "Name exactly one scanner: --port, --camera or --folder.", WRONG_USAGE)
    scanner: Scanner
    if port:
        scanner = SerialScanner(ScannerSection.model_validate({"driver": "serial", "port": port, "baud": baud, "engine": engine}))
    elif folder is not None:
        scanner = CameraScanner(ScannerSection(driver="folder", folder=folder))
    else:
        scanner = CameraScanner(ScannerSection(driver="camera", camera=camera or 0))
    text, fault = _first_code(scanner, timeout)
    if text is not None:
        say({"text": text})
    elif fault is not None:
        raise CommandFault(fault.fault or "fault", fault.hint or "The scanner cannot work.", DEVICE_FAILS)
    else:
        raise CommandFault("nothing_read", f"No code was read in {timeout:g} seconds; hold one before the scanner.", NOTHING_THERE)


def _first_code(scanner: Scanner, timeout: float) -> tuple[str | None, DeviceStatus | None]:
    """The first text, or the fault that keeps the scanner from reading, or neither."""
    texts: list[str] = []
    faults: list[DeviceStatus] = []
    more = threading.Event()

    def post(event: Event) -> None:
        if isinstance(event, CodeScanned):
            texts.append(event.text)
            more.set()
        elif isinstance(event, DeviceChanged) and event.status.state in (DeviceState.FAULT, DeviceState.ABSENT):
            faults.append(event.status)
            more.set()

    scanner.start(post)
    scanner.arm(1)
    try:
        more.wait(timeout)
    finally:
        scanner.stop()
    return (texts[0] if texts else None), (faults[0] if faults else None)
