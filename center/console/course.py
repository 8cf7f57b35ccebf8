"""The window's pages after acceptance: the list by what is due next, handing over and taking back (R5.2), special procedures (R4.7)."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from center.casework.course_lists import CLOCK_NAMES, STAGE_NAMES, Stage, course_list
from center.casework.course_values import Count
from center.casework.dossier import find_case
from center.casework.handover import department_due, departments_for, extend_handover, hand_over, offered_lines, take_back
from center.casework.special import begin_special, declared, due_if_ended, end_special
from center.casework.supervision import feedback_list
from center.center import Refusal
from center.console.cases import to_case, to_paper
from center.console.course_forms import EXTRA, attempt, choice, draw, entered_in, extra_lines, on_to, sight_of
from center.console.guard import PATH, Posted, Posting, Visit, Visiting
from center.console.pages import page
from center.domain.application import SPECIAL_NAMES, ApplicationAct, SpecialProcedure

router = APIRouter(prefix=PATH)

# ------------------------------------------------------------------ the list


@router.get("/course")
def see_list(
    who: Visiting, request: Request, stage: str = "", item: str = "", mine: str = "", number: str = "", page_number: int = 1
) -> Response:
    """What follows acceptance, soonest first."""
    chosen = choice(Stage, stage)
    digits = "".join(number.split())[:40]
    found = course_list(who.center, who.member, chosen, item[:60], bool(mine), digits, page_number)
    return page(
        request,
        "course/list",
        who,
        course=found,
        stage=chosen,
        item=item[:60],
        mine=bool(mine),
        number=digits,
        stages=STAGE_NAMES,
        clocks=CLOCK_NAMES,
    )


@router.get("/feedback")
def see_feedback(who: Visiting, request: Request) -> Response:
    """What the departments reported back (R5.5)."""
    return page(request, "course/feedback", who, rows=feedback_list(who.center, who.member))


# ------------------------------------------------------------------ handing over (R5.2)


def _hand_over_page(who: Visit, request: Request, case_id: UUID, entered: dict[str, str], refusal: Refusal | None = None) -> Response:
    sight = sight_of(who, case_id, ApplicationAct.HAND_OVER)
    today = who.center.clock.now().date()
    with who.center.database.reading() as session:
        row = find_case(session, who.center, case_id)
        departments = departments_for(who.center, session, sight.case.item)
        _, limit = department_due(who.center, session, row, today)
    due_on, first = sight.course.handover_due_on, not sight.course.rounds
    return draw(
        who,
        request,
        "hand_over",
        sight,
        entered,
        refusal,
        departments=departments,
        limit=limit,
        lines=offered_lines(sight.case),
        extra=range(EXTRA),
        late=first and due_on is not None and today > due_on,
        may_extend=first and due_on is not None and today <= due_on and not sight.course.extended_reason,
    )


@router.get("/cases/{case_id}/hand-over")
def hand_over_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """The slip: what was handed in is ticked."""
    return _hand_over_page(who, request, case_id, {})


def _lines(sent: Posted, offered: list[Count]) -> list[Count]:
    """What was ticked, with its copies, and what was written below."""
    lines = [Count(line.code, line.name, sent.number(f"c.{line.code}")) for line in offered if sent.text(f"t.{line.code}")]
    return [*lines, *extra_lines(sent)]


@router.post("/cases/{case_id}/hand-over")
def do_hand_over(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Hand over; the slip comes next, to print."""
    who = sent.visit
    offered = [line for line, _ in offered_lines(sight_of(who, case_id, ApplicationAct.HAND_OVER).case)]
    return attempt(
        sent,
        case_id,
        "hand_over",
        lambda: to_paper(
            hand_over(
                who.center,
                who.member,
                case_id,
                sent.number("revision"),
                sent.text("department"),
                _lines(sent, offered),
                sent.text("late_reason"),
            )
        ),
        lambda refusal: _hand_over_page(who, request, case_id, entered_in(sent), refusal),
    )


@router.post("/cases/{case_id}/hand-over/extend")
def do_extend(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Special circumstances move the first clock (R5.2)."""
    who = sent.visit

    def do() -> Response:
        extend_handover(who.center, who.member, case_id, sent.number("revision"), sent.text("reason"))
        return on_to(case_id, "hand-over")

    return attempt(sent, case_id, "extend", do, lambda refusal: _hand_over_page(who, request, case_id, entered_in(sent), refusal))


def _take_back_page(who: Visit, request: Request, case_id: UUID, entered: dict[str, str], refusal: Refusal | None = None) -> Response:
    sight = sight_of(who, case_id, ApplicationAct.TAKE_BACK)
    handed = sight.course.round
    assert handed is not None, "it would not fit"
    # Without an opinion nobody said what is sent back: what went out is expected.
    told = handed.opinion.lines if handed.opinion else handed.lines
    sent_back = {line.code: line.copies for line in told}
    added = [line for line in told if line.code not in {out.code for out in handed.lines}]
    return draw(who, request, "take_back", sight, entered, refusal, handed=handed, sent_back=sent_back, added=added)


@router.get("/cases/{case_id}/take-back")
def take_back_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """What went out, what the department says it sends back, and what is counted here."""
    return _take_back_page(who, request, case_id, {})


@router.post("/cases/{case_id}/take-back")
def do_take_back(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Take back; the slip comes next, or the case if something is missing."""
    who = sent.visit
    handed = sight_of(who, case_id, ApplicationAct.TAKE_BACK).course.round
    assert handed is not None, "it would not fit"
    known = {line.code: line for line in (*handed.lines, *(handed.opinion.lines if handed.opinion else ()))}

    def do() -> Response:
        counted = [Count(line.code, line.name, sent.number(f"c.{line.code}")) for line in known.values()]
        slip, ended = take_back(who.center, who.member, case_id, sent.number("revision"), counted, sent.text("explanation"))
        return to_case(case_id) if ended.lost else to_paper(slip)

    return attempt(sent, case_id, "take_back", do, lambda refusal: _take_back_page(who, request, case_id, entered_in(sent), refusal))


# ------------------------------------------------------------------ special procedures (R4.7)


def _begin_special_page(who: Visit, request: Request, case_id: UUID, entered: dict[str, str], refusal: Refusal | None = None) -> Response:
    sight = sight_of(who, case_id, ApplicationAct.BEGIN_SPECIAL)
    return draw(who, request, "begin_special", sight, entered, refusal, procedures=declared(sight.case.item), names=SPECIAL_NAMES)


@router.get("/cases/{case_id}/special/begin")
def begin_special_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """Which procedure, and how long it is expected to take."""
    return _begin_special_page(who, request, case_id, {})


@router.post("/cases/{case_id}/special/begin")
def do_begin_special(sent: Posting, request: Request, case_id: UUID) -> Response:
    """Begin; the written notice comes next, to stamp and hand out."""
    who = sent.visit
    return attempt(
        sent,
        case_id,
        "begin_special",
        lambda: to_paper(
            begin_special(
                who.center,
                who.member,
                case_id,
                sent.number("revision"),
                choice(SpecialProcedure, sent.text("procedure")),
                sent.number("expected_days"),
                sent.text("why"),
            )
        ),
        lambda refusal: _begin_special_page(who, request, case_id, entered_in(sent), refusal),
    )


def _end_special_page(who: Visit, request: Request, case_id: UUID, entered: dict[str, str], refusal: Refusal | None = None) -> Response:
    sight = sight_of(who, case_id, ApplicationAct.END_SPECIAL)
    today = who.center.clock.now().date()
    with who.center.database.reading() as session:
        row = find_case(session, who.center, case_id)
        days = {pause.id: due_if_ended(who.center, session, row, pause, today) for pause in sight.course.open_pauses}
    return draw(who, request, "end_special", sight, entered, refusal, days=days)


@router.get("/cases/{case_id}/special/end")
def end_special_page(who: Visiting, request: Request, case_id: UUID) -> Response:
    """What the due day will be."""
    return _end_special_page(who, request, case_id, {})


@router.post("/cases/{case_id}/special/end")
def do_end_special(sent: Posting, request: Request, case_id: UUID) -> Response:
    """End; the due day is computed anew."""
    who = sent.visit

    def do() -> Response:
        try:
            pause_id = UUID(sent.text("pause"))
        except ValueError:
            pause_id = None
        end_special(who.center, who.member, case_id, sent.number("revision"), pause_id, sent.text("result"))
        return to_case(case_id)

    return attempt(sent, case_id, "end_special", do, lambda refusal: _end_special_page(who, request, case_id, entered_in(sent), refusal))
