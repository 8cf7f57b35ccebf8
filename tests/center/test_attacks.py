"""What somebody tries who means no good: nothing is let in, nothing is changed, and everybody else goes on working."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import requests
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import func, select, update

from center.app import create_app
from center.center import Center
from center.clock import security_now
from center.domain.roles import Role
from center.people import sign_in
from center.people.accounts import add_staff
from center.store.tables import SignInLock, Staff, StoredFile
from tests.center.place import PASSWORD, Browser, Terminal, add_wang_min


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int) -> bytes:
    """A picture in one color: a few bytes, whatever it measures."""
    rows = zlib.compressobj(9)
    line = b"\0" * (1 + (width + 7) // 8)
    content = b"".join(rows.compress(line) for _ in range(height)) + rows.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", content) + _chunk(b"IEND", b"")


def test_a_small_file_that_is_a_huge_picture_is_not_taken(terminal: Terminal, center: Center) -> None:
    bomb = png(20_000, 20_000)
    assert len(bomb) < 200_000
    with pytest.raises(AssertionError, match="file_pixels"):
        terminal.upload(bomb)
    with center.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(StoredFile)) == 0
    # a page of A4 at 600 dots an inch is taken
    terminal.upload(png(4960, 7016))


def test_made_up_names_at_the_door_fill_no_table_and_lock_nobody_out(url: str, center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "MOST_COUNTED", 20)
    add_wang_min(center)
    browser = Browser(url)
    for number in range(60):
        assert browser.sign_in(f"made.up{number}", "x" * 12).status_code == 401
    with center.database.reading() as session:
        assert (session.scalar(select(func.count()).select_from(SignInLock)) or 0) <= 20
    assert browser.sign_in().ok


def test_a_session_that_somebody_put_into_the_browser_is_not_the_one_signed_in(url: str, center: Center) -> None:
    add_wang_min(center)
    browser = Browser(url)
    browser.session.cookies.set("oneseal_session", "put-here-by-somebody", path="/console")
    answer = browser.post("/console/sign-in", {"login": "wangmin", "password": PASSWORD}, follow=False)
    given = [cookie.value for cookie in answer.cookies if cookie.name == "oneseal_session"]
    assert len(given) == 1 and given[0] not in (None, "", "put-here-by-somebody")
    thief = Browser(url)
    thief.session.cookies.set("oneseal_session", "put-here-by-somebody", path="/console")
    assert "/console/sign-in" in thief.get("/console/intake").url


def test_a_role_taken_away_counts_from_the_next_request_on(browser: Browser, center: Center) -> None:
    assert browser.get("/console/intake").status_code == 200
    with center.database.writing() as session:
        session.execute(update(Staff).where(Staff.login == "wangmin").values(roles=frozenset({Role.TECHNICIAN})))
    assert browser.get("/console/intake").status_code == 403
    assert browser.get("/console/terminals").status_code == 200


def test_a_clock_set_back_or_far_ahead_breaks_nothing(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    for away in (-timedelta(days=400), timedelta(days=400)):
        monkeypatch.setattr("center.people.sessions.security_now", lambda away=away: security_now() + away)
        monkeypatch.setattr("center.people.sign_in.security_now", lambda away=away: security_now() + away)
        assert browser.get("/console/intake").status_code == 200
        assert browser.sign_in().ok


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "evil.example/@"])
@pytest.mark.parametrize("path", ["/console/", "/console/intake/", "/console/sign-in/", "//evil.example/console/", "/"])
def test_no_answer_leads_to_the_host_that_a_request_names(url: str, host: str, path: str) -> None:
    answer = requests.get(url + path, headers={"Host": host}, timeout=10, allow_redirects=False)
    assert answer.status_code < 500
    assert "evil.example" not in answer.headers.get("Location", "") and "evil.example" not in answer.text


@pytest.mark.parametrize("query", ["next=https://evil.example", "target=//evil.example", "ended=https://evil.example"])
def test_signing_in_leads_nowhere_else(url: str, center: Center, query: str) -> None:
    add_wang_min(center)
    browser = Browser(url)
    answer = browser.post(f"/console/sign-in?{query}", {"login": "wangmin", "password": PASSWORD, "next": "//evil.example"}, follow=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/console/")


@pytest.mark.parametrize(
    "path",
    [
        "/console/static/../../keys.json",
        "/console/static/..%2f..%2f..%2fkeys.json",
        "/console/static/%2e%2e/%2e%2e/app.py",
        "/static/..%2f..%2fapp.py",
        "/static/%2fetc%2fpasswd",
        "/console/static/console.css%00.png",
        "/console/papers/..%2f..%2fkeys.json",
        "/console/photos/..%2f..%2fkeys.json",
    ],
)
def test_no_address_leaves_its_directory(browser: Browser, path: str) -> None:
    request = requests.Request("GET", browser.url + path).prepare()
    request.url = browser.url + path  # as it is: the library would tidy it
    answer = browser.session.send(request, timeout=10)
    assert answer.status_code in (404, 405)
    assert "root:" not in answer.text and "create_app" not in answer.text and "fields" not in answer.text


def _acts(app: FastAPI) -> Iterator[str]:
    for route in iter_route_contexts(app.routes):
        path = route.path or ""
        if path.startswith("/console/") and "POST" in (route.methods or ()) and not path.startswith("/console/sign-in"):
            yield path


def test_no_form_is_taken_without_the_token_of_this_session_or_from_another_site(url: str, center: Center) -> None:
    add_staff(
        center,
        "every",
        "赵全",
        ",".join((Role.WINDOW_LEAD, Role.CUSTODIAN, Role.COMPLAINT_OFFICER, Role.CENTER_HEAD)),
        "综合窗口1号",
        PASSWORD,
    )
    browser = Browser(url)
    assert browser.sign_in("every").ok
    token = browser.hidden("/console/account")["csrf"]
    acts = sorted(set(_acts(create_app(center))))
    assert len(acts) > 60
    for path in acts:
        filled = re.sub(r"\{[^}]*(id|key)\}", str(uuid4()), path)
        filled = re.sub(r"\{[^}]*\}", "1", filled)
        for form, headers in (
            ({"csrf": ""}, {}),
            ({"csrf": "0" * 64}, {}),
            ({"csrf": token}, {"Origin": "https://evil.example"}),
            ({"csrf": token}, {"Sec-Fetch-Site": "cross-site"}),
        ):
            answer = browser.post(filled, form, headers, follow=False)
            assert answer.status_code in (403, 404), (path, answer.status_code)
            assert "没有执行" in answer.text or answer.status_code == 404, path


def test_a_form_in_a_thousand_parts_or_cut_off_is_refused_and_kept_nowhere(browser: Browser) -> None:
    many = (
        b"".join(b'--x\r\nContent-Disposition: form-data; name="f%d"; filename="f"\r\n\r\nx\r\n' % number for number in range(1500))
        + b"--x--\r\n"
    )
    for body in (many, b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n', b"--y--\r\n", b"x" * 300_000):
        for path in ("/console/sign-in", "/console/sign-out", f"/console/cases/{uuid4()}/open"):
            answer = browser.session.post(
                browser.url + path,
                data=body,
                headers={"Content-Type": "multipart/form-data; boundary=x"},
                timeout=10,
                allow_redirects=False,
            )
            assert 400 <= answer.status_code < 500, (path, body[:20], answer.status_code)
    assert browser.get("/console/intake").status_code == 200
