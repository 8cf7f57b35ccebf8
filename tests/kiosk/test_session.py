"""A wipe that hangs, and a terminal whose one thread dies, end the process: nobody else would take a person's data off the glass."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from kiosk.__main__ import think
from kiosk.log import configure
from kiosk.session import EXIT_NOT_WIPED, wipe_deadline


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The terminal's log file, strict."""
    hooks = sys.excepthook, threading.excepthook
    yield configure(tmp_path / "log", strict=True)
    sys.excepthook, threading.excepthook = hooks
    structlog.reset_defaults()


def test_a_wipe_that_hangs_is_logged_and_ends_the_process(log: Path) -> None:
    left: list[int] = []
    gone = threading.Event()

    def leave(code: int) -> None:
        left.append(code)
        gone.set()

    with wipe_deadline(lambda: structlog.get_logger().error("session_end_late", session=7, seconds=0.05), 0.05, leave):
        assert gone.wait(10)
    assert left == [EXIT_NOT_WIPED]
    assert json.loads(log.read_text("utf-8"))["event"] == "session_end_late"


def test_a_wipe_whose_log_fails_ends_the_process_all_the_same() -> None:
    gone = threading.Event()

    def disk_is_full() -> None:
        raise OSError(28, "No space left on device")

    silent, threading.excepthook = threading.excepthook, lambda args: None
    try:
        with wipe_deadline(disk_is_full, 0.05, lambda code: gone.set()):
            assert gone.wait(10)
    finally:
        threading.excepthook = silent


def test_a_wipe_in_time_ends_nothing() -> None:
    left: list[int] = []
    with wipe_deadline(lambda: None, 0.1, left.append):
        pass
    threading.Event().wait(0.3)
    assert left == []


def test_a_terminal_whose_thread_dies_ends_the_process_and_quotes_nothing(log: Path) -> None:
    left: list[int] = []

    def dies() -> None:
        raise RuntimeError("230903194803120022")

    think(dies, left.append)
    assert left == [EXIT_NOT_WIPED]
    text = log.read_text("utf-8")
    assert json.loads(text)["event"] == "unexpected"
    assert "RuntimeError" in text
    assert "230903194803120022" not in text


def test_a_terminal_that_ends_in_order_ends_nothing() -> None:
    left: list[int] = []
    think(lambda: None, left.append)
    assert left == []
