"""Complaining (R6): read first, then whom, why, what happened, evidence, who and how to be reached, check, hand in (domain.md journey 4)."""

from __future__ import annotations

from kiosk.journeys.complain.about import AboutStep, MatterStep
from kiosk.journeys.complain.done import DoneStep, SendStep
from kiosk.journeys.complain.evidence import EvidenceChoiceStep, EvidenceStep
from kiosk.journeys.complain.notice import ConsentStep, NoticeStep
from kiosk.journeys.complain.party import DigitsStep, PartyStep
from kiosk.journeys.complain.review import ReviewStep
from kiosk.journeys.complain.who import CapacityStep, CardOrNotStep, CardStep
from kiosk.journeys.complain.words import WordsStep
from kiosk.journeys.step import Journey

COMPLAIN = Journey(
    "complain",
    (
        NoticeStep,
        ConsentStep,
        AboutStep,
        MatterStep,
        WordsStep,
        EvidenceChoiceStep,
        EvidenceStep,
        CardOrNotStep,
        CardStep,
        CapacityStep,
        PartyStep,
        DigitsStep,
        ReviewStep,
        SendStep,
        DoneStep,
    ),
    stepper=True,
)
