"""The keys of a telephone: for numbers, and for pinyin with nine keys."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.views import Button, Keyboard, KeyboardKind
from screens.theme import GAP, Size
from screens.widgets.brush import Brush
from screens.widgets.button import FACES, Key, PressButton
from screens.widgets.element import Page, State
from screens.widgets.key_row import DOWN, KEY_HEIGHT, backspace_key, done_key, place_last_row

#: The key beside 0 where a kind has one more character.
EXTRA: dict[KeyboardKind, str] = {KeyboardKind.ID_NUMBER: "X", KeyboardKind.AMOUNT: "."}
NINE_LETTERS = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}
#: What stands in the column of syllables while nothing is composed. What ends a phrase has its own keys: it is wanted while one is.
_MARKS = "、？！：；·"
#: Width of one syllable, of the column of two of them, and of the keys at the right.
_SYLLABLE, _COLUMN, _RIGHT = 96, 216, 152


def place_numbers(page: Page, keyboard: Keyboard, x: float, y: float, w: float) -> None:
    """Digits three abreast, and a column with what takes back, clears and goes on; a row of ways to other keyboards if there are any."""
    wide = (w - 3 * GAP) / 4
    across = wide + GAP
    for index, key in enumerate("123456789"):
        page.place(Key(key), x + index % 3 * across, y + index // 3 * DOWN, wide, KEY_HEIGHT)
    extra = EXTRA.get(keyboard.kind, "")
    page.place(Key("0"), x, y + 3 * DOWN, (2 if extra else 3) * across - GAP, KEY_HEIGHT)
    if extra:
        page.place(Key(extra), x + 2 * across, y + 3 * DOWN, wide, KEY_HEIGHT)
    page.place(backspace_key(), x + 3 * across, y, wide, KEY_HEIGHT)
    page.place(Key("clear", icon="close", look="function"), x + 3 * across, y + DOWN, wide, KEY_HEIGHT)
    page.place(done_key(keyboard), x + 3 * across, y + 2 * DOWN, wide, DOWN + KEY_HEIGHT)
    if keyboard.switches:
        place_last_row(page, keyboard, x, y + 4 * DOWN, w, done=False)


@dataclass(frozen=True)
class NineKey(Key):
    """A digit over the letters that it stands for."""

    def paint(self, brush: Brush, state: State) -> None:
        face = FACES["key"]["pressed" if state.pressed else "normal"]
        assert face.style is not None
        brush.box(0, 0, brush.width, brush.height, face.style)
        size: Size = "head"
        brush.text(4, 10, brush.width - 8, 42, self.key, color="blue" if state.pressed else "ink2", align="center", kept=True)
        brush.text(
            4, 54, brush.width - 8, 52, self.label, size=size, color=face.label, bold=state.pressed, align="center", kept=True
        )  # fmt: skip


def place_nine(page: Page, keyboard: Keyboard, x: float, y: float, w: float) -> None:
    """Eight keys with letters and the one that parts syllables; what the first keys may spell stands left of them. No key clears all:
    it would lie under backspace, and the field has its own.
    """
    if keyboard.syllables:
        _syllables(page, keyboard.syllables, x, y)
    else:
        for index, mark in enumerate(_MARKS):
            page.place(Key(mark), x + index % 2 * (_SYLLABLE + GAP), y + index // 2 * DOWN, _SYLLABLE, KEY_HEIGHT)
    left = x + _COLUMN + GAP
    right = x + w - _RIGHT
    wide = (right - left - 3 * GAP) / 3
    labels = keyboard.labels
    for index, key in enumerate("123456789"):
        place = (left + index % 3 * (wide + GAP), y + index // 3 * DOWN, wide, KEY_HEIGHT)
        if key in NINE_LETTERS:
            page.place(NineKey(key, NINE_LETTERS[key]), *place)
        elif labels.separator:
            page.place(Key("separator", labels.separator, look="function", small=True), *place)
    page.place(backspace_key(), right, y, _RIGHT, KEY_HEIGHT)
    page.place(Key("，"), right, y + DOWN, _RIGHT, KEY_HEIGHT)
    page.place(Key("。"), right, y + 2 * DOWN, _RIGHT, KEY_HEIGHT)
    place_last_row(page, keyboard, x, y + 3 * DOWN, w)


def _syllables(page: Page, syllables: tuple[Button, ...], x: float, y: float) -> None:
    """Two in a row if both are short, three rows; what may be spelled most likely comes first, what is beyond is not shown."""
    waiting = list(syllables)
    for row in range(3):
        if not waiting:
            return
        pair = waiting[:2] if all(page.measure(button.label, bold=True) <= _SYLLABLE - 16 for button in waiting[:2]) else waiting[:1]
        del waiting[: len(pair)]
        wide = _SYLLABLE if len(pair) == 2 else _COLUMN
        for index, button in enumerate(pair):
            place = (x + index * (_SYLLABLE + GAP), y + row * DOWN, wide, KEY_HEIGHT)
            page.place(PressButton(button, "choice", radius=16, padding=8), *place)
