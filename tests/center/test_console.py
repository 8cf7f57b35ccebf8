"""The console over real HTTP: signing in, the queue, a case opened, accepted and returned; and what wrong input does: nothing."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
import requests
from sqlalchemy import select, update

from center.center import Center
from center.clock import security_now
from center.people.accounts import add_staff
from center.store.tables import Case, CaseEvent, SignInLock, Staff, StaffSession
from tests.center import papers
from tests.center.place import MORNING, NAME, NUMBER, PASSWORD, Browser, MovableClock, Terminal, add_wang_min, case_ids


@pytest.fixture
def case(terminal: Terminal, browser: Browser) -> str:
    """A whole filing, opened by 王敏."""
    assert terminal.file(terminal.filing()).status_code == 201
    (case_id,) = case_ids(browser)
    browser.open(case_id)
    return case_id


@pytest.fixture
def lacking(terminal: Terminal, browser: Browser) -> str:
    """A filing without the household register, opened by 王敏."""
    assert terminal.file(terminal.filing(missing=True)).status_code == 201
    (case_id,) = case_ids(browser)
    browser.open(case_id)
    return case_id


def row(center: Center) -> Case:
    with center.database.reading() as session:
        return session.scalars(select(Case)).one()


def kinds(center: Center) -> list[str]:
    with center.database.reading() as session:
        return list(session.scalars(select(CaseEvent.kind).order_by(CaseEvent.position)))


# ------------------------------------------------------------------ signing in and out


def test_who_is_not_signed_in_sees_the_sign_in_page_and_nothing_else(url: str) -> None:
    stranger = Browser(url)
    for path in ("/", "/console/", "/console/intake", f"/console/cases/{uuid4()}", f"/console/cases/{uuid4()}/signature"):
        answer = stranger.get(path)
        assert answer.url.split("?")[0] == f"{url}/console/sign-in", path
        assert "登录工作台" in answer.text


def test_the_session_cookie_is_not_for_scripts_and_not_for_other_sites(url: str, center: Center) -> None:
    add_wang_min(center)
    browser = Browser(url)
    answer = browser.post("/console/sign-in", {"login": "wangmin", "password": PASSWORD}, follow=False)
    cookie = answer.headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/console"))
    with center.database.reading() as session:
        (kept,) = session.scalars(select(StaffSession.token_hash))
    assert kept not in cookie


def test_a_wrong_password_and_an_unknown_login_are_told_the_same(url: str, center: Center) -> None:
    add_wang_min(center)
    wrong, unknown = Browser(url).sign_in(password="no"), Browser(url).sign_in("nobody", "no")
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    for answer in (wrong, unknown):
        assert "用户名或密码不对，请再核对一次。" in answer.text


def test_a_crowd_at_the_sign_in_does_not_keep_terminals_waiting(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # given more people at the door than the server has threads, and a password check that does not end
    checking, end = threading.Semaphore(0), threading.Event()

    class Slow:
        def verify(self, *_: object) -> bool:
            checking.release()
            return not end.wait(20)

    monkeypatch.setattr("center.people.passwords._HASHER", Slow())
    with ThreadPoolExecutor(60) as crowd:
        waiting = [crowd.submit(Browser(url).sign_in, f"nobody{each}", "no") for each in range(60)]
        try:
            assert checking.acquire(timeout=10)
            threading.Event().wait(0.5)
            # when a terminal asks; then it is answered before it would think the center away
            assert requests.get(f"{url}/healthz", timeout=2).status_code == 200
        finally:
            end.set()
        # and everybody is answered in the end
        assert {answer.result().status_code for answer in waiting} == {401}


@pytest.mark.parametrize("login", ["x" * 5000, "' OR 1=1 --", "王敏"])
def test_a_login_that_cannot_be_one_is_told_the_same(url: str, login: str) -> None:
    assert Browser(url).sign_in(login, "not this one").status_code == 401


@pytest.mark.parametrize(("login", "password"), [("\0", "not this one"), ("wangmin", "\0")])
def test_a_control_character_at_sign_in_is_refused_before_anything_is_looked_up(url: str, login: str, password: str) -> None:
    assert Browser(url).sign_in(login, password).status_code == 422


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one_and_time_opens_it(url: str, center: Center) -> None:
    add_wang_min(center)
    codes = [Browser(url).sign_in(password=f"no {attempt}").status_code for attempt in range(5)]
    assert codes == [401, 401, 401, 401, 429]
    assert "锁定 15 分钟" in Browser(url).sign_in().text
    with center.database.writing() as session:
        session.execute(update(SignInLock).values(locked_until=security_now() - timedelta(seconds=1)))
    assert "待受理" in Browser(url).sign_in().text


def test_signing_out_ends_the_session_on_the_server(browser: Browser) -> None:
    kept = dict(browser.session.cookies)
    assert "登录工作台" in browser.post("/console/sign-out", {"csrf": browser.csrf()}).text
    thief = Browser(browser.url)
    thief.session.cookies.update(kept)
    assert "登录工作台" in thief.get("/console/intake").text


def test_a_session_ends_when_nobody_acts_and_a_page_that_refreshes_itself_is_nobody(browser: Browser, center: Center) -> None:
    def age(**before: float) -> None:
        with center.database.writing() as session:
            session.execute(update(StaffSession).values(last_seen_at=security_now() - timedelta(**before)))

    age(minutes=29)
    polled = browser.session.get(f"{browser.url}/console/intake", headers={"HX-Request": "true"}, timeout=10)
    assert polled.status_code == 200
    age(minutes=31)
    polled = browser.session.get(f"{browser.url}/console/intake", headers={"HX-Request": "true"}, timeout=10)
    assert polled.headers["HX-Redirect"].startswith("/console/sign-in")
    assert "请重新登录" in browser.get("/console/intake").text


def test_a_closed_account_is_out_at_once(browser: Browser, center: Center) -> None:
    with center.database.writing() as session:
        session.execute(update(Staff).values(active=False))
    assert "登录工作台" in browser.get("/console/intake").text
    assert browser.sign_in().status_code == 401


# ------------------------------------------------------------------ forms come from our own pages


@pytest.mark.parametrize(
    ("csrf", "headers"),
    [
        ("", {}),
        ("0" * 64, {}),
        (None, {"Origin": "https://evil.example"}),
        (None, {"Sec-Fetch-Site": "cross-site"}),
        (None, {"Sec-Fetch-Site": "same-site"}),
    ],
)
def test_a_form_from_elsewhere_changes_nothing(
    terminal: Terminal, browser: Browser, center: Center, csrf: str | None, headers: dict[str, str]
) -> None:
    terminal.file(terminal.filing())
    (case_id,) = case_ids(browser)
    token = browser.csrf() if csrf is None else csrf
    answer = browser.post(f"/console/cases/{case_id}/open", {"csrf": token}, headers)
    assert answer.status_code == 403
    assert "没有办成" in answer.text
    assert kinds(center) == ["filed"]


def test_another_session_s_token_is_worth_nothing(terminal: Terminal, browser: Browser, center: Center) -> None:
    terminal.file(terminal.filing())
    (case_id,) = case_ids(browser)
    stolen = browser.csrf()
    second = Browser(browser.url)
    second.sign_in()
    assert second.post(f"/console/cases/{case_id}/open", {"csrf": stolen}).status_code == 403
    assert kinds(center) == ["filed"]


# ------------------------------------------------------------------ the queue


@pytest.mark.rule("R8.2")
def test_the_intake_has_the_nights_filings_first_then_the_newest_and_masks_names(
    terminal: Terminal, browser: Browser, clock: MovableClock
) -> None:
    numbers = []
    for before in (timedelta(hours=12), timedelta(minutes=50), timedelta(minutes=10)):
        clock.at = MORNING - before
        numbers.append(terminal.file(terminal.filing(at=clock.at)).json()["case_number"])
    clock.at = MORNING
    page = browser.get("/console/intake").text
    shown = re.findall(r'<td class="number">([\d ]+)</td>', page)
    night, early, late = (f"{number[:4]} {number[4:8]} {number[8:]}" for number in numbers)
    assert shown == [night, late, early]
    assert page.count("夜间</span>") == 1
    assert "张*兰" in page
    assert NAME not in page
    assert NUMBER not in page


def test_a_long_list_has_pages(terminal: Terminal, browser: Browser) -> None:
    for _ in range(13):
        terminal.file(terminal.filing(item_code="ZJD", values={"name": NAME}, materials=()))
    assert len(case_ids(browser)) == 12
    assert "第 2 页，共 2 页" in browser.get("/console/intake?page_number=2").text
    assert "第 2 页，共 2 页" in browser.get("/console/intake?page_number=999").text
    assert browser.get("/console/intake?page_number=many").status_code == 404


# ------------------------------------------------------------------ R3.1: opening


def test_R3_1_who_opens_a_filing_first_is_responsible_and_it_is_recorded(terminal: Terminal, browser: Browser, center: Center) -> None:
    terminal.file(terminal.filing())
    (case_id,) = case_ids(browser)
    # a look alone makes nobody responsible
    assert "收件，由我首问负责" in browser.get(f"/console/cases/{case_id}").text
    assert row(center).first_responsible is None
    assert "综合窗口1号 王敏" in browser.open(case_id).text
    assert kinds(center) == ["filed", "opened"]

    # when a colleague opens it later; then 王敏 stays responsible
    add_staff(center, "zhaolei", "赵磊", "window_staff", "综合窗口2号", PASSWORD)
    colleague = Browser(browser.url)
    colleague.sign_in("zhaolei")
    assert "首问责任人：综合窗口1号 王敏" in colleague.open(case_id).text
    assert kinds(center) == ["filed", "opened"]


def test_the_case_shows_the_papers_the_person_and_the_signature(browser: Browser, case: str) -> None:
    page = browser.get(f"/console/cases/{case}").text
    for shown in (NAME, NUMBER, "13904641234", "银行代扣", "女", "首页", "本人页", "刷卡已取"):
        assert shown in page
    pictures = re.findall(r'<img src="(/console/cases/[^"]+)"', page)
    assert len(pictures) == 2
    first = browser.get(pictures[0])
    assert (first.content, first.headers["Content-Type"]) == (papers.page("户口簿 首页"), "image/jpeg")
    assert "no-store" in first.headers["Cache-Control"]
    assert browser.get(f"/console/cases/{case}/signature").content == papers.signature()


def test_no_page_may_be_kept_or_framed_or_run_foreign_scripts(browser: Browser, case: str) -> None:
    for path in ("/console/sign-in", "/console/intake", f"/console/cases/{case}", f"/console/cases/{case}/signature", "/console/nothing"):
        headers = browser.get(path).headers
        assert headers["Cache-Control"] == "no-store", path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_of_another_case_is_not_shown(terminal: Terminal, browser: Browser, case: str) -> None:
    terminal.file(terminal.filing(name="李国强", number="230903198806042515"))
    other = next(one for one in case_ids(browser) if one != case)
    picture = re.search(r"/pages/([0-9a-f-]{36})", browser.get(f"/console/cases/{case}").text)
    assert picture is not None
    assert browser.get(f"/console/cases/{other}/pages/{picture[1]}").status_code == 404


# ------------------------------------------------------------------ R4: accepting


def test_R4_2_accepting_shows_the_due_day_before_and_after(browser: Browser, case: str, center: Center) -> None:
    form = f"/console/cases/{case}/accept"
    assert "2026年11月27日（周五）" in browser.get(form).text
    done = browser.post(form, browser.hidden(form)).text
    for shown in (
        "受理通知书",
        "受〔2026〕1号",
        "2026年11月24日",
        "2026年11月27日",
        "综合窗口1号 王敏",
        "230903********8120",
        "户口簿（2 页）",
    ):
        assert shown in done
    assert NUMBER not in done
    assert kinds(center) == ["filed", "opened", "accepted"]
    assert (row(center).state, row(center).accepted_on) == ("accepted", MORNING.date())
    assert "11月27日 周五" in browser.get("/console/due").text
    assert case_ids(browser) == []


def test_R4_1_a_case_is_not_accepted_before_every_required_paper_is_there(browser: Browser, lacking: str, center: Center) -> None:
    form = f"/console/cases/{lacking}/accept"
    refused = browser.post(form, browser.hidden(form))
    assert refused.status_code == 422
    assert "要补的还没有收齐" in refused.text
    assert row(center).state == "filed"
    done = browser.post(form, browser.hidden(form) | {"supplied": "material.household_register"}).text
    assert "户口簿（窗口已收）" in done
    assert "窗口已收" in browser.get(f"/console/cases/{lacking}").text
    assert row(center).state == "accepted"


def test_a_second_press_changes_nothing_and_is_told(browser: Browser, case: str, center: Center) -> None:
    form = f"/console/cases/{case}/accept"
    sent = browser.hidden(form)
    browser.post(form, sent)
    again = browser.post(form, sent)
    assert again.status_code == 409
    assert "刚刚被同事处理过" in again.text
    assert kinds(center) == ["filed", "opened", "accepted"]


def test_a_decision_on_an_old_sight_of_the_case_is_not_taken(browser: Browser, case: str, center: Center) -> None:
    form = f"/console/cases/{case}/accept"
    assert browser.post(form, browser.hidden(form) | {"revision": "1"}).status_code == 409
    assert browser.post(form, browser.hidden(form) | {"revision": "x"}).status_code == 409
    assert row(center).state == "filed"


def test_a_case_that_nobody_opened_is_not_decided(terminal: Terminal, browser: Browser, center: Center) -> None:
    terminal.file(terminal.filing())
    (case_id,) = case_ids(browser)
    assert browser.post(f"/console/cases/{case_id}/accept", {"csrf": browser.csrf(), "revision": "1"}).status_code == 422
    assert row(center).state == "filed"


# ------------------------------------------------------------------ R2.2: returning


def test_R2_2_the_notice_lists_everything_and_what_need_not_be_brought_again(browser: Browser, lacking: str, center: Center) -> None:
    form = f"/console/cases/{lacking}/return"
    assert re.search(r'name="m\.household_register" data-count checked', browser.get(form).text)
    sent = browser.hidden(form) | {
        "m.household_register": "on",
        "mr.household_register": "missing",
        "mn.household_register": "首页和本人页都要",
        "other": "银行卡照片",
    }
    notice = browser.post(form, sent).text
    for shown in (
        "一次性告知单",
        "还需要补 2 样",
        "户口簿：没有提交，首页和本人页都要",
        "银行卡照片",
        "身份证、参保登记表",
        "行政审批专用章",
    ):
        assert shown in notice
    assert row(center).state == "returned"
    assert kinds(center) == ["filed", "opened", "returned"]
    assert "2026 1124 0001" in browser.get("/console/returned").text


def test_R4_1_a_returned_case_is_accepted_on_the_day_everything_was_brought(
    browser: Browser, lacking: str, center: Center, clock: MovableClock
) -> None:
    form, accept = f"/console/cases/{lacking}/return", f"/console/cases/{lacking}/accept"
    browser.post(form, browser.hidden(form) | {"m.household_register": "on", "other": "银行卡照片"})
    clock.at = MORNING + timedelta(days=2)
    # given one of two things brought; then it is not accepted
    half = browser.post(accept, browser.hidden(accept) | {"supplied": "material.household_register"})
    assert half.status_code == 422
    assert row(center).state == "returned"
    # when both are there; then that day is the acceptance day, and the limit counts from the next
    done = browser.post(accept, browser.hidden(accept) | {"supplied": ["material.household_register", "other.other_1"]}).text
    assert "银行卡照片（窗口已收）" in done
    assert (row(center).accepted_on, row(center).due_on) == (date(2026, 11, 26), date(2026, 12, 1))
    assert kinds(center) == ["filed", "opened", "returned", "accepted"]


def test_R2_2_a_notice_that_forgets_something_is_not_issued_and_keeps_what_was_typed(
    browser: Browser, lacking: str, center: Center
) -> None:
    form = f"/console/cases/{lacking}/return"
    refused = browser.post(form, browser.hidden(form) | {"f.phone": "on", "fn.phone": "少一位数字", "other": "村委会证明"})
    assert refused.status_code == 422
    assert "也要一并告知" in refused.text
    assert "少一位数字" in refused.text
    assert "村委会证明" in refused.text
    assert row(center).state == "filed"


def test_R2_2_an_empty_notice_is_not_issued(browser: Browser, case: str, center: Center) -> None:
    form = f"/console/cases/{case}/return"
    assert "还没有勾选任何一项" in browser.post(form, browser.hidden(form)).text
    # a material of another item is nothing
    assert browser.post(form, browser.hidden(form) | {"m.diary": "on"}).status_code == 422
    assert row(center).state == "filed"


def test_what_is_typed_is_shown_as_text_and_never_run(browser: Browser, case: str) -> None:
    form = f"/console/cases/{case}/return"
    notice = browser.post(form, browser.hidden(form) | {"other": "<script>alert(1)</script>"}).text
    assert "<script>alert(1)" not in notice
    assert "&lt;script&gt;alert(1)" in notice


# ------------------------------------------------------------------ who may


@pytest.mark.parametrize(("role", "sees"), [("center_head", True), ("administrator", False)])
def test_a_role_without_the_right_sees_and_does_no_more_than_it_may(
    browser: Browser, case: str, center: Center, role: str, sees: bool
) -> None:
    add_staff(center, "other", "刘强", role, "", PASSWORD)
    other = Browser(browser.url)
    other.sign_in("other")
    for path in ("/console/intake", "/console/due", f"/console/cases/{case}", f"/console/cases/{case}/signature"):
        answer = other.get(path)
        assert answer.status_code == (200 if sees else 403), path
        assert sees or NAME not in answer.text
    csrf = other.hidden("/console/")["csrf"]
    for act in ("open", "accept", "return"):
        answer = other.post(f"/console/cases/{case}/{act}", {"csrf": csrf, "revision": str(row(center).revision), "other": "x"})
        assert answer.status_code == 403, act
    assert kinds(center) == ["filed", "opened"]


@pytest.mark.parametrize("path", ["/console/nothing", "/console/cases/nonsense", "/console/cases/00000000-0000-4000-8000-000000000000"])
def test_an_address_that_leads_nowhere_gets_a_polite_page(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "重新打开" in answer.text
    assert "回到列表" in answer.text


def test_a_form_that_is_far_too_long_changes_nothing(browser: Browser, case: str, center: Center) -> None:
    form = f"/console/cases/{case}/return"
    assert browser.post(form, browser.hidden(form) | {"other": "长" * 500_000}).status_code == 413
    assert browser.post(form, browser.hidden(form) | {"other": "长" * 300}).status_code == 422
    assert row(center).state == "filed"
