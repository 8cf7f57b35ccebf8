"""Somebody who books a time at the terminal, and what the center holds of it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

from demo.place import Place
from kiosk.events import Woken
from kiosk.link.questions import Question, booking, booking_cancel, bookings, free_slots
from kiosk.views import AttractView, ConsentView, GridView, IdentifyView, ReviewView, WaysView
from kiosk.wire.base import Message
from kiosk.wire.services import BookingAnswer, BookingCancel, BookingsAnswer, BookingSent, FreeSlot, FreeSlotsAnswer

WANG, LI = "230903194803120022", "230903198506150019"


def visit(place: Place) -> Iterator[None]:
    """A visit begins and ends at the attract screen, with no card on the reader and no booking held."""
    place.citizen.sees(AttractView)
    place.citizen.waits(lambda: not place.composition.terminal.work.hub.card_present)
    yield
    place.bench.lift_card()
    place.bench.hold_code()
    place.bench.set_paper(True)
    place.citizen.leaves()
    for each in held(place):
        asks(place, booking_cancel(BookingCancel(key=uuid4(), booking=each.number, number=WANG)))


def asks(place: Place, question: Question) -> Message:
    """What the center answers."""
    return place.composition.terminal.work.center._client.ask(question)  # the same signed client


def held(place: Place, number: str = WANG) -> list[BookingAnswer]:
    """The bookings of a card that stand."""
    answer = asks(place, bookings(number))
    assert isinstance(answer, BookingsAnswer)
    return [each for each in answer.bookings if each.state == "booked"]


def free(place: Place) -> tuple[FreeSlot, ...]:
    """Every time that can be booked now."""
    answer = asks(place, free_slots())
    assert isinstance(answer, FreeSlotsAnswer)
    return answer.slots


def books_elsewhere(place: Place, slot: FreeSlot, number: str = LI) -> None:
    """Somebody with another card, or this one at another terminal."""
    sent = BookingSent(key=uuid4(), name="李建国", number=number, day=slot.day, window=slot.window, starts=slot.starts)
    asks(place, booking(sent))


def comes(place: Place) -> WaysView:
    """From the attract screen to the two ways."""
    place.citizen.post(Woken())
    place.citizen.touches("way_booking")
    return place.citizen.sees(WaysView)


def identifies(place: Place, person: str = "wang-guilan") -> None:
    """The card, and consent."""
    place.citizen.sees(IdentifyView)
    place.bench.lay_card(person)
    place.citizen.sees(ConsentView)
    place.citizen.touches("agree")


def at_the_days(place: Place) -> GridView:
    """As far as the days of a new booking."""
    comes(place)
    place.citizen.touches("way_book")
    identifies(place)
    return place.citizen.sees(GridView, lambda view: "哪天" in view.title)


def at_the_check(place: Place, time: str = "") -> ReviewView:
    """As far as the last page before booking; `time`: the button's id, else the first that is free on the first day."""
    at_the_days(place)
    place.citizen.touches("day_1")
    times = place.citizen.sees(GridView, lambda view: "几点" in view.title)
    place.citizen.touches(time or times.sections[0].buttons[0].id)
    return place.citizen.sees(ReviewView)
