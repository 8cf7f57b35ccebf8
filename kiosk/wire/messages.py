"""Requests and answers between terminal and center, and the published item they are about.

Field names follow the national tables where those have a name (`task_name`, `dept_name`, `by_law`, `accept_condition`,
`handle_flow`, `is_fee`, `material_name`, `is_need`).
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kiosk.wire.documents import Document
from kiosk.wire.forms import FormField

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
ItemCode = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,16}$")]
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{2,40}$")]

#: What was entered in one field of a form: no control characters but the ends of lines, and nothing that is no character at all.
Entry = Annotated[str, StringConstraints(max_length=4000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$")]

#: A page as the camera keeps it is at most 500 KB (devices.md §4); a signature is far smaller.
MAX_FILE_BYTES = 1_000_000


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# ------------------------------------------------------------------ the published item and its guide (R1)


class ItemKind(StrEnum):
    """`project_type`: 1 即办件, decided on the spot; 2 承诺件, decided within the promised limit."""

    IMMEDIATE = "1"
    PROMISED = "2"


class LimitUnit(StrEnum):
    """`promise_type`: the unit the item states its limit in (R4.2)."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


class Need(StrEnum):
    """`is_need`: 1 必要, 2 非必要, 3 容缺后补."""

    REQUIRED = "1"
    OPTIONAL = "2"
    MAY_FOLLOW = "3"


class Fact(_Message):
    """A statement of a guide and where it comes from. Empty text: no source gives it, and the guide marks it as open."""

    text: str = Field(default="", max_length=400)
    source: str = Field(default="", max_length=400, description="Who stated it, where and when.")


class Limit(_Message):
    """承诺时限: the promised limit, counted from the day after acceptance (R4.2). `days` None: no source gives it. 0: on the spot."""

    days: int | None = Field(default=None, ge=0, le=400)
    unit: LimitUnit = LimitUnit.WORKING_DAYS
    note: str = Field(default="", max_length=120)
    source: str = Field(default="", max_length=400)


class Fee(_Message):
    """收费依据及标准. `is_fee` None: no source gives it."""

    is_fee: bool | None = None
    fee_stand: str = Field(default="", max_length=200, description="Standard, in words.")
    by_law: str = Field(default="", max_length=200)
    source: str = Field(default="", max_length=400)


class Material(_Message):
    """One paper that an item asks for."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    material_name: str = Field(min_length=1, max_length=40)
    is_need: Need = Need.REQUIRED
    pages: tuple[str, ...] = Field(
        default=("",), min_length=1, max_length=12, description="What each page to capture is called, e.g. 首页, 本人页."
    )
    from_card: bool = Field(default=False, description="Taken when the ID card is read: nothing to capture.")
    from_form: bool = Field(default=False, description="The form filled in here is this paper: nothing to bring.")
    note: str = Field(default="", max_length=120)
    source: str = Field(default="", max_length=400)


class Elsewhere(_Message):
    """Which body handles an item that the center does not, where, and how to reach it (R1.4)."""

    body: str = Field(min_length=1, max_length=60)
    place: str = Field(default="", max_length=120)
    how: str = Field(default="", max_length=200)


class Handover(_Message):
    """Which department must look into the item first, and within how many days its papers are back (R5.2, R5.3)."""

    department: str = Field(min_length=2, max_length=60)
    days: int | None = Field(default=None, ge=0, le=400, description="None: not agreed, so no day is named.")
    unit: LimitUnit = LimitUnit.WORKING_DAYS
    source: str = Field(default="", max_length=400)


class SpecialStep(_Message):
    """A procedure that does not count in the limit (R4.7), and how long it usually takes."""

    procedure: str = Field(pattern="^(hearing|tender|auction|inspection|test|quarantine|appraisal|expert_review)$")
    days: int = Field(ge=1, le=400, description="calendar days")


class ServiceItem(_Message):
    """政务服务事项 with its 办事指南: the eight fields of R1.2, its form and its materials."""

    code: ItemCode
    version: int = Field(ge=1)
    effective_from: date
    withdrawn_on: date | None = None
    confirmed: bool = Field(description="False: shown only in demonstration configuration, under the band 示例.")
    catalog_code: str = Field(default="", max_length=12, description="基本编码, 12 digits; empty where not known.")
    task_type: str = Field(default="", max_length=2, description="01 行政许可 … 10 其他行政权力; provinces differ.")
    project_type: ItemKind | None = None
    topics: tuple[str, ...] = Field(default=(), max_length=4, description="Life events the item is listed under.")
    aliases: tuple[str, ...] = Field(default=(), max_length=20, description="Everyday words people search by.")
    handled_here: bool = True
    elsewhere: Elsewhere | None = None
    phone: str = Field(default="", max_length=20, description="The town's own number; blank until staff fill it in.")

    task_name: str = Field(min_length=2, max_length=40, description="事项名称")
    dept_name: Fact = Field(default=Fact(), description="受理部门")
    by_law: tuple[Fact, ...] = Field(default=(), description="办理依据, article by article")
    accept_condition: tuple[Fact, ...] = Field(default=(), description="办理条件")
    materials: tuple[Material, ...] = Field(default=(), description="申请材料")
    handle_flow: tuple[Fact, ...] = Field(default=(), description="办理流程, one step each")
    promise: Limit = Field(default=Limit(), description="承诺时限")
    fee: Fee = Field(default=Fee(), description="收费依据及标准")

    handover: Handover | None = Field(default=None, description="None: decided at the window (R5.1).")
    special_procedures: tuple[SpecialStep, ...] = Field(default=(), max_length=8, description="R4.7; for 行政许可 only.")
    seal: str = Field(default="", max_length=60, description="Where a law exempts the item from the one seal: the seal it uses (R7.1).")

    apply_here: bool = Field(default=False, description="Can be filed on the terminal.")
    read_first: tuple[str, ...] = Field(default=(), description="申报须知, a sentence each")
    fields: tuple[FormField, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> ServiceItem:
        if not self.handled_here and self.elsewhere is None:
            raise ValueError(f"item {self.code}: an item handled elsewhere says which body handles it (R1.4)")
        if self.apply_here and not (self.handled_here and self.fields):
            raise ValueError(f"item {self.code}: an item that can be filed here is handled here and has a form")
        for name, codes in (
            ("field", [f.code for f in self.fields]),
            ("material", [m.code for m in self.materials]),
        ):
            if len(codes) != len(set(codes)):
                raise ValueError(f"item {self.code}: two {name}s have the same code")
        return self

    def open_fields(self) -> tuple[str, ...]:
        """Which of the eight fields of R1.2 no source gives, by their Chinese names."""
        given = {
            "受理部门": bool(self.dept_name.text),
            "办理依据": any(f.text for f in self.by_law),
            "办理条件": any(f.text for f in self.accept_condition),
            "申请材料": bool(self.materials),
            "办理流程": any(f.text for f in self.handle_flow),
            "承诺时限": self.promise.days is not None,
            "收费依据及标准": self.fee.is_fee is not None,
        }
        return tuple(name for name, known in given.items() if not known)


class CatalogueAnswer(_Message):
    """GET /api/v1/catalogue: every item now in force, with the center's name, its public key and what it promises."""

    center_name: str
    township_id: Identifier
    center_public_key: str = Field(description="Ed25519, base64: checks codes that the center signed.")
    public_base_url: str = Field(default="", description="Empty: no page for phones exists, and nothing may promise one.")
    window_hours: str = Field(default="", description="When the windows are staffed, in words.")
    items: tuple[ServiceItem, ...]


class CatalogueChanges(_Message):
    """GET /api/v1/catalogue?since=…: what is otherwise than in the catalogue of that tag. All else of it is as it is now."""

    since: str = Field(description="The tag of the catalogue that these changes belong to, without quotes.")
    center_name: str
    township_id: Identifier
    center_public_key: str
    public_base_url: str = ""
    window_hours: str = ""
    changed: tuple[ServiceItem, ...] = Field(default=(), description="New or otherwise than before.")
    removed: tuple[ItemCode, ...] = Field(default=(), description="No longer in force.")

    def applied_to(self, known: CatalogueAnswer) -> CatalogueAnswer:
        """The catalogue as it is now, items by code as the center lists them."""
        items = {item.code: item for item in known.items if item.code not in self.removed}
        items.update((item.code, item) for item in self.changed)
        return CatalogueAnswer(
            center_name=self.center_name,
            township_id=self.township_id,
            center_public_key=self.center_public_key,
            public_base_url=self.public_base_url,
            window_hours=self.window_hours,
            items=tuple(items[code] for code in sorted(items)),
        )


# ------------------------------------------------------------------ filing (domain.md journey 2)


class Consent(_Message):
    """Agreement to the use of personal data: which text, and when (PIPL; domain.md, never forgotten no. 6)."""

    text_version: str = Field(max_length=20)
    given_at: datetime


class Applicant(_Message):
    """申请人, as the ID card says. Dates are ISO; `valid_to` None is 长期."""

    kind: str = Field(pattern="^(resident|hmt|foreign)$")
    name: str = Field(min_length=1, max_length=60)
    number: str = Field(min_length=8, max_length=18)
    sex: str = Field(default="", max_length=12)
    nation: str = Field(default="", max_length=20)
    birth: date | None = None
    address: str = Field(default="", max_length=120)
    phone: str = Field(default="", max_length=20, description="As told at the window; a card has none.")


class MaterialFiled(_Message):
    """A paper handed in: its pages by content, in order; empty with `from_card`/`from_form` papers and those still missing."""

    code: str = Field(max_length=40)
    pages: tuple[Sha256, ...] = Field(default=(), max_length=12)
    missing: bool = Field(default=False, strict=True, description="The citizen has it not with them; goes into the one-time notice.")


class Filing(_Message):
    """POST /api/v1/applications, with the header Idempotency-Key equal to `key`: one application as the citizen signed it."""

    key: UUID
    township_id: Identifier
    terminal_id: Identifier
    receipt_number: str = Field(pattern=r"^[A-Z0-9]{12,16}$", description="Given by the terminal, in its receipt's QR.")
    item_code: ItemCode
    item_version: int = Field(strict=True, ge=1, le=1_000_000)
    applicant: Applicant
    consent: Consent
    values: dict[str, Entry] = Field(max_length=80, description="By field code.")
    materials: tuple[MaterialFiled, ...] = ()
    signature: Sha256 = Field(description="PNG of the signature, by content.")
    filed_at: datetime


class FilingAnswer(_Message):
    """201 for the first, 200 for a repeat with the same key: one case either way."""

    case_number: str
    receipt_number: str
    received_at: datetime
    next_step: str = Field(description="One sentence: what happens next.")


class FileAnswer(_Message):
    """PUT /api/v1/files/{sha256}: kept, now or already."""

    sha256: Sha256
    size: int = Field(description="bytes")


class UploadQuestion(_Message):
    """POST /api/v1/uploads: a file that will come in parts. Asked again, it says how far it is."""

    sha256: Sha256
    size: int = Field(strict=True, ge=1, le=MAX_FILE_BYTES, description="bytes")


class UploadAnswer(_Message):
    """How much of a file is there. PATCH /api/v1/uploads/{upload_id} answers the same."""

    upload_id: UUID
    sha256: Sha256
    size: int = Field(description="bytes")
    offset: int = Field(description="So many bytes are kept: the next part begins here.")
    complete: bool = Field(description="The file is kept under its SHA-256, as if it had been put whole.")


# ------------------------------------------------------------------ supplying and withdrawing (domain.md journey 3)


class CaseWrite(_Message):
    """An act on the card holder's own case, with the header Idempotency-Key equal to `key`. `number` is of the card that lies on the reader."""

    key: UUID
    township_id: Identifier
    terminal_id: Identifier
    number: str = Field(min_length=8, max_length=18)


class Supplement(CaseWrite):
    """POST /api/v1/applications/{receipt_number}/supplements: everything that the one-time notice wants, or says that it comes to the window."""

    values: dict[str, Entry] = Field(default_factory=dict, max_length=80, description="Corrected fields, by code.")
    materials: tuple[MaterialFiled, ...] = Field(default=(), max_length=40, description="By the codes of the notice (`CaseDetail.wants`).")


class Withdrawal(CaseWrite):
    """POST /api/v1/applications/{receipt_number}/withdrawal."""


class WithdrawalAnswer(_Message):
    """The case has ended."""

    case_number: str
    receipt_number: str
    state_label: str


# ------------------------------------------------------------------ progress (domain.md journey 3)


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


class CodeQuestion(_Message):
    """POST /api/v1/cases/state: the text of a receipt's QR."""

    code: str = Field(max_length=200)


class CaseStateAnswer(_Message):
    """What a QR alone may show: state, and nothing of the person (domain.md, never forgotten no. 7)."""

    receipt_number: str
    state: CaseState
    state_label: str
    as_of: datetime


class IdentityQuestion(_Message):
    """POST /api/v1/cases/lookup: whose cases. In the body, never in an address that gets logged."""

    number: str = Field(min_length=8, max_length=18)


class CaseStep(_Message):
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


class Want(_Message):
    """One thing that the one-time notice wants: what to call it in a `Supplement`, and in words."""

    kind: WantKind
    code: str
    label: str
    words: str


class CaseDetail(_Message):
    """One of the card holder's own cases."""

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
    receipt_code: str = Field(default="", description="Text of a QR that shows the state of this case, signed by the center.")


class PapersQuestion(_Message):
    """POST /api/v1/cases/papers: of which of the card holder's own cases."""

    number: str = Field(min_length=8, max_length=18)
    receipt_number: str = Field(pattern=r"^[A-Z0-9]{12,16}$")


class CasePaper(_Message):
    """A notice as it was issued."""

    title: str
    number: str
    issued_at: datetime
    document: Document


class CasePapersAnswer(_Message):
    """The notices of one case, oldest first."""

    papers: tuple[CasePaper, ...] = ()


class CasesAnswer(_Message):
    """All cases of one number, newest first."""

    cases: tuple[CaseDetail, ...] = ()


class Problem(BaseModel):
    """RFC 9457 problem+json: `code` for programs, `detail` one sentence for people."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
