"""Where an edited page leads: on along the journey, or back to the check page it was opened from."""

from __future__ import annotations

from kiosk.journeys.step import Forward, GoTo, Ignore, Next, Step
from kiosk.session import Sheet


def onward(sheet: Sheet, check_page: type[Step] | None) -> Next:
    """The next step; or the check page, once it was reached."""
    return GoTo(check_page) if sheet.checked and check_page else Forward()


def backward(sheet: Sheet, check_page: type[Step] | None) -> Next:
    """返回: the check page if it was reached, else as everywhere (Ignore)."""
    return GoTo(check_page) if sheet.checked and check_page else Ignore()
