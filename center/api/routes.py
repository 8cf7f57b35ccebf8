"""The endpoints that terminals call; their messages are declared in kiosk.wire.messages. Rules live elsewhere."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool

from center.casework.filing import file_application
from center.casework.progress import cases_of, state_of_receipt
from center.catalogue import catalogue
from center.center import Center, Refusal
from center.log import LogEvent, log
from center.store.files import media_type
from center.store.tables import StoredFile, Terminal
from center.terminals import issuer_key
from kiosk.wire.codes import CodeKind, read_code
from kiosk.wire.messages import (
    CasesAnswer,
    CaseStateAnswer,
    CodeQuestion,
    FileAnswer,
    Filing,
    FilingAnswer,
    IdentityQuestion,
    Sha256,
)

health = APIRouter()
router = APIRouter(prefix="/api/v1")

_NO_STORE = "no-store"


def _center(request: Request) -> Center:
    return cast(Center, request.app.state.center)


def _terminal(request: Request) -> Terminal:
    """Who signed: the gate has verified it before anything here runs."""
    return cast(Terminal, request.state.terminal)


@health.get("/api/v1/health")
@health.get("/healthz")
def is_there(request: Request) -> dict[str, Any]:
    """Whether the center answers and its records can be read. Unsigned, and says nothing else."""
    with _center(request).database.reading() as session:
        session.execute(select(1))
    return {"status": "ok"}


@router.get("/catalogue")
def read_catalogue(request: Request) -> Response:
    """CatalogueAnswer, or 304 if the terminal's is still the same."""
    tagged = catalogue(_center(request))
    headers = {"ETag": tagged.etag, "Cache-Control": "no-cache"}
    asked = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if tagged.etag in asked or "*" in asked:
        return Response(status_code=304, headers=headers)
    return Response(tagged.content, media_type="application/json", headers=headers)


@router.put("/files/{sha256}")
async def put_file(sha256: Sha256, request: Request, response: Response) -> FileAnswer:
    """The raw file as body, JPEG or PNG. 201 when it is new, 200 when it was kept already."""
    content = await request.body()
    answer, created = await run_in_threadpool(_keep, _center(request), _terminal(request), sha256, content)
    response.status_code = 201 if created else 200
    response.headers["Cache-Control"] = _NO_STORE
    return answer


def _keep(center: Center, terminal: Terminal, sha256: str, content: bytes) -> tuple[FileAnswer, bool]:
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refusal("file_hash_mismatch", "文件内容与编号不符，传输中可能出错；请重新上传。", {"sha256": "mismatch"})
    kind = media_type(content)
    if kind is None:
        raise Refusal("file_kind", "只收 JPEG 或 PNG 图片；请重新拍摄。", {"body": "kind"})
    answer = FileAnswer(sha256=sha256, size=len(content))
    center.files.put(content)
    with center.database.reading() as session:
        known = session.scalar(select(StoredFile.id).where(StoredFile.township_id == center.township_id, StoredFile.sha256 == sha256))
    if known is not None:
        return answer, False
    try:
        with center.database.writing() as session:
            session.add(
                StoredFile(
                    township_id=center.township_id,
                    sha256=sha256,
                    size=len(content),
                    media_type=kind,
                    stored_at=center.clock.now(),
                    terminal_id=terminal.terminal_id,
                )
            )
    except IntegrityError:
        # The same file a moment earlier.
        return answer, False
    log(LogEvent.FILE_STORED, size=len(content), terminal_id=terminal.terminal_id)
    return answer, True


@router.post("/applications")
def file(request: Request, response: Response, filing: Filing, idempotency_key: Annotated[UUID | None, Header()] = None) -> FilingAnswer:
    """201 for the first, 200 for a repeat with the same key: one case either way."""
    if idempotency_key is None:
        raise Refusal("idempotency_key_missing", "请求缺少 Idempotency-Key；没有它，重复发送会变成两件。", {"idempotency-key": "missing"})
    if idempotency_key != filing.key:
        raise Refusal("idempotency_key_mismatch", "Idempotency-Key 与申请里的编号不同；请用同一个编号。", {"idempotency-key": "mismatch"})
    terminal = _terminal(request)
    filed = file_application(_center(request), terminal, filing)
    if filed.created:
        log(LogEvent.APPLICATION_FILED, case_id=filed.case_id, item_code=filing.item_code, terminal_id=terminal.terminal_id)
    else:
        log(LogEvent.APPLICATION_REPEATED, case_id=filed.case_id, terminal_id=terminal.terminal_id)
    response.status_code = 201 if filed.created else 200
    response.headers["Cache-Control"] = _NO_STORE
    return filed.answer


@router.post("/cases/state")
def read_state(request: Request, response: Response, question: CodeQuestion) -> CaseStateAnswer:
    """What a receipt's QR alone may show: the state, nothing of the person."""
    center = _center(request)
    code = read_code(question.code, lambda issuer: issuer_key(center, issuer))
    if code is None or code.kind is not CodeKind.RECEIPT:
        raise Refusal("code_invalid", "这个二维码不是本中心的回执。请把回执上的二维码对准扫码口。", {"code": "invalid"})
    response.headers["Cache-Control"] = _NO_STORE
    return state_of_receipt(center, code.issuer, code.number)


@router.post("/cases/lookup")
def read_cases(request: Request, response: Response, question: IdentityQuestion) -> CasesAnswer:
    """All cases of the holder of an ID card."""
    response.headers["Cache-Control"] = _NO_STORE
    return cases_of(_center(request), question.number)
