"""The consent inbox of the leader in charge (R6.5, R6.6): every open question, and what was answered. Who complained is not in it (R6.8)."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from center.center import Refusal
from center.complaints.consents import answer, inbox
from center.console.guard import PATH, Posting, Visit, Visiting
from center.console.pages import page
from center.log import LogEvent, log

router = APIRouter(prefix=f"{PATH}/consents")


@router.get("")
def see(who: Visiting, request: Request) -> Response:
    """The inbox."""
    return _inbox(who, request, None, "", None)


def _inbox(who: Visit, request: Request, at: UUID | None, words: str, refusal: Refusal | None) -> Response:
    return page(
        request,
        "complaints/consents",
        who,
        422 if refusal else 200,
        inbox=inbox(who.center, who.member),
        at=at,
        words=words,
        fault=(refusal.fields.get("answer") or refusal.message) if refusal else "",
        today=who.center.clock.now().date(),
    )


@router.post("/{consent_id}")
def do_answer(sent: Posting, request: Request, consent_id: UUID) -> Response:
    """Yes, or no with a reason."""
    who = sent.visit
    granted = {"yes": True, "no": False}.get(sent.text("granted"))
    try:
        if granted is None:
            raise Refusal("act_incomplete", "请选择同意或者不同意。")
        answer(who.center, who.member, consent_id, granted, sent.text("answer"))
    except Refusal as refusal:
        if refusal.code not in {"act_incomplete", "own_question"}:
            raise
        return _inbox(who, request, consent_id, sent.text("answer"), refusal)
    log(LogEvent.COMPLAINT_ACT, act="consent", staff_id=who.member.id)
    return RedirectResponse(f"{PATH}/consents", 303)
