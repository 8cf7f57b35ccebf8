"""A complaint walked through the center itself, by every act of officer and leader in any order: what the table forbids is refused and
changes nothing, each act leaves the notice that the rules demand, and every day is as the second calculation says.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from center.center import Center
from center.complaints import consents, inquiry
from center.complaints.act_forms import ACT_FORMS
from center.domain.complaint import COMPLAINT_PAPERS, ComplaintAct, ComplaintState, complaint_acts_in, complaint_target
from center.records.papers import papers_of
from center.store.tables import ComplaintEvent
from tests.center import oracle
from tests.center.complaints.place import Town, at_desk, town_of
from tests.center.course.scene import refused
from tests.center.place import MORNING, MovableClock

A, S = ComplaintAct, ComplaintState
#: The leader's acts, by the question that they answer.
YES = {"direct": A.CONSENT_DIRECT, "transferred": A.CONSENT_TRANSFER, "extension": A.EXTEND}
NO = {"direct": A.DECLINE, "transferred": A.DECLINE, "extension": A.DECLINE_EXTENSION}
LEADERS = {*YES.values(), *NO.values()}
#: Why the center may refuse what the table allows: it waits for a day or for another act first.
WAITS = {"too_early", "too_late", "taken_in", "extended", "not_taken_in", "asked"}


class ComplaintWalk(RuleBasedStateMachine):
    """One complaint in the records of a center."""

    town: Town
    clock: MovableClock

    @initialize(
        begin=st.dates(date(2026, 1, 5), date(2026, 12, 20)),
        channel=st.sampled_from(["phone", "letter", "visit"]),
        handling=st.sampled_from(["direct", "transferred"]),
        degree=st.sampled_from(["ordinary", "complicated"]),
    )
    def receive(self, begin: date, channel: str, handling: str, degree: str) -> None:
        self.clock.at = datetime.combine(begin, MORNING.timetz())
        self.handling, self.asked_degree, self.degree = handling, degree, degree
        self.id = at_desk(self.town, channel=channel, received_on=begin)
        self.received = begin
        evidence_due = None if channel == "visit" else oracle.evidence_due(begin)
        assert self.town.complaint(self.id).evidence_due_on == evidence_due
        self.taken: date | None = None
        self.written: date | None = None
        self.wanted: list[str] = []

    @property
    def today(self) -> date:
        return self.clock.at.date()

    @property
    def state(self) -> ComplaintState:
        return ComplaintState(self.town.complaint(self.id).state)

    @rule(days=st.sampled_from([1, 1, 2, 9]))
    def days_pass(self, days: int) -> None:
        self.clock.at += timedelta(days=days)

    @rule(act=st.sampled_from(ComplaintAct))
    def try_an_act(self, act: ComplaintAct) -> None:
        self.attempt(act)

    @rule(choices=st.lists(st.integers(0, 19), min_size=2, max_size=8))
    def go_on(self, choices: list[int]) -> None:
        for choice in choices:
            acts = complaint_acts_in(self.state)
            if acts:
                self.attempt(acts[choice % len(acts)])

    def attempt(self, act: ComplaintAct) -> None:
        state, before = self.state, self.seen()
        question = self.question()
        if act in LEADERS and (question is None or act not in (YES[question.about], NO[question.about])):
            # there is nothing to answer, so nobody can
            return
        code = refused(lambda: self.do(act))
        after = complaint_target(state, act)
        if after is None:
            assert code in {"complaint_changed", "consent_answered"}, (state, act, code)
            assert self.seen() == before
        elif code != "done":
            assert code in WAITS, (state, act, code)
            assert self.seen() == before
        else:
            assert self.state is after
            self.wanted += [COMPLAINT_PAPERS[act].value] if act in COMPLAINT_PAPERS else []
            self.remember(act)

    def question(self) -> Any:
        with self.town.center.database.reading() as session:
            return inquiry.open_question(session, self.id)

    def seen(self) -> tuple[object, ...]:
        row = self.town.complaint(self.id)
        with self.town.center.database.reading() as session:
            acts = tuple(
                session.scalars(select(ComplaintEvent.act).where(ComplaintEvent.complaint_id == self.id).order_by(ComplaintEvent.position))
            )
            return row.state, row.revision, acts, len(papers_of(self.town.center, session, self.id))

    def do(self, act: ComplaintAct) -> None:
        """The act as the console asks for it, with everything filled in."""
        town = self.town
        if act in LEADERS:
            granted = act in YES.values()
            consents.answer(town.center, town.leader, self.question().id, granted, "" if granted else "请先核实清楚")
            return
        values: dict[ComplaintAct, dict[str, Any]] = {
            A.ASK_SUPPLEMENT: {"wanted": ("收费的单据", "经办人是谁")},
            A.REFUSE: {"ground": "a", "reason": "应当诉讼", "basis": "制度第三部分", "channel": "向法院起诉"},
            A.REFER: {"body": "镇社会事务办", "via": "oa", "opinion_due": self.today + timedelta(days=7)},
            A.ASK_CONSENT: {
                "handling": self.handling,
                "handler": "镇社会事务办" if self.handling == "transferred" else "",
                "degree": self.asked_degree,
                "summary": "反映窗口态度不好",
            },
            A.TAKE_IN: {"taken_on": self.today, "by": "镇社会事务办 赵刚"},
            A.FIND: {"finding": "true", "facts": "监控显示让人等了两小时"},
            A.TAKE_MEASURES: {"measures": ("talk",), "note": "约谈"},
            A.PASS_REVIEW: {"body": "桃山区营商环境建设监督局", "note": "专人送达"},
        }
        form = ACT_FORMS[act]
        given = values.get(act, {field.name: "写明情况" for field in form.fields})
        form.do(town.center, town.officer, self.id, town.revision(self.id), **given)

    def remember(self, act: ComplaintAct) -> None:
        """What the second calculation needs to know."""
        if act is A.SUPPLEMENT:
            # R6.6: what was asked for is there, and the decision has its days anew
            self.received = self.today
        if act is A.ASK_CONSENT:
            self.degree = self.asked_degree
        if act in (A.CONSENT_DIRECT, A.TAKE_IN):
            self.taken = self.today
        if act is A.EXTEND:
            self.degree = "special"
        if act is A.WRITE_RESULT:
            self.written = self.today

    @invariant()
    def every_notice_the_rules_demand_is_there_and_no_other(self) -> None:
        with self.town.center.database.reading() as session:
            issued = [paper.kind.value for paper in papers_of(self.town.center, session, self.id)]
        assert sorted(issued) == sorted(self.wanted)

    @invariant()
    def every_day_in_the_records_is_as_the_second_calculation_says(self) -> None:
        row = self.town.complaint(self.id)
        if self.state is S.RECEIVED:
            assert row.acceptance_due_on == oracle.complaint_acceptance_due(self.received)
        assert row.taken_on == self.taken
        if self.taken is not None:
            assert row.handling_due_on == oracle.complaint_handling_due(self.taken, self.degree)
        assert row.written_on == self.written
        if self.written is not None:
            assert row.answer_until == oracle.answer_until(self.written)

    def teardown(self) -> None:
        if not hasattr(self, "id"):
            return
        # whatever happened, the center brings it into the archive, with its result in writing if it was accepted
        way = {
            S.RECEIVED: A.ACCEPT,
            S.TO_SUPPLEMENT: A.SUPPLEMENT,
            S.ACCEPTED: A.ASK_CONSENT,
            S.CONSENT_ASKED: YES[self.handling],
            S.DIRECT: A.FIND,
            S.TRANSFERRED: A.FIND if self.taken else A.TAKE_IN,
            S.SUPERVISED: A.FIND if self.taken else A.TAKE_IN,
            S.FOUND: A.TAKE_MEASURES,
            S.MEASURED: A.WRITE_RESULT,
            S.RESULT_WRITTEN: A.ASK_REVIEW,
            S.ANSWERED: A.ARCHIVE,
            S.UNDER_REVIEW: A.PASS_REVIEW,
            S.REFUSED: A.ARCHIVE,
            S.REFERRED: A.RECORD_OPINION,
        }
        for _ in range(30):
            if self.state is S.ARCHIVED:
                break
            before = self.seen()
            self.attempt(way[self.state] if self.state not in (S.TRANSFERRED, S.SUPERVISED) or not self.taken else A.FIND)
            if self.state in (S.UNDER_REVIEW, S.REFERRED):
                self.attempt(A.ARCHIVE)
            if self.seen() == before:
                self.days_pass(9)
                self.attempt(A.ARCHIVE)
            self.every_notice_the_rules_demand_is_there_and_no_other()
            self.every_day_in_the_records_is_as_the_second_calculation_says()
        if self.today <= oracle.LAST and (self.written is None or oracle.answer_until(self.written)):
            assert self.state is S.ARCHIVED
        if "complaint_acceptance" in self.wanted and self.state is S.ARCHIVED:
            assert self.wanted.count("complaint_result") == 1


@pytest.mark.rule("R6.1", "R6.2", "R6.3", "R6.4", "R6.5", "R6.6", "R6.7", "R6.9")
def test_a_complaint_in_the_records_takes_no_illegal_step_and_every_day_is_counted_twice(center: Center, clock: MovableClock) -> None:
    class Walk(ComplaintWalk):
        pass

    Walk.town, Walk.clock = town_of(center), clock
    walk = settings(
        max_examples=25, stateful_step_count=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
    )
    run_state_machine_as_test(Walk, settings=walk)
