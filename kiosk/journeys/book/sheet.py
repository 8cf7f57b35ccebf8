"""The booking being made: what was chosen, what the center said is free. Lives as long as the session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import TypeVar

from kiosk.i18n import Texts
from kiosk.journeys.step import Workplace
from kiosk.session import Sheet
from kiosk.wire.services import BookingAnswer, BookingCancel, BookingChange, BookingSent, FreeSlot, FreeSlotsAnswer

BOOKED = "booked"

W = TypeVar("W", BookingSent, BookingChange, BookingCancel)


@dataclass
class BookingSheet(Sheet):
    """A booking as far as it is. `values` holds the telephone, if one is given."""

    #: As the center last said it; None: to be asked.
    free: FreeSlotsAnswer | None = None
    day: date | None = None
    window: str = ""
    starts: time | None = None
    #: For which item, if the citizen says; empty: nothing, or something else.
    item_code: str = ""
    #: The booking that is moved; None: a new one is made.
    changing: BookingAnswer | None = field(default=None, repr=False)
    #: What was last sent: the same again has the same key, and is one booking.
    sent: BookingSent | BookingChange | BookingCancel | None = field(default=None, repr=False)
    #: The booking that is looked at, or was made here just now.
    booking: BookingAnswer | None = field(default=None, repr=False)
    #: Number of a slip that was held up, until its booking is found by card.
    wanted: str = field(default="", repr=False)

    def slots(self) -> tuple[FreeSlot, ...]:
        """What is free."""
        return self.free.slots if self.free else ()

    def same_or(self, message: W) -> W:
        """What was sent before, if this says the same under another key: it is the same act. Else this."""
        before = self.sent
        if isinstance(before, type(message)) and before.model_copy(update={"key": message.key}) == message:
            return before
        self.sent = message
        return message

    def choose(self, day: date | None, window: str = "", starts: time | None = None) -> None:
        """A slot, or a part of one."""
        self.day, self.window, self.starts = day, window, starts


def booking_sheet(work: Workplace) -> BookingSheet:
    """The session's booking, begun if there is none."""
    return work.session.sheet(BookingSheet)


def begin_booking(work: Workplace, changing: BookingAnswer | None = None) -> None:
    """Begin a new booking, or another time for one. What was chosen for a new one that was not made yet is kept."""
    sheet = booking_sheet(work)
    if sheet.booking is not None or changing != sheet.changing:
        sheet.choose(None)
        sheet.item_code, sheet.sent = "", None
        sheet.values.clear()
    sheet.changing = sheet.booking = changing
    sheet.free = None


def when_words(texts: Texts, day: date, starts: time) -> str:
    """11月26日 周四 9:30"""
    return f"{texts.day(day)} {texts.weekday(day)} {starts:%-H:%M}"


def booking_when(texts: Texts, booking: BookingAnswer) -> str:
    """When a booking is."""
    return when_words(texts, booking.day, booking.starts)


def item_name(work: Workplace, code: str) -> str:
    """What a booking is for, in words; empty if nothing was said, or the item is gone."""
    item = work.item(code) if code else None
    return item.task_name if item else ""


def state_label(texts: Texts, booking: BookingAnswer) -> str:
    """How a booking stands; one of a state that is not known here says nothing."""
    t = texts.t
    return {BOOKED: t("约好了"), "came": t("已经来过"), "missed": t("没有来"), "cancelled": t("已取消")}.get(booking.state, "")
