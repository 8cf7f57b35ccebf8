"""The public display in the hall: everything that is public comes by, by itself, and nothing that is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import requests

from center.center import Center
from center.domain.roles import Role
from center.portal.board import screens
from center.publishing.notices import NoticeKind, Wording, write_notice
from tests.center.place import Terminal
from tests.center.portal.test_portal import address, get, public  # noqa: F401
from tests.center.staffing import member

STATIC = Path("center/portal/static")


def _walk(address: str) -> list[str]:  # noqa: F811
    """Every screen, following what each leads to, until the first comes again."""
    seen, at = [], "/board?screen=0"
    while True:
        answer = get(address + at)
        assert answer.status_code == 200
        seen.append(answer.text)
        following = re.search(r'http-equiv="refresh" content="\d+; url=([^"]+)"', answer.text)
        assert following
        at = following[1]
        if at == "/board?screen=0":
            return seen
        assert len(seen) < 50


@pytest.mark.rule("R10", "R1.5")
def test_R10_the_display_goes_through_duty_items_and_notices_and_begins_again(public: Center, address: str) -> None:  # noqa: F811
    long = "".join(f"第{number}条，工作人员对每一位来办事的人都要热情接待。" for number in range(40))
    author = member(public, Role.ADMINISTRATOR, window="")
    wording = Wording(NoticeKind.PROMISES, "服务承诺", f"{long}\n最后一段。", public.clock.now().date(), None)
    with public.database.writing() as session:
        write_notice(public, author, session, None, 0, wording)
    shown = _walk(address)
    whole = "".join(shown)
    assert "今天谁在值班" in shown[0]
    assert "城乡居民基本养老保险参保登记" in whole
    assert all(f"第{number}条" in whole for number in range(40))
    assert "最后一段。" in whole
    assert "<script" not in whole
    assert all(len(page.encode()) < 100_000 for page in shown)
    # No screen holds more than is read in its time.
    assert all(sum(map(len, screen.paragraphs)) <= 240 for screen in screens(public))


@pytest.mark.parametrize("screen", ["-1", "9999"])
def test_a_screen_that_is_no_more_shows_the_first(address: str, screen: str) -> None:  # noqa: F811
    assert "今天谁在值班" in get(f"{address}/board?screen={screen}").text


def test_what_is_no_number_is_no_page(address: str) -> None:  # noqa: F811
    assert get(f"{address}/board?screen=x").status_code == 404


def test_a_center_without_public_pages_has_no_display(center: Center, terminal: Terminal) -> None:
    assert requests.get(f"{terminal.url}/board", timeout=10).status_code == 404
