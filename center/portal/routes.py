"""The public pages' addresses. Without `public_base_url` there are none but the display in the hall:
nothing printed leads here, and who comes all the same is told.
"""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from center.casework.progress import state_of_receipt
from center.catalogue import listed_items
from center.center import Center, Refusal
from center.portal.guides import KINDS, OPEN, by_department, by_topic, fee_words, limit_words, need_words, said, search
from center.portal.pages import GUIDE_CACHE, message, public_page
from center.terminals import issuer_key
from kiosk.wire.codes import CodeKind, code_of_token, read_code

router = APIRouter()


def here(request: Request) -> Center:
    """The center, whether or not it has public pages."""
    return cast(Center, request.app.state.center)


class NotPublic(Exception):
    """This center has no public pages."""


def public(request: Request) -> Center:
    """The center, if it has public pages. Raises NotPublic."""
    center = here(request)
    if not center.config.center.public_base_url:
        raise NotPublic
    return center


Public = Annotated[Center, Depends(public)]
#: For what is shown in the hall too.
Here = Annotated[Center, Depends(here)]


@router.get("/g")
def guides(center: Public, q: str = "", by: str = "topic") -> Response:
    """The list of items, or what a search finds."""
    items = listed_items(center)
    words = q.strip()[:40]
    groups = by_department(items) if by == "department" else by_topic(items)
    return public_page(
        center, "list", cache=GUIDE_CACHE, words=words, found=search(items, words) if words else (), groups=() if words else groups, by=by
    )


@router.get("/g/{item_code}")
def guide(center: Public, item_code: str) -> Response:
    """One guide with the eight fields of R1.2 (R1.3)."""
    item = next((each for each in listed_items(center) if each.code == item_code), None)
    if item is None:
        return message(center, "没有找到这份指南", "这个事项可能已经调整。请从事项清单里再找一找，或到窗口、自助终端咨询。", 404)
    return public_page(
        center,
        "guide",
        cache=GUIDE_CACHE,
        item=item,
        limit=limit_words(item),
        fee=fee_words(item.fee),
        laws=said(item.by_law),
        conditions=said(item.accept_condition),
        steps=said(item.handle_flow),
        need_words=need_words,
        kind=KINDS.get(item.project_type) if item.project_type else "",
        open=OPEN,
    )


@router.get("/p/{token}")
def progress(center: Public, token: str) -> Response:
    """Where a case stands, and nothing of the person or the item (domain.md, never forgotten no. 7)."""
    text = code_of_token(token)
    code = read_code(text, lambda issuer: issuer_key(center, issuer)) if text else None
    if code is None or code.kind is not CodeKind.RECEIPT:
        return message(center, "这不是本中心的码", "请重新扫回执上的二维码；也可以带身份证到自助终端或窗口查询。", 404)
    try:
        answer = state_of_receipt(center, code.issuer, code.number)
    except Refusal as refusal:
        return message(center, "还没有查到", refusal.message, 404)
    return public_page(center, "progress", answer=answer)
