"""Rating, booking, suggestions and calls for help, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from center.center import Center, Refusal
from center.clock import CHINA
from center.config import ServicesSection
from center.domain.booking import Hours, Slot, bookable_days, free
from center.domain.calendar import WorkingCalendar
from center.domain.roles import Role
from center.services.booking_desk import close_day, mark, open_day, week
from center.services.bookings import BookingState, book, bookings_of, cancel, change, free_slots
from center.services.help_calls import answer_call, call, calls, close_call, state_of
from center.services.ratings import ratings
from center.services.suggestions import answer, suggest, suggestions
from center.store.tables import Booking, Case, Suggestion
from center.store.tables import Terminal as TerminalRow
from kiosk.wire.services import BookingCancel, BookingChange, BookingSent, HelpCallSent, HelpState, SuggestionSent
from tests.center.place import NAME, NUMBER, MovableClock, Terminal, listening
from tests.center.staffing import member

OTHER = "230903194803120022"
WINDOWS = ("综合窗口1号", "综合窗口2号")
WEDNESDAY = date(2026, 11, 25)
NINE = time(9, 0)


@pytest.fixture
def place(center_on: Center) -> Center:
    services = ServicesSection(booking_windows=WINDOWS, booking_spans=("09:00-10:00",), booking_minutes=30, hotline="12345")
    return replace(center_on, config=center_on.config.model_copy(update={"services": services}))


def sent(
    number: str = NUMBER, *, day: date = WEDNESDAY, window: str = WINDOWS[0], starts: time = NINE, key: UUID | None = None
) -> BookingSent:
    return BookingSent(key=key or uuid4(), name=NAME, number=number, day=day, window=window, starts=starts)


def refused(act: object) -> str:
    assert callable(act)
    with pytest.raises(Refusal) as raised:
        act()
    return raised.value.code


# ------------------------------------------------------------------ booking


def test_slots_end_within_their_span() -> None:
    hours = Hours(((time(9, 0), time(10, 20)), (time(14, 0), time(14, 30))), 30, 1)
    assert hours.starts() == (time(9, 0), time(9, 30), time(14, 0))


@pytest.mark.rule("R4.2", "R10")
def test_R4_2_only_known_working_days_can_be_booked() -> None:
    # given the last days of a year after which nothing is known
    days = bookable_days(date(2026, 12, 29), 6, WorkingCalendar())
    assert days == (date(2026, 12, 30), date(2026, 12, 31))


def test_what_is_taken_or_closed_is_not_free() -> None:
    hours = Hours(((time(9, 0), time(10, 0)),), 30, 2)
    taken = [Slot(WEDNESDAY, "A", NINE), Slot(WEDNESDAY, "A", NINE), Slot(WEDNESDAY, "A", time(9, 30))]
    left = {(slot.starts, slot.window): count for slot, count in free([WEDNESDAY], ["A", "B"], hours, taken, [Slot(WEDNESDAY, "B", NINE)])}
    assert left == {(time(9, 30), "A"): 1, (time(9, 30), "B"): 2}


@pytest.mark.rule("R10")
def test_two_who_want_the_same_time_at_once_are_one_booking(place: Center) -> None:
    numbers = [NUMBER, OTHER, "230903195512210031", "230903196001010018"]

    def attempt(number: str) -> str:
        try:
            book(place, sent(number))
        except Refusal as refusal:
            return refusal.code
        return "booked"

    with ThreadPoolExecutor(4) as many:
        made = list(many.map(attempt, numbers))
    assert sorted(made) == ["booked", "slot_taken", "slot_taken", "slot_taken"]
    assert (WEDNESDAY, WINDOWS[0], NINE) not in {(slot.day, slot.window, slot.starts) for slot in free_slots(place).slots}


def test_the_same_booking_sent_again_is_one(place: Center) -> None:
    key = uuid4()
    first, made = book(place, sent(key=key))
    again, again_made = book(place, sent(key=key))
    assert (made, again_made) == (True, False)
    assert first == again
    assert first.number.startswith("Y261125")
    assert bookings_of(place, NUMBER).bookings == (first,)


def test_a_changed_booking_frees_its_place_and_a_cancelled_one_too(place: Center) -> None:
    booking, _ = book(place, sent())
    moved = change(place, BookingChange(key=uuid4(), booking=booking.number, number=NUMBER, day=WEDNESDAY, window=WINDOWS[1], starts=NINE))
    assert (moved.window, moved.number) == (WINDOWS[1], booking.number)
    book(place, sent(OTHER))
    cancel(place, BookingCancel(key=uuid4(), booking=booking.number, number=NUMBER))
    book(place, sent("230903195512210031", window=WINDOWS[1]))
    assert bookings_of(place, NUMBER).bookings[0].state == "cancelled"


def test_another_s_card_changes_and_shows_nothing(place: Center) -> None:
    booking, _ = book(place, sent())
    assert refused(lambda: cancel(place, BookingCancel(key=uuid4(), booking=booking.number, number=OTHER))) == "booking_unknown"
    assert bookings_of(place, OTHER).bookings == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": date(2026, 11, 28)},
        {"day": date(2026, 11, 24)},
        {"window": "没有的窗口"},
        {"starts": time(9, 10)},
        {"day": date(2027, 3, 1)},
    ],
)
def test_a_time_that_is_not_offered_is_refused(place: Center, wrong: dict[str, object]) -> None:
    assert refused(lambda: book(place, sent(**wrong))) == "slot_unknown"  # type: ignore[arg-type]


def test_a_person_holds_no_more_than_three(place: Center) -> None:
    for window, starts in ((WINDOWS[0], NINE), (WINDOWS[0], time(9, 30))):
        book(place, sent(window=window, starts=starts))
    book(place, sent(day=date(2026, 11, 26)))
    assert refused(lambda: book(place, sent(day=date(2026, 11, 27)))) == "bookings_many"
    assert refused(lambda: book(place, sent(OTHER, window=WINDOWS[0]))) == "slot_taken"


def test_a_closed_window_takes_none_until_it_is_opened(place: Center) -> None:
    staff = member(place, Role.WINDOW_STAFF)
    close_day(place, staff, WEDNESDAY, WINDOWS[0], "窗口人员培训")
    assert refused(lambda: book(place, sent())) == "slot_taken"
    book(place, sent(window=WINDOWS[1]))
    open_day(place, staff, WEDNESDAY, WINDOWS[0])
    book(place, sent(OTHER))


def test_staff_mark_who_came_once_and_cancel_only_with_a_reason(place: Center, clock: MovableClock) -> None:
    staff = member(place, Role.WINDOW_STAFF)
    booking, _ = book(place, sent())
    row = next(row for day in week(place, staff, WEDNESDAY) for row in day.rows)
    assert refused(lambda: mark(place, staff, row.id, BookingState.CAME, "")) == "booking_early"
    assert refused(lambda: mark(place, staff, row.id, BookingState.CANCELLED, "")) == "reason_missing"
    clock.at = datetime(2026, 11, 25, 9, 5, tzinfo=CHINA)
    mark(place, staff, row.id, BookingState.CAME, "")
    assert refused(lambda: mark(place, staff, row.id, BookingState.MISSED, "")) == "case_changed"
    assert refused(lambda: cancel(place, BookingCancel(key=uuid4(), booking=booking.number, number=NUMBER))) == "booking_over"


def test_who_booked_is_sealed(place: Center) -> None:
    book(place, sent())
    with place.database.reading() as session:
        row = session.scalars(select(Booking)).one()
    assert NAME.encode() not in row.person
    assert NUMBER not in row.person_index


# ------------------------------------------------------------------ suggestions and calls


def test_a_suggestion_is_sealed_and_answered_once(place: Center) -> None:
    head = member(place, Role.CENTER_HEAD)
    made = SuggestionSent(key=uuid4(), words="大厅里能不能放一台饮水机", contact="13904640000")
    assert suggest(place, made)[1]
    assert not suggest(place, made)[1]
    (row,) = suggestions(place, head, 1).rows
    assert (row.words, row.contact) == (made.words, made.contact)
    with place.database.reading() as session:
        assert "饮水机".encode() not in session.scalars(select(Suggestion)).one().words
    answer(place, head, row.id, "已经放好了，谢谢您。")
    assert refused(lambda: answer(place, head, row.id, "再答一次")) == "case_changed"
    assert suggestions(place, head, 1).open == 0
    assert refused(lambda: suggestions(place, member(place, Role.WINDOW_STAFF), 1)) == "not_allowed"


@pytest.fixture
def machine(place: Center) -> TerminalRow:
    Terminal("").register(place)
    with place.database.reading() as session:
        return session.scalars(select(TerminalRow)).one()


@pytest.mark.rule("R8.1", "R10")
def test_R8_1_by_day_a_call_rings_and_the_first_who_answers_goes(place: Center, machine: TerminalRow, clock: MovableClock) -> None:
    first, second = member(place, Role.WINDOW_STAFF, name="王敏"), member(place, Role.WINDOW_LEAD, name="赵磊")
    ring = HelpCallSent(key=uuid4(), place="form")
    assert call(place, machine, ring).state is HelpState.WAITING
    call(place, machine, ring)
    (rung,) = calls(place, first)
    assert rung.ringing
    answer_call(place, first, rung.id)
    assert refused(lambda: answer_call(place, second, rung.id)) == "case_changed"
    told = state_of(place, ring.key)
    assert told.state is HelpState.ANSWERED
    assert "王敏" in told.sentence
    close_call(place, first, rung.id, "教会了扫码")
    assert state_of(place, ring.key).state is HelpState.CLOSED
    assert not calls(place, first)[0].ringing


@pytest.mark.rule("R8.1", "R8.2")
@pytest.mark.parametrize(
    "at",
    [datetime(2026, 11, 24, 21, 0, tzinfo=CHINA), datetime(2026, 11, 28, 10, 0, tzinfo=CHINA), datetime(2027, 3, 1, 10, 0, tzinfo=CHINA)],
)
def test_R8_1_when_nobody_is_there_it_says_what_can_be_done_now(
    place: Center, machine: TerminalRow, clock: MovableClock, at: datetime
) -> None:
    clock.at = at.replace(tzinfo=CHINA)
    ring = HelpCallSent(key=uuid4())
    told = call(place, machine, ring)
    assert told.state is HelpState.NONE
    for part in ("提交申请", "周一至周五 8:30–17:00", "12345"):
        assert part in told.sentence
    assert state_of(place, ring.key) == told
    assert calls(place, member(place, Role.WINDOW_STAFF)) == ()


def test_a_call_that_nobody_answers_stops_ringing(place: Center, machine: TerminalRow, clock: MovableClock) -> None:
    call(place, machine, HelpCallSent(key=uuid4()))
    clock.at += timedelta(minutes=16)
    (late,) = calls(place, member(place, Role.WINDOW_STAFF))
    assert (late.ringing, late.state) == (False, HelpState.WAITING)


# ------------------------------------------------------------------ rating, over the wire


@pytest.fixture
def machine_on(place: Center) -> Iterator[Terminal]:
    with listening(place) as url:
        made = Terminal(url)
        made.register(place)
        yield made


def post(terminal: Terminal, path: str, body: dict[str, object]) -> tuple[int, dict[str, object]]:
    import json

    headers = {"Content-Type": "application/json", "Idempotency-Key": str(body["key"])}
    reply = terminal.call("POST", path, json.dumps(body).encode(), headers)
    return reply.status_code, reply.json()


@pytest.mark.rule("R10")
def test_a_case_is_rated_once_a_stage_and_staff_see_no_name(place: Center, machine_on: Terminal, clock: MovableClock) -> None:
    filing = machine_on.filing()
    assert machine_on.file(filing).status_code == 201
    code = machine_on.receipt_code(filing.receipt_number)
    body = {"key": str(uuid4()), "code": code, "level": 5, "tags": ["kind", "quick"], "comment": "很快"}
    assert post(machine_on, "/api/v1/ratings", body) == (201, {"stage": "filing", "level": 5})
    assert post(machine_on, "/api/v1/ratings", body)[0] == 200
    status, problem = post(machine_on, "/api/v1/ratings", body | {"key": str(uuid4()), "level": 1})
    assert (status, problem["code"]) == (409, "rated_before")
    # once it is completed, its result is rated apart
    with place.database.writing() as session:
        session.scalars(select(Case)).one().completed_on = clock.at.date()
    assert post(machine_on, "/api/v1/ratings", body | {"key": str(uuid4()), "level": 2})[1] == {"stage": "result", "level": 2}
    shown = ratings(place, member(place, Role.CENTER_HEAD), 1)
    assert (shown.total, shown.satisfied) == (2, 50)
    assert {row.comment for row in shown.rows} == {"很快"}


def test_a_rating_with_a_forged_code_or_no_level_is_refused(machine_on: Terminal) -> None:
    other = Terminal(machine_on.url, short_name="T01")
    body = {"key": str(uuid4()), "code": other.receipt_code("T01261124000001"), "level": 5}
    assert post(machine_on, "/api/v1/ratings", body)[0] == 422
    assert post(machine_on, "/api/v1/ratings", body | {"level": 6})[0] == 422


def test_booking_over_the_wire(place: Center, machine_on: Terminal) -> None:
    slots = machine_on.call("GET", "/api/v1/bookings/free").json()["slots"]
    body = {"key": str(uuid4()), "name": NAME, "number": NUMBER, **{name: slots[0][name] for name in ("day", "window", "starts")}}
    status, made = post(machine_on, "/api/v1/bookings", body)
    assert (status, made["state"]) == (201, "booked")
    assert len(str(made["code"])) == 120
    found = machine_on.ask("/api/v1/bookings/lookup", {"number": NUMBER}).json()["bookings"]
    assert found == [made]
