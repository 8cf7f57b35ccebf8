"""A display to draw on: the one there is, or an Xvfb of our own for as long as it is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


class NoDisplay(Exception):
    """There is nothing to draw on; the message says how to get it."""


@contextmanager
def display(width: int, height: int) -> Iterator[str]:
    """The name of an X display, e.g. `:99`. Raises NoDisplay if there is none and Xvfb is not installed."""
    name = os.environ.get("DISPLAY", "")
    if name:
        yield name
        return
    program = shutil.which("Xvfb")
    if program is None:
        raise NoDisplay("There is no display, and Xvfb is not installed: apt install xvfb.")
    read, write = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as answer:  # the number comes when the server is ready; nothing if it could not start
            number = answer.readline().strip()
        if not number:
            raise NoDisplay("Xvfb could not start; try it by hand to see why.")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=10)
