"""What people do about an accountability event, in the order of R9: report, verify or dismiss, decide, hear, close. Each step is kept as written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from center.center import Center, Refusal
from center.clock import security_now
from center.domain.accountability import EVENT_RIGHTS, EventAct, EventCause, EventState, Sanction, event_acts_in, event_target
from center.domain.roles import Right, may
from center.members import Member
from center.oversight.events import COMPLAINT, MAX_TEXT, EventRow, find_event, row_of, steps_of
from center.records import journal
from center.store.encryption import LetGo
from center.store.tables import AccountabilityEvent, AccountabilityStep, Staff

#: What stands where words were let go with the case or complaint that they were about.
_LET_GO = "（已按保存期限销毁）"

ACT_NAMES: dict[EventAct, str] = {
    EventAct.REPORT: "书面报告",
    EventAct.VERIFY: "核实属实",
    EventAct.DISMISS: "核实不属实，结案",
    EventAct.DECIDE: "作出决定",
    EventAct.HEAR: "听取申辩",
    EventAct.CLOSE: "结案",
}

#: What each step asks for.
ACT_HINTS: dict[EventAct, str] = {
    EventAct.REPORT: "写明发生了什么、原因是什么、已经怎样补救。",
    EventAct.VERIFY: "写明核实了什么、依据是什么。",
    EventAct.DISMISS: "写明为什么没有人应当负责。",
    EventAct.DECIDE: "写明怎样处理、对谁、期限。",
    EventAct.HEAR: "写明责任人的陈述和申辩；放弃申辩的也要写明。",
    EventAct.CLOSE: "写明申辩是否采纳、最后怎样处理。",
}


@dataclass(frozen=True)
class Step:
    """What was done, in the words of who did it."""

    act: EventAct
    at: datetime
    by: str
    text: str
    sanction: Sanction | None


@dataclass(frozen=True)
class EventDossier:
    """One event opened. `acts` are those that this member may do now."""

    row: EventRow
    detail: str
    steps: tuple[Step, ...]
    acts: tuple[EventAct, ...]


def _about_complaint(event: AccountabilityEvent) -> bool:
    return event.subject == COMPLAINT or event.cause == EventCause.RETALIATION


def _head_answers(session: Session, event: AccountabilityEvent) -> bool:
    staff = session.get(Staff, event.responsible_id) if event.responsible_id else None
    return staff is not None and may(staff.roles, Right.VERIFY_ACCOUNTABILITY)


def _may(session: Session, member: Member, event: AccountabilityEvent, act: EventAct) -> bool:
    """`EVENT_RIGHTS`, and who it is about [design]: about a complaint its officers report, where no window is concerned the head;
    nobody judges what they answer for themselves, and what the head answers for the township verifies."""
    own = event.responsible_id == member.id
    if act is EventAct.REPORT:
        if _about_complaint(event):
            return member.may(Right.HANDLE_COMPLAINTS)
        return member.may(EVENT_RIGHTS[act]) or (member.may(Right.VERIFY_ACCOUNTABILITY) and (own or not event.window))
    if own:
        return False
    if EVENT_RIGHTS[act] is Right.VERIFY_ACCOUNTABILITY and _head_answers(session, event):
        return member.may(Right.DECIDE_ACCOUNTABILITY)
    return member.may(EVENT_RIGHTS[act])


def _step(center: Center, row: AccountabilityStep) -> Step:
    try:
        kept = json.loads(center.cipher.open("accountability_steps", "text", row.id, row.text))
    except LetGo:
        kept = {"text": _LET_GO, "sanction": None}
    return Step(EventAct(row.act), row.at, row.by, kept["text"], Sanction(kept["sanction"]) if kept["sanction"] else None)


def open_event(center: Center, member: Member, event_id: UUID) -> EventDossier:
    """The event with its steps, for who may see it. Raises Refusal."""
    with center.database.reading() as session:
        event = find_event(center, session, member, event_id)
        steps = tuple(_step(center, step) for step in steps_of(session, [event.id]).get(event.id, ()))
        try:
            detail = center.cipher.open("accountability_events", "detail", event.id, event.detail).decode()
        except LetGo:
            detail = _LET_GO
        acts = tuple(act for act in event_acts_in(EventState(event.state)) if _may(session, member, event, act))
        return EventDossier(row_of(event), detail, steps, acts)


def take_step(
    center: Center, member: Member, event_id: UUID, revision: int, act: EventAct, text: str, sanction: Sanction | None = None
) -> None:
    """Do the next step of R9 in writing; a decision names its `sanction`. Raises Refusal: order, right and the text are all needed, and nothing is changed."""
    changed = Refusal("event_changed", "这条记录刚刚有了新的进展，您写的没有保存。请查看最新情况后再决定。")
    try:
        with center.database.writing() as session:
            event = find_event(center, session, member, event_id)
            if not _may(session, member, event, act):
                raise Refusal("not_allowed", "这一步由有相应职责的同事办理，您不能代办。")
            after = event_target(EventState(event.state), act)
            if after is None or event.revision != revision:
                raise changed
            if not 1 <= len(text) <= MAX_TEXT:
                raise Refusal("step_incomplete", f"这一步要写成文字，最多 {MAX_TEXT} 个字。", {"text": ACT_HINTS[act]})
            if (act is EventAct.DECIDE) != (sanction is not None):
                raise Refusal("step_incomplete", "请选择处理方式。", {"sanction": "请选择"})
            now, step_id = center.clock.now(), uuid4()
            position = len(steps_of(session, [event.id]).get(event.id, ()))
            kept = {"text": text, "sanction": sanction}
            event.state = after
            session.add(
                AccountabilityStep(
                    id=step_id,
                    township_id=center.township_id,
                    event_id=event.id,
                    position=position,
                    act=act,
                    at=now,
                    recorded_at=security_now(),
                    staff_id=member.id,
                    by=member.words,
                    text=center.cipher.seal("accountability_steps", "text", step_id, json.dumps(kept, ensure_ascii=False).encode()),
                )
            )
            journal.record(
                center, session, f"accountability.{act}", member, "accountability", event.id, {"cause": event.cause, "sanction": sanction}
            )
    except (StaleDataError, IntegrityError):
        raise changed from None
