"""One citizen in front of the terminal: the only holder of personal data. `end` drops it all, and a wipe that hangs ends the process."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, TypeVar
from uuid import UUID

from kiosk.events import SubmissionDeferred, SubmissionRefused, SubmissionSent
from kiosk.memory import overwrite_stack
from kiosk.ports import IdCard, Page
from kiosk.wire.base import Message
from kiosk.wire.cases import CaseStateAnswer
from kiosk.wire.filing import Authority, Consent
from kiosk.wire.items import ServiceItem

#: Longer than any wipe takes, and short enough that nobody stands before another person's data for long.
END_SECONDS = 5.0
#: The process ends with this when what is on the glass can no longer be wiped; its supervisor starts it anew.
EXIT_NOT_WIPED = 70

Stroke = tuple[tuple[float, float], ...]

S = TypeVar("S", bound="Sheet")


@dataclass
class Handed:
    """What was handed in: safe in the outbox under its number, and what the center said of it. `code`: text of the QR on its receipt."""

    number: str
    code: str = field(repr=False)
    at: datetime
    answer: Message | None = field(default=None, repr=False)
    #: Not with the center yet; goes out by itself.
    deferred: bool = False
    #: Why the center will not take it, for the citizen.
    refusal: str = field(default="", repr=False)


@dataclass
class Sheet:
    """What a citizen fills in and lays under the camera. Lives as long as the session, whichever page is shown.

    What it holds is in no traceback: whatever a citizen told has `repr=False`, in its subclasses too.
    """

    #: Of whoever stands here, with any card or none: another person's card leaves it as it is.
    anybody_s: ClassVar[bool] = False

    values: dict[str, str] = field(default_factory=dict, repr=False)
    pages: dict[str, list[Page]] = field(default_factory=dict, repr=False)
    #: Codes of papers the citizen has not with them.
    missing: set[str] = field(default_factory=set)
    #: Codes of fields that the citizen leaves to the window.
    later: set[str] = field(default_factory=set)
    #: Codes of fields into which something was typed or drawn that did not become characters: to be looked at again.
    unread: set[str] = field(default_factory=set)
    form_seen: bool = False
    #: The page of the form that was left.
    page: int = 0
    #: The check page was reached: what is edited from there returns to it.
    checked: bool = False
    #: The field chosen on the check page, to be shown first.
    edit_field: str = ""
    #: What became of it once it was handed in. What the citizen does next begins clean.
    handed: Handed | None = None

    def forget_card(self, card: IdCard) -> None:
        """Nobody agreed to the use of the card: what it filled in goes. Of most sheets that is nothing."""


class Applying(StrEnum):
    """Who applies: the one who stands here, somebody whom they act for, or an organization."""

    SELF = "self"
    AGENT = "agent"
    ORGANIZATION = "organization"


@dataclass
class Draft(Sheet):
    """An application being made. Each part that is a form of its own has its sheet: `party` an organization, `result` how it is given."""

    item: ServiceItem = field(kw_only=True)
    applying: Applying = Applying.SELF
    #: Of whom somebody else acts for; the one who stands here is the session's.
    card: IdCard | None = field(default=None, repr=False)
    authority: Authority | None = None
    #: What was agreed to for this application; None, for oneself: what was agreed to in the session.
    consent: Consent | None = None
    #: What was known of the applicant when it was filled in, by the code of the field.
    offered: dict[str, str] = field(default_factory=dict, repr=False)
    party: Sheet = field(default_factory=Sheet)
    result: Sheet = field(default_factory=Sheet)
    #: Rows of repeating groups, by the group's code; which of them is open, and in it which row.
    groups: dict[str, list[Sheet]] = field(default_factory=dict)
    open_group: str = ""
    open_row: int = 0
    #: The citizen went home in the midst of it: asked, when they come back, whether to go on.
    left: bool = False
    strokes: list[Stroke] = field(default_factory=list, repr=False)
    signed_at: datetime | None = None
    #: Trying again is the same application.
    key: UUID | None = None

    def belong_to(self, card: IdCard | None) -> None:
        """It is another's now; None: whose, is asked anew. Nobody agreed, signed or checked for them; what was typed stays."""
        self.card, self.consent = card, None
        self.strokes, self.signed_at = [], None
        for sheet in (self, self.party, self.result):
            sheet.checked = False


@dataclass
class CitizenSession:
    """From the waking touch to the wipe. `number` marks what belongs to it; what comes late for an earlier one is dropped."""

    number: int
    started: datetime
    card: IdCard | None = field(default=None, repr=False)
    consent: Consent | None = None
    item: ServiceItem | None = None
    #: Items of which the citizen read what is to be known before.
    read: set[str] = field(default_factory=set)
    #: Applications being made, by their item.
    drafts: dict[str, Draft] = field(default_factory=dict)
    #: What was filled in, by the journey it belongs to.
    sheets: dict[type[Sheet], Sheet] = field(default_factory=dict)
    #: What was handed in, by its number.
    submitted: dict[str, Handed] = field(default_factory=dict)
    scanned: CaseStateAnswer | None = field(default=None, repr=False)
    #: Another person's card was laid on, and what was before is gone: to be told to who stands here now.
    cleared: bool = False

    @property
    def draft(self) -> Draft | None:
        """The application for the item that was chosen, if one was begun."""
        return self.drafts.get(self.item.code) if self.item else None

    def sheet(self, kind: type[S]) -> S:
        """What was filled in for a journey, by the kind of its sheet; begun if there is none."""
        found = self.sheets.setdefault(kind, kind())
        assert isinstance(found, kind)
        return found

    def note(self, event: SubmissionSent | SubmissionDeferred | SubmissionRefused) -> bool:
        """Learn what became of something handed in; False if it is not this citizen's."""
        handed = self.submitted.get(event.number)
        if handed is None:
            return False
        match event:
            case SubmissionSent(_, answer):
                handed.answer, handed.deferred = answer, False
            case SubmissionDeferred():
                handed.deferred = True
            case SubmissionRefused(_, _, sentence):
                handed.refusal = sentence
        return True

    def begin_clean(self) -> None:
        """What was handed in is done: whatever the citizen does next begins without it. The rest waits for them to come back."""
        self.drafts = {code: draft for code, draft in self.drafts.items() if draft.handed is None}
        for draft in self.drafts.values():
            draft.left = True
        self.sheets = {kind: sheet for kind, sheet in self.sheets.items() if sheet.handed is None}

    def take_card(self, card: IdCard) -> bool:
        """Who stands here. True if it is another person than before: they begin clean, and agree for themselves."""
        another = self.card is not None and self.card.number != card.number
        if another:
            self._forget_person()
            self.cleared = True
        self.card = card
        return another

    def hand_over(self, draft: Draft) -> None:
        """The card that was read is not of who stands here but of the applicant of `draft`: nothing else of theirs stays."""
        card = self.card
        self._forget_person()
        self.item, self.drafts = draft.item, {draft.item.code: draft}
        draft.belong_to(card)

    def _forget_person(self) -> None:
        self.card = self.consent = self.item = self.scanned = None
        self.drafts, self.read = {}, set()
        self.sheets = {kind: sheet for kind, sheet in self.sheets.items() if sheet.anybody_s}

    def forget_cards(self) -> None:
        """Nobody agreed to their use: what the cards say goes, and what was filled in from them."""
        if self.card is not None:
            for sheet in self.sheets.values():
                sheet.forget_card(self.card)
        self.card = None
        self.drafts = {}

    def end(self) -> None:
        """Drop everything personal. Under `wipe_deadline`."""
        self.card = self.consent = self.item = self.scanned = None
        self.drafts, self.sheets, self.submitted, self.read = {}, {}, {}, set()
        self.cleared = False
        gc.collect()
        overwrite_stack()


@contextmanager
def wipe_deadline(late: Callable[[], None], seconds: float = END_SECONDS, leave: Callable[[int], object] = os._exit) -> Iterator[None]:
    """If what is inside takes longer, `late` is told and the process ends by `leave` (architecture.md, rules of the house)."""

    def hung() -> None:
        try:
            late()
        finally:
            leave(EXIT_NOT_WIPED)

    watchdog = threading.Timer(seconds, hung)
    watchdog.daemon = True
    watchdog.start()
    try:
        yield
    finally:
        watchdog.cancel()
