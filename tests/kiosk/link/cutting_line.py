"""A line to the center that breaks: passes bytes through to a real server, and cuts the connection when told to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

_PIECE = 4096


class CuttingLine:
    """A proxy on loopback. `cut_after`: so many bytes go to the center, over all connections, and then the line is dead for one connection."""

    def __init__(self, target: str) -> None:
        at = urlsplit(target)
        self._target = (at.hostname or "", at.port or 0)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self.sent = 0
        self.cuts = 0
        self.cut_after: list[int] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            center = socket.create_connection(self._target, timeout=20)
            for one, other, outward in ((client, center, True), (center, client, False)):
                threading.Thread(target=self._pass, args=(one, other, outward), daemon=True).start()

    def _pass(self, source: socket.socket, drain: socket.socket, outward: bool) -> None:
        try:
            while piece := source.recv(_PIECE):
                if outward and self._breaks(len(piece)):
                    break
                drain.sendall(piece)
        except OSError:
            pass
        for end in (source, drain):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def _breaks(self, size: int) -> bool:
        with self._lock:
            self.sent += size
            if self.cut_after and self.sent >= self.cut_after[0]:
                self.cut_after.pop(0)
                self.cuts += 1
                return True
            return False


@contextmanager
def cutting_line(target: str) -> Iterator[CuttingLine]:
    """The line, open."""
    line = CuttingLine(target)
    line.start()
    try:
        yield line
    finally:
        line.stop()
