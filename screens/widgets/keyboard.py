"""The on-screen keyboard, made for one finger: its panel, what stands over the keys, and which keys there are. It posts; it holds no text."""

from __future__ import annotations

from kiosk.views import Keyboard, KeyboardKind
from screens.theme import GAP
from screens.widgets.basic import Fill, PanelBox, Text
from screens.widgets.candidates import place_bar, place_composing, place_grid
from screens.widgets.element import Page
from screens.widgets.handwriting import place_handwriting
from screens.widgets.key_row import DOWN
from screens.widgets.keys_letters import place_letters, place_symbols
from screens.widgets.keys_numbers import place_nine, place_numbers

#: From the panel's top to the line that is composed, to the candidates, and to the keys (design, pictures 06 and 19); and under the keys.
_COMPOSING, _BAR, _KEYS, _FOOT = 16, 84, 242, 54
_COMPOSING_WIDE, _BAR_WIDE, _KEYS_WIDE, _FOOT_WIDE = 12, 72, 216, 20
_NUMBERS = frozenset({KeyboardKind.DIGITS, KeyboardKind.ID_NUMBER, KeyboardKind.AMOUNT, KeyboardKind.DATE})
_COMPOSED = frozenset({KeyboardKind.PINYIN, KeyboardKind.NINE})


def _has_head(keyboard: Keyboard) -> bool:
    """Whether something stands over the keys; where characters are composed the place for it is always there."""
    bar = keyboard.bar
    told = bar is not None and (keyboard.kind in _COMPOSED or bool(bar.candidates or bar.composing or bar.will_type or keyboard.remark))
    return told or keyboard.note is not None or keyboard.grid is not None


def place_keyboard(page: Page, keyboard: Keyboard, *, tall: bool = True) -> int:
    """Place the panel at the lower edge (wide: the right eight columns) and return its top. `tall`: letters and marks get one more row where
    nothing stands over them. The keys themselves stay where they are, whatever comes and goes over them.
    """
    if keyboard.kind is KeyboardKind.HANDWRITING:
        return place_handwriting(page, keyboard)
    wide, kind = page.layout.wide, keyboard.kind
    head = _has_head(keyboard)
    over = (_KEYS_WIDE if wide else _KEYS) if head else GAP
    composed = kind in _COMPOSED or keyboard.bar is not None
    under = (_FOOT_WIDE if wide else _FOOT) if composed else GAP
    more = tall and not head and kind in (KeyboardKind.LETTERS, KeyboardKind.SYMBOLS)
    rows = 5 if more or (kind in _NUMBERS and keyboard.switches) else 4
    height = over + rows * DOWN - GAP + under
    bottom = page.layout.height if wide else page.layout.dock_top
    top = bottom - height
    left, width, margin = (792, 1128, 24) if wide else (0, 1080, 32)
    page.place(Fill("sunk"), left, top, width, height)
    page.place(Fill("line2"), left, top, width, 1)
    if wide:
        page.place(Fill("line2"), left, top, 1, height)
    x, y, w = left + margin, top + over, width - 2 * margin
    if head:
        _head(page, keyboard, x, top, w)
    if keyboard.grid is not None:
        place_grid(page, keyboard.grid, x, top + (_BAR_WIDE if wide else _BAR), w, last=y + (rows - 1) * DOWN)
    elif kind is KeyboardKind.SYMBOLS:
        place_symbols(page, keyboard, x, y, w, more=more)
    elif kind is KeyboardKind.NINE:
        place_nine(page, keyboard, x, y, w)
    elif kind in _NUMBERS:
        place_numbers(page, keyboard, x, y, w)
    else:
        place_letters(page, keyboard, x, y, w, digits=more)
    return top


def _head(page: Page, keyboard: Keyboard, x: float, top: float, w: float) -> None:
    """What is composed over the candidates; or, while this way of typing cannot be used, what to do instead."""
    wide = page.layout.wide
    if keyboard.note is not None:
        above, keys = (24, _KEYS_WIDE) if wide else (32, _KEYS)
        page.place(PanelBox(keyboard.note), x, top + above, w, keys - above - GAP)
        return
    if keyboard.bar is None:
        return
    if keyboard.hint and keyboard.grid is None and not (keyboard.bar.composing or keyboard.bar.candidates):
        keys = _KEYS_WIDE if wide else _KEYS
        page.place(Text(keyboard.hint, color="ink2", align="center"), x, top, w, keys)
        return
    place_composing(page, keyboard.bar, keyboard.remark, x, top + (_COMPOSING_WIDE if wide else _COMPOSING), w)
    if keyboard.grid is None:  # all candidates stand where the best of them would
        place_bar(page, keyboard.bar, x, top + (_BAR_WIDE if wide else _BAR), w)
