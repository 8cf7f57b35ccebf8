"""Special procedures (R4.7): begun with a written notice of how long they take, ended with the due day computed anew."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from center.casework.acting import acting, begin, changed, keep
from center.casework.clocks import ADMINISTRATIVE_LICENSE
from center.casework.course import entry_fault, written
from center.casework.course_of import course_of, pauses_of
from center.casework.course_papers import long_day, special_notice
from center.casework.course_values import PauseView
from center.casework.dossier import limit_of
from center.casework.events import EventKind
from center.casework.handover import department_due
from center.casework.notices import foot
from center.catalogue import item_of
from center.center import Center, Refusal
from center.domain.application import SPECIAL_NAMES, ApplicationAct, ApplicationState, Due, SpecialProcedure, due, may_begin
from center.domain.paper import PaperKind
from center.domain.roles import Right
from center.members import Member, require
from center.records import papers
from center.records.papers import Paper, Subject
from center.store.tables import Case, CasePause
from kiosk.wire.items import ServiceItem

MAX_DAYS = 400


def declared(item: ServiceItem) -> dict[SpecialProcedure, int]:
    """The procedures that the item declares, with the days they usually take; none unless it is a 行政许可 (R4.7)."""
    steps = {SpecialProcedure(step.procedure): step.days for step in item.special_procedures}
    return {procedure: days for procedure, days in steps.items() if may_begin(procedure, steps, item.task_type == ADMINISTRATIVE_LICENSE)}


def _count_anew(center: Center, session: Session, case: Case) -> Due:
    """Compute both due days with every pause (R4.7) and keep them."""
    assert case.accepted_on is not None, "the table begins and ends procedures of accepted cases only"
    days, unit = limit_of(item_of(case.item))
    until = due(case.accepted_on, days, unit, center.calendar, [pause.pause for pause in pauses_of(session, case.id)])
    case.due_on, case.due_note = until.on, until.note
    latest = course_of(center, session, case).round
    if latest is not None and ApplicationState(case.state) is ApplicationState.WITH_DEPARTMENT:
        case.department_due_on, _ = department_due(center, session, case, latest.at.date())
    return until


def begin_special(
    center: Center, member: Member, case_id: UUID, revision: int, procedure: SpecialProcedure | None, expected_days: int, why: str = ""
) -> Paper:
    """The limit stops for a procedure; the applicant is told in writing (R4.7). Returns the notice. Raises Refusal.

    A limit that ends today or has ended cannot be stopped any more [design].
    """
    require(member, Right.HANDLE_CASES)
    kept = written(why, "why", "说明", 200, needed=False, to_citizen=True)
    if not 1 <= expected_days <= MAX_DAYS:
        raise entry_fault("expected_days", f"所需天数请填 1 到 {MAX_DAYS} 的整数。")
    with acting(center) as session:
        begun = begin(center, session, case_id, revision, ApplicationAct.BEGIN_SPECIAL)
        case, today = begun.case, center.clock.now().date()
        if procedure not in declared(begun.dossier.item):
            raise entry_fault("procedure", "这个事项没有公布这种特别程序，办理期限不能停。请选择事项公布的程序。")
        if any(pause.procedure is procedure for pause in course_of(center, session, case).open_pauses):
            raise entry_fault("procedure", "这个程序正在进行，不用再开始一次。")
        if case.due_on is not None and case.due_on <= today:
            raise Refusal("special_late", "应办结日就是今天或者已经过了，办理期限不能再停。请尽快办结，并按规定说明情况。")
        before = case.due_on
        notice = papers.issue(
            center,
            session,
            PaperKind.SPECIAL_PROCEDURE_NOTICE,
            Subject.CASE,
            case.id,
            special_notice(begun.dossier, procedure, expected_days, today, kept),
            member,
            foot=foot(center),
            exempt_seal=begun.dossier.item.seal,
        )
        session.add(
            CasePause(township_id=center.township_id, case_id=case.id, procedure=procedure, expected_days=expected_days, begun_on=today)
        )
        session.flush()
        case.state = begun.after
        _count_anew(center, session, case)
        name = SPECIAL_NAMES[procedure]
        detail = {"procedure": procedure, "expected_days": expected_days, "before": before.isoformat() if before else "", "why": kept}
        note = f"{name}，预计 {expected_days} 天；原应办结日{long_day(before)}"
        told = f"{name}，预计 {expected_days} 天，期间不计算办理期限"
        codes = {"procedure": procedure, "expected_days": expected_days}
        keep(center, session, case, EventKind.SPECIAL_BEGUN, member, papers=(notice,), note=note, told=told, detail=detail, codes=codes)
        return notice


def end_special(center: Center, member: Member, case_id: UUID, revision: int, pause_id: UUID | None, result: str = "") -> Due:
    """End a procedure: the due day is computed anew (R4.7); old and new day stay in the event. Returns the new day. Raises Refusal."""
    require(member, Right.HANDLE_CASES)
    kept = written(result, "result", "结果", 400, needed=False)
    with acting(center) as session:
        begun = begin(center, session, case_id, revision, ApplicationAct.END_SPECIAL)
        case, today = begun.case, center.clock.now().date()
        pause = session.get(CasePause, pause_id) if pause_id else None
        if pause is None or pause.case_id != case.id:
            raise entry_fault("pause", "请选择结束哪个特别程序。")
        if pause.ended_on is not None:
            raise changed()
        before = _before(center, session, case, pause)
        pause.ended_on = today
        session.flush()
        case.state = begun.after
        until = _count_anew(center, session, case)
        name = SPECIAL_NAMES[SpecialProcedure(pause.procedure)]
        after = long_day(until.on) if until.on else until.note
        detail = {
            "procedure": pause.procedure,
            "before": before.isoformat() if before else "",
            "after": until.on.isoformat() if until.on else "",
            "result": kept,
        }
        note = f"{name}结束" + (f"：{kept}" if kept else "") + f"。应办结日由{long_day(before)}改为{after}"
        codes = {"procedure": pause.procedure, "after": detail["after"]}
        keep(center, session, case, EventKind.SPECIAL_ENDED, member, note=note, told=f"应办结日：{after}", detail=detail, codes=codes)
        return until


def _before(center: Center, session: Session, case: Case, ending: CasePause) -> date | None:
    """The due day as it would have been without this procedure."""
    assert case.accepted_on is not None, "the table ends procedures of accepted cases only"
    days, unit = limit_of(item_of(case.item))
    others = [pause.pause for pause in pauses_of(session, case.id) if pause.id != ending.id]
    return due(case.accepted_on, days, unit, center.calendar, others).on


def due_if_ended(center: Center, session: Session, case: Case, pause: PauseView, on: date) -> Due:
    """The due day that ending `pause` on this day would give, for the page to show before it is done."""
    assert case.accepted_on is not None, "the table ends procedures of accepted cases only"
    days, unit = limit_of(item_of(case.item))
    others = [each.pause for each in pauses_of(session, case.id) if each.id != pause.id]
    return due(case.accepted_on, days, unit, center.calendar, [*others, type(pause.pause)(pause.begun_on, on)])
