"""From the card to the receipt: one frozen value per screen. What the citizen told is in no traceback: it has `repr=False`."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.ports import FrameHandle
from kiosk.views.keyboard import Keyboard, Typed
from kiosk.views.page import PageView
from kiosk.views.parts import Button, Panel, Tone


@dataclass(frozen=True)
class IdentifyView(PageView):
    """Put the ID card on. `state` waiting|reading|failed|absent."""

    state: str = "waiting"
    place: str = ""
    notes: tuple[Panel, ...] = ()
    actions: tuple[Button, ...] = ()


@dataclass(frozen=True)
class ConsentView(PageView):
    """申报须知 and consent: sentences, and two buttons."""

    sentences: tuple[str, ...] = ()
    person_rows: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    agreement: str = ""
    agree: Button = field(default=Button("agree", "", None))
    refuse: Button = field(default=Button("refuse", "", None))


@dataclass(frozen=True)
class FieldRow:
    """One field as it stands. `error` is a sentence; `locked` came from the card."""

    code: str
    label: str
    value: str = field(repr=False)
    hint: str = ""
    error: str = ""
    locked: bool = False
    focused: bool = False
    #: What is typed, while it is: drawn in place of `value`. `long`: a text of several lines, with a box to match.
    typed: Typed | None = None
    long: bool = False
    choices: tuple[Button, ...] = field(default=(), repr=False)
    button: Button | None = None
    #: What was typed is still being made characters: it is shown, and not as done.
    reading: bool = False


@dataclass(frozen=True)
class FormView(PageView):
    """The form, a page of fields at a time; the keyboard belongs to the focused field."""

    fields: tuple[FieldRow, ...] = ()
    keyboard: Keyboard | None = None
    notice: Panel | None = None
    #: For whoever cannot write what is wanted: it is asked for at the window.
    later: Button | None = None
    previous: Button | None = None
    primary: Button = field(default=Button("primary", "", None))
    page: str = ""


@dataclass(frozen=True)
class MaterialRow:
    """One paper of the list; `state` done|now|missing|later|optional."""

    button: Button
    title: str
    status: str
    state: str


@dataclass(frozen=True)
class MaterialsView(PageView):
    """Papers under the camera. `camera` is the live picture; `sentence` the bar in it; `good`: page outline is green."""

    rows: tuple[MaterialRow, ...] = ()
    camera: FrameHandle | None = field(default=None, compare=False)
    sentence: str = ""
    good: bool = False
    taken: tuple[bytes, ...] = field(default=(), compare=False, repr=False)
    taken_count: int = 0
    actions: tuple[Button, ...] = ()
    page: str = ""
    previous: Button | None = None
    next: Button | None = None
    notice: Panel | None = None


@dataclass(frozen=True)
class SignatureView(PageView):
    """Sign on the glass. `strokes` in the pad's unit square, y down."""

    statement: str = ""
    strokes: tuple[tuple[tuple[float, float], ...], ...] = field(default=(), repr=False)
    pad_hint: str = ""
    clear: Button = field(default=Button("clear", "", None))
    primary: Button = field(default=Button("primary", "", None))


@dataclass(frozen=True)
class ReviewRow:
    """One line of the check page; `edit` None: read from the card."""

    label: str
    value: str = field(repr=False)
    detail: str = field(default="", repr=False)
    edit: Button | None = None
    locked_note: str = ""


@dataclass(frozen=True)
class ReviewView(PageView):
    """Everything on one page (paged only if it must)."""

    rows: tuple[ReviewRow, ...] = ()
    info: Panel | None = None
    #: One more line, 添加一位; stands before `primary`.
    secondary: Button | None = None
    empty: str = ""
    primary: Button = field(default=Button("primary", "", None))
    previous: Button | None = None
    next: Button | None = None
    page: str = ""


@dataclass(frozen=True)
class TakeCard:
    """One of the two things to take: paper or card. `state` busy|done|attention|plain; `progress` 0..1 while busy, else None."""

    title: str
    detail: str
    note: str
    state: str
    progress: float | None = None


@dataclass(frozen=True)
class DoneView(PageView):
    """Filed. What to take, what happens next, the code, the end. `number` is grouped."""

    tone: Tone = Tone.DONE
    number_label: str = ""
    number: str = field(default="", repr=False)
    paper: TakeCard = field(default=TakeCard("", "", "", "plain"))
    card: TakeCard | None = None
    next_title: str = ""
    next_lines: tuple[str, ...] = ()
    qr: str = field(default="", repr=False)
    qr_title: str = ""
    qr_note: str = ""
    actions: tuple[Button, ...] = ()
    notice: Panel | None = None
