"""The on-screen keyboard as it is shown, and what is being typed with it. Screens lay out the keys; what they mean is the terminal's."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.views.parts import Button, Panel

#: Points x, y from the top left of the ink box, y down, both in widths of the box: the shape is true, whatever the box's height.
Stroke = tuple[tuple[float, float], ...]


class KeyboardKind(StrEnum):
    """Which keys are shown."""

    DIGITS = "digits"
    ID_NUMBER = "id_number"
    AMOUNT = "amount"
    DATE = "date"
    #: English: letters with shift, and a row of digits.
    LETTERS = "letters"
    #: Pinyin with 26 keys and with nine.
    PINYIN = "pinyin"
    NINE = "nine"
    HANDWRITING = "handwriting"
    #: Digits and the marks of Chinese sentences.
    SYMBOLS = "symbols"


@dataclass(frozen=True)
class KeyLabels:
    """Words on keys, in the citizen's language. A key whose word is empty is not there."""

    separator: str = ""
    space: str = ""
    undo_stroke: str = ""
    clear_ink: str = ""
    backspace: str = ""


@dataclass(frozen=True)
class CandidateBar:
    """What the keys so far may mean. `composing`: the pinyin, parted; `will_type`: a sentence on what the first choice writes.

    `candidates` best first, more than fit; the screen shows as many as fit, then `more`, which opens all of them.
    """

    composing: str = field(default="", repr=False)
    will_type: str = field(default="", repr=False)
    candidates: tuple[Button, ...] = field(default=(), repr=False)
    more: Button | None = None


@dataclass(frozen=True)
class CandidateGrid:
    """All candidates, a page at a time, in place of the keys: rows of five cells; each button with the cells it takes."""

    rows: tuple[tuple[tuple[Button, int], ...], ...] = field(repr=False)
    previous: Button
    next: Button
    close: Button
    page: str = ""


@dataclass(frozen=True)
class Keyboard:
    """The on-screen keyboard; keys post `KeyPressed`. `done_label` is on its last key.

    `switches`: the ways to other keyboards, from the left. `syllables`: with nine keys, what the first of them may spell.
    `strokes` are the ink box's. `hint`: how to begin, in the empty ink box or where candidates are going to be. `note` stands where the
    candidates would, when the way of typing cannot be used now. `remark`: what the last touch is told where candidates stay to choose from.
    """

    kind: KeyboardKind
    done_label: str
    done_enabled: bool = True
    bar: CandidateBar | None = None
    grid: CandidateGrid | None = None
    switches: tuple[Button, ...] = ()
    syllables: tuple[Button, ...] = field(default=(), repr=False)
    strokes: tuple[Stroke, ...] = field(default=(), repr=False)
    hint: str = ""
    note: Panel | None = None
    remark: str = ""
    labels: KeyLabels = field(default=KeyLabels())
    upper: bool = False


@dataclass(frozen=True)
class Typed:
    """A text that is being typed: what is written with what is composed in it, from `marked[0]` to `marked[1]`; the caret in characters.

    `counter` tells the length where it is limited; `restore` brings back what was cleared.
    """

    text: str = field(repr=False)
    caret: int
    marked: tuple[int, int] = (0, 0)
    counter: str = ""
    restore: Button | None = None
