"""The application window: takes views from any thread, shows them in Kivy's, and posts what the finger does."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.events import Event
from kiosk.views import AttractView, ViewData
from screens.window import open_window, set_pace

if TYPE_CHECKING:
    from screens.widgets.element import Page


class KioskApp:
    """`show` from any thread; `run` in the main thread until `stop`. One at a time in a process."""

    def __init__(
        self,
        post: Callable[[Event], None],
        size: tuple[int, int] = (1080, 1920),
        *,
        fullscreen: bool = False,
        sub_buffer: bool = True,
        on_shown: Callable[[ViewData, Page], None] = lambda view, page: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`sub_buffer` False draws whole frames only, as on a display without the extension. `on_shown` is called when a view is laid out.
        `clock` in seconds tells a double tap from two taps.
        """
        self._on_shown = on_shown
        self._views: queue.SimpleQueue[ViewData] = queue.SimpleQueue()
        self._stopping = False
        window = open_window(size, fullscreen=fullscreen)
        # imported late: Kivy reads its settings at the first import
        from kivy.app import App
        from kivy.clock import Clock

        from screens.drawing import Surface
        from screens.router import Router
        from screens.stage import Stage
        from screens.theme import STANDARD, Layout
        from screens.widgets.element import Page

        self.window = window
        window.clearcolor = STANDARD.rgba("ground")
        width, height = window.system_size
        self.surface = Surface(window, lambda: self.page.unreported(), sub_buffer=sub_buffer)
        self.page = Page(self.surface, Layout(width, height), post)
        self.stage = Stage(self.page, clock, size=(width, height), size_hint=(None, None))
        self.stage.on_touched = lambda: set_pace(awake=True)
        self.router = Router(self.stage)
        self._poll = Clock.schedule_interval(self._take, 0)
        window.bind(on_resize=self._resized)

        stage = self.stage

        class _Application(App):  # type: ignore[misc] # Kivy has no types
            def build(self) -> Any:
                return stage

            def open_settings(self, *_: object) -> bool:
                return False

        self.application = _Application()

    def show(self, view: ViewData) -> None:
        """Show a view in the next frame; of several that wait only the last is drawn. Thread-safe."""
        self._views.put(view)

    def run(self) -> None:
        """Run until `stop`; returns when the window is closed."""
        self.application.run()
        self.close()

    def stop(self) -> None:
        """End `run`. Thread-safe."""
        self._stopping = True

    def close(self) -> None:
        """Give the window back; the next `KioskApp` of the process may use it."""
        self._poll.cancel()
        self.window.unbind(on_resize=self._resized)
        for mounted in self.page.mounted:
            if mounted.live:
                mounted.live.gone()
        self.page.mounted = []
        self.surface.close()

    def _resized(self, _: Any, width: int, height: int) -> None:
        """A display that was turned, or a window manager that had its own idea of full screen."""
        from screens.theme import Layout

        layout = Layout(width, height)
        if layout != self.page.layout:
            self.stage.size = (width, height)
            self.page.lay_out(layout)
            if self.router.view is not None:
                self.router.show(self.router.view)

    def _take(self, _: float) -> None:
        newest: ViewData | None = None
        while True:
            try:
                newest = self._views.get_nowait()
            except queue.Empty:
                break
        if newest is not None:
            set_pace(awake=not isinstance(newest, AttractView))
            self.router.show(newest)
            self._on_shown(newest, self.page)
        if self._stopping:
            self.application.stop()
