"""A finger and an eye for the tests: touches that go through Kivy's input, and the pixels that come of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kiosk.events import Event
from kiosk.views import ViewData

if TYPE_CHECKING:
    from screens.app import KioskApp
    from screens.widgets.element import Mounted


class HandClock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Glass:
    """The one window of the process; `posted` is what the screens sent."""

    app: KioskApp
    clock: HandClock
    posted: list[Event] = field(default_factory=list)

    def show(self, view: ViewData) -> None:
        """Show a view and draw what is owed."""
        self.app.router.show(view)
        self.frame()

    def frame(self) -> None:
        """One turn of Kivy's loop."""
        from kivy.base import EventLoop

        EventLoop.idle()

    def listen(self) -> None:
        """Take what the display sends, which `run` does and an embedded loop does not; then one turn."""
        self.app.window.mainloop()
        self.frame()

    def rest(self, seconds: float = 1.0) -> None:
        """Time passes for the stage."""
        self.clock.now += seconds

    def turn(self, size: tuple[int, int]) -> None:
        """Make the window another size, as a display that is turned does."""
        window = self.app.window
        if tuple(window.system_size) != size:
            window.system_size = size
            for _ in range(100):
                self.listen()
                if tuple(window.system_size) == size and self.app.page.layout.screen_width == size[0]:
                    break
            assert tuple(window.system_size) == size
        self.frame()
        self.frame()

    def find(self, ident: str) -> Mounted:
        """The element of that ident; fails if it is not shown."""
        mounted = self.app.page.find(ident)
        assert mounted is not None, f"{ident} is not shown"
        return mounted

    def center(self, ident: str) -> tuple[float, float]:
        """The middle of an element in px of the glass, y down."""
        rect = self.find(ident).rect
        return (rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2

    def down(self, x: float, y: float) -> Finger:
        """Put a finger on the glass and draw."""
        return Finger(self, x, y)

    def tap(self, ident: str) -> None:
        """Press and release an element."""
        self.down(*self.center(ident)).up()

    def draw(self, ident: str, path: list[tuple[float, float]]) -> None:
        """One stroke of a finger, in px of an element."""
        pad = self.find(ident).rect
        finger = self.down(pad.left + path[0][0], pad.top + path[0][1])
        for x, y in path[1:]:
            finger.move(pad.left + x, pad.top + y)
        finger.up()

    def pixels(self) -> bytes:
        """What is drawn now."""
        return self.app.surface.read_back()

    def whole_pixels(self) -> bytes:
        """What a whole redraw gives."""
        self.app.surface.draw_whole()
        return self.app.surface.read_back()


class Finger:
    """One touch, as Kivy's input providers send it."""

    def __init__(self, glass: Glass, x: float, y: float) -> None:
        from kivy.tests.common import UnitTestTouch

        self._glass = glass
        self._touch: Any = UnitTestTouch(x, self._up(y))
        self._touch.touch_down()
        glass.frame()

    def _up(self, y: float) -> float:
        return self._glass.app.page.layout.screen_height - 1 - y

    def move(self, x: float, y: float) -> None:
        """Slide to (x, y)."""
        self._touch.touch_move(x, self._up(y))
        self._glass.frame()

    def up(self) -> None:
        """Lift the finger."""
        self._touch.touch_up()
        self._glass.frame()
