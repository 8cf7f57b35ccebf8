"""What every test starts with."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def _a_log_of_its_own() -> Iterator[None]:
    """A command line or a terminal of one test configures the process's log, perhaps to a stream that ends with that test."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="module")
def heap_of_its_own() -> Iterator[None]:
    """For terminals that run inside the tests' process: what thousands of other tests left there is not theirs to sweep.

    A session ends with a sweep under a deadline, past which the process ends. In a process of its own that is milliseconds;
    over a worker's whole heap, on a busy machine, it was more than the five seconds, and took the worker with it.
    """
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
