"""Instead of a printer: a directory that gets each job's picture and bytes. For trying things out; production refuses it."""

from __future__ import annotations

import os
from pathlib import Path

from devices.printer.job import job_bytes
from devices.printer.lost import TransportLost
from devices.printer.raster import render
from devices.printer.status import Reading
from kiosk.ports import PrintOutcome, PrintResult
from kiosk.wire.documents import Document


class FilePrinter:
    """Writes `print-0001.bin`, the bytes in the chosen mode, and `print-0001.png`, always the drawn picture."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise TransportLost(f"the directory {directory} cannot be made: {error}") from None

    def probe(self) -> Reading:
        """It never lacks paper."""
        return Reading(known=True)

    def print(self, document: Document, mode: str, width_mm: int, *, resync: bool = False) -> PrintOutcome:
        """Write both files, each whole or not at all; the picture comes last."""
        job = job_bytes(document, mode, width_mm)
        name = f"print-{len(list(self._directory.glob('print-*.png'))) + 1:04d}"
        half = self._directory / f".{name}.half"
        try:
            half.write_bytes(job.whole)
            os.replace(half, self._directory / f"{name}.bin")
            render(document, width_mm).save(half, format="PNG")
            os.replace(half, self._directory / f"{name}.png")
        except OSError as error:
            raise TransportLost(f"the directory {self._directory} cannot be written: {error}") from None
        return PrintOutcome(PrintResult.PRINTED)

    def close(self) -> None:
        """Nothing to give back."""
