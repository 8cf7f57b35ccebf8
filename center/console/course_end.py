"""The window's pages that end a case: decide (R5.3), voucher (R4.3), notify (R4.4), collect or post (R3.2, R10), a withdrawal in writing."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from center.casework.completion import (
    NOTIFY_WAYS,
    Collecting,
    Collector,
    NotifyWay,
    collect,
    decide,
    issue_voucher,
    notify,
    post,
    record_withdrawal,
)
from center.casework.reaching import phone_of, post_address
from center.center import Refusal
from center.console.cases import to_case
from center.console.course_forms import attempt, choice, draw, entered_in, on_to, sight_of, yes
from center.console.guard import PATH, Posting, Visit, Visiting
from center.domain.application import ApplicationAct, ApplicationState, Outcome, limit_words
from center.domain.deadlines import notify_due
from center.log import LogEvent, log
from kiosk.wire.filing import ORGANIZATION

router = APIRouter(prefix=PATH)

# ------------------------------------------------------------------ deciding and completing (R5.3, R4.3)


def _decide_page(who: Visit, request: Request, case_id: UUID, entered: dict[str, str], refusal: Refusal | None = None) -> Response:
    sight = sight_of(who, case_id, ApplicationAct.DECIDE)
    basis = "；".join(fact.text for fact in sight.case.item.by_law if fact.text)
    return draw(who, request, "decide", sight, entered, refusal, basis=basis, limit=limit_words(*sight.case.limit))


@router.get("/cases/{case_id}/decide")
def decide_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """The opinion beside what is decided."""
    return _decide_page(who, request, case_id, {})


@router.post("/cases/{case_id}/decide")
def do_decide(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Decide; the voucher comes next."""
    who = sent.visit

    def do() -> Response:
        outcome = choice(Outcome, sent.text("outcome"))
        decide(
            who.center,
            who.member,
            case_id,
            sent.number("revision"),
            outcome,
            sent.text("reasons"),
            sent.text("basis"),
            sent.text("against"),
        )
        return on_to(case_id, "voucher")

    return attempt(sent, case_id, "decide", do, lambda refusal: _decide_page(who, request, case_id, entered_in(sent), refusal))


@router.get("/cases/{case_id}/voucher")
def voucher_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """What completing today means."""
    sight = sight_of(who, case_id, ApplicationAct.ISSUE_VOUCHER)
    until = notify_due(who.center.clock.now().date(), who.center.calendar)
    return draw(who, request, "voucher", sight, {}, None, until=until if isinstance(until, date) else None)


@router.post("/cases/{case_id}/voucher")
def do_voucher(sent: Posting, case_id: UUID) -> Response:
    """Complete; telling the applicant comes next (R4.4)."""
    issue_voucher(sent.visit.center, sent.visit.member, case_id, sent.number("revision"))
    log(LogEvent.CASE_MOVED, case_id=case_id, staff_id=sent.visit.member.id, act="issue_voucher")
    return on_to(case_id, "notify")


# ------------------------------------------------------------------ telling and handing out (R4.4, R3.2, R10)


def _notify_page(who: Visit, request: Request, case_id: UUID, entered: dict[str, str], refusal: Refusal | None = None) -> Response:
    sight = sight_of(who, case_id, ApplicationAct.NOTIFY)
    return draw(who, request, "notify", sight, entered, refusal, ways=NOTIFY_WAYS, phone=phone_of(sight.case))


@router.get("/cases/{case_id}/notify")
def notify_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """Whom to tell, and what."""
    return _notify_page(who, request, case_id, {})


@router.post("/cases/{case_id}/notify")
def do_notify(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Told; who stands at the window takes the result with them, the next page."""
    who = sent.visit

    def do() -> Response:
        way, reached, delivery = choice(NotifyWay, sent.text("way")), yes(sent.text("reached")), sent.text("delivery")
        notify(who.center, who.member, case_id, sent.number("revision"), way, sent.text("who"), sent.text("words"), reached, delivery)
        at_window = reached and way is NotifyWay.IN_PERSON and delivery == "window"
        return on_to(case_id, "collect") if at_window else to_case(case_id)

    return attempt(sent, case_id, "notify", do, lambda refusal: _notify_page(who, request, case_id, entered_in(sent), refusal))


def _collect_page(who: Visit, request: Request, case_id: UUID, entered: dict[str, str], refusal: Refusal | None = None) -> Response:
    sight = sight_of(who, case_id, ApplicationAct.COLLECT)
    return draw(who, request, "collect", sight, entered, refusal, company=sight.case.applicant.kind == ORGANIZATION)


@router.get("/cases/{case_id}/collect")
def collect_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """Who fetches it."""
    return _collect_page(who, request, case_id, {})


@router.post("/cases/{case_id}/collect")
def do_collect(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Collected."""
    who = sent.visit

    def do() -> Response:
        collecting = Collecting(
            collector=choice(Collector, sent.text("collector")),
            name=sent.text("name"),
            number=sent.text("number"),
            authority=sent.text("authority"),
            card_shown=bool(sent.text("card_shown")),
            checked=sent.text("checked"),
            signed=yes(sent.text("signed")),
        )
        collect(who.center, who.member, case_id, sent.number("revision"), collecting)
        return to_case(case_id)

    return attempt(sent, case_id, "collect", do, lambda refusal: _collect_page(who, request, case_id, entered_in(sent), refusal))


def _post_page(who: Visit, request: Request, case_id: UUID, entered: dict[str, str], refusal: Refusal | None = None) -> Response:
    sight = sight_of(who, case_id, ApplicationAct.POST)
    return draw(who, request, "post", sight, entered, refusal, to=post_address(sight.case))


@router.get("/cases/{case_id}/post")
def post_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """The waybill's number and where it goes."""
    return _post_page(who, request, case_id, {})


@router.post("/cases/{case_id}/post")
def do_post(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Posted (R10)."""
    who = sent.visit

    def do() -> Response:
        number, recipient, address = sent.text("number"), sent.text("recipient"), sent.text("address")
        post(who.center, who.member, case_id, sent.number("revision"), number, recipient, address, sent.text("phone"))
        return to_case(case_id)

    return attempt(sent, case_id, "post", do, lambda refusal: _post_page(who, request, case_id, entered_in(sent), refusal))


# ------------------------------------------------------------------ withdrawing


def _withdraw_page(who: Visit, request: Request, case_id: UUID, entered: dict[str, str], refusal: Refusal | None = None) -> Response:
    sight = sight_of(who, case_id, ApplicationAct.WITHDRAW)
    with_department = sight.case.state is ApplicationState.WITH_DEPARTMENT
    return draw(who, request, "withdraw", sight, entered, refusal, with_department=with_department)


@router.get("/cases/{case_id}/withdraw")
def withdraw_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """A withdrawal in writing, at the window."""
    return _withdraw_page(who, request, case_id, {})


@router.post("/cases/{case_id}/withdraw")
def do_withdraw(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Withdrawn."""
    who = sent.visit

    def do() -> Response:
        record_withdrawal(who.center, who.member, case_id, sent.number("revision"), sent.text("words"), bool(sent.text("paper_kept")))
        return to_case(case_id)

    return attempt(sent, case_id, "withdraw", do, lambda refusal: _withdraw_page(who, request, case_id, entered_in(sent), refusal))
