"""What the center publishes is there from the first second, and who is on duty is as the center says now."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.events import PublicChanged
from kiosk.link.client import CenterClient
from kiosk.link.public import PublicKeeper

from .conftest import Inbox, Town
from .wire import Answer, Asked, BadServer, bad_server, free_port, problem, reply

Keep = Callable[..., PublicKeeper]


class Board:
    """A center with one post, and one person of the public list."""

    def __init__(self) -> None:
        self.on_duty = "孙晓梅"
        self.asked: list[Asked] = []

    def __call__(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        if asked.path == "/api/v1/public-staff":
            return reply(200, {"staff": [{"id": "0" * 20, "name": "孙晓梅"}]})
        tag = f'"{self.on_duty.encode().hex()}"'
        if asked.headers.get("if-none-match") == tag:
            return reply(304, b"", ETag=tag)
        duty = [{"window": "1 号窗口", "post": "综合受理", "name": self.on_duty, "attended": True}]
        return reply(200, {"on": "2026-11-24", "duty": duty}, ETag=tag)


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
def server(board: Board) -> Iterator[BadServer]:
    with bad_server() as server:
        server.answer = board
        yield server


@pytest.fixture
def keep(inbox: Inbox, tmp_path: Path, signing_key: Ed25519PrivateKey) -> Iterator[Keep]:
    """Starts a keeper that asks rarely unless told; stops it at the end."""
    keepers = []

    def kept(url: str, post: Inbox = inbox, seconds: float = 600.0) -> PublicKeeper:
        keeper = PublicKeeper(CenterClient(url, "WBH-01", signing_key, 1.0), tmp_path, post, seconds, seconds)
        keepers.append(keeper)
        keeper.start()
        return keeper

    yield kept
    for keeper in keepers:
        keeper.stop()


def on_duty(told: PublicChanged) -> list[str]:
    assert told.notices is not None
    return [post.name for post in told.notices.duty]


def both(inbox: Inbox) -> tuple[PublicChanged, PublicChanged]:
    """The first of each."""
    return (
        inbox.wait_for(PublicChanged, where=lambda event: event.notices is not None),
        inbox.wait_for(PublicChanged, where=lambda event: event.staff is not None),
    )


def test_notices_and_staff_are_there_at_the_next_start_without_a_center(inbox: Inbox, server: BadServer, keep: Keep) -> None:
    # given both fetched once
    keeper = keep(server.url)
    fetched = both(inbox)
    assert on_duty(fetched[0]) == ["孙晓梅"]
    keeper.stop()
    # when the terminal starts and the center is down
    later = Inbox()
    keep(f"http://127.0.0.1:{free_port()}", post=later)
    # then both are posted before `start` is back
    assert later.events == list(fetched)


def test_who_is_on_duty_follows_the_day_and_only_what_changed_is_posted(inbox: Inbox, server: BadServer, board: Board, keep: Keep) -> None:
    # given a terminal that asks again and again
    keep(server.url, seconds=0.02)
    both(inbox)
    while len(board.asked) < 10:
        time.sleep(0.01)
    assert len(inbox.of(PublicChanged)) == 2
    # when another takes over
    board.on_duty = "李建国"
    told = inbox.wait_for(PublicChanged, 3)
    # then that alone is told; and what the center has a tag of was asked about by it
    assert on_duty(told) == ["李建国"] and told.staff is None
    tags = [asked.headers.get("if-none-match", "") for asked in board.asked if asked.path == "/api/v1/notices"]
    assert tags[0] == "" and all(tags[1:])


def test_a_center_that_refuses_one_leaves_both_as_they_were(inbox: Inbox, server: BadServer, board: Board, keep: Keep) -> None:
    keeper = keep(server.url)
    both(inbox)
    board.on_duty = "李建国"
    server.answer = lambda asked: problem(410, "gone") if asked.path == "/api/v1/public-staff" else board(asked)
    keeper.refresh()
    told = inbox.wait_for(PublicChanged, 3)
    assert on_duty(told) == ["李建国"]
    assert [event.staff for event in inbox.of(PublicChanged) if event.staff is not None] == [both(inbox)[1].staff]


def test_the_real_center_publishes_both(town: Town, inbox: Inbox, tmp_path: Path) -> None:
    keeper = PublicKeeper(town.client(), tmp_path, inbox)
    keeper.start()
    notices, staff = both(inbox)
    keeper.stop()
    assert notices.notices is not None and staff.staff is not None
    assert staff.staff.windows and staff.staff.matters, "a complaint can be about something"
    # and it says of the notices that they are the same, when they are
    client = town.client()
    fetched = client.fetch("/api/v1/notices", type(notices.notices))
    assert fetched is not None and fetched[1]
    assert client.fetch("/api/v1/notices", type(notices.notices), fetched[1]) is None
