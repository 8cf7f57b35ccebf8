"""预约: a day, a window and a time, for who puts the card on; seen, changed and given back with the same card (domain.md journey 6)."""

from __future__ import annotations

from kiosk.journeys.book.check import ChangeStep, CheckStep
from kiosk.journeys.book.done import BookedStep
from kiosk.journeys.book.free import DayStep, TimeStep
from kiosk.journeys.book.own import OwnStep
from kiosk.journeys.book.ways import BookingConsentStep, BookingWaysStep, CardStep
from kiosk.journeys.step import Journey

BOOKING = Journey("booking", (BookingWaysStep,))
BOOK = Journey("book", (CardStep, BookingConsentStep, DayStep, TimeStep, CheckStep, BookedStep), stepper=True)
BOOKINGS = Journey("bookings", (CardStep, BookingConsentStep, OwnStep))
BOOKING_CHANGE = Journey("booking_change", (DayStep, TimeStep, ChangeStep, BookedStep), stepper=True)
