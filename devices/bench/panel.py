"""The bench panel: the page beside the demo and the JSON that it and the command line use, on loopback only. The acts are `table`'s."""

from __future__ import annotations

import io
import json
import threading
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from PIL import Image

from devices.bench.table import Bench, BenchFault

_PAGE = Path(__file__).with_name("panel.html")
_FONTS = {path.name: path for path in (Path(__file__).parents[2] / "assets" / "fonts").glob("NotoSansSC_*.ttf")}
_THUMBNAIL = (420, 315)
#: An act is a few words; anything longer is a mistake.
_LONGEST_BODY = 65536
#: Only a page of our own may act: no name that another site could point at loopback.
_HOSTS = ("127.0.0.1", "localhost")


class Panel:
    """The HTTP side of a bench. `port` 0 takes a free one."""

    def __init__(self, bench: Bench, port: int = 0) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(bench))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="bench-panel", daemon=True)

    @property
    def port(self) -> int:
        """TCP, on loopback."""
        return int(self._server.server_address[1])

    def start(self) -> None:
        """Answer requests from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()


@lru_cache(maxsize=128)
def _thumbnail(path: Path, modified: float) -> bytes:
    with Image.open(path) as opened:
        opened.thumbnail(_THUMBNAIL)
        small = io.BytesIO()
        opened.convert("RGB").save(small, "JPEG", quality=80)
    return small.getvalue()


def _handler(bench: Bench) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """The page, the state, a receipt, or a page's small picture."""
            path = unquote(urlsplit(self.path).path)
            if path == "/":
                self._send(HTTPStatus.OK, _PAGE.read_bytes(), "text/html; charset=utf-8")
            elif path.startswith("/fonts/") and path.removeprefix("/fonts/") in _FONTS:
                self._send(HTTPStatus.OK, _FONTS[path.removeprefix("/fonts/")].read_bytes(), "font/ttf", "max-age=86400")
            elif path == "/api/state":
                self._json(HTTPStatus.OK, bench.state())
            elif path == "/api/choices":
                self._json(HTTPStatus.OK, bench.choices())
            elif path.startswith("/receipts/") and path.removeprefix("/receipts/") in bench.receipt_names():
                self._send(HTTPStatus.OK, (bench.receipts / path.removeprefix("/receipts/")).read_bytes(), "image/png")
            elif path.startswith("/pages/") and (picture := bench.page_file(path.removeprefix("/pages/"))) is not None:
                self._send(HTTPStatus.OK, _thumbnail(picture, picture.stat().st_mtime), "image/jpeg")
            else:
                self._fault(HTTPStatus.NOT_FOUND, "not_found", "There is nothing here.")

        def do_POST(self) -> None:
            """Act: `{"act": name, …its arguments}`; the answer is the new state."""
            length = int(self.headers.get("Content-Length") or 0)
            if length > _LONGEST_BODY:
                self.close_connection = True
                self._fault(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_long", "An act is a few words.")
                return
            body = self.rfile.read(length)
            host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
            if self.path != "/api/act" or host not in _HOSTS or self.headers.get_content_type() != "application/json":
                self._fault(HTTPStatus.FORBIDDEN, "forbidden", "Acts are JSON, posted to /api/act of this machine.")
                return
            try:
                arguments: dict[str, Any] = json.loads(body)
                act = bench.acts[arguments.pop("act")]
                act(**arguments)
            except (ValueError, KeyError, TypeError, AttributeError):
                self._fault(HTTPStatus.BAD_REQUEST, "act_unknown", f"There is no such act; there are: {', '.join(bench.acts)}.")
            except BenchFault as fault:
                self._fault(HTTPStatus.BAD_REQUEST, fault.code, fault.message)
            else:
                self._json(HTTPStatus.OK, bench.state())

        def _fault(self, status: HTTPStatus, code: str, message: str) -> None:
            self._json(status, {"error": code, "message": message})

        def _json(self, status: HTTPStatus, content: object) -> None:
            self._send(status, json.dumps(content, ensure_ascii=False).encode(), "application/json; charset=utf-8")

        def _send(self, status: HTTPStatus, content: bytes, kind: str, keep: str = "no-store") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", keep)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: stdout and stderr belong to the command line."""

    return Handler
