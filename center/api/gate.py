"""What every request passes before anything reads it: limits on body and rate, and for terminals the signature. A forgotten check leaves no door open."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from center.api.limits import Limits
from center.api.signatures import HeaderLines, SignedRequest, accept, verify
from center.center import Center, Refusal, Unavailable
from center.records.incoming import SCANS_AT_ONCE
from center.store.outage import outage_of
from center.store.tables import Terminal
from center.terminals import KnownTerminals
from kiosk.wire.base import MAX_FILE_BYTES

API = "/api/"
FILES = "/api/v1/files/"

#: Open to anybody: whether the center is there (`/healthz` is the same, under the name that monitors look for), and how it is asked.
OPEN = ("/api/v1/health", "/healthz", "/api/v1/openapi.json")

#: What a body may be, by method: JSON is posted, files are put whole, or part by part.
PART = "application/offset+octet-stream"
MEDIA_TYPES: dict[str, tuple[str, ...]] = {
    "POST": ("application/json",),
    # What a file is, its first bytes say; nobody need name it.
    "PUT": ("image/jpeg", "image/png", "application/octet-stream", ""),
    "PATCH": (PART,),
}

#: A filing with 80 values and its materials is some 20 KB; a console form far less. Bytes.
MAX_BODY_BYTES = 256 * 1024
#: Pictures of papers, put in at the window: each as large as a terminal's, and the form around them. Bytes.
SCANS_BYTES = SCANS_AT_ONCE * MAX_FILE_BYTES + 64 * 1024
_SCANS = re.compile(r"/console/(cases|complaints)/[0-9a-f-]{36}/scans")
#: Longer than a page over a slow line takes; seconds.
BODY_SECONDS = 30.0


class Gate:
    """ASGI middleware around the whole application."""

    def __init__(
        self, app: ASGIApp, center: Center, refuse: Callable[[Request, Refusal], Response], signed_in: Callable[[Request], bool]
    ) -> None:
        """`refuse` answers in the manner of the address: a problem for terminals, a page for people. `signed_in`: a member of staff asks."""
        self._app = app
        self._terminals = KnownTerminals(center)
        self._limits = Limits(center.config.api)
        self._refuse = refuse
        self._signed_in = signed_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through with its body read, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        try:
            if path in OPEN:
                self._limits.from_address(_address(scope))
            body = await self._body(scope, receive)
            if path.startswith(API) and path not in OPEN:
                scope.setdefault("state", {})["terminal"] = await run_in_threadpool(self._admit, scope, body)
        except Exception as fault:
            # The first thing that a full disk refuses is the signature's nonce.
            outage = outage_of(fault)
            refusal = Unavailable(outage, act=is_act(scope["method"])) if outage else fault
            if not isinstance(refusal, Refusal):
                raise
            answer = await run_in_threadpool(self._refuse, Request(scope), refusal)
            await answer(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        """The body. Megabytes of pictures are kept for who is signed in alone: sent by many at once they would fill the memory.

        From anybody else they are read to their end, or a browser would not listen to the answer, which is to sign in. Raises Refusal.
        """
        path: str = scope["path"]
        if _SCANS.fullmatch(path):
            return await _read(receive, SCANS_BYTES, keep=await run_in_threadpool(self._signed_in, Request(scope)))
        return await _read(receive, MAX_FILE_BYTES if path.startswith(FILES) else MAX_BODY_BYTES)

    def _admit(self, scope: Scope, body: bytes) -> Terminal:
        """The terminal that signed. Raises Refusal."""
        try:
            verified = verify(self._terminals, _signed(scope, body))
        except Refusal:
            self._limits.from_address(_address(scope))
            raise
        # Before anything is written: a terminal that has gone mad costs no disk.
        self._limits.from_terminal(verified.terminal.terminal_id, scope["path"])
        terminal = accept(self._terminals, verified)
        _require_media_type(scope, body)
        return terminal


def is_act(method: str) -> bool:
    """Whether a request is more than a look."""
    return method not in ("GET", "HEAD")


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _require_media_type(scope: Scope, body: bytes) -> None:
    """What a body says it is must be what the endpoint reads. Raises Refusal."""
    if not body:
        return
    lines: list[tuple[bytes, bytes]] = scope["headers"]
    given = next((value.decode("latin-1") for name, value in lines if name == b"content-type"), "")
    wanted = MEDIA_TYPES.get(scope["method"], ())
    if wanted and given.partition(";")[0].strip().lower() not in wanted:
        raise Refusal("media_type", "请求的内容类型不对，中心没有读取；请检查终端与中心的版本是否一致。", {"content-type": "unexpected"})


async def _read(receive: Receive, limit: int, keep: bool = True) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    raise Refusal("body_late", "请求没有发完就断了。")
                part: bytes = message.get("body", b"")
                size += len(part)
                if size > limit:
                    raise Refusal("body_too_large", f"内容太大，最多 {limit // 1000} KB；请重新拍摄或分开提交。")
                if keep:
                    parts.append(part)
                if not message.get("more_body", False):
                    return b"".join(parts)
    except TimeoutError:
        raise Refusal("body_late", "请求发送得太慢，中心没有等到全部内容；请检查网络后再试。") from None


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _signed(scope: Scope, body: bytes) -> SignedRequest:
    lines = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
    host = next((value for name, value in lines if name == "host"), "")
    query = scope["query_string"].decode("latin-1")
    path = scope["raw_path"].decode("latin-1")
    return SignedRequest(scope["method"], f"{scope['scheme']}://{host}{path}{f'?{query}' if query else ''}", HeaderLines(lines), body)
