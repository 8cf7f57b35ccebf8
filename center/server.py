"""Serving the application: says on stdout when it takes connections, and stops cleanly on SIGTERM."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import sys
from collections.abc import Iterator

import uvicorn

from center.app import create_app
from center.center import Center
from center.connections import web_server
from center.errors import CommandError
from center.log import LogEvent, log
from center.oversight.heartbeat import Heartbeat

#: A page that is on its way when the center stops gets this long; seconds.
_GRACE_SECONDS = 5


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            port = sockets[0].getsockname()[1]
            log(LogEvent.SERVING, port=port)
            sys.stdout.write(json.dumps({"event": "serving", "port": port}) + "\n")
            sys.stdout.flush()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # The library raises the signal again at its end, so that a clean stop would look like a death.
        before = {name: signal.signal(name, self.handle_exit) for name in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)


def serve(center: Center, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT. Port 0 takes any that is free. Raises CommandError if the address cannot be had."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise CommandError(
            "port_taken", f"{host}:{port} cannot be used ({error.strerror}); end the program that has it, or give another --port."
        ) from None
    config = web_server(create_app(center), timeout_graceful_shutdown=_GRACE_SECONDS)
    heartbeat = Heartbeat(center)
    heartbeat.start()
    try:
        _Server(config).run(sockets=[listening])
    finally:
        heartbeat.stop()
        center.database.close()
        listening.close()
    log(LogEvent.STOPPED)
