"""The windows' side of 预约: the week as a calendar, who came, what is cancelled and why, days that take none (R10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from center.center import Center, Refusal
from center.clock import security_now
from center.domain.roles import Right
from center.members import Member, require
from center.records import journal
from center.services.bookings import BookingState, person_of
from center.store.tables import Booking, BookingClosure

STATE_NAMES: dict[BookingState, str] = {
    BookingState.BOOKED: "已预约",
    BookingState.CAME: "已到",
    BookingState.MISSED: "未到",
    BookingState.CANCELLED: "已取消",
}


@dataclass(frozen=True)
class BookingRow:
    """One booking in the day's list."""

    id: UUID
    number: str
    starts: time
    window: str
    state: BookingState
    name: str
    phone: str
    item_code: str
    note: str


@dataclass(frozen=True)
class Day:
    """A day of the calendar. `closed`: windows that take none, with the reason; "" stands for all."""

    on: date
    working: bool | None
    rows: tuple[BookingRow, ...]
    closed: tuple[tuple[str, str], ...]


def week(center: Center, member: Member, of: date) -> tuple[Day, ...]:
    """The week that `of` is in, Monday first. Raises Refusal."""
    require(member, Right.SEE_BOOKINGS)
    monday = of - timedelta(days=of.weekday())
    days = tuple(monday + timedelta(days=number) for number in range(7))
    with center.database.reading() as session:
        bookings = session.scalars(
            select(Booking)
            .where(Booking.township_id == center.township_id, Booking.day.between(days[0], days[-1]))
            .order_by(Booking.starts, Booking.window, Booking.booked_at)
        ).all()
        closures = session.scalars(
            select(BookingClosure).where(BookingClosure.township_id == center.township_id, BookingClosure.day.in_(days))
        ).all()
        found = []
        for day in days:
            working = center.calendar.is_working(day)
            found.append(
                Day(
                    day,
                    working if isinstance(working, bool) else None,
                    tuple(_row(center, each) for each in bookings if each.day == day),
                    tuple((each.window, each.reason) for each in closures if each.day == day),
                )
            )
        return tuple(found)


def _row(center: Center, booking: Booking) -> BookingRow:
    person = person_of(center, booking)
    state = BookingState(booking.state)
    return BookingRow(
        booking.id,
        booking.number,
        booking.starts,
        booking.window,
        state,
        person.name,
        person.phone,
        booking.item_code,
        booking.note,
    )


def mark(center: Center, member: Member, booking_id: UUID, state: BookingState, note: str) -> None:
    """Mark who came and who did not, or cancel with a reason that the citizen is told. Raises Refusal."""
    require(member, Right.MANAGE_BOOKINGS)
    if state is BookingState.CANCELLED and not 2 <= len(note) <= 200:
        raise Refusal("reason_missing", "取消别人的预约要写明原因，2 到 200 个字，写给来办事的人看。", {"note": "missing"})
    with center.database.writing() as session:
        booking = session.scalar(
            select(Booking).where(Booking.id == booking_id, Booking.township_id == center.township_id).with_for_update()
        )
        if booking is None:
            raise Refusal("booking_unknown", "没有找到这个预约。请从预约日历重新打开。")
        if booking.state == state:
            return
        if booking.state != BookingState.BOOKED:
            raise Refusal("case_changed", "这个预约刚刚被同事处理过。请查看最新情况。")
        if state in (BookingState.CAME, BookingState.MISSED) and booking.day > center.clock.now().date():
            raise Refusal("booking_early", "还没到预约的日子，不能登记到没到。")
        booking.state = state
        if state is BookingState.CANCELLED:
            booking.place, booking.note = None, note
        journal.record(center, session, f"booking.{state}", member, "booking", booking.id)


def close_day(center: Center, member: Member, day: date, window: str, reason: str) -> None:
    """Take no new bookings that day, at one window or (empty) at all. What is booked stays until it is cancelled with a reason. Raises Refusal."""
    require(member, Right.MANAGE_BOOKINGS)
    if window and window not in center.config.services.booking_windows:
        raise Refusal("window_unknown", "没有这个窗口。请从列出的窗口里选。", {"window": "unknown"})
    if not 2 <= len(reason) <= 200:
        raise Refusal("reason_missing", "请写明原因，2 到 200 个字。", {"reason": "missing"})
    if day < center.clock.now().date():
        raise Refusal("day_past", "这一天已经过去了。", {"day": "past"})
    with center.database.writing() as session:
        same = select(BookingClosure).where(
            BookingClosure.township_id == center.township_id, BookingClosure.day == day, BookingClosure.window == window
        )
        if session.scalar(same) is None:
            session.add(BookingClosure(township_id=center.township_id, day=day, window=window, reason=reason, closed_at=security_now()))
            journal.record(center, session, "booking.close", member, detail={"day": str(day), "window": window})


def open_day(center: Center, member: Member, day: date, window: str) -> None:
    """Take bookings again. Raises Refusal."""
    require(member, Right.MANAGE_BOOKINGS)
    with center.database.writing() as session:
        session.execute(
            delete(BookingClosure).where(
                BookingClosure.township_id == center.township_id, BookingClosure.day == day, BookingClosure.window == window
            )
        )
        journal.record(center, session, "booking.open", member, detail={"day": str(day), "window": window})
