"""How far a case is: its state by the receipt's code; with the ID card everything else, and what can be done about it (domain.md journey 3)."""

from kiosk.journeys.identify import ConsentStep
from kiosk.journeys.progress.finding import ScanStep
from kiosk.journeys.progress.listing import CasesStep
from kiosk.journeys.progress.state import StateStep
from kiosk.journeys.progress.supply import SUPPLEMENT
from kiosk.journeys.step import Journey

PROGRESS = Journey("progress", (ScanStep, ConsentStep, CasesStep))
CASES = Journey("cases", (ConsentStep, CasesStep))

__all__ = ["CASES", "PROGRESS", "SUPPLEMENT", "ScanStep", "StateStep"]
