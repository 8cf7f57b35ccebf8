"""Duty: A and B of each post, absences, and whose work is whose on which day (R3.3)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from center.center import Center, Refusal
from center.members import Member
from center.people.accounts import close_account, find_account
from center.people.duty import acting_for, duty_on, unattended
from center.people.posts import absences, add_post, change_post, close_post, end_absence, enter_absence
from tests.center.people.team import make_team
from tests.center.place import MORNING, PASSWORD, Browser, MovableClock, listening

TODAY = MORNING.date()


@pytest.fixture
def team(center_on: Center) -> dict[str, Member]:
    return make_team(center_on)


def post(center: Center, team: dict[str, Member], window: str, a: str, b: str | None) -> UUID:
    with center.database.writing() as session:
        return add_post(center, team["chenhead"], session, "综合受理", window, team[a].id, team[b].id if b else None)


def away(center: Center, team: dict[str, Member], who: str, first: date = TODAY, last: date | None = TODAY, note: str = "") -> UUID:
    with center.database.writing() as session:
        return enter_absence(center, team["chenhead"], session, team[who].id, first, last, note)


def receives(center: Center, team: dict[str, Member], who: str, on: date = TODAY) -> set[str]:
    with center.database.reading() as session:
        ids = acting_for(center, session, team[who].id, on)
    return {login for login, member in team.items() if member.id in ids}


@pytest.mark.rule("R3.3")
def test_when_a_is_absent_b_receives_their_work_on_those_days_and_no_others(center_on: Center, team: dict[str, Member]) -> None:
    post(center_on, team, "综合窗口1号", "wangmin", "zhaolei")
    post(center_on, team, "综合窗口2号", "zhaolei", "liuyan")
    assert receives(center_on, team, "zhaolei") == set()
    away(center_on, team, "wangmin", TODAY, TODAY + timedelta(days=2))
    assert receives(center_on, team, "zhaolei") == {"wangmin"}
    assert receives(center_on, team, "liuyan") == set()
    assert receives(center_on, team, "wangmin") == set()
    assert receives(center_on, team, "zhaolei", TODAY + timedelta(days=2)) == {"wangmin"}
    assert receives(center_on, team, "zhaolei", TODAY + timedelta(days=3)) == set()
    assert receives(center_on, team, "zhaolei", TODAY - timedelta(days=1)) == set()


@pytest.mark.rule("R3.3")
def test_who_is_away_receives_nothing_and_who_is_only_a_b_is_stood_in_for_by_a(center_on: Center, team: dict[str, Member]) -> None:
    post(center_on, team, "综合窗口1号", "wangmin", "zhaolei")
    away(center_on, team, "zhaolei")
    assert receives(center_on, team, "wangmin") == {"zhaolei"}
    away(center_on, team, "wangmin")
    assert receives(center_on, team, "wangmin") == set()
    assert receives(center_on, team, "zhaolei") == set()


@pytest.mark.rule("R3.3", "R9")
def test_a_post_where_neither_is_there_is_unattended_on_a_working_day_only(center_on: Center, team: dict[str, Member]) -> None:
    post(center_on, team, "综合窗口1号", "wangmin", "zhaolei")
    post(center_on, team, "综合窗口3号", "liuyan", None)
    saturday = date(2026, 11, 28)
    for who in ("wangmin", "liuyan"):
        away(center_on, team, who, TODAY, None)
    with center_on.database.reading() as session:
        assert [each.window for each in unattended(center_on, session, TODAY)] == ["综合窗口3号"]
        assert unattended(center_on, session, saturday) == ()
        board = {each.window: (each.on_duty.name if each.on_duty else "", each.stands_in) for each in duty_on(center_on, session, TODAY)}
    assert board == {"综合窗口1号": ("赵磊", True), "综合窗口3号": ("", False)}


@pytest.mark.rule("R3.3")
def test_a_closed_account_is_absent_for_good(center_on: Center, team: dict[str, Member]) -> None:
    post(center_on, team, "综合窗口1号", "wangmin", "zhaolei")
    admin = team["sunwei"]
    close_account(center_on, admin, team["wangmin"].id, find_account(center_on, admin, team["wangmin"].id).revision)
    assert receives(center_on, team, "zhaolei") == {"wangmin"}


@pytest.mark.rule("R3.3")
def test_an_absence_ends_when_somebody_is_back_and_one_to_come_is_taken_back(center_on: Center, team: dict[str, Member]) -> None:
    post(center_on, team, "综合窗口1号", "wangmin", "zhaolei")
    away(center_on, team, "wangmin", TODAY - timedelta(days=1), None)
    away(center_on, team, "zhaolei", TODAY + timedelta(days=5), TODAY + timedelta(days=6))
    with center_on.database.reading() as session:
        rows = absences(center_on, session, team["chenhead"])
    assert [(row.name, row.begun) for row in rows] == [("王敏", True), ("赵磊", False)]
    for row in rows:
        end_absence(center_on, team["chenhead"], row.id, row.revision)
    with center_on.database.reading() as session:
        assert absences(center_on, session, team["chenhead"]) == ()
    assert receives(center_on, team, "zhaolei") == set()
    assert receives(center_on, team, "zhaolei", TODAY - timedelta(days=1)) == {"wangmin"}
    with pytest.raises(Refusal, match="刚刚被别人改过"):
        end_absence(center_on, team["chenhead"], rows[0].id, rows[0].revision)
    # and the same days can be entered anew
    away(center_on, team, "zhaolei", TODAY + timedelta(days=5), TODAY + timedelta(days=6))


def test_absences_that_cannot_be_are_refused_and_leave_nothing(center_on: Center, team: dict[str, Member]) -> None:
    day = timedelta(days=1)
    for who, first, last, field in (
        ("wangmin", TODAY, TODAY - day, "to_on"),
        ("wangmin", TODAY + 400 * day, None, "from_on"),
        ("wangmin", TODAY - 60 * day, None, "from_on"),
        ("wangmin", TODAY, TODAY + 400 * day, "to_on"),
    ):
        with pytest.raises(Refusal) as refused:
            away(center_on, team, who, first, last)
        assert field in refused.value.fields
    with pytest.raises(Refusal) as refused, center_on.database.writing() as session:
        enter_absence(center_on, team["chenhead"], session, uuid4(), TODAY, None, "")
    assert "staff_id" in refused.value.fields
    away(center_on, team, "wangmin", TODAY, TODAY + 3 * day)
    with pytest.raises(Refusal, match="已在下面标出"):
        away(center_on, team, "wangmin", TODAY + 3 * day, None)
    with center_on.database.reading() as session:
        assert len(absences(center_on, session, team["chenhead"])) == 1


def test_a_note_is_sealed_and_shown_to_who_manages_duty_only(center_on: Center, team: dict[str, Member]) -> None:
    away(center_on, team, "wangmin", note="住院")
    with center_on.database.reading() as session:
        assert absences(center_on, session, team["chenhead"])[0].note == "住院"
        assert absences(center_on, session, team["zhaolei"])[0].note == ""


def test_only_who_manages_duty_changes_it_and_only_as_it_was_seen(center_on: Center, team: dict[str, Member]) -> None:
    post_id = post(center_on, team, "综合窗口1号", "wangmin", "zhaolei")
    head, a, b = team["chenhead"], team["wangmin"].id, team["zhaolei"].id
    for other in ("wangmin", "sunwei", "district"):
        with pytest.raises(Refusal, match="没有这项权限"):
            change_post(center_on, team[other], post_id, 1, "x", "y", a, b)
    with pytest.raises(Refusal) as refused:
        change_post(center_on, head, post_id, 1, "", "综合窗口1号", a, a)
    assert set(refused.value.fields) == {"name", "b_id"}
    change_post(center_on, head, post_id, 1, "综合受理", "综合窗口1号", b, a)
    for act in (lambda: change_post(center_on, head, post_id, 1, "x", "y", a, b), lambda: close_post(center_on, head, post_id, 1)):
        with pytest.raises(Refusal, match="刚刚被别人改过"):
            act()
    close_post(center_on, head, post_id, 2)
    with center_on.database.reading() as session:
        assert duty_on(center_on, session, TODAY) == ()


# ------------------------------------------------------------------ the page


def test_the_page_shows_everybody_the_board_and_lets_only_the_head_change_it(
    center_on: Center, team: dict[str, Member], clock: MovableClock
) -> None:
    with listening(center_on) as url:
        head = Browser(url)
        head.sign_in("chenhead")
        new = "/console/duty/posts/new"
        sent = head.hidden(new) | {"name": "综合受理", "window": "综合窗口1号", "a_id": str(team["wangmin"].id), "b_id": ""}
        assert "没有设置" in head.post(new, sent).text
        # a double press makes one post
        head.post(new, sent)
        refused = head.post(new, head.hidden(new) | {"name": "<b>", "window": "", "a_id": "x"})
        assert refused.status_code == 422
        assert "请选 A 岗是谁" in refused.text
        assert "&lt;b&gt;" in refused.text
        form = head.hidden("/console/duty")
        missing = head.post("/console/duty/absences", form | {"staff_id": "", "from_on": "never", "to_on": "x"})
        assert missing.status_code == 422
        absent = {"staff_id": str(team["wangmin"].id), "from_on": TODAY.isoformat(), "to_on": "", "note": "外出开会"}
        page = head.post("/console/duty/absences", head.hidden("/console/duty") | absent).text
        assert "今天有 1 个岗位没有人" in page
        assert "外出开会" in page

        clerk = Browser(url)
        clerk.sign_in("zhaolei", PASSWORD)
        seen = clerk.get("/console/duty").text
        assert "没有人" in seen
        assert "外出开会" not in seen
        assert "登记不在岗" not in seen
        csrf = clerk.hidden("/console/duty")["csrf"]
        key = str(uuid4())
        assert clerk.post("/console/duty/absences", {"csrf": csrf, "key": key, **absent}).status_code == 403
        assert clerk.get(new).status_code == 403
    with center_on.database.reading() as session:
        assert len(duty_on(center_on, session, TODAY)) == 1
