"""好差评: a finished matter, or one behind a receipt's code, in five levels, with what was good or bad and own words (domain.md journey 5)."""

from __future__ import annotations

from kiosk.journeys.rate.finding import ScanReceiptStep
from kiosk.journeys.rate.rating import RateStep, rate_after
from kiosk.journeys.step import Journey

__all__ = ["RATING", "RateStep", "rate_after"]

RATING = Journey("rating", (ScanReceiptStep,))
