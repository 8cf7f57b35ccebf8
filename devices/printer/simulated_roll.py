"""The simulated printer's paper: rows of dots that were printed, cut off as pictures. Shares nothing with the driver."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PIL import Image


class Roll:
    """Paper of `width_px` dots. `before_row` is called before each row; it may wait, and may raise to stop what is printed."""

    def __init__(self, directory: Path, width_px: int, before_row: Callable[[], None]) -> None:
        self._directory = directory
        self._width = width_px
        self._stride = (width_px + 7) // 8
        self._before_row = before_row
        self._rows = bytearray()
        directory.mkdir(parents=True, exist_ok=True)

    @property
    def width(self) -> int:
        """Dots across."""
        return self._width

    def row(self, dots: bytes) -> None:
        """Print one row: most significant bit left, 1 is black; what is beyond the paper's edge is lost."""
        self._before_row()
        self._rows += dots[: self._stride].ljust(self._stride, b"\0")

    def picture(self, image: Image.Image, left: int = 0) -> None:
        """Print a picture of mode 1 whose black is 0, from `left` dots on."""
        strip = Image.new("1", (self._stride * 8, image.height), 1)
        strip.paste(image, (left, 0))
        data = strip.tobytes()
        for top in range(0, len(data), self._stride):
            self.row(bytes(byte ^ 0xFF for byte in data[top : top + self._stride]))

    def feed(self, rows: int) -> None:
        """White rows."""
        for _ in range(rows):
            self.row(b"")

    def cut(self) -> Path | None:
        """Cut off what was printed since the last cut and keep it as receipt-0001.png and so on; None if nothing was printed."""
        return self._keep("receipt")

    def tear(self) -> Path | None:
        """The roll ended in the middle: what hangs out is taken away and kept as torn-0001.png and so on."""
        return self._keep("torn")

    def _keep(self, name: str) -> Path | None:
        height = len(self._rows) // self._stride
        printed = bytes(byte ^ 0xFF for byte in self._rows)
        self._rows.clear()
        if height == 0:
            return None
        image = Image.frombytes("1", (self._stride * 8, height), printed).crop((0, 0, self._width, height))
        number = 1 + max((int(path.stem.rsplit("-", 1)[1]) for path in self._directory.glob(f"{name}-[0-9]*.png")), default=0)
        path = self._directory / f"{name}-{number:04d}.png"
        half = self._directory / f".{path.name}.half"
        image.save(half, format="PNG")
        os.replace(half, path)
        return path
