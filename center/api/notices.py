"""What is public (公示, R1.5), for terminals to show."""

from __future__ import annotations

import base64
import hashlib

from fastapi import APIRouter, Request, Response

from center.api.caller import center_of
from center.center import Center
from center.publishing.board import duty_board
from center.publishing.notices import NOTICE_KINDS, published
from kiosk.wire.notices import NoticesAnswer, OnDuty, PublicNotice

router = APIRouter(prefix="/api/v1")


def public_notices(center: Center) -> NoticesAnswer:
    """Everything that is public today."""
    today = center.clock.now().date()
    with center.database.reading() as session:
        notices, board = published(center, session, today), duty_board(center, session, today)
    photos = {line.photo: base64.b64encode(center.files.get(line.photo)).decode() for line in board if line.photo}
    return NoticesAnswer(
        on=today,
        notices=tuple(
            PublicNotice(
                kind=each.wording.kind,
                kind_name=NOTICE_KINDS[each.wording.kind],
                title=each.wording.title,
                paragraphs=each.wording.paragraphs,
                version=each.version,
                from_on=each.wording.from_on,
                to_on=each.wording.to_on,
            )
            for each in notices
        ),
        duty=tuple(
            OnDuty(window=line.window, post=line.post, name=line.name, attended=line.attended, photo=photos.get(line.photo, ""))
            for line in board
        ),
    )


@router.get("/notices")
def read_notices(request: Request) -> Response:
    """NoticesAnswer, or 304 if the terminal's is still the same."""
    content = public_notices(center_of(request)).model_dump_json().encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    asked = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if asked & {etag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)
