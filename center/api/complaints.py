"""The endpoints for efficiency complaints (R6); their messages are declared in kiosk.wire.complaints. Card or digits open one, nothing else does."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response

from center.api.caller import NO_STORE, center_of, terminal_of
from center.center import Refusal
from center.complaints.about import public_staff
from center.complaints.following import hand_in, say
from center.complaints.progress import by_card, by_receipt, of_code
from center.complaints.registration import file_complaint
from center.domain.complaint import ComplaintAct
from center.log import LogEvent, log
from center.records.writes import Done
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
from kiosk.wire.messages import CodeQuestion, IdentityQuestion

router = APIRouter(prefix="/api/v1")

IdempotencyKey = Annotated[UUID | None, Header()]


def _same_key(sent: UUID | None, key: UUID) -> None:
    if sent is None:
        raise Refusal("idempotency_key_missing", "请求缺少 Idempotency-Key；没有它，重复发送会登记两次。", {"idempotency-key": "missing"})
    if sent != key:
        raise Refusal("idempotency_key_mismatch", "Idempotency-Key 与内容里的编号不同；请用同一个编号。", {"idempotency-key": "mismatch"})


@router.get("/public-staff")
def read_public_staff(request: Request, response: Response) -> PublicStaffAnswer:
    """Windows and persons that a complaint can be about, and the reasons to choose from."""
    response.headers["Cache-Control"] = "no-cache"
    return public_staff(center_of(request))


@router.post("/complaints")
def file(request: Request, response: Response, filing: ComplaintFiling, idempotency_key: IdempotencyKey = None) -> ComplaintFilingAnswer:
    """201 for the first, 200 for a repeat with the same key: one complaint either way."""
    _same_key(idempotency_key, filing.key)
    done = file_complaint(center_of(request), terminal_of(request), filing)
    if done.created:
        # No terminal and no number: beside a filing's line they would tell who it was (R6.8).
        log(LogEvent.COMPLAINT_FILED)
    response.status_code = 201 if done.created else 200
    response.headers["Cache-Control"] = NO_STORE
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
def add(request: Request, response: Response, filing: EvidenceFiling, idempotency_key: IdempotencyKey = None) -> ComplaintActAnswer:
    """More evidence, or everything that the supplement notice asked for."""
    _same_key(idempotency_key, filing.key)
    return _answer(response, hand_in(center_of(request), terminal_of(request), filing))


@router.post("/complaints/answer")
def answer(request: Request, response: Response, said: ComplaintWords, idempotency_key: IdempotencyKey = None) -> ComplaintActAnswer:
    """The complainant's answer to the written result, until its day."""
    _same_key(idempotency_key, said.key)
    return _answer(response, say(center_of(request), terminal_of(request), said, ComplaintAct.ANSWER))


@router.post("/complaints/review")
def ask_review(request: Request, response: Response, said: ComplaintWords, idempotency_key: IdempotencyKey = None) -> ComplaintActAnswer:
    """The request for a review by the next higher body, until its day."""
    _same_key(idempotency_key, said.key)
    return _answer(response, say(center_of(request), terminal_of(request), said, ComplaintAct.ASK_REVIEW))


def _answer(response: Response, done: Done) -> ComplaintActAnswer:
    response.status_code = 201 if done.created else 200
    response.headers["Cache-Control"] = NO_STORE
    return ComplaintActAnswer.model_validate_json(done.answer)
