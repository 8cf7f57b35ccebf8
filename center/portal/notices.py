"""The public notices and the duty board as a phone shows them (R1.5)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from center.center import Refusal
from center.portal.pages import GUIDE_CACHE, HEADERS, message, public_page
from center.portal.routes import Public
from center.publishing.board import duty_board, public_photo
from center.publishing.notices import NOTICE_KINDS, NoticeKind, published

router = APIRouter()


@router.get("/staff")
def on_duty(center: Public) -> Response:
    """Who is on duty today: post, window, name and photo of those whose name is public."""
    with center.database.reading() as session:
        board = duty_board(center, session, center.clock.now().date())
    return public_page(center, "staff", board=board)


@router.get("/staff/photos/{sha256}")
def photo(center: Public, sha256: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]) -> Response:
    """A photo of the board."""
    try:
        with center.database.reading() as session:
            content = public_photo(center, session, sha256)
    except Refusal as refusal:
        return message(center, "没有这张照片", refusal.message, 404)
    return Response(content, media_type="image/jpeg", headers=HEADERS | GUIDE_CACHE)


def _show(center: Public, kind: NoticeKind) -> Response:
    with center.database.reading() as session:
        notices = [notice for notice in published(center, session, center.clock.now().date()) if notice.wording.kind is kind]
    return public_page(center, "notices", heading=NOTICE_KINDS[kind], notices=notices)


@router.get("/duties")
def duties(center: Public) -> Response:
    """中心职责"""
    return _show(center, NoticeKind.DUTIES)


@router.get("/rules")
def rules(center: Public) -> Response:
    """规章制度"""
    return _show(center, NoticeKind.RULES)


@router.get("/procedures")
def procedures(center: Public) -> Response:
    """办事程序"""
    return _show(center, NoticeKind.PROCEDURES)


@router.get("/promises")
def promises(center: Public) -> Response:
    """服务承诺"""
    return _show(center, NoticeKind.PROMISES)


@router.get("/complaints")
def complaints(center: Public) -> Response:
    """投诉渠道"""
    return _show(center, NoticeKind.COMPLAINTS)


@router.get("/announcements")
def announcements(center: Public) -> Response:
    """通知公告"""
    return _show(center, NoticeKind.ANNOUNCEMENT)
