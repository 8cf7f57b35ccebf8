"""The guides are there from the first second, current when the center is there, and no file can stop the terminal."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.events import CatalogueChanged
from kiosk.link.catalogue import CatalogueKeeper
from kiosk.link.client import CenterClient

from .conftest import Inbox
from .wire import Answer, Asked, BadServer, bad_server, free_port, problem, reply

Keep = Callable[..., CatalogueKeeper]


class Guides:
    """A center whose guides are of a version."""

    def __init__(self) -> None:
        self.version = 1
        self.asked_with: list[str] = []

    def __call__(self, asked: Asked) -> Answer:
        tag = f'"{self.version}"'
        self.asked_with.append(asked.headers.get("if-none-match", ""))
        if self.asked_with[-1] == tag:
            return reply(304, b"", ETag=tag)
        body: dict[str, object] = {"center_name": f"第{self.version}版", "township_id": "demo-town", "center_public_key": "", "items": []}
        return reply(200, body, ETag=tag)


@pytest.fixture
def guides() -> Guides:
    return Guides()


@pytest.fixture
def server(guides: Guides) -> Iterator[BadServer]:
    with bad_server() as server:
        server.answer = guides
        yield server


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.json"


@pytest.fixture
def keep(inbox: Inbox, file: Path, signing_key: Ed25519PrivateKey) -> Iterator[Keep]:
    """Starts a keeper that asks rarely unless told; stops it at the end."""
    keepers = []

    def kept(url: str, post: Inbox = inbox, every_seconds: float = 600.0) -> CatalogueKeeper:
        keeper = CatalogueKeeper(CenterClient(url, "WBH-01", signing_key, 1.0), file, post, every_seconds)
        keepers.append(keeper)
        keeper.start()
        return keeper

    yield kept
    for keeper in keepers:
        keeper.stop()


def nowhere() -> str:
    return f"http://127.0.0.1:{free_port()}"


def test_the_guides_are_there_at_the_next_start_without_a_center(inbox: Inbox, file: Path, server: BadServer, keep: Keep) -> None:
    # given guides fetched once
    keeper = keep(server.url)
    inbox.wait_for(CatalogueChanged)
    keeper.stop()
    # when the terminal starts and the center is down
    later = Inbox()
    again = keep(nowhere(), post=later)
    # then they are posted before `start` is back
    assert [event.catalogue.center_name for event in later.of(CatalogueChanged)] == ["第1版"]
    assert again.current == inbox.of(CatalogueChanged)[0].catalogue
    assert file.stat().st_mode & 0o077 == 0 and [path.name for path in file.parent.glob("*catalogue*")] == ["catalogue.json"]


def test_guides_that_did_not_change_are_asked_about_by_tag_and_not_posted_again(
    inbox: Inbox, server: BadServer, guides: Guides, keep: Keep
) -> None:
    keeper = keep(server.url)
    inbox.wait_for(CatalogueChanged)
    keeper.stop()
    later = Inbox()
    keep(server.url, post=later, every_seconds=0.02)
    while len(guides.asked_with) < 5:
        time.sleep(0.01)
    assert guides.asked_with[0] == "" and set(guides.asked_with[1:]) == {'"1"'}
    assert len(later.of(CatalogueChanged)) == 1


def test_a_change_is_seen_when_told_that_the_center_is_back(inbox: Inbox, server: BadServer, guides: Guides, keep: Keep) -> None:
    keeper = keep(server.url)
    inbox.wait_for(CatalogueChanged)
    guides.version = 2
    keeper.refresh()
    assert inbox.wait_for(CatalogueChanged, 2).catalogue.center_name == "第2版"


def test_a_center_that_is_late_is_found_without_being_told(inbox: Inbox, guides: Guides, keep: Keep) -> None:
    port = free_port()
    keep(f"http://127.0.0.1:{port}", every_seconds=0.1)
    with bad_server(port) as server:
        server.answer = guides
        inbox.wait_for(CatalogueChanged)


GUIDES = {"center_name": "x", "township_id": "demo-town", "center_public_key": "", "items": []}
BAD_TAGS = [json.dumps({"etag": tag, "catalogue": GUIDES}).encode() for tag in ("1", '"一"', '"1"\r\nX: y')]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 100, b"{", b'{"etag":"1"}', b'{"etag":"1","catalogue":{"center_name":"x"}}', *BAD_TAGS, '{"etag":"身份证"}'.encode()],
)
def test_a_broken_copy_is_ignored_logged_and_replaced(
    inbox: Inbox, file: Path, server: BadServer, keep: Keep, content: bytes, log_lines: Callable[[], list[dict[str, object]]]
) -> None:
    file.write_bytes(content)
    keeper = keep(server.url)
    inbox.wait_for(CatalogueChanged)
    keeper.stop()
    assert [line["reason"] for line in log_lines() if line["event"] == "copy_broken"] == ["content"]
    later = Inbox()
    keep(nowhere(), post=later)
    assert len(later.of(CatalogueChanged)) == 1


def test_a_copy_that_cannot_be_written_does_not_keep_the_guides_from_being_shown(
    inbox: Inbox, file: Path, server: BadServer, keep: Keep, log_lines: Callable[[], list[dict[str, object]]]
) -> None:
    file.mkdir()
    keeper = keep(server.url)
    inbox.wait_for(CatalogueChanged)
    keeper.stop()
    assert [line["code"] for line in log_lines() if line["event"] == "copy_failed"] == ["cache_unwritable"]


def test_a_refusal_of_the_center_leaves_the_guides_as_they_are(inbox: Inbox, server: BadServer, guides: Guides, keep: Keep) -> None:
    keeper = keep(server.url)
    inbox.wait_for(CatalogueChanged)
    refusals: list[Asked] = []

    def refuse(asked: Asked) -> Answer:
        refusals.append(asked)
        return problem(410, "gone")

    server.answer = refuse
    keeper.refresh()
    while not refusals:
        time.sleep(0.01)
    keeper.stop()
    assert keeper.current is not None and keeper.current.center_name == "第1版"


def test_guides_kept_by_an_earlier_program_are_not_thrown_away(inbox: Inbox, file: Path, keep: Keep) -> None:
    # given a copy whose content bears the name it had then
    file.write_text(json.dumps({"etag": '"1"', "catalogue": GUIDES}), "utf-8")
    # when the terminal starts and the center is down
    keep(nowhere())
    # then it is shown
    assert [event.catalogue.center_name for event in inbox.of(CatalogueChanged)] == ["x"]
