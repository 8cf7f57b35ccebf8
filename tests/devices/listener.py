"""Where a driver under test posts to: keeps the events and lets a test wait for one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from kiosk.events import DeviceChanged, Event
from kiosk.ports import DeviceStatus

Wanted = TypeVar("Wanted", bound=Event)

#: Seconds, only so that a broken driver fails the test instead of hanging it.
PATIENCE = 15.0


class Inbox:
    """A `Post`: call it with events."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._more = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._more:
            self.events.append(event)
            self._more.notify_all()

    def of(self, kind: type[Wanted]) -> list[Wanted]:
        """All events of a kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    def statuses(self) -> list[DeviceStatus]:
        """All states published so far."""
        return [event.status for event in self.of(DeviceChanged)]

    def wait(self, wanted: Callable[[], bool]) -> None:
        """Until it holds of what has come; else the test fails and shows what came."""
        with self._more:
            assert self._more.wait_for(wanted, PATIENCE), self.events

    def nth(self, kind: type[Wanted], number: int = 1) -> Wanted:
        """The first, second… event of a kind, waited for."""
        self.wait(lambda: len(self.of(kind)) >= number)
        return self.of(kind)[number - 1]

    def wait_for_status(self, wanted: Callable[[DeviceStatus], bool]) -> DeviceStatus:
        """Until the newest state is as wanted."""
        self.wait(lambda: bool(self.statuses()) and wanted(self.statuses()[-1]))
        return self.statuses()[-1]
