"""The endpoints for efficiency complaints (R6); their messages are declared in kiosk.wire.complaints. Card or digits open one, nothing else does."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from center.api.caller import NO_STORE, Key, answer_made, center_of, require_key, terminal_of
from center.complaints.about import public_staff
from center.complaints.following import hand_in, say
from center.complaints.progress import by_card, by_receipt, of_code
from center.complaints.registration import file_complaint
from center.domain.complaint import ComplaintAct
from center.log import LogEvent, log
from center.records.writes import Done
from kiosk.wire.cases import CodeQuestion, IdentityQuestion
from kiosk.wire.complaints import (
    ComplaintActAnswer,
    ComplaintDetail,
    ComplaintFiling,
    ComplaintFilingAnswer,
    ComplaintReceiptAnswer,
    ComplaintsAnswer,
    ComplaintWords,
    EvidenceFiling,
    PublicStaffAnswer,
    ReceiptOpening,
)

router = APIRouter(prefix="/api/v1")


@router.get("/public-staff")
def read_public_staff(request: Request, response: Response) -> PublicStaffAnswer:
    """Windows and persons that a complaint can be about, and the reasons to choose from."""
    response.headers["Cache-Control"] = "no-cache"
    return public_staff(center_of(request))


@router.post("/complaints")
def file(request: Request, response: Response, filing: ComplaintFiling, idempotency_key: Key = None) -> ComplaintFilingAnswer:
    """201 for the first, 200 for a repeat with the same key: one complaint either way."""
    require_key(idempotency_key, filing.key)
    done = file_complaint(center_of(request), terminal_of(request), filing)
    if done.created:
        # No terminal and no number: beside a filing's line they would tell who it was (R6.8).
        log(LogEvent.COMPLAINT_FILED)
    answer_made(response, done.created)
    return done.answer


@router.post("/complaints/receipt")
def read_receipt(request: Request, response: Response, question: CodeQuestion) -> ComplaintReceiptAnswer:
    """What opens the complaint of this QR; not even its state."""
    response.headers["Cache-Control"] = NO_STORE
    return of_code(center_of(request), question.code)


@router.post("/complaints/open")
def read_one(request: Request, response: Response, question: ReceiptOpening) -> ComplaintDetail:
    """One complaint, by its receipt and the six digits. Five wrong tries lock it for an hour."""
    response.headers["Cache-Control"] = NO_STORE
    return by_receipt(center_of(request), question.code, question.digits)


@router.post("/complaints/lookup")
def read_all(request: Request, response: Response, question: IdentityQuestion) -> ComplaintsAnswer:
    """All complaints of the holder of an ID card."""
    response.headers["Cache-Control"] = NO_STORE
    return by_card(center_of(request), question.number)


@router.post("/complaints/evidence")
def add(request: Request, response: Response, filing: EvidenceFiling, idempotency_key: Key = None) -> ComplaintActAnswer:
    """More evidence, or everything that the supplement notice asked for."""
    require_key(idempotency_key, filing.key)
    return _answer(response, hand_in(center_of(request), terminal_of(request), filing))


@router.post("/complaints/answer")
def answer(request: Request, response: Response, said: ComplaintWords, idempotency_key: Key = None) -> ComplaintActAnswer:
    """The complainant's answer to the written result, until its day."""
    require_key(idempotency_key, said.key)
    return _answer(response, say(center_of(request), terminal_of(request), said, ComplaintAct.ANSWER))


@router.post("/complaints/review")
def ask_review(request: Request, response: Response, said: ComplaintWords, idempotency_key: Key = None) -> ComplaintActAnswer:
    """The request for a review by the next higher body, until its day."""
    require_key(idempotency_key, said.key)
    return _answer(response, say(center_of(request), terminal_of(request), said, ComplaintAct.ASK_REVIEW))


def _answer(response: Response, done: Done) -> ComplaintActAnswer:
    answer_made(response, done.created)
    return ComplaintActAnswer.model_validate_json(done.answer)
