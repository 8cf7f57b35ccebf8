"""Who asks too often is told when to come again, and nobody else notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
import requests
from sqlalchemy import func, select

from center.api.limits import Buckets, TooMany
from center.center import Center
from center.config import ApiSection
from center.store.tables import Nonce
from tests.center.place import NUMBER, Terminal, listening

Limited = Callable[..., Terminal]

#: So slow that within a test nothing comes back.
SLOW = 0.001


@pytest.fixture
def limited(center: Center) -> Iterator[Limited]:
    """A center with the limits that a test names."""
    with ExitStack() as stack:

        def made(**limits: float) -> Terminal:
            config = center.config.model_copy(update={"api": ApiSection(**limits)})
            terminal = Terminal(stack.enter_context(listening(replace(center, config=config))))
            terminal.register(center)
            return terminal

        yield made


def test_a_bucket_gives_its_burst_and_then_what_flows_in() -> None:
    now = 100.0
    buckets = Buckets(2.0, 3, lambda: now)
    for _ in range(3):
        buckets.take("a")
    with pytest.raises(TooMany) as refused:
        buckets.take("a")
    assert refused.value.retry_after == 1
    buckets.take("b")
    now += 0.5
    buckets.take("a")
    with pytest.raises(TooMany):
        buckets.take("a")
    now += 1000.0
    for _ in range(3):
        buckets.take("a")
    with pytest.raises(TooMany):
        buckets.take("a")


def test_names_that_somebody_makes_up_take_no_room_for_ever() -> None:
    buckets = Buckets(1.0, 1)
    for number in range(10_000):
        buckets.take(str(number))
    assert len(buckets._levels) < 5_000


def test_a_terminal_that_asks_too_often_is_told_when_to_come_again_and_another_is_served(limited: Limited, center: Center) -> None:
    terminal = limited(terminal_per_second=SLOW, terminal_burst=3)
    other = Terminal(terminal.url, "WBH-02", "T02")
    other.register(center)
    assert [terminal.call("GET", "/api/v1/catalogue").status_code for _ in range(3)] == [200] * 3
    refused = terminal.call("GET", "/api/v1/catalogue")
    assert refused.status_code == 429 and refused.json()["code"] == "too_many_requests"
    assert int(refused.headers["Retry-After"]) >= 1
    assert other.call("GET", "/api/v1/catalogue").status_code == 200
    # what is refused is not written down, so that a mad terminal costs no disk
    with center.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Nonce)) == 4


def test_wrong_signatures_are_counted_by_address_and_cost_no_terminal_its_share(limited: Limited) -> None:
    terminal = limited(address_per_second=SLOW, address_burst=2)
    stranger = Terminal(terminal.url, "WBH-99", "T99")
    assert [stranger.call("GET", "/api/v1/catalogue").status_code for _ in range(3)] == [401, 401, 429]
    assert requests.get(f"{terminal.url}/healthz", timeout=20).status_code == 429
    assert terminal.call("GET", "/api/v1/catalogue").status_code == 200


def test_one_terminal_cannot_go_through_the_numbers_of_a_township(limited: Limited) -> None:
    terminal = limited(lookups_per_minute=2)
    assert [terminal.ask("/api/v1/cases/lookup", {"number": NUMBER}).status_code for _ in range(3)] == [200, 200, 429]
    # the other ways to ask by number are in the same bucket, and everything else goes on
    assert terminal.ask("/api/v1/complaints/lookup", {"number": NUMBER}).status_code == 429
    assert terminal.ask("/api/v1/bookings/lookup", {"number": NUMBER}).status_code == 429
    assert terminal.call("GET", "/api/v1/catalogue").status_code == 200


def test_a_body_of_another_kind_is_refused_before_it_is_read(terminal: Terminal) -> None:
    answer = terminal.call("POST", "/api/v1/cases/lookup", b"number=1", {"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 415 and answer.json()["code"] == "media_type"
    assert terminal.call("POST", "/api/v1/cases/lookup", b"{}", {}).status_code == 415
