"""What is sealed in a complaint: who complained, and in what words (R6.8)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from center.center import Center
from center.store.encryption import LetGo
from center.store.tables import Complaint
from kiosk.wire.complaints import Agent, Capacity, Party, PartyKind

#: In the place of what was cleared when the retention was over.
LET_GO_WORDS = "（已过保存期限，按规定清除）"


class StoredParty(BaseModel):
    """Who complained or acts for them, as it is kept: read for as long as the complaint is, so it demands nothing of the text in it.

    What may be written is checked where it is written, by the types of the wire.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: PartyKind = PartyKind.PERSON
    name: str
    contact: str
    number: str = ""

    @classmethod
    def of(cls, said: Party | Agent) -> StoredParty:
        """What was checked, to be kept."""
        return cls.model_validate(said.model_dump())


class Complainant(BaseModel):
    """Who complained. `verified`: the number was read from the card, or checked by an officer."""

    model_config = ConfigDict(frozen=True)

    party: StoredParty
    capacity: Capacity = Capacity.SELF
    agent: StoredParty | None = None
    group_size: int | None = None
    verified: bool = False

    @property
    def holder_number(self) -> str:
        """The number of who brought the complaint."""
        return (self.agent.number if self.agent else self.party.number).strip().upper()

    def tells(self, text: str) -> bool:
        """Whether `text` names who complained, or how to reach them."""
        named = [self.party.name, self.party.contact, self.party.number]
        named += [self.agent.name, self.agent.contact, self.agent.number] if self.agent else []
        return any(part and part in text for part in named)


class Statement(BaseModel):
    """What was said. From `case_number` it follows who it is, so it is sealed with the words."""

    model_config = ConfigDict(frozen=True)

    words: str
    case_number: str = ""


def seal_complainant(center: Center, complaint_id: object, complainant: Complainant) -> bytes:
    """For the column `complainant`."""
    return center.cipher.seal("complaints", "complainant", str(complaint_id), complainant.model_dump_json().encode())


def seal_statement(center: Center, complaint_id: object, statement: Statement) -> bytes:
    """For the column `statement`."""
    return center.cipher.seal("complaints", "statement", str(complaint_id), statement.model_dump_json().encode())


def complainant_of(center: Center, complaint: Complaint) -> Complainant:
    """Who complained; once the retention was over, nobody."""
    try:
        return Complainant.model_validate_json(center.cipher.open("complaints", "complainant", complaint.id, complaint.complainant))
    except LetGo:
        return Complainant(party=StoredParty(name=LET_GO_WORDS, contact=LET_GO_WORDS))


def statement_of(center: Center, complaint: Complaint) -> Statement:
    """What was said; once the retention was over, nothing."""
    try:
        return Statement.model_validate_json(center.cipher.open("complaints", "statement", complaint.id, complaint.statement))
    except LetGo:
        return Statement(words=LET_GO_WORDS)


def complainant_index(center: Center, number: str) -> str:
    """The blind index under which a card holder's complaints are found. Not the one of cases: the two cannot be matched in the tables."""
    return center.cipher.blind_index("complainant_number", number.strip().upper())
