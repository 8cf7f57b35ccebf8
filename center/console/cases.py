"""The pages of one case: seeing it whole, accepting it, returning it with one notice, and the papers that follow."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from center.casework.course_of import course_of, fitting
from center.casework.course_values import CourseView
from center.casework.dossier import Dossier, find_case, open_dossier
from center.casework.giving_back import may_give_back
from center.casework.handed_in import Paper as HandedIn
from center.casework.handed_in import PaperState, page_content, signature_content
from center.casework.handling import accept, acceptance_on, due_if_accepted, open_case, return_with_notice
from center.casework.responsible import whose_work
from center.casework.scans import scannable
from center.center import Refusal
from center.console.acts import GIVE_BACK, acts_for
from center.console.guard import PATH, Posted, Posting, Visit, Visiting
from center.console.pages import HEADERS, SCANS_HINT, page
from center.domain.accountability import EventCause
from center.domain.application import ENDED, ApplicationAct, acts_in, limit_words
from center.domain.notice import REASONS, NoticeLine, Reason, Subject
from center.domain.roles import Right
from center.log import LogEvent, log
from center.members import require
from center.records.papers import Paper, papers_of

router = APIRouter(prefix=f"{PATH}/cases")


def dossier_of(who: Visit, case_id: UUID) -> Dossier:
    """The case, for who may see cases. Raises Refusal."""
    require(who.member, Right.SEE_CASES)
    with who.center.database.reading() as session:
        return open_dossier(who.center, session, find_case(session, who.center, case_id))


def to_case(case_id: UUID) -> Response:
    """Back to the case's page."""
    return RedirectResponse(f"{PATH}/cases/{case_id}", 303)


def to_paper(paper: Paper) -> Response:
    """To the paper that was just issued, to print it."""
    return RedirectResponse(f"{PATH}/papers/{paper.id}", 303)


@router.get("/{case_id}")
def see(who: Visiting, request: Request, case_id: UUID) -> Response:
    """The case. A filing that nobody has opened is opened by a button, never by a mere look."""
    dossier = dossier_of(who, case_id)
    with who.center.database.reading() as session:
        papers = {paper.id: paper for paper in papers_of(who.center, session, case_id)}
        course = course_of(who.center, session, find_case(session, who.center, case_id))
        stands_in = dossier.responsible_id in whose_work(who.center, session, who.member)
    acts = acts_for(who.member, dossier.state, fitting(dossier.item, dossier.state, course), dossier.window)
    if who.member.may(GIVE_BACK.right) and may_give_back(dossier, course):
        acts = (*acts, GIVE_BACK)
    limit = limit_words(*dossier.limit)
    return page(
        request, "case", who, case=dossier, course=course, acts=acts, papers=papers, limit=limit, states=PaperState, raise_lost=_raise_lost(who, dossier),
        stands_in=stands_in, other_hands=_other_hands(who, dossier), ended=ENDED, to_scan=_to_scan(who, dossier, course), scans_hint=SCANS_HINT,
    )  # fmt: skip


def _raise_lost(who: Visit, dossier: Dossier) -> str:
    """Where who may raise it reports lost material (R9), with what is known of the case filled in; empty for anybody else."""
    if not who.member.may(Right.RAISE_ACCOUNTABILITY):
        return ""
    known = {"cause": EventCause.LOST_MATERIAL.value, "case_number": dossier.case_number, "responsible": str(dossier.responsible_id or "")}
    return f"{PATH}/accountability/new?{urlencode(known)}"


def _to_scan(who: Visit, dossier: Dossier, course: CourseView) -> tuple[HandedIn, ...]:
    """The papers of which a member who handles the case can put in pictures."""
    handles = who.member.may(Right.HANDLE_CASES) and dossier.state not in ENDED and dossier.responsible_id is not None
    return scannable(dossier, course) if handles else ()


def _other_hands(who: Visit, dossier: Dossier) -> bool:
    """Whether a member who could act would act for somebody else (R3.1)."""
    handles = who.member.may(Right.HANDLE_CASES) and dossier.state not in ENDED
    return handles and dossier.responsible_id not in (None, who.member.id)


@router.post("/{case_id}/open")
def do_open(sent: Posting, case_id: UUID) -> Response:
    """Become first responsible (R3.1), or just see it if somebody is."""
    open_case(sent.visit.center, sent.visit.member, case_id)
    log(LogEvent.CASE_OPENED, case_id=case_id, staff_id=sent.visit.member.id)
    return to_case(case_id)


@router.get("/{case_id}/pages/{page_id}")
def see_page(who: Visiting, case_id: UUID, page_id: UUID) -> Response:
    """A page of a paper, opened for this answer alone."""
    require(who.member, Right.SEE_CASES)
    with who.center.database.reading() as session:
        content, kind = page_content(who.center, session, find_case(session, who.center, case_id), page_id)
    return Response(content, media_type=kind, headers=HEADERS)


@router.get("/{case_id}/signature")
def see_signature(who: Visiting, case_id: UUID) -> Response:
    """The applicant's signature."""
    require(who.member, Right.SEE_CASES)
    with who.center.database.reading() as session:
        content, kind = signature_content(who.center, session, find_case(session, who.center, case_id))
    return Response(content, media_type=kind, headers=HEADERS)


def open_for(who: Visit, case_id: UUID, act: ApplicationAct) -> Dossier:
    """The case, if this act can be done with it now. Raises Refusal."""
    require(who.member, Right.HANDLE_CASES)
    dossier = dossier_of(who, case_id)
    if act not in acts_in(dossier.state) or dossier.responsible_id is None:
        raise Refusal("case_changed", "这个办件现在不能这样处理，可能已被同事处理过。请查看最新情况。")
    return dossier


@router.get("/{case_id}/accept")
def accept_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """What accepting today would mean, before it is done."""
    return _accept_page(who, request, open_for(who, case_id, ApplicationAct.ACCEPT), "", set())


def _accept_page(who: Visit, request: Request, dossier: Dossier, fault: str, ticked: set[str], status: int = 200) -> Response:
    today = who.center.clock.now().date()
    due, on = due_if_accepted(who.center, dossier, today), acceptance_on(dossier, today)
    return page(
        request,
        "accept",
        who,
        status,
        case=dossier,
        today=today,
        on=on,
        due=due,
        limit=limit_words(*dossier.limit),
        fault=fault,
        ticked=ticked,
    )


@router.post("/{case_id}/accept")
def do_accept(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Accept (R4.1)."""
    who = sent.visit
    supplied = {str(code) for code in sent.form.getlist("supplied")}
    try:
        accepted = accept(who.center, who.member, case_id, sent.number("revision"), supplied)
    except Refusal as refusal:
        if refusal.code != "papers_outstanding":
            raise
        return _accept_page(who, request, open_for(who, case_id, ApplicationAct.ACCEPT), refusal.message, supplied, 422)
    log(LogEvent.CASE_ACCEPTED, case_id=case_id, staff_id=who.member.id)
    if accepted.due.pending:
        log(LogEvent.DUE_DAY_PENDING, case_id=case_id)
    return to_paper(accepted.papers[0])


@router.get("/{case_id}/return")
def return_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """The form for the one-time notice; what the citizen said is missing is ticked already."""
    dossier = open_for(who, case_id, ApplicationAct.RETURN)
    entered: dict[str, Any] = {f"m.{paper.material.code}": "on" for paper in dossier.outstanding}
    return _return_page(who, request, dossier, "", entered)


def _return_page(who: Visit, request: Request, dossier: Dossier, fault: str, entered: dict[str, Any], status: int = 200) -> Response:
    return page(
        request, "return", who, status, case=dossier, fault=fault, entered=entered, reasons=REASONS, subjects=Subject, states=PaperState
    )


@router.post("/{case_id}/return")
def do_return(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Issue the one-time notice (R2.2)."""
    who = sent.visit
    dossier = open_for(who, case_id, ApplicationAct.RETURN)
    lines = _lines(sent, dossier)
    try:
        paper = return_with_notice(who.center, who.member, case_id, sent.number("revision"), lines)
    except Refusal as refusal:
        if not refusal.code.startswith("notice_"):
            raise
        entered = {name: str(value) for name, value in sent.form.items()}
        return _return_page(who, request, dossier, refusal.message, entered, 422)
    log(LogEvent.CASE_RETURNED, case_id=case_id, staff_id=who.member.id, lines=len(lines))
    return to_paper(paper)


def _reason(text: str, subject: Subject) -> Reason:
    return Reason(text) if text in set(Reason) else REASONS[subject][0]


def _lines(sent: Posted, dossier: Dossier) -> list[NoticeLine]:
    """What was ticked, in the order of the page. Only materials and fields of this item count: a foreign code is nothing."""
    asked = [(Subject.MATERIAL, "m", paper.material.code, paper.material.material_name) for paper in dossier.papers]
    asked += [(Subject.FIELD, "f", line.code, line.label) for line in dossier.form]
    lines = [
        NoticeLine(subject, code, label, _reason(sent.text(f"{mark}r.{code}"), subject), sent.text(f"{mark}n.{code}"))
        for subject, mark, code, label in asked
        if sent.text(f"{mark}.{code}")
    ]
    others = [text for text in (part.strip() for part in sent.text("other").splitlines()) if text]
    lines += [NoticeLine(Subject.OTHER, f"other_{index}", "", Reason.MISSING, text) for index, text in enumerate(others, 1)]
    return lines
