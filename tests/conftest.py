"""What every test starts with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def _a_log_of_its_own() -> Iterator[None]:
    """A command line or a terminal of one test configures the process's log, perhaps to a stream that ends with that test."""
    yield
    structlog.reset_defaults()
