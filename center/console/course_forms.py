"""What the forms of an application's course share: the case as a form shows it, faults shown where they are, what was typed kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from center.casework.course import ENTRY
from center.casework.course_of import course_of, fitting
from center.casework.course_values import Count, CourseView
from center.casework.dossier import Dossier, find_case, open_dossier
from center.casework.handover import NOTHING_OUT
from center.center import Refusal
from center.console.guard import PATH, Posted, Visit
from center.console.pages import page
from center.domain.application import ApplicationAct, ApplicationState, acts_in
from center.domain.roles import Right
from center.log import LogEvent, log
from center.members import require
from center.records.papers import Paper, papers_of

#: Rows for what is not in the item's list of papers.
EXTRA = 3


@dataclass(frozen=True)
class Sight:
    """A case as a form shows it."""

    case: Dossier
    course: CourseView
    papers: dict[UUID, Paper]


Kind = TypeVar("Kind", bound=StrEnum)


def choice(kind: type[Kind], text: str) -> Kind | None:
    """One of an enumeration, or None for anything else."""
    return kind(text) if text in {each.value for each in kind} else None


def yes(text: str) -> bool | None:
    """What a pair of radio buttons says; None: nothing."""
    return {"yes": True, "no": False}.get(text)


def sight_of(who: Visit, case_id: UUID, act: ApplicationAct) -> Sight:
    """The case for the form of `act`. Raises Refusal if the act is not for now, with the reason where the table alone would allow it."""
    require(who.member, Right.HANDLE_CASES)
    with who.center.database.reading() as session:
        row = find_case(session, who.center, case_id)
        dossier, course = open_dossier(who.center, session, row), course_of(who.center, session, row)
        papers = {paper.id: paper for paper in papers_of(who.center, session, case_id)}
    if act not in acts_in(dossier.state):
        raise Refusal("case_changed", "这个办件现在不能这样处理，可能已被同事处理过。请查看最新情况。")
    if act in fitting(dossier.item, dossier.state, course).not_now:
        raise Refusal("not_fitting", NOTHING_OUT if dossier.state is ApplicationState.WITHDRAWN else _NOT_FITTING[act])
    return Sight(dossier, course, papers)


#: Why the table allows an act and this case has no use for it.
_NOT_FITTING: dict[ApplicationAct, str] = {
    ApplicationAct.DECIDE: "这个办件现在还不能作出决定：要职能单位核办的，先移交并收回意见；特别程序进行中的，先记录结束。",
    ApplicationAct.TAKE_BACK: "职能单位还没有出具核办意见，不能收回。请联系该单位的联络员。",
    ApplicationAct.BEGIN_SPECIAL: "这个事项没有公布特别程序，办理期限不能停。",
    ApplicationAct.END_SPECIAL: "这个办件没有正在进行的特别程序。",
}


def draw(
    who: Visit, request: Request, template: str, sight: Sight, entered: dict[str, str], refusal: Refusal | None, **values: Any
) -> Response:
    """The form with what was typed; what was wrong is said above it and marked."""
    return page(
        request,
        f"course/{template}",
        who,
        422 if refusal else 200,
        case=sight.case,
        course=sight.course,
        papers=sight.papers,
        entered=entered,
        fault=refusal.message if refusal else "",
        wrong=set(refusal.fields) if refusal else set(),
        today=who.center.clock.now().date(),
        **values,
    )


def entered_in(sent: Posted) -> dict[str, str]:
    """What was typed, to be shown again."""
    return {name: value for name, value in sent.form.items() if isinstance(value, str)}


def attempt(sent: Posted, case_id: UUID, act: str, do: Callable[[], Response], again: Callable[[Refusal], Response]) -> Response:
    """Do it; a fault of the form is shown in the form, with what was typed."""
    try:
        answer = do()
    except Refusal as refusal:
        if refusal.code != ENTRY:
            raise
        return again(refusal)
    log(LogEvent.CASE_MOVED, case_id=case_id, staff_id=sent.visit.member.id, act=act)
    return answer


def on_to(case_id: UUID, path: str) -> Response:
    """To the form of the usual next step."""
    return RedirectResponse(f"{PATH}/cases/{case_id}/{path}", 303)


def extra_lines(sent: Posted) -> list[Count]:
    """The rows for what is not in the item's list."""
    named = [(number, sent.text(f"n.{number}")) for number in range(EXTRA)]
    return [Count(f"x.{number}", name, sent.number(f"x.{number}")) for number, name in named if name]
