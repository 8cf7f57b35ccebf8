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


#: Makes many names, frees them, and counts how often one can still be read in its own memory.
_FREES = """
import re, sys
from kiosk.memory import forget_what_is_freed
if "forgets" in sys.argv:
    forget_what_is_freed()
key = "".join(map(chr, (0x738b, 0x6842, 0x5170, 0x2014, 0x4e07, 0x5b9d, 0x6751)))
made = [key * 3 + str(number) for number in range(2000)], [(key + str(number)).encode() for number in range(2000)]
wanted = key.encode("utf-16-le") + key.encode("utf-16-le"), key.encode()
del made
count = 0
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        begin, end = (int(number, 16) for number in line.split()[0].split("-"))
        if line.split()[1].startswith("rw") and "[v" not in line:
            memory.seek(begin)
            block = memory.read(end - begin)
            count += sum(block.count(each) for each in wanted)
print(count)
"""


def _left_after_freeing(*arguments: str) -> int:
    done = subprocess.run([sys.executable, "-c", _FREES, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_what_is_freed_can_be_read_until_it_is_overwritten_and_the_terminal_overwrites_it_at_once() -> None:
    assert _left_after_freeing() > 1000
    assert _left_after_freeing("forgets") <= 2  # what it searches for, in two encodings


def test_the_process_that_begins_once_more_keeps_id_and_arguments_and_does_not_hand_it_on() -> None:
    tells = (
        "import os, sys; from kiosk.memory import forget_what_is_freed; forget_what_is_freed();"
        "print(os.getpid(), sys.argv[1:], [name for name in ('PYTHONMALLOC', 'GLIBC_TUNABLES') if name in os.environ])"
    )
    with subprocess.Popen([sys.executable, "-c", tells, "--config", "somewhere"], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.communicate()[0].strip() == f"{process.pid} ['--config', 'somewhere'] []"


def test_a_terminal_that_may_locks_its_memory_and_else_says_whether_the_machine_swaps() -> None:
    # given a machine's word for it
    swaps = len(Path("/proc/swaps").read_text("ascii").splitlines()) > 1
    tells = "from pathlib import Path; from kiosk.memory import keep_out_of_swap; print(keep_out_of_swap(), Path('/proc/self/status').read_text())"
    # when
    said, *status = subprocess.run([sys.executable, "-c", tells], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    # then
    locked = int(status[status.index("VmLck:") + 1])
    assert said == str(locked > 0 or not swaps)
    if os.geteuid() == 0:
        assert locked > 0
