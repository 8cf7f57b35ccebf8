"""An application walked through the center itself, by every act in any order: what the table forbids is refused and changes nothing,
what it allows leaves the notices that the rules demand, and every day in the records is as the second calculation says.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from center.casework.applicant import supplement
from center.casework.completion import Collecting, Collector, NotifyWay, collect, decide, issue_voucher, notify, post, record_withdrawal
from center.casework.handling import accept, open_case, return_with_notice
from center.casework.handover import hand_over, receive, take_back
from center.casework.refusing import Refused, refuse
from center.casework.silence import deem_accepted
from center.casework.special import begin_special, end_special
from center.center import Center
from center.domain.application import ENDED, ApplicationAct, ApplicationState, Outcome, SpecialProcedure, acts_in, papers_of, target
from center.domain.notice import NoticeLine, Reason, Subject
from center.domain.paper import PaperKind
from center.store.tables import Case, Terminal
from kiosk.wire.filing import MaterialFiled, Supplement
from tests.center import oracle, papers
from tests.center.course.scene import CARD, DEPARTMENT, LOGGING, OWN, WEEK, Scene, refused, scene
from tests.center.place import MORNING, NUMBER, TOWNSHIP, MovableClock
from tests.center.place import Terminal as TerminalInTest

A = ApplicationAct
#: Limit in working days, days with the department, whether a department must look into it, whether it is a 行政许可: as their files say.
ITEMS: dict[str, tuple[int, int | None, bool, bool]] = {
    LOGGING: (10, 5, True, True),
    OWN: (3, None, False, False),
    CARD: (0, None, False, False),
}
#: Why the center may refuse what the table allows: it waits for something else first, or it makes no sense for this item.
WAITS = {
    A.DECIDE: {"special_open", "opinion_needed"},
    A.BEGIN_SPECIAL: {"special_late", "entry_invalid"},
    A.END_SPECIAL: {"entry_invalid"},
    # withdrawn, and nothing lies at the department
    A.TAKE_BACK: {"nothing_out"},
}


class ApplicationWalk(RuleBasedStateMachine):
    """One application in the records of a center."""

    here: Scene
    page: str

    @initialize(item=st.sampled_from(list(ITEMS)), begin=st.dates(date(2026, 1, 5), date(2026, 12, 20)))
    def file(self, item: str, begin: date) -> None:
        here = self.here
        here.clock.at = datetime.combine(begin, MORNING.timetz())
        self.item, self.limit, self.with_department, self.license = item, ITEMS[item][0], ITEMS[item][2], ITEMS[item][3]
        self.case_id = here.file(item)
        self.received, self.told_from, self.supplied = begin, begin, None
        self.opened: date | None = None
        self.accepted: date | None = None
        self.handover_due: date | None = None
        self.handed_over: date | None = None
        self.completed: date | None = None
        self.returned = False
        self.pauses: list[tuple[date, date | None]] = []
        self.papers: list[str] = []

    # ------------------------------------------------------------------ what can happen

    @property
    def today(self) -> date:
        return self.here.clock.at.date()

    @property
    def state(self) -> ApplicationState:
        return ApplicationState(self.here.row(self.case_id).state)

    @rule(days=st.sampled_from([1, 1, 2, 7]))
    def days_pass(self, days: int) -> None:
        self.here.next_day(days)

    @precondition(lambda self: self.opened is None)
    @rule()
    def open(self) -> None:
        open_case(self.here.center, self.here.window, self.case_id)
        self.opened = self.today

    @rule()
    def the_centers_routine_runs(self) -> None:
        deem_accepted(self.here.center)
        silent = self.license and self.accepted is None and self.today <= oracle.LAST and self.told_from is not None
        if silent and oracle.tell_due(self.told_from) and oracle.deemed_accepted(self.told_from, None, self.today):
            # R4.6: accepted from the day it was received, with its notices, though nobody of the staff did anything
            assert self.state is ApplicationState.ACCEPTED
            self.papers += [kind.value for kind in papers_of(A.ACCEPT, self.with_department)]
            self.accepted, self.told_from = self.told_from, None
            self.handover_due = oracle.handover_due(self.today, self.today, False)

    @rule(act=st.sampled_from(ApplicationAct))
    def try_an_act(self, act: ApplicationAct) -> None:
        self.attempt(act)

    @rule(choices=st.lists(st.integers(0, 19), min_size=2, max_size=8))
    def go_on(self, choices: list[int]) -> None:
        if self.opened is None:
            self.open()
        for choice in choices:
            acts = acts_in(self.state)
            if acts:
                self.attempt(acts[choice % len(acts)])

    def attempt(self, act: ApplicationAct) -> None:
        before = self.seen()
        state = self.state
        if act is A.TAKE_BACK and state is ApplicationState.WITH_DEPARTMENT:
            # the department first signs for the papers and writes its opinion
            receive(self.here.center, self.here.liaison, self.case_id)
            self.here.answer(self.case_id)
            self.papers.append(PaperKind.DEPARTMENT_OPINION.value)
            before = self.seen()
        code = refused(lambda: self.doing(act)())
        after = target(state, act)
        if after is None:
            assert code in {"case_changed", "not_opened"}, (state, act, code)
            assert self.seen() == before
        elif code != "done":
            waits = WAITS.get(act, set()) | (set() if self.opened else {"not_opened"})
            assert code in waits, (state, act, code)
            assert self.seen() == before
        else:
            assert self.state is after
            self.papers += [kind.value for kind in papers_of(act, self.with_department)]
            self.remember(act, state)

    def seen(self) -> tuple[object, ...]:
        row = self.here.row(self.case_id)
        return row.state, row.revision, len(self.here.papers(self.case_id)), tuple(self.here.kinds(self.case_id))

    def doing(self, act: ApplicationAct) -> Callable[[], object]:
        """The act as the console or the terminal asks for it, with everything filled in."""
        here, case_id = self.here, self.case_id
        center, window, revision = here.center, here.window, here.revision(case_id)
        dossier = here.dossier(case_id)
        collecting = Collecting(Collector.APPLICANT, card_shown=True, signed=True)
        more = NoticeLine(Subject.OTHER, "other", "", Reason.MISSING, "请带上一张近期照片")
        refusal = Refused("依照规定，这项申请不能办理。", ("《测试条例》第三条",))
        open_pauses = here.course(case_id).open_pauses
        waybill = "1123456789012"
        ways: dict[ApplicationAct, Callable[[], object]] = {
            A.ACCEPT: lambda: accept(center, window, case_id, revision, [wanted.key for wanted in dossier.to_supply]),
            A.RETURN: lambda: return_with_notice(center, window, case_id, revision, [more]),
            A.SUPPLEMENT: self.hand_in,
            A.REFUSE: lambda: refuse(center, window, case_id, revision, refusal),
            A.HAND_OVER: lambda: hand_over(center, window, case_id, revision, DEPARTMENT, WEEK, "材料核对费时"),
            A.TAKE_BACK: lambda: take_back(center, window, case_id, revision, WEEK),
            A.DECIDE: lambda: decide(center, window, case_id, revision, Outcome.GRANTED, "符合条件。", ""),
            A.ISSUE_VOUCHER: lambda: issue_voucher(center, window, case_id, revision),
            A.NOTIFY: lambda: notify(center, window, case_id, revision, NotifyWay.PHONE, "申请人本人", "可以来领取了。", True),
            A.COLLECT: lambda: collect(center, window, case_id, revision, collecting),
            A.POST: lambda: post(center, window, case_id, revision, waybill, "林秀英", "万宝河镇一村", ""),
            A.WITHDRAW: lambda: record_withdrawal(center, window, case_id, revision, "不办了", True),
            A.BEGIN_SPECIAL: lambda: begin_special(center, window, case_id, revision, SpecialProcedure.EXPERT_REVIEW, 15),
            A.END_SPECIAL: lambda: end_special(center, window, case_id, revision, open_pauses[0].id if open_pauses else None),
        }
        return ways[act]

    def hand_in(self) -> None:
        here = self.here
        with here.center.database.reading() as session:
            row = session.get_one(Case, self.case_id)
            terminal = session.scalars(select(Terminal).where(Terminal.id == row.terminal_row)).one()
        materials = tuple(MaterialFiled(code=line.code, pages=(self.page,)) for line in here.dossier(self.case_id).notice)
        if not self.returned:
            materials = ()
        sent = Supplement(key=uuid4(), township_id=TOWNSHIP, terminal_id=terminal.terminal_id, number=NUMBER, materials=materials)
        supplement(here.center, terminal, row.receipt_number, sent)

    def remember(self, act: ApplicationAct, before: ApplicationState) -> None:
        """What the second calculation needs to know."""
        if act is A.ACCEPT:
            supplied = None if before is ApplicationState.RETURNED else self.supplied
            self.accepted = oracle.acceptance_day(self.today, supplied)
            self.told_from = None
            if self.with_department:
                assert self.opened is not None
                self.handover_due = oracle.handover_due(self.today if self.returned else self.opened, self.accepted, False)
        if act is A.RETURN:
            self.returned, self.told_from = True, None
        if act is A.SUPPLEMENT:
            self.supplied = self.told_from = self.today
        if act is A.REFUSE:
            self.told_from = None
        if act is A.HAND_OVER:
            self.handed_over = self.today
        if act is A.BEGIN_SPECIAL:
            self.pauses.append((self.today, None))
        if act is A.END_SPECIAL:
            self.pauses[-1] = (self.pauses[-1][0], self.today)
        if act is A.ISSUE_VOUCHER:
            self.completed = self.today
        if act is A.WITHDRAW:
            self.told_from = None

    # ------------------------------------------------------------------ what must always be so

    @invariant()
    def every_notice_the_rules_demand_is_there_and_no_other(self) -> None:
        assert sorted(paper.kind.value for paper in self.here.papers(self.case_id)) == sorted(self.papers)

    @invariant()
    def every_day_in_the_records_is_as_the_second_calculation_says(self) -> None:
        row = self.here.row(self.case_id)
        assert row.open_due_on == oracle.open_due(self.received)
        assert row.accepted_on == self.accepted
        if self.accepted is not None:
            due = oracle.due(self.accepted, self.limit, True, self.pauses)
            assert row.due_on == due
            # 待定 says on what it depends, and a case is accepted all the same
            assert row.due_note.startswith("待定：") == (due is None)
            assert row.handover_due_on == self.handover_due
        days = ITEMS[self.item][1]
        if self.handed_over is not None and self.state is ApplicationState.WITH_DEPARTMENT and days is not None:
            assert row.department_due_on == oracle.department_due(self.handed_over, days, True, self.pauses)
        if self.completed is not None:
            assert row.completed_on == self.completed
            assert row.notify_due_on == oracle.notify_due(self.completed)
        elif self.license and self.told_from is not None:
            assert row.tell_due_on == oracle.tell_due(self.told_from)

    def teardown(self) -> None:
        if not hasattr(self, "case_id"):
            return
        # whatever happened, the window brings the case to its end
        if self.opened is None:
            self.open()
        way = {
            ApplicationState.FILED: A.ACCEPT,
            ApplicationState.RETURNED: A.ACCEPT,
            ApplicationState.ACCEPTED: A.HAND_OVER if self.with_department else A.DECIDE,
            ApplicationState.WITH_DEPARTMENT: A.TAKE_BACK,
            ApplicationState.BACK: A.DECIDE,
            ApplicationState.DECIDED: A.ISSUE_VOUCHER,
            ApplicationState.VOUCHER_ISSUED: A.NOTIFY,
            ApplicationState.NOTIFIED: A.COLLECT,
        }
        while self.state not in ENDED:
            open_pause = self.pauses and self.pauses[-1][1] is None
            self.attempt(A.END_SPECIAL if open_pause and A.END_SPECIAL in acts_in(self.state) else way[self.state])
            self.every_notice_the_rules_demand_is_there_and_no_other()
            self.every_day_in_the_records_is_as_the_second_calculation_says()


@pytest.mark.rule("R2.2", "R2.3", "R3.2", "R4.1", "R4.2", "R4.3", "R4.4", "R4.6", "R4.7", "R5.1", "R5.2", "R5.3")
def test_an_application_in_the_records_takes_no_illegal_step_and_every_day_is_counted_twice(
    center: Center, clock: MovableClock, terminal: TerminalInTest
) -> None:
    here = scene(center, clock, terminal)

    class Walk(ApplicationWalk):
        pass

    Walk.here, Walk.page = here, terminal.upload(papers.page("照片"))
    walk = settings(
        max_examples=25, stateful_step_count=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
    )
    run_state_machine_as_test(Walk, settings=walk)
