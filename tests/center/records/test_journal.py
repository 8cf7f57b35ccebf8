"""The journal's page: for who oversees alone, by day and by member, in words, with the chain's end to print."""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest

from center.center import Center
from center.console.journal_words import ACT_WORDS, act_words
from center.domain.roles import RIGHTS, Right, Role
from center.people.accounts import add_staff
from center.records import journal
from center.records.chained import Chain
from center.records.verification import Anchor, verify
from tests.center.place import PASSWORD, Browser, MovableClock
from tests.center.records.filled import fill
from tests.center.staffing import member

ROOT = Path(__file__).parents[3]


def signed_in(center: Center, url: str, role: Role) -> Browser:
    login = role.replace("_", "")
    add_staff(center, login, "周志远", role, "", PASSWORD)
    browser = Browser(url)
    assert browser.sign_in(login).ok
    return browser


def acts_on(page: str) -> list[str]:
    return re.findall(r'<td class="item">([^<]+)</td>', page)


def test_the_journal_is_read_by_who_oversees_and_by_nobody_else(center: Center, url: str) -> None:
    for role in Role:
        browser = signed_in(center, url, role)
        sees = Right.SEE_AUDIT in RIGHTS[role]
        page = browser.get("/console/journal")
        assert (role, page.status_code) == (role, 200 if sees else 403)
        home = browser.get("/console/").text
        assert ('href="/console/journal"' in home + page.text) is sees
    assert "sign-in" in Browser(url).get("/console/journal").url


def test_it_tells_in_words_who_did_what_by_day_and_by_member_twenty_a_page(center_on: Center, url_on: str, clock: MovableClock) -> None:
    # given a day with acts, and acts of another on the next
    _, _ = fill(center_on)
    clock.at += timedelta(days=1)
    other = member(center_on, Role.WINDOW_LEAD, name="孙丽", window="综合窗口3号")
    for _ in range(25):
        with center_on.database.writing() as session:
            journal.record(center_on, session, "help.answer", other, "help_call")
    browser = signed_in(center_on, url_on, Role.CENTER_HEAD)
    # when; then the newest first
    first = browser.get("/console/journal").text
    assert acts_on(first) == ["新建账户", *["应答求助"] * 19]
    assert acts_on(browser.get("/console/journal?page_number=2").text)[:7] == [*["应答求助"] * 6, "用印登记"]
    yesterday = browser.get("/console/journal?day=2026-11-24").text
    assert set(acts_on(yesterday)) >= {"受理登记", "收件，首问负责", "用印登记"}
    assert "应答求助" not in acts_on(yesterday)
    assert "受〔2026〕1号" in yesterday
    hers = browser.get(f"/console/journal?member={other.id}&page_number=9").text
    assert acts_on(hers) == ["应答求助"] * 5
    assert "共 25 条" in hers
    # the link to the other page keeps what was asked for
    assert f"page_number=1&amp;member={other.id}" in hers
    # and nothing of a citizen stands in it
    assert "张秀兰" not in first + yesterday


@pytest.mark.parametrize("query", ["day=yesterday", "day=2026-13-40", "member=nobody", "page_number=99999999", "day=" + "9" * 5000])
def test_what_cannot_be_asked_is_told_politely(center: Center, url: str, query: str) -> None:
    answer = signed_in(center, url, Role.CENTER_HEAD).get(f"/console/journal?{query}")
    assert answer.status_code == 200
    assert "操作日志" in answer.text


@pytest.mark.rule("R7.2")
def test_the_anchor_on_the_page_confirms_the_chain_later(center: Center, url: str) -> None:
    fill(center)
    page = signed_in(center, url, Role.CENTER_HEAD).get("/console/journal").text
    (length,) = re.findall(r"全部 <strong>(\d+)</strong>", page)
    (digits,) = re.findall(r'末条校验码 <strong class="number">([0-9a-f ]+)</strong>', page)
    anchor = Anchor(Chain.JOURNAL, int(length), digits.replace(" ", ""))
    with center.database.writing() as session:
        journal.record(center, session, "help.close", None)
    assert verify(center, (anchor,)).whole


def test_every_code_that_the_program_writes_has_words() -> None:
    written = set()
    for path in (ROOT / "center").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record" and len(node.args) > 3:
                act = node.args[2]
                if isinstance(act, ast.Constant):
                    written.add(str(act.value))
    assert written - ACT_WORDS.keys() == set()
    assert len(written) > 20
    assert act_words("something.new") == "something.new"


def test_static_files_are_not_guessed_at(url: str) -> None:
    for path in ("/console/static/console.css", "/console/static/htmx.min.js"):
        assert Browser(url).get(path).headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_that_is_lost_or_damaged_is_told_to_staff_and_logged_without_anything_personal(
    center: Center, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, case_id = fill(center)
    browser = signed_in(center, url, Role.CENTER_HEAD)
    (page, *_) = re.findall(rf"/console/cases/{case_id}/pages/[0-9a-f-]+", browser.get(f"/console/cases/{case_id}").text)
    assert browser.get(page).headers["Content-Type"].startswith("image/")
    for name in list(center.files.names()):
        center.files.path(name).write_bytes(b"\x01\0\0\0\1 short")
    damaged = browser.get(page)
    for name in list(center.files.names()):
        center.files.path(name).unlink()
    lost = browser.get(page)
    for answer in (damaged, lost):
        assert answer.status_code == 500
        assert "以纸质原件为准" in answer.text
    assert "record_unopenable" in capsys.readouterr().out
