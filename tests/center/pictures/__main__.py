"""Draws every page of the center in a real browser: `python -m tests.center.pictures`. Not a test.

The scripted month is made (or taken from `--month DIR`, as `python -m tests.center.month --out DIR` left it) and served; members of all
roles sign in, and every page that their links lead to is drawn once. `--short` leaves the month out: the acted morning alone.
"""

from __future__ import annotations

import argparse
import json
import logging
import subprocess
import sys
import tempfile
import time
from html import escape
from pathlib import Path
from urllib.parse import quote

import structlog

from tests.center.chromium import chromium
from tests.center.pictures.month import draw_month
from tests.center.pictures.walk import walk

_ROOMS = ("console", "portal", "papers")


def _index(out: Path, undrawn: dict[str, str]) -> None:
    """For each kind of pictures a page with all of them; the console's says too what is not among them."""
    for room in _ROOMS:
        parts = [f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{room}</title><h1>{room}</h1>']
        if room == "console" and undrawn:
            parts.append(
                "<h2>Not drawn</h2><ul>" + "".join(f"<li>{escape(what)}: {escape(why)}</li>" for what, why in undrawn.items()) + "</ul>"
            )
        for picture in sorted((out / room).glob("*.png")):
            parts.append(f'<h2>{escape(picture.stem)}</h2><img src="{quote(picture.name)}" alt="" loading="lazy">')
        (out / room / "index.html").write_text("\n".join(parts), "utf-8")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.center.pictures")
    parser.add_argument("--month", type=Path, help="A directory that `python -m tests.center.month` made; it is changed a little.")
    parser.add_argument("--short", action="store_true", help="Without the month.")
    parser.add_argument("--out", type=Path, default=Path("out/pictures"))
    asked = parser.parse_args()
    out: Path = asked.out
    for room in _ROOMS:
        (out / room).mkdir(parents=True, exist_ok=True)
        for old in (out / room).glob("*.png"):
            old.unlink()
    # What is drawn is said in JSON lines; the center's own log would hide them.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    begun, undrawn = time.monotonic(), dict[str, str]()
    with tempfile.TemporaryDirectory() as directory, chromium() as browser:
        walk(browser, out / "console")
        if not asked.short:
            month = asked.month or Path(directory) / "month"
            if asked.month is None:
                subprocess.run([sys.executable, "-m", "tests.center.month", "--out", str(month)], check=True, stdout=subprocess.DEVNULL)
            undrawn = draw_month(browser, month.absolute(), out)
    _index(out, undrawn)
    counts = {room: len(list((out / room).glob("*.png"))) for room in _ROOMS}
    done = {"event": "pictures_drawn", "out": str(out), **counts, "not_drawn": undrawn, "seconds": round(time.monotonic() - begun)}
    print(json.dumps(done, ensure_ascii=False))


if __name__ == "__main__":
    main()
