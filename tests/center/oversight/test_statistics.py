"""Figures (R6.9), counters (R6.10) and alerts: each number against cases and complaints that were put there by hand."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from center.casework.events import EventKind
from center.center import Center, Refusal
from center.domain.accountability import EventAct, EventCause
from center.domain.application import ApplicationState
from center.domain.calendar import LimitUnit, WorkingCalendar
from center.domain.complaint import Finding, Matter
from center.domain.roles import Role
from center.members import Member
from center.oversight.alerts import alerts
from center.oversight.checks import sign_check
from center.oversight.counters import counters
from center.oversight.events import CASE, list_events, raise_event
from center.oversight.judging import take_step
from center.oversight.month import month
from center.oversight.reports import inbox, mark_read, write_overdue_report
from center.oversight.statistics import DAYS_SHOWN, days_taken, figures
from center.oversight.watch import raise_findings
from center.store.tables import Case, Rating, Staff, Terminal
from center.terminals import add_terminal
from tests.center.oversight.records import at, case, complaint
from tests.center.place import MORNING, MovableClock
from tests.center.staffing import member

S = ApplicationState
TODAY = MORNING.date()


def in_hand(center: Center, due: date | None, **columns: Any) -> None:
    case(center, columns.pop("state", S.ACCEPTED), accepted_on=TODAY - timedelta(days=9), due_on=due, opened_at=MORNING, **columns)


def test_what_is_in_hand_is_counted_by_how_it_stands_and_by_department_and_window(center_on: Center) -> None:
    in_hand(center_on, TODAY - timedelta(days=1), department="农业农村办公室", window="综合窗口1号", state=S.WITH_DEPARTMENT)
    in_hand(center_on, TODAY, department="农业农村办公室", window="综合窗口2号", state=S.BACK)
    in_hand(center_on, TODAY + timedelta(days=1), window="综合窗口1号")
    in_hand(center_on, None, window="综合窗口1号")
    in_hand(center_on, TODAY + timedelta(days=30), window="综合窗口1号", state=S.DECIDED)
    in_hand(center_on, TODAY - timedelta(days=5), state=S.NOTIFIED)
    found = figures(center_on)
    standing = found.standing
    assert (standing.in_hand, standing.today, standing.soon, standing.overdue, standing.undated) == (5, 1, 1, 1, 1)
    by_department = {each.name: (each.on_course, each.soon, each.overdue, each.undated) for each in found.departments}
    assert by_department == {"农业农村办公室": (0, 1, 1, 0), "窗口直接办理": (1, 1, 0, 1)}
    by_window = {each.name: each.on_course + each.soon + each.overdue + each.undated for each in found.windows}
    assert by_window == {"综合窗口1号": 4, "综合窗口2号": 1}


def test_filings_are_counted_by_day_and_the_nights_that_nobody_opened_apart(center_on: Center) -> None:
    case(center_on, S.FILED, at(TODAY, 2))
    case(center_on, S.FILED, at(TODAY - timedelta(days=1), 20), opened_at=MORNING)
    case(center_on, S.FILED, at(TODAY, 9))
    case(center_on, S.REFUSED, at(TODAY - timedelta(days=DAYS_SHOWN)))
    found = figures(center_on)
    assert (found.unopened, found.unopened_night) == (2, 1)
    assert len(found.filed) == DAYS_SHOWN
    assert [(day, number) for day, number, _ in found.filed if number] == [(TODAY - timedelta(days=1), 1), (TODAY, 2)]
    assert [rest for _, _, rest in found.filed[-4:]] == [True, True, False, False]


@pytest.mark.rule("R4.2")
def test_days_taken_agree_with_the_way_a_limit_is_counted() -> None:
    calendar = WorkingCalendar()
    for begun in (date(2026, 9, 25) + timedelta(days=n) for n in range(20)):
        for limit in (0, 1, 3, 10):
            until = calendar.add(begun, limit, LimitUnit.WORKING_DAYS)
            assert isinstance(until, date)
            assert days_taken(begun, until, LimitUnit.WORKING_DAYS, calendar) == limit
            assert days_taken(begun, begun + timedelta(days=limit), LimitUnit.CALENDAR_DAYS, calendar) == limit
    # a day of an unknown year makes no average wrong
    assert days_taken(date(2026, 12, 31), date(2027, 1, 4), LimitUnit.WORKING_DAYS, calendar) is None


def test_completed_cases_are_measured_against_their_items_limit(center_on: Center) -> None:
    monday = date(2026, 11, 16)
    for days, due in ((1, 3), (3, 2)):
        case(
            center_on,
            S.NOTIFIED,
            at(monday),
            accepted_on=monday,
            completed_on=monday + timedelta(days=days),
            due_on=monday + timedelta(days=due),
        )
    case(center_on, S.NOTIFIED, at(monday), accepted_on=monday, completed_on=TODAY - timedelta(days=40))
    (pace,) = figures(center_on).paces
    assert (pace.completed, pace.days, pace.late) == (2, 2.0, 1)


def test_complaints_are_counted_by_month_matter_and_finding(center_on: Center) -> None:
    complaint(center_on, "received", at(date(2026, 11, 2)), matter="fee")
    complaint(center_on, "archived", at(date(2026, 11, 3)), matter="fee", finding="partly")
    complaint(center_on, "archived", at(date(2026, 10, 31)), matter="manners", finding="untrue")
    complaint(center_on, "archived", at(date(2025, 11, 30)), matter="manners", finding="true")
    found = figures(center_on)
    assert [each for each in found.complaint_months if each[1]] == [("2026-10", 1, 0), ("2026-11", 2, 1)]
    assert len(found.complaint_months) == 12
    assert {matter: count for matter, count in found.matters if count} == {Matter.FEE: 2, Matter.MANNERS: 1}
    assert {finding: count for finding, count in found.findings if count} == {Finding.PARTLY: 1, Finding.UNTRUE: 1}
    assert found.complaints_open == 1


def test_accountability_and_ratings_are_counted(center_on: Center) -> None:
    case_id = case(center_on, S.NOTIFIED)
    with center_on.database.writing() as session:
        for key in ("1", "2"):
            raise_event(center_on, session, EventCause.OVERDUE, CASE, case_id, None, "", MORNING, key)
        session.add(
            Rating(
                township_id=center_on.township_id,
                case_id=case_id,
                stage="result",
                level=5,
                tags="",
                comment=None,
                window="",
                staff_id=None,
                at=MORNING,
            )
        )
    found = figures(center_on)
    assert found.accountability == ((EventCause.OVERDUE, 2, 0),)
    assert found.ratings[0] == (5, 1)


@pytest.mark.rule("R6.9")
def test_the_month_counts_what_happened_in_it_and_nothing_before_or_after(center_on: Center) -> None:
    november, october = date(2026, 11, 1), date(2026, 10, 31)
    case(center_on, S.NOTIFIED, at(october), accepted_on=october, due_on=november, completed_on=date(2026, 11, 2))
    case(center_on, S.REFUSED, at(november, 23), ended_on=november)
    case(center_on, S.WITHDRAWN, at(november), ended_on=date(2026, 12, 1))
    groups = {heading: dict(lines) for heading, lines in month(center_on, november).groups}
    assert groups["办件"] == {
        "收到申请": 2,
        "其中夜间提交": 1,
        "受理": 0,
        "不予受理": 1,
        "办结": 1,
        "其中按时办结": 0,
        "其中超期办结": 1,
        "申请人撤回": 0,
    }
    assert dict(month(center_on, date(2026, 12, 1)).groups)["办件"][-1] == ("申请人撤回", 1)


# ------------------------------------------------------------------ counters


def verified(center: Center, staff: Member, number: int, matter: str = "fee", year: int = 2026, finding: str = "true") -> None:
    for _ in range(number):
        complaint(
            center,
            "archived",
            at(date(year, 3, 2)),
            about_staff=staff.id,
            about_window=staff.window,
            matter=matter,
            finding=finding,
            written_on=date(year, 3, 9),
        )


@pytest.mark.rule("R6.10")
def test_two_is_near_three_names_what_follows_and_people_decide(center_on: Center) -> None:
    head = member(center_on, Role.CENTER_HEAD, window="")
    near, at_three = (
        member(center_on, Role.WINDOW_STAFF, name="甲", window="一"),
        member(center_on, Role.WINDOW_STAFF, name="乙", window="二"),
    )
    contract = member(center_on, Role.WINDOW_STAFF, name="丙", window="三")
    with center_on.database.writing() as session:
        session.get_one(Staff, contract.id).employment = "contract"
    verified(center_on, near, 2)
    verified(center_on, at_three, 3)
    verified(center_on, contract, 3, "manners")
    found = {row.name: row for row in counters(center_on, head)}
    assert (found["一 甲"].verified, found["一 甲"].consequences) == (2, ())
    assert found["二 乙"].consequences == ("本年度不得评为优秀",)
    assert found["三 丙"].consequences == ("予以清退",)
    assert (found["三 丙"].kind, found["三 丙"].grave) == ("编外", 3)
    assert found["二"].consequences == ("约谈窗口负责人或者调换人员",)
    assert found["一"].consequences == ()


@pytest.mark.rule("R6.10")
def test_a_persons_count_begins_anew_each_year_and_a_windows_does_not(center_on: Center) -> None:
    head = member(center_on, Role.CENTER_HEAD, window="")
    one = member(center_on, Role.WINDOW_STAFF, name="甲", window="一")
    verified(center_on, one, 2, year=2025)
    verified(center_on, one, 1)
    verified(center_on, one, 5, finding="untrue")
    assert [(row.name, row.verified) for row in counters(center_on, head)] == [("一", 3)]


@pytest.mark.rule("R6.10", "R6.8")
def test_only_head_and_leaders_see_the_counters(center_on: Center) -> None:
    for role in Role:
        who = member(center_on, role)
        if role in (Role.CENTER_HEAD, Role.CENTER_LEADER, Role.TOWNSHIP_LEADER):
            counters(center_on, who)
            continue
        with pytest.raises(Refusal) as refused:
            counters(center_on, who)
        assert refused.value.code == "not_allowed"


# ------------------------------------------------------------------ alerts


def sentences(center: Center, role: Role) -> str:
    return "\n".join(alert.sentence for alert in alerts(center, member(center, role, window="")))


@pytest.mark.rule("R4.2")
def test_an_undated_case_is_an_alert_with_what_it_depends_on(center_on: Center) -> None:
    in_hand(center_on, None, due_note="待定：2027 年节假日安排尚未录入，录入后确定。")
    for role in (Role.CENTER_HEAD, Role.CENTER_LEADER, Role.WINDOW_STAFF):
        assert "1 件的应办结日待定：2027 年节假日安排尚未录入" in sentences(center_on, role)
    assert "待定：" not in sentences(center_on, Role.TECHNICIAN)


@pytest.mark.rule("R4.2")
@pytest.mark.parametrize(("day", "told"), [(date(2026, 9, 30), False), (date(2026, 10, 1), True), (date(2027, 1, 4), True)])
def test_from_october_on_a_next_year_that_is_not_known_is_asked_for(center_on: Center, clock: MovableClock, day: date, told: bool) -> None:
    clock.at = at(day)
    assert ("还没有录入 2027 年的节假日安排" in sentences(center_on, Role.ADMINISTRATOR)) is told


@pytest.mark.rule("R4.2", "R9")
def test_a_filing_whose_day_to_be_opened_is_not_known_raises_nothing_and_is_an_alert(center_on: Center) -> None:
    case(center_on, S.FILED, MORNING - timedelta(days=2), open_due_on=None)
    assert raise_findings(center_on) == 0
    assert "1 件申请的收件期限待定" in sentences(center_on, Role.CENTER_HEAD)


@pytest.mark.rule("R4.5", "R9")
def test_what_waits_for_the_head_and_for_the_township_is_told_them(center_on: Center) -> None:
    head, township = member(center_on, Role.CENTER_HEAD, window=""), member(center_on, Role.TOWNSHIP_LEADER, window="")
    wang = member(center_on, Role.WINDOW_STAFF)
    case_id = case(center_on, S.ACCEPTED, at(TODAY - timedelta(days=9)), due_on=TODAY - timedelta(days=1), first_responsible=wang.id)
    assert "1 件超期办件还没有写书面报告" in sentences(center_on, Role.CENTER_HEAD)
    write_overdue_report(center_on, head, uuid4(), case_id, {"happened": "a", "cause": "b", "done": "c"})
    assert "书面报告" not in sentences(center_on, Role.CENTER_HEAD)
    assert "1 份书面报告等您签阅" in sentences(center_on, Role.TOWNSHIP_LEADER)
    raise_findings(center_on)
    (event,) = list_events(center_on, wang, 1).rows
    assert "责任追究" not in sentences(center_on, Role.CENTER_HEAD)
    take_step(center_on, wang, event.id, 1, EventAct.REPORT, "报告")
    assert "1 条责任追究等您核实" in sentences(center_on, Role.CENTER_HEAD)
    take_step(center_on, head, event.id, 2, EventAct.VERIFY, "核实")
    assert "1 条责任追究等镇里处理" in sentences(center_on, Role.TOWNSHIP_LEADER)
    assert "责任追究" not in sentences(center_on, Role.CENTER_HEAD)
    mark_read(center_on, township, inbox(center_on, township, 1).rows[0].id, "")
    assert not any("签阅" in alert.sentence for alert in alerts(center_on, township))


def test_a_terminal_that_is_silent_is_an_alert_to_who_looks_after_it(center_on: Center) -> None:
    add_terminal(center_on, "WBH-01", "T01", base64.b64encode(b"k" * 32).decode())
    assert "WBH-01" not in sentences(center_on, Role.TECHNICIAN)
    with center_on.database.writing() as session:
        session.scalars(select(Terminal)).one().added_at -= timedelta(minutes=11)
    for role in (Role.TECHNICIAN, Role.ADMINISTRATOR, Role.CENTER_HEAD):
        assert "自助终端 WBH-01 超过 10 分钟没有联系中心" in sentences(center_on, role)
    assert "WBH-01" not in sentences(center_on, Role.WINDOW_STAFF)


@pytest.mark.rule("R4.5")
def test_a_check_not_yet_signed_is_an_alert_to_whose_it_is(center_on: Center) -> None:
    head = member(center_on, Role.CENTER_HEAD, window="")
    assert "今天的即将到期办件检查还没有签" in sentences(center_on, Role.CENTER_HEAD)
    assert "今天的办件进度检查还没有签" in sentences(center_on, Role.CENTER_LEADER)
    sign_check(center_on, head, uuid4(), frozenset(), {}, "")
    assert "即将到期办件检查还没有签" not in sentences(center_on, Role.CENTER_HEAD)


def test_nothing_of_one_township_is_counted_in_another(center_on: Center) -> None:
    case_id = case(center_on, S.ACCEPTED, due_on=TODAY, course=[(EventKind.ACCEPTED, MORNING)])
    with center_on.database.writing() as session:
        session.get_one(Case, case_id).township_id = "another"
    assert figures(center_on).standing.in_hand == 0
    assert sum(number for _, number, _ in figures(center_on).filed) == 0
