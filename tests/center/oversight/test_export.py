"""Tables that leave the center: masked, safe in a spreadsheet, journalled, and never with a complaint's identity."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from center.center import Center, Refusal
from center.domain.application import ApplicationState
from center.domain.roles import Right, Role, may
from center.oversight.export import export_cases, export_month, safe
from center.store.tables import JournalEntry
from tests.center.oversight.records import at, case, complaint
from tests.center.place import MORNING, NAME, NUMBER
from tests.center.staffing import member

S = ApplicationState
TODAY = MORNING.date()


def rows_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "  =1", "\u3000=1"]
)
def test_no_cell_is_a_formula(evil: str) -> None:
    assert safe(evil).startswith("'")


@pytest.mark.parametrize("plain", ["王敏", "2026-11-24", "3", "5 个工作日", "a=b"])
def test_an_ordinary_cell_stays_as_it_is(plain: str) -> None:
    assert safe(plain) == plain


def test_cases_leave_with_masked_identity_within_the_days_asked_for(center_on: Center) -> None:
    head = member(center_on, Role.CENTER_HEAD, window="")
    case(center_on, S.ACCEPTED, at(TODAY), case_number="202611240001", window='=HYPERLINK("x")', due_on=None, due_note="待定：……")
    case(center_on, S.FILED, at(TODAY - timedelta(days=1), 23, 59), case_number="202611230001")
    case(center_on, S.FILED, at(TODAY - timedelta(days=2)), case_number="202611220001")
    content = export_cases(center_on, head, TODAY - timedelta(days=1), TODAY)
    header, *rows = rows_of(content)
    assert [row[0] for row in rows] == ["2026 1123 0001", "2026 1124 0001"]
    found = dict(zip(header, rows[1], strict=True))
    assert (found["申请人"], found["窗口"], found["应办结日期"]) == ("张*兰", '\'=HYPERLINK("x")', "待定")
    assert NAME not in content.decode() and NUMBER not in content.decode()
    with center_on.database.reading() as session:
        entry = session.scalars(select(JournalEntry)).one()
    assert (entry.act, entry.staff_id) == ("export.cases", head.id)
    assert '"rows": 2' in entry.detail


@pytest.mark.parametrize(("first", "last"), [(TODAY, TODAY - timedelta(days=1)), (TODAY - timedelta(days=367), TODAY)])
def test_a_range_that_is_none_or_too_long_is_refused(center_on: Center, first: date, last: date) -> None:
    with pytest.raises(Refusal) as refused:
        export_cases(center_on, member(center_on, Role.CENTER_HEAD), first, last)
    assert refused.value.code == "export_range"


@pytest.mark.rule("R6.8", "R6.9")
def test_the_month_leaves_as_counts_alone(center_on: Center) -> None:
    observer = member(center_on, Role.DISTRICT_OBSERVER, window="")
    complaint(center_on, "archived", at(TODAY), number="TS0009", finding="true", written_on=TODAY)
    case(center_on, S.FILED, at(TODAY), case_number="202611240001")
    content = export_month(center_on, observer, TODAY.replace(day=1))
    words = content.decode("utf-8-sig")
    assert ["效能投诉", "收到投诉", "1"] in rows_of(content)
    assert all(hidden not in words for hidden in ("钱桂英", "TS0009", "202611240001", NAME))
    with center_on.database.reading() as session:
        assert session.scalars(select(JournalEntry.act)).all() == ["export.statistics"]


@pytest.mark.rule("R6.8")
@pytest.mark.parametrize("role", list(Role))
def test_who_may_not_export_gets_nothing_and_leaves_no_trace_of_an_export(center_on: Center, role: Role) -> None:
    who = member(center_on, role)
    for right, act in (
        (Right.EXPORT_CASES, lambda: export_cases(center_on, who, TODAY, TODAY)),
        (Right.SEE_STATISTICS, lambda: export_month(center_on, who, TODAY.replace(day=1))),
    ):
        if may([role], right):
            assert act()
            continue
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "not_allowed"
    if not may([role], Right.SEE_STATISTICS):
        with center_on.database.reading() as session:
            assert session.scalars(select(JournalEntry)).all() == []
