"""A hand in front of the glass: touches by real X events what the screen says is where, and takes pictures of what it shows."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageGrab

from devices.bench.commands import act

_PATIENCE_SECONDS = 30.0
#: A finger rests this long on the glass, and looks this long before it goes on; on a keyboard it has looked already.
_PRESS_SECONDS = 0.06
_LOOK_SECONDS = 0.4
_KEY_SECONDS = 0.12
#: The camera has found a page laid under it, and the terminal has judged it.
_JUDGED_SECONDS = 1.5


class NotSeen(Exception):
    """What the script waited for did not come."""


@dataclass(frozen=True)
class Target:
    """A thing to touch, in screen px from the top left."""

    x: int
    y: int
    width: int
    height: int

    @property
    def center(self) -> tuple[int, int]:
        """Where to touch it."""
        return self.x + self.width // 2, self.y + self.height // 2


class Hand:
    """Works on one X display; `reveal` is the file in which the screen says what is where, `bench` the folder of the devices before it."""

    def __init__(self, display: str, reveal: Path, pictures: Path, bench: Path) -> None:
        self._display = display
        self.bench = bench
        self._reveal = reveal
        self._pictures = pictures
        self._count = 0
        self._papers = 0

    def _screen(self) -> tuple[str, dict[str, Target]]:
        try:
            shown = json.loads(self._reveal.read_text("utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return "", {}
        return shown["view"], {ident: Target(*rect) for ident, rect in shown["targets"].items()}

    def sees(self, *views: str, ident: str = "", seconds: float = _PATIENCE_SECONDS) -> str:
        """Wait until one of these views is shown (any, if none is named), with the target `ident` on it."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            view, targets = self._screen()
            if (not views or view in views) and (not ident or ident in targets):
                return view
            time.sleep(0.03)
        view, targets = self._screen()
        raise NotSeen(f"waited for {' or '.join(views) or 'any view'} {ident}, and see {view} with {', '.join(sorted(targets))}")

    def targets(self) -> dict[str, Target]:
        """What can be touched now."""
        return self._screen()[1]

    def settles(self, seconds: float = 0.5) -> None:
        """Give the screen a moment."""
        time.sleep(seconds)

    def gone(self, ident: str) -> None:
        """Wait until a target is no longer there."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while ident in self.targets():
            if time.monotonic() > deadline:
                raise NotSeen(f"{ident} does not go away")
            time.sleep(0.03)

    def _xdotool(self, *arguments: object) -> None:
        subprocess.run(["xdotool", *map(str, arguments)], env={"DISPLAY": self._display, "PATH": "/usr/bin:/bin"}, check=True)

    def acts(self, what: str, /, **arguments: object) -> None:
        """Do something to a device: lay the card, hold up a code, take the paper out."""
        act(self.bench, what, **arguments)

    def touches(self, ident: str, *views: str, look: float = _LOOK_SECONDS) -> None:
        """Touch a target once it can be touched. `look`: seconds before it."""
        self.sees(*views, ident=ident)
        time.sleep(look)
        self.sees(*views, ident=ident)
        x, y = self._screen()[1][ident].center
        self._xdotool("mousemove", x, y, "mousedown", 1, "sleep", _PRESS_SECONDS, "mouseup", 1)

    def types(self, text: str) -> None:
        """Touch one key after the other. The first is looked for: a keyboard that only appears misses it."""
        for place, character in enumerate(text):
            self.touches(f"key_{character}", look=_KEY_SECONDS if place else _LOOK_SECONDS)

    def touches_until(self, ident: str, on: str, *then: str) -> None:
        """Touch the same target of the page `on`, page after page, until one of the views `then` comes."""
        while self.sees(on, *then) == on:
            if ident in self.targets():
                self.touches(ident, on)
            self.settles(0.8)

    def turns_to(self, ident: str) -> None:
        """Turn the form's pages until this can be touched."""
        while self.sees("form") and ident not in self.targets():
            self.touches("primary", "form")
            self.settles()

    def captures(self, page: str) -> None:
        """Lay a page under the camera, and take it."""
        self.acts("page", name=page)
        self.sees("materials", ident="capture")
        self.settles(_JUDGED_SECONDS)
        self.touches("capture", "materials")
        self.settles(1.0)

    def takes_the_paper(self) -> None:
        """Wait until another paper has come out; ask for it again if it did not."""
        for _ in range(600):
            papers = len(list((self.bench / "receipts").glob("receipt-*.png")))
            if papers > self._papers:
                self._papers = papers
                self.settles()
                return
            for again in {"retry", "print_again"} & set(self.targets()):
                self.touches(again)
            self.settles(0.1)
        raise NotSeen("no paper came out of the printer")

    def draws(self, ident: str, strokes: Iterable[Iterable[tuple[float, float]]]) -> None:
        """Draw in a target; points in its unit square, y down."""
        self.sees(ident=ident)
        time.sleep(_LOOK_SECONDS)
        area = self._screen()[1][ident]
        for stroke in strokes:
            points = [(area.x + round(x * area.width), area.y + round(y * area.height)) for x, y in stroke]
            # Kivy tells of a press where the finger is by the next frame: it rests a moment before it moves.
            steps: list[object] = ["mousemove", *points[0], "mousedown", 1, "sleep", 0.04]
            for point in points[1:]:
                steps += ["mousemove", *point, "sleep", 0.012]
            self._xdotool(*steps, "mouseup", 1)
            time.sleep(0.1)

    def snaps(self, name: str) -> Path:
        """A picture of the screen, once it has stood still for a moment."""
        time.sleep(_LOOK_SECONDS)
        self._count += 1
        path = self._pictures / f"{self._count:02d}-{name}.png"
        ImageGrab.grab(xdisplay=self._display).save(path)
        return path
