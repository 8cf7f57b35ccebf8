"""Where the citizen is: steps on a stack, the last one shown, and what may lie over it. Moves along; ends no session and shows nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.events import Event
from kiosk.journeys.home import HomeStep
from kiosk.journeys.step import Back, Begin, Cover, Forward, GoHome, GoTo, Ignore, Journey, Leave, Next, Open, Stay, Step, Swap, Workplace


@dataclass
class _Place:
    """A step, and the journey it belongs to."""

    step: Step
    journey: Journey | None


class Path:
    """Steps are entered and left in order; each is made anew when it is come to."""

    def __init__(self, workplace: Workplace, journeys: Mapping[str, Journey]) -> None:
        self._work = workplace
        self._journeys = journeys
        self._places: list[_Place] = []
        #: What lies over the last step, which goes on beneath it.
        self._cover: Step | None = None

    @property
    def step(self) -> Step:
        """The last step, which hears of everything but touches."""
        return self._places[-1].step

    @property
    def shown(self) -> Step:
        """What the citizen sees and touches: the step, or what lies over it."""
        return self._cover or self.step

    @property
    def journey(self) -> Journey | None:
        """The journey that is shown."""
        return None if self._cover else self._places[-1].journey

    # ------------------------------------------------------------------ beginning and end

    def begin(self, step: Step) -> None:
        """One step and nothing before it. What was before is left already, or dropped."""
        self._places, self._cover = [_Place(step, None)], None
        step.enter()

    def leave(self) -> None:
        """Leave the last step, if there is one: a session ends."""
        if self._places:
            self.step.leave()

    def drop(self) -> None:
        """Forget every step, with what it holds."""
        self._places, self._cover = [], None

    # ------------------------------------------------------------------ moving

    def touched(self, event: Event, otherwise: Next) -> Next:
        """What a touch means to the page that is shown; `otherwise`, if nothing. What lies over the step goes with whatever leads on."""
        covered = self._cover is not None
        following = self.shown.handle(event)
        if isinstance(following, Ignore):
            following = otherwise
        if covered and not isinstance(following, Ignore | Stay):
            self._cover = None
            return Stay() if isinstance(following, Back) else following
        return following

    def go(self, following: Next) -> None:
        """Move. An end of the session is not for the path."""
        match following:
            case Ignore() | Stay():
                pass
            case Open(step):
                self._push(_Place(step, None))
            case Cover(step):
                self._cover = step
                step.enter()
            case Swap(step):
                self._replace(_Place(step, self._places[-1].journey))
            case Forward():
                self._forward()
            case GoTo(step_class):
                self._replace(_Place(step_class(self._work), self._places[-1].journey))
            case Back():
                self._back()
            case Leave():
                self._out()
            case Begin(name, from_home):
                if from_home:
                    self.go(GoHome())
                journey = self._journeys[name]
                self._work.record("journey_started", session=self._work.session.number, journey=name)
                self._push(_Place(journey.first(self._work)(self._work), journey))
            case GoHome():
                self.step.leave()
                self._work.session.begin_clean()
                self.begin(HomeStep(self._work))

    def _push(self, place: _Place) -> None:
        self.step.leave()
        self._places.append(place)
        place.step.enter()

    def _replace(self, place: _Place) -> None:
        self.step.leave()
        self._places[-1] = place
        place.step.enter()

    def _forward(self) -> None:
        place = self._places[-1]
        if place.journey is None:
            self._back()
            return
        following = place.journey.after(type(place.step), self._work)
        if following is None:
            self.go(GoHome())
        else:
            self._replace(_Place(following(self._work), place.journey))

    def _back(self) -> None:
        place = self._places[-1]
        previous = place.journey.before(type(place.step), self._work) if place.journey else None
        if previous is not None:
            self._replace(_Place(previous(self._work), place.journey))
        else:
            self._out()

    def _out(self) -> None:
        if len(self._places) > 1:
            self.step.leave()
            self._places.pop()
            self.step.enter()
        else:
            self.go(GoHome())
