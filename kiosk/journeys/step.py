"""A step of a journey: it shows one view and turns events into the next step. Here too: what a step has at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.clock import Clock
from kiosk.config import KioskConfig
from kiosk.events import Event
from kiosk.hub import DeviceHub
from kiosk.i18n import Texts
from kiosk.link.questions import Question
from kiosk.link.search import CatalogueSearch
from kiosk.link.submission import Submission
from kiosk.ports import PrintJob, PrintResult
from kiosk.session import CitizenSession
from kiosk.typing.session import SessionTyping
from kiosk.views import Button, Chrome, StepMark, ViewData
from kiosk.wire.complaints import PublicStaffAnswer
from kiosk.wire.documents import Document
from kiosk.wire.items import CatalogueAnswer, ServiceItem
from kiosk.wire.notices import NoticesAnswer

T = TypeVar("T")


class Outbox(Protocol):
    """Where what a citizen hands in is safe from the moment it is submitted."""

    def next_receipt_number(self, now: datetime) -> str:
        """A number never given before."""
        ...

    def keep(self, submission: Submission) -> bool:
        """Keep message, files, receipt and key in one transaction. Raises OneSealError with a sentence for the citizen."""
        ...

    def update_receipt(self, receipt_number: str, document: bytes) -> None:
        """The receipt as it was printed last."""
        ...

    def receipt_printed(self, receipt_number: str, result: PrintResult) -> None:
        """What came of printing a receipt."""
        ...

    def forget_receipts(self, before: datetime) -> int:
        """Delete receipts made before a moment; how many."""
        ...


class CenterLink(Protocol):
    """The way to the center. Nothing here blocks; what comes of it is posted."""

    def wake(self) -> None:
        """There is something new in the outbox."""
        ...

    def ask(self, session: int, question: Question) -> None:
        """Posts `CenterAnswered` with this very question (compare with `is`: an answer to an older one may still come)."""
        ...


class Record(Protocol):
    """Writes one event to the log: an id of its table, with the fields allowed for it."""

    def __call__(self, event: str, /, **fields: object) -> None:
        """Write it."""
        ...


@dataclass
class Workplace:
    """What a step has at hand. One for the terminal; `session` changes with the citizen."""

    config: KioskConfig
    clock: Clock
    hub: DeviceHub
    outbox: Outbox
    center: CenterLink
    record: Record
    signing_key: Ed25519PrivateKey
    texts: Texts
    new_key: Callable[[], UUID]
    session: CitizenSession
    catalogue: CatalogueAnswer | None = None
    notices: NoticesAnswer | None = None
    public_staff: PublicStaffAnswer | None = None
    search: CatalogueSearch = field(default_factory=lambda: CatalogueSearch(()))
    typing: SessionTyping = field(default_factory=SessionTyping)
    print_number: int = 0
    #: Of which receipt a job is, until it is known what came of it; the paper outlives the page, and the session.
    receipts_printing: dict[str, str] = field(default_factory=dict)
    center_reachable: bool = True

    def items(self) -> tuple[ServiceItem, ...]:
        """The items that may be shown: unconfirmed ones in demonstration only (domain.md, never forgotten no. 2)."""
        if self.catalogue is None:
            return ()
        return tuple(item for item in self.catalogue.items if item.confirmed or self.config.demo)

    def item(self, code: str) -> ServiceItem | None:
        """The item of a code, if it may be shown."""
        return next((item for item in self.items() if item.code == code), None)

    @property
    def center_name(self) -> str:
        """The center's name, from the center; until it was heard, the kind of place this is."""
        return self.catalogue.center_name if self.catalogue else self.texts.t("政务服务中心")

    def print(self, document: Document, receipt: str = "") -> str:
        """Queue a paper; the number of the job comes back in `PrintFinished`. `receipt`: number of what it is the receipt of."""
        self.print_number += 1
        job = PrintJob(f"{self.session.number}-{self.print_number}", self.session.number, document)
        self.receipts_printing[job.job_id] = receipt
        self.hub.devices.printer.print(job)
        self.record("print_queued", session=self.session.number, job=job.job_id, document=document.document.value)
        return job.job_id


class Next:
    """Where a handled event leads."""


@dataclass(frozen=True)
class Stay(Next):
    """Here; the view may have changed."""


@dataclass(frozen=True)
class Ignore(Next):
    """The event means nothing here."""


@dataclass(frozen=True)
class Forward(Next):
    """The journey's next step."""


@dataclass(frozen=True)
class Back(Next):
    """The step before, or out of the journey."""


@dataclass(frozen=True)
class Leave(Next):
    """Out of the journey, to where it was begun, from whichever of its steps."""


@dataclass(frozen=True)
class Open(Next):
    """A step on top of this one; `Back` there returns here."""

    step: Step


@dataclass(frozen=True)
class Cover(Next):
    """A step over this one, which stays as it is and hears on; `Back` there uncovers it."""

    step: Step


@dataclass(frozen=True)
class Swap(Next):
    """A step in place of this one."""

    step: Step


@dataclass(frozen=True)
class GoTo(Next):
    """A step of this journey by its class."""

    step: type[Step]


@dataclass(frozen=True)
class Begin(Next):
    """Another journey, by name. `from_home`: nothing of what was before it stays to be come back to."""

    journey: str
    from_home: bool = False


@dataclass(frozen=True)
class GoHome(Next):
    """首页"""


@dataclass(frozen=True)
class EndSession(Next):
    """The citizen is done: wipe."""

    reason: str


class Step:
    """One step. A new one is made each time it is entered: what must last is in the session."""

    #: Label in the stepper; empty: not in it.
    label = ""
    #: Whether 返回 leads anywhere from here.
    can_go_back = True

    def __init__(self, workplace: Workplace) -> None:
        self.work = workplace
        self.t = workplace.texts.t

    @property
    def session(self) -> CitizenSession:
        """The citizen's session."""
        return self.work.session

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Whether the journey stops at this step for this citizen."""
        return True

    def enter(self) -> None:
        """Called once, before the first view: arm devices, ask the center."""

    def leave(self) -> None:
        """Called once, after the last view: what `enter` armed rests again."""

    def view(self, chrome: Chrome) -> ViewData:
        """What is shown now. Called after every event; must be cheap and change nothing."""
        raise NotImplementedError

    def handle(self, event: Event) -> Next:
        """What an event means here."""
        return Ignore()


@dataclass(frozen=True)
class Journey:
    """A declared list of steps. `stepper`: long enough that the citizen is shown where they are."""

    name: str
    steps: tuple[type[Step], ...]
    stepper: bool = False

    def first(self, workplace: Workplace) -> type[Step]:
        """The first step that is needed."""
        return next(step for step in self.steps if step.needed(workplace))

    def after(self, step: type[Step], workplace: Workplace) -> type[Step] | None:
        """The next step that is needed, or None at the end."""
        rest = self.steps[self.steps.index(step) + 1 :]
        return next((following for following in rest if following.needed(workplace)), None)

    def before(self, step: type[Step], workplace: Workplace) -> type[Step] | None:
        """The step before that is needed, or None at the beginning."""
        earlier = self.steps[: self.steps.index(step)]
        return next((previous for previous in reversed(earlier) if previous.needed(workplace)), None)

    def marks(self, step: type[Step], texts: Texts) -> tuple[StepMark, ...]:
        """The stepper: what is done, now, to come. Steps without a label belong to the labeled one before them."""
        labels: list[str] = []
        now = -1
        for each in self.steps:
            if each.label:
                labels.append(each.label)
            if each is step:
                now = len(labels) - 1
        if not self.stepper:
            return ()
        return tuple(
            StepMark(texts.t(label), "done" if index < now else "now" if index == now else "to_come") for index, label in enumerate(labels)
        )


def pages_of(rows: tuple[T, ...], page: int, size: int) -> tuple[tuple[T, ...], int, int]:
    """The rows of a page, the page's number brought into range, and how many pages there are (at least one)."""
    count = max(1, -(-len(rows) // size))
    page = min(max(page, 0), count - 1)
    return rows[page * size : (page + 1) * size], page, count


def disabled(button: Button) -> Button:
    """The same button, not to be pressed."""
    return replace(button, event=None)
