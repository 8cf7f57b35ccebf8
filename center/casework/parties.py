"""Who applies and who comes for them: a person, or a legal person or other organization by its credit code; an agent with identity and authority."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from kiosk.wire.filing import AUTHORITY_NAMES, ORGANIZATION, Authority, Delivery, Filing, Tell

#: What the kinds of documents are called: a person's cards, and an organization's code.
KIND_NAMES: dict[str, str] = {
    "resident": "居民身份证",
    "hmt": "港澳台居民居住证",
    "foreign": "外国人永久居留身份证",
    ORGANIZATION: "统一社会信用代码（单位申请）",
}


class _Stored(BaseModel):
    """What is kept of a case. It is read for as long as the case is kept, so it demands nothing of the text in it, however that came there.

    What may be written is checked where it is written: on the wire (`kiosk.wire.filing.Applicant`), at the window (`walk_in`, `correcting`).
    """

    model_config = ConfigDict(extra="ignore", frozen=True)


class Agent(_Stored):
    """代办人: who came for the applicant, as the card says, and upon which paper."""

    kind: str
    name: str
    number: str
    phone: str
    authority: Authority

    @property
    def authority_words(self) -> str:
        """The paper, in words."""
        return AUTHORITY_NAMES[self.authority]


def _same(one: str, other: str) -> bool:
    return one.strip().upper() == other.strip().upper()


class PostAddress(_Stored):
    """Where the applicant wants the result posted to."""

    recipient: str
    phone: str
    address: str


TELL_NAMES: dict[Tell, str] = {Tell.PHONE: "打电话告诉", Tell.VISIT: "自己来刷身份证查看，不用打电话"}


class Party(_Stored):
    """The applicant of a case, who came for them, and how they are reached. What says so at a terminal is always a person with a card."""

    kind: str
    name: str
    number: str
    sex: str = ""
    nation: str = ""
    birth: date | None = None
    address: str = ""
    phone: str = ""
    agent: Agent | None = None
    #: None: not asked, as at the window.
    tell: Tell | None = None
    #: None: not to be posted, or not said where to.
    post_to: PostAddress | None = None

    def is_of(self, number: str) -> bool:
        """Whether the applicant has this number."""
        return _same(self.number, number)

    def came(self, number: str) -> bool:
        """Whether who came for the applicant has this number."""
        return self.agent is not None and _same(self.agent.number, number)

    @property
    def told_at(self) -> str:
        """The number that is called: of who came, before that of the applicant. Empty: none is known."""
        return (self.agent.phone if self.agent else "") or self.phone

    @property
    def tell_words(self) -> str:
        """How to be told, in words; empty if it was not asked."""
        if self.tell is None:
            return ""
        return TELL_NAMES[self.tell] + (f" {self.told_at}" if self.tell is Tell.PHONE else "")

    @property
    def name_label(self) -> str:
        """What the name is."""
        return "单位名称" if self.kind == ORGANIZATION else "姓名"

    @property
    def number_label(self) -> str:
        """What the number is."""
        return "统一社会信用代码" if self.kind == ORGANIZATION else "证件号码"


#: How a result is handed out, in words.
DELIVERY_NAMES: dict[str, str] = {Delivery.WINDOW.value: "到窗口领取", Delivery.POST.value: "邮寄（EMS）"}


def party_of(filing: Filing) -> Party:
    """Who applies, as a terminal filed it."""
    said = filing.model_dump(mode="json", include={"agent", "tell", "post_to"})
    return Party.model_validate(filing.applicant.model_dump() | said)
