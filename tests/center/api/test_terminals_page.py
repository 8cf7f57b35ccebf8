"""Terminals say how they are, and the console's page tells staff in words; who may not see it does not."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select, update

from center.center import Center
from center.clock import security_now
from center.people.accounts import add_staff
from center.store.tables import JournalEntry, TerminalReport
from center.terminal_health import silent_terminals
from tests.center.api.terminals import GOOD
from tests.center.place import PASSWORD, Browser, Terminal

PATH = "/api/v1/terminals/health"
PAPER_OUT = {"device": "printer", "state": "fault", "fault": "paper_out", "hint": "打印纸用完：换上新纸卷"}

SignIn = Callable[[str], Browser]


@pytest.fixture
def signed_in(center: Center, url: str) -> SignIn:
    def sign_in(role: str) -> Browser:
        add_staff(center, role.replace("_", "-"), "孙伟", role, "", PASSWORD)
        browser = Browser(url)
        browser.sign_in(role.replace("_", "-"))
        assert browser.session.cookies, "signed in"
        return browser

    return sign_in


def _spoke(center: Center, ago: timedelta) -> None:
    with center.database.writing() as session:
        session.execute(update(TerminalReport).values(received_at=security_now() - ago))


def test_the_last_report_alone_is_kept(terminal_on: Terminal, center_on: Center) -> None:
    for unsent in (3, 1):
        assert terminal_on.ask(PATH, {**GOOD, "unsent": unsent}).status_code == 200
    with center_on.database.reading() as session:
        (report,) = session.scalars(select(TerminalReport)).all()
    assert json.loads(report.content)["unsent"] == 1


def test_a_well_terminal_is_said_to_be_well(terminal: Terminal, signed_in: SignIn) -> None:
    assert terminal.ask(PATH, GOOD).ok
    page = signed_in("technician").get("/console/terminals").text
    assert "WBH-01" in page and "在线" in page and "刚刚" in page and "0.1.0" in page
    assert "没有消息" not in page and "要人看看" not in page


def test_faults_are_told_in_words_and_first(terminal: Terminal, signed_in: SignIn) -> None:
    ill = {**GOOD, "devices": [PAPER_OUT], "paper": "out", "unsent": 2, "refused": 1, "oldest_unsent_seconds": 1500, "free_disk_mb": 10}
    assert terminal.ask(PATH, ill).ok
    page = signed_in("technician").get("/console/terminals").text
    for words in ("换上新纸卷", "2 件申请还没有送到中心", "25 分钟", "1 件申请被中心退回", "磁盘只剩 10 MB", "要人看看"):
        assert words in page
    assert "paper_out" not in page


def test_a_terminal_that_is_silent_for_ten_minutes_is_an_alert(terminal: Terminal, center: Center, signed_in: SignIn) -> None:
    assert terminal.ask(PATH, GOOD).ok
    browser = signed_in("technician")
    _spoke(center, timedelta(minutes=9))
    assert silent_terminals(center) == () and "没有消息" not in browser.get("/console/terminals").text
    _spoke(center, timedelta(minutes=11))
    assert silent_terminals(center) == ("WBH-01",)
    page = browser.get("/console/terminals").text
    assert "WBH-01 超过 10 分钟没有消息" in page and "11 分钟前" in page


def test_a_terminal_is_added_once_and_revoked_by_who_manages_them(center: Center, url: str, signed_in: SignIn) -> None:
    browser = signed_in("administrator")
    newcomer = Terminal(url, "WBH-07", "T07")
    key = base64.b64encode(newcomer.key.public_key().public_bytes_raw()).decode()
    csrf = browser.hidden("/console/terminals/add")["csrf"]
    form = {"csrf": csrf, "terminal_id": "wbh-07", "short_name": "t07", "public_key": f" {key}\n"}
    for _ in range(2):
        assert browser.post("/console/terminals/add", form).ok
    assert newcomer.ask(PATH, GOOD).status_code == 200
    # a second machine under the same names is told apart
    other = base64.b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
    refused = browser.post("/console/terminals/add", {**form, "public_key": other})
    assert refused.status_code == 422 and "已登记给另一台终端" in refused.text
    nonsense = browser.post("/console/terminals/add", {**form, "terminal_id": "WBH-08", "short_name": "T08", "public_key": "abc"})
    assert nonsense.status_code == 422 and "这不是终端的公钥" in nonsense.text
    # revoked, at once, for good
    for _ in range(2):
        assert browser.post("/console/terminals/WBH-07/revoke", {"csrf": csrf}).ok
    assert newcomer.ask(PATH, GOOD).json()["code"] == "terminal_revoked"
    assert browser.get("/console/terminals/WBH-07/revoke").status_code == 404
    assert browser.post("/console/terminals/WBH-99/revoke", {"csrf": csrf}).status_code == 404
    with center.database.reading() as session:
        acts = session.scalars(select(JournalEntry.act).where(JournalEntry.subject == "terminal").order_by(JournalEntry.position)).all()
    assert acts == ["terminal.add", "terminal.revoke"]


@pytest.mark.parametrize("role", ["window_staff", "complaint_officer", "custodian", "district_observer"])
def test_who_has_no_business_with_terminals_sees_no_page_of_them(role: str, terminal: Terminal, signed_in: SignIn) -> None:
    browser = signed_in(role)
    assert browser.get("/console/terminals").status_code == 403
    assert browser.get("/console/terminals/add").status_code == 403
    assert "/console/terminals" not in browser.get("/console/duty").text


def test_who_sees_terminals_may_not_change_them(terminal: Terminal, center: Center, signed_in: SignIn) -> None:
    browser = signed_in("technician")
    page = browser.get("/console/terminals")
    assert "/add" not in page.text and "revoke" not in page.text
    csrf = browser.hidden("/console/duty")["csrf"]
    assert browser.get("/console/terminals/add").status_code == 403
    assert browser.post("/console/terminals/WBH-01/revoke", {"csrf": csrf}).status_code == 403
    assert terminal.ask(PATH, GOOD).ok


def test_a_report_with_anything_else_in_it_is_refused(terminal: Terminal, center: Center) -> None:
    for wrong in ({"citizen": "张秀兰"}, {"unsent": -1}, {"paper": "张秀兰"}, {"version": "张秀兰"}):
        answer = terminal.ask(PATH, {**GOOD, **wrong})
        assert answer.status_code == 422 and "张秀兰" not in answer.text
    with center.database.reading() as session:
        assert session.scalars(select(TerminalReport)).all() == []
