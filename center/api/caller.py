"""Who asks and whom: what every endpoint for terminals begins with."""

from __future__ import annotations

from typing import Annotated, cast
from uuid import UUID

from fastapi import Header, Request, Response

from center.center import Center, Refusal
from center.store.tables import Terminal

#: Answers about people stay in no cache.
NO_STORE = "no-store"

#: The header of every write: the same as `key` in its body, and covered by the signature.
Key = Annotated[UUID | None, Header()]


def center_of(request: Request) -> Center:
    """The center behind this application."""
    return cast(Center, request.app.state.center)


def terminal_of(request: Request) -> Terminal:
    """Who signed: the gate has verified it before any endpoint runs."""
    return cast(Terminal, request.state.terminal)


def require_key(sent: UUID | None, key: UUID) -> None:
    """Raises Refusal unless the header names the body's own key: without it, a repeat would be a second write."""
    if sent is None:
        raise Refusal("idempotency_key_missing", "请求缺少 Idempotency-Key；没有它，重复发送会变成两件。", {"idempotency-key": "missing"})
    if sent != key:
        raise Refusal("idempotency_key_mismatch", "Idempotency-Key 与内容里的编号不同；请用同一个编号。", {"idempotency-key": "mismatch"})


def answer_made(response: Response, created: bool) -> None:
    """201 for what was made now, 200 for a repeat; about people, so it stays in no cache."""
    response.status_code = 201 if created else 200
    response.headers["Cache-Control"] = NO_STORE
