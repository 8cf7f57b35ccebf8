"""Where an edited step leads: on along the journey, or back to the check page it was opened from."""

from __future__ import annotations

from kiosk.journeys.apply.draft import ensure_draft
from kiosk.journeys.step import Forward, GoTo, Ignore, Next, Workplace


def onward(work: Workplace) -> Next:
    """The next step; or the check page, once it was reached."""
    return _check_page() if ensure_draft(work).checked else Forward()


def backward(work: Workplace) -> Next:
    """返回: the check page if it was reached, else as everywhere (Ignore)."""
    return _check_page() if ensure_draft(work).checked else Ignore()


def _check_page() -> Next:
    # Imported here because the check page leads back to every step that it can change.
    from kiosk.journeys.apply.review import ReviewStep

    return GoTo(ReviewStep)
