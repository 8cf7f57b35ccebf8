"""Rating, booking, suggestions and calls for help, for terminals."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from center.api.caller import NO_STORE, Key, answer_made, center_of, require_key, terminal_of
from center.services.bookings import book, bookings_of, cancel, change, free_slots
from center.services.help_calls import call, state_of
from center.services.ratings import rate
from center.services.suggestions import suggest
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
    RatingAnswer,
    RatingSent,
    SuggestionAnswer,
    SuggestionSent,
)

router = APIRouter(prefix="/api/v1")


@router.post("/ratings")
def send_rating(request: Request, response: Response, sent: RatingSent, idempotency_key: Key = None) -> RatingAnswer:
    """Rate a case by its receipt's code."""
    require_key(idempotency_key, sent.key)
    answer, created = rate(center_of(request), sent)
    answer_made(response, created)
    return answer


@router.get("/bookings/free")
def read_free(request: Request, response: Response) -> FreeSlotsAnswer:
    """Every time that can be booked."""
    response.headers["Cache-Control"] = NO_STORE
    return free_slots(center_of(request))


@router.post("/bookings")
def send_booking(request: Request, response: Response, sent: BookingSent, idempotency_key: Key = None) -> BookingAnswer:
    """Book a time."""
    require_key(idempotency_key, sent.key)
    answer, created = book(center_of(request), sent)
    answer_made(response, created)
    return answer


@router.post("/bookings/lookup")
def read_bookings(request: Request, response: Response, question: BookingsQuestion) -> BookingsAnswer:
    """The card holder's bookings from today on."""
    response.headers["Cache-Control"] = NO_STORE
    return bookings_of(center_of(request), question.number)


@router.post("/bookings/change")
def change_booking(request: Request, response: Response, sent: BookingChange, idempotency_key: Key = None) -> BookingAnswer:
    """Move one of the card holder's bookings."""
    require_key(idempotency_key, sent.key)
    response.headers["Cache-Control"] = NO_STORE
    return change(center_of(request), sent)


@router.post("/bookings/cancel")
def cancel_booking(request: Request, response: Response, sent: BookingCancel, idempotency_key: Key = None) -> BookingAnswer:
    """Give up one of the card holder's bookings."""
    require_key(idempotency_key, sent.key)
    response.headers["Cache-Control"] = NO_STORE
    return cancel(center_of(request), sent)


@router.post("/suggestions")
def send_suggestion(request: Request, response: Response, sent: SuggestionSent, idempotency_key: Key = None) -> SuggestionAnswer:
    """Put something into the suggestion box."""
    require_key(idempotency_key, sent.key)
    answer, created = suggest(center_of(request), sent)
    answer_made(response, created)
    return answer


@router.post("/help-calls")
def send_call(request: Request, response: Response, sent: HelpCallSent, idempotency_key: Key = None) -> HelpAnswer:
    """Call for help."""
    require_key(idempotency_key, sent.key)
    response.headers["Cache-Control"] = NO_STORE
    return call(center_of(request), terminal_of(request), sent)


@router.post("/help-calls/state")
def read_call(request: Request, response: Response, question: HelpQuestion) -> HelpAnswer:
    """How a call stands."""
    response.headers["Cache-Control"] = NO_STORE
    return state_of(center_of(request), question.key)
