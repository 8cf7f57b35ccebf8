"""Everything that can be pressed: one element with a table of looks and states, and the keys of keyboards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from kiosk.events import Event, KeyPressed
from kiosk.views import Button
from screens.theme import KEY_DEBOUNCE_S, Color, Size
from screens.widgets.basic import MovingBar
from screens.widgets.brush import Brush
from screens.widgets.element import Element, Live, Mounted, State
from screens.widgets.skin import DISABLED, KEY, KEY_FUNCTION, PRIMARY, PRIMARY_DOWN, SECONDARY, SELECTED, TAP, Style

Look = Literal["primary", "secondary", "quiet", "tap", "chip", "choice", "dock", "help", "key", "function"]
Phase = Literal["normal", "pressed", "busy", "disabled", "selected"]
#: How icon, label and note stand: beside each other in the middle; icon over label; from the left.
Form = Literal["line", "column", "left"]


class Face(NamedTuple):
    """The colors of one look in one phase."""

    style: Style | None
    label: Color
    note: Color
    icon: Color


_DOWN = Face(SELECTED, "blue", "ink", "blue")
_OFF = Face(DISABLED, "off_ink", "off_ink", "off_ink")
_BLUE = Face(PRIMARY, "white", "white", "white")
_BLUE_DOWN = Face(PRIMARY_DOWN, "white", "white", "white")


def _small(face: Face, radius: int) -> Face:
    assert face.style is not None
    return face._replace(style=Style(face.style.fill, face.style.line, face.style.border, radius))


_TINTED = Style("blue_tint")

FACES: dict[Look, dict[Phase, Face]] = {
    "primary": {"normal": _BLUE, "pressed": _BLUE_DOWN, "busy": _BLUE_DOWN, "disabled": _OFF, "selected": _BLUE},
    "secondary": {
        "normal": Face(SECONDARY, "blue", "ink2", "blue"), "pressed": _DOWN, "busy": _DOWN, "disabled": _OFF, "selected": _DOWN,
    },
    # a small way to something, many on one page: the words are blue, the frame is quiet
    "quiet": {"normal": Face(TAP, "blue", "ink2", "blue"), "pressed": _DOWN, "busy": _DOWN, "disabled": _OFF, "selected": _DOWN},
    "tap": {"normal": Face(TAP, "ink", "ink2", "blue"), "pressed": _DOWN, "busy": _DOWN, "disabled": _OFF, "selected": _DOWN},
    "chip": {"normal": Face(TAP, "ink", "ink2", "ink"), "pressed": _DOWN, "busy": _DOWN, "disabled": _OFF, "selected": _BLUE},
    "choice": {"normal": Face(TAP, "ink", "ink2", "ink2"), "pressed": _DOWN, "busy": _DOWN, "disabled": _OFF, "selected": _DOWN},
    "dock": {
        "normal": Face(None, "ink", "ink2", "ink"), "pressed": _DOWN, "busy": _DOWN, "disabled": _OFF,
        "selected": Face(None, "blue", "blue", "blue"),
    },
    "help": {
        "normal": Face(_TINTED, "blue", "ink2", "blue"), "pressed": _DOWN, "busy": _DOWN, "disabled": _OFF,
        "selected": Face(_TINTED, "blue", "ink2", "blue"),
    },
    "key": {
        "normal": Face(KEY, "ink", "ink", "ink"), "pressed": _small(_DOWN, 16), "busy": _small(_DOWN, 16),
        "disabled": _small(_OFF, 16), "selected": _small(_DOWN, 16),
    },
    "function": {
        "normal": Face(KEY_FUNCTION, "ink", "ink", "ink"), "pressed": _small(_DOWN, 16), "busy": _small(_DOWN, 16),
        "disabled": _small(_OFF, 16), "selected": _small(_DOWN, 16),
    },
}  # fmt: skip

#: Icons that point onward stand right of the label.
FORWARD = frozenset({"arrow-right", "chevron-right"})


def phase_of(button: Button, state: State) -> Phase:
    """Which of the five phases a button is in."""
    if button.busy:
        return "busy"
    if state.pressed:
        return "pressed"
    if button.selected:
        return "selected"
    return "normal" if button.event is not None else "disabled"


@dataclass(frozen=True)
class Pressable(Element):
    """Base of what carries a `Button`. Subclasses paint; `face` gives the colors of the moment."""

    button: Button

    @property
    def ident(self) -> str:
        return self.button.id

    @property
    def event(self) -> Event | None:
        return None if self.button.busy else self.button.event

    def face(self, look: Look, state: State) -> Face:
        """The colors of a look for the button as it is and the finger as it is."""
        return FACES[look][phase_of(self.button, state)]


@dataclass(frozen=True)
class PressButton(Pressable):
    """A button of a look. `form` line: icon and label side by side (a forward arrow right); column: icon over label; left: from the left.
    The note is a second, smaller line.
    """

    look: Look = "secondary"
    form: Form = "line"
    icon_size: int = 48
    radius: int | None = None
    small: bool = False
    title: bool = False
    padding: int = 24

    def paint(self, brush: Brush, state: State) -> None:
        face = self.face(self.look, state)
        if self.radius is not None and face.style is not None:
            face = _small(face, self.radius)
        if face.style is not None:
            brush.box(0, 0, brush.width, brush.height, face.style)
        {"line": self._line, "column": self._column, "left": self._left}[self.form](brush, face)
        if self.button.busy:
            x, y, w, h = _bar_place(brush.width, brush.height)
            brush.box(x, y, w, h, Style("blue_line" if self.look == "primary" else "sunk", radius=4))

    def _bold(self) -> bool:
        return self.button.selected or self.look not in ("chip", "choice")

    def _line(self, brush: Brush, face: Face) -> None:
        button, bold = self.button, self._bold()
        size: Size = "title" if self.title else "body" if self.small else "head"
        gap = 32 if self.title else 16
        ink = self.icon_size + (gap if button.label else 0) if button.icon else 0
        room = brush.width - 2 * self.padding - ink
        wide = brush.measure(button.label, size=size, bold=bold)
        if wide > room:  # a smaller size before it is shortened
            size = "body"
            wide = min(brush.measure(button.label, size=size, bold=bold), room)
        note = 42 if button.note else 0
        line = brush.theme.size(size).line
        y = (brush.height - line - note) / 2
        x = (brush.width - wide - ink) / 2
        forward = button.icon in FORWARD
        brush.icon(x + wide + gap if forward else x, y, self.icon_size, line, button.icon, size=self.icon_size, color=face.icon)
        brush.text(x if forward else x + ink, y, wide + 1, line, button.label, size=size, color=face.label, bold=bold)
        if note:
            brush.text(self.padding, y + line, brush.width - 2 * self.padding, note, button.note, color=face.note, align="center")

    def _column(self, brush: Brush, face: Face) -> None:
        button = self.button
        dock = self.look in ("dock", "help")
        size: Size = "body" if dock or self.small else "head"
        gap = 6 if dock else 16
        edge = 0 if dock else min(self.padding, 16)
        line = brush.theme.size(size).line
        rows = min(len(brush.set(button.note, brush.width - 2 * edge, lines=3).lines), 2) if button.note else 0
        picture = self.icon_size
        if line + 42 * rows + picture + gap > brush.height - 40:  # a smaller icon before the words come near the edge
            picture = min(picture, 48)
        ink = picture + (gap if button.label else 0) if button.icon else 0
        y = (brush.height - ink - line - 42 * rows) / 2
        bold = self._bold() if not dock else button.selected or self.look == "help"
        brush.icon(0, y, brush.width, picture, button.icon, size=picture, color=face.icon)
        brush.text(
            edge, y + ink, brush.width - 2 * edge, line, button.label, size=size, fit=("body",), color=face.label, bold=bold, align="center"
        )
        y += ink + line
        room = brush.width - 2 * edge
        brush.text(edge, y, room, 42 * rows, button.note, color=face.note, align="center", lines=rows, balance=True)

    def _left(self, brush: Brush, face: Face) -> None:
        button = self.button
        size: Size = "body" if self.small else "head"
        ink = self.icon_size + 24 if button.icon else 0
        line = brush.theme.size(size).line
        note = 42 if button.note else 0
        y = (brush.height - line - note) / 2
        brush.icon(self.padding, 0, self.icon_size, brush.height, button.icon, size=self.icon_size, color=face.icon)
        x = self.padding + ink
        room = brush.width - x - self.padding
        brush.text(x, y, room, line, button.label, size=size, fit=("body",), color=face.label, bold=self._bold())
        if note:
            brush.text(x, y + line, room, note, button.note, color=face.note)

    @property
    def keeps_live(self) -> bool:
        return self.button.busy

    def live(self, mounted: Mounted) -> Live | None:
        if not self.button.busy:
            return None
        return MovingBar(mounted, *_bar_place(mounted.place[2], mounted.place[3]), "white" if self.look == "primary" else "blue")


def _bar_place(width: float, height: float) -> tuple[float, float, float, float]:
    wide = min(width - 96, 400)
    return (width - wide) / 2, height - 28, wide, 8


@dataclass(frozen=True)
class Key(Element):
    """A key: a letter, a word or an icon; posts `KeyPressed`. Ident `key_…`. `label` empty shows `key`. `small`: a word in the smaller size;
    `lit`: what it turns on is on.
    """

    key: str
    label: str = ""
    icon: str = ""
    look: Look = "key"
    enabled: bool = True
    small: bool = False
    lit: bool = False

    @property
    def ident(self) -> str:
        return f"key_{self.key}"

    @property
    def event(self) -> Event | None:
        return KeyPressed(self.key) if self.enabled else None

    @property
    def debounce(self) -> float | None:
        return KEY_DEBOUNCE_S

    def paint(self, brush: Brush, state: State) -> None:
        face = FACES[self.look]["pressed" if state.pressed else "selected" if self.lit else "normal" if self.enabled else "disabled"]
        if not self.enabled:  # the panel under it has the color of what is disabled elsewhere
            face = _OFF._replace(style=Style("sunk", "line2", 2, 16))
        elif self.look == "primary":
            face = _small(face, 16)
        assert face.style is not None
        brush.box(0, 0, brush.width, brush.height, face.style)
        if self.icon:
            brush.icon(0, 0, brush.width, brush.height, self.icon, size=48, color=face.icon)
        else:
            bold = self.look == "primary" or state.pressed
            brush.text(
                4, 0, brush.width - 8, brush.height, self.label or self.key, size="body" if self.small else "head", fit=("body",), color=face.label,
                bold=bold, align="center", kept=True,
            )  # fmt: skip
