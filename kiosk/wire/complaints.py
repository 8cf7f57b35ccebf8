"""Requests and answers about efficiency complaints (效能投诉, R6). Everything about one needs the ID card or the six digits chosen when it was filed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from kiosk.wire.base import ONE_LINE, WRITTEN, CodeText, Identifier, Line, Message, Sha256
from kiosk.wire.documents import Document
from kiosk.wire.filing import Consent

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=WRITTEN)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=ONE_LINE)]
Contact = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=80, pattern=ONE_LINE)]
#: An ID number, or an organization's credit code; empty where it was not given.
Number = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^([0-9A-Za-z-]{8,18})?$")]
Digits = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
#: Digits that anybody tries first: neither end takes them.
WEAK_DIGITS = frozenset({"123456", "654321", "012345", "123123", "112233"} | {str(digit) * 6 for digit in range(10)})
#: What stands for a window or a person in the public list; means nothing outside it.
PublicId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{20}$")]

#: Evidence of one request: what a citizen lays under the camera at one time.
MAX_EVIDENCE = 12


# ------------------------------------------------------------------ whom it can be about


class PublicWindow(Message):
    """A window, or the center as a whole."""

    id: PublicId
    name: str


class PublicPerson(Message):
    """A member of staff on the public list (R1.5)."""

    id: PublicId
    name: str
    post: str = ""
    window: str = ""
    photo: str = Field(default="", description="JPEG of at most 300 × 400 pixels, base64; empty: there is none.")


class MatterChoice(Message):
    """A reason to complain, to choose from."""

    code: str
    name: str


class PublicStaffAnswer(Message):
    """GET /api/v1/public-staff: whom a complaint can be about, and what it can be for."""

    windows: tuple[PublicWindow, ...] = ()
    staff: tuple[PublicPerson, ...] = ()
    matters: tuple[MatterChoice, ...] = ()


# ------------------------------------------------------------------ filing


class PartyKind(StrEnum):
    """Who complains (R6.1)."""

    PERSON = "person"
    LEGAL_PERSON = "legal_person"
    ORGANIZATION = "organization"


class Capacity(StrEnum):
    """Who stands at the terminal: the complainant, an agent, or the representative that a group elected (R6.1)."""

    SELF = "self"
    AGENT = "agent"
    REPRESENTATIVE = "representative"


class Party(Message):
    """The complainant: name and how to reach them (R6.1)."""

    kind: PartyKind = PartyKind.PERSON
    name: Name
    contact: Contact = Field(description="Telephone number or address.")
    number: Number = ""


class Agent(Message):
    """Who acts for the complainant."""

    name: Name
    contact: Contact
    number: Number = ""


class ComplaintFiling(Message):
    """POST /api/v1/complaints, with the header Idempotency-Key equal to `key`.

    With `card` the ID card of who stands here was read and opens the complaint later; without, `digits` do.
    """

    key: UUID
    township_id: Identifier
    terminal_id: Identifier
    receipt_number: str = Field(pattern=r"^[A-Z0-9]{12,16}$", description="Given by the terminal, in its receipt's QR.")
    card: bool = Field(strict=True)
    digits: Digits | None = Field(default=None, description="Chosen by the citizen; exactly where no card was read.")
    complainant: Party
    capacity: Capacity = Capacity.SELF
    agent: Agent | None = Field(default=None, description="Exactly with capacity agent.")
    group_size: int | None = Field(
        default=None, strict=True, ge=2, le=9999, description="How many complain; exactly with capacity representative."
    )
    about: PublicId
    matter: Line = Field(max_length=30, description="A code of the public list.")
    statement: Words
    case_number: Line = Field(default="", max_length=60, description="Which case it is about, if the citizen says.")
    evidence: tuple[Sha256, ...] = Field(default=(), max_length=MAX_EVIDENCE, description="Pages and photos, by content, in order.")
    evidence_later: bool = Field(default=False, strict=True, description="More follows within three working days.")
    consent: Consent
    filed_at: datetime

    @model_validator(mode="after")
    def _whole(self) -> ComplaintFiling:
        if (self.agent is None) != (self.capacity is not Capacity.AGENT):
            raise ValueError("an agent is named exactly where one acts")
        if (self.group_size is None) != (self.capacity is not Capacity.REPRESENTATIVE):
            raise ValueError("a group's size is told exactly where a representative acts")
        if self.card != (self.digits is None):
            raise ValueError("a complaint opens with the card that was read, or with six digits")
        if self.card and not self.holder_number:
            raise ValueError("the card that was read has a number")
        return self

    @property
    def holder_number(self) -> str:
        """The number of who stands at the terminal."""
        return self.agent.number if self.agent else self.complainant.number


class Opens(StrEnum):
    """What opens a complaint."""

    CARD = "card"
    DIGITS = "digits"


class ComplaintFilingAnswer(Message):
    """201 for the first, 200 for a repeat with the same key. Where no day can be named, its note says 待定 and why."""

    number: str
    receipt_number: str
    received_at: datetime
    opens_with: Opens
    acceptance_due_on: date | None = None
    acceptance_note: str = ""
    evidence_due_on: date | None = None
    evidence_note: str = ""
    next_step: str


# ------------------------------------------------------------------ opening one


class ComplaintReceiptAnswer(Message):
    """POST /api/v1/complaints/receipt, a CodeQuestion: all that a QR alone tells is what opens the complaint."""

    receipt_number: str
    opens_with: Opens


class ReceiptOpening(Message):
    """POST /api/v1/complaints/open: the text of the receipt's QR and the six digits."""

    code: CodeText
    digits: Digits


class Access(Message):
    """What opens one complaint for an act: the card that was read and the complaint's number, or the receipt and the digits."""

    card_number: Number = ""
    complaint_number: Line = Field(default="", max_length=40)
    code: CodeText = ""
    digits: Digits | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Access:
        by_card, by_digits = bool(self.card_number and self.complaint_number), bool(self.code and self.digits)
        if by_card == by_digits or bool(self.card_number) != by_card or bool(self.code) != by_digits:
            raise ValueError("either the card's number and the complaint's, or the receipt's code and the digits")
        return self


class ComplaintStep(Message):
    """One step on its way. Members of staff are not named."""

    label: str
    at: datetime
    note: str = ""


class ComplaintDetail(Message):
    """One complaint, for who may open it."""

    number: str
    receipt_number: str
    state: str
    state_label: str
    received_at: datetime
    about: str
    matter: str
    statement: str
    evidence: int = Field(description="How many pages and photos the center has.")
    acceptance_due_on: date | None = None
    acceptance_note: str = ""
    handling_due_on: date | None = None
    handling_note: str = ""
    evidence_due_on: date | None = None
    evidence_note: str = ""
    wanted: tuple[str, ...] = Field(default=(), description="Everything to add, at once (R6.3).")
    finding: str = Field(default="", description="Told with the written result only (R6.7).")
    answer_until: date | None = None
    answer_note: str = ""
    review_body: str = Field(default="", description="Who reviews it, while that can be asked for.")
    may_add: bool = False
    may_answer: bool = False
    may_ask_review: bool = False
    steps: tuple[ComplaintStep, ...] = ()
    papers: tuple[Document, ...] = Field(default=(), description="Every paper issued to the complainant, oldest first, to print.")


class ComplaintsAnswer(Message):
    """POST /api/v1/complaints/lookup, an IdentityQuestion: all complaints of one card, newest first."""

    complaints: tuple[ComplaintDetail, ...] = ()


# ------------------------------------------------------------------ what the complainant does later


class EvidenceFiling(Message):
    """POST /api/v1/complaints/evidence: more evidence, or everything that a supplement notice asked for (R6.3)."""

    key: UUID
    access: Access
    words: str = Field(default="", max_length=2000, pattern=WRITTEN)
    evidence: tuple[Sha256, ...] = Field(default=(), max_length=MAX_EVIDENCE)

    @model_validator(mode="after")
    def _something(self) -> EvidenceFiling:
        if not self.words.strip() and not self.evidence:
            raise ValueError("evidence or words")
        return self


class ComplaintWords(Message):
    """POST /api/v1/complaints/answer and /review: the complainant's answer to the written result, or why it should be reviewed (R6.7)."""

    key: UUID
    access: Access
    words: Words


class ComplaintActAnswer(Message):
    """What came of it. 201 for the first, 200 for a repeat with the same key."""

    number: str
    state: str
    state_label: str
    at: datetime
    next_step: str
