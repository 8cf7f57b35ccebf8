"""The acts that are not everyday ones: refusing in writing (R2.3, R2.4), mending a wrong entry, giving a case to a colleague (R3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from center.casework.correcting import (
    AgentEntries,
    Entries,
    agent_typed,
    authority_choices,
    correct,
    entries_of,
    fields_to_correct,
    typed,
)
from center.casework.dossier import Dossier
from center.casework.parties import DELIVERY_NAMES
from center.casework.refusing import Refused, articles_of, refuse
from center.casework.responsible import colleagues, may_reassign, reassign
from center.center import Refusal
from center.console.cases import dossier_of, open_for, to_case, to_paper
from center.console.forms import entered_words, fault_words, number_typed, value_typed, with_blanks
from center.console.guard import PATH, Posting, Visit, Visiting
from center.console.pages import page
from center.domain.application import ENDED, ApplicationAct
from center.domain.roles import Right
from center.log import LogEvent, log
from center.members import require

router = APIRouter(prefix=f"{PATH}/cases")


# ------------------------------------------------------------------ refusing


@router.get("/{case_id}/refuse")
def refuse_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """Reason and basis; or which body handles it."""
    dossier = open_for(who, case_id, ApplicationAct.REFUSE)
    elsewhere = dossier.item.elsewhere
    entered = {"body": elsewhere.body, "place": elsewhere.place, "how": elsewhere.how} if elsewhere else {}
    return _refuse_page(who, request, dossier, entered, frozenset())


def _refuse_page(
    who: Visit, request: Request, dossier: Dossier, entered: Mapping[str, str], chosen: frozenset[str], refusal: Refusal | None = None
) -> Response:
    articles = tuple(dict.fromkeys(fact.text for fact in dossier.item.by_law if fact.text))
    return page(
        request,
        "intake/refuse",
        who,
        422 if refusal else 200,
        case=dossier,
        articles=articles,
        chosen=chosen,
        entered=with_blanks(entered),
        **fault_words(refusal),
    )


@router.post("/{case_id}/refuse")
def do_refuse(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Issue the 不予受理通知书."""
    who = sent.visit
    dossier = open_for(who, case_id, ApplicationAct.REFUSE)
    known = {fact.text for fact in dossier.item.by_law}
    chosen = [text for text in (str(each) for each in sent.form.getlist("article")) if text in known]
    names = ("reason", "other", "kind", "body", "place", "how")
    entered = {name: sent.text(name) for name in names}
    not_ours = entered["kind"] == "elsewhere"
    refused = Refused(entered["reason"], articles_of(chosen, entered["other"]), not_ours, entered["body"], entered["place"], entered["how"])
    try:
        paper = refuse(who.center, who.member, case_id, sent.number("revision"), refused)
    except Refusal as refusal:
        if refusal.code != "refusal_incomplete":
            raise
        return _refuse_page(who, request, dossier, entered, frozenset(chosen), refusal)
    log(LogEvent.CASE_REFUSED, case_id=case_id, staff_id=who.member.id)
    return to_paper(paper)


# ------------------------------------------------------------------ mending a wrong entry


#: The controls of the page besides the form's fields.
_OWN_CONTROLS = ("name", "number", "phone", "address", "delivery", "reason", "agent_name", "agent_number", "agent_phone", "authority")


def _to_correct(who: Visit, case_id: UUID) -> Dossier:
    require(who.member, Right.CORRECT_ENTRIES)
    dossier = dossier_of(who, case_id)
    if dossier.state in ENDED:
        raise Refusal("case_changed", "这个办件已经结束，不能再更正。")
    return dossier


@router.get("/{case_id}/correct")
def correct_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """What stands there, to be mended."""
    dossier = _to_correct(who, case_id)
    now = entries_of(who.center, case_id)
    entered = {f"f.{code}": value for code, value in now.values.items()}
    entered |= {"name": now.name, "number": now.number, "phone": now.phone, "address": now.address, "delivery": now.delivery}
    if now.agent:
        entered |= {"agent_name": now.agent.name, "agent_number": now.agent.number, "agent_phone": now.agent.phone}
        entered |= {"authority": now.agent.authority}
    return _correct_page(who, request, dossier, entered)


def _correct_page(who: Visit, request: Request, dossier: Dossier, entered: Mapping[str, str], refusal: Refusal | None = None) -> Response:
    return page(
        request,
        "intake/correct",
        who,
        422 if refusal else 200,
        case=dossier,
        fields=fields_to_correct(dossier.item),
        deliveries=DELIVERY_NAMES,
        typed=typed(dossier.terminal_row, dossier.applicant),
        agent_typed=agent_typed(dossier.terminal_row),
        authorities=authority_choices(dossier.applicant),
        entered=with_blanks(entered),
        **fault_words(refusal),
    )


@router.post("/{case_id}/correct")
def do_correct(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Keep old and new, with the reason."""
    who = sent.visit
    dossier = _to_correct(who, case_id)
    values = {field.code: value_typed(sent, field) for field in fields_to_correct(dossier.item)}
    agent = AgentEntries(sent.text("agent_name"), number_typed(sent, "agent_number"), sent.text("agent_phone"), sent.text("authority"))
    entries = Entries(
        values,
        phone=sent.text("phone"),
        address=sent.text("address"),
        delivery=sent.text("delivery"),
        name=sent.text("name"),
        number=number_typed(sent, "number"),
        agent=agent if dossier.applicant.agent else None,
    )
    try:
        codes = correct(who.center, who.member, case_id, sent.number("revision"), entries, sent.text("reason"))
    except Refusal as refusal:
        if refusal.code != "correction_invalid":
            raise
        own = entered_words(sent, _OWN_CONTROLS)
        return _correct_page(who, request, dossier, {f"f.{code}": value for code, value in values.items()} | own, refusal)
    log(LogEvent.CASE_CORRECTED, case_id=case_id, staff_id=who.member.id, fields=len(codes))
    return to_case(case_id)


# ------------------------------------------------------------------ giving it to a colleague


def _to_reassign(who: Visit, case_id: UUID) -> Dossier:
    dossier = dossier_of(who, case_id)
    if not may_reassign(who.member, dossier.window):
        raise Refusal("not_allowed", "变更经办人由本窗口负责人或者中心负责人决定。")
    if dossier.state in ENDED:
        raise Refusal("case_changed", "这个办件已经结束，不用再变更经办人。")
    return dossier


@router.get("/{case_id}/reassign")
def reassign_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """To whom, and why."""
    return _reassign_page(who, request, _to_reassign(who, case_id), {})


def _reassign_page(who: Visit, request: Request, dossier: Dossier, entered: Mapping[str, str], refusal: Refusal | None = None) -> Response:
    with who.center.database.reading() as session:
        others = [colleague for colleague in colleagues(who.center, session) if colleague.id != dossier.responsible_id]
    status = 422 if refusal else 200
    return page(request, "intake/reassign", who, status, case=dossier, others=others, entered=with_blanks(entered), **fault_words(refusal))


@router.post("/{case_id}/reassign")
def do_reassign(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Give the case to the colleague."""
    who = sent.visit
    dossier = _to_reassign(who, case_id)
    try:
        reassign(who.center, who.member, case_id, sent.number("revision"), sent.identifier("to"), sent.text("reason"))
    except Refusal as refusal:
        if refusal.code != "reassign_incomplete":
            raise
        return _reassign_page(who, request, dossier, {"to": sent.text("to"), "reason": sent.text("reason")}, refusal)
    log(LogEvent.CASE_REASSIGNED, case_id=case_id, staff_id=who.member.id)
    return to_case(case_id)
