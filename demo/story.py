"""A citizen, in words: touches what a view offers, waits for what it shows. No window; everything behind the view is real."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import TypeVar

from kiosk.events import BackPressed, CandidateChosen, EndPressed, Event, KeyPressed, PrimaryPressed
from kiosk.views import AttractView, Button, FormView, ViewData

V = TypeVar("V", bound=ViewData)

#: No step of a citizen takes this long unless something is wrong. A bound on waiting, not an expectation.
_PATIENCE_SECONDS = 20.0


def buttons(value: object) -> Iterator[Button]:
    """Every button anywhere in a view."""
    if isinstance(value, Button):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from buttons(part)
    elif is_dataclass(value):
        for each in fields(value):
            yield from buttons(getattr(value, each.name))


class Citizen:
    """Sees the newest view, and posts events."""

    def __init__(self, post: Callable[[Event], None]) -> None:
        self.post = post
        self._view: ViewData | None = None
        self._changed = threading.Condition()
        self.seen: list[ViewData] = []

    def shown(self, view: ViewData) -> None:
        """The terminal's listener."""
        with self._changed:
            self._view = view
            self.seen.append(view)
            self._changed.notify_all()

    def sees(self, kind: type[V], where: Callable[[V], bool] = lambda view: True) -> V:
        """Wait for a view of this kind for which `where` holds."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        with self._changed:
            while True:
                view = self._view
                if isinstance(view, kind) and where(view):
                    return view
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"waited for {kind.__name__}, and see {view!r:.600}")
                self._changed.wait(left)

    def waits(self, until: Callable[[], bool]) -> None:
        """Wait for something that no view shows."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not until():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited in vain, and see {self._view!r:.600}")
            time.sleep(0.02)

    def leaves(self) -> None:
        """End the session wherever it is, and see the attract screen."""
        self.post(EndPressed())
        self.post(PrimaryPressed())
        self.sees(AttractView)

    def touches(self, ident: str) -> None:
        """Press the button with this id, once it is there and can be pressed."""

        def ready(view: ViewData) -> bool:
            return any(button.id == ident and button.event is not None for button in buttons(view))

        view = self.sees(ViewData, ready)
        event = next(button.event for button in buttons(view) if button.id == ident and button.event is not None)
        assert event is not None
        self.post(event)

    def _offers(self, ident: str) -> bool:
        view = self._view
        return any(button.id == ident and button.event is not None for button in buttons(view))

    def types(self, text: str) -> None:
        """Keys of the on-screen keyboard, one after the other."""
        for character in text:
            self.post(KeyPressed(character))

    def fills(self, field_code: str, text: str) -> None:
        """Touch a field, on whichever page of the form it is, type, and finish."""
        self.goes_to(f"field_{field_code}")
        self.touches(f"field_{field_code}")
        self.sees(FormView, lambda view: any(row.focused and row.code == field_code for row in view.fields))
        self.types(text)
        self.post(KeyPressed("done"))
        self.sees(FormView, lambda view: not any(row.focused and row.code == field_code for row in view.fields))

    def writes(self, letters: str, text: str) -> None:
        """Type pinyin and touch the candidate that is meant, once it is offered."""
        self.types(letters)

        def offered(view: ViewData) -> bool:
            return any(self._is_candidate(button, text) for button in buttons(view))

        view = self.sees(ViewData, offered)
        chosen = next(button.event for button in buttons(view) if self._is_candidate(button, text))
        assert chosen is not None
        self.post(chosen)

    @staticmethod
    def _is_candidate(button: Button, text: str) -> bool:
        return isinstance(button.event, CandidateChosen) and button.label == text

    def goes_to(self, ident: str) -> None:
        """Turn the form's pages until this can be pressed."""
        for _ in range(6):
            time.sleep(0.02)
            if self._offers(ident):
                return
            if isinstance(self._view, FormView) and self._view.keyboard is not None:
                self.post(BackPressed())  # the keyboard closes, and the page is as high as before
                self.sees(FormView, lambda view: view.keyboard is None)
                continue
            self.touches("previous" if self._offers("previous") else "primary")
        raise AssertionError(f"{ident} is on no page of the form")

    def touches_until(self, ident: str, kind: type[ViewData], rather: str = "") -> None:
        """Press the same button, page after page, until a view of this kind comes; `rather`: another, wherever it is offered."""
        for _ in range(6):
            before = self._view
            if isinstance(before, kind):
                return
            self.touches(rather if rather and self._offers(rather) else ident)
            deadline = time.monotonic() + _PATIENCE_SECONDS
            with self._changed:
                while (self._view is before or not (isinstance(self._view, kind) or self._offers(ident))) and time.monotonic() < deadline:
                    self._changed.wait(0.2)
        raise AssertionError(f"pressed {ident} again and again, and see {self._view!r:.600}")
