"""The check page of a booking looks again at the telephone that was left."""

from __future__ import annotations

from demo.place import Place
from kiosk.views import FormView, MessageView, ReviewView
from tests.flows import booker, test_book
from tests.flows.eraser import erases, to_change

place, _a_visit = test_book.place, test_book._a_visit


def test_a_telephone_that_is_none_is_not_booked_with(place: Place) -> None:
    # given a number that is too short, left by 返回
    citizen = place.citizen
    booker.at_the_check(place)
    citizen.touches("edit_phone")
    citizen.fills("phone", "1390")
    citizen.touches("dock_back")
    check = citizen.sees(ReviewView)
    assert to_change(check) == ["电话"]
    # when it is booked all the same, then it leads to the number, and says what is wrong
    citizen.touches("primary")
    citizen.sees(FormView, lambda view: any(row.error for row in view.fields))
    assert booker.held(place) == []
    # and without a number it is booked
    erases(citizen, "phone")
    citizen.touches("primary")
    citizen.sees(ReviewView, lambda view: to_change(view) == [])
    citizen.touches("primary")
    citizen.sees(MessageView, lambda view: view.title == "约好了")
