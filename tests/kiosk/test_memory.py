"""What is in the terminal's and the engines' memory stays there."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.kiosk.secrecy import UNPRIVILEGED, leaves_cores, may_be_looked_into

ROOT = Path(__file__).resolve().parents[2]


#: Cores as far as the machine lets us: what the program forbids must be its own doing.
_CORES_ALLOWED = ["sh", "-c", 'ulimit -S -c "$(ulimit -H -c)"; exec "$@"', "sh"]


@contextmanager
def _started(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    whole = [*UNPRIVILEGED, *_CORES_ALLOWED, *command]
    process = subprocess.Popen(whole, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_process_that_does_nothing_about_it_is_open_to_others() -> None:
    with _started("cat") as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(b"there\n")
        process.stdin.flush()
        process.stdout.readline()
        assert may_be_looked_into(process.pid)
        assert leaves_cores(process.pid) or resource.getrlimit(resource.RLIMIT_CORE)[1] == 0


def test_nobody_looks_into_the_terminal_and_it_leaves_no_core(tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    os.mkfifo(config)
    with _started(sys.executable, "-m", "kiosk", "--config", str(config)) as terminal, config.open("w"):
        # it reads its configuration, the first thing that it does: the pipe has opened
        assert not may_be_looked_into(terminal.pid)
        assert not leaves_cores(terminal.pid)


@pytest.mark.parametrize("way", ["pinyin", "handwriting"])
def test_nobody_looks_into_an_engine_and_it_leaves_no_core(way: str) -> None:
    with _started(sys.executable, "-m", "kiosk.typing.engine", way) as engine:
        assert engine.stdin is not None and engine.stdout is not None
        engine.stdin.write(b'{"tables": "/nowhere", "words": []}\n')
        engine.stdin.flush()
        assert engine.stdout.read(1) == b"{"  # it has begun to answer
        assert not may_be_looked_into(engine.pid)
        assert not leaves_cores(engine.pid)
