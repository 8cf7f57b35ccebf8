"""The scene of taking in."""

from __future__ import annotations

import pytest

from center.center import Center
from tests.center.intake.scene import Scene, make_scene
from tests.center.place import MovableClock, Terminal


@pytest.fixture
def scene(center: Center, clock: MovableClock, terminal: Terminal) -> Scene:
    """On SQLite."""
    return make_scene(center, clock, terminal)


@pytest.fixture
def scene_on(center_on: Center, clock: MovableClock, terminal_on: Terminal) -> Scene:
    """The same on each engine."""
    return make_scene(center_on, clock, terminal_on)
