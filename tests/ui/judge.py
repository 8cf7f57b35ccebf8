"""Says of every page that a terminal shows what is wrong with it: for a monkey, and whoever else touches without a plan."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from demo.place import Place
from kiosk.session import CitizenSession
from kiosk.views import FieldRow, PageView, ViewData
from screens.drawing import Rect
from screens.widgets.chrome import HELP
from tests.ui.glass import Glass
from tests.ui.measuring import cut_off, low_targets, near_targets, shown

_WAY_HOME = ("dock_home", "dock_end")
#: What a log must not say.
_BUGS = ("unexpected", "log_event_unknown", "log_fields_dropped", "device_driver_error", "device_wedged", "session_end_late")


def is_empty(session: CitizenSession) -> bool:
    """Whether nothing of a citizen is in it."""
    begun = all(sheet == kind() for kind, sheet in session.sheets.items())  # a sheet that was asked for, and nothing on it
    return begun and replace(session, sheets={}) == CitizenSession(session.number, session.started)


@dataclass
class Reached:
    """How often what was shown, entered, begun."""

    views: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    journeys: Counter[str] = field(default_factory=Counter)


class Judge:
    """Looks at what is on the glass, and into the log of the place behind it."""

    def __init__(self, glass: Glass, place: Place) -> None:
        self._page, self._place = glass.app.page, place
        self._read = len(place.log_text())
        self.reached = Reached()

    def targets(self) -> set[str]:
        """What can be pressed now."""
        return {each.element.ident for each in self._page.mounted if each.element.ident and each.element.event is not None}

    def of_page(self, view: ViewData) -> Iterator[str]:
        """What is wrong with the page that was just drawn: something cut off, a target too low or too near, no way home, no help."""
        self._notes(view)
        # a letter of somebody's own may be longer than any page: beside the keyboard it is shortened, and whole once it is touched
        fixed = [each for each in self._page.mounted if not (isinstance(row := getattr(each.element, "row", None), FieldRow) and row.long)]
        everything, glass = shown(self._page.mounted), Rect(0, 0, self._page.layout.screen_width, self._page.layout.screen_height)
        faults: dict[str, object] = {
            "cut off": cut_off(shown(fixed), glass),
            "too low": low_targets(everything),
            "too near": near_targets(everything),
        }
        if isinstance(view, PageView):
            targets = sorted(self.targets())
            faults["no way home"] = not set(_WAY_HOME) & set(targets) and targets
            faults["no help"] = self._page.find(HELP) is None and targets
            faults["no title"] = not view.title and targets
        for what, found in faults.items():
            if found:
                yield f"{type(view).__name__}: {what}: {found}"

    def of_log(self) -> Iterator[str]:
        """What the log has said since the last look that it must not."""
        log = self._place.log_text()
        fresh, self._read = log[self._read :], len(log)
        for line in map(json.loads, fresh.splitlines()):
            if line["event"] == "journey_started":
                self.reached.journeys[line["journey"]] += 1
            if line["event"] in _BUGS:
                yield f"the log says {line}"

    def _notes(self, view: ViewData) -> None:
        self.reached.views[type(view).__name__] += 1
        for place in self._place.composition.terminal._path._places[-1:]:  # there is none while a session ends
            self.reached.steps[type(place.step).__name__] += 1
