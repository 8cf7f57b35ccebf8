"""A booking sent twice is one booking; another one is another."""

from __future__ import annotations

from datetime import date, time
from uuid import uuid4

from kiosk.journeys.book.sheet import BookingSheet
from kiosk.wire.services import BookingCancel, BookingSent


def _sent(starts: time) -> BookingSent:
    return BookingSent(key=uuid4(), name="王桂兰", number="230903194803120022", day=date(2026, 11, 26), window="综合窗口1号", starts=starts)


def test_the_same_again_has_the_first_one_s_key_and_another_has_its_own() -> None:
    sheet = BookingSheet()
    first = sheet.same_or(_sent(time(9)))
    assert sheet.same_or(_sent(time(9))) is first
    other = _sent(time(10))
    assert sheet.same_or(other) is other
    assert sheet.same_or(_sent(time(10))) is other


def test_giving_back_is_never_taken_for_booking() -> None:
    sheet = BookingSheet()
    sheet.same_or(_sent(time(9)))
    back = BookingCancel(key=uuid4(), booking="Y26112600003", number="230903194803120022")
    assert sheet.same_or(back) is back
