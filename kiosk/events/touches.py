"""What the citizen does on the glass. What they told with it is in no traceback: it has `repr=False`."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.events.base import Event


@dataclass(frozen=True)
class TouchEvent(Event):
    """Posted by a screen. Any of these restarts the idle clock."""


@dataclass(frozen=True)
class Woken(TouchEvent):
    """The attract screen was touched. The touch presses nothing else."""


@dataclass(frozen=True)
class Touched(TouchEvent):
    """A touch that pressed nothing: somebody is there."""


@dataclass(frozen=True)
class BackPressed(TouchEvent):
    """返回"""


@dataclass(frozen=True)
class HomePressed(TouchEvent):
    """首页"""


@dataclass(frozen=True)
class EndPressed(TouchEvent):
    """结束: wipe and go to the attract screen."""


@dataclass(frozen=True)
class HelpPressed(TouchEvent):
    """呼叫帮助, on every page."""


@dataclass(frozen=True)
class ContinuePressed(TouchEvent):
    """继续, on the idle question."""


@dataclass(frozen=True)
class PrimaryPressed(TouchEvent):
    """The page's main action."""


@dataclass(frozen=True)
class ActionPressed(TouchEvent):
    """A named further action of the page, e.g. `print`, `search`, `skip_material`, `retry`, `without_paper`."""

    name: str


@dataclass(frozen=True)
class JourneyChosen(TouchEvent):
    """A way in, by the journey's name: `apply`, `guides`, `progress`, `complaints`, `booking`, `public`."""

    journey: str


@dataclass(frozen=True)
class TopicChosen(TouchEvent):
    """A filter chip; empty: all."""

    topic: str


@dataclass(frozen=True)
class PageTurned(TouchEvent):
    """A pager button: -1 or +1."""

    by: int


@dataclass(frozen=True)
class ItemChosen(TouchEvent):
    """A row of the list of items."""

    code: str


@dataclass(frozen=True)
class RowChosen(TouchEvent):
    """A row of another list: a case, a material, a field, a line of the check page."""

    key: str = field(repr=False)


@dataclass(frozen=True)
class ChoiceMade(TouchEvent):
    """One answer of a choice field."""

    field_code: str
    choice: str = field(repr=False)


@dataclass(frozen=True)
class KeyPressed(TouchEvent):
    """A key of the on-screen keyboard: one character, or a word.

    `backspace`, `clear`, `restore` (take back what was cleared), `done`, `space`, `shift`, `separator` (between syllables),
    `undo_stroke`, `clear_ink`.
    """

    key: str = field(repr=False)


@dataclass(frozen=True)
class KeyboardChosen(TouchEvent):
    """Another keyboard, by the value of its KeyboardKind."""

    kind: str


@dataclass(frozen=True)
class CandidateChosen(TouchEvent):
    """A candidate, by its place among all of them and its text: newer ones may stand there by the time that the finger is heard."""

    index: int
    text: str = field(repr=False)


@dataclass(frozen=True)
class CandidatesOpened(TouchEvent):
    """更多: all candidates in place of the keys; or the keys again."""

    opened: bool


@dataclass(frozen=True)
class CandidatesTurned(TouchEvent):
    """A page of candidates further or back."""

    by: int


@dataclass(frozen=True)
class SyllableChosen(TouchEvent):
    """With nine keys: what the first of them spell. The syllable itself: others may stand in its place when the tap is heard."""

    syllable: str = field(repr=False)


@dataclass(frozen=True)
class CaretPlaced(TouchEvent):
    """The text that is typed was tapped: the caret goes before its character `index`, or to its end."""

    index: int


@dataclass(frozen=True)
class ConsentAnswered(TouchEvent):
    """Agreement to, or refusal of, the use of personal data."""

    agreed: bool


@dataclass(frozen=True)
class StrokeDrawn(TouchEvent):
    """One stroke, points in order, y down: of the signature in its pad's unit square, of a character in widths of the ink box both ways."""

    points: tuple[tuple[float, float], ...] = field(repr=False)


@dataclass(frozen=True)
class SignatureCleared(TouchEvent):
    """重签"""
