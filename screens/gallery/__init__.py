"""Every page in every state, as literal views: what `make pictures` draws and what the tests of the screens walk through. No logic of the terminal."""

from __future__ import annotations

from kiosk.views import ViewData
from screens.gallery import (
    before,
    browse,
    choosing,
    filing,
    filling,
    handwriting,
    helping,
    own,
    rating,
    reading,
    services,
    staff,
    tracking,
    typing,
)

#: By name: the page, then what is special. Order is the order of the index page.
GALLERY: dict[str, ViewData] = {
    **before.VIEWS,
    **browse.VIEWS,
    **filling.VIEWS,
    **typing.VIEWS,
    **handwriting.VIEWS,
    **filing.VIEWS,
    **tracking.VIEWS,
    **reading.VIEWS,
    **services.VIEWS,
    **staff.VIEWS,
    **choosing.VIEWS,
    **rating.VIEWS,
    **own.VIEWS,
    **helping.VIEWS,
}
