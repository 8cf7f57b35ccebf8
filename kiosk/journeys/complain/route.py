"""Where an edited page of a complaint leads. A page of its own because the check page leads back to every page it can change."""

from __future__ import annotations

from kiosk.journeys.step import Step


def check_page() -> type[Step]:
    """Everything on one page."""
    # Imported here because the check page imports the pages that ask for it.
    from kiosk.journeys.complain.review import ReviewStep

    return ReviewStep
