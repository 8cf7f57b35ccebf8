"""Connections as the center takes them: bounded in number, and each must say what it wants in time. The web server itself waits for ever.

A body is bounded by the gate (`center.api.gate`), an idle kept connection by the server's own keep-alive time.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from http import HTTPStatus
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from kiosk.wire.base import Problem

#: The longest a client may take to send the head of a request; seconds. A terminal sends it in one piece.
HEAD_SECONDS = 10.0
#: The longest head; bytes. Ours are some 1 KB.
HEAD_BYTES = 16 * 1024
#: Connections at a time: far more than a township's terminals and staff hold, far fewer than the system has descriptors for.
CONNECTIONS = 400
#: Who is refused for a head may go on sending it for so long, and is not listened to: a connection closed on what nobody read takes
#: the answer along. Seconds.
LINGER_SECONDS = 2.0

_REFUSED: dict[int, tuple[str, str]] = {
    400: ("bad_request", "请求的格式不对，中心没有处理。"),
    431: ("head_too_large", f"请求的头部太长，最多 {HEAD_BYTES // 1024} KB，中心没有处理。"),
}


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that closes who does not finish a head in time, and makes room for who does."""

    head_seconds = HEAD_SECONDS
    most_connections = CONNECTIONS
    linger_seconds = LINGER_SECONDS

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._head_timer: asyncio.TimerHandle | None = None
        self._linger: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the library has it
        """A new connection: its head is waited for, and where there are too many another goes."""
        super().connection_made(transport)
        # The event loop does so only for sockets that name TCP as their protocol, and ours, bound beforehand, do not. Without it the
        # last piece of every answer on a kept connection waits 40 ms for the other side's acknowledgement.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if len(self.connections) > self.most_connections:
            self._make_room()
        self._arm()

    def data_received(self, data: bytes) -> None:
        """Bytes of a head or of a body."""
        if self._linger is not None:
            return
        super().data_received(data)
        # Begun with the first byte of a head, and not put off by the next ones.
        if self._waits_for_head:
            self._arm()
        else:
            self._disarm()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._disarm()
        if self._linger is not None:
            self._linger.cancel()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request: 431 where its head is too long, else 400. The library calls it while it handles the fault."""
        hint = getattr(sys.exc_info()[1], "error_status_hint", 0)
        status = HTTPStatus(hint if hint in _REFUSED else HTTPStatus.BAD_REQUEST)
        code, detail = _REFUSED[status]
        body = Problem(title=status.phrase, status=status, detail=detail, code=code).model_dump_json().encode()
        headers = [
            (b"content-type", b"application/problem+json"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            (b"connection", b"close"),
        ]
        for event in (h11.Response(status_code=status, headers=headers, reason=status.phrase.encode()), h11.Data(body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.write_eof()
        self._linger = self.loop.call_later(self.linger_seconds, self.transport.abort)

    @property
    def _waits_for_head(self) -> bool:
        # The library's flag, not ours: SEND_BODY and beyond mean that a head has come and is being answered.
        return self.conn.their_state is h11.IDLE

    def _arm(self) -> None:
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(self.head_seconds, self._too_slow)

    def _disarm(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _too_slow(self) -> None:
        self._head_timer = None
        if self._waits_for_head and not self.transport.is_closing():
            self.transport.abort()

    def _make_room(self) -> None:
        """Close the connection that has been silent longest; if every one is being served, this one."""
        silent = [each for each in self.connections if isinstance(each, PatientProtocol) and each is not self and each._head_timer]
        victim = min(silent, key=lambda each: each._head_timer.when() if each._head_timer else 0.0, default=self)
        self.connections.discard(victim)
        victim.transport.abort()


def web_server(app: ASGIApp, protocol: type[PatientProtocol] = PatientProtocol, **settings: Any) -> uvicorn.Config:
    """The web server's configuration, in the field and in tests. It writes no access log: addresses would be kept of who asked what."""
    return uvicorn.Config(
        app,
        http=protocol,
        h11_max_incomplete_event_size=HEAD_BYTES,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        **settings,
    )
