"""The endpoints that terminals call; their messages are declared in kiosk.wire. Rules live elsewhere."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from center.api.caller import NO_STORE, Key, answer_made, center_of, require_key, terminal_of
from center.api.openapi import text
from center.casework.filing import file_application
from center.casework.progress import cases_of, state_of_receipt
from center.catalogue import catalogue
from center.catalogue_changes import changes_since, remember
from center.center import Refusal
from center.log import LogEvent, log
from center.terminals import issuer_key
from kiosk.wire.cases import CasesAnswer, CaseStateAnswer, CodeQuestion, IdentityQuestion
from kiosk.wire.codes import CodeKind, read_code
from kiosk.wire.filing import Filing, FilingAnswer

health = APIRouter()
router = APIRouter(prefix="/api/v1")


@health.get("/api/v1/health")
@health.get("/healthz")
def is_there(request: Request) -> dict[str, Any]:
    """Whether the center answers and its records can be read. Unsigned, and says nothing else."""
    with center_of(request).database.reading() as session:
        session.execute(select(1))
    return {"status": "ok"}


@health.get("/api/v1/openapi.json")
def describe(request: Request) -> Response:
    """Open: how the center is asked is no secret, and who builds a terminal reads it first."""
    return Response(text(request.app), media_type="application/json", headers={"Cache-Control": "no-cache"})


@router.get("/catalogue")
def read_catalogue(request: Request, since: Annotated[str, Query(pattern=r"^[!#-~]{0,200}$")] = "") -> Response:
    """CatalogueAnswer, or 304 if the terminal's is still the same. `since`, a tag without quotes: CatalogueChanges, if that catalogue is remembered."""
    center = center_of(request)
    tagged = catalogue(center)
    headers = {"ETag": tagged.etag, "Cache-Control": "no-cache"}
    asked = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if asked & {tagged.etag, "*"} or f'"{since}"' == tagged.etag:
        return Response(status_code=304, headers=headers)
    remember(center, tagged)
    changes = changes_since(center, tagged, since) if since else None
    content = tagged.content if changes is None else changes.model_dump_json().encode()
    return Response(content, media_type="application/json", headers=headers)


@router.post("/applications")
def file(request: Request, response: Response, filing: Filing, idempotency_key: Key = None) -> FilingAnswer:
    """201 for the first, 200 for a repeat with the same key: one case either way."""
    require_key(idempotency_key, filing.key)
    terminal = terminal_of(request)
    filed = file_application(center_of(request), terminal, filing)
    if filed.created:
        log(LogEvent.APPLICATION_FILED, case_id=filed.case_id, item_code=filing.item_code, terminal_id=terminal.terminal_id)
    else:
        log(LogEvent.APPLICATION_REPEATED, case_id=filed.case_id, terminal_id=terminal.terminal_id)
    answer_made(response, filed.created)
    return filed.answer


@router.post("/cases/state")
def read_state(request: Request, response: Response, question: CodeQuestion) -> CaseStateAnswer:
    """What a receipt's QR alone may show: the state, nothing of the person."""
    center = center_of(request)
    code = read_code(question.code, lambda issuer: issuer_key(center, issuer))
    if code is None or code.kind is not CodeKind.RECEIPT:
        raise Refusal("code_invalid", "这个二维码不是本中心的回执。请把回执上的二维码对准扫码口。", {"code": "invalid"})
    response.headers["Cache-Control"] = NO_STORE
    return state_of_receipt(center, code.issuer, code.number)


@router.post("/cases/lookup")
def read_cases(request: Request, response: Response, question: IdentityQuestion) -> CasesAnswer:
    """All cases of the holder of an ID card."""
    response.headers["Cache-Control"] = NO_STORE
    return cases_of(center_of(request), question.number)
