"""What keyboards of all kinds share: the size of keys, the last row with the ways to other keyboards, and the keys in it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kiosk.views import Button, Keyboard, KeyboardKind
from screens.theme import GAP
from screens.widgets.brush import Brush
from screens.widgets.button import FACES, Key, Pressable, phase_of
from screens.widgets.element import Page, State
from screens.widgets.skin import Style

KEY_HEIGHT = 120
#: From one row of keys to the next.
DOWN = KEY_HEIGHT + GAP
#: Widths in the last row (design: 112, 152; 下一项 208): in steps, so that keys with words of like length are alike.
_LEAST, _STEP, _PADDING = 112, 40, 40
_DONE = 208
_TIGHT, _NARROWEST = 24, 96
#: The way to handwriting stands right of the space bar.
BY_HAND = f"keyboard_{KeyboardKind.HANDWRITING.value}"
_ICON, _ICON_GAP = 40, 8


@dataclass(frozen=True)
class WayKey(Pressable):
    """A key that leads somewhere else: another keyboard, another page of candidates. The note says why it does not."""

    def paint(self, brush: Brush, state: State) -> None:
        button = self.button
        face = FACES["function"][phase_of(button, state)]
        assert face.style is not None
        # the panel under it has the color of what is disabled elsewhere
        style = Style("sunk", "line2", 2, 16) if button.event is None and not button.selected else face.style
        brush.box(0, 0, brush.width, brush.height, style)
        bold = state.pressed or button.selected
        ink = (_ICON + (_ICON_GAP if button.label else 0)) if button.icon else 0
        room = brush.width - 8 - ink
        wide = min(brush.measure(button.label, bold=bold), room)
        x = (brush.width - ink - wide) / 2
        note = 42 if button.note else 0
        high = 42 if note else brush.height
        y = (brush.height - high - note) / 2
        brush.icon(x, y, _ICON, high, button.icon, size=_ICON, color=face.icon)
        lines = 2 if brush.measure(button.label, bold=bold) > room and not note else 1
        brush.text(x + ink, y, wide + 1, high, button.label, color=face.label, bold=bold, align="center", lines=lines)
        brush.text(4, y + high, brush.width - 8, note, button.note, color=face.note, align="center")


def done_key(keyboard: Keyboard) -> Key:
    """The key that goes on."""
    return Key("done", keyboard.done_label, look="primary", enabled=keyboard.done_enabled)


def backspace_key() -> Key:
    """The key that takes back what is before the caret."""
    return Key("backspace", icon="backspace-outline", look="function")


def width_of_way(page: Page, button: Button, *, tight: bool = False) -> float:
    """How wide its key is; `tight`: where words are long, as in English, no wider than they need."""
    needed = max(page.measure(button.label) + ((_ICON + _ICON_GAP) if button.icon else 0), page.measure(button.note))
    if tight:
        return max(needed + _TIGHT, _NARROWEST)
    return _LEAST + _STEP * max(math.ceil((needed + _PADDING - _LEAST) / _STEP), 0)


def place_last_row(page: Page, keyboard: Keyboard, x: float, y: float, w: float, *, done: bool = True) -> None:
    """The ways to other keyboards from the left, the space bar, handwriting, and the key that goes on."""
    last = max(_DONE, page.measure(keyboard.done_label, size="head", bold=True) + 48) if done else -GAP
    spare = w - last - sum(width_of_way(page, button) + GAP for button in keyboard.switches) - GAP
    tight = bool(keyboard.labels.space) and spare < page.measure(keyboard.labels.space) + _PADDING
    if tight and done:
        last = _DONE
    left, right = x, x + w - last
    if done:
        page.place(done_key(keyboard), right, y, last, KEY_HEIGHT)
    beside = [button for button in keyboard.switches if button.id == BY_HAND]
    for button in reversed(beside):
        wide = width_of_way(page, button, tight=tight)
        right -= wide + GAP
        page.place(WayKey(button), right, y, wide, KEY_HEIGHT)
    for button in keyboard.switches:
        if button not in beside:
            wide = width_of_way(page, button, tight=tight)
            page.place(WayKey(button), left, y, wide, KEY_HEIGHT)
            left += wide + GAP
    room = right - GAP - left
    if keyboard.labels.space:
        page.place(Key("space", keyboard.labels.space, small=True), left, y, room, KEY_HEIGHT)
    elif not keyboard.switches:
        page.place(Key("clear", icon="close", look="function"), left, y, room, KEY_HEIGHT)
