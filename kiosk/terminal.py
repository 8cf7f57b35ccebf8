"""The terminal: one thread, one inbox. Owns all state; events come in by `post`, one view goes out to one listener."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from kiosk.errors import OneSealError
from kiosk.events import (
    BackPressed,
    CaptureFailed,
    CardRead,
    CardUnreadable,
    CatalogueChanged,
    CenterAnswered,
    CenterSeen,
    CodeScanned,
    ContinuePressed,
    DeviceChanged,
    EndPressed,
    Event,
    HelpPressed,
    HomePressed,
    PageCaptured,
    PageSeen,
    PrintFinished,
    PublicChanged,
    ShutDown,
    SubmissionDeferred,
    SubmissionRefused,
    SubmissionSent,
    Tick,
    TouchEvent,
    TypingTold,
)
from kiosk.journeys.chrome import chrome_for
from kiosk.journeys.ending import TakeCardStep
from kiosk.journeys.help import HelpStep, hear_help
from kiosk.journeys.home import AttractStep, HomeStep
from kiosk.journeys.idle import idle_view
from kiosk.journeys.printing import record_print
from kiosk.journeys.step import (
    Back,
    Cover,
    EndSession,
    GoHome,
    Ignore,
    Journey,
    Next,
    Workplace,
)
from kiosk.journeys.trouble import TroubleStep
from kiosk.link.search import CatalogueSearch
from kiosk.path import Path
from kiosk.session import END_SECONDS, CitizenSession, wipe_deadline
from kiosk.typing.answers import EngineDown, TypingEvent
from kiosk.views import ViewData

#: The clock on screen, the idle question and its countdown need no more.
_TICK_SECONDS = 0.25

#: So long a receipt can be printed again; then the terminal forgets it (PIPL: no longer than the purpose needs).
_RECEIPTS_KEPT = timedelta(days=7)

#: Events that belong to a session: what comes late for a citizen who is gone is dropped.
_OF_A_SESSION = (
    CardRead,
    CardUnreadable,
    CodeScanned,
    PrintFinished,
    PageSeen,
    PageCaptured,
    CaptureFailed,
    CenterAnswered,
    TypingTold,
)


class Terminal:
    """Time, sessions and what is heard; where the citizen is, its `Path` knows. `listener` gets every new view, on the terminal's thread."""

    def __init__(self, workplace: Workplace, journeys: Mapping[str, Journey], listener: Callable[[ViewData], None]) -> None:
        self.work = workplace
        self._path = Path(workplace, journeys)
        self._listener = listener
        self._inbox: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._shown: ViewData | None = None
        self._asking_since: float | None = None
        self._last_touch = 0.0
        self._now = time.monotonic()
        self._timer_stop = threading.Event()
        self._tidied: date | None = None
        self.unsent = 0

    # ------------------------------------------------------------------ running

    def post(self, event: Event) -> None:
        """Hand in an event. From any thread; returns at once."""
        self._inbox.put(event)

    def run(self) -> None:
        """Handle events until `ShutDown`. The terminal's one thread."""
        self.work.hub.start(self.post)
        self.work.typing.start(self.post)
        timer = threading.Thread(target=self._tick, name="timer", daemon=True)
        timer.start()
        self._attract()
        try:
            while True:
                event = self._inbox.get()
                if isinstance(event, ShutDown):
                    break
                self._guarded(event)
        finally:
            self._timer_stop.set()
            self._end_session("shut_down")
            self.work.hub.stop()

    def _tick(self) -> None:
        while not self._timer_stop.wait(_TICK_SECONDS):
            self.post(Tick(self.work.clock.now(), time.monotonic()))

    def _guarded(self, event: Event) -> None:
        """An exception here is a bug: the citizen gets a support code, the session is wiped, the terminal goes on."""
        try:
            self.handle(event)
        except Exception as error:  # the last line of defense; the log has type and place, never values
            code = f"{self.work.session.number:04d}-{int(time.monotonic()) % 10000:04d}"
            self.work.record("unexpected", support_code=code, session=self.work.session.number, exc_info=error)
            self._end_session("bug")
            self._path.begin(TroubleStep(self.work, code))
            self._last_touch = self._now
            self._show()

    # ------------------------------------------------------------------ events

    def handle(self, event: Event) -> None:
        """Handle one event and show what follows from it. Only on the terminal's thread."""
        self.work.hub.note(event)
        if isinstance(event, PrintFinished):
            record_print(self.work, event)
        match event:
            case Tick(_, monotonic):
                self._time_passes(monotonic)
            case TouchEvent():
                self._touched(event)
            case CatalogueChanged(catalogue):
                self.work.catalogue = catalogue
                self.work.search = CatalogueSearch(self.work.items())
                self.work.typing.know(self.work.items())
                self._step_handles(event)
            case PublicChanged(notices, staff):
                self.work.notices = notices or self.work.notices
                self.work.public_staff = staff or self.work.public_staff
                self._step_handles(event)
            case CenterSeen(reachable, unsent):
                self.work.center_reachable, self.unsent = reachable, unsent
                self._step_handles(event)
            case DeviceChanged(status):
                self.work.record("device_changed", device=status.device.value, state=status.state.value, fault=status.fault or "")
                self._step_handles(event)
            case _ if isinstance(event, _OF_A_SESSION) and event.session != self.work.session.number:
                self.work.record("late_event_dropped", session=event.session, kind=type(event).__name__)
            case TypingTold(_, told):
                self._typing_told(told)
                self._step_handles(event)
            case SubmissionSent() | SubmissionDeferred() | SubmissionRefused():
                # Only the citizen who handed it in is told.
                if self.work.session.note(event):
                    self._step_handles(event)
            case _:
                self._step_handles(event)
        self._show()

    def _typing_told(self, told: TypingEvent) -> None:
        self.work.typing.note(told)
        if isinstance(told, EngineDown):
            self.work.record("typing_engine_down", session=self.work.session.number, way=told.way.value, code=told.code)

    def _touched(self, event: TouchEvent) -> None:
        self._last_touch = self._now
        if self._asking_since is not None:
            # Any touch anywhere is 继续, and presses nothing else.
            self._asking_since = None
            self.work.record("idle_continued", session=self.work.session.number)
            return
        if isinstance(event, ContinuePressed):
            return
        self._go(self._path.touched(event, self._everywhere(event)))

    def _everywhere(self, event: TouchEvent) -> Next:
        match event:
            case HelpPressed():
                return Cover(HelpStep(self.work, self._shown.name if self._shown else ""))
            case BackPressed():
                return Back() if self._path.shown.can_go_back else Ignore()
            case HomePressed():
                return GoHome()
            case EndPressed():
                return EndSession("citizen")
        return Ignore()

    def _step_handles(self, event: Event) -> None:
        hear_help(self.work, event)
        self._go(self._path.step.handle(event))

    def _time_passes(self, monotonic: float) -> None:
        self._now = monotonic
        if isinstance(self._path.step, AttractStep):
            self._tidy()
            return
        session = self.work.config.session
        if self._asking_since is None:
            if monotonic - self._last_touch >= session.idle_seconds:
                self._asking_since = monotonic
                self.work.record("idle_asked", session=self.work.session.number)
            else:
                self._step_handles(Tick(self.work.clock.now(), monotonic))
        elif monotonic - self._asking_since >= session.countdown_seconds:
            self._asking_since = None
            self._attract("idle")

    def _tidy(self) -> None:
        """Once a day, while nobody is there."""
        now = self.work.clock.now()
        if now.date() == self._tidied:
            return
        self._tidied = now.date()
        try:
            forgotten = self.work.outbox.forget_receipts(now - _RECEIPTS_KEPT)
            self.work.record("receipts_forgotten", count=forgotten)
        except OneSealError as error:
            self.work.record("outbox_failed", code=error.code)

    def _go(self, following: Next) -> None:
        if not isinstance(following, EndSession):
            self._path.go(following)
        elif self.work.hub.card_present and not isinstance(self._path.step, TakeCardStep):
            self._path.leave()
            self._end_session(following.reason)
            self._path.begin(TakeCardStep(self.work))
        else:
            self._attract(following.reason)

    # ------------------------------------------------------------------ sessions

    def _attract(self, reason: str = "start") -> None:
        self._path.leave()
        self._end_session(reason)
        self._path.begin(AttractStep(self.work))
        self._show()

    def _end_session(self, reason: str) -> None:
        """Wipe, and make the next session: from here on everything that belonged to the last one is late."""
        old = self.work.session
        with wipe_deadline(lambda: self.work.record("session_end_late", session=old.number, seconds=END_SECONDS)):
            self.work.hub.rest()
            self.work.typing.close()
            self._path.drop()
            self._shown = None
            old.end()
        self.work.session = CitizenSession(old.number + 1, self.work.clock.now())
        self.work.record("session_ended", session=old.number, reason=reason)

    # ------------------------------------------------------------------ showing

    def _show(self) -> None:
        view = self._view()
        if view != self._shown:
            self._shown = view
            self._listener(view)

    def _view(self) -> ViewData:
        if self._asking_since is not None:
            left = self.work.config.session.countdown_seconds - (self._now - self._asking_since)
            return idle_view(self.work, left)
        journey, step = self._path.journey, self._path.shown
        marks = journey.marks(type(step), self.work.texts) if journey else ()
        return step.view(chrome_for(self.work, step, marks, at_home=isinstance(step, HomeStep)))
