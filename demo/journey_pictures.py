"""`python -m demo.journey_pictures --out DIR`: every step of every journey, and what the citizen sees where something is out of order."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from demo.album import draw_album, draw_papers
from demo.case_scenes import cases
from demo.complaint_scenes import grievances
from demo.journey_walk import Walk
from demo.place import MORNING, open_place
from demo.service_scenes import calls_at_night, services
from kiosk.clock import CHINA
from kiosk.views import ViewData
from kiosk.wire.documents import Document

#: The same Tuesday, when no window is staffed.
_NIGHT = datetime(2026, 11, 24, 22, 40, tzinfo=CHINA)
#: What is walked, when it is, and whether the short form has it.
_WALKS: tuple[tuple[Callable[[Walk], None], datetime, bool], ...] = (
    (cases, MORNING, False),
    (services, MORNING, True),
    (grievances, MORNING, False),
    (calls_at_night, _NIGHT, True),
)


def walked(short: bool = False) -> tuple[dict[str, ViewData], dict[str, Document]]:
    """All pictures by their names, and each kind of paper by its title."""
    views: dict[str, ViewData] = {}
    papers: dict[str, Document] = {}
    for scenes, start, in_short in _WALKS:
        if short and not in_short:
            continue
        with tempfile.TemporaryDirectory() as data, open_place(Path(data), start=start) as place:
            place.citizen.waits(lambda: place.composition.terminal.work.catalogue is not None)  # waits returns within the turn
            walk = Walk(place)
            scenes(walk)
            views |= walk.views
            papers |= walk.papers
    return views, papers


def main(
    out: Annotated[Path, typer.Option(help="Folder for the pictures.")] = Path("out/pictures/journeys"),
    short: Annotated[bool, typer.Option(help="Without the long journeys.")] = False,
) -> None:
    """Walk and draw. One JSON line says what was drawn and where."""
    begun = time.monotonic()
    views, papers = walked(short)
    drawn = draw_album(views, out, "upright") | draw_papers(papers, out / "papers")
    typer.echo(json.dumps(drawn | {"seconds": round(time.monotonic() - begun, 1)}))


if __name__ == "__main__":
    typer.run(main)
