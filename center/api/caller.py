"""Who asks and whom: what every endpoint for terminals begins with."""

from __future__ import annotations

from typing import cast

from fastapi import Request

from center.center import Center
from center.store.tables import Terminal

#: Answers about people stay in no cache.
NO_STORE = "no-store"


def center_of(request: Request) -> Center:
    """The center behind this application."""
    return cast(Center, request.app.state.center)


def terminal_of(request: Request) -> Terminal:
    """Who signed: the gate has verified it before any endpoint runs."""
    return cast(Terminal, request.state.terminal)
