"""What pages are made of.

How to write a screen (`screens/NAME.py` for `NameView`, found by its name; nothing to register):

    def draw(page: Page, view: HomeView) -> None:
        chrome.frame(page, view)                        # band, header, stepper, dock or rail
        y = chrome.title(page, view)                    # question and subtitle; y of what comes below
        page.place(Box(CARD), 48, y + 24, 984, 400)     # A(x, y, w, h) of the design: px of 1080x1920 / 1920x1080, y down
        page.place(Text("...", size="head", bold=True), 80, y + 56, 920, 52)
        page.place(PressButton(view.primary, "primary"), 48, 1560, 984, 144)
        chrome.actions(page, view.actions)              # or the whole action bar, primary last

- A page with a notice, a pager, chips or actions around what is chosen or read: `room = surround(page, view, Around(view.notice, view.actions, …))`
  of `surround.py` places them and the question, and says what room is left; `beside(…)` gives the question a column of its own on wide pages.
- `draw` describes the whole page every time; elements are frozen dataclasses compared by value, so only what differs from the last
  picture is painted and redrawn (a clock, a countdown, one key). Do not keep anything between calls, never touch Kivy in `draw`.
- Later `place`s lie on top. `page.layout` has `wide`, `left`, `right`, `content_width`, `columns(n)`, `column(i)`, `action_top`,
  `content_bottom`; `page.measure(text, size=, bold=)` and `page.lines_of(text, width, ...)` measure before placing.
- `Text(text, size="body|head|title|display", color=, bold=, align=, valign=, lines=, fit=("body",), spans=)`: one line unless `lines`;
  too long is shortened with …, which the tests count as a fault. The box should be lines × 42/52/84/166 high.
- Elements of `basic`: Box, Fill, Text, IconText, Icon, IconTile, SealMark, PanelBox (+ `panel_height`), ProgressBar, BusyBar, Ring, QrImage.
- `PressButton(button, look, form)`: looks primary, secondary, tap, chip, choice, dock, key…; forms line, column, left. States come from the
  Button (event None: disabled; busy; selected) and the finger. Its ident is the Button's id; the stage posts the event on release inside.
- Own pressable: subclass `Pressable` (frozen dataclass), use `self.face("tap", state)` for colors, paint with the `Brush`.
- Where it matters which part of an element is pressed (a caret in a text), override `event_at`; `event` says that there is something to press.
- Own live thing (camera, pad, animation): an Element with an `ident` and `live(mounted) -> Live`. The `Live` adds Kivy instructions to
  `mounted.group` (coordinates by `brush.point` or `layout.to_screen`), changes them when it must, and calls `mounted.damage(x, y, w, h)` with
  every change, before the frame ends. `gone()` cancels its clocks. A repaint clears the group: `changed(mounted)` hangs the things up again.
- Pressing a `Key("7")` posts `KeyPressed("7")`; `keyboard.place_keyboard(page, view.keyboard)` places a whole one and returns its top.
- New icons: add name and code point to `icons.py`.
"""

from screens.widgets import chrome
from screens.widgets.basic import (
    Box,
    BusyBar,
    Fill,
    Icon,
    IconText,
    IconTile,
    PanelBox,
    ProgressBar,
    QrImage,
    Ring,
    SealMark,
    Text,
    panel_height,
)
from screens.widgets.button import FACES, Face, Key, Look, Pressable, PressButton
from screens.widgets.element import Element, Live, Mounted, Page, State
from screens.widgets.keyboard import place_keyboard
from screens.widgets.skin import Style

__all__ = [
    "FACES", "Box", "BusyBar", "Element", "Face", "Fill", "Icon", "IconText", "IconTile", "Key", "Live", "Look", "Mounted", "Page",
    "PanelBox", "PressButton", "Pressable", "ProgressBar", "QrImage", "Ring", "SealMark", "State", "Style", "Text", "chrome",
    "panel_height", "place_keyboard",
]  # fmt: skip
