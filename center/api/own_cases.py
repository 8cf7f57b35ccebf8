"""What applicants do with their own case at a terminal: supply what is wanted, withdraw, fetch its notices. The ID card on the reader is the proof."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from center.api.caller import NO_STORE, Key, answer_made, center_of, require_key, terminal_of
from center.casework.applicant import papers_for, supplement, withdraw
from center.log import LogEvent, log
from center.records.writes import Done
from kiosk.wire.cases import CasePapersAnswer, PapersQuestion
from kiosk.wire.filing import FilingAnswer, Supplement, Withdrawal, WithdrawalAnswer

router = APIRouter(prefix="/api/v1")

Receipt = Annotated[str, Path(pattern=r"^[A-Z0-9]{12,16}$")]


def _answered(request: Request, response: Response, done: Done, event: LogEvent) -> None:
    if done.created:
        log(event, case_id=done.subject_id, terminal_id=terminal_of(request).terminal_id)
    answer_made(response, done.created)


@router.post("/applications/{receipt_number}/supplements")
def send_supplement(
    request: Request, response: Response, receipt_number: Receipt, sent: Supplement, idempotency_key: Key = None
) -> FilingAnswer:
    """201 for the first, 200 for a repeat with the same key. The case goes back to the window; it is not accepted by this."""
    require_key(idempotency_key, sent.key)
    done = supplement(center_of(request), terminal_of(request), receipt_number, sent)
    _answered(request, response, done, LogEvent.CASE_SUPPLEMENTED)
    return FilingAnswer.model_validate_json(done.answer)


@router.post("/applications/{receipt_number}/withdrawal")
def send_withdrawal(
    request: Request, response: Response, receipt_number: Receipt, sent: Withdrawal, idempotency_key: Key = None
) -> WithdrawalAnswer:
    """201 for the first, 200 for a repeat with the same key."""
    require_key(idempotency_key, sent.key)
    done = withdraw(center_of(request), terminal_of(request), receipt_number, sent)
    _answered(request, response, done, LogEvent.CASE_WITHDRAWN)
    return WithdrawalAnswer.model_validate_json(done.answer)


@router.post("/cases/papers")
def read_papers(request: Request, response: Response, question: PapersQuestion) -> CasePapersAnswer:
    """The notices of one of the card holder's own cases, to print them again."""
    response.headers["Cache-Control"] = NO_STORE
    return papers_for(center_of(request), terminal_of(request), question.number, question.receipt_number)
