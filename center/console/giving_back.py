"""The window's page for giving papers back after a withdrawal or a refusal."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from center.casework.course_of import course_of
from center.casework.course_values import Count
from center.casework.dossier import find_case, open_dossier
from center.casework.giving_back import give_back, may_give_back, not_for_now, offered_back
from center.center import Refusal
from center.console.cases import to_paper
from center.console.course_forms import EXTRA, Sight, attempt, draw, entered_in, extra_lines, yes
from center.console.guard import PATH, Posting, Visit, Visiting
from center.domain.roles import Right
from center.members import require

router = APIRouter(prefix=PATH)


def _sight(who: Visit, case_id: UUID) -> Sight:
    require(who.member, Right.HANDLE_CASES)
    with who.center.database.reading() as session:
        row = find_case(session, who.center, case_id)
        dossier = open_dossier(who.center, session, row)
        course = course_of(who.center, session, row)
        if not may_give_back(dossier, course):
            raise not_for_now()
        return Sight(dossier, course, {})


def _page(who: Visit, request: Request, case_id: UUID, entered: dict[str, str], refusal: Refusal | None = None) -> Response:
    sight = _sight(who, case_id)
    agent = sight.case.applicant.agent
    taker = agent.name if agent else sight.case.applicant.name
    return draw(
        who, request, "give_back", sight, entered, refusal, lines=offered_back(sight.case, sight.course), extra=range(EXTRA), taker=taker
    )


@router.get("/cases/{case_id}/give-back")
def give_back_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """What lies here on paper."""
    return _page(who, request, case_id, {})


@router.post("/cases/{case_id}/give-back")
def do_give_back(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Given back; the list to sign comes next."""
    who = sent.visit
    sight = _sight(who, case_id)
    offered = offered_back(sight.case, sight.course)
    lines = [Count(line.code, line.name, sent.number(f"c.{line.code}")) for line in offered if sent.text(f"t.{line.code}")]
    lines += extra_lines(sent)
    return attempt(
        sent,
        case_id,
        "give_back",
        lambda: to_paper(
            give_back(who.center, who.member, case_id, sent.number("revision"), lines, sent.text("to"), yes(sent.text("signed")))
        ),
        lambda refusal: _page(who, request, case_id, entered_in(sent), refusal),
    )
