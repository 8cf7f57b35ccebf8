"""The published item (政务服务事项) and its guide (R1), and the catalogue that terminals keep of them.

Field names follow the national tables where those have a name (`task_name`, `dept_name`, `by_law`, `accept_condition`,
`handle_flow`, `is_fee`, `material_name`, `is_need`).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field, model_validator

from kiosk.wire.base import Code, Identifier, ItemCode, Message
from kiosk.wire.filing import AUTHORITY_PAPER
from kiosk.wire.forms import FormField


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


class ApplicantKind(StrEnum):
    """Who may apply: a person, or a legal person or other organization."""

    PERSON = "person"
    ORGANIZATION = "organization"


class Fact(Message):
    """A statement of a guide and where it comes from. Empty text: no source gives it, and the guide marks it as open."""

    text: str = Field(default="", max_length=400)
    source: str = Field(default="", max_length=400, description="Who stated it, where and when.")


class Limit(Message):
    """承诺时限: the promised limit, counted from the day after acceptance (R4.2). `days` None: no source gives it. 0: on the spot."""

    days: int | None = Field(default=None, ge=0, le=400)
    unit: LimitUnit = LimitUnit.WORKING_DAYS
    note: str = Field(default="", max_length=120)
    source: str = Field(default="", max_length=400)


class Fee(Message):
    """收费依据及标准. `is_fee` None: no source gives it."""

    is_fee: bool | None = None
    fee_stand: str = Field(default="", max_length=200, description="Standard, in words.")
    by_law: str = Field(default="", max_length=200)
    source: str = Field(default="", max_length=400)


class Material(Message):
    """One paper that an item asks for."""

    code: Code
    material_name: str = Field(min_length=1, max_length=40)
    is_need: Need = Need.REQUIRED
    pages: tuple[str, ...] = Field(
        default=("",), min_length=1, max_length=12, description="What each page to capture is called, e.g. 首页, 本人页."
    )
    from_card: bool = Field(default=False, description="Taken when the ID card is read: nothing to capture.")
    from_form: bool = Field(default=False, description="The form filled in here is this paper: nothing to bring.")
    follow_days: int | None = Field(
        default=None, ge=1, le=400, description="容缺: within how many working days after filing it may follow. None: no source gives it."
    )
    note: str = Field(default="", max_length=120)
    source: str = Field(default="", max_length=400)

    @model_validator(mode="after")
    def _only_what_may_follow_follows(self) -> Material:
        if self.follow_days is not None and self.is_need is not Need.MAY_FOLLOW:
            raise ValueError(f"material {self.code}: follow_days belongs to what may follow (is_need 3)")
        return self


class Elsewhere(Message):
    """Which body handles an item that the center does not, where, and how to reach it (R1.4)."""

    body: str = Field(min_length=1, max_length=60)
    place: str = Field(default="", max_length=120)
    how: str = Field(default="", max_length=200)


class Handover(Message):
    """Which department must look into the item first, and within how many days its papers are back (R5.2, R5.3)."""

    department: str = Field(min_length=2, max_length=60)
    days: int | None = Field(default=None, ge=0, le=400, description="None: not agreed, so no day is named.")
    unit: LimitUnit = LimitUnit.WORKING_DAYS
    source: str = Field(default="", max_length=400)


class SpecialStep(Message):
    """A procedure that does not count in the limit (R4.7), and how long it usually takes."""

    procedure: str = Field(pattern="^(hearing|tender|auction|inspection|test|quarantine|appraisal|expert_review)$")
    days: int = Field(ge=1, le=400, description="calendar days")


class ServiceItem(Message):
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
    applicants: tuple[ApplicantKind, ...] = Field(
        default=(ApplicantKind.PERSON,), min_length=1, max_length=2, description="Who may file it on the terminal."
    )
    agents: bool = Field(default=True, description="Somebody else may file it there for a person; an organization is always acted for.")
    read_first: tuple[str, ...] = Field(default=(), description="申报须知, a sentence each")
    fields: tuple[FormField, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> ServiceItem:
        if not self.handled_here and self.elsewhere is None:
            raise ValueError(f"item {self.code}: an item handled elsewhere says which body handles it (R1.4)")
        if self.apply_here and not (self.handled_here and self.fields):
            raise ValueError(f"item {self.code}: an item that can be filed here is handled here and has a form")
        if any(material.code == AUTHORITY_PAPER for material in self.materials):
            raise ValueError(f"item {self.code}: {AUTHORITY_PAPER} is the paper of agents, and no material of an item")
        if len(set(self.applicants)) != len(self.applicants):
            raise ValueError(f"item {self.code}: applicants names a kind twice")
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


class CatalogueAnswer(Message):
    """GET /api/v1/catalogue: every item now in force, with the center's name, its public key and what it promises."""

    center_name: str
    township_id: Identifier
    center_public_key: str = Field(description="Ed25519, base64: checks codes that the center signed.")
    public_base_url: str = Field(default="", description="Empty: no page for phones exists, and nothing may promise one.")
    window_hours: str = Field(default="", description="When the windows are staffed, in words.")
    hotline: str = Field(default="", description="A telephone that is answered when no window is staffed; empty: none may be named.")
    posts_results: bool = Field(default=False, description="Results can be posted by EMS; false: nothing may promise it.")
    items: tuple[ServiceItem, ...]


class CatalogueChanges(Message):
    """GET /api/v1/catalogue?since=…: what is otherwise than in the catalogue of that tag. All else of it is as it is now."""

    since: str = Field(description="The tag of the catalogue that these changes belong to, without quotes.")
    center_name: str
    township_id: Identifier
    center_public_key: str
    public_base_url: str = ""
    window_hours: str = ""
    hotline: str = ""
    posts_results: bool = False
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
            hotline=self.hotline,
            posts_results=self.posts_results,
            items=tuple(items[code] for code in sorted(items)),
        )
