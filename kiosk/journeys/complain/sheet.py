"""The complaint being made: what the citizen chose and wrote, and how that is said back. Lives as long as the session."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from kiosk.journeys.step import Workplace
from kiosk.ports import IdCard
from kiosk.session import Sheet
from kiosk.wire.complaints import Capacity, PublicPerson, PublicStaffAnswer, PublicWindow
from kiosk.wire.filing import Consent

EVIDENCE = "evidence"


class EvidenceChoice(StrEnum):
    """When evidence comes (R6.1)."""

    NOW = "now"
    LATER = "later"
    NONE = "none"


@dataclass
class ComplaintSheet(Sheet):
    """A complaint as far as it is. None and empty: not chosen yet."""

    #: To the use of what is written here. Of its own: its text says who sees the name (R6.8), no other does.
    consent: Consent | None = None
    about: str = field(default="", repr=False)
    matter: str = field(default="", repr=False)
    evidence: EvidenceChoice | None = None
    #: With the ID card, which opens the complaint later; else six digits do.
    by_card: bool | None = None
    capacity: Capacity | None = None
    #: Trying again is the same complaint.
    key: UUID | None = None

    @property
    def written_by_hand(self) -> bool:
        """The story is on paper, to be laid under the camera."""
        return "statement" in self.later

    @property
    def more_to_come(self) -> bool:
        """Evidence was promised and is not here."""
        if self.evidence is EvidenceChoice.LATER:
            return True
        return EVIDENCE in self.missing and not self.pages.get(EVIDENCE)

    def forget_address(self, card: IdCard) -> None:
        """Without the card nothing that it says goes along."""
        if self.values.get("address") == card.address:
            del self.values["address"]

    def forget_card(self, card: IdCard) -> None:
        """Whoever complained with the card is asked anew who they are, and checks it anew."""
        self.forget_address(card)
        if self.by_card:
            self.by_card, self.checked = None, False


def complaint_sheet(work: Workplace) -> ComplaintSheet:
    """The session's complaint, begun if there is none."""
    return work.session.sheet(ComplaintSheet)


def public_staff(work: Workplace) -> PublicStaffAnswer:
    """The public list as it was heard last; empty if it never was."""
    return work.public_staff or PublicStaffAnswer()


def about_chosen(work: Workplace) -> PublicWindow | PublicPerson | None:
    """Whom the complaint is about, if they are still on the list."""
    listed, wanted = public_staff(work), complaint_sheet(work).about
    everybody: tuple[PublicWindow | PublicPerson, ...] = (*listed.windows, *listed.staff)
    return next((each for each in everybody if each.id == wanted), None)


def about_words(chosen: PublicWindow | PublicPerson) -> str:
    """Whom it is about, as on the list."""
    if isinstance(chosen, PublicPerson):
        return " ".join(part for part in (chosen.name, chosen.window or chosen.post) if part)
    return chosen.name


def matter_name(work: Workplace) -> str:
    """The reason chosen, in words; empty if it is no longer on the list."""
    wanted = complaint_sheet(work).matter
    return next((each.name for each in public_staff(work).matters if each.code == wanted), "")
