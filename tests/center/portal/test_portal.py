"""The public pages: what a phone shows of guides and progress, small, without scripts, and with nothing about a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from center.center import Center
from center.domain.roles import Role
from center.publishing.notices import NOTICE_KINDS, NoticeKind, Wording, write_notice
from center.store.tables import DutyPost, Staff
from kiosk.wire.codes import Code, CodeKind, code_of_token, token_of_code, write_code
from tests.center.place import NAME, NUMBER, PHONE, MovableClock, Terminal, listening, make_center
from tests.center.staffing import member

KEY = Ed25519PrivateKey.generate()


@pytest.fixture
def public(tmp_path: Path, clock: MovableClock) -> Iterator[Center]:
    made = make_center(tmp_path, clock)
    section = made.config.center.model_copy(update={"public_base_url": "https://zwfw.example.cn/wbh"})
    yield replace(made, config=made.config.model_copy(update={"center": section}))
    made.database.close()


@pytest.fixture
def address(public: Center) -> Iterator[str]:
    with listening(public) as url:
        yield url


def get(url: str) -> requests.Response:
    return requests.get(url, timeout=10, allow_redirects=False)


def test_a_code_survives_its_way_through_an_address() -> None:
    code = write_code(Code(CodeKind.RECEIPT, "T01", "T012611240001"), KEY)
    token = token_of_code(code)
    assert code_of_token(token) == code
    assert re.fullmatch(r"[A-Za-z0-9_-]+", token)


@given(st.text(max_size=200))
def test_no_text_from_outside_is_taken_for_a_code_that_it_is_not(text: str) -> None:
    found = code_of_token(text)
    assert found is None or token_of_code(found) == text


@pytest.mark.rule("R1.3", "R1.2")
def test_R1_3_a_guide_has_a_page_with_its_eight_fields(address: str) -> None:
    answer = get(f"{address}/g/YLBX")
    assert answer.status_code == 200
    for heading in ("受理部门", "办理依据", "办理条件", "申请材料", "办理流程", "承诺时限", "收费", "<h1>城乡居民"):
        assert heading in answer.text
    assert "示例" in answer.text


@pytest.mark.rule("R1.4")
@pytest.mark.parametrize("words", ["养老", "ylbx", "YLBX"])
def test_R1_4_an_item_is_found_by_name_and_initials(address: str, words: str) -> None:
    assert "/g/YLBX" in get(f"{address}/g?q={words}").text


def test_what_is_not_found_is_said_and_repeated_harmlessly(address: str) -> None:
    answer = get(f"{address}/g?q=<script>alert(1)</script>")
    assert "没有找到" in answer.text
    assert "<script" not in answer.text


def test_the_state_of_a_case_and_nothing_of_the_person(public: Center, address: str) -> None:
    terminal = Terminal(address)
    terminal.register(public)
    filing = terminal.filing()
    assert terminal.file(filing).status_code == 201
    answer = get(f"{address}/p/{token_of_code(terminal.receipt_code(filing.receipt_number))}")
    assert answer.status_code == 200
    assert "已提交，等待窗口受理" in answer.text
    assert filing.receipt_number in answer.text
    for private in (NAME, NUMBER, PHONE, "养老保险", "230903"):
        assert private not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_forged_code_a_guess_and_nonsense_show_nothing(public: Center, address: str) -> None:
    terminal = Terminal(address)
    terminal.register(public)
    forged = write_code(Code(CodeKind.RECEIPT, "T01", "T01261124000001"), KEY)
    for token in (token_of_code(forged), "x" * 113, "%00"):
        answer = get(f"{address}/p/{token}")
        assert answer.status_code == 404
        assert "本中心" in answer.text or "没有这个页面" in answer.text


@pytest.mark.rule("R1.5")
def test_R1_5_duties_procedures_promises_and_ways_to_complain_are_public_from_their_day(
    public: Center, address: str, clock: MovableClock
) -> None:
    head = member(public, Role.CENTER_HEAD)
    paths = {
        NoticeKind.DUTIES: "duties",
        NoticeKind.RULES: "rules",
        NoticeKind.PROCEDURES: "procedures",
        NoticeKind.PROMISES: "promises",
        NoticeKind.COMPLAINTS: "complaints",
        NoticeKind.ANNOUNCEMENT: "announcements",
    }
    tomorrow = clock.at.date() + timedelta(days=1)
    for kind, path in paths.items():
        assert "还没有公布内容" in get(f"{address}/{path}").text
        with public.database.writing() as session:
            write_notice(public, head, session, None, 0, Wording(kind, f"{NOTICE_KINDS[kind]}一则", "第一段\n第二段 <b>", tomorrow, None))
        assert "还没有公布内容" in get(f"{address}/{path}").text
    clock.at += timedelta(days=1)
    for kind, path in paths.items():
        page = get(f"{address}/{path}").text
        assert f"{NOTICE_KINDS[kind]}一则" in page
        assert "<p>第一段</p><p>第二段 &lt;b&gt;</p>" in page


@pytest.mark.rule("R1.5", "R3.3")
def test_R1_5_the_duty_board_names_only_who_is_public(public: Center, address: str) -> None:
    shown, hidden = member(public, Role.WINDOW_STAFF, name="王敏"), member(public, Role.WINDOW_STAFF, name="赵磊")
    with public.database.writing() as session:
        session.get_one(Staff, shown.id).public = True
        for name, first, second in (("社保", shown, hidden), ("民政", hidden, shown)):
            session.add(DutyPost(township_id=public.township_id, name=name, window="综合窗口1号", a_id=first.id, b_id=second.id))
    page = get(f"{address}/staff").text
    assert "王敏" in page
    assert "赵磊" not in page
    assert "有人值班" in page


def test_pages_are_small_without_scripts_and_go_nowhere_else(address: str) -> None:
    css = get(f"{address}/static/portal.css")
    for path in ("/g", "/g/YLBX", "/g?by=department", "/p/nothing", "/nowhere"):
        answer = get(address + path)
        assert len(answer.content) + len(css.content) < 100_000
        assert "<script" not in answer.text
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        links = re.findall(r'(?:href|src|action)="([^"]+)"', answer.text)
        assert all(link.startswith(("/", "#", "tel:", "data:,")) for link in links)


def test_without_an_address_for_phones_there_are_no_pages(url: str) -> None:
    for path in ("/g", "/g/YLBX", "/p/anything"):
        answer = get(url + path)
        assert answer.status_code == 404
        assert "没有开通" in answer.text
    assert get(f"{url}/").headers["location"] == "/console/"
