"""Starts the pieces of the demonstration as processes of their own, and ends them: screen, bench of simulated devices, terminal with its center."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from kiosk.config import load_config

_PATIENCE_SECONDS = 180.0
_END_SECONDS = 8.0

#: The demonstration's files; `config/demo.toml` names the same.
WORK = Path("var/demo")
BENCH = WORK / "bench"
REVEAL = WORK / "screen.json"
CONFIG = Path("config/demo.toml")
PRINTER_PORT = 9181


class StageFault(Exception):
    """The demonstration cannot go on; the message says why and what to do."""


@contextmanager
def alone() -> Iterator[None]:
    """One demonstration at a time in a checkout: they share ports and files. Raises StageFault if another runs."""
    WORK.parent.mkdir(parents=True, exist_ok=True)
    with (WORK.parent / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StageFault("another demonstration runs in this checkout; end it first.") from None
        yield


def usable_display() -> str:
    """The display of whoever sits here, or empty."""
    display = os.environ.get("DISPLAY", "")
    if not display or shutil.which("xdotool") is None:
        return ""
    answered = subprocess.run(["xdotool", "getdisplaygeometry"], capture_output=True, check=False)
    return display if answered.returncode == 0 else ""


class Stage:
    """A context: what was started is ended, in reverse. `work` and `printer_port`: where `config` says that they are."""

    def __init__(self, config: Path = CONFIG, display: str = "", work: Path = WORK, printer_port: int = PRINTER_PORT) -> None:
        self.config = config
        self.display = display
        self._work, self._printer_port = work, printer_port
        self._bench, self._reveal = work / BENCH.name, work / REVEAL.name
        self._processes: list[tuple[str, subprocess.Popen[bytes]]] = []

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for _, process in reversed(self._processes):
            process.terminate()
            try:
                process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, name: str, *command: str, display: bool = False) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "DISPLAY": self.display} if display else dict(os.environ)
        log = (self._work / f"{name}.log").open("wb")
        with log:
            process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment)
        self._processes.append((name, process))
        return process

    def _await(self, name: str, process: subprocess.Popen[bytes], path: Path) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not path.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                said = (self._work / f"{name}.log").read_text("utf-8", "replace").strip().splitlines()
                raise StageFault(f"{name} did not start: {said[-1] if said else 'it said nothing'}")
            time.sleep(0.05)

    def virtual_screen(self, width: int, height: int) -> None:
        """An X server without a monitor."""
        if shutil.which("Xvfb") is None:
            raise StageFault("Xvfb is not installed; run: make setup")
        read, write = os.pipe()
        process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        self._processes.append(("screen", process))
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise StageFault("the virtual screen did not start; is Xvfb installed?")
        self.display = f":{number}"

    def bench(self) -> str:
        """The simulated devices; the address of their panel."""
        process = self._start(
            "bench", sys.executable, "-m", "devices", "bench", "serve", "--dir", str(self._bench), "--printer-port", str(self._printer_port)
        )
        self._await("bench", process, self._bench / "bench.json")
        return str(json.loads((self._bench / "bench.json").read_text("utf-8"))["panel"])

    def terminal(self, module: str = "kiosk") -> subprocess.Popen[bytes]:
        """The terminal, which brings up its center. `module`: another than the program itself that begins it."""
        process = self._start("terminal", sys.executable, "-m", module, "--config", str(self.config), display=True)
        self._await("terminal", process, self._reveal)
        return process

    def guides(self) -> None:
        """Wait until the terminal has its guides: from here on it is as citizens find it."""
        name, process = self._processes[-1]
        self._await(name, process, load_config(self.config).terminal.data_dir / "catalogue.json")
