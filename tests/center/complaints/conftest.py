"""What the complaints' tests start from."""

from __future__ import annotations

import pytest

from center.center import Center
from tests.center.complaints.place import Complainer, Town, town_of
from tests.center.place import Terminal


@pytest.fixture
def town(center_on: Center) -> Town:
    """The center's people, on each engine."""
    return town_of(center_on)


@pytest.fixture
def citizen(town: Town, terminal_on: Terminal) -> Complainer:
    """Somebody at the terminal, on each engine."""
    return Complainer(terminal_on)
