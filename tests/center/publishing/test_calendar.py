"""Importing a year: looked at first, used at once by every worker, and every open due day is named with an event (R4.2)."""

from __future__ import annotations

import html
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from center import live_calendar
from center.casework.events import detail_of, events_of
from center.casework.handling import accept, open_case
from center.center import Center, Refusal
from center.domain.calendar import LimitUnit, Unknown
from center.live_calendar import LiveCalendar
from center.members import Member
from center.publishing.calendar_years import import_year, known_years, preview, use_imported
from center.publishing.settling import settle_pending
from center.store.tables import Case, JournalEntry
from kiosk.wire.filing import MaterialFiled
from tests.center.people.team import make_team
from tests.center.place import MORNING, NAME, Browser, MovableClock, Terminal, listening

#: Invented: the real arrangement of 2027 is not known.
HOLIDAYS = [
    date(2027, 1, 1),
    *(date(2027, 2, 5) + timedelta(days=each) for each in range(7)),
    *(date(2027, 10, each) for each in range(1, 8)),
]
WORKDAYS = [date(2027, 1, 3), date(2027, 2, 13)]
YEAR_2027 = f"""year = 2027
source = "测试用，不是真的通知"
holidays = [{", ".join(map(str, HOLIDAYS))}]
workdays = [{", ".join(map(str, WORKDAYS))}]
"""


@pytest.fixture
def team(center_on: Center) -> dict[str, Member]:
    return make_team(center_on)


def take_in(center: Center, who: Member, text: str = YEAR_2027) -> None:
    with center.database.writing() as session:
        import_year(center, who, session, text)
    use_imported(center)


def independently(start: date, days: int) -> date:
    """Counted another way: every day of two years listed, the working ones kept."""
    listed = [start + timedelta(days=each) for each in range(1, 200)]
    new_year = {date(2026, 12, 31): True}
    working = [day for day in listed if new_year.get(day, (day.weekday() < 5 and day not in HOLIDAYS) or day in WORKDAYS)]
    return working[days - 1]


@pytest.mark.rule("R4.2")
def test_an_imported_year_is_known_at_once_and_to_other_workers_too(
    center_on: Center, team: dict[str, Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    # given another worker on the same records that has looked already
    monkeypatch.setattr(live_calendar, "_TRUSTED", 0.0)
    other = LiveCalendar((), center_on.database, center_on.township_id)
    foreign = LiveCalendar((), center_on.database, "another-township")
    new_year = date(2027, 1, 1)
    for calendar in (center_on.calendar, other):
        assert calendar.is_working(new_year) == Unknown(2027)
    take_in(center_on, team["sunwei"])
    for calendar in (center_on.calendar, other):
        assert calendar.is_working(new_year) is False
        assert calendar.is_working(date(2027, 1, 3)) is True
        assert calendar.add(date(2026, 12, 30), 3, LimitUnit.WORKING_DAYS) == date(2027, 1, 4)
    assert foreign.is_working(new_year) == Unknown(2027)


@pytest.mark.rule("R4.2")
def test_a_year_imported_again_counts_as_it_was_imported_last(center_on: Center, team: dict[str, Member]) -> None:
    take_in(center_on, team["sunwei"])
    take_in(center_on, team["chenhead"], YEAR_2027.replace("2027-01-03, ", ""))
    assert center_on.calendar.is_working(date(2027, 1, 3)) is False
    with center_on.database.reading() as session:
        known = {each.year: each for each in known_years(center_on, session)}
    assert (known[2027].origin, known[2027].imported_by, known[2027].workdays) == ("imported", "陈志强", 1)
    assert known[2026].origin == "library"
    assert 2028 not in known


@pytest.mark.rule("R4.2")
def test_every_open_due_day_is_named_with_an_event_and_a_line_in_the_journal(terminal_on: Terminal, center_on: Center) -> None:
    team = make_team(center_on)
    papers = (MaterialFiled(code="id_card"),)
    filed = [terminal_on.file(terminal_on.filing(item_code="ZJD", values={"name": NAME}, materials=papers)) for _ in range(2)]
    filed.append(terminal_on.file(terminal_on.filing()))
    assert all(answer.status_code == 201 for answer in filed)
    with center_on.database.reading() as session:
        ids = {row.case_number: row.id for row in session.scalars(select(Case))}
    for case_id in ids.values():
        open_case(center_on, team["wangmin"], case_id)
        with center_on.database.reading() as session:
            revision = session.get_one(Case, case_id).revision
        accept(center_on, team["wangmin"], case_id, revision, set())
    first, second, plain = (ids[answer.json()["case_number"]] for answer in filed)
    before = _case(center_on, first)
    assert before.due_on is None
    assert "2027" in before.due_note
    told_at_once = _case(center_on, plain).due_on

    assert settle_pending(center_on) == 0
    take_in(center_on, team["sunwei"])
    assert settle_pending(center_on) == 2
    expected = independently(MORNING.date(), 30)
    assert expected.year == 2027
    for case_id in (first, second):
        after = _case(center_on, case_id)
        assert (after.due_on, after.due_note) == (expected, "")
        with center_on.database.reading() as session:
            last = events_of(session, case_id)[-1]
            acts = list(session.scalars(select(JournalEntry.act).where(JournalEntry.subject_id == case_id).order_by(JournalEntry.position)))
            assert f"应办结日2027年{expected.month}月{expected.day}日" in detail_of(center_on, last)["note"]
        assert (last.kind, last.by, acts[-1]) == ("due_settled", "系统", "case.due_settled")
    # what was named before stays as it was told, and a second round finds nothing
    assert _case(center_on, plain).due_on == told_at_once
    assert settle_pending(center_on) == 0


def _case(center: Center, case_id: UUID) -> Case:
    with center.database.reading() as session:
        return session.get_one(Case, case_id)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense = [", "读不出来"),
        ("year = 2027\nextra = 1", "不认识的项目"),
        ("source = 'x'", "没有写年份"),
        ("year = 2027", "没有写来源"),
        ("year = 2027\nsource = 'x'\nholidays = ['2027-01-01']\nworkdays = []", "放假日 holidays"),
        ("year = 2027\nsource = 'x'\nholidays = [2026-01-01]\nworkdays = []", "放假日 holidays"),
        ("year = 2027\nsource = 'x'\nholidays = [2027-01-01]", "补班日 workdays"),
        ("year = 2027\nsource = 'x'\nholidays = []\nworkdays = []", "没有一个放假日"),
        ("year = 2027\nsource = 'x'\nholidays = [2027-01-01]\nworkdays = [2027-01-01]", "又写在补班日"),
        (YEAR_2027.replace("2027", "2031"), "2031 年的"),
        ("#" * 20_001, "文件太大"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(center: Center, text: str, said: str) -> None:
    make_team(center)
    with center.database.reading() as session, pytest.raises(Refusal, match=said):
        preview(center, session, text)


def test_what_is_unusual_is_said_before_it_is_taken_in(center: Center) -> None:
    odd = "year = 2027\nsource = 'x'\nholidays = [2027-05-01]\nworkdays = [2027-01-04]"
    with center.database.reading() as session:
        found = preview(center, session, odd)
        plain = preview(center, session, YEAR_2027)
    assert len(found.oddities) == 3
    assert "1月4日" in found.oddities[0]
    assert plain.oddities == ()
    assert plain.rests[0] == (date(2027, 1, 1), date(2027, 1, 1))
    assert plain.rests[1] == (date(2027, 2, 5), date(2027, 2, 11))


def test_a_change_of_a_known_year_says_how_many_days_differ(center: Center) -> None:
    with center.database.reading() as session:
        found = preview(center, session, "year = 2026\nsource = 'x'\nholidays = [2026-01-01]\nworkdays = []")
    assert found.replaces is not None
    assert found.changed_days > 20


@pytest.mark.rule("R4.2")
def test_the_page_shows_imports_and_refuses_and_is_for_who_imports(center_on: Center, team: dict[str, Member], clock: MovableClock) -> None:
    with listening(center_on) as url:
        admin = Browser(url)
        admin.sign_in("sunwei")
        page = admin.get("/console/calendar").text
        assert "2027 年的节假日安排还没有" in page
        csrf = {"csrf": admin.hidden("/console/calendar")["csrf"]}

        def choose(content: bytes) -> str:
            sent = {"file": ("2027.toml", content, "application/toml")}
            return admin.session.post(f"{url}/console/calendar/preview", data=csrf, files=sent, timeout=20).text

        assert "读不出来" in choose(b"\x00[")
        assert "UTF-8" in choose(b"\xff\xfe")
        shown = choose(b"\xef\xbb\xbf" + YEAR_2027.encode())
        assert "15 天" in shown
        assert "2月5日 周五 到 2月11日 周四" in shown
        with center_on.database.reading() as session:
            assert 2027 not in {each.year for each in known_years(center_on, session)}
        form = csrf | {"key": str(uuid4()), "text": YEAR_2027}
        assert html.escape(YEAR_2027.splitlines()[0]) in shown
        done = admin.post("/console/calendar", form).text
        admin.post("/console/calendar", form)
        assert "工作台导入" in done
        assert "孙伟" in done
        assert "2027 年的节假日安排还没有" not in done
        with center_on.database.reading() as session:
            assert list(session.scalars(select(JournalEntry.act))).count("calendar.imported") == 1
        clerk = Browser(url)
        clerk.sign_in("wangmin")
        own = {"csrf": clerk.hidden("/console/duty")["csrf"], "key": str(uuid4()), "text": YEAR_2027}
        assert clerk.get("/console/calendar").status_code == 403
        assert clerk.post("/console/calendar", own).status_code == 403
        assert clerk.post("/console/calendar/preview", own).status_code == 403
