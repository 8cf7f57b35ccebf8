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
