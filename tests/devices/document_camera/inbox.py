"""The terminal's place in the tests of its cameras and scanners: takes what a driver posts, and waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from kiosk.events import DeviceChanged, Event
from kiosk.ports import DeviceState

E = TypeVar("E", bound=Event)

#: Seconds after which a test gives up; nothing is measured against it.
PATIENCE = 20.0


class Inbox:
    """`post` is what a driver gets."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._more = threading.Condition()

    def post(self, event: Event) -> None:
        """Thread-safe."""
        with self._more:
            self.events.append(event)
            self._more.notify_all()

    def all(self, kind: type[E]) -> list[E]:
        """Everything of a kind so far, in order."""
        with self._more:
            return [event for event in self.events if isinstance(event, kind)]

    def wait(self, kind: type[E], match: Callable[[E], bool] = lambda _: True, after: int = 0) -> E:
        """The first event of a kind that matches, of those posted after the first `after` events; waits for it."""
        found: list[E] = []

        def there() -> bool:
            found[:] = [event for event in self.events[after:] if isinstance(event, kind) and match(event)]
            return bool(found)

        with self._more:
            assert self._more.wait_for(there, PATIENCE), f"no {kind.__name__} came; there was {self.events[after:]}"
            return found[0]

    def wait_state(self, state: DeviceState, after: int = 0) -> DeviceChanged:
        """The device came into a state."""
        return self.wait(DeviceChanged, lambda event: event.status.state is state, after)

    @property
    def count(self) -> int:
        """How many events came so far: the `after` of a later wait."""
        with self._more:
            return len(self.events)


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds that no event tells."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "did not come about"
        time.sleep(0.01)
