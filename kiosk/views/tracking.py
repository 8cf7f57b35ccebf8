"""What became of it: finding a case, the list, and one case. One frozen value per screen."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.views.page import PageView
from kiosk.views.parts import Button, Panel, Tone


@dataclass(frozen=True)
class ScanView(PageView):
    """Hold the receipt's code in front of the scanner, or put the ID card on. `ways` (icon, title, detail, state ready|absent)."""

    ways: tuple[tuple[str, str, str, str], ...] = ()
    notice: Panel | None = None
    busy: bool = False
    actions: tuple[Button, ...] = ()


@dataclass(frozen=True)
class CaseRow:
    """One own case."""

    button: Button
    title: str = field(repr=False)
    detail: str = field(repr=False)
    state_label: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class CaseListView(PageView):
    """The card holder's cases, complaints or bookings. `actions`: a new one, primary last; above them the pager."""

    rows: tuple[CaseRow, ...] = ()
    empty: str = ""
    notice: Panel | None = None
    actions: tuple[Button, ...] = ()
    previous: Button | None = None
    next: Button | None = None
    page: str = ""


@dataclass(frozen=True)
class TimelineStep:
    """One step of a case; `state` done|now|to_come."""

    label: str
    detail: str = field(repr=False)
    state: str


@dataclass(frozen=True)
class ProgressView(PageView):
    """One case. With a code alone `steps` is empty and `panel` says how to see more."""

    number_line: str = field(default="", repr=False)
    item_name: str = field(default="", repr=False)
    steps: tuple[TimelineStep, ...] = ()
    wanted_title: str = ""
    wanted: tuple[str, ...] = field(default=(), repr=False)
    panel: Panel | None = None
    actions: tuple[Button, ...] = ()
