"""Files from terminals: whole by PUT, or in parts that go on where a broken line left off."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response
from starlette.concurrency import run_in_threadpool

from center.api.caller import NO_STORE, answer_made, center_of, terminal_of
from center.records.incoming import Progress, add_part, begin_upload, keep_file, upload_progress
from kiosk.wire.base import Sha256
from kiosk.wire.files import FileAnswer, UploadAnswer, UploadQuestion

router = APIRouter(prefix="/api/v1")


@router.put("/files/{sha256}")
async def put_file(sha256: Sha256, request: Request, response: Response) -> FileAnswer:
    """The raw file as body, JPEG or PNG. 201 when it is new, 200 when it was kept already."""
    content = await request.body()
    created = await run_in_threadpool(keep_file, center_of(request), terminal_of(request), sha256, content)
    answer_made(response, created)
    return FileAnswer(sha256=sha256, size=len(content))


@router.post("/uploads")
def begin(request: Request, response: Response, question: UploadQuestion) -> UploadAnswer:
    """Begin a file that comes in parts, or ask how far it is: 201 when it is begun now, 200 when it was begun before or is kept already."""
    progress = begin_upload(center_of(request), terminal_of(request), question.sha256, question.size)
    response.status_code = 201 if progress.created else 200
    return _answer(response, progress)


@router.head("/uploads/{upload_id}")
def how_far(request: Request, upload_id: UUID) -> Response:
    """How much of it is here, in headers alone."""
    progress = upload_progress(center_of(request), terminal_of(request), upload_id)
    return Response(headers={**_headers(progress), "Cache-Control": NO_STORE})


@router.patch("/uploads/{upload_id}")
async def add(request: Request, response: Response, upload_id: UUID, upload_offset: Annotated[int, Header(ge=0)]) -> UploadAnswer:
    """The next part as body, from byte `Upload-Offset`. The last part makes the file."""
    content = await request.body()
    progress = await run_in_threadpool(add_part, center_of(request), terminal_of(request), upload_id, upload_offset, content)
    return _answer(response, progress)


def _headers(progress: Progress) -> dict[str, str]:
    return {"Upload-Offset": str(progress.received), "Upload-Length": str(progress.size)}


def _answer(response: Response, progress: Progress) -> UploadAnswer:
    response.headers.update({**_headers(progress), "Cache-Control": NO_STORE})
    return UploadAnswer(
        upload_id=progress.id, sha256=progress.sha256, size=progress.size, offset=progress.received, complete=progress.complete
    )
