"""An application as the citizen signed it, and what the citizen later does with it: supplying, withdrawing (domain.md journeys 2 and 3)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field, model_validator
from stdnum.cn import uscc

from kiosk.wire.base import Code, Entry, Identifier, ItemCode, Line, Message, Sha256
from kiosk.wire.forms import phone_is_valid

#: The `kind` of an applicant that is a legal person or another organization; the other kinds are those of a person's card.
ORGANIZATION = "organization"
#: The paper that says an agent may act, among the papers of a case (`MaterialFiled.code`).
AUTHORITY_PAPER = "agent_authority"


class Consent(Message):
    """Agreement to the use of personal data: which text, and when (PIPL; domain.md, never forgotten no. 6)."""

    text_version: Line = Field(max_length=20)
    given_at: datetime


class Authority(StrEnum):
    """What an agent acts upon."""

    POWER_OF_ATTORNEY = "power_of_attorney"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"


#: The paper that says so, by its name.
AUTHORITY_NAMES: dict[Authority, str] = {
    Authority.POWER_OF_ATTORNEY: "授权委托书",
    Authority.GUARDIAN: "监护关系证明",
    Authority.REPRESENTATIVE: "法定代表人（负责人）身份证明",
}


def authorities(kind: str) -> tuple[Authority, ...]:
    """What an agent of such an applicant can act upon: an organization has no guardian, a person no representative."""
    return (Authority.POWER_OF_ATTORNEY, Authority.REPRESENTATIVE if kind == ORGANIZATION else Authority.GUARDIAN)


class Applicant(Message):
    """申请人: a person, as the ID card says, or an organization with its name and 统一社会信用代码."""

    kind: str = Field(pattern="^(resident|hmt|foreign|organization)$")
    name: Line = Field(min_length=1, max_length=60)
    number: Line = Field(min_length=8, max_length=18, description="Of the card, or the organization's credit code.")
    sex: Line = Field(default="", max_length=12)
    nation: Line = Field(default="", max_length=20)
    birth: date | None = None
    address: Line = Field(default="", max_length=120)
    phone: Line = Field(default="", max_length=20, description="As told; a card has none.")

    @model_validator(mode="after")
    def _an_organization_has_a_code_and_no_birth(self) -> Applicant:
        if self.kind != ORGANIZATION:
            return self
        if not uscc.is_valid(self.number):
            raise ValueError("an organization's number is its credit code, whose check character must be right")
        if self.sex or self.nation or self.birth:
            raise ValueError("an organization has no sex, nation or birth")
        return self


class FilingAgent(Message):
    """代办人: who stands there for the applicant, as their own card says, and upon what they act; for an organization, its handler."""

    kind: str = Field(pattern="^(resident|hmt|foreign)$")
    name: Line = Field(min_length=1, max_length=60)
    number: Line = Field(min_length=8, max_length=18)
    phone: Line = Field(default="", max_length=20)
    authority: Authority


class Delivery(StrEnum):
    """How the applicant wants the result: fetched at the window, or by post (EMS)."""

    WINDOW = "window"
    POST = "post"


class PostTo(Message):
    """Where the result is posted to."""

    recipient: Line = Field(min_length=1, max_length=60)
    phone: Line = Field(min_length=7, max_length=20, description="The courier rings it.")
    address: Line = Field(min_length=1, max_length=120)

    @model_validator(mode="after")
    def _the_courier_can_ring(self) -> PostTo:
        if not phone_is_valid(self.phone):
            raise ValueError("the recipient's phone is a mobile number or a land line with its area code")
        return self


class Tell(StrEnum):
    """How the applicant is told of what comes: by a call, or by coming back with the card. Nobody needs a phone."""

    PHONE = "phone"
    VISIT = "visit"


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
    agent: FilingAgent | None = Field(default=None, description="Who stands there for the applicant; an organization always has one.")
    consent: Consent
    values: dict[Code, Entry] = Field(max_length=80, description="By field code.")
    materials: tuple[MaterialFiled, ...] = ()
    signature: Sha256 = Field(description="PNG of the signature, by content.")
    delivery: Delivery = Delivery.WINDOW
    post_to: PostTo | None = Field(default=None, description="Exactly with delivery post.")
    tell: Tell = Field(default=Tell.VISIT, description="With phone, the agent or the applicant has one: the agent's is called.")
    filed_at: datetime

    @model_validator(mode="after")
    def _whole(self) -> Filing:
        agent, applicant = self.agent, self.applicant
        if agent is None and applicant.kind == ORGANIZATION:
            raise ValueError("somebody handles it for an organization: the agent is named")
        if agent is not None and agent.authority not in authorities(applicant.kind):
            raise ValueError("an organization has no guardian, and a person no representative")
        if agent is not None and agent.number.strip().upper() == applicant.number.strip().upper():
            raise ValueError("who files their own application has no agent")
        if (self.post_to is None) != (self.delivery is not Delivery.POST):
            raise ValueError("where to is told exactly where the result is posted")
        if self.tell is Tell.PHONE and not phone_is_valid(self.told_at):
            raise ValueError("who wants a call has a phone")
        return self

    @property
    def told_at(self) -> str:
        """The number that is called: of who came, before that of the applicant. Empty: none is known."""
        return (self.agent.phone if self.agent else "") or self.applicant.phone


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
    withdrawn_at: datetime
