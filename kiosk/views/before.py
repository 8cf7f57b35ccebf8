"""Before and between citizens, and what is to be told on any way: one frozen value per screen."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.views.page import PageView, ViewData
from kiosk.views.parts import Button, Panel, Tone


@dataclass(frozen=True)
class AttractView(ViewData):
    """Nobody is there. The whole screen is the button (`Woken`)."""

    center_name: str
    product_line: str
    clock: str
    date: str
    invitation: str
    ways: tuple[str, ...]
    loop: tuple[str, ...]
    fault_line: str = ""
    band: str = ""
    spoken: str = ""


@dataclass(frozen=True)
class IdleView(ViewData):
    """您还在吗？ Any touch is `ContinuePressed`. `seconds_left` of `seconds_total` draw the ring."""

    question: str
    explanation: str
    seconds_left: int
    seconds_total: int
    seconds_label: str
    button: Button
    card_reminder: str = ""
    spoken: str = ""


@dataclass(frozen=True)
class HomeView(PageView):
    """The ways in. `search` opens the list with the keyboard; `ways` the first is the large one."""

    search: Button = field(default=Button("search", "", None))
    ways: tuple[Button, ...] = ()
    foot: str = ""


@dataclass(frozen=True)
class MessageView(PageView):
    """Something to be told: a fault, a refusal, a question. `actions` secondary first, primary last. `code` is small, for staff."""

    tone: Tone = Tone.INFO
    icon: str = ""
    lines: tuple[str, ...] = ()
    panel: Panel | None = None
    actions: tuple[Button, ...] = ()
    code: str = ""
    busy: bool = False
    #: What takes it along without paper: text of a code, what it is, how it is used.
    qr: str = field(default="", repr=False)
    qr_title: str = ""
    qr_note: str = ""
