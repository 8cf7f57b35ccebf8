"""`python -m demo.fault_pictures --out DIR`: what the citizen sees in every combination of faults, walked for real and drawn in a real window."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from demo.album import draw_album
from demo.faults import COMBINATIONS, walk
from demo.place import open_place
from kiosk.views import AttractView, ViewData


def walked() -> dict[str, ViewData]:
    """The telling pages of all sixteen combinations, named `COMBINATION-PAGE`."""
    views: dict[str, ViewData] = {}
    with tempfile.TemporaryDirectory() as data, open_place(Path(data)) as place:
        place.citizen.sees(AttractView)
        place.citizen.waits(lambda: place.composition.terminal.work.catalogue is not None)
        for out in COMBINATIONS:
            views |= {f"{out.name}-{view.name}": view for view in walk(place, out)}
    return views


def main(out: Annotated[Path, typer.Option(help="Folder for the pictures.")] = Path("out/pictures/faults")) -> None:
    """Walk and draw. One JSON line says what was drawn and where."""
    typer.echo(json.dumps(draw_album(walked(), out)))


if __name__ == "__main__":
    typer.run(main)
