"""Reports in writing (R4.5, R6.9): what one must say, who writes and who reads, and that it stays as it was."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from center.center import Center, Refusal
from center.domain.application import ApplicationState
from center.domain.roles import Role
from center.members import Member
from center.oversight.reports import (
    ReportKind,
    find_report,
    inbox,
    mark_read,
    overdue_case,
    overdue_cases,
    write_overdue_report,
    write_statistics_report,
)
from center.records.papers import find_paper
from center.store.tables import JournalEntry, Report
from tests.center.oversight.records import at, case, complaint
from tests.center.place import MORNING, NAME, NUMBER
from tests.center.staffing import member

S = ApplicationState
TODAY = MORNING.date()
PARTS = {"happened": "材料在所里停留两天。", "cause": "经办人出差。", "done": "已由 B 岗办结。"}


@pytest.fixture
def head(center_on: Center) -> Member:
    return member(center_on, Role.CENTER_HEAD, name="周红", window="")


@pytest.fixture
def township(center_on: Center) -> Member:
    return member(center_on, Role.TOWNSHIP_LEADER, name="马强", window="")


@pytest.fixture
def overdue(center_on: Center) -> UUID:
    return case(
        center_on, S.ACCEPTED, at(TODAY - timedelta(days=20)), accepted_on=TODAY - timedelta(days=20), due_on=TODAY - timedelta(days=3)
    )


@pytest.mark.rule("R4.5")
@pytest.mark.parametrize("missing", list(PARTS))
def test_a_report_with_a_part_missing_is_none(center_on: Center, head: Member, overdue: UUID, missing: str) -> None:
    with pytest.raises(Refusal) as refused:
        write_overdue_report(center_on, head, uuid4(), overdue, PARTS | {missing: "  "})
    assert set(refused.value.fields) == {missing}
    assert inbox(center_on, head, 1).rows == ()


@pytest.mark.rule("R4.5")
def test_the_report_says_what_happened_why_and_what_was_done_and_reaches_the_township(
    center_on: Center, head: Member, township: Member, overdue: UUID
) -> None:
    key = uuid4()
    paper_id = write_overdue_report(center_on, head, key, overdue, PARTS)
    assert write_overdue_report(center_on, head, key, overdue, PARTS) == paper_id
    with center_on.database.reading() as session:
        words = find_paper(center_on, session, paper_id).document.model_dump_json()
    assert all(part in words for part in PARTS.values())
    assert NAME not in words and NUMBER not in words
    box = inbox(center_on, township, 1)
    (row,) = box.rows
    assert (box.unread, row.unread, row.kind, row.by, row.parts) == (1, True, ReportKind.OVERDUE, "周红", PARTS)
    mark_read(center_on, township, row.id, "请中心查明原因。")
    again = find_report(center_on, head, row.id)
    assert [(reading.by, reading.remark) for reading in again.readings] == [("马强", "请中心查明原因。")]
    assert inbox(center_on, township, 1).unread == 0
    with pytest.raises(Refusal) as refused:
        mark_read(center_on, township, row.id, "再说一句")
    assert refused.value.code == "report_read"


@pytest.mark.rule("R4.5")
def test_every_leader_of_the_township_signs_for_themselves(center_on: Center, head: Member, township: Member, overdue: UUID) -> None:
    write_overdue_report(center_on, head, uuid4(), overdue, PARTS)
    other = member(center_on, Role.TOWNSHIP_LEADER, name="陈书记", window="")
    (row,) = inbox(center_on, other, 1).rows
    mark_read(center_on, township, row.id, "")
    assert inbox(center_on, other, 1).unread == 1


@pytest.mark.rule("R4.5")
def test_overdue_cases_wait_for_a_report_also_when_they_were_completed_late(center_on: Center, head: Member, overdue: UUID) -> None:
    late = case(
        center_on, S.NOTIFIED, at(TODAY - timedelta(days=20)), due_on=TODAY - timedelta(days=5), completed_on=TODAY - timedelta(days=4)
    )
    case(center_on, S.ACCEPTED, due_on=TODAY)
    case(center_on, S.NOTIFIED, due_on=TODAY, completed_on=TODAY)
    assert {each.id: each.days for each in overdue_cases(center_on, head)} == {overdue: 3, late: 1}
    write_overdue_report(center_on, head, uuid4(), late, PARTS)
    write_overdue_report(center_on, head, uuid4(), overdue, PARTS)
    # what is still in hand may want another; what is done and reported is done
    assert {each.id: each.reports for each in overdue_cases(center_on, head)} == {overdue: 1}
    with pytest.raises(Refusal, match="已经写过"):
        overdue_case(center_on, head, late)


def test_a_case_that_is_not_overdue_gets_no_report(center_on: Center, head: Member) -> None:
    for due in (TODAY, None):
        with pytest.raises(Refusal) as refused:
            write_overdue_report(center_on, head, uuid4(), case(center_on, S.ACCEPTED, due_on=due), PARTS)
        assert refused.value.code == "case_unknown"


@pytest.mark.rule("R4.5", "R6.9")
def test_who_writes_does_not_sign_and_who_reads_does_not_write(center_on: Center, head: Member, township: Member, overdue: UUID) -> None:
    write_overdue_report(center_on, head, uuid4(), overdue, PARTS)
    (row,) = inbox(center_on, head, 1).rows
    assert not row.unread
    for act in (
        lambda: mark_read(center_on, head, row.id, ""),
        lambda: write_overdue_report(center_on, township, uuid4(), overdue, PARTS),
        lambda: write_statistics_report(center_on, township, uuid4(), TODAY.replace(day=1), "无"),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "not_allowed"
    for role in set(Role) - {Role.CENTER_HEAD, Role.TOWNSHIP_LEADER}:
        with pytest.raises(Refusal) as refused:
            inbox(center_on, member(center_on, role), 1)
        assert refused.value.code == "not_allowed"


@pytest.mark.rule("R6.9")
def test_the_months_statistics_go_to_the_township_with_the_problems_seen(center_on: Center, head: Member, township: Member) -> None:
    complaint(center_on, "archived", at(date(2026, 11, 3)), matter="manners", finding="true", written_on=date(2026, 11, 5))
    complaint(center_on, "received", at(date(2026, 10, 31)), matter="late")
    first = date(2026, 11, 1)
    with pytest.raises(Refusal) as refused:
        write_statistics_report(center_on, head, uuid4(), first, " ")
    assert set(refused.value.fields) == {"problems"}
    paper_id = write_statistics_report(center_on, head, uuid4(), first, "窗口态度问题较多。")
    with center_on.database.reading() as session:
        document = find_paper(center_on, session, paper_id).document
    assert document.subtitle == "2026年11月"
    words = document.model_dump_json()
    assert "窗口态度问题较多。" in words and "事由：服务态度" in words and "超过承诺时限" not in words
    assert "钱桂英" not in words
    (row,) = inbox(center_on, township, 1).rows
    assert (row.kind, row.period, row.unread) == (ReportKind.STATISTICS, "2026-11", True)


def test_a_report_is_sealed_and_cannot_be_changed_and_the_journal_holds_none_of_its_words(
    center_on: Center, head: Member, overdue: UUID
) -> None:
    write_overdue_report(center_on, head, uuid4(), overdue, PARTS)
    with center_on.database.reading() as session:
        assert "经办人".encode() not in session.scalars(select(Report.content)).one()
        assert all("经办人" not in detail for detail in session.scalars(select(JournalEntry.detail)))
    for statement in ("UPDATE reports SET by = 'x'", "DELETE FROM reports"):
        with pytest.raises(DBAPIError, match="append-only"), center_on.database.writing() as session:
            session.execute(text(statement.replace(" by ", ' "by" ')))
