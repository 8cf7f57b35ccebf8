"""Accounts over real HTTP and both engines: made, changed, closed; passwords and who may do what."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from center.center import Center, Refusal
from center.domain.accountability import Employment
from center.domain.roles import Role
from center.members import Member
from center.people.accounts import Profile, accounts, change_account, close_account, find_account
from center.people.passwords import weakness
from center.store.tables import JournalEntry, Staff
from tests.center.people.team import make_team, member
from tests.center.place import PASSWORD, Browser, listening

NEW = {
    "login": "tianfang",
    "name": "田芳",
    "roles": ["window_staff", "complaint_officer"],
    "window": "综合窗口4号",
    "post": "综合受理岗",
    "public": "on",
    "employment": "contract",
}


@pytest.fixture
def team(center_on: Center) -> dict[str, Member]:
    return make_team(center_on)


@pytest.fixture
def admin(center_on: Center, team: dict[str, Member]) -> Iterator[Browser]:
    with listening(center_on) as url:
        made = Browser(url)
        assert made.sign_in("sunwei").ok
        yield made


def add(admin: Browser, **changes: object) -> str:
    """Make the account; its initial password."""
    form = admin.hidden("/console/staff/new")
    page = admin.post("/console/staff/new", form | NEW | changes).text
    found = re.search(r'<dd class="big code">([^<]+)</dd>', page)
    assert found is not None, page
    return found[1]


def card(center: Center, login: str) -> str:
    return f"/console/staff/{member(center, login).id}"


def own(url: str, login: str, password: str) -> Browser:
    made = Browser(url)
    made.sign_in(login, password)
    return made


def journal(center: Center) -> list[str]:
    with center.database.reading() as session:
        return list(session.scalars(select(JournalEntry.act).order_by(JournalEntry.position)))


def test_an_account_is_made_with_a_password_shown_once_that_has_to_be_changed_first(center_on: Center, admin: Browser) -> None:
    initial = add(admin)
    assert initial not in admin.get("/console/staff").text
    assert initial not in admin.get(card(center_on, "tianfang")).text
    with center_on.database.reading() as session:
        row = session.scalars(select(Staff).where(Staff.login == "tianfang")).one()
    assert (row.roles, row.employment, row.public, row.must_change) == ({Role.WINDOW_STAFF, Role.COMPLAINT_OFFICER}, "contract", True, True)

    # given the initial password, nothing is open but giving oneself another
    clerk = own(admin.url, "tianfang", initial)
    for path in ("/console/", "/console/intake", "/console/duty"):
        assert "先设一个自己的密码" in clerk.get(path).text, path
    form = clerk.hidden("/console/account/password")
    own_one = "蓝色拖拉机在河边唱歌呢吧"
    assert "至少" not in clerk.post("/console/account/password", form | {"old": initial, "password": own_one, "again": own_one}).text
    assert "待受理" in clerk.get("/console/intake").text
    assert own(admin.url, "tianfang", initial).get("/console/intake").url.endswith("sign-in")
    assert "待受理" in own(admin.url, "tianfang", own_one).get("/console/intake").text
    assert journal(center_on)[-2:] == ["staff.added", "account.password_changed"]


def test_a_double_press_makes_one_account(center_on: Center, admin: Browser) -> None:
    form = admin.hidden("/console/staff/new") | NEW
    admin.post("/console/staff/new", form)
    assert "账户只建立了一个" in admin.post("/console/staff/new", form).text
    with center_on.database.reading() as session:
        assert len(session.scalars(select(Staff).where(Staff.login == "tianfang")).all()) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"login": "wangmin"}, "已经有人用了"),
        ({"login": "田芳"}, "用户名用 2 到 40 个"),
        ({"name": ""}, "请填姓名"),
        ({"roles": []}, "至少选一个"),
        ({"roles": ["administrator", "window_staff"]}, "不能与其他职责同时选"),
        ({"roles": ["liaison"]}, "联络员要填所在单位"),
        ({"roles": ["nonsense"]}, "至少选一个"),
        ({"window": "长" * 41}, "最多 40 个字"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_what_was_entered_kept(
    admin: Browser, center_on: Center, changes: dict[str, object], said: str
) -> None:
    answer = admin.post("/console/staff/new", admin.hidden("/console/staff/new") | NEW | changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="综合受理岗"' in answer.text
    with center_on.database.reading() as session:
        assert session.scalar(select(Staff.id).where(Staff.name == "田芳")) is None


def test_a_change_is_taken_as_it_was_seen_and_no_other(center_on: Center, team: dict[str, Member]) -> None:
    admin, clerk = team["sunwei"], team["wangmin"]
    seen = find_account(center_on, admin, clerk.id)
    changed = Profile("王敏", frozenset({Role.WINDOW_LEAD}), "综合窗口1号", post="受理岗", public=True, employment=Employment.CONTRACT)
    change_account(center_on, admin, clerk.id, seen.revision, changed)
    assert find_account(center_on, admin, clerk.id).profile == changed
    for act in (
        lambda: change_account(center_on, admin, clerk.id, seen.revision, seen.profile),
        lambda: close_account(center_on, admin, clerk.id, seen.revision),
    ):
        with pytest.raises(Refusal, match="刚刚被别人改过"):
            act()
    # who has the role now acts by it at once
    assert member(center_on, "wangmin").roles == {Role.WINDOW_LEAD}


def test_nobody_changes_their_own_roles_closes_or_resets_themselves(center_on: Center, admin: Browser) -> None:
    path = card(center_on, "sunwei")
    form = admin.hidden(path)
    sent = form | {"name": "孙伟", "roles": ["district_observer"], "employment": "regular"}
    assert "自己的职责不能自己改" in admin.post(path, sent).text
    for act in ("close", "password", "factor"):
        assert admin.post(f"{path}/{act}", form).status_code == 422, act
    assert member(center_on, "sunwei").roles == {Role.ADMINISTRATOR}


def test_a_closed_account_is_out_at_once_and_comes_back_with_a_new_password(center_on: Center, admin: Browser) -> None:
    clerk = own(admin.url, "wangmin", PASSWORD)
    path = card(center_on, "wangmin")
    assert "待受理" in clerk.get("/console/intake").text
    admin.post(f"{path}/close", admin.hidden(path))
    assert "登录工作台" in clerk.get("/console/intake").text
    assert clerk.sign_in().status_code == 401
    page = admin.post(f"{path}/reopen", admin.hidden(path)).text
    assert clerk.sign_in().status_code == 401
    initial = re.search(r'<dd class="big code">([^<]+)</dd>', page)
    assert initial is not None
    assert "先设一个自己的密码" in own(admin.url, "wangmin", initial[1]).get("/console/intake").text


def test_a_reset_ends_sessions_and_takes_the_lock_away(center_on: Center, admin: Browser) -> None:
    clerk = own(admin.url, "wangmin", PASSWORD)
    for _ in range(5):
        Browser(admin.url).sign_in(password="no")
    path = card(center_on, "wangmin")
    assert "锁定到" in admin.get("/console/staff").text
    page = admin.post(f"{path}/password", admin.hidden(path)).text
    assert "登录工作台" in clerk.get("/console/intake").text
    initial = re.search(r'<dd class="big code">([^<]+)</dd>', page)
    assert initial is not None
    assert clerk.sign_in().status_code == 401
    assert clerk.sign_in("wangmin", initial[1]).ok


def test_a_lock_is_taken_away_by_the_administrator(center_on: Center, admin: Browser) -> None:
    for _ in range(5):
        Browser(admin.url).sign_in(password="no")
    assert Browser(admin.url).sign_in().status_code == 429
    path = card(center_on, "wangmin")
    admin.post(f"{path}/unlock", admin.hidden(path))
    assert Browser(admin.url).sign_in().ok


def test_what_is_locked_tells_nothing_about_whether_the_login_exists(admin: Browser) -> None:
    def codes(login: str) -> list[int]:
        return [Browser(admin.url).sign_in(login, f"no {attempt}").status_code for attempt in range(7)]

    assert codes("wangmin") == codes("nobody") == codes("王敏") == [401, 401, 401, 401, 429, 429, 429]


def test_only_who_manages_staff_sees_and_changes_accounts(center_on: Center, admin: Browser, team: dict[str, Member]) -> None:
    path = card(center_on, "zhaolei")
    for login in ("wangmin", "chenhead", "district"):
        other = own(admin.url, login, PASSWORD)
        csrf = other.hidden("/console/duty")["csrf"]
        for page in ("/console/staff", "/console/staff/new", path):
            assert other.get(page).status_code == 403, (login, page)
        for act in ("", "/close", "/password", "/unlock", "/factor", "/reopen"):
            assert other.post(path + act, {"csrf": csrf, "revision": "1"}).status_code == 403, (login, act)
        assert "/console/staff" not in other.get("/console/duty").text
        with pytest.raises(Refusal):
            accounts(center_on, team[login])


def test_one_s_own_password_needs_the_old_one_and_ends_other_sessions(center_on: Center, admin: Browser) -> None:
    here, there = own(admin.url, "wangmin", PASSWORD), own(admin.url, "wangmin", PASSWORD)
    path, new = "/console/account/password", "seven quiet herons"
    for old, password, again, said in (
        ("no", new, new, "现在的密码不对"),
        (PASSWORD, new, "other", "两次输入的新密码不一样"),
        (PASSWORD, "short", "short", "12 到 200 个字符"),
        (PASSWORD, "wangmin has a cat", "wangmin has a cat", "不要有自己的用户名"),
        (PASSWORD, "Password123456", "Password123456", "太容易猜到"),
        (PASSWORD, PASSWORD, PASSWORD, "和现在的一样"),
    ):
        answer = here.post(path, here.hidden(path) | {"old": old, "password": password, "again": again})
        assert answer.status_code == 422
        assert said in answer.text
    here.post(path, here.hidden(path) | {"old": PASSWORD, "password": new, "again": new})
    assert "待受理" in here.get("/console/intake").text
    assert "登录工作台" in there.get("/console/intake").text
    assert Browser(admin.url).sign_in(password=new).ok
    assert json.dumps(journal(center_on)).count("account.password_changed") == 1


def test_one_sees_one_s_own_sessions_and_ends_them(admin: Browser) -> None:
    here, there, third = (own(admin.url, "wangmin", PASSWORD) for _ in range(3))
    page = here.get("/console/account").text
    ends = re.findall(r"/console/account/sessions/([0-9a-f-]{36})/end", page)
    assert len(ends) == 2
    # nobody ends another person's
    admin.post(f"/console/account/sessions/{ends[0]}/end", admin.hidden("/console/account"))
    assert len(re.findall(r"/sessions/([0-9a-f-]{36})/end", here.get("/console/account").text)) == 2
    here.post(f"/console/account/sessions/{ends[0]}/end", here.hidden("/console/account"))
    assert sum("登录工作台" in each.get("/console/intake").text for each in (there, third)) == 1
    here.post("/console/account/sessions/end", here.hidden("/console/account"))
    assert all("登录工作台" in each.get("/console/intake").text for each in (there, third))
    assert "待受理" in here.get("/console/intake").text


def test_passwords_are_judged_by_length_and_by_what_is_guessed_and_by_nothing_else() -> None:
    for weak in (
        "short",
        "123456789012",
        "aaaaaaaaaaaaa",
        "Password123456",
        "qwertyuiop12345",
        "admin-admin-2026",
        "------------",
        "woaini1314520",
        "王敏今天来上班了对不对",
    ):
        assert weakness(weak, "wangmin", "王敏"), weak
    for good in (PASSWORD, "seven quiet herons", "三只蓝色的拖拉机在河边唱", "kqxzvbwmtplg", "k7#Qz!vB2w9M"):
        assert not weakness(good, "wangmin", "王敏"), good
