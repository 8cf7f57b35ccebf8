"""What views are made of: buttons, panels, the frame around every page. Every text in them is ready to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.events import Event


class Tone(StrEnum):
    """What kind of thing is said. Red is never a tone: it is the seal's."""

    PLAIN = "plain"
    INFO = "info"
    DONE = "done"
    ATTENTION = "attention"


@dataclass(frozen=True)
class Button:
    """Something to press. `icon` is a Material Design Icons name; `note` a second line (why it is disabled, what it leads to)."""

    id: str
    label: str
    event: Event | None
    icon: str = ""
    note: str = ""
    selected: bool = False
    busy: bool = False


@dataclass(frozen=True)
class Panel:
    """A tinted box with icon and one or two lines."""

    tone: Tone
    text: str
    detail: str = ""


@dataclass(frozen=True)
class StepMark:
    """One segment of the stepper; `state` done|now|to_come."""

    label: str
    state: str


@dataclass(frozen=True)
class Chrome:
    """What surrounds every page but attract and idle.

    `person` and `card_line` replace clock and date in a session with a card; `band` is 示例 or empty; `dock` from the left.
    """

    center_name: str
    product_line: str
    clock: str
    date: str
    dock: tuple[Button, ...]
    person: str = field(default="", repr=False)
    card_line: str = field(default="", repr=False)
    band: str = ""
    steps: tuple[StepMark, ...] = ()
