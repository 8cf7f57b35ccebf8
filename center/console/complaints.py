"""The complaints' pages for complaint officers: the register, registering, one complaint whole, and each act by its form (R6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from center.center import Refusal
from center.complaints.about import desk_choices
from center.complaints.access import find_complaint
from center.complaints.act_forms import ActField, ActForm, FieldKind, acts_for
from center.complaints.dossier import Dossier, open_dossier
from center.complaints.evidence import evidence_content
from center.complaints.lists import SHELF_NAMES, STATE_NAMES, Shelf, register
from center.complaints.registration import DeskComplaint, matter_choices, register_at_desk
from center.console.forms import fault_words, with_blanks
from center.console.guard import PATH, Posted, Posting, Visit, Visiting
from center.console.pages import HEADERS, SCANS_HINT, page
from center.domain.complaint import CHANNEL_NAMES, EVIDENCE_LATER, Channel, ComplaintAct, Ground, complaint_target
from center.domain.complaint_refusal import GROUND_WORDS
from center.domain.roles import Right
from center.log import LogEvent, log
from center.members import require
from kiosk.wire.complaints import Capacity, PartyKind

router = APIRouter(prefix=f"{PATH}/complaints")

#: Faults of the whole page, not of what was filled in.
_ELSEWHERE = frozenset({"complaint_changed", "complaint_unknown", "not_allowed"})

CAPACITY_NAMES: dict[Capacity, str] = {
    Capacity.SELF: "本人（本单位）",
    Capacity.AGENT: "委托代理人",
    Capacity.REPRESENTATIVE: "多人推选的代表",
}
KIND_NAMES: dict[PartyKind, str] = {PartyKind.PERSON: "个人", PartyKind.LEGAL_PERSON: "法人", PartyKind.ORGANIZATION: "其他组织"}


@router.get("")
def see_register(who: Visiting, request: Request, shelf: str = Shelf.DECIDE, page_number: int = 1) -> Response:
    """The register, a shelf at a time."""
    chosen = Shelf(shelf) if shelf in set(Shelf) else Shelf.DECIDE
    found = register(who.center, who.member, chosen, page_number)
    return page(request, "complaints/register", who, register=found, shelves=SHELF_NAMES, states=STATE_NAMES)


# ------------------------------------------------------------------ registering


@router.get("/new")
def new(who: Visiting, request: Request) -> Response:
    """The form for a complaint by phone, letter or visit."""
    require(who.member, Right.HANDLE_COMPLAINTS)
    today = who.center.clock.now().date()
    entered = {"key": str(uuid4()), "received_on": today.isoformat(), "capacity": Capacity.SELF.value, "kind": PartyKind.PERSON.value}
    return _new(who, request, entered, None)


def _new(who: Visit, request: Request, entered: Mapping[str, str], refusal: Refusal | None) -> Response:
    with who.center.database.reading() as session:
        choices = desk_choices(who.center, session)
    return page(
        request,
        "complaints/new",
        who,
        422 if refusal else 200,
        entered=with_blanks(entered),
        choices=choices,
        channels=[(channel.value, CHANNEL_NAMES[channel]) for channel in Channel if channel is not Channel.TERMINAL],
        later="、".join(CHANNEL_NAMES[channel] for channel in Channel if channel in EVIDENCE_LATER),
        capacities=[(each.value, name) for each, name in CAPACITY_NAMES.items()],
        kinds=[(each.value, name) for each, name in KIND_NAMES.items()],
        matters=matter_choices(),
        today=who.center.clock.now().date(),
        **fault_words(refusal),
    )


@router.post("/new")
def do_register(sent: Posting, request: Request) -> Response:
    """Register it; the same form sent twice registers it once (R6.1, R6.9)."""
    who = sent.visit
    try:
        complaint_id = register_at_desk(who.center, who.member, _said(sent))
    except Refusal as refusal:
        if refusal.code not in {"complaint_incomplete", "about_unknown"}:
            raise
        entered = {name: value for name, value in sent.form.items() if isinstance(value, str)}
        return _new(who, request, entered, refusal)
    log(LogEvent.COMPLAINT_ACT, act="register", staff_id=who.member.id)
    return _to(complaint_id)


def _said(sent: Posted) -> DeskComplaint:
    return DeskComplaint(
        key=sent.key(),
        channel=sent.text("channel"),
        received_on=sent.day("received_on"),
        party={name: sent.text(name) for name in ("kind", "name", "contact", "number")},
        capacity=sent.text("capacity"),
        agent={name: sent.text(f"agent_{name}") for name in ("name", "contact", "number")},
        group_size=sent.number("group_size"),
        verified=bool(sent.text("verified")),
        window=sent.text("window"),
        staff_id=sent.text("staff"),
        matter=sent.text("matter"),
        statement=sent.text("statement"),
        case_number=sent.text("case_number"),
        evidence_later=bool(sent.text("evidence_later")),
    )


def _to(complaint_id: UUID) -> Response:
    return RedirectResponse(f"{PATH}/complaints/{complaint_id}", 303)


# ------------------------------------------------------------------ one complaint


@router.get("/{complaint_id}")
def see(who: Visiting, request: Request, complaint_id: UUID) -> Response:
    """The complaint whole."""
    dossier = open_dossier(who.center, who.member, complaint_id)
    return page(
        request,
        "complaints/complaint",
        who,
        complaint=dossier,
        acts=acts_for(dossier),
        states=STATE_NAMES,
        capacities=CAPACITY_NAMES,
        kinds=KIND_NAMES,
        takes_scans=complaint_target(dossier.state, ComplaintAct.ADD_EVIDENCE) is not None,
        scans_hint=SCANS_HINT,
    )


@router.get("/{complaint_id}/evidence/{evidence_id}")
def see_evidence(who: Visiting, complaint_id: UUID, evidence_id: UUID) -> Response:
    """A page of evidence, opened for this answer alone."""
    with who.center.database.reading() as session:
        complaint = find_complaint(who.center, session, who.member, complaint_id)
        content, kind = evidence_content(who.center, session, complaint, evidence_id)
    return Response(content, media_type=kind, headers=HEADERS)


# ------------------------------------------------------------------ acts


def _form(dossier: Dossier, name: str) -> tuple[ComplaintAct, ActForm]:
    found = next(((act, form) for act, form in acts_for(dossier) if act == name), None)
    if found is None:
        raise Refusal("complaint_changed", "这份投诉现在不能这样处理，可能已经有了变化。请查看最新情况。")
    return found


@router.get("/{complaint_id}/{name}")
def act_page(who: Visiting, request: Request, complaint_id: UUID, name: str, ground: str = "") -> Response:
    """The form of an act. A refusal begins with its ground, which fills in what is usually written."""
    dossier = open_dossier(who.center, who.member, complaint_id)
    act, form = _form(dossier, name)
    if act is ComplaintAct.REFUSE and ground not in set(Ground):
        return page(request, "complaints/ground", who, complaint=dossier, grounds=GROUND_WORDS)
    return _act_page(who, request, dossier, (act, form), _first_values(who, act, ground), None)


def _first_values(who: Visit, act: ComplaintAct, ground: str) -> dict[str, Any]:
    if act is ComplaintAct.REFUSE:
        words = GROUND_WORDS[Ground(ground)]
        return {"ground": ground, "reason": words.reason, "basis": words.basis, "channel": words.channel}
    if act is ComplaintAct.TAKE_IN:
        return {"taken_on": who.center.clock.now().date().isoformat()}
    if act is ComplaintAct.PASS_REVIEW:
        return {"body": who.center.config.center.review_body}
    return {}


def _act_page(
    who: Visit, request: Request, dossier: Dossier, found: tuple[ComplaintAct, ActForm], entered: Mapping[str, Any], refusal: Refusal | None
) -> Response:
    act, form = found
    ground = entered.get("ground", "")
    return page(
        request,
        "complaints/act",
        who,
        422 if refusal else 200,
        complaint=dossier,
        act=act,
        form=form,
        entered=entered,
        ground=GROUND_WORDS[Ground(ground)].reason if ground in set(Ground) else "",
        today=who.center.clock.now().date(),
        **fault_words(refusal),
    )


def _value(sent: Posted, field: ActField) -> str | tuple[str, ...] | date | None:
    if field.kind is FieldKind.DATE:
        return sent.day(field.name)
    if field.kind is FieldKind.TICKS:
        return tuple(str(each) for each in sent.form.getlist(field.name))
    if field.kind is FieldKind.LINES:
        return tuple(line for line in (each.strip() for each in sent.text(field.name).splitlines()) if line)
    return sent.text(field.name)


@router.post("/{complaint_id}/{name}")
def do_act(sent: Posting, request: Request, complaint_id: UUID, name: str) -> Response:
    """Do it, or draw the form again with what is wrong."""
    who = sent.visit
    dossier = open_dossier(who.center, who.member, complaint_id)
    act, form = _form(dossier, name)
    values: dict[str, Any] = {field.name: _value(sent, field) for field in form.fields}
    if act is ComplaintAct.REFUSE:
        values["ground"] = sent.text("ground")
    try:
        form.do(who.center, who.member, complaint_id, sent.number("revision"), **values)
    except Refusal as refusal:
        if refusal.code in _ELSEWHERE:
            raise
        entered: dict[str, Any] = {field.name: sent.text(field.name) for field in form.fields}
        entered |= {field.name: values[field.name] for field in form.fields if field.kind is FieldKind.TICKS}
        return _act_page(who, request, dossier, (act, form), entered | {"ground": values.get("ground", "")}, refusal)
    log(LogEvent.COMPLAINT_ACT, act=act.value, staff_id=who.member.id)
    return _to(complaint_id)
