"""Short visits: a time is booked and changed, what is public is read, somebody is called."""

from __future__ import annotations

from demo.citizens import goes_home
from demo.hand import Hand
from demo.staff import Staff


def books_a_time(hand: Hand) -> None:
    """王桂兰 books a morning, and takes the slip."""
    _comes_to_book(hand, "way_book")
    hand.sees("grid", ident="day_1")
    hand.snaps("booking-days")
    hand.touches("day_1", "grid")
    hand.sees("grid", ident="time_0930")
    hand.snaps("booking-times")
    hand.touches("time_0930", "grid")
    hand.sees("review", ident="primary")
    hand.snaps("booking-review")
    hand.touches("primary", "review")
    hand.touches("print", "message")
    hand.takes_the_paper()
    hand.touches("primary", "message")
    hand.sees("message", ident="print")
    hand.snaps("booked")
    goes_home(hand)


def changes_the_time(hand: Hand) -> None:
    """Her daughter can only drive her the day after, in the afternoon."""
    _comes_to_book(hand, "way_bookings")
    hand.touches("booking_1", "case_list")
    hand.sees("message", ident="cancel")
    hand.snaps("booking-own")
    hand.touches("primary", "message")
    hand.touches("day_2", "grid")
    hand.touches("time_1400", "grid")
    hand.sees("review", ident="primary")
    hand.snaps("booking-change")
    hand.touches("primary", "review")
    hand.touches("print", "message")
    hand.takes_the_paper()
    hand.snaps("booking-changed")
    goes_home(hand)


def _comes_to_book(hand: Hand, way: str) -> None:
    hand.touches("anywhere", "attract")
    hand.touches("way_booking", "home")
    hand.touches(way, "ways")
    hand.sees("identify")
    hand.acts("card", person="wang-guilan")
    hand.touches("agree", "consent")


def reads_what_is_public(hand: Hand) -> None:
    """Who is on duty, and a notice."""
    hand.touches("anywhere", "attract")
    hand.touches("way_public", "home")
    hand.sees("ways", ident="public_rules")
    hand.snaps("public")
    hand.touches("public_duty", "ways")
    hand.sees("people")
    hand.snaps("public-duty")
    hand.touches("dock_back", "people")
    hand.touches("public_rules", "ways")
    hand.sees("read")
    hand.snaps("public-rules")
    goes_home(hand)


def calls_for_help(hand: Hand, staff: Staff) -> None:
    """It rings at the console; the citizen reads who comes."""
    hand.touches("anywhere", "attract")
    hand.touches("help", "home")
    hand.sees("message", ident="primary")
    hand.snaps("help-called")
    staff.answers_the_call()
    hand.settles(4.0)  # the terminal asks every three seconds what became of the call
    hand.snaps("help-comes")
    goes_home(hand)
