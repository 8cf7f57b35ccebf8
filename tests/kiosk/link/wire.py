"""The other end of the wire for the tests of the link: a server that answers as badly as told, and the real center in a process of its own."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from kiosk.config import KioskConfig, load_config

ROOT = Path(__file__).resolve().parents[3]
TERMINAL = "WBH-01"
TOWNSHIP = "230903-wanbaohe"


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Asked:
    """One request as it came over the wire."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    url: str = ""


def reply(status: int, body: object, content_type: str = "application/json", **headers: str) -> bytes:
    """A whole answer."""
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", f"Content-Type: {content_type}", f"Content-Length: {len(content)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + content


def problem(status: int, code: str, detail: str = "请到窗口办理。") -> bytes:
    """A refusal as the center words it."""
    return reply(status, {"title": code, "status": status, "detail": detail, "code": code}, "application/problem+json")


Answer = bytes | Callable[[socket.socket, Asked], None]


class BadServer(socketserver.ThreadingTCPServer):
    """Speaks HTTP/1.1 by hand; `answer` decides for each request what goes over the wire."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Connection)
        self.asked: list[Asked] = []
        self.answer: Callable[[Asked], Answer] = lambda asked: problem(404, "not_found")
        self.released = threading.Event()
        self._connections: set[socket.socket] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def submissions(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.path == "/api/v1/applications"]

    def remember(self, connection: socket.socket) -> None:
        self._connections.add(connection)

    def shut(self) -> None:
        """Go away at once, open connections too."""
        self.released.set()
        self.shutdown()
        self.server_close()
        for connection in self._connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class _Connection(socketserver.StreamRequestHandler):
    server: BadServer

    def handle(self) -> None:
        self.server.remember(self.connection)
        try:
            while self._one():
                pass
        except OSError:
            return

    def _one(self) -> bool:
        first = self.rfile.readline().decode().split()
        if len(first) < 2:
            return False
        headers = {}
        while line := self.rfile.readline().decode().strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        body = self.rfile.read(int(headers.get("content-length", "0")))
        asked = Asked(first[0], first[1], headers, body, self.server.url + first[1])
        self.server.asked.append(asked)
        answer = self.server.answer(asked)
        if callable(answer):
            answer(self.connection, asked)
            return False
        self.wfile.write(answer)
        return True


@contextmanager
def bad_server(port: int = 0) -> Iterator[BadServer]:
    """The server, running."""
    server = BadServer(port)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shut()


@dataclass
class ModelCenter:
    """Answers as a center that works does, and remembers cases by key; `fault` answers in its place."""

    cases: dict[str, int] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    fault: Callable[[Asked], Answer | None] = lambda asked: None

    def __call__(self, asked: Asked) -> Answer:
        wrong = self.fault(asked)
        if wrong is not None:
            return wrong
        if asked.path == "/healthz":
            return reply(200, {"status": "ok"})
        if asked.path.startswith("/api/v1/files/"):
            name = asked.path.rpartition("/")[2]
            self.files.add(name)
            return reply(201, {"sha256": name, "size": len(asked.body)})
        if asked.path == "/api/v1/ratings":
            return reply(201, {"stage": "filing", "level": json.loads(asked.body)["level"]})
        filing = json.loads(asked.body)
        known = filing["key"] in self.cases
        number = self.cases.setdefault(filing["key"], len(self.cases) + 1)
        case = {
            "case_number": f"20261124{number:04d}",
            "receipt_number": filing["receipt_number"],
            "received_at": "2026-11-24T19:31:00+08:00",
            "next_step": "工作人员会在上班后查看。",
        }
        return reply(200 if known else 201, case)


def kiosk_config(folder: Path, port: int, terminal_lines: str = "", center_lines: str = "") -> KioskConfig:
    """A demonstration's configuration with everything under `folder`, and the center's own beside it."""
    center = (ROOT / "config" / "center.toml").read_text("utf-8").replace("var/center", str(folder / "center-data"))
    (folder / "center.toml").write_text(center, "utf-8")
    (folder / "kiosk.toml").write_text(
        f"""
[terminal]
id = "{TERMINAL}"
short_name = "WB01"
township_id = "{TOWNSHIP}"
mode = "demo"
data_dir = "{folder / "data"}"
{terminal_lines}
[center]
port = {port}
config = "{folder / "center.toml"}"
catalogue = "{ROOT / "config" / "catalogue"}"
{center_lines}
[clock]
start = 2026-11-24T10:26:00+08:00
""",
        "utf-8",
    )
    return load_config(folder / "kiosk.toml")
