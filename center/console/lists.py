"""The lists that staff work from, and finding a case again."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from center.casework.queue import QueueName, queue
from center.casework.searching import Found, Wanted, item_choices, search, windows_of
from center.console.guard import PATH, Posting, Visit, Visiting, day_of
from center.console.pages import page
from center.domain.application import ApplicationState
from center.domain.roles import Right
from center.members import require

router = APIRouter(prefix=PATH)


@router.get("/intake")
def intake(who: Visiting, request: Request, page_number: int = 1) -> Response:
    """What came in, the night's first."""
    return _list(who, request, QueueName.INTAKE, page_number)


@router.get("/mine")
def mine(who: Visiting, request: Request, page_number: int = 1) -> Response:
    """The member's own cases, and those of whom they stand in for (R3.3)."""
    return _list(who, request, QueueName.MINE, page_number)


@router.get("/window")
def window(who: Visiting, request: Request, page_number: int = 1, name: str = "") -> Response:
    """A window's cases, for its lead."""
    return _list(who, request, QueueName.WINDOW, page_number, name)


@router.get("/due")
def due(who: Visiting, request: Request, page_number: int = 1) -> Response:
    """What was accepted, by the day it is due."""
    return _list(who, request, QueueName.DUE, page_number)


@router.get("/returned")
def returned(who: Visiting, request: Request, page_number: int = 1) -> Response:
    """What was returned with a one-time notice."""
    return _list(who, request, QueueName.RETURNED, page_number)


def _list(who: Visit, request: Request, name: QueueName, page_number: int, window: str = "") -> Response:
    require(who.member, Right.SEE_CASES)
    return page(request, "queue", who, queue=queue(who.center, who.member, name, page_number, window))


# ------------------------------------------------------------------ finding a case again


@router.get("/search")
def search_page(
    who: Visiting, request: Request, number: str = "", item: str = "", state: str = "", filed_from: str = "", filed_to: str = "",
    window: str = "", page_number: int = 1,
) -> Response:  # fmt: skip
    """By everything that an address may carry."""
    require(who.member, Right.SEE_CASES)
    wanted = Wanted(
        number=number[:60],
        item_code=item[:16],
        state=ApplicationState(state) if state in set(ApplicationState) else None,
        filed_from=day_of(filed_from),
        filed_to=day_of(filed_to),
        window=window[:40],
    )
    found = search(who.center, who.member, wanted, page_number) if wanted.asks else None
    return _search_page(who, request, wanted, found)


@router.post("/search")
def search_by_person(sent: Posting, request: Request) -> Response:
    """By ID number: sent in the body, so that it stands in no address and no log."""
    who = sent.visit
    require(who.member, Right.SEE_CASES)
    wanted = Wanted(id_number="".join(sent.text("id_number").split()).upper()[:18])
    if not wanted.asks:
        return _search_page(who, request, wanted, None, "请填写要查的证件号码。", 422)
    return _search_page(who, request, wanted, search(who.center, who.member, wanted, max(1, sent.number("page_number"))))


def _search_page(who: Visit, request: Request, wanted: Wanted, found: Found | None, fault: str = "", status: int = 200) -> Response:
    asked = {
        "number": wanted.number,
        "item": wanted.item_code,
        "state": wanted.state or "",
        "filed_from": wanted.filed_from or "",
        "filed_to": wanted.filed_to or "",
        "window": wanted.window,
    }
    query = "".join(f"&{urlencode({name: value})}" for name, value in asked.items() if value)
    return page(
        request,
        "intake/search",
        who,
        status,
        wanted=wanted,
        found=found,
        fault=fault,
        query=query,
        items=item_choices(who.center),
        states=tuple(ApplicationState),
        windows=windows_of(who.center),
    )
