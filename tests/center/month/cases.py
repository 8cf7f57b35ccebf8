"""What is asked of the month when it is over, once for each engine: the tests of `test_month_sqlite.py` and `test_month_postgresql.py`."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from center.domain.roles import Right, may
from tests.center import oracle
from tests.center.month import checks, plan
from tests.center.month.driver import Month
from tests.center.month.people import STAFF
from tests.center.month.routine import FORGOTTEN

OFFICERS = [login for login, _, roles, *_ in STAFF if may(roles, Right.HANDLE_COMPLAINTS)]
OTHERS = [login for login, _, roles, *_ in STAFF if not may(roles, Right.HANDLE_COMPLAINTS)]


class MonthCases:
    """Every act was checked as it was done; this is what is left at the end. `month` is the module's fixture."""

    @pytest.mark.rule("R4.2")
    def test_the_month_has_thirty_working_days_with_a_holiday_and_its_made_up_days(self, month: Month) -> None:
        assert len(plan.DAYS) == 30
        assert {date(2026, 9, 20), date(2026, 10, 10)} <= set(plan.DAYS)
        assert {date(2026, 9, 25), *(date(2026, 10, n) for n in range(1, 8))} <= set(plan.REST)
        assert (len(month.applications), len(month.complaints)) == (200, 40)
        # by night and on days of rest too, and something fell due across the holiday
        assert sum(told.night for told in month.applications) > 30
        assert any(told.filed in plan.REST for told in month.applications)
        assert any(
            told.due and told.accepted and told.accepted < date(2026, 10, 1) and told.due > date(2026, 10, 7) for told in month.applications
        )

    @pytest.mark.rule("R4.1", "R4.2", "R4.3", "R4.4", "R4.6", "R4.7", "R5.2", "R6.1", "R6.2", "R6.6", "R6.7")
    def test_no_case_is_lost_and_every_state_and_day_is_as_the_script_and_the_second_calculation_say(self, month: Month) -> None:
        assert checks.wrong_records(month) == {}
        states = Counter(told.state for told in month.applications)
        assert sum(states.values()) == 200
        assert states["refused"] == 6 and states["withdrawn"] == 6
        assert states["collected"] + states["posted"] > 100

    @pytest.mark.rule("R2.2", "R2.3", "R3.2", "R5.1", "R6.4", "R6.7")
    def test_every_act_left_its_paper_with_the_next_number_of_its_kind_and_no_other_paper_is_there(self, month: Month) -> None:
        assert checks.wrong_papers(month) == set()
        assert checks.gaps_in_numbers(month) == []
        for told in month.applications:
            kinds = Counter(kind for kind, _ in told.papers)
            assert kinds["acceptance_notice"] == (told.accepted is not None)
            assert kinds["one_time_notice"] == told.returns
            assert kinds["completion_voucher"] == (told.completed is not None)

    @pytest.mark.rule("R7.1", "R7.2", "R7.3")
    def test_the_seals_ledger_has_every_stamped_paper_in_order_under_its_own_seal(self, month: Month) -> None:
        assert checks.ledger(month) == month.stamped
        wanted, stamped = checks.sealed_and_waiting(month)
        assert stamped <= wanted
        # what was issued after the last evening's round waits for the custodian, and nothing else
        assert wanted - stamped == {number for _, _, number, *_ in month.to_seal}
        assert {seal for _, _, seal, *_ in month.stamped} == {"万宝河镇行政审批专用章", "生育登记专用章"}

    @pytest.mark.rule("R9", "R2.5", "R4.1", "R4.4", "R4.6", "R5.2", "R6.2", "R6.6", "R6.8")
    def test_every_event_that_must_exist_exists_once_and_no_other(self, month: Month) -> None:
        wanted = checks.wanted_events(month)
        assert checks.events(month) == wanted
        # each cause that was planned on purpose came
        assert {cause for cause, _ in wanted} >= {
            "overdue", "not_on_the_spot", "unopened", "late_handover", "late_notification", "late_telling", "third_return", "complaint_late",
            "retaliation", "lost_material",
        }  # fmt: skip

    @pytest.mark.rule("R4.5")
    def test_both_checks_were_signed_on_every_working_day_but_the_forgotten_one_and_that_one_shows(self, month: Month) -> None:
        forgotten = plan.DAYS[FORGOTTEN]
        assert month.checks_signed["progress"] == list(plan.DAYS)
        assert oracle.missing_checks(plan.FIRST, month.checks_signed["cases"], month.today) == (forgotten,)
        page = month.desks["zhouqiang"].get(f"/console/checks?month={forgotten:%Y-%m}").text
        assert page.count("没有检查") == 1

    @pytest.mark.rule("R6.9")
    def test_the_figures_are_the_scripts_own_counts(self, month: Month) -> None:
        assert checks.wrong_figures(month) == {}
        for number in (9, 10):
            said, wanted = checks.said_of_month(month, 2026, number), checks.wanted_month(month, 2026, number)
            assert {name: said[name] for name in wanted} == wanted

    @pytest.mark.rule("R7.2")
    def test_verify_finds_nothing(self, month: Month) -> None:
        said = checks.verified(month)
        assert said["whole"] is True
        assert said["chains"]["seal"]["rows"] == len(month.stamped)
        assert said["fields"]["unopenable"] == {} and said["files"]["missing"] == 0

    @pytest.mark.rule("R6.8")
    def test_who_complained_stands_nowhere_in_the_clear(self, month: Month) -> None:
        assert checks.in_the_clear(month, checks.secrets_of(month)) == set()

    @pytest.mark.rule("R6.8")
    @pytest.mark.parametrize("login", OTHERS)
    def test_who_complained_is_on_no_page_of_who_is_no_complaint_officer(self, month: Month, login: str) -> None:
        assert checks.seen_by(month, login, checks.secrets_of(month)) == {}

    @pytest.mark.rule("R6.8")
    def test_the_complaint_officer_does_see_who_complained(self, month: Month) -> None:
        assert OFFICERS == ["lifang"]
        pages = checks.seen_by(month, "lifang", checks.secrets_of(month))
        assert {f"/console/complaints/{heard.id}" for heard in month.complaints[:6]} <= set(pages)
