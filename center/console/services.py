"""The pages of the other services: booking calendar, calls for help, ratings, suggestion box."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from center.center import Refusal
from center.console.guard import PATH, Posted, Posting, Visit, Visiting, day_of
from center.console.pages import page
from center.domain.roles import Right
from center.services.booking_desk import STATE_NAMES, close_day, mark, open_day, week
from center.services.bookings import BookingState
from center.services.help_calls import answer_call, calls, close_call
from center.services.hours import booking_hours
from center.services.ratings import LEVEL_NAMES, ratings
from center.services.suggestions import answer, suggestions

router = APIRouter(prefix=PATH)


def _day(text: str, otherwise: date) -> date:
    return day_of(text) or otherwise


# ------------------------------------------------------------------ bookings


@router.get("/bookings")
def bookings(who: Visiting, request: Request, day: str = "") -> Response:
    """A week, and one day of it in full."""
    return _bookings(who, request, _day(day, who.center.clock.now().date()), "")


def _bookings(who: Visit, request: Request, chosen: date, fault: str, status: int = 200) -> Response:
    days = week(who.center, who.member, chosen)
    return page(
        request,
        "services/bookings",
        who,
        status,
        days=days,
        chosen=next(each for each in days if each.on == chosen),
        today=who.center.clock.now().date(),
        before=chosen - timedelta(days=7),
        after=chosen + timedelta(days=7),
        windows=who.center.config.services.booking_windows,
        slots=booking_hours(who.center),
        states=BookingState,
        state_names=STATE_NAMES,
        manages=who.member.may(Right.MANAGE_BOOKINGS),
        fault=fault,
    )


def _to_day(sent: Posted) -> Response:
    return RedirectResponse(f"{PATH}/bookings?day={_day(sent.text('day'), sent.visit.center.clock.now().date())}", 303)


@router.post("/bookings/close")
def do_close(sent: Posting, request: Request) -> Response:
    """Take no new bookings at a window, or at all, on a day."""
    who = sent.visit
    day = _day(sent.text("day"), who.center.clock.now().date())
    try:
        close_day(who.center, who.member, day, sent.text("window"), sent.text("reason"))
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return _bookings(who, request, day, refusal.message, 422)
    return _to_day(sent)


@router.post("/bookings/open")
def do_open(sent: Posting) -> Response:
    """Take bookings again."""
    who = sent.visit
    open_day(who.center, who.member, _day(sent.text("day"), who.center.clock.now().date()), sent.text("window"))
    return _to_day(sent)


@router.post("/bookings/{booking_id}/{act}")
def do_mark(sent: Posting, request: Request, booking_id: UUID, act: BookingState) -> Response:
    """Came, did not come, or cancelled with a reason."""
    who = sent.visit
    try:
        mark(who.center, who.member, booking_id, act, sent.text("note"))
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return _bookings(who, request, _day(sent.text("day"), who.center.clock.now().date()), refusal.message, 422)
    return _to_day(sent)


# ------------------------------------------------------------------ calls for help


@router.get("/help-calls")
def help_calls(who: Visiting, request: Request) -> Response:
    """The calls of the last day."""
    return page(request, "services/help_calls", who, calls=calls(who.center, who.member))


@router.get("/help-calls/ringing")
def ringing(who: Visiting, request: Request) -> Response:
    """What rings, for the top of every page."""
    return page(request, "services/ringing", who, calls=[call for call in calls(who.center, who.member) if call.ringing])


@router.post("/help-calls/{call_id}/answer")
def do_answer_call(sent: Posting, call_id: UUID) -> Response:
    """I go there."""
    answer_call(sent.visit.center, sent.visit.member, call_id)
    return RedirectResponse(f"{PATH}/help-calls", 303)


@router.post("/help-calls/{call_id}/close")
def do_close_call(sent: Posting, call_id: UUID) -> Response:
    """It is done."""
    close_call(sent.visit.center, sent.visit.member, call_id, sent.text("note"))
    return RedirectResponse(f"{PATH}/help-calls", 303)


# ------------------------------------------------------------------ ratings and suggestions


@router.get("/ratings")
def see_ratings(who: Visiting, request: Request, page_number: int = 1) -> Response:
    """The last ninety days."""
    return page(request, "services/ratings", who, ratings=ratings(who.center, who.member, page_number), levels=LEVEL_NAMES)


@router.get("/suggestions")
def see_suggestions(who: Visiting, request: Request, page_number: int = 1) -> Response:
    """The box, what waits for an answer first."""
    return _suggestions(who, request, page_number, "")


def _suggestions(who: Visit, request: Request, page_number: int, fault: str, status: int = 200) -> Response:
    return page(request, "services/suggestions", who, status, box=suggestions(who.center, who.member, page_number), fault=fault)


@router.post("/suggestions/{suggestion_id}")
def do_answer(sent: Posting, request: Request, suggestion_id: UUID) -> Response:
    """Record the answer."""
    who = sent.visit
    try:
        answer(who.center, who.member, suggestion_id, sent.text("answer"))
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return _suggestions(who, request, 1, refusal.message, 422)
    return RedirectResponse(f"{PATH}/suggestions", 303)
