"""Applying for an item: identify, read, fill in, hand in, sign, check, submit, done (domain.md journey 2)."""

from __future__ import annotations

from kiosk.journeys.apply.done import DoneStep
from kiosk.journeys.apply.filing import SendStep
from kiosk.journeys.apply.form import FormStep
from kiosk.journeys.apply.materials import MaterialsStep
from kiosk.journeys.apply.review import ReviewStep
from kiosk.journeys.apply.signing import SignStep
from kiosk.journeys.identify import ConsentStep, IdentifyStep
from kiosk.journeys.step import Journey

APPLICATION = Journey(
    "application", (IdentifyStep, ConsentStep, FormStep, MaterialsStep, SignStep, ReviewStep, SendStep, DoneStep), stepper=True
)
