"""The on-screen keyboards for digits and letters, made for one finger: keys 120 high, 24 apart. They post `KeyPressed`; they hold no text."""

from __future__ import annotations

from kiosk.views import Keyboard, KeyboardKind
from screens.theme import GAP
from screens.widgets.basic import Fill
from screens.widgets.button import Key
from screens.widgets.element import Page

KEY_HEIGHT = 120
#: The key beside 0 where a kind has one more character.
EXTRA: dict[KeyboardKind, str] = {KeyboardKind.ID_NUMBER: "X", KeyboardKind.AMOUNT: "."}
LETTER_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
DIGIT_ROW = "1234567890"


def rows_of(keyboard: Keyboard, *, digits: bool = True) -> int:
    """How many rows of keys a keyboard has; `digits`: letters get a row of digits on top."""
    return 5 if keyboard.kind is KeyboardKind.LETTERS and digits else 4


def height_of(keyboard: Keyboard, *, digits: bool = True) -> int:
    """Height of the whole panel in px: its rows and 24 px around."""
    rows = rows_of(keyboard, digits=digits)
    return rows * KEY_HEIGHT + (rows - 1) * GAP + 2 * GAP


def top_of(page: Page, keyboard: Keyboard, *, digits: bool = True) -> int:
    """y where the panel begins: it ends at the dock, or at the lower edge of a wide screen."""
    bottom = page.layout.height if page.layout.wide else page.layout.dock_top
    return bottom - height_of(keyboard, digits=digits)


def place_keyboard(page: Page, keyboard: Keyboard, *, digits: bool = True) -> int:
    """Place the panel at the lower edge (wide: the right eight columns) and return its top."""
    layout = page.layout
    top = top_of(page, keyboard, digits=digits)
    left, width, margin = (792, 1128, 24) if layout.wide else (0, 1080, 32)
    page.place(Fill("sunk"), left, top, width, height_of(keyboard, digits=digits))
    page.place(Fill("line2"), left, top, width, 1)
    if layout.wide:
        page.place(Fill("line2"), left, top, 1, height_of(keyboard, digits=digits))
    x, y, w = left + margin, top + GAP, width - 2 * margin
    if keyboard.kind is KeyboardKind.LETTERS:
        _letters(page, keyboard, x, y, w, digits=digits)
    else:
        _numbers(page, keyboard, x, y, w)
    return top


def _letters(page: Page, keyboard: Keyboard, x: float, y: float, w: float, *, digits: bool) -> None:
    wide = (w - 9 * GAP) / 10
    pitch = wide + GAP
    if digits:
        for index, key in enumerate(DIGIT_ROW):
            page.place(Key(key), x + index * pitch, y, wide, KEY_HEIGHT)
        y += KEY_HEIGHT + GAP
    for row in LETTER_ROWS:
        indent = {10: 0.0, 9: pitch / 2, 7: 0.0}[len(row)]
        for index, key in enumerate(row):
            page.place(Key(key), x + indent + index * pitch, y, wide, KEY_HEIGHT)
        if len(row) == 7:
            used = 7 * pitch
            page.place(Key("backspace", icon="backspace-outline", look="function"), x + used, y, w - used, KEY_HEIGHT)
        y += KEY_HEIGHT + GAP
    clear = 3 * pitch - GAP
    page.place(Key("clear", icon="close", look="function"), x, y, clear, KEY_HEIGHT)
    page.place(_done(keyboard), x + clear + GAP, y, w - clear - GAP, KEY_HEIGHT)


def _numbers(page: Page, keyboard: Keyboard, x: float, y: float, w: float) -> None:
    wide = (w - 3 * GAP) / 4
    across, down = wide + GAP, KEY_HEIGHT + GAP
    for index, key in enumerate("123456789"):
        page.place(Key(key), x + index % 3 * across, y + index // 3 * down, wide, KEY_HEIGHT)
    extra = EXTRA.get(keyboard.kind, "")
    page.place(Key("0"), x, y + 3 * down, (2 if extra else 3) * across - GAP, KEY_HEIGHT)
    if extra:
        page.place(Key(extra), x + 2 * across, y + 3 * down, wide, KEY_HEIGHT)
    page.place(Key("backspace", icon="backspace-outline", look="function"), x + 3 * across, y, wide, KEY_HEIGHT)
    page.place(Key("clear", icon="close", look="function"), x + 3 * across, y + down, wide, KEY_HEIGHT)
    page.place(_done(keyboard), x + 3 * across, y + 2 * down, wide, 2 * KEY_HEIGHT + GAP)


def _done(keyboard: Keyboard) -> Key:
    return Key("done", keyboard.done_label, look="primary", enabled=keyboard.done_enabled)
