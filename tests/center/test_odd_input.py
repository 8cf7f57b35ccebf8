"""Days that nobody means, numbers past every column, and characters that are none: a clear answer, never a fault of the program."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from center.center import Center
from center.domain.roles import Role
from center.people.accounts import add_staff
from tests.center.place import NUMBER, PASSWORD, Browser, Terminal

FAR = ("0001-01-01", "9999-12-31")


@pytest.fixture
def head(center: Center, url: str) -> Browser:
    """The center's head, signed in."""
    add_staff(center, "head", "周明", Role.CENTER_HEAD, "", PASSWORD)
    made = Browser(url)
    assert made.sign_in("head").ok
    return made


@pytest.mark.parametrize("day", FAR)
@pytest.mark.parametrize("page", ["bookings?day=", "journal?day=", "search?filed_from=", "search?filed_to="])
def test_a_page_asked_for_a_day_far_away_is_a_page(head: Browser, page: str, day: str) -> None:
    assert head.get(f"/console/{page}{day}").status_code == 200


@pytest.mark.parametrize("day", FAR)
def test_an_export_of_a_day_far_away_is_refused_in_words(head: Browser, day: str) -> None:
    form = {"csrf": head.hidden("/console/statistics")["csrf"], "first": day, "last": day}
    answer = head.post("/console/statistics/export/cases", form)
    assert answer.status_code == 422
    assert "请选择开始和结束日期" in answer.text


@pytest.mark.parametrize(
    "changes",
    [
        {"item_version": 10**30},
        {"item_version": 0},
        {"values": {"name": "\ud800"}},
        {"values": {"name": "张\x00秀兰"}},
    ],
)
def test_a_filing_with_what_no_form_can_hold_is_refused(terminal_on: Terminal, changes: dict[str, Any]) -> None:
    body = json.loads(terminal_on.filing().model_dump_json()) | changes
    headers = {"Content-Type": "application/json", "Idempotency-Key": body["key"]}
    answer = terminal_on.call("POST", "/api/v1/applications", json.dumps(body).encode(), headers)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_bookings_number_of_other_characters_finds_none(terminal_on: Terminal) -> None:
    body = {"key": str(uuid4()), "booking": "Y\x00", "number": NUMBER}
    headers = {"Content-Type": "application/json", "Idempotency-Key": body["key"]}
    assert terminal_on.call("POST", "/api/v1/bookings/cancel", json.dumps(body).encode(), headers).status_code == 422


WRONG = "张\x00秀兰"


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("suggestions", {"words": f"{WRONG}说得对"}),
        ("suggestions", {"words": "门口的灯坏了", "contact": WRONG}),
        ("ratings", {"code": "OS1", "level": 5, "comment": WRONG}),
        ("ratings", {"code": WRONG, "level": 5}),
        ("bookings", {"name": WRONG, "number": NUMBER, "day": "2026-11-25", "window": "综合窗口1号", "starts": "09:00"}),
        ("bookings", {"name": "张秀兰", "number": NUMBER, "phone": "139\x1b", "day": "2026-11-25", "window": "1", "starts": "09:00"}),
        ("bookings", {"name": "张秀兰", "number": NUMBER, "day": "2026-11-25", "window": WRONG, "starts": "09:00"}),
        ("cases/lookup", {"number": "2309031956\x0028120"}),
        ("cases/state", {"code": WRONG}),
        ("complaints/open", {"code": WRONG, "digits": "482913"}),
        ("complaints/answer", {"access": {"code": "OS1", "digits": "482913"}, "words": WRONG}),
    ],
)
def test_characters_that_are_none_are_refused_in_every_free_text(terminal_on: Terminal, path: str, content: dict[str, Any]) -> None:
    body = content if path in ("cases/lookup", "cases/state", "complaints/open") else {"key": str(uuid4()), **content}
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(body.get("key", ""))}
    answer = terminal_on.call("POST", f"/api/v1/{path}", json.dumps(body).encode(), headers)
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == "request_invalid"
    assert "string_pattern_mismatch" in answer.json()["fields"].values()


@pytest.mark.parametrize(
    "changes",
    [
        {"zhangxiulan": 1},
        {"values": {"zhangxiulan": "x"}},
        {"values": {"张秀兰": "x"}},
        {"materials": [{"code": "zhangxiulan"}]},
        {"materials": [{"code": "张秀兰"}]},
        {"applicant": {"zhangxiulan": 1}},
        {"item_code": "ZHANGXIULAN"},
        {"signature": "zhangxiulan"},
    ],
)
def test_a_refusal_repeats_nothing_of_what_was_sent(terminal: Terminal, changes: dict[str, Any]) -> None:
    body = json.loads(terminal.filing().model_dump_json()) | changes
    headers = {"Content-Type": "application/json", "Idempotency-Key": body["key"]}
    answer = terminal.call("POST", "/api/v1/applications", json.dumps(body).encode(), headers)
    assert answer.status_code == 422
    assert "zhangxiulan" not in answer.text.lower() and "张秀兰" not in answer.text
