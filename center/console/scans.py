"""Pictures of papers put in at the window: into a case, or as evidence of a complaint. The one form that sends files of some size."""

from __future__ import annotations

import re
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response

from center.api.gate import SCANS_BYTES
from center.casework.scans import add_scans
from center.center import Refusal
from center.complaints.following import add_scans as add_evidence_scans
from center.console.cases import to_case
from center.console.guard import PATH, Posted, checked, refuse_foreign_origin, visit
from center.log import LogEvent, log
from center.records.incoming import SCANS_AT_ONCE

router = APIRouter(prefix=PATH)


class _InMemory(MultiPartParser):
    """Nothing that was sent is written to a disk in the clear, not even for a moment; the gate has bounded it."""

    spool_max_size = SCANS_BYTES + 1


async def _form(request: Request) -> FormData:
    if not re.match(r"multipart/form-data\b", request.headers.get("content-type", "")):
        return await request.form()
    try:
        return await _InMemory(request.headers, request.stream(), max_files=SCANS_AT_ONCE, max_fields=20).parse()
    except (MultiPartException, KeyError):
        raise Refusal("scans_form", f"没有收全图片，或者图片太多，没有录入。一次最多选 {SCANS_AT_ONCE} 张，请重新选择。") from None


async def posted_scans(request: Request) -> tuple[Posted, tuple[bytes, ...]]:
    """The form, checked like any other, and its pictures. Raises SignInNeeded or Refusal."""
    refuse_foreign_origin(request)
    who = await run_in_threadpool(visit, request)
    form = await _form(request)
    sent = checked(who, form)
    pictures = [part for part in form.getlist("scans") if isinstance(part, UploadFile) and part.filename]
    return sent, tuple([await picture.read() for picture in pictures])


Scans = Annotated[tuple[Posted, tuple[bytes, ...]], Depends(posted_scans)]


@router.post("/cases/{case_id}/scans")
def do_add_to_case(posted: Scans, case_id: UUID) -> Response:
    """Pages of one of the case's papers."""
    sent, pictures = posted
    pages = add_scans(sent.visit.center, sent.visit.member, case_id, sent.number("revision"), sent.text("paper"), pictures)
    log(LogEvent.CASE_MOVED, case_id=case_id, staff_id=sent.visit.member.id, act="scan", pages=pages)
    return to_case(case_id)


@router.post("/complaints/{complaint_id}/scans")
def do_add_to_complaint(posted: Scans, complaint_id: UUID) -> Response:
    """Pages of evidence (R6.1)."""
    sent, pictures = posted
    add_evidence_scans(sent.visit.center, sent.visit.member, complaint_id, sent.number("revision"), pictures)
    log(LogEvent.COMPLAINT_ACT, act="scan", staff_id=sent.visit.member.id)
    return RedirectResponse(f"{PATH}/complaints/{complaint_id}", 303)
