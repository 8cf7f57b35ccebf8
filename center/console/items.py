"""The items pages (R1.1): the list with versions, beginning a draft, withdrawing an item, and the guide of each version."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from center.center import Refusal
from center.console.forms import entered_words, fault_words, with_blanks
from center.console.guard import PATH, Posting, Visit, Visiting
from center.console.item_drafts import guide_page, may_see, rights_of, to_draft
from center.console.pages import page
from center.domain.item import Publication, publication
from center.domain.roles import Right
from center.members import require
from center.publishing.checking import check
from center.publishing.drafts import (
    DRAFT_STATES,
    begin_draft,
    begin_item,
    withdraw_item,
)
from center.publishing.items import VERSION_STATES, all_items, find_listed
from center.records.writes import once

router = APIRouter(prefix=f"{PATH}/items")


@router.get("")
def see(who: Visiting, request: Request) -> Response:
    """Every item."""
    may_see(who)
    with who.center.database.reading() as session:
        found = all_items(who.center, session)
    return page(request, "publishing/items", who, items=found, states=VERSION_STATES, draft_states=DRAFT_STATES, **rights_of(who))


@router.get("/new")
def new(who: Visiting, request: Request) -> Response:
    """The form of a new item."""
    require(who.member, Right.EDIT_ITEMS)
    return _new_page(who, request, {})


def _new_page(who: Visit, request: Request, entered: Mapping[str, str], refusal: Refusal | None = None) -> Response:
    status = 422 if refusal else 200
    return page(request, "publishing/item_new", who, status, key=uuid4(), entered=with_blanks(entered), **fault_words(refusal))


@router.post("/new")
def do_begin_item(sent: Posting, request: Request) -> Response:
    """Begin a new item."""
    who = sent.visit
    require(who.member, Right.EDIT_ITEMS)
    entered = entered_words(sent, ("code", "task_name"))

    def act(session: Session) -> tuple[UUID, str]:
        return begin_item(who.center, who.member, session, entered["code"].upper(), entered["task_name"]), ""

    try:
        done = once(who.center, "item_draft", sent.key(), entered, act)
    except Refusal as refusal:
        if refusal.code != "item_invalid":
            raise
        return _new_page(who, request, entered, refusal)
    return to_draft(done.subject_id)


# ------------------------------------------------------------------ one item


@router.get("/{code}")
def see_one(who: Visiting, request: Request, code: str) -> Response:
    """An item with its versions."""
    return _item_page(who, request, code)


def _item_page(who: Visit, request: Request, code: str, refusal: Refusal | None = None) -> Response:
    may_see(who)
    with who.center.database.reading() as session:
        found = find_listed(who.center, session, code)
    shown = found.shown if found.versions else None
    lacking = check(shown.item.model_dump(mode="json"), code, shown.number).missing if shown and shown.item.handled_here else ()
    return page(
        request,
        "publishing/item",
        who,
        422 if refusal else 200,
        item=found,
        lacking=lacking,
        states=VERSION_STATES,
        draft_states=DRAFT_STATES,
        key=uuid4(),
        today=who.center.clock.now().date(),
        **fault_words(refusal),
        **rights_of(who),
    )


@router.get("/{code}/versions/{number}")
def see_guide(who: Visiting, request: Request, code: str, number: int) -> Response:
    """The guide of a version as it reads: for who edits items, and at the window to print it for a citizen (R2.1)."""
    at_window = who.member.may(Right.HANDLE_CASES)
    if not at_window:
        may_see(who)
    with who.center.database.reading() as session:
        found = next((each for each in find_listed(who.center, session, code).versions if each.number == number), None)
    # What no confirmed facts stand behind is shown to citizens in a demonstration only (never forgotten no. 2).
    if found is None or (at_window and publication(found.item, who.center.config.demo) is Publication.NOT):
        raise Refusal("item_unknown", "没有找到这个版本。请从事项列表重新打开。")
    back = f"{PATH}/cases/new" if at_window else f"{PATH}/items/{code}"
    return guide_page(who, request, found.item, back, f"第 {number} 版，{VERSION_STATES[found.state]}", published=True)


@router.post("/{code}/drafts")
def do_begin_draft(sent: Posting, code: str) -> Response:
    """Begin the next version of an item."""
    who = sent.visit
    require(who.member, Right.EDIT_ITEMS)
    base = sent.number("base")

    def act(session: Session) -> tuple[UUID, str]:
        return begin_draft(who.center, who.member, session, code, base), ""

    done = once(who.center, "item_draft", sent.key(), {"code": code, "base": base}, act)
    return to_draft(done.subject_id)


@router.post("/{code}/withdraw")
def do_withdraw(sent: Posting, request: Request, code: str) -> Response:
    """Withdraw an item from a day on."""
    who, on = sent.visit, sent.day("on")
    may_see(who)
    try:
        if on is None:
            raise Refusal("item_invalid", "没有取消，请先填从哪一天起取消。", {"on": "请填日期。"})
        withdraw_item(who.center, who.member, code, on, sent.number("revision"))
    except Refusal as refusal:
        if refusal.code != "item_invalid":
            raise
        return _item_page(who, request, code, refusal)
    return RedirectResponse(f"{PATH}/items/{code}", 303)
