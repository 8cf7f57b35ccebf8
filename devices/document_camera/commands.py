"""`python -m devices document-camera`: judge a picture of a page, and straighten it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from devices.camera import load_picture, spare_the_screen
from devices.commands import WRONG_USAGE, CommandFault, say
from devices.document_camera import page

app = typer.Typer(help="The document camera.", add_completion=False)


@app.callback()
def _document_camera() -> None:
    """Keeps `look` a command of its own while it is the only one."""


@app.command()
def look(
    image: Annotated[Path, typer.Argument(help="A picture of a page on a desk.")],
    out: Annotated[Path | None, typer.Option(help="Where to write the straightened page, JPEG.")] = None,
) -> None:
    """Print the page's corners (pixels, clockwise from top left), faults and size. Ends with 2 if the picture cannot be read."""
    spare_the_screen()
    frame = load_picture(image)
    if frame is None:
        reason = "is not a picture that can be read" if image.exists() else "does not exist"
        raise CommandFault("unreadable_picture", f"{image} {reason}; name a JPEG, PNG, BMP or WebP file.", WRONG_USAGE)
    began = time.perf_counter()
    corners = page.find_corners(frame)
    faults = page.judge(frame, corners)
    spent = round((time.perf_counter() - began) * 1000, 1)
    size = None
    if corners is not None:
        straight = page.straighten(frame, corners)
        size = [straight.shape[1], straight.shape[0]]
        if out is not None:
            try:
                out.write_bytes(page.encode(straight, faults).jpeg)
            except OSError as error:
                raise CommandFault(
                    "not_written", f"{out} could not be written: {error.strerror}; name another file with --out.", WRONG_USAGE
                ) from None
    say({"file": str(image), "corners": page.as_json(corners), "faults": [str(fault) for fault in faults], "size": size, "ms": spent})
