"""Keys in rows of ten: English letters, pinyin, and the marks of Chinese sentences with digits."""

from __future__ import annotations

from kiosk.views import Keyboard, KeyboardKind
from screens.theme import GAP
from screens.widgets.button import Key
from screens.widgets.element import Page
from screens.widgets.key_row import DOWN, KEY_HEIGHT, backspace_key, place_last_row

LETTER_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
DIGIT_ROW = "1234567890"
#: Marks as GB/T 15834 has them, and what addresses and numbers need.
SYMBOL_ROWS = (DIGIT_ROW, "，。、？！：；“”·", "《》（）—…-.")
#: What is wanted less often, and stands over the rest where there is room.
MORE_SYMBOLS = "/#%+=@&*_℃"


def place_letters(page: Page, keyboard: Keyboard, x: float, y: float, w: float, *, digits: bool) -> None:
    """Three rows of letters between them and the last row; `digits`: a row of digits on top."""
    wide = (w - 9 * GAP) / 10
    pitch = wide + GAP
    if digits:
        _row(page, DIGIT_ROW, x, y, wide)
        y += DOWN
    rows = [row.upper() if keyboard.upper else row for row in LETTER_ROWS]
    _row(page, rows[0], x, y, wide)
    _row(page, rows[1], x + pitch / 2, y + DOWN, wide)
    y += 2 * DOWN
    side = (w - 7 * pitch - GAP) / 2
    begin = x
    if keyboard.kind is KeyboardKind.LETTERS:
        page.place(Key("shift", icon="apple-keyboard-shift", look="function", lit=keyboard.upper), x, y, side, KEY_HEIGHT)
        begin = x + side + GAP
    elif keyboard.labels.separator:
        page.place(Key("separator", keyboard.labels.separator, look="function", small=True), x, y, side, KEY_HEIGHT)
        begin = x + side + GAP
    _row(page, rows[2], begin, y, wide)
    used = begin + 7 * pitch
    page.place(backspace_key(), used, y, x + w - used, KEY_HEIGHT)
    place_last_row(page, keyboard, x, y + DOWN, w)


def place_symbols(page: Page, keyboard: Keyboard, x: float, y: float, w: float, *, more: bool) -> None:
    """Digits, and two rows of marks; `more`: another row of them on top."""
    wide = (w - 9 * GAP) / 10
    if more:
        _row(page, MORE_SYMBOLS, x, y, wide)
        y += DOWN
    for row in SYMBOL_ROWS:
        _row(page, row, x, y, wide)
        y += DOWN
    used = x + len(SYMBOL_ROWS[-1]) * (wide + GAP)
    page.place(backspace_key(), used, y - DOWN, x + w - used, KEY_HEIGHT)
    place_last_row(page, keyboard, x, y, w)


def _row(page: Page, keys: str, x: float, y: float, wide: float) -> None:
    for index, key in enumerate(keys):
        page.place(Key(key), x + index * (wide + GAP), y, wide, KEY_HEIGHT)
