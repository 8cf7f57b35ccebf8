"""Clients that do not finish what they say are let go, and keep nobody else from being served. Real sockets."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
import requests

from center.api import gate
from center.center import Center
from center.connections import HEAD_BYTES, PatientProtocol
from tests.center.place import Terminal, listening

HEAD_SECONDS = 0.8


class Impatient(PatientProtocol):
    head_seconds = HEAD_SECONDS
    most_connections = 20
    linger_seconds = 0.5


@pytest.fixture
def terminal(center: Center) -> Iterator[Terminal]:
    """Of a center that waits less long than one in the field."""
    with listening(center, Impatient) as url:
        made = Terminal(url)
        made.register(center)
        yield made


@pytest.fixture
def connect(terminal: Terminal) -> Iterator[Callable[[bytes], socket.socket]]:
    with ExitStack() as stack:

        def connected(first: bytes) -> socket.socket:
            at = urlsplit(terminal.url)
            client = stack.enter_context(socket.create_connection((at.hostname or "", at.port or 0), timeout=10))
            client.sendall(first)
            return client

        yield connected


def everything(client: socket.socket) -> bytes:
    """What the other side says until it hangs up."""
    said = b""
    try:
        while part := client.recv(65_536):
            said += part
    except ConnectionResetError:
        return said
    return said


def sent(client: socket.socket) -> bool:
    """Whether the other side still lets us send."""
    time.sleep(0.02)
    try:
        client.sendall(b"a" * 1000)
    except OSError:
        return False
    return True


def ended(client: socket.socket) -> bool:
    """Whether the other side hung up without a word; else the test's time is up."""
    return everything(client) == b""


def test_who_does_not_finish_a_head_is_let_go_while_others_are_served(
    terminal: Terminal, connect: Callable[[bytes], socket.socket]
) -> None:
    slow = [connect(first) for first in (b"", b"GET /healthz HTTP/1.1\r\n", b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ")]
    drip = connect(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
    deadline = time.monotonic() + 10
    served = 0
    while time.monotonic() < deadline:
        # one byte now and then does not put it off
        try:
            drip.sendall(b"X")
        except OSError:
            break
        assert terminal.call("GET", "/api/v1/catalogue").status_code == 200
        served += 1
        time.sleep(0.1)
    assert served > 0
    assert all(ended(client) for client in (*slow, drip))


def test_a_crowd_that_says_nothing_makes_room_for_who_does(terminal: Terminal, connect: Callable[[bytes], socket.socket]) -> None:
    silent = [connect(b"GET /healthz HTTP/1.1\r\n") for _ in range(30)]
    assert terminal.call("GET", "/api/v1/catalogue").status_code == 200
    assert ended(silent[0]), "the oldest went first"


def test_a_head_without_end_is_refused(connect: Callable[[bytes], socket.socket]) -> None:
    client = connect(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * (HEAD_BYTES + 5_000))
    assert everything(client).startswith(b"HTTP/1.1 4")


def test_a_body_that_does_not_come_is_given_up_with_an_answer(
    terminal: Terminal, connect: Callable[[bytes], socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "BODY_SECONDS", 0.3)
    client = connect(b"POST /api/v1/cases/lookup HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    answer = everything(client)
    assert answer.startswith(b"HTTP/1.1 408") and b"body_late" in answer


def test_a_kept_connection_is_served_again_after_a_pause(terminal: Terminal) -> None:
    with requests.Session() as session:
        for _ in range(3):
            assert session.send(terminal.signed("GET", "/api/v1/catalogue"), timeout=10).status_code == 200
            time.sleep(HEAD_SECONDS * 1.3)


def test_the_last_piece_of_an_answer_does_not_wait_for_the_other_side(center: Center) -> None:
    """Measured: each answer on a kept connection took 44 ms instead of 4."""
    seen: list[int] = []

    class Looked(PatientProtocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            seen.append(transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    with listening(center, Looked) as url:
        assert requests.get(f"{url}/healthz", timeout=10).ok
    assert seen and all(seen)


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * 300_000 + b"\r\n\r\n", b"431", b"head_too_large"),
        (b"GET /" + b"a" * 300_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"431", b"head_too_large"),
        (b"this is no request\r\n\r\n" + b"a" * 300_000, b"400", b"bad_request"),
    ],
)
def test_what_is_no_request_is_answered_however_much_of_it_comes(
    connect: Callable[[bytes], socket.socket], said: bytes, status: bytes, code: bytes
) -> None:
    client = connect(said)
    answer = b""
    while part := client.recv(65_536):  # a connection reset here would fail the test
        answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status)
    assert b"application/problem+json" in head and code in body
    # and who goes on sending without end is let go
    assert any(not sent(client) for _ in range(200))
