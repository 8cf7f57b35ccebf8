"""A center that is really there for a test: its own directory, database and port on loopback, and a terminal that signs for itself."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import requests
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver, algorithms
from sqlalchemy import inspect
from sqlalchemy.engine import make_url

from center.app import create_app
from center.catalogue import load_items, read_items
from center.center import Center, open_center
from center.clock import CHINA
from center.config import CenterConfig, CenterSection, Mode
from center.connections import PatientProtocol, web_server
from center.people.accounts import add_staff
from center.store.database import Database
from center.store.schema import migrate
from center.terminals import add_terminal
from kiosk.wire.codes import Code, CodeKind, write_code
from kiosk.wire.filing import Applicant, Consent, Filing, MaterialFiled
from tests.center import papers
from tests.unanswered import stacks

ITEMS = Path(__file__).parent / "items"
TOWNSHIP = "230903-wanbaohe"
#: A Tuesday morning; the next working days are plain.
MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA)

#: Invented: no such person. The check characters are right.
NAME, NUMBER = "张秀兰", "230903195603128120"
PHONE = "13904641234"
PASSWORD = "correct horse battery"


class MovableClock:
    """The center's clock in a test: stands still until told to move."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def config(data_dir: Path, mode: Mode = Mode.DEMO) -> CenterConfig:
    section = CenterSection(
        township_id=TOWNSHIP,
        name="万宝河镇政务服务中心",
        mode=mode,
        window_hours="周一至周五 8:30–17:00",
        data_dir=data_dir,
        calendar_dir=data_dir / "calendar",
    )
    return CenterConfig(center=section)


@cache
def _template() -> bytes:
    """An SQLite database as the migrations leave it: run once in a process, not once a test. `test_migrations.py` runs them by themselves."""
    with TemporaryDirectory() as directory:
        path = Path(directory) / "center.db"
        database = Database(f"sqlite:///{path}")
        migrate(database)
        # the last connection takes its log into the file
        database.close()
        assert not path.with_name("center.db-wal").exists()
        return path.read_bytes()


def place_template(database_url: str) -> None:
    """Where an SQLite file is still to be made: one with its tables, readable by its owner alone, as the product makes it."""
    address = make_url(database_url)
    path = Path(str(address.database))
    if address.drivername == "sqlite" and not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(_template())


def make_center(data_dir: Path, clock: MovableClock | None = None, database_url: str | None = None, mode: Mode = Mode.DEMO) -> Center:
    """A center with its tables and the two items of the tests."""
    (data_dir / "calendar").mkdir(parents=True, exist_ok=True)
    place_template(database_url or f"sqlite:///{data_dir.absolute() / 'center.db'}")
    made = open_center(config(data_dir, mode), database_url)
    center = Center(made.config, clock or MovableClock(), made.calendar, made.database, made.keys, made.cipher, made.files)
    if not inspect(center.database.engine).has_table("alembic_version"):
        migrate(center.database)
    load_items(center, read_items(ITEMS))
    return center


@contextmanager
def listening(center: Center, protocol: type[PatientProtocol] = PatientProtocol) -> Iterator[str]:
    """The center's address while it takes connections, as in the field."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        server = uvicorn.Server(web_server(create_app(center), protocol))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)
            # A thread that stays is a request that is never answered, and would be at work behind every test to come.
            assert not thread.is_alive(), f"the center did not end within ten seconds\n{stacks()}"


def direct_session() -> requests.Session:
    """A session that asks loopback and nobody else: the library reads the whole environment for a proxy three times a request."""
    made = requests.Session()
    made.trust_env = False
    return made


@dataclass
class Terminal:
    """A terminal as the center sees one: signs, uploads, files. Written apart from the product's client, so that both are checked."""

    url: str
    terminal_id: str = "WBH-01"
    short_name: str = "T01"
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    filed: int = 0

    def register(self, center: Center) -> None:
        add_terminal(center, self.terminal_id, self.short_name, base64.b64encode(self.key.public_key().public_bytes_raw()).decode())

    def signed(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        *,
        created: datetime | None = None,
        life: float = 60,
        nonce: str | None = None,
        covered: tuple[str, ...] = ("@method", "@authority", "@target-uri", "content-digest"),
    ) -> requests.PreparedRequest:
        request = requests.Request(method, self.url + path, headers or {}, data=body or None).prepare()
        if "Idempotency-Key" in request.headers:
            covered = (*covered, "idempotency-key")
        signer = HTTPMessageSigner(
            signature_algorithm=algorithms.ED25519,
            key_resolver=MappingKeyResolver(public_keys={}, private_keys={self.terminal_id: self.key}),
        )
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        request.headers["Content-Digest"] = f"sha-256=:{digest}:"
        at = created or datetime.now(UTC)
        signer.sign(
            request,
            key_id=self.terminal_id,
            created=at,
            expires=at + timedelta(seconds=life),
            nonce=nonce or uuid4().hex,
            label="sig1",
            covered_component_ids=covered,
            use_existing_digest=True,
        )
        return request

    def send(self, request: requests.PreparedRequest) -> requests.Response:
        with direct_session() as session:
            return session.send(request, timeout=20)

    def call(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> requests.Response:
        return self.send(self.signed(method, path, body, headers))

    def ask(self, path: str, question: dict[str, Any]) -> requests.Response:
        return self.call("POST", path, json.dumps(question).encode(), {"Content-Type": "application/json"})

    def upload(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        answer = self.call("PUT", f"/api/v1/files/{sha256}", content, {"Content-Type": "image/jpeg"})
        assert answer.status_code in (200, 201), answer.text
        return sha256

    def filing(self, *, name: str = NAME, number: str = NUMBER, missing: bool = False, at: datetime = MORNING, **changes: Any) -> Filing:
        """A filing as a citizen signed it, its pages uploaded."""
        pages = () if missing else (self.upload(papers.page("户口簿 首页")), self.upload(papers.page("户口簿 本人页", (f"姓名 {name}",))))
        self.filed += 1
        values: dict[str, Any] = {
            "key": uuid4(),
            "township_id": TOWNSHIP,
            "terminal_id": self.terminal_id,
            "receipt_number": f"{self.short_name}{at:%y%m%d}{self.filed:05}",
            "item_code": "YLBX",
            "item_version": 1,
            "applicant": Applicant(
                kind="resident", name=name, number=number, sex="female", nation="汉族", address="黑龙江省七台河市桃山区万宝河镇一村二组3号"
            ),
            "consent": Consent(text_version="2026-11", given_at=at - timedelta(minutes=6)),
            "values": {"name": name, "id_number": number, "phone": PHONE, "payment": "bank"},
            "materials": (
                MaterialFiled(code="id_card"),
                MaterialFiled(code="household_register", pages=pages, missing=missing),
                MaterialFiled(code="registration_form"),
            ),
            "signature": self.upload(papers.signature(name)),
            "filed_at": at,
        }
        return Filing(**(values | changes))

    def file(self, filing: Filing, key: str | None = None) -> requests.Response:
        headers = {"Content-Type": "application/json", "Idempotency-Key": key or str(filing.key)}
        return self.call("POST", "/api/v1/applications", filing.model_dump_json().encode(), headers)

    def receipt_code(self, receipt_number: str) -> str:
        """The text of the QR on a receipt."""
        return write_code(Code(CodeKind.RECEIPT, self.short_name, receipt_number), self.key)


class Browser:
    """A member of staff's browser as far as HTTP goes: keeps its cookie, sends forms with their hidden fields."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = direct_session()

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.url + path, timeout=20)

    def post(self, path: str, data: dict[str, Any], headers: dict[str, str] | None = None, follow: bool = True) -> requests.Response:
        return self.session.post(self.url + path, data=data, headers=headers or {}, timeout=20, allow_redirects=follow)

    def sign_in(self, login: str = "wangmin", password: str = PASSWORD) -> requests.Response:
        return self.post("/console/sign-in", {"login": login, "password": password})

    def hidden(self, path: str) -> dict[str, str]:
        """The hidden fields of a page's form, as a browser would send them."""
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.get(path).text))

    def csrf(self) -> str:
        return self.hidden("/console/intake")["csrf"]

    def open(self, case_id: str) -> requests.Response:
        return self.post(f"/console/cases/{case_id}/open", {"csrf": self.csrf()})


def case_ids(browser: Browser, queue: str = "intake") -> list[str]:
    """The cases of a list, in its order."""
    return list(dict.fromkeys(re.findall(r"/console/cases/([0-9a-f-]{36})", browser.get(f"/console/{queue}").text)))


def add_wang_min(center: Center) -> None:
    add_staff(center, "wangmin", "王敏", "window_staff", "综合窗口1号", PASSWORD)
