"""Who applies and who comes for them: a person, or a legal person or other organization by its credit code; an agent with identity and authority."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from kiosk.wire.filing import Applicant

ORGANIZATION = "organization"
#: What the kinds of documents are called: a person's cards, and an organization's code.
KIND_NAMES: dict[str, str] = {
    "resident": "居民身份证",
    "hmt": "港澳台居民居住证",
    "foreign": "外国人永久居留身份证",
    ORGANIZATION: "统一社会信用代码（单位申请）",
}
#: The paper that says an agent may act, among the papers of the case.
AUTHORITY_PAPER = "agent_authority"


class Authority(StrEnum):
    """What an agent acts upon."""

    POWER_OF_ATTORNEY = "power_of_attorney"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"


AUTHORITY_NAMES: dict[Authority, str] = {
    Authority.POWER_OF_ATTORNEY: "授权委托书",
    Authority.GUARDIAN: "监护关系证明",
    Authority.REPRESENTATIVE: "法定代表人（负责人）身份证明",
}


def authorities(kind: str) -> tuple[Authority, ...]:
    """What an agent of such an applicant can act upon: an organization has no guardian, a person no representative."""
    return (Authority.POWER_OF_ATTORNEY, Authority.REPRESENTATIVE if kind == ORGANIZATION else Authority.GUARDIAN)


class Agent(BaseModel):
    """代办人: who came for the applicant, as the card says, and upon which paper."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str = Field(pattern="^(resident|hmt|foreign)$")
    name: str = Field(min_length=1, max_length=60)
    number: str = Field(min_length=8, max_length=18)
    phone: str = Field(max_length=20)
    authority: Authority

    @property
    def authority_words(self) -> str:
        """The paper, in words."""
        return AUTHORITY_NAMES[self.authority]


class Party(Applicant):
    """The applicant of a case. What a terminal files is always a person who stands there with a card."""

    kind: str = Field(pattern="^(resident|hmt|foreign|organization)$")
    agent: Agent | None = None

    @property
    def number_label(self) -> str:
        """What the number is."""
        return "统一社会信用代码" if self.kind == ORGANIZATION else "证件号码"
