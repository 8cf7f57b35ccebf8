"""What terminals say of themselves."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from center.api.caller import NO_STORE, center_of, terminal_of
from center.terminal_health import keep_report
from kiosk.wire.health import HealthAnswer, TerminalHealth

router = APIRouter(prefix="/api/v1")


@router.post("/terminals/health")
def report(request: Request, response: Response, health: TerminalHealth) -> HealthAnswer:
    """Kept in place of the terminal's last report."""
    response.headers["Cache-Control"] = NO_STORE
    return HealthAnswer(center_time=keep_report(center_of(request), terminal_of(request), health))
