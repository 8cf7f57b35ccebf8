"""A department's pages (R5): the cases handed to it and no others, its opinion, the results pushed to it, what it reports back."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from center.casework.course import ENTRY
from center.casework.course_lists import DepartmentList, department_cases
from center.casework.course_of import course_of
from center.casework.course_values import Count, CourseView
from center.casework.dossier import Dossier, find_case, open_dossier
from center.casework.handed_in import PaperState, page_content, signature_content
from center.casework.handover import OpinionGiven, correct_opinion, give_opinion, of_department, receive
from center.casework.supervision import give_feedback, receive_push
from center.center import Refusal
from center.console.course_forms import EXTRA, choice, entered_in, extra_lines, yes
from center.console.guard import PATH, Posting, Visit, Visiting
from center.console.pages import HEADERS, page
from center.domain.application import ApplicationState
from center.domain.roles import Right
from center.domain.separation import FEEDBACK_NAMES, Feedback
from center.log import LogEvent, log
from center.members import require
from center.records.papers import Paper, papers_of
from center.store.tables import Case

router = APIRouter(prefix=f"{PATH}/department")

LIST_NAMES: dict[DepartmentList, str] = {
    DepartmentList.WAITING: "待核办",
    DepartmentList.RETURNED: "已返回",
    DepartmentList.SUPERVISED: "监管中",
}


@router.get("/{name}")
def see_list(who: Visiting, request: Request, name: str, page_number: int = 1) -> Response:
    """One of the department's lists."""
    chosen = choice(DepartmentList, name)
    if chosen is None:
        raise Refusal("page_unknown", "没有这个列表。请从左边重新打开。")
    return page(request, "department/list", who, found=department_cases(who.center, who.member, chosen, page_number), names=LIST_NAMES)


def _own(who: Visit, case_id: UUID) -> tuple[Dossier, CourseView, dict[UUID, Paper]]:
    """A case handed to the member's own department. Raises Refusal."""
    _row(who, case_id)
    with who.center.database.reading() as session:
        papers = {paper.id: paper for paper in papers_of(who.center, session, case_id)}
        case = find_case(session, who.center, case_id)
        return open_dossier(who.center, session, case), course_of(who.center, session, case), papers


def _row(who: Visit, case_id: UUID) -> Case:
    require(who.member, Right.SEE_DEPARTMENT_CASES)
    with who.center.database.reading() as session:
        case = find_case(session, who.center, case_id)
        of_department(who.member, case)
        return case


def _to(case_id: UUID) -> Response:
    return RedirectResponse(f"{PATH}/department/cases/{case_id}", 303)


def _moved(who: Visit, case_id: UUID, act: str) -> Response:
    log(LogEvent.CASE_MOVED, case_id=case_id, staff_id=who.member.id, act=act)
    return _to(case_id)


@router.get("/cases/{case_id}")
def see(who: Visiting, request: Request, case_id: UUID) -> Response:
    """The case: its papers and form are needed to look into it."""
    dossier, course, papers = _own(who, case_id)
    waiting = dossier.state is ApplicationState.WITH_DEPARTMENT and course.round is not None and course.round.opinion is None
    corrects = dossier.state is ApplicationState.WITH_DEPARTMENT and course.round is not None and course.round.opinion is not None
    return page(
        request,
        "department/case",
        who,
        case=dossier,
        course=course,
        papers=papers,
        states=PaperState,
        waiting=waiting,
        corrects=corrects,
        fault="",
    )


@router.get("/cases/{case_id}/pages/{page_id}")
def see_page(who: Visiting, case_id: UUID, page_id: UUID) -> Response:
    """A page of a paper, opened for this answer alone."""
    case = _row(who, case_id)
    with who.center.database.reading() as session:
        content, kind = page_content(who.center, session, case, page_id)
    return Response(content, media_type=kind, headers=HEADERS)


@router.get("/cases/{case_id}/signature")
def see_signature(who: Visiting, case_id: UUID) -> Response:
    """The applicant's signature."""
    case = _row(who, case_id)
    with who.center.database.reading() as session:
        content, kind = signature_content(who.center, session, case)
    return Response(content, media_type=kind, headers=HEADERS)


@router.post("/cases/{case_id}/received")
def do_receive(sent: Posting, case_id: UUID) -> Response:
    """Sign for the papers (R5.2)."""
    receive(sent.visit.center, sent.visit.member, case_id, sent.text("remark"))
    return _moved(sent.visit, case_id, "department_receive")


def _form(
    who: Visit, request: Request, case_id: UUID, template: str, entered: dict[str, str], refusal: Refusal | None, **values: Any
) -> Response:
    dossier, course, papers = _own(who, case_id)
    return page(
        request,
        f"department/{template}",
        who,
        422 if refusal else 200,
        case=dossier,
        course=course,
        papers=papers,
        entered=entered,
        fault=refusal.message if refusal else "",
        wrong=set(refusal.fields) if refusal else set(),
        **values,
    )


def _opinion_page(who: Visit, request: Request, case_id: UUID, entered: dict[str, str], refusal: Refusal | None = None) -> Response:
    dossier, course, _ = _own(who, case_id)
    require(who.member, Right.GIVE_OPINIONS)
    handed = course.round
    if dossier.state is not ApplicationState.WITH_DEPARTMENT or handed is None:
        raise Refusal("case_changed", "这个办件现在不用填写意见，可能已被同事处理过。请查看最新情况。")
    if handed.received is None:
        raise Refusal("not_received", "请先签收交接的材料，再填写核办意见。")
    return _form(who, request, case_id, "opinion", entered, refusal, handed=handed, extra=range(EXTRA))


@router.get("/cases/{case_id}/opinion")
def opinion_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """Agree or not, why, and what goes back; until the window takes it back, also to correct what was said."""
    return _opinion_page(who, request, case_id, {})


@router.post("/cases/{case_id}/opinion")
def do_opinion(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Give the opinion (R5.3); its page comes next, to print and sign."""
    who = sent.visit
    handed = _own(who, case_id)[1].round
    lines = [Count(line.code, line.name, sent.number(f"c.{line.code}")) for line in (handed.lines if handed else ())]
    given = OpinionGiven(yes(sent.text("agrees")), sent.text("reasons"), sent.text("survey"), (*lines, *extra_lines(sent)))
    try:
        if handed is not None and handed.opinion is not None:
            paper = correct_opinion(who.center, who.member, case_id, sent.number("revision"), given, sent.text("why"))
        else:
            paper = give_opinion(who.center, who.member, case_id, sent.number("revision"), given)
    except Refusal as refusal:
        if refusal.code != ENTRY:
            raise
        return _opinion_page(who, request, case_id, entered_in(sent), refusal)
    _moved(who, case_id, "opinion")
    return RedirectResponse(f"{PATH}/papers/{paper.id}", 303)


@router.post("/cases/{case_id}/push-received")
def do_receive_push(sent: Posting, case_id: UUID) -> Response:
    """Confirm the result: supervision begins (R5.4)."""
    receive_push(sent.visit.center, sent.visit.member, case_id)
    return _moved(sent.visit, case_id, "push_receive")


def _feedback_page(who: Visit, request: Request, case_id: UUID, entered: dict[str, str], refusal: Refusal | None = None) -> Response:
    _, course, _ = _own(who, case_id)
    require(who.member, Right.GIVE_OPINIONS)
    if course.push_received is None:
        raise Refusal("not_supervised", "监管从签收推送开始。请先签收推送的办件结果，再反馈监管情况。")
    return _form(who, request, case_id, "feedback", entered, refusal, kinds=FEEDBACK_NAMES, key=entered.get("key") or uuid4())


@router.get("/cases/{case_id}/feedback")
def feedback_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """What was found while supervising."""
    return _feedback_page(who, request, case_id, {})


@router.post("/cases/{case_id}/feedback")
def do_feedback(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Report it back to the center (R5.5)."""
    who = sent.visit
    try:
        give_feedback(
            who.center, who.member, case_id, sent.key(), choice(Feedback, sent.text("kind")), sent.text("words"), sent.text("number")
        )
    except Refusal as refusal:
        if refusal.code != ENTRY:
            raise
        return _feedback_page(who, request, case_id, entered_in(sent), refusal)
    return _moved(who, case_id, "feedback")
