"""The public notices and the duty board as a phone shows them (R1.5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from center.center import Center, Refusal
from center.portal.pages import GUIDE_CACHE, HEADERS, message, public_page
from center.portal.routes import Here, Public
from center.publishing.board import duty_board, public_photo, shown_photo
from center.publishing.notices import NOTICE_KINDS, NoticeKind, published

router = APIRouter()

#: Where what kind of notice is shown.
_PAGES: dict[str, NoticeKind] = {
    "/duties": NoticeKind.DUTIES,
    "/rules": NoticeKind.RULES,
    "/procedures": NoticeKind.PROCEDURES,
    "/promises": NoticeKind.PROMISES,
    "/complaints": NoticeKind.COMPLAINTS,
    "/announcements": NoticeKind.ANNOUNCEMENT,
}


@router.get("/staff")
def on_duty(center: Public) -> Response:
    """Who is on duty today: post, window, name and photo of those whose name is public."""
    with center.database.reading() as session:
        board = duty_board(center, session, center.clock.now().date())
    return public_page(center, "staff", board=board)


@router.get("/staff/photos/{sha256}")
def photo(center: Here, sha256: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]) -> Response:
    """A photo of the board, which the display in the hall shows too."""
    try:
        with center.database.reading() as session:
            content = shown_photo(public_photo(center, session, sha256))
    except Refusal as refusal:
        return message(center, "没有这张照片", refusal.message, 404)
    return Response(content, media_type="image/jpeg", headers=HEADERS | GUIDE_CACHE)


def _page_of(kind: NoticeKind) -> Callable[[Center], Response]:
    def show(center: Public) -> Response:
        with center.database.reading() as session:
            notices = [notice for notice in published(center, session, center.clock.now().date()) if notice.wording.kind is kind]
        return public_page(center, "notices", heading=NOTICE_KINDS[kind], notices=notices)

    return show


for _path, _kind in _PAGES.items():
    router.add_api_route(_path, _page_of(_kind), name=_kind)
