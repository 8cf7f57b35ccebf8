"""The pages: one frozen value per screen."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.ports import FrameHandle
from kiosk.views.keyboard import Keyboard, Typed
from kiosk.views.parts import Button, Chrome, Panel, Tone


@dataclass(frozen=True)
class ViewData:
    """Base of all views. `spoken` is the page's heading and one question, for the voice."""

    @property
    def name(self) -> str:
        """The view's name as in screen files, pictures and logs: `HomeView` is `home`."""
        stem = type(self).__name__.removesuffix("View")
        return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(stem))


@dataclass(frozen=True)
class PageView(ViewData):
    """A page with header and dock."""

    chrome: Chrome
    title: str
    subtitle: str = ""
    spoken: str = ""


# ------------------------------------------------------------------ before and between citizens


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
    qr: str = ""
    qr_title: str = ""
    qr_note: str = ""


# ------------------------------------------------------------------ browse


@dataclass(frozen=True)
class ItemRow:
    """One item of the list. `spans` are the parts of `title` to highlight; `elsewhere`: handled by another body."""

    button: Button
    title: str
    detail: str
    spans: tuple[tuple[int, int], ...] = ()
    elsewhere: bool = False


@dataclass(frozen=True)
class ItemListView(PageView):
    """Items by topic and by search; 4 rows and a pager, or the keyboard below fewer rows."""

    search_text: str = ""
    typed: Typed | None = None
    search_hint: str = ""
    search: Button = field(default=Button("search", "", None))
    clear: Button | None = None
    topics: tuple[Button, ...] = ()
    count: str = ""
    rows: tuple[ItemRow, ...] = ()
    empty: str = ""
    previous: Button | None = None
    next: Button | None = None
    page: str = ""
    keyboard: Keyboard | None = None


@dataclass(frozen=True)
class GuideSection:
    """One part of a guide. `marks` draw a tick before each line; `chips` draw a flow; `open` is the mark where no source gives it."""

    title: str
    lines: tuple[str, ...]
    marks: bool = False
    chips: bool = False
    open: str = ""
    note: str = ""


@dataclass(frozen=True)
class GuideView(PageView):
    """A guide: facts on top (label, value), sections, its QR, print, apply. `part`/`parts`: which page of the sections."""

    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[GuideSection, ...] = ()
    qr: str = ""
    qr_title: str = ""
    qr_note: str = ""
    print: Button = field(default=Button("print", "", None))
    more: Button | None = None
    apply: Button = field(default=Button("primary", "", None))
    elsewhere: Panel | None = None
    notice: Panel | None = None
    page: str = ""
    #: Larger type, and back; `large`: the sections are drawn with head instead of body.
    larger: Button | None = None
    large: bool = False


# ------------------------------------------------------------------ apply


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
    person_rows: tuple[tuple[str, str], ...] = ()
    agreement: str = ""
    agree: Button = field(default=Button("agree", "", None))
    refuse: Button = field(default=Button("refuse", "", None))


@dataclass(frozen=True)
class FieldRow:
    """One field as it stands. `error` is a sentence; `locked` came from the card."""

    code: str
    label: str
    value: str
    hint: str = ""
    error: str = ""
    locked: bool = False
    focused: bool = False
    #: What is typed, while it is: drawn in place of `value`. `long`: a text of several lines, with a box to match.
    typed: Typed | None = None
    long: bool = False
    choices: tuple[Button, ...] = ()
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
    strokes: tuple[tuple[tuple[float, float], ...], ...] = ()
    pad_hint: str = ""
    clear: Button = field(default=Button("clear", "", None))
    primary: Button = field(default=Button("primary", "", None))


@dataclass(frozen=True)
class ReviewRow:
    """One line of the check page; `edit` None: read from the card."""

    label: str
    value: str
    detail: str = ""
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
    number: str = ""
    paper: TakeCard = field(default=TakeCard("", "", "", "plain"))
    card: TakeCard | None = None
    next_title: str = ""
    next_lines: tuple[str, ...] = ()
    qr: str = ""
    qr_title: str = ""
    qr_note: str = ""
    actions: tuple[Button, ...] = ()
    notice: Panel | None = None


# ------------------------------------------------------------------ progress


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
    title: str
    detail: str
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
    detail: str
    state: str


@dataclass(frozen=True)
class ProgressView(PageView):
    """One case. With a code alone `steps` is empty and `panel` says how to see more."""

    number_line: str = ""
    item_name: str = ""
    steps: tuple[TimelineStep, ...] = ()
    wanted_title: str = ""
    wanted: tuple[str, ...] = ()
    panel: Panel | None = None
    actions: tuple[Button, ...] = ()
