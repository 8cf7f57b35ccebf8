"""Walks over the three machines: no illegal step, no case lost, every notice there, every day as the second calculation says."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from center.domain import complaint, deadlines
from center.domain.accountability import EVENT_TRANSITIONS, EventAct, EventState, event_acts_in, event_target
from center.domain.application import (
    ENDED,
    IN_HAND,
    TRANSITIONS,
    Actor,
    ApplicationAct,
    ApplicationState,
    Pause,
    acts_in,
    due,
    papers_of,
    target,
)
from center.domain.calendar import LimitUnit, Unknown, WorkingCalendar
from center.domain.complaint import COMPLAINT_PAPERS, COMPLAINT_TRANSITIONS, ComplaintAct, ComplaintActor, ComplaintState, Degree
from tests.center import oracle

CALENDAR = WorkingCalendar()
WALK = settings(max_examples=100, stateful_step_count=20, deadline=None)
#: Most days of a walk are of known years, and not all.
BEGIN = st.dates(date(2025, 1, 1), date(2026, 12, 1))

State = TypeVar("State")
Act = TypeVar("Act")


def known(day: date | Unknown) -> date | None:
    """As the second calculation says it: None is 待定."""
    return None if isinstance(day, Unknown) else day


def way_to_an_end(state: State, ended: Collection[State], steps: Iterable[tuple[State, Act, State]]) -> list[Act] | None:
    """The shortest way from `state` to an end over `steps`; None: there is none, and the case would be lost."""
    table = list(steps)
    ways: dict[State, list[Act]] = {state: []}
    queue = deque([state])
    while queue:
        at = queue.popleft()
        if at in ended:
            return ways[at]
        for source, act, to in table:
            if source == at and to not in ways:
                ways[to] = [*ways[at], act]
                queue.append(to)
    return None


# ------------------------------------------------------------------ applications

#: What R2.2, R2.3, R3.2, R4.3, R4.7, R5.1, R5.2 want in writing for an act; typed again, so that a hole in the product's table shows.
IN_WRITING: dict[str, tuple[str, ...]] = {
    "accept": ("acceptance_notice",),
    "return": ("one_time_notice",),
    "refuse": ("refusal_notice",),
    "hand_over": ("handover_slip",),
    "take_back": ("handover_slip",),
    "decide": ("decision",),
    "issue_voucher": ("completion_voucher",),
    "begin_special": ("special_procedure_notice",),
}
#: Ways of the center and its departments alone: whether a case ends must not hang on what the applicant does.
STAFF_STEPS = [(row.source, row.act, row.target) for row in TRANSITIONS if row.actor is not Actor.APPLICANT]


class ApplicationWalk(RuleBasedStateMachine):
    """One application, from its filing to an end, through any acts in any order and any days."""

    @initialize(
        begin=BEGIN,
        days=st.none() | st.integers(0, 40),
        unit=st.sampled_from(LimitUnit),
        department=st.booleans(),
        special=st.booleans(),
    )
    def file(self, begin: date, days: int | None, unit: LimitUnit, department: bool, special: bool) -> None:
        self.state, self.today, self.received = ApplicationState.FILED, begin, begin
        self.days, self.unit, self.department, self.special = days, unit, department, special
        self.papers: list[str] = []
        self.wanted: list[str] = []
        self.pauses: list[tuple[date, date | None]] = []
        self.done: list[ApplicationAct] = []
        self.accepted: date | None = None
        self.completed: date | None = None

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(act=st.sampled_from(ApplicationAct))
    def try_an_act(self, act: ApplicationAct) -> None:
        after = target(self.state, act)
        rows = [row for row in TRANSITIONS if (row.source, row.act) == (self.state, act)]
        # a step is legal exactly when one row says so, and then leads where that row says
        assert [after] == [row.target for row in rows] if rows else after is None
        if after is not None:
            self.do(act, after)

    @rule(choices=st.lists(st.integers(0, 9), max_size=6))
    def go_on(self, choices: list[int]) -> None:
        # what is allowed, several steps at once: otherwise few walks would come far
        for choice in choices:
            acts = acts_in(self.state)
            if acts:
                self.try_an_act(acts[choice % len(acts)])

    def do(self, act: ApplicationAct, after: ApplicationState) -> None:
        open_pauses = [n for n, (_, ended) in enumerate(self.pauses) if ended is None]
        if act is ApplicationAct.BEGIN_SPECIAL:
            self.pauses.append((self.today, None))
        if act is ApplicationAct.END_SPECIAL:
            if not open_pauses:
                return
            self.pauses[open_pauses[0]] = (self.pauses[open_pauses[0]][0], self.today)
        if act is ApplicationAct.DECIDE and open_pauses:
            return
        self.papers += [kind.value for kind in papers_of(act, self.department)]
        self.wanted += IN_WRITING.get(act.value, ())
        if act is ApplicationAct.ACCEPT:
            self.accepted = self.today
            self.wanted += ["promise_notice"] if self.department else []
        if act is ApplicationAct.ISSUE_VOUCHER:
            self.completed = self.today
        self.done.append(act)
        self.state = after

    @invariant()
    def every_notice_the_rules_demand_is_there(self) -> None:
        assert sorted(self.papers) == sorted(self.wanted)

    @invariant()
    def the_case_is_not_lost(self) -> None:
        way = way_to_an_end(self.state, ENDED, STAFF_STEPS)
        assert way is not None, f"nothing that the center can do ends a case that is {self.state}"

    @invariant()
    def what_is_in_hand_was_accepted_and_nothing_else_is(self) -> None:
        accepted = ApplicationAct.ACCEPT in self.done
        assert accepted == (self.accepted is not None)
        if self.state in IN_HAND:
            assert accepted
        if self.state in (ApplicationState.FILED, ApplicationState.RETURNED, ApplicationState.REFUSED):
            assert not accepted

    @invariant()
    def every_day_is_as_the_second_calculation_says(self) -> None:
        if self.today > oracle.LAST:
            return
        assert known(deadlines.open_due(self.received, CALENDAR)) == oracle.open_due(self.received)
        assert known(deadlines.tell_due(self.received, CALENDAR)) == oracle.tell_due(self.received)
        if self.accepted is not None:
            answer = due(self.accepted, self.days, self.unit, CALENDAR, [Pause(*pause) for pause in self.pauses])
            assert answer.on == oracle.due(self.accepted, self.days, self.unit is LimitUnit.WORKING_DAYS, self.pauses)
            handover = deadlines.handover_due(self.received, self.accepted, self.special, CALENDAR)
            assert known(handover) == oracle.handover_due(self.received, self.accepted, self.special)
        if self.completed is not None:
            assert known(deadlines.notify_due(self.completed, CALENDAR)) == oracle.notify_due(self.completed)

    def teardown(self) -> None:
        if not hasattr(self, "state"):
            return
        # Whatever happened: the center alone brings it to an end, and what was accepted ends with a voucher unless it was withdrawn.
        for n, (begun, ended) in enumerate(self.pauses):
            self.pauses[n] = (begun, ended or self.today)
        for act in way_to_an_end(self.state, ENDED, STAFF_STEPS) or ():
            after = target(self.state, act)
            assert after is not None
            self.do(act, after)
        assert self.state in ENDED
        self.every_notice_the_rules_demand_is_there()
        if self.accepted is not None and self.state is not ApplicationState.WITHDRAWN:
            assert self.papers.count("completion_voucher") == self.papers.count("decision") == 1
            assert ApplicationAct.NOTIFY in self.done


@pytest.mark.rule("R2.2", "R2.3", "R3.2", "R4.1", "R4.2", "R4.3", "R4.4", "R4.7", "R5.1", "R5.2")
def test_an_application_takes_no_illegal_step_ends_always_and_carries_every_notice() -> None:
    run_state_machine_as_test(ApplicationWalk, settings=WALK)


# ------------------------------------------------------------------ complaints

COMPLAINT_ENDED = {ComplaintState.ARCHIVED}
#: What R6.2 to R6.7 want in writing, typed again.
COMPLAINT_WRITING: dict[str, str] = {
    "ask_supplement": "complaint_supplement",
    "accept": "complaint_acceptance",
    "refuse": "complaint_refusal",
    "refer": "complaint_referral",
    "extend": "complaint_extension",
    "write_result": "complaint_result",
}
CENTERS_STEPS = [(row.source, row.act, row.target) for row in COMPLAINT_TRANSITIONS if row.actor is not ComplaintActor.COMPLAINANT]


class ComplaintWalk(RuleBasedStateMachine):
    """One complaint, from its receipt to the archive."""

    @initialize(begin=BEGIN, degree=st.sampled_from([Degree.ORDINARY, Degree.COMPLICATED]))
    def receive(self, begin: date, degree: Degree) -> None:
        self.state, self.today, self.received, self.degree = ComplaintState.RECEIVED, begin, begin, degree
        self.papers: list[str] = []
        self.wanted: list[str] = []
        self.done: list[ComplaintAct] = []
        self.taken: date | None = None
        self.written: date | None = None

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(act=st.sampled_from(ComplaintAct))
    def try_an_act(self, act: ComplaintAct) -> None:
        after = complaint.complaint_target(self.state, act)
        rows = [row for row in COMPLAINT_TRANSITIONS if (row.source, row.act) == (self.state, act)]
        assert [after] == [row.target for row in rows] if rows else after is None
        if after is not None:
            self.do(act, after)

    @rule(choices=st.lists(st.integers(0, 9), max_size=6))
    def go_on(self, choices: list[int]) -> None:
        for choice in choices:
            acts = complaint.complaint_acts_in(self.state)
            if acts:
                self.try_an_act(acts[choice % len(acts)])

    def do(self, act: ComplaintAct, after: ComplaintState) -> None:
        self.papers += [COMPLAINT_PAPERS[act].value] if act in COMPLAINT_PAPERS else []
        self.wanted += [COMPLAINT_WRITING[act.value]] if act.value in COMPLAINT_WRITING else []
        if act is ComplaintAct.SUPPLEMENT:
            # R6.6: the limit begins anew on the day it was complete
            self.received = self.today
        if act in (ComplaintAct.CONSENT_DIRECT, ComplaintAct.TAKE_IN):
            self.taken = self.taken or self.today
        if act is ComplaintAct.EXTEND:
            self.degree = Degree.SPECIAL
        if act is ComplaintAct.WRITE_RESULT:
            self.written = self.today
        self.done.append(act)
        self.state = after

    @invariant()
    def every_notice_the_rules_demand_is_there(self) -> None:
        assert self.papers == self.wanted

    @invariant()
    def the_complaint_is_not_lost(self) -> None:
        way = way_to_an_end(self.state, COMPLAINT_ENDED, CENTERS_STEPS)
        assert way is not None, f"nothing that the center can do archives a complaint that is {self.state}"

    @invariant()
    def nobody_looks_into_it_without_the_leaders_consent(self) -> None:
        if self.state in (ComplaintState.DIRECT, ComplaintState.TRANSFERRED, ComplaintState.SUPERVISED, ComplaintState.FOUND):
            assert {ComplaintAct.CONSENT_DIRECT, ComplaintAct.CONSENT_TRANSFER} & set(self.done)

    @invariant()
    def thirty_days_are_never_without_a_written_reason(self) -> None:
        if self.degree is Degree.SPECIAL:
            assert "complaint_extension" in self.papers

    @invariant()
    def every_day_is_as_the_second_calculation_says(self) -> None:
        if self.today > oracle.LAST:
            return
        assert known(complaint.evidence_due(self.received, CALENDAR)) == oracle.evidence_due(self.received)
        assert known(complaint.acceptance_due(self.received, CALENDAR)) == oracle.complaint_acceptance_due(self.received)
        if self.taken is not None:
            by_degree = complaint.handling_due(self.taken, self.degree, CALENDAR)
            assert known(by_degree) == oracle.complaint_handling_due(self.taken, self.degree.value)
        if self.written is not None:
            assert known(complaint.answer_until(self.written, CALENDAR)) == oracle.answer_until(self.written)

    def teardown(self) -> None:
        if not hasattr(self, "state"):
            return
        for act in way_to_an_end(self.state, COMPLAINT_ENDED, CENTERS_STEPS) or ():
            after = complaint.complaint_target(self.state, act)
            assert after is not None
            self.do(act, after)
        assert self.state is ComplaintState.ARCHIVED
        self.every_notice_the_rules_demand_is_there()
        if ComplaintAct.ACCEPT in self.done:
            # R6.7: no accepted complaint is over without its result in writing
            assert self.papers.count("complaint_result") == 1


@pytest.mark.rule("R6.1", "R6.2", "R6.3", "R6.4", "R6.5", "R6.6", "R6.7", "R6.9")
def test_a_complaint_takes_no_illegal_step_is_always_archived_and_carries_every_notice() -> None:
    run_state_machine_as_test(ComplaintWalk, settings=WALK)


# ------------------------------------------------------------------ accountability


class EventWalk(RuleBasedStateMachine):
    """One event, from its raising to its close."""

    def __init__(self) -> None:
        super().__init__()
        self.state = EventState.RAISED
        self.done: list[EventAct] = []

    @rule(act=st.sampled_from(EventAct))
    def try_an_act(self, act: EventAct) -> None:
        after = event_target(self.state, act)
        assert (after is None) == (act not in event_acts_in(self.state))
        if after is not None:
            self.do(act, after)

    def do(self, act: EventAct, after: EventState) -> None:
        self.done.append(act)
        self.state = after

    @precondition(lambda self: self.state is EventState.CLOSED)
    @rule(act=st.sampled_from(EventAct))
    def nothing_happens_to_what_is_closed(self, act: EventAct) -> None:
        assert event_target(self.state, act) is None

    @invariant()
    def nobody_is_judged_unheard_or_without_the_windows_report(self) -> None:
        if EventAct.DECIDE in self.done:
            assert self.done.index(EventAct.REPORT) < self.done.index(EventAct.VERIFY) < self.done.index(EventAct.DECIDE)
        if self.state is EventState.CLOSED:
            assert EventAct.HEAR in self.done or EventAct.DISMISS in self.done

    def teardown(self) -> None:
        steps = [(row.source, row.act, row.target) for row in EVENT_TRANSITIONS]
        way = way_to_an_end(self.state, {EventState.CLOSED}, steps)
        assert way is not None, f"an event that is {self.state} never ends"
        for act in way:
            after = event_target(self.state, act)
            assert after is not None
            self.do(act, after)
        assert self.state is EventState.CLOSED
        self.nobody_is_judged_unheard_or_without_the_windows_report()


@pytest.mark.rule("R9")
def test_an_event_takes_no_illegal_step_and_is_always_closed_with_the_answer_heard() -> None:
    run_state_machine_as_test(EventWalk, settings=WALK)
