"""Everything that a step asks of the center at once, while the citizen waits: where, with what, and what answers it. Asks nothing itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from kiosk.wire.base import Message
from kiosk.wire.cases import CasePapersAnswer, CasesAnswer, CaseStateAnswer, CodeQuestion, IdentityQuestion, PapersQuestion
from kiosk.wire.complaints import ComplaintDetail, ComplaintReceiptAnswer, ComplaintsAnswer, ReceiptOpening
from kiosk.wire.filing import Withdrawal, WithdrawalAnswer
from kiosk.wire.services import (
    BookingAnswer,
    BookingCancel,
    BookingChange,
    BookingsAnswer,
    BookingSent,
    BookingsQuestion,
    FreeSlotsAnswer,
    HelpAnswer,
    HelpCallSent,
    HelpQuestion,
)

#: Largest answers taken, in bytes. Papers are text, some 10 kB each; a card may have many of them.
_SMALL = 1_000_000
_WITH_PAPERS = 8_000_000


@dataclass(frozen=True)
class Question:
    """One question. A step keeps the one it asked: an answer to another one is an old one's. `key`: of one that changes something."""

    method: str
    path: str
    answer: type[Message]
    message: Message | None = field(repr=False, default=None)
    key: UUID | None = None
    #: Bytes.
    largest: int = _SMALL


# ------------------------------------------------------------------ cases


def case_state(code: str) -> Question:
    """The state behind the text of a receipt's QR. Refused if there is no such case."""
    return Question("POST", "/api/v1/cases/state", CaseStateAnswer, CodeQuestion(code=code))


def cases(number: str) -> Question:
    """All cases of an ID number."""
    return Question("POST", "/api/v1/cases/lookup", CasesAnswer, IdentityQuestion(number=number), largest=_WITH_PAPERS)


def case_papers(number: str, receipt_number: str) -> Question:
    """The notices of one of an ID number's cases, to print."""
    message = PapersQuestion(number=number, receipt_number=receipt_number)
    return Question("POST", "/api/v1/cases/papers", CasePapersAnswer, message, largest=_WITH_PAPERS)


def withdrawal(message: Withdrawal, receipt_number: str) -> Question:
    """End one of the card holder's own cases."""
    return Question("POST", f"/api/v1/applications/{receipt_number}/withdrawal", WithdrawalAnswer, message, message.key)


# ------------------------------------------------------------------ bookings


def free_slots() -> Question:
    """What can be booked."""
    return Question("GET", "/api/v1/bookings/free", FreeSlotsAnswer)


def booking(message: BookingSent) -> Question:
    """Book a slot."""
    return Question("POST", "/api/v1/bookings", BookingAnswer, message, message.key)


def bookings(number: str) -> Question:
    """The bookings of an ID number, from today on."""
    return Question("POST", "/api/v1/bookings/lookup", BookingsAnswer, BookingsQuestion(number=number))


def booking_change(message: BookingChange) -> Question:
    """Another slot for a booking."""
    return Question("POST", "/api/v1/bookings/change", BookingAnswer, message, message.key)


def booking_cancel(message: BookingCancel) -> Question:
    """Give a booking back."""
    return Question("POST", "/api/v1/bookings/cancel", BookingAnswer, message, message.key)


# ------------------------------------------------------------------ help


def help_call(message: HelpCallSent) -> Question:
    """Call for help."""
    return Question("POST", "/api/v1/help-calls", HelpAnswer, message, message.key)


def help_state(key: UUID) -> Question:
    """How a call for help stands, by its key."""
    return Question("POST", "/api/v1/help-calls/state", HelpAnswer, HelpQuestion(key=key))


# ------------------------------------------------------------------ complaints


def complaint_receipt(code: str) -> Question:
    """What opens the complaint behind the text of a receipt's QR."""
    return Question("POST", "/api/v1/complaints/receipt", ComplaintReceiptAnswer, CodeQuestion(code=code))


def complaint(code: str, digits: str) -> Question:
    """The complaint behind a receipt's QR, with the six digits chosen for it."""
    message = ReceiptOpening(code=code, digits=digits)
    return Question("POST", "/api/v1/complaints/open", ComplaintDetail, message, largest=_WITH_PAPERS)


def complaints(number: str) -> Question:
    """All complaints of an ID number."""
    return Question("POST", "/api/v1/complaints/lookup", ComplaintsAnswer, IdentityQuestion(number=number), largest=_WITH_PAPERS)
