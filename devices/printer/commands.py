"""Command line of the receipt printer: ask how it is, print a document, or look at it as a picture."""

from __future__ import annotations

from enum import Enum, StrEnum
from pathlib import Path
from typing import Annotated, Literal

import segno
import typer
from PIL import Image
from pydantic import ValidationError

from devices.commands import WRONG_USAGE, CommandFault, say
from devices.printer.driver import HINTS, describe, open_printer
from devices.printer.lost import TransportLost
from devices.printer.raster import render
from devices.printer.sample import SAMPLE
from devices.printer.target import parse_target
from kiosk.ports import DeviceState, PrinterFault, PrintOutcome, PrintResult
from kiosk.wire.documents import Document

app = typer.Typer(help="The receipt printer.")

_NOT_PRINTED = 1


class _Mode(StrEnum):
    RASTER = "raster"
    NATIVE = "native"


class _Width(Enum):
    NARROW = "58"
    WIDE = "80"


_Target = Annotated[str, typer.Option(help="serial:PORT[@BAUD], tcp:HOST:PORT, usb:VID:PID or file:DIR")]
_File = Annotated[Path | None, typer.Argument(help="The document, as JSON.", metavar="FILE.json", show_default=False)]
_Sample = Annotated[bool, typer.Option("--sample", help="A receipt of an invented person instead of a file.")]
_PaperWidth = Annotated[_Width, typer.Option(help="Width of the paper, mm.")]


@app.command()
def status(target: _Target) -> None:
    """Ask the printer how it is: `state` ready, fault or unknown, and `fault`."""
    where = parse_target(target)
    state: DeviceState
    fault: str | None
    try:
        printer = open_printer(where)
        try:
            state, fault, hint = describe(printer.probe())
        finally:
            printer.close()
    except TransportLost as lost:
        state, fault, hint = DeviceState.FAULT, PrinterFault.OFFLINE, f"{HINTS[PrinterFault.OFFLINE]}（{lost.message}）"
    say({"state": state, "fault": fault, "hint": hint})


@app.command("print")
def print_(
    target: _Target,
    file: _File = None,
    sample: _Sample = False,
    mode: Annotated[_Mode, typer.Option(help="Drawn by us, or in the printer's own characters.")] = _Mode.RASTER,
    width: _PaperWidth = _Width.WIDE,
) -> None:
    """Print a document and say what came of it: `outcome` printed, failed or unknown, and `fault`. Ends with 0 only if it was printed."""
    where = parse_target(target)
    document, millimeters = _document(file, sample), _millimeters(width)
    # Drawn once before anything is sent, so that what cannot be drawn is a fault of the file.
    _drawn(document, millimeters)
    outcome = PrintOutcome(PrintResult.FAILED, PrinterFault.OFFLINE)
    try:
        printer = open_printer(where)
        try:
            outcome = printer.print(document, mode, millimeters)
        finally:
            printer.close()
    except TransportLost:
        pass
    say({"outcome": outcome.result, "fault": outcome.fault, "hint": HINTS[outcome.fault] if outcome.fault else ""})
    if outcome.result is not PrintResult.PRINTED:
        raise typer.Exit(_NOT_PRINTED)


@app.command("render")
def render_(
    out: Annotated[Path, typer.Option(help="The picture, PNG.")],
    file: _File = None,
    sample: _Sample = False,
    width: _PaperWidth = _Width.WIDE,
) -> None:
    """Draw a document as it would be printed, into a PNG file."""
    picture = _drawn(_document(file, sample), _millimeters(width))
    try:
        picture.save(out, format="PNG")
    except OSError as error:
        raise CommandFault(
            "out_unwritable", f"{out} cannot be written: {error.strerror}. Name another file with --out.", WRONG_USAGE
        ) from None
    say({"picture": str(out), "width": picture.width, "height": picture.height})


def _millimeters(width: _Width) -> Literal[58, 80]:
    return 58 if width is _Width.NARROW else 80


def _drawn(document: Document, millimeters: int) -> Image.Image:
    try:
        return render(document, millimeters)
    except segno.DataOverflowError:
        raise CommandFault("document_qr_too_long", "The text of a QR code is too long; shorten it.", WRONG_USAGE) from None


def _document(file: Path | None, sample: bool) -> Document:
    if sample and file is None:
        return SAMPLE
    if sample or file is None:
        raise CommandFault("document_missing", "Name one FILE.json, or give --sample.", WRONG_USAGE)
    try:
        return Document.model_validate_json(file.read_bytes())
    except OSError as error:
        raise CommandFault("document_unreadable", f"{file} cannot be read: {error.strerror}. Check its name.", WRONG_USAGE) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise CommandFault("document_invalid", f"{file} is no document: {place}: {first['msg']}. Mend it.", WRONG_USAGE) from None
