"""`python -m demo.typing_pictures --out DIR`: every keyboard, and every fault of the engines, as the citizen sees it at a real terminal."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from demo.album import draw_album
from demo.place import open_place
from demo.typing_scenes import ITEMS, faults, keyboards
from kiosk.views import ViewData


def walked() -> dict[str, ViewData]:
    """All scenes by their names."""
    with tempfile.TemporaryDirectory() as data, open_place(Path(data), catalogue=ITEMS) as place:
        place.citizen.waits(lambda: place.composition.terminal.work.catalogue is not None)
        return {**dict(keyboards(place)), **{f"fault-{name}": view for name, view in faults(place)}}


def main(out: Annotated[Path, typer.Option(help="Folder for the pictures.")] = Path("out/pictures/typing")) -> None:
    """Walk and draw. One JSON line says what was drawn and where."""
    begun = time.monotonic()
    drawn = draw_album(walked(), out)
    typer.echo(json.dumps(drawn | {"seconds": round(time.monotonic() - begun, 1)}))


if __name__ == "__main__":
    typer.run(main)
