"""A complaint later on (R6.3, R6.6, R6.7): found by card, or by receipt and six digits; read; added to, answered, brought to a review."""

from __future__ import annotations

from kiosk.journeys.complaints.act import ActDoneStep, ActEvidenceStep, ActReviewStep, ActSendStep, ActWordsStep
from kiosk.journeys.complaints.listing import ComplaintsStep
from kiosk.journeys.complaints.opening import FindStep, ViewConsentStep
from kiosk.journeys.step import Journey

COMPLAINTS = Journey("complaints", (FindStep, ViewConsentStep, ComplaintsStep))
OWN_COMPLAINTS = Journey("own_complaints", (ViewConsentStep, ComplaintsStep))
COMPLAINT_ACT = Journey("complaint_act", (ActEvidenceStep, ActWordsStep, ActReviewStep, ActSendStep, ActDoneStep), stepper=True)
