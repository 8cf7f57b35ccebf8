"""The scene of a case's course."""

from __future__ import annotations

import pytest

from center.center import Center
from tests.center.course.scene import Scene, scene
from tests.center.place import MovableClock, Terminal


@pytest.fixture
def here(center: Center, clock: MovableClock, terminal: Terminal) -> Scene:
    """On SQLite."""
    return scene(center, clock, terminal)


@pytest.fixture
def here_on(center_on: Center, clock: MovableClock, terminal_on: Terminal) -> Scene:
    """The same on each engine."""
    return scene(center_on, clock, terminal_on)
