"""Who applies and who comes for them: a person, or a legal person or other organization by its credit code; an agent with identity and authority."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from kiosk.wire.filing import ORGANIZATION, Authority

#: What the kinds of documents are called: a person's cards, and an organization's code.
KIND_NAMES: dict[str, str] = {
    "resident": "居民身份证",
    "hmt": "港澳台居民居住证",
    "foreign": "外国人永久居留身份证",
    ORGANIZATION: "统一社会信用代码（单位申请）",
}
AUTHORITY_NAMES: dict[Authority, str] = {
    Authority.POWER_OF_ATTORNEY: "授权委托书",
    Authority.GUARDIAN: "监护关系证明",
    Authority.REPRESENTATIVE: "法定代表人（负责人）身份证明",
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


class Party(_Stored):
    """The applicant of a case. What a terminal files is always a person who stands there with a card."""

    kind: str
    name: str
    number: str
    sex: str = ""
    nation: str = ""
    birth: date | None = None
    address: str = ""
    phone: str = ""
    agent: Agent | None = None

    @property
    def number_label(self) -> str:
        """What the number is."""
        return "统一社会信用代码" if self.kind == ORGANIZATION else "证件号码"
