"""An application as the citizen signed it, and what the citizen later does with it: supplying, withdrawing (domain.md journeys 2 and 3)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from kiosk.wire.base import Code, Entry, Identifier, ItemCode, Line, Message, Sha256


class Consent(Message):
    """Agreement to the use of personal data: which text, and when (PIPL; domain.md, never forgotten no. 6)."""

    text_version: Line = Field(max_length=20)
    given_at: datetime


class Applicant(Message):
    """申请人, as the ID card says. Dates are ISO; `valid_to` None is 长期."""

    kind: str = Field(pattern="^(resident|hmt|foreign)$")
    name: Line = Field(min_length=1, max_length=60)
    number: Line = Field(min_length=8, max_length=18)
    sex: Line = Field(default="", max_length=12)
    nation: Line = Field(default="", max_length=20)
    birth: date | None = None
    address: Line = Field(default="", max_length=120)
    phone: Line = Field(default="", max_length=20, description="As told at the window; a card has none.")


class MaterialFiled(Message):
    """A paper handed in: its pages by content, in order; empty with `from_card`/`from_form` papers and those still missing."""

    code: Code
    pages: tuple[Sha256, ...] = Field(default=(), max_length=12)
    missing: bool = Field(default=False, strict=True, description="The citizen has it not with them; goes into the one-time notice.")


class Filing(Message):
    """POST /api/v1/applications, with the header Idempotency-Key equal to `key`: one application as the citizen signed it."""

    key: UUID
    township_id: Identifier
    terminal_id: Identifier
    receipt_number: str = Field(pattern=r"^[A-Z0-9]{12,16}$", description="Given by the terminal, in its receipt's QR.")
    item_code: ItemCode
    item_version: int = Field(strict=True, ge=1, le=1_000_000)
    applicant: Applicant
    consent: Consent
    values: dict[Code, Entry] = Field(max_length=80, description="By field code.")
    materials: tuple[MaterialFiled, ...] = ()
    signature: Sha256 = Field(description="PNG of the signature, by content.")
    filed_at: datetime


class FilingAnswer(Message):
    """201 for the first, 200 for a repeat with the same key: one case either way."""

    case_number: str
    receipt_number: str
    received_at: datetime
    next_step: str = Field(description="One sentence: what happens next.")


class CaseWrite(Message):
    """An act on the card holder's own case, with the header Idempotency-Key equal to `key`. `number` is of the card that lies on the reader."""

    key: UUID
    township_id: Identifier
    terminal_id: Identifier
    number: Line = Field(min_length=8, max_length=18)


class Supplement(CaseWrite):
    """POST /api/v1/applications/{receipt_number}/supplements: everything that the one-time notice wants, or says that it comes to the window."""

    values: dict[Code, Entry] = Field(default_factory=dict, max_length=80, description="Corrected fields, by code.")
    materials: tuple[MaterialFiled, ...] = Field(default=(), max_length=40, description="By the codes of the notice (`CaseDetail.wants`).")


class Withdrawal(CaseWrite):
    """POST /api/v1/applications/{receipt_number}/withdrawal."""


class WithdrawalAnswer(Message):
    """The case has ended."""

    case_number: str
    receipt_number: str
    state_label: str
