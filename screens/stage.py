"""Touches to events: what is under the finger looks pressed in the next frame and posts once, on release inside."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from kivy.uix.widget import Widget

from kiosk.events import Event, Touched
from screens.theme import DEBOUNCE_S
from screens.widgets.element import Mounted, Page, State


class Stage(Widget):  # type: ignore[misc] # Kivy has no types
    """The window's only widget. It draws nothing by itself; the page's elements hang in the surface."""

    def __init__(self, page: Page, clock: Callable[[], float] = time.monotonic, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.page = page
        #: Called at every touch, before anything else: wake up, count.
        self.on_touched: Callable[[], None] = lambda: None
        self._clock = clock
        self._pressed: dict[Any, str] = {}
        self._live: dict[Any, str] = {}
        self._posted_at: dict[str, float] = {}
        self._acted_at = -1e9
        self._switched = False

    def switched(self) -> None:
        """Another page is shown: a finger still down presses nothing there, nor does the second half of a double tap."""
        self._switched = True
        for uid, ident in list(self._pressed.items()):
            self._release(ident)
            del self._pressed[uid]
        self._live.clear()
        self._posted_at.clear()

    # -------------------------------------------------------------- Kivy's touches

    def on_touch_down(self, touch: Any) -> bool:
        if "button" in touch.profile and touch.button != "left":
            return True
        self.on_touched()
        now = self._clock()
        if self._switched and now - self._acted_at < DEBOUNCE_S:
            return True
        if self.page.any_touch is not None:
            self._post(self.page.any_touch)
            return True
        x, y = self._point(touch)
        live = self.page.at(x, y, lambda mounted: mounted.live is not None)
        if live is not None and live.live is not None and live.live.touch_down(*live.local(x, y)):
            self._live[touch.uid] = live.element.ident
            return True
        target = self.page.at(x, y, lambda mounted: mounted.element.event is not None)
        if target is None:
            self._post(self.page.blank)
        elif target.element.ident not in self._pressed.values():
            self._pressed[touch.uid] = target.element.ident
            target.set_state(State(pressed=True))
        return True

    def on_touch_move(self, touch: Any) -> bool:
        x, y = self._point(touch)
        live = self._live_of(touch)
        if live is not None and live.live is not None:
            live.live.touch_move(*live.local(x, y))
            return True
        target = self.page.find(self._pressed.get(touch.uid, ""))
        if target is not None:
            target.set_state(State(pressed=target.holds(x, y)))
        return True

    def on_touch_up(self, touch: Any) -> bool:
        x, y = self._point(touch)
        live = self._live_of(touch)
        if live is not None and live.live is not None:
            live.live.touch_up(*live.local(x, y))
            self._live.pop(touch.uid, None)
            return True
        self._live.pop(touch.uid, None)
        ident = self._pressed.pop(touch.uid, None)
        target = self._release(ident) if ident else None
        if target is None:
            return True
        event = target.event_at(x, y)
        if event is None or not target.holds(x, y):
            self._post(Touched())
            return True
        now = self._clock()
        wait = DEBOUNCE_S if target.element.debounce is None else target.element.debounce
        if now - self._posted_at.get(target.element.ident, -1e9) >= wait:
            self._posted_at[target.element.ident] = now
            self._post(event)
        return True

    # -------------------------------------------------------------- inside

    def _post(self, event: Event) -> None:
        self._acted_at = self._clock()
        self._switched = False
        self.page.post(event)

    def _release(self, ident: str) -> Mounted | None:
        target = self.page.find(ident)
        if target is not None:
            target.set_state(State())
        return target

    def _live_of(self, touch: Any) -> Mounted | None:
        ident = self._live.get(touch.uid)
        return self.page.find(ident) if ident else None

    def _point(self, touch: Any) -> tuple[float, float]:
        layout = self.page.layout
        return layout.from_screen(touch.x, layout.screen_height - touch.y)
