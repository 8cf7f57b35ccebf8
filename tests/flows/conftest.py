"""Whole journeys run a terminal inside the tests' process."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True, scope="module")
def _heap(heap_of_its_own: None) -> None:
    """See tests/conftest.py."""
