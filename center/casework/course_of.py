"""An application's course after acceptance, read beside its dossier: slips, opinions, pauses, decision, voucher, what was told, delivery, push, feedback."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.casework.clocks import ADMINISTRATIVE_LICENSE
from center.casework.course_values import (
    Count,
    CourseView,
    Decision,
    FeedbackView,
    HandedOut,
    Opinion,
    PauseView,
    Round,
    Signed,
    Told,
)
from center.casework.events import EventKind, detail_of, events_of
from center.catalogue import item_of
from center.center import Center
from center.domain.application import ApplicationAct, ApplicationState, Outcome, SpecialProcedure
from center.domain.calendar import Unknown
from center.domain.deadlines import handover_due
from center.domain.separation import Feedback
from center.store.tables import Case, CaseEvent, CasePause
from kiosk.wire.items import ServiceItem


def handover_day(center: Center, case: Case, item: ServiceItem, special: bool = False) -> date | None:
    """By when the papers go to the department (R5.2, R3.2), or None: before acceptance, decided at the window, or 待定."""
    if case.accepted_on is None or item.handover is None:
        return None
    day = handover_due(case.taken_in_on or case.accepted_on, case.accepted_on, special, center.calendar)
    return None if isinstance(day, Unknown) else day


def pauses_of(session: Session, case_id: UUID) -> tuple[PauseView, ...]:
    """The special procedures of a case, in their order."""
    rows = session.scalars(select(CasePause).where(CasePause.case_id == case_id).order_by(CasePause.begun_on, CasePause.procedure))
    return tuple(PauseView(row.id, SpecialProcedure(row.procedure), row.expected_days, row.begun_on, row.ended_on) for row in rows)


def course_of(center: Center, session: Session, case: Case) -> CourseView:
    """Everything of the course, in the clear."""
    events = [(event, detail_of(center, event)) for event in events_of(session, case.id)]
    last = {event.kind: (event, detail) for event, detail in events}
    received, extended, withdrawn = (last.get(kind) for kind in (EventKind.PUSH_RECEIVED, EventKind.HANDOVER_EXTENDED, EventKind.WITHDRAWN))
    return CourseView(
        department=case.department,
        handover_due_on=case.handover_due_on or handover_day(center, case, item_of(case.item)),
        handed_over_on=case.handed_over_on,
        extended_reason=extended[1]["reason"] if extended else "",
        department_due_on=case.department_due_on,
        rounds=_rounds(events),
        pauses=pauses_of(session, case.id),
        decision=_decision(last.get(EventKind.DECIDED)),
        completed_on=case.completed_on,
        notify_due_on=case.notify_due_on,
        notified_on=case.notified_on,
        told=tuple(_told(event, detail) for event, detail in events if event.kind in (EventKind.NOTIFIED, EventKind.NOTIFY_TRIED)),
        delivery=case.delivery,
        handed_out=_handed_out(last),
        pushed_at=case.pushed_at,
        push_received=_signed(received),
        feedback=tuple(
            FeedbackView(Feedback(detail["kind"]), detail["words"], detail["number"], event.at, event.by)
            for event, detail in events
            if event.kind == EventKind.FEEDBACK
        ),
        withdrawn=_signed(withdrawn),
        given_back=_given_back([detail for event, detail in events if event.kind == EventKind.PAPERS_RETURNED]),
    )


_Event = tuple[CaseEvent, dict[str, Any]]


def _signed(found: _Event | None) -> Signed | None:
    return Signed(found[0].at, found[0].by, found[1].get("note", "")) if found else None


def _given_back(details: list[dict[str, Any]]) -> tuple[Count, ...] | None:
    return (
        None
        if any("lines" not in detail for detail in details)
        else tuple(line for detail in details for line in lines_in(detail["lines"]))
    )


def lines_in(lines: Iterable[dict[str, Any]]) -> tuple[Count, ...]:
    """The lines of a slip as an event keeps them."""
    return tuple(Count(line["code"], line["name"], line["copies"]) for line in lines)


def lines_out(lines: Iterable[Count]) -> list[dict[str, Any]]:
    """The lines of a slip for an event to keep."""
    return [{"code": line.code, "name": line.name, "copies": line.copies} for line in lines]


def _rounds(events: list[_Event]) -> tuple[Round, ...]:
    rounds: list[Round] = []
    for event, detail in events:
        if event.kind == EventKind.HANDED_OVER:
            due_on = date.fromisoformat(detail["due_on"]) if detail.get("due_on") else None
            rounds.append(Round(detail["department"], lines_in(detail["lines"]), event.at, event.by, due_on, detail.get("late_reason", "")))
        elif event.kind == EventKind.DEPARTMENT_RECEIVED:
            rounds[-1] = replace(rounds[-1], received=_signed((event, detail)))
        elif event.kind in (EventKind.OPINION, EventKind.OPINION_CORRECTED):
            paper = UUID(detail["papers"][0])
            back, why = lines_in(detail["lines"]), detail.get("why", "")
            opinion = Opinion(detail["agrees"], detail["reasons"], detail["survey"], back, event.at, event.by, paper, why)
            before = rounds[-1].opinion
            rounds[-1] = replace(rounds[-1], opinion=opinion, earlier=(*rounds[-1].earlier, *((before,) if before else ())))
        elif event.kind in (EventKind.TAKEN_BACK, EventKind.FETCHED_BACK):
            rounds[-1] = replace(
                rounds[-1],
                taken_back=Signed(event.at, event.by),
                returned=lines_in(detail["lines"]),
                explanation=detail.get("explanation", ""),
            )
    return tuple(rounds)


def _decision(found: _Event | None) -> Decision | None:
    if found is None:
        return None
    event, detail = found
    return Decision(Outcome(detail["outcome"]), detail["reasons"], detail["basis"], detail["against"], event.at, event.by, detail["number"])


def _told(event: CaseEvent, detail: dict[str, Any]) -> Told:
    return Told(event.at, event.by, detail["who"], detail["how"], detail["words"], event.kind == EventKind.NOTIFIED)


def _handed_out(last: dict[str, _Event]) -> HandedOut | None:
    found = last.get(EventKind.COLLECTED) or last.get(EventKind.POSTED)
    if found is None:
        return None
    event, detail = found
    return HandedOut(event.at, event.by, detail["who"], tuple((label, value) for label, value in detail["shown"]))


@dataclass(frozen=True)
class Fitting:
    """Which acts of the table do not fit this case (`not_now`), and which are seldom done with it."""

    not_now: frozenset[ApplicationAct]
    seldom: frozenset[ApplicationAct]


def fitting(item: ServiceItem, state: ApplicationState, course: CourseView) -> Fitting:
    """What the transition table allows and this item does not ask for.

    An item that a department must look into is decided after its opinion (R5.3), any other at the window (R5.1); special procedures
    are for a 行政许可 that declares them (R4.7); only what was begun ends; what is to be posted is posted. Of a withdrawn case the
    papers come back if they are out, with an opinion or without (R5.2).
    """
    not_now: set[ApplicationAct] = set()
    seldom: set[ApplicationAct] = {ApplicationAct.WITHDRAW, ApplicationAct.BEGIN_SPECIAL}
    if state is ApplicationState.ACCEPTED:
        if item.handover is not None:
            not_now.add(ApplicationAct.DECIDE)
        else:
            seldom.add(ApplicationAct.HAND_OVER)
    if state is ApplicationState.BACK:
        seldom.add(ApplicationAct.HAND_OVER)
    if state is ApplicationState.WITH_DEPARTMENT and not (course.round and course.round.opinion):
        not_now.add(ApplicationAct.TAKE_BACK)
    if state is ApplicationState.WITHDRAWN and not course.papers_out:
        not_now.add(ApplicationAct.TAKE_BACK)
    if item.task_type != ADMINISTRATIVE_LICENSE or not item.special_procedures:
        not_now.add(ApplicationAct.BEGIN_SPECIAL)
    if course.open_pauses:
        not_now.add(ApplicationAct.DECIDE)
    else:
        not_now.add(ApplicationAct.END_SPECIAL)
    seldom.add(ApplicationAct.POST if course.delivery == "window" else ApplicationAct.COLLECT)
    return Fitting(frozenset(not_now), frozenset(seldom - not_now))
