"""How cases stand: by a receipt's code the state alone, by the ID card all of them (domain.md journey 3)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from kiosk.wire.base import CodeText, ItemCode, Line, Message
from kiosk.wire.documents import Document


class CaseState(StrEnum):
    """Where an application stands."""

    FILED = "filed"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REFUSED = "refused"
    WITH_DEPARTMENT = "with_department"
    BACK = "back"
    DECIDED = "decided"
    VOUCHER_ISSUED = "voucher_issued"
    NOTIFIED = "notified"
    COLLECTED = "collected"
    POSTED = "posted"
    WITHDRAWN = "withdrawn"


class CodeQuestion(Message):
    """POST /api/v1/cases/state: the text of a receipt's QR."""

    code: CodeText


class CaseStateAnswer(Message):
    """What a QR alone may show: state, and nothing of the person (domain.md, never forgotten no. 7)."""

    receipt_number: str
    state: CaseState
    state_label: str
    as_of: datetime


class IdentityQuestion(Message):
    """POST /api/v1/cases/lookup: whose cases. In the body, never in an address that gets logged."""

    number: Line = Field(min_length=8, max_length=18)


class CaseStep(Message):
    """One step on a case's way. `at` None: not reached. `current`: here now."""

    label: str
    at: datetime | None = None
    by: str = Field(default="", description="Window and member of staff, or 自助终端.")
    current: bool = False
    note: str = ""


class WantKind(StrEnum):
    """What a line of the one-time notice is about."""

    MATERIAL = "material"
    FIELD = "field"
    OTHER = "other"


class Want(Message):
    """One thing that the one-time notice wants: what to call it in a `Supplement`, and in words."""

    kind: WantKind
    code: str
    label: str
    words: str


class CaseDetail(Message):
    """A case of the card holder: their own, or one that they filed for somebody else."""

    case_number: str
    receipt_number: str
    item_code: ItemCode
    item_name: str
    state: CaseState
    state_label: str
    filed_at: datetime
    accepted_on: date | None = None
    due_on: date | None = None
    due_note: str = Field(default="", description="When no day can be named: 待定, and what it depends on (R4.2).")
    holder: str = Field(default="", description="Who has it now.")
    wanted: tuple[str, ...] = Field(default=(), description="Everything that is missing, at once (R2.2).")
    steps: tuple[CaseStep, ...] = ()
    wants: tuple[Want, ...] = Field(default=(), description="While it can be supplied here: the same as `wanted`, with codes.")
    papers: tuple[str, ...] = Field(default=(), description="Names and numbers of the notices issued; fetched with /cases/papers.")
    reason: str = Field(default="", description="Why it was refused, and what can be done.")
    collect: str = Field(default="", description="Where and when the result is collected.")
    tracking: str = Field(default="", description="What the post says about the parcel: its number.")
    may_withdraw: bool = False
    may_rate: bool = Field(default=False, description="It was not rated yet as it stands now; rated with `receipt_code`.")
    applicant_name: str = Field(default="", description="Whose case it is, where the card is that of the agent who filed it.")
    receipt_code: str = Field(default="", description="Text of a QR that shows the state of this case, signed by the center.")


class PapersQuestion(Message):
    """POST /api/v1/cases/papers: of which of the card holder's own cases."""

    number: Line = Field(min_length=8, max_length=18)
    receipt_number: str = Field(pattern=r"^[A-Z0-9]{12,16}$")


class CasePaper(Message):
    """A notice as it was issued."""

    title: str
    number: str
    issued_at: datetime
    document: Document


class CasePapersAnswer(Message):
    """The notices of one case, oldest first."""

    papers: tuple[CasePaper, ...] = ()


class CasesAnswer(Message):
    """All cases of one number, newest first."""

    cases: tuple[CaseDetail, ...] = ()
