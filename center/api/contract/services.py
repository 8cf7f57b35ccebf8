"""Rating, booking, suggestions and calls for help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from center.api.contract.operation import ONCE, Operation, asks, makes

_SLOT = ("slot_unknown", "slot_taken", "booking_early", "booking_over", "day_past")

OPERATIONS: Mapping[tuple[str, str], Operation] = {
    ("POST", "/api/v1/ratings"): makes(
        "services", "Rate a case by its receipt's code", "Kept.", "code_unknown", "receipt_unknown", "rated_before"
    ),
    ("GET", "/api/v1/bookings/free"): asks("services", "Every time that can be booked", "Possibly none; `note` says why."),
    ("POST", "/api/v1/bookings"): makes("services", "Book a time at a window", "Booked.", "bookings_many", "booked_before", *_SLOT),
    ("POST", "/api/v1/bookings/lookup"): asks("services", "The card holder's bookings from today on", "Found, or an empty list."),
    ("POST", "/api/v1/bookings/change"): asks(
        "services", "Move a booking", "Moved, now or before under this key.", *ONCE, "booking_unknown", "case_changed", "slot_same", *_SLOT
    ),
    ("POST", "/api/v1/bookings/cancel"): asks(
        "services", "Give a booking up", "Given up, now or before under this key.", *ONCE, "booking_unknown", "booking_over", "case_changed"
    ),
    ("POST", "/api/v1/suggestions"): makes("services", "Put something into the suggestion box", "Kept."),
    ("POST", "/api/v1/help-calls"): asks(
        "services", "Call for help", "It rings, or nobody is on duty and `sentence` says what to do.", *ONCE
    ),
    ("POST", "/api/v1/help-calls/state"): asks("services", "How a call stands", "Found.", "call_unknown"),
}

_KEY = "6f1c2b9e-6a0d-4c8e-9f0e-7c8f0a1b2c3d"
_NUMBER = "230903195603128120"
_SLOT_EXAMPLE = {"day": "2026-11-26", "window": "综合窗口1号", "starts": "09:30:00"}
_BOOKING = {**_SLOT_EXAMPLE, "number": "Y26112600003", "minutes": 15, "item_code": "YLBX", "state": "booked", "code": "OS1BC…"}
_HELP = {"state": "waiting", "sentence": "已经通知工作人员，请在原地稍等。"}

EXAMPLES: Mapping[str, Any] = {
    "RatingSent": {"key": _KEY, "code": "OS1RWB01WB012611240031", "level": 5, "tags": ["kind", "quick"]},
    "RatingAnswer": {"stage": "filing", "level": 5},
    "FreeSlotsAnswer": {"minutes": 15, "slots": [{**_SLOT_EXAMPLE, "left": 2}]},
    "BookingSent": {"key": _KEY, "name": "张秀兰", "number": _NUMBER, "phone": "13904641234", "item_code": "YLBX", **_SLOT_EXAMPLE},
    "BookingAnswer": _BOOKING,
    "BookingsQuestion": {"number": _NUMBER},
    "BookingsAnswer": {"bookings": [_BOOKING]},
    "BookingChange": {"key": _KEY, "booking": "Y26112600003", "number": _NUMBER, **_SLOT_EXAMPLE},
    "BookingCancel": {"key": _KEY, "booking": "Y26112600003", "number": _NUMBER},
    "SuggestionSent": {"key": _KEY, "words": "中午能不能也有人值班？"},
    "SuggestionAnswer": {"received_at": "2026-11-24T10:26:02+08:00"},
    "HelpCallSent": {"key": _KEY, "place": "materials"},
    "HelpAnswer": _HELP,
    "HelpQuestion": {"key": _KEY},
}
