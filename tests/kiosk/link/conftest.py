"""What the tests of the link share: an inbox, an application as a citizen signs it, a log that refuses what its table does not know."""

from __future__ import annotations

import hashlib
import json
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import pytest
import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk import log
from kiosk.clock import CHINA
from kiosk.config import KioskConfig
from kiosk.events import Event
from kiosk.link.client import CenterClient
from kiosk.link.embedded import EmbeddedCenter
from kiosk.link.keys import OutboxKey, TerminalKeys, load_keys, outbox_key
from kiosk.link.outbox import Outbox
from kiosk.link.sender import Sender
from kiosk.wire.filing import Applicant, Consent, Filing, MaterialFiled

from .wire import TERMINAL, free_port, kiosk_config

SOON = 15.0  # s, only so that what is broken fails the test instead of hanging it

NOW = datetime(2026, 11, 24, 19, 30, tzinfo=CHINA)

#: A made-up person; the number's check character is right (GB 11643).
NAME = "欧阳测试"
NUMBER = "230202199001011236"
ADDRESS = "幸福村三组二十七号"

E_ = TypeVar("E_", bound=Event)


#: Starting Python with a web server on a busy machine, s.
START_SECONDS = 60.0


@dataclass
class Town:
    """A center that runs, and a terminal's configuration and keys for it."""

    config: KioskConfig
    keys: TerminalKeys
    center: EmbeddedCenter

    def client(self, key: Ed25519PrivateKey | None = None) -> CenterClient:
        return CenterClient(self.center.url, TERMINAL, key or self.keys.signing, 5.0)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    config = kiosk_config(folder, free_port())
    keys = load_keys(config.terminal.data_dir)
    center = EmbeddedCenter(config, keys.public_key)
    center.prepare()
    center.start()
    assert center.wait_until_listening(START_SECONDS), (config.terminal.data_dir / "center" / "center.out").read_text()
    yield Town(config, keys, center)
    center.stop()


class Inbox:
    """Keeps what is posted, and lets a test wait for it."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._more = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._more:
            self.events.append(event)
            self._more.notify_all()

    def of(self, kind: type[E_]) -> list[E_]:
        return [event for event in self.events if isinstance(event, kind)]

    def wait_for(self, kind: type[E_], count: int = 1, where: Callable[[E_], bool] = lambda _: True) -> E_:
        """The `count`th event of a kind that `where` is true of."""

        def found() -> list[E_]:
            return [event for event in self.of(kind) if where(event)]

        with self._more:
            assert self._more.wait_for(lambda: len(found()) >= count, SOON), self.events
            return found()[count - 1]


class Citizen:
    """Signs applications, all different."""

    def __init__(self, outbox_number: Callable[[], str]) -> None:
        self._number = outbox_number

    def signs(self, pages: int = 2, page_bytes: int = 5_000, item: str = "DBSQ") -> tuple[Filing, dict[str, bytes]]:
        key = uuid4()
        files = {}
        for page in range(pages):
            content = b"\xff\xd8\xff" + hashlib.sha256(f"{key}{page}".encode()).digest() * (page_bytes // 32)
            files[hashlib.sha256(content).hexdigest()] = content
        page_names = tuple(files)
        signature = b"\x89PNG\r\n\x1a\n" + key.bytes
        files[hashlib.sha256(signature).hexdigest()] = signature
        filing = Filing(
            key=key,
            township_id="demo-town",
            terminal_id="WB-01",
            receipt_number=self._number(),
            item_code=item,
            item_version=1,
            applicant=Applicant(kind="resident", name=NAME, number=NUMBER, address=ADDRESS),
            consent=Consent(text_version="1", given_at=NOW),
            values={"reason": ADDRESS},
            materials=(MaterialFiled(code="booklet", pages=page_names),),
            signature=hashlib.sha256(signature).hexdigest(),
            filed_at=NOW,
        )
        return filing, files


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def key() -> OutboxKey:
    return outbox_key(bytes(range(32)))


@pytest.fixture
def signing_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture
def outbox_file(tmp_path: Path) -> Path:
    return tmp_path / "outbox" / "outbox.db"


@pytest.fixture
def outbox(outbox_file: Path, key: OutboxKey) -> Iterator[Outbox]:
    box = Outbox(outbox_file, key, "WB01", "demo-town")
    yield box
    box.close()


@pytest.fixture
def sender(town: Town, outbox: Outbox, inbox: Inbox) -> Iterator[Sender]:
    """Sends to the town's center what is in the outbox."""
    sender = Sender(town.client(), outbox, poll_seconds=0.2)
    sender.start(inbox)
    yield sender
    sender.stop()


@pytest.fixture
def citizen(outbox: Outbox) -> Citizen:
    return Citizen(lambda: outbox.next_receipt_number(NOW))


@pytest.fixture
def later() -> Callable[[float], datetime]:
    return lambda days: NOW + timedelta(days=days)


@pytest.fixture
def log_lines(tmp_path: Path) -> Callable[[], list[dict[str, object]]]:
    file = tmp_path / "log" / "kiosk.jsonl"
    return lambda: [json.loads(line) for line in file.read_text("utf-8").splitlines()]


@pytest.fixture(autouse=True)
def strict_log(tmp_path: Path, log_lines: Callable[[], list[dict[str, object]]]) -> Iterator[None]:
    """Every test logs strictly, and fails if anything met a bug or wrote something personal."""
    hooks = sys.excepthook, threading.excepthook
    file = log.configure(tmp_path / "log", strict=True)
    yield
    structlog.reset_defaults()
    sys.excepthook, threading.excepthook = hooks
    text = file.read_text("utf-8")
    assert not any(secret in text for secret in (NAME, NUMBER, ADDRESS))
    assert [line for line in log_lines() if line["event"] in ("unexpected", "log_event_unknown")] == []
