"""What the threads of this process did when a test waited for an answer in vain: said in the failure, for it may not come again."""

from __future__ import annotations

import faulthandler
import gc
import time
from collections.abc import Generator
from tempfile import TemporaryFile
from typing import Any

import pytest
import requests

#: A sweep of the heap that takes longer is told of: no thread runs meanwhile. Seconds.
_LONG = 0.5

_begun = 0.0
#: When such sweeps ended and how long they took; seconds, by the clock of `time.monotonic`.
_sweeps: list[tuple[float, float]] = []


def stacks() -> str:
    """Of every thread, as they are now."""
    with TemporaryFile("w+", encoding="utf-8") as file:
        faulthandler.dump_traceback(file, all_threads=True)
        file.seek(0)
        return file.read()


def _time_sweeps(phase: str, _told: dict[str, int]) -> None:
    global _begun  # noqa: PLW0603  # one heap, one process, and a sweep is never begun within another
    if phase == "start":
        _begun = time.monotonic()
    elif (took := time.monotonic() - _begun) > _LONG:
        _sweeps.append((time.monotonic(), took))


gc.callbacks.append(_time_sweeps)


def _sweeps_since(begun: float) -> str:
    lines = [f"{took:.1f} s, ended {time.monotonic() - ended:.1f} s ago" for ended, took in _sweeps if ended > begun]
    return "\n".join(lines) or f"none longer than {_LONG} s"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """To a failure for want of an answer: where the threads stand, and how long the heap was swept."""
    report = yield
    if call.excinfo is not None and call.excinfo.errisinstance((requests.Timeout, TimeoutError)):
        report.sections.append(("threads when no answer came", stacks()))
        report.sections.append(("sweeps of the heap", _sweeps_since(time.monotonic() - call.duration)))
    return report
