"""预约: a day, a window and a time, for who put the card on; changed and cancelled by the same card (R10). Windows have `booking_desk`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.domain.booking import Slot, bookable_days, free
from center.records.counters import next_number
from center.records.writes import once
from center.services.hours import booking_hours
from center.store.encryption import LetGo
from center.store.tables import Booking, BookingClosure
from center.terminals import CENTER_ISSUER
from kiosk.wire.codes import Code, CodeKind, write_code
from kiosk.wire.services import (
    BookingAnswer,
    BookingCancel,
    BookingChange,
    BookingsAnswer,
    BookingSent,
    FreeSlot,
    FreeSlotsAnswer,
)

#: How many bookings one person may hold at once [design]: a family's errands, not everybody's mornings.
MAX_OPEN = 3


class BookingState(StrEnum):
    """How a booking stands."""

    BOOKED = "booked"
    CAME = "came"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Person:
    """Who booked."""

    name: str
    number: str
    phone: str


def person_of(center: Center, booking: Booking) -> Person:
    """Who booked, in the clear."""
    try:
        return Person(**json.loads(center.cipher.open("bookings", "person", booking.id, booking.person)))
    except LetGo:
        return Person(name="已清除", number="", phone="")


def _gone() -> Refusal:
    return Refusal("slot_taken", "这个时间刚被别人约走了，请另选一个时间。")


def person_index(center: Center, number: str) -> str:
    """The blind index under which a person's bookings are found."""
    return center.cipher.blind_index("booking_number", number.strip().upper())


def _taken(center: Center, session: Session, first: date, last: date) -> list[Slot]:
    rows = session.execute(
        select(Booking.day, Booking.window, Booking.starts).where(
            Booking.township_id == center.township_id, Booking.day.between(first, last), Booking.place.is_not(None)
        )
    )
    return [Slot(day, window, starts) for day, window, starts in rows]


def _closed(center: Center, session: Session, days: tuple[date, ...]) -> list[Slot]:
    rows = session.execute(
        select(BookingClosure.day, BookingClosure.window).where(
            BookingClosure.township_id == center.township_id, BookingClosure.day.in_(days)
        )
    )
    starts = booking_hours(center).starts()
    windows = center.config.services.booking_windows
    return [Slot(day, name, at) for day, window in rows for name in ([window] if window else windows) for at in starts]


def free_slots(center: Center) -> FreeSlotsAnswer:
    """Every time that can be booked, from tomorrow's working day on."""
    services, hours = center.config.services, booking_hours(center)
    if not services.booking_windows:
        return FreeSlotsAnswer(minutes=hours.minutes, slots=(), note="本中心没有开通预约，请在窗口开放时间直接来。")
    days = bookable_days(center.clock.now().date(), services.booking_days, center.calendar)
    if not days:
        return FreeSlotsAnswer(minutes=hours.minutes, slots=(), note="接下来几天没有可以预约的工作日，请过几天再约。")
    with center.database.reading() as session:
        found = free(days, services.booking_windows, hours, _taken(center, session, days[0], days[-1]), _closed(center, session, days))
        slots = tuple(FreeSlot(day=slot.day, window=slot.window, starts=slot.starts, left=left) for slot, left in found)
    return FreeSlotsAnswer(
        minutes=hours.minutes, slots=slots, note="" if slots else "这段时间已经约满，请过几天再约，或在窗口开放时间直接来。"
    )


def _place(center: Center, session: Session, slot: Slot) -> int:
    """A place of the slot that is free. Two at once may get the same: the table refuses the second, which looks again. Raises Refusal."""
    days = bookable_days(center.clock.now().date(), center.config.services.booking_days, center.calendar)
    hours = booking_hours(center)
    if slot.day not in days or slot.window not in center.config.services.booking_windows or slot.starts not in hours.starts():
        raise Refusal("slot_unknown", "这个时间不能预约，请从列出的时间里选。", {"starts": "unknown"})
    if slot in _closed(center, session, (slot.day,)):
        raise _gone()
    used = set(
        session.scalars(
            select(Booking.place).where(
                Booking.township_id == center.township_id,
                Booking.day == slot.day,
                Booking.window == slot.window,
                Booking.starts == slot.starts,
                Booking.place.is_not(None),
            )
        )
    )
    left = [place for place in range(1, hours.places + 1) if place not in used]
    if not left:
        raise _gone()
    return left[0]


def _answer(center: Center, booking: Booking) -> BookingAnswer:
    return BookingAnswer(
        number=booking.number,
        day=booking.day,
        window=booking.window,
        starts=booking.starts,
        minutes=center.config.services.booking_minutes,
        item_code=booking.item_code,
        state=booking.state,
        note=booking.note,
        code=write_code(Code(CodeKind.BOOKING, CENTER_ISSUER, booking.number), center.keys.signing),
    )


def book(center: Center, sent: BookingSent) -> tuple[BookingAnswer, bool]:
    """Book a slot; the answer, and whether it is new. Raises Refusal."""

    def act(session: Session) -> tuple[UUID, str]:
        index = person_index(center, sent.number)
        today = center.clock.now().date()
        held = session.scalars(
            select(Booking).where(
                Booking.township_id == center.township_id,
                Booking.person_index == index,
                Booking.state == BookingState.BOOKED,
                Booking.day >= today,
            )
        ).all()
        if len(held) >= MAX_OPEN:
            raise Refusal("bookings_many", f"您已经有 {MAX_OPEN} 个预约。请先取消一个，再约新的。")
        if any((each.day, each.starts) == (sent.day, sent.starts) for each in held):
            raise Refusal("booked_before", "您在这个时间已经有一个预约了。", {"starts": "double"})
        place = _place(center, session, Slot(sent.day, sent.window, sent.starts))
        booking_id = uuid4()
        person = {"name": sent.name, "number": sent.number.strip().upper(), "phone": sent.phone}
        booking = Booking(
            id=booking_id,
            township_id=center.township_id,
            number=f"Y{sent.day:%y%m%d}{next_number(center, session, f'booking.{sent.day:%Y%m%d}'):05}",
            day=sent.day,
            window=sent.window,
            starts=sent.starts,
            place=place,
            state=BookingState.BOOKED,
            person=center.cipher.seal("bookings", "person", booking_id, json.dumps(person, ensure_ascii=False).encode()),
            person_index=index,
            item_code=sent.item_code,
            booked_at=center.clock.now(),
        )
        session.add(booking)
        session.flush()
        return booking_id, _answer(center, booking).model_dump_json()

    done = once(center, "booking", sent.key, sent.model_dump(mode="json"), act)
    return BookingAnswer.model_validate_json(done.answer), done.created


def _own(center: Center, session: Session, number: str, booking: str) -> Booking:
    found = session.scalar(
        select(Booking)
        .where(
            Booking.township_id == center.township_id,
            Booking.number == booking,
            Booking.person_index == person_index(center, number),
        )
        .with_for_update()
    )
    if found is None or person_of(center, found).number != number.strip().upper():
        raise Refusal("booking_unknown", "没有查到您的这个预约。请放上预约时用的身份证再试。")
    if found.state != BookingState.BOOKED or found.day < center.clock.now().date():
        raise Refusal("booking_over", "这个预约已经取消、用过或过期了，请重新预约。")
    return found


def change(center: Center, sent: BookingChange) -> BookingAnswer:
    """Move a booking to another slot, by who made it. The old place is free at once. Raises Refusal."""

    def act(session: Session) -> tuple[UUID, str]:
        booking = _own(center, session, sent.number, sent.booking)
        slot = Slot(sent.day, sent.window, sent.starts)
        if Slot(booking.day, booking.window, booking.starts) == slot:
            raise Refusal("slot_same", "您选的就是原来的时间，没有改动。")
        booking.place = _place(center, session, slot)
        booking.day, booking.window, booking.starts = sent.day, sent.window, sent.starts
        session.flush()
        return booking.id, _answer(center, booking).model_dump_json()

    done = once(center, "booking_change", sent.key, sent.model_dump(mode="json"), act)
    return BookingAnswer.model_validate_json(done.answer)


def cancel(center: Center, sent: BookingCancel) -> BookingAnswer:
    """Give a booking up, by who made it. Raises Refusal."""

    def act(session: Session) -> tuple[UUID, str]:
        booking = _own(center, session, sent.number, sent.booking)
        booking.state, booking.place = BookingState.CANCELLED, None
        session.flush()
        return booking.id, _answer(center, booking).model_dump_json()

    done = once(center, "booking_cancel", sent.key, sent.model_dump(mode="json"), act)
    return BookingAnswer.model_validate_json(done.answer)


def bookings_of(center: Center, number: str) -> BookingsAnswer:
    """A person's bookings from today on. The index only finds candidates: the number itself is compared in the clear."""
    wanted = number.strip().upper()
    with center.database.reading() as session:
        rows = session.scalars(
            select(Booking)
            .where(
                Booking.township_id == center.township_id,
                Booking.person_index == person_index(center, number),
                Booking.day >= center.clock.now().date(),
            )
            .order_by(Booking.day, Booking.starts)
        )
        return BookingsAnswer(bookings=tuple(_answer(center, row) for row in rows if person_of(center, row).number == wanted))
