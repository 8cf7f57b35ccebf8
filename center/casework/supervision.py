"""After completion: the department confirms what was pushed to it and supervises from then on (R5.4), and reports back (R5.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.casework.acting import acting, keep, locked
from center.casework.course import LONG, SHORT, entry_fault, written
from center.casework.course_values import FeedbackView
from center.casework.events import EventKind, detail_of
from center.casework.handover import of_department
from center.catalogue import item_of
from center.center import Center, Refusal
from center.domain.roles import Right
from center.domain.separation import FEEDBACK_NAMES, Answerable, Feedback, answerable
from center.members import Member, require
from center.records.writes import once
from center.store.tables import Case, CaseEvent


def receive_push(center: Center, member: Member, case_id: UUID) -> datetime:
    """The liaison confirms the push: supervision begins with this moment (R5.4). Confirming again changes nothing. Raises Refusal."""
    require(member, Right.GIVE_OPINIONS)
    with acting(center) as session:
        case = locked(session, center, case_id)
        of_department(member, case)
        if case.pushed_at is None:
            raise Refusal("not_pushed", "这个办件还没有办结推送，现在没有要签收的结果。")
        if case.push_received_at is None:
            case.push_received_at = center.clock.now()
            keep(center, session, case, EventKind.PUSH_RECEIVED, member, note=f"{case.department}从此时起负责监管")
        return case.push_received_at


def give_feedback(center: Center, member: Member, case_id: UUID, key: UUID, kind: Feedback | None, words: str, number: str = "") -> None:
    """Report a problem, a penalty or the like back to the center (R5.5). The same `key` is one report. Raises Refusal."""
    require(member, Right.GIVE_OPINIONS)
    if kind is None:
        raise entry_fault("kind", "请选择反馈的类别。")
    said = written(words, "words", "反馈的内容", LONG)
    document = written(number, "number", "文书号", SHORT, needed=False)

    def act(session: Session) -> tuple[UUID, str]:
        case = locked(session, center, case_id)
        of_department(member, case)
        if answerable(center.clock.now(), case.pushed_at, case.push_received_at) is not Answerable.DEPARTMENT:
            raise Refusal("not_supervised", "监管从签收推送开始。请先签收推送的办件结果，再反馈监管情况。")
        note = f"{FEEDBACK_NAMES[kind]}：{said}" + (f"（{document}）" if document else "")
        detail = {"kind": kind, "words": said, "number": document}
        keep(center, session, case, EventKind.FEEDBACK, member, note=note, detail=detail, codes={"kind": kind})
        return case_id, ""

    once(center, "feedback", key, {"case": str(case_id), "kind": kind, "words": said, "number": document}, act)


@dataclass(frozen=True)
class FeedbackRow:
    """One report in the list of all."""

    case_id: UUID
    case_number: str
    item_name: str
    department: str
    feedback: FeedbackView


def feedback_list(center: Center, member: Member, limit: int = 200) -> tuple[FeedbackRow, ...]:
    """What the departments reported back (R5.5), the newest first. Raises Refusal."""
    require(member, Right.SEE_CASES)
    with center.database.reading() as session:
        rows = session.execute(
            select(CaseEvent, Case)
            .join(Case, CaseEvent.case_id == Case.id)
            .where(CaseEvent.township_id == center.township_id, CaseEvent.kind == EventKind.FEEDBACK)
            .order_by(CaseEvent.recorded_at.desc(), CaseEvent.position.desc())
            .limit(limit)
        ).all()
        found = []
        for event, case in rows:
            detail = detail_of(center, event)
            view = FeedbackView(Feedback(detail["kind"]), detail["words"], detail["number"], event.at, event.by)
            found.append(FeedbackRow(case.id, case.case_number, item_of(case.item).task_name, case.department, view))
        return tuple(found)
