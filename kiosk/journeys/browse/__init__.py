"""Browsing (R1.3, R1.4): the items by life event, by department and by search; a guide, read, printed, taken along, and “现在办理”."""

from kiosk.journeys.browse.guide import GuideStep
from kiosk.journeys.browse.listing import ApplyListStep, ItemListStep, SearchStep
from kiosk.journeys.step import Journey

GUIDES = Journey("guides", (ItemListStep,))
SEARCH = Journey("search", (SearchStep,))
APPLY = Journey("apply", (ApplyListStep,))

__all__ = ["APPLY", "GUIDES", "SEARCH", "GuideStep"]
