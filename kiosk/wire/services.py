"""Requests and answers of the other services: rating, booking, suggestion, call for help (R10)."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from kiosk.wire.base import ONE_LINE, WRITTEN, CodeText, Line, Message

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=WRITTEN)]
CardNumber = Annotated[str, StringConstraints(min_length=8, max_length=18, pattern=ONE_LINE)]


# ------------------------------------------------------------------ rating (GB/T 39734-2020: five levels)


class RatingTag(StrEnum):
    """What was good or bad."""

    KIND = "kind"
    QUICK = "quick"
    CLEAR = "clear"
    EASY = "easy"
    UNKIND = "unkind"
    SLOW = "slow"
    UNCLEAR = "unclear"
    RUNAROUND = "runaround"
    MACHINE = "machine"


class RatingSent(Message):
    """POST /api/v1/ratings: one case rated, found by its receipt's code."""

    key: UUID
    code: CodeText = Field(min_length=1, description="The text of the receipt's QR.")
    level: int = Field(strict=True, ge=1, le=5, description="1 非常不满意 … 5 非常满意")
    tags: tuple[RatingTag, ...] = Field(default=(), max_length=9)
    comment: Words = ""


class RatingAnswer(Message):
    """201 for the first, 200 for a repeat. `stage`: whether filing it or its result was rated."""

    stage: str
    level: int


# ------------------------------------------------------------------ booking


class FreeSlot(Message):
    """A time at a window with places left."""

    day: date
    window: str
    starts: time
    left: int


class FreeSlotsAnswer(Message):
    """GET /api/v1/bookings/free. `minutes`: how long a slot is. Empty `slots`: nothing can be booked now, and `note` says why."""

    minutes: int
    slots: tuple[FreeSlot, ...]
    note: str = ""


class BookingSent(Message):
    """POST /api/v1/bookings: a slot for who put the card on."""

    key: UUID
    name: Line = Field(min_length=1, max_length=60)
    number: CardNumber
    phone: Line = Field(default="", max_length=20)
    item_code: str = Field(default="", pattern=r"^([A-Z0-9]{2,16})?$")
    day: date
    window: Line = Field(min_length=1, max_length=40)
    starts: time


class BookingAnswer(Message):
    """One booking. `code` is the text of the slip's QR, signed by the center. `state`: booked, came, missed or cancelled."""

    number: str
    day: date
    window: str
    starts: time
    minutes: int
    item_code: str
    state: str
    note: str = ""
    code: str


class BookingsQuestion(Message):
    """POST /api/v1/bookings/lookup: whose bookings."""

    number: CardNumber


class BookingsAnswer(Message):
    """Bookings from today on, the next first."""

    bookings: tuple[BookingAnswer, ...] = ()


class BookingChange(Message):
    """POST /api/v1/bookings/change: another slot for the same booking, by who booked it."""

    key: UUID
    booking: str = Field(pattern=r"^[A-Za-z0-9]{0,16}$")
    number: CardNumber
    day: date
    window: Line = Field(min_length=1, max_length=40)
    starts: time


class BookingCancel(Message):
    """POST /api/v1/bookings/cancel."""

    key: UUID
    booking: str = Field(pattern=r"^[A-Za-z0-9]{0,16}$")
    number: CardNumber


# ------------------------------------------------------------------ suggestion and call for help


class SuggestionSent(Message):
    """POST /api/v1/suggestions (意见箱)."""

    key: UUID
    words: str = Field(min_length=2, max_length=1000, pattern=WRITTEN)
    contact: Line = Field(default="", max_length=60)


class SuggestionAnswer(Message):
    """Kept."""

    received_at: datetime


class HelpCallSent(Message):
    """POST /api/v1/help-calls. `place`: the page the citizen is on, by its name in the program."""

    key: UUID
    place: str = Field(default="", pattern=r"^[a-z_]{0,40}$")


class HelpState(StrEnum):
    """`none`: nobody is on duty, nothing rings, and `sentence` says what can be done now (R8.1)."""

    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"
    NONE = "none"


class HelpAnswer(Message):
    """What the citizen is told. `by`: who comes."""

    state: HelpState
    sentence: str
    by: str = ""


class HelpQuestion(Message):
    """POST /api/v1/help-calls/state: how a call stands, by its key."""

    key: UUID
