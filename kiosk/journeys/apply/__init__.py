"""Applying for an item: who, identify, read, fill in, hand in, how to get the result, sign, check, submit, done (domain.md journey 2)."""

from __future__ import annotations

from kiosk.journeys.apply.cards import ApplicantCardStep, NoticeStep, OwnCardStep
from kiosk.journeys.apply.done import DoneStep
from kiosk.journeys.apply.filing import SendStep
from kiosk.journeys.apply.form import FormStep
from kiosk.journeys.apply.groups import RemoveRowStep, RowsStep, RowStep
from kiosk.journeys.apply.materials import MaterialsStep
from kiosk.journeys.apply.party import PartyStep
from kiosk.journeys.apply.result import ResultStep
from kiosk.journeys.apply.review import ReviewStep
from kiosk.journeys.apply.signing import SignStep
from kiosk.journeys.apply.who import AuthorityStep, ResumeStep, WhoStep
from kiosk.journeys.step import Journey

APPLICATION = Journey(
    "application",
    (
        ResumeStep,
        WhoStep,
        ApplicantCardStep,
        OwnCardStep,
        NoticeStep,
        AuthorityStep,
        PartyStep,
        FormStep,
        RowsStep,
        RowStep,
        RemoveRowStep,
        MaterialsStep,
        ResultStep,
        SignStep,
        ReviewStep,
        SendStep,
        DoneStep,
    ),
    stepper=True,
)
