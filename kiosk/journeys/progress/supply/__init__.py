"""Supplying everything that the one-time notice wants, to the same case, at once (R2.2, R4.1); without the center too."""

from kiosk.journeys.progress.supply.check import SupplyCheckStep
from kiosk.journeys.progress.supply.done import SupplyDoneStep, SupplySendStep
from kiosk.journeys.progress.supply.pages import SupplyFormStep, SupplyPapersStep
from kiosk.journeys.progress.supply.sheet import begin_supply, can_supply, on_its_way
from kiosk.journeys.step import Journey

SUPPLEMENT = Journey("supplement", (SupplyFormStep, SupplyPapersStep, SupplyCheckStep, SupplySendStep, SupplyDoneStep), stepper=True)

__all__ = ["SUPPLEMENT", "begin_supply", "can_supply", "on_its_way"]
