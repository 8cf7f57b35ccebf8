"""The daily check (R4.5): what is on the list, that nothing on it is passed over, that it is signed once a working day, and what is kept of it."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from center.center import Center, Refusal
from center.domain.application import ApplicationState
from center.domain.oversight import CheckKind
from center.domain.roles import Role
from center.members import Member
from center.oversight.checklist import complaint_counts, lines_to_check, month_of_checks, progress, signed_on
from center.oversight.checks import sign_check, sign_progress
from center.records import journal
from center.records.chained import Chain, anchor_words
from center.records.papers import find_paper
from center.records.verification import Anchor, verify
from center.store.tables import DailyCheck, DailyCheckLine, JournalEntry
from tests.center.oversight.records import at, case, complaint
from tests.center.place import MORNING, NAME, NUMBER, MovableClock
from tests.center.staffing import member

S = ApplicationState
TODAY = MORNING.date()


@pytest.fixture
def head(center_on: Center) -> Member:
    return member(center_on, Role.CENTER_HEAD, name="周红", window="")


@pytest.fixture
def leader(center_on: Center) -> Member:
    return member(center_on, Role.CENTER_LEADER, name="孙杰", window="")


def in_hand(center: Center, due: date | None, state: S = S.ACCEPTED, **columns: Any) -> UUID:
    return case(
        center, state, filed=at(TODAY - timedelta(days=8)), accepted_on=TODAY - timedelta(days=8), due_on=due, opened_at=MORNING, **columns
    )


def headings(center: Center) -> dict[UUID, str]:
    with center.database.reading() as session:
        return {line.case_id: line.heading for line in lines_to_check(center, session)}


@pytest.mark.rule("R4.5")
def test_the_list_has_what_falls_due_what_is_overdue_undated_unopened_and_with_departments(center_on: Center) -> None:
    expected = {
        in_hand(center_on, TODAY - timedelta(days=1)): "overdue",
        in_hand(center_on, TODAY, S.BACK): "today",
        in_hand(center_on, TODAY + timedelta(days=1), S.DECIDED): "soon",
        in_hand(center_on, TODAY + timedelta(days=2)): "soon",
        in_hand(center_on, None, due_note="待定：2027 年节假日安排尚未录入。"): "undated",
        case(center_on, S.FILED): "unopened",
        in_hand(center_on, TODAY + timedelta(days=9), S.WITH_DEPARTMENT): "department",
    }
    in_hand(center_on, TODAY + timedelta(days=9))
    in_hand(center_on, TODAY - timedelta(days=9), S.NOTIFIED)
    case(center_on, S.FILED, opened_at=MORNING)
    assert headings(center_on) == expected


@pytest.mark.rule("R4.5")
def test_three_working_days_reach_over_a_weekend(center_on: Center, clock: MovableClock) -> None:
    clock.at = at(date(2026, 11, 27), 9)
    soon, later = in_hand(center_on, date(2026, 12, 1)), in_hand(center_on, date(2026, 12, 2))
    assert headings(center_on) == {soon: "soon"}
    assert later not in headings(center_on)


@pytest.mark.rule("R4.5")
def test_the_check_is_signed_when_every_case_was_ticked_or_noted(center_on: Center, head: Member) -> None:
    ticked, noted = in_hand(center_on, TODAY), in_hand(center_on, None)
    key = uuid4()
    for seen, notes in ((frozenset[UUID](), {}), (frozenset({ticked}), {}), (frozenset[UUID](), {noted: "催"})):
        with pytest.raises(Refusal) as refused:
            sign_check(center_on, head, key, seen, notes, "")
        assert set(refused.value.fields) == {str(each) for each in (ticked, noted) if each not in seen and each not in notes}
    paper_id = sign_check(center_on, head, key, frozenset({ticked}), {noted: "已请示，明天上午定。"}, "请抓紧。")
    with center_on.database.reading() as session:
        paper = find_paper(center_on, session, paper_id)
        check = session.scalars(select(DailyCheck)).one()
        lines = {line.case_id: line.heading for line in session.scalars(select(DailyCheckLine))}
    words = paper.document.model_dump_json()
    assert "已请示，明天上午定。" in words and "已查看" in words and "请抓紧。" in words
    assert (check.day, check.kind, check.by, check.paper_id) == (TODAY, "cases", "周红", paper_id)
    assert lines == {ticked: "today", noted: "undated"}


@pytest.mark.rule("R4.5", "R6.8")
def test_the_record_names_no_applicant_and_complaints_are_numbers_in_it(center_on: Center, head: Member) -> None:
    case_id = in_hand(center_on, TODAY)
    complaint(center_on, "direct", at(TODAY), number="TS0001", handling_due_on=TODAY)
    with center_on.database.reading() as session:
        paper = find_paper(center_on, session, sign_check(center_on, head, uuid4(), frozenset({case_id}), {}, ""))
    words = paper.document.model_dump_json()
    assert NAME not in words and NUMBER not in words and "钱桂英" not in words and "TS0001" not in words


@pytest.mark.rule("R4.5", "R7.2")
def test_the_record_carries_where_both_chains_end_and_verifying_takes_it(center_on: Center, head: Member) -> None:
    with center_on.database.writing() as session:
        journal.record(center_on, session, "probe", head)
    with center_on.database.reading() as session:
        paper = find_paper(center_on, session, sign_check(center_on, head, uuid4(), frozenset(), {}, ""))
        first = session.scalars(select(JournalEntry).where(JournalEntry.position == 1)).one()
    assert paper.document.foot == (anchor_words(Chain.JOURNAL, 1, first.code[:12]), "用印台账：还没有记录")
    assert verify(center_on, (Anchor(Chain.JOURNAL, 1, first.code[:12]),)).chains[Chain.JOURNAL].whole
    assert not verify(center_on, (Anchor(Chain.JOURNAL, 1, "0" * 12),)).chains[Chain.JOURNAL].whole


@pytest.mark.rule("R4.5")
def test_each_check_is_signed_once_a_working_day_and_by_its_own_role(center_on: Center, head: Member, leader: Member) -> None:
    with pytest.raises(Refusal) as refused:
        sign_check(center_on, leader, uuid4(), frozenset(), {}, "")
    assert refused.value.code == "not_allowed"
    with pytest.raises(Refusal) as refused:
        sign_progress(center_on, head, uuid4(), "")
    assert refused.value.code == "not_allowed"
    sign_check(center_on, head, uuid4(), frozenset(), {}, "")
    sign_progress(center_on, leader, uuid4(), "看过了")
    for again in (lambda: sign_check(center_on, head, uuid4(), frozenset(), {}, ""), lambda: sign_progress(center_on, leader, uuid4(), "")):
        with pytest.raises(Refusal) as refused:
            again()
        assert refused.value.code == "check_signed"


@pytest.mark.rule("R4.5")
def test_the_same_press_twice_is_one_check(center_on: Center, head: Member) -> None:
    key = uuid4()
    assert sign_check(center_on, head, key, frozenset(), {}, "") == sign_check(center_on, head, key, frozenset(), {}, "")


@pytest.mark.rule("R4.5")
def test_of_two_heads_who_sign_at_once_one_has_signed(center_on: Center, head: Member) -> None:
    other = member(center_on, Role.CENTER_HEAD, name="李静", window="")
    gate, outcomes = threading.Barrier(2), []

    def work(who: Member) -> None:
        gate.wait()
        try:
            sign_check(center_on, who, uuid4(), frozenset(), {}, "")
            outcomes.append("signed")
        except Refusal as refusal:
            outcomes.append(refusal.code)

    workers = [threading.Thread(target=work, args=(who,)) for who in (head, other)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(outcomes) == ["check_signed", "signed"]


@pytest.mark.rule("R4.5")
def test_no_check_on_a_day_of_rest_and_one_on_a_make_up_day(center_on: Center, head: Member, clock: MovableClock) -> None:
    clock.at = at(date(2026, 11, 28), 9)
    with pytest.raises(Refusal) as refused:
        sign_check(center_on, head, uuid4(), frozenset(), {}, "")
    assert refused.value.code == "check_not_today"
    # 10 October 2026 is a Saturday on which the National Day week is made up for
    clock.at = at(date(2026, 10, 10), 9)
    sign_check(center_on, head, uuid4(), frozenset(), {}, "")


@pytest.mark.rule("R4.5")
def test_a_working_day_without_a_check_shows_as_missed(center_on: Center, head: Member, leader: Member, clock: MovableClock) -> None:
    case(center_on, S.REFUSED, filed=at(date(2026, 11, 18)), ended_on=date(2026, 11, 18))
    clock.at = at(date(2026, 11, 19), 9)
    sign_check(center_on, head, uuid4(), frozenset(), {}, "")
    sign_progress(center_on, leader, uuid4(), "")
    clock.at = at(date(2026, 11, 20), 9)
    sign_check(center_on, head, uuid4(), frozenset(), {}, "")
    clock.at = MORNING
    with center_on.database.reading() as session:
        days = {
            each.day.day: (each.cases is not None, each.progress is not None, each.missed)
            for each in month_of_checks(center_on, session, date(2026, 11, 1))
        }
    # 21 and 22 are a weekend; today is not over
    assert days == {18: (False, False, True), 19: (True, True, False), 20: (True, False, True), 23: (False, False, True)}


@pytest.mark.rule("R4.5")
def test_what_was_said_of_a_case_is_there_at_the_next_check(center_on: Center, head: Member, clock: MovableClock) -> None:
    case_id = in_hand(center_on, None)
    sign_check(center_on, head, uuid4(), frozenset(), {case_id: "已请示。"}, "")
    clock.at += timedelta(days=1)
    with center_on.database.reading() as session:
        (line,) = lines_to_check(center_on, session)
    assert (line.said, line.said_on) == ("已请示。", TODAY)


@pytest.mark.rule("R4.5")
def test_the_leader_sees_all_cases_by_number_the_most_urgent_first(center_on: Center) -> None:
    in_hand(center_on, TODAY + timedelta(days=20), case_number="C")
    in_hand(center_on, TODAY - timedelta(days=1), case_number="A")
    in_hand(center_on, None, case_number="B")
    case(center_on, S.FILED, case_number="D")
    case(center_on, S.COLLECTED, case_number="E")
    with center_on.database.reading() as session:
        rows = progress(center_on, session)
    assert [row.number for row in rows] == ["A", "B", "C", "D"]
    assert not hasattr(rows[0], "applicant")


@pytest.mark.rule("R4.5", "R6.2", "R6.6")
def test_complaints_are_counted_by_the_limit_that_runs(center_on: Center) -> None:
    yesterday = TODAY - timedelta(days=1)
    complaint(center_on, "received", at(yesterday), acceptance_due_on=yesterday)
    complaint(center_on, "direct", at(yesterday), acceptance_due_on=yesterday, handling_due_on=TODAY)
    complaint(center_on, "measured", at(yesterday), handling_due_on=TODAY + timedelta(days=1))
    complaint(center_on, "result_written", at(yesterday), handling_due_on=yesterday, written_on=yesterday)
    with center_on.database.reading() as session:
        counts = complaint_counts(center_on, session)
    assert (counts.running, counts.late, counts.today, counts.soon) == (3, 1, 1, 1)


def test_a_signed_check_cannot_be_changed(center_on: Center, head: Member) -> None:
    case_id = in_hand(center_on, TODAY)
    sign_check(center_on, head, uuid4(), frozenset({case_id}), {}, "")
    for table in ("daily_checks", "daily_check_lines"):
        for statement in (f"UPDATE {table} SET township_id = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(DBAPIError, match="append-only"), center_on.database.writing() as session:
                session.execute(text(statement))


@pytest.mark.parametrize(("notes", "remark"), [(True, ""), (False, "长" * 1001)], ids=["note", "remark"])
def test_what_is_too_long_is_named_and_nothing_is_signed(center_on: Center, head: Member, notes: bool, remark: str) -> None:
    case_id = in_hand(center_on, TODAY)
    with pytest.raises(Refusal) as refused:
        sign_check(center_on, head, uuid4(), frozenset({case_id}), {case_id: "长" * 201} if notes else {}, remark)
    assert set(refused.value.fields) == {str(case_id) if notes else "remark"}
    with center_on.database.reading() as session:
        assert signed_on(center_on, session, TODAY, CheckKind.CASES) is None
