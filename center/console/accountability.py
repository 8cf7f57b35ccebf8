"""Accountability (R9): the list, one event with its steps and the next step's form, and the form by which people report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from sqlalchemy import select
from starlette.responses import Response

from center.center import Refusal
from center.clock import CHINA
from center.console.checks import key_of
from center.console.forms import entered_words, fault_words, with_blanks
from center.console.guard import PATH, Posting, Visit, Visiting
from center.console.pages import page
from center.domain.accountability import CAUSES, EVENT_LABELS, SANCTION_NAMES, EventAct, EventCause, Sanction
from center.domain.roles import Right
from center.domain.rules import RULES
from center.members import require
from center.oversight.events import CASE, MAX_TEXT, Report, list_events, may_raise, report_event
from center.oversight.judging import ACT_HINTS, ACT_NAMES, open_event, take_step
from center.store.tables import Staff

router = APIRouter(prefix=f"{PATH}/accountability")

_FIELDS = ("cause", "case_number", "responsible", "window", "day", "time", "text")


@router.get("")
def events(who: Visiting, request: Request, page_number: int = 1, closed: bool = False) -> Response:
    """What the visitor sees, open or closed."""
    found = list_events(who.center, who.member, page_number, closed)
    return page(request, "oversight/events", who, events=found, closed=closed, labels=EVENT_LABELS, raises=bool(may_raise(who.member)))


@router.get("/new")
def new(who: Visiting, request: Request, cause: str = "", case_number: str = "", responsible: str = "") -> Response:
    """The form by which people report what the system cannot see; a case's page fills in what it knows."""
    now = who.center.clock.now()
    known = {"cause": cause, "case_number": case_number, "responsible": responsible}
    return _form(who, request, {"day": f"{now:%Y-%m-%d}", "time": f"{now:%H:%M}"} | known, None)


def _form(who: Visit, request: Request, entered: Mapping[str, str], refusal: Refusal | None) -> Response:
    require(who.member, Right.RAISE_ACCOUNTABILITY, Right.HANDLE_COMPLAINTS)
    with who.center.database.reading() as session:
        staff = session.scalars(
            select(Staff).where(Staff.township_id == who.center.township_id, Staff.active).order_by(Staff.window, Staff.name)
        ).all()
    return page(
        request,
        "oversight/event_form",
        who,
        422 if refusal else 200,
        causes=[(cause.value, CAUSES[cause].name) for cause in may_raise(who.member)],
        staff=[(str(row.id), f"{row.window} {row.name}".strip()) for row in staff],
        windows=sorted({row.window for row in staff if row.window}),
        key=entered.get("key") or uuid4(),
        entered=with_blanks(entered),
        max_text=MAX_TEXT,
        today=who.center.clock.now().date(),
        **fault_words(refusal),
    )


@router.post("/new")
def raise_one(sent: Posting, request: Request) -> Response:
    """Report it (R9)."""
    who, entered = sent.visit, entered_words(sent, (*_FIELDS, "key"))
    key = key_of(sent)
    try:
        event_id = report_event(who.center, who.member, key, _report(entered))
    except Refusal as refusal:
        if refusal.code != "report_incomplete":
            raise
        return _form(who, request, entered, refusal)
    return RedirectResponse(f"{PATH}/accountability/{event_id}", 303)


def _report(entered: Mapping[str, str]) -> Report:
    """What was entered. Raises Refusal on what no form of ours sends, and on a time that is none."""
    faults = {}
    if entered["cause"] not in set(EventCause):
        faults["cause"] = "请选择是哪一类问题"
    try:
        at = datetime.fromisoformat(f"{entered['day']}T{entered['time']}").replace(tzinfo=CHINA)
    except ValueError:
        faults["at"], at = "请填写日期和时间", datetime.now(CHINA)
    try:
        responsible = UUID(entered["responsible"]) if entered["responsible"] else None
    except ValueError:
        faults["responsible"], responsible = "请重新选择", None
    if len(entered["window"]) > 40 or len(entered["case_number"]) > 60:
        faults["case_number"] = "请核对编号"
    if faults:
        raise Refusal("report_incomplete", "还有没填好的地方，请看标出的几处。", faults)
    return Report(EventCause(entered["cause"]), entered["case_number"], responsible, entered["window"], at, entered["text"])


@router.get("/{event_id}")
def see(who: Visiting, request: Request, event_id: UUID) -> Response:
    """One event."""
    return _event(who, request, event_id, {}, None)


def _event(who: Visit, request: Request, event_id: UUID, entered: Mapping[str, str], refusal: Refusal | None) -> Response:
    event = open_event(who.center, who.member, event_id)
    return page(
        request,
        "oversight/event",
        who,
        422 if refusal else 200,
        event=event,
        rule=RULES[event.row.about.rule],
        labels=EVENT_LABELS,
        act_names=ACT_NAMES,
        hints=ACT_HINTS,
        sanctions=SANCTION_NAMES,
        decide=EventAct.DECIDE,
        entered=with_blanks(entered),
        max_text=MAX_TEXT,
        opens_case=event.row.subject == CASE and who.member.may(Right.SEE_CASES),
        **fault_words(refusal),
    )


@router.post("/{event_id}/{act}")
def step(sent: Posting, request: Request, event_id: UUID, act: EventAct) -> Response:
    """The next step, in writing."""
    who, text, chosen = sent.visit, sent.text("text"), sent.text("sanction")
    sanction = Sanction(chosen) if chosen in set(Sanction) else None
    try:
        take_step(who.center, who.member, event_id, sent.number("revision"), act, text, sanction)
    except Refusal as refusal:
        if refusal.code != "step_incomplete":
            raise
        return _event(who, request, event_id, {"text": text, "sanction": chosen, "act": act}, refusal)
    return RedirectResponse(f"{PATH}/accountability/{event_id}", 303)
