"""Which seal goes on which paper (R7.1, R7.3). The ledger of its uses (R7.2) is a chain: `center.domain.chain`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from center.domain.paper import PAPER_FORMS, PaperKind

#: R7.1: the one seal is in use since this day (管理制度 第七条).
IN_USE_SINCE = date(2022, 10, 17)


class SealKind(StrEnum):
    """Which seal."""

    APPROVAL = "approval"
    EXEMPT = "exempt"
    OFFICIAL = "official"
    NONE = "none"


@dataclass(frozen=True)
class SealChoice:
    """`kind`, and `name` of an exempt item's own seal; the others are named by the center's configuration."""

    kind: SealKind
    name: str = ""

    @property
    def in_ledger(self) -> bool:
        """Whether its use goes into the seal's ledger (R7.2): the one seal, and the seal that a transferred item keeps, both held by the custodian."""
        return self.kind in (SealKind.APPROVAL, SealKind.EXEMPT)


#: Not matters of administrative approval: the center's own official seal, where one is needed at all (R7.3, 第五条).
OFFICIAL: frozenset[PaperKind] = frozenset(
    {
        PaperKind.COMPLAINT_ACCEPTANCE,
        PaperKind.COMPLAINT_SUPPLEMENT,
        PaperKind.COMPLAINT_REFUSAL,
        PaperKind.COMPLAINT_REFERRAL,
        PaperKind.COMPLAINT_EXTENSION,
        PaperKind.COMPLAINT_RESULT,
        PaperKind.OVERDUE_REPORT,
        PaperKind.STATISTICS,
    }
)


def seal_for(kind: PaperKind, exempt_seal: str = "") -> SealChoice:
    """The seal that goes on a paper of this kind (R7.1, R7.3). `exempt_seal`: the seal that a law leaves to the item, or "".

    An entrusted item's seal is named by the item too, and so is never put on another item's paper.
    """
    if PAPER_FORMS[kind].sealed:
        return SealChoice(SealKind.EXEMPT, exempt_seal) if exempt_seal else SealChoice(SealKind.APPROVAL)
    return SealChoice(SealKind.OFFICIAL if kind in OFFICIAL else SealKind.NONE)
