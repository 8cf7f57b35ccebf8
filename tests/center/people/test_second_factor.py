"""Signing in with a second factor: in two steps, each code once, counted by the same lock, recovered by the administrator."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select, text, update

from center.center import Center
from center.clock import security_now
from center.config import SignInSection
from center.domain.roles import Role
from center.people import second_factor, sign_in
from center.store.tables import JournalEntry, SignInStep
from tests.center.people.team import make_team, member
from tests.center.place import PASSWORD, Browser, listening

FACTOR, CODES = "/console/account/factor", "/console/account/codes"


@pytest.fixture
def url_of_team(center_on: Center) -> Iterator[str]:
    make_team(center_on)
    with listening(center_on) as url:
        yield url


@pytest.fixture
def clerk(url_of_team: str) -> Browser:
    made = Browser(url_of_team)
    assert made.sign_in().ok
    return made


def enroll(browser: Browser) -> pyotp.TOTP:
    """Take an authenticator as a person would: by the secret on the page."""
    page = browser.get(FACTOR).text
    secret = re.search(r'<span class="code">([A-Z2-7 ]+)</span>', page)
    offer = re.search(r'name="offer" value="([^"]+)"', page)
    assert secret and offer
    totp = pyotp.TOTP(secret[1].replace(" ", ""))
    form = browser.hidden("/console/account") | {"offer": html.unescape(offer[1]), "old": PASSWORD}
    assert browser.post(FACTOR, form | {"code": "000000" if totp.now() != "000000" else "000001"}).status_code == 422
    assert "已开启" in browser.post(FACTOR, form | {"code": totp.now()}).text
    return totp


def print_codes(browser: Browser) -> list[str]:
    page = browser.post(CODES, browser.hidden(FACTOR) | {"old": PASSWORD}).text
    codes = re.findall(r'<span class="code">([0-9A-Z]{5}-[0-9A-Z]{5})</span>', page)
    assert len(set(codes)) == 10
    return codes


def first_step(url: str) -> Browser:
    made = Browser(url)
    page = made.sign_in()
    assert "再验证一步" in page.text
    return made


def second_step(browser: Browser, code: str) -> int:
    return browser.post("/console/sign-in/code", {"code": code}).status_code


def later(monkeypatch: pytest.MonkeyPatch, **by: float) -> None:
    """The real time of the second factor moves on."""
    at = security_now() + timedelta(**by)
    monkeypatch.setattr(second_factor, "security_now", lambda: at)


def test_with_an_authenticator_there_is_no_session_before_its_code(clerk: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    totp = enroll(clerk)
    new = first_step(clerk.url)
    assert "登录工作台" in new.get("/console/intake").text
    later(monkeypatch, seconds=60)
    assert second_step(new, totp.at(security_now() + timedelta(seconds=60))) == 200
    assert "待受理" in new.get("/console/intake").text


def test_a_code_opens_once_and_one_seen_before_never(clerk: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    totp = enroll(clerk)
    # the code that confirmed the enrolment is used up
    assert second_step(first_step(clerk.url), totp.now()) == 401
    later(monkeypatch, seconds=90)
    code = totp.at(security_now() + timedelta(seconds=90))
    assert second_step(first_step(clerk.url), code) == 200
    assert second_step(first_step(clerk.url), code) == 401
    # nor one of a step before
    assert second_step(first_step(clerk.url), totp.at(security_now() + timedelta(seconds=60))) == 401


def test_a_printed_code_opens_once_and_new_ones_make_the_old_worthless(clerk: Browser, center_on: Center) -> None:
    old = print_codes(clerk)
    with center_on.database.reading() as session:
        kept = session.execute(text("SELECT code_hash FROM one_time_codes")).scalars().all()
    assert not {code.replace("-", "") for code in old} & set(kept)
    assert second_step(first_step(clerk.url), old[0].lower()) == 200
    assert second_step(first_step(clerk.url), old[0]) == 401
    assert second_step(first_step(clerk.url), old[1].replace("-", " ")) == 200
    assert "还剩 8 个" in clerk.get("/console/account").text
    new = print_codes(clerk)
    assert second_step(first_step(clerk.url), old[2]) == 401
    assert second_step(first_step(clerk.url), new[0]) == 200


def test_two_at_once_with_the_same_printed_code_are_one(clerk: Browser) -> None:
    from concurrent.futures import ThreadPoolExecutor

    (code, *_rest) = print_codes(clerk)
    browsers = [first_step(clerk.url) for _ in range(3)]
    with ThreadPoolExecutor(3) as at_once:
        codes = sorted(at_once.map(lambda each: second_step(each, code), browsers))
    assert codes == [200, 401, 401]


def test_wrong_passwords_and_wrong_codes_count_together(clerk: Browser) -> None:
    codes = print_codes(clerk)
    for _ in range(2):
        Browser(clerk.url).sign_in(password="no")
    step = first_step(clerk.url)
    assert [second_step(step, "222222"), second_step(step, "x"), second_step(step, "")] == [401, 401, 429]
    assert second_step(step, codes[0]) == 429
    assert Browser(clerk.url).sign_in().status_code == 429


def test_the_second_step_alone_or_too_late_opens_nothing(clerk: Browser, center_on: Center) -> None:
    codes = print_codes(clerk)
    stranger = Browser(clerk.url)
    assert "登录工作台" in stranger.post("/console/sign-in/code", {"code": codes[0]}).text
    stranger.session.cookies.set("oneseal_sign_in", "made up", path="/console/sign-in")
    assert "登录工作台" in stranger.post("/console/sign-in/code", {"code": codes[0]}).text
    late = first_step(clerk.url)
    with center_on.database.writing() as session:
        session.execute(update(SignInStep).values(expires_at=security_now() - timedelta(seconds=1)))
    assert "登录工作台" in late.post("/console/sign-in/code", {"code": codes[0]}).text
    assert second_step(first_step(clerk.url), codes[0]) == 200


def test_setting_a_factor_needs_the_password_and_one_s_own_offer(clerk: Browser, center_on: Center) -> None:
    assert clerk.post(CODES, clerk.hidden(FACTOR) | {"old": "no"}).status_code == 422
    other = Browser(clerk.url)
    other.sign_in("zhaolei")
    page = other.get(FACTOR).text
    secret, offer = re.search(r'<span class="code">([A-Z2-7 ]+)</span>', page), re.search(r'name="offer" value="([^"]+)"', page)
    assert secret and offer
    code = pyotp.TOTP(secret[1].replace(" ", "")).now()
    for sealed in (html.unescape(offer[1]), "", "bm90aGluZw=="):
        answer = clerk.post(FACTOR, clerk.hidden(FACTOR) | {"offer": sealed, "old": PASSWORD, "code": code})
        assert answer.status_code == 422
    assert Browser(clerk.url).sign_in().ok


def test_the_secret_is_sealed(clerk: Browser, center_on: Center) -> None:
    totp = enroll(clerk)
    with center_on.database.reading() as session:
        kept = session.execute(text("SELECT secret FROM second_factors")).scalar_one()
    assert totp.secret.encode() not in bytes(kept)


def test_the_administrator_takes_a_lost_factor_away_and_it_is_in_the_journal(clerk: Browser, center_on: Center) -> None:
    print_codes(clerk)
    admin = Browser(clerk.url)
    admin.sign_in("sunwei")
    path = f"/console/staff/{member(center_on, 'wangmin').id}"
    assert "解除两步验证" in admin.get(path).text
    admin.post(f"{path}/factor", admin.hidden(path))
    assert "登录工作台" in clerk.get("/console/intake").text
    assert "待受理" in Browser(clerk.url).sign_in().text
    assert admin.post(f"{path}/factor", admin.hidden(path)).status_code == 422
    with center_on.database.reading() as session:
        assert "staff.factor_removed" in set(session.scalars(select(JournalEntry.act)))


def test_a_role_that_must_have_a_factor_sets_one_before_anything_else(center_on: Center) -> None:
    make_team(center_on)
    demanding = center_on.config.model_copy(update={"sign_in": SignInSection(totp_roles=(Role.WINDOW_STAFF,))})
    with listening(replace(center_on, config=demanding)) as url:
        clerk = Browser(url)
        assert "您的职责要求登录时验证两步" in clerk.sign_in().text
        assert "您的职责要求登录时验证两步" in clerk.get("/console/intake").text
        codes = print_codes(clerk)
        assert "待受理" in clerk.get("/console/intake").text
        assert second_step(first_step(url), codes[0]) == 200
        head = Browser(url)
        assert "两步" not in head.sign_in("chenhead").text


def test_attempts_are_forgotten_after_a_day(clerk: Browser, center_on: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        Browser(clerk.url).sign_in(password="no")
    monkeypatch.setattr(sign_in, "security_now", lambda: security_now() + timedelta(days=1, minutes=1))
    assert Browser(clerk.url).sign_in(password="no").status_code == 401
