"""Registering a case at the window: choosing the item, then one form with everything, and the receipt to print (R3.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from center.casework.dossier import limit_of
from center.casework.parties import KIND_NAMES
from center.casework.registering import CONSENT_TEXT, find_open_item, register, search_items
from center.casework.walk_in import AgentTyped, SheetsGiven, WalkIn, asked_on_form, papers_asked
from center.catalogue import item_of
from center.center import Refusal
from center.console.forms import fault_words, number_typed, value_typed, with_blanks
from center.console.guard import PATH, Posted, Posting, Visit, Visiting
from center.console.pages import page
from center.domain.application import limit_words
from center.domain.roles import Right
from center.log import LogEvent, log
from center.members import require
from kiosk.wire.filing import AUTHORITY_NAMES, ORGANIZATION
from kiosk.wire.items import ServiceItem

router = APIRouter(prefix=f"{PATH}/cases")


@router.get("/new")
def choose_item(who: Visiting, request: Request, words: str = "") -> Response:
    """Which item."""
    require(who.member, Right.HANDLE_CASES)
    return page(request, "intake/choose_item", who, words=words[:40], items=search_items(who.center, words[:40]))


@router.get("/new/{code}")
def form_page(who: Visiting, request: Request, code: str) -> Response:
    """The form of the item."""
    require(who.member, Right.HANDLE_CASES)
    item = item_of(find_open_item(who.center, code))
    # The card lies on the desk: its copy is the usual thing.
    usual = {f"m.{material.code}": "1" for material in papers_asked(item) if material.from_card}
    return _form_page(who, request, item, {"kind": "resident", "by": "self", "agent_kind": "resident"} | usual)


def _form_page(who: Visit, request: Request, item: ServiceItem, entered: Mapping[str, str], refusal: Refusal | None = None) -> Response:
    return page(
        request,
        "intake/new",
        who,
        422 if refusal else 200,
        item=item,
        kinds=KIND_NAMES,
        organization=ORGANIZATION,
        authorities=AUTHORITY_NAMES,
        fields=asked_on_form(item),
        papers=papers_asked(item),
        limit=limit_words(*limit_of(item)),
        consent_text=CONSENT_TEXT,
        entered=with_blanks(entered),
        # The same form sent twice makes one case; drawn again with its faults, it is still that form.
        key=entered.get("key") or uuid4(),
        **fault_words(refusal),
    )


def _agent(sent: Posted) -> AgentTyped | None:
    if sent.text("by") != "agent":
        return None
    return AgentTyped(
        kind=sent.text("agent_kind"),
        name=sent.text("agent_name"),
        number=number_typed(sent, "agent_number"),
        phone=sent.text("agent_phone"),
        authority=sent.text("authority"),
        sheets=sent.number("authority_sheets"),
    )


def _sheets(sent: Posted, code: str) -> SheetsGiven:
    text = sent.text(f"m.{code}")
    return SheetsGiven(sent.number(f"m.{code}") if text else 0, bool(sent.text(f"x.{code}")))


@router.post("/new/{code}")
def do_register(sent: Posting, request: Request, code: str) -> Response:
    """Register it, or say everything that is wrong at once."""
    who = sent.visit
    require(who.member, Right.HANDLE_CASES)
    item = item_of(find_open_item(who.center, code))
    entered = WalkIn(
        kind=sent.text("kind"),
        name=sent.text("name"),
        number=number_typed(sent, "number"),
        phone=sent.text("phone"),
        address=sent.text("address"),
        consent=bool(sent.text("consent")),
        values={field.code: value_typed(sent, field) for field in asked_on_form(item)},
        materials={material.code: _sheets(sent, material.code) for material in papers_asked(item)},
        agent=_agent(sent),
    )
    try:
        done = register(who.center, who.member, code, entered, sent.key())
    except Refusal as refusal:
        if refusal.code != "walk_in_incomplete":
            raise
        again = {name: str(value) for name, value in sent.form.items()} | {f"f.{code}": value for code, value in entered.values.items()}
        return _form_page(who, request, item, again, refusal)
    if done.created:
        log(LogEvent.CASE_REGISTERED, case_id=done.subject_id, staff_id=who.member.id, item_code=code)
    return RedirectResponse(f"{PATH}/papers/{json.loads(done.answer)}", 303)
