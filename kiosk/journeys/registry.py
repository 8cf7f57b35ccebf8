"""All journeys of the terminal, by name."""

from __future__ import annotations

from kiosk.journeys.apply import APPLICATION
from kiosk.journeys.book import BOOK, BOOKING, BOOKING_CHANGE, BOOKINGS
from kiosk.journeys.browse import APPLY, GUIDES, SEARCH
from kiosk.journeys.complain import COMPLAIN
from kiosk.journeys.complaints import COMPLAINT_ACT, COMPLAINTS, OWN_COMPLAINTS
from kiosk.journeys.grievances import GRIEVANCES
from kiosk.journeys.progress import CASES, PROGRESS, SUPPLEMENT
from kiosk.journeys.public import PUBLIC
from kiosk.journeys.rate import RATING
from kiosk.journeys.step import Journey
from kiosk.journeys.suggestion import SUGGESTION

JOURNEYS: dict[str, Journey] = {
    journey.name: journey
    for journey in (
        GUIDES,
        SEARCH,
        APPLY,
        APPLICATION,
        PROGRESS,
        CASES,
        SUPPLEMENT,
        PUBLIC,
        GRIEVANCES,
        COMPLAIN,
        COMPLAINTS,
        OWN_COMPLAINTS,
        COMPLAINT_ACT,
        SUGGESTION,
        RATING,
        BOOKING,
        BOOK,
        BOOKINGS,
        BOOKING_CHANGE,
    )
}
