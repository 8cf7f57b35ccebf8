"""The console's page of terminals: which are alive and what ails them, for who keeps them; adding and revoking one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from center.center import Refusal
from center.clock import security_now
from center.console.guard import PATH, Posting, Visit, Visiting
from center.console.pages import moment, page
from center.domain.roles import Right
from center.errors import CommandError
from center.members import require
from center.terminal_health import PAPER_WORDS, SILENT_AFTER, TerminalState, device_name, device_words, is_well, terminal_states
from center.terminals import add_terminal, revoke_terminal
from kiosk.wire.health import PaperState

router = APIRouter(prefix=f"{PATH}/terminals")

#: Where a fault of adding one is shown, and its sentence.
_FAULTS: dict[str, tuple[str, str]] = {
    "terminal_id": ("terminal_id", "请填 2 到 20 位大写字母、数字或横线，如 WBH-02。"),
    "short_name": ("short_name", "请填 1 到 4 位大写字母或数字，如 WB02；单独一个 C 留给中心。"),
    "short_name_used": ("short_name", "这个短名已有终端在用，请换一个。"),
    "public_key": ("public_key", "这不是终端的公钥。请把终端上显示的一行字完整地粘贴进来。"),
    "terminal_differs": ("terminal_id", "这个编号已登记给另一台终端。旧终端的回执还要能核对，请停用旧的，用新编号登记。"),
}


def _words_of(at: datetime | None) -> str:
    """How long ago: the browser's and the machine's clocks need not agree."""
    if at is None:
        return "还没有"
    minutes = int((security_now() - at).total_seconds() // 60)
    if minutes < 1:
        return "刚刚"
    if minutes < 60:
        return f"{minutes} 分钟前"
    return f"{minutes // 60} 小时前" if minutes < 24 * 60 else moment(at)


def _row(state: TerminalState) -> dict[str, Any]:
    health = state.health
    return {
        "state": state,
        "seen": _words_of(state.seen_at),
        "paper": PAPER_WORDS[health.paper] if health else "",
        "paper_low": health is not None and health.paper in (PaperState.NEAR_END, PaperState.OUT),
        "devices": [(device_name(device), device_words(device), is_well(device)) for device in health.devices] if health else [],
    }


@router.get("")
def see(who: Visiting, request: Request) -> Response:
    """All terminals, those that somebody has to look after first."""
    require(who.member, Right.SEE_TERMINALS, Right.MANAGE_TERMINALS)
    states = terminal_states(who.center)
    return page(
        request,
        "terminals/list",
        who,
        rows=[_row(state) for state in states],
        silent=[state.terminal_id for state in states if state.silent],
        silent_minutes=int(SILENT_AFTER.total_seconds() // 60),
        manages=who.member.may(Right.MANAGE_TERMINALS),
    )


def _form(request: Request, who: Visit, given: dict[str, str], faults: dict[str, str]) -> Response:
    return page(request, "terminals/add", who, 422 if faults else 200, given=given, faults=faults)


@router.get("/add")
def add_page(who: Visiting, request: Request) -> Response:
    """The form."""
    require(who.member, Right.MANAGE_TERMINALS)
    return _form(request, who, dict.fromkeys(("terminal_id", "short_name", "public_key"), ""), {})


@router.post("/add")
def do_add(sent: Posting, request: Request) -> Response:
    """Let a terminal sign. Id and key together name it, so pressing twice adds one."""
    require(sent.visit.member, Right.MANAGE_TERMINALS)
    given = {
        "terminal_id": sent.text("terminal_id").upper()[:40],
        "short_name": sent.text("short_name").upper()[:10],
        "public_key": "".join(sent.text("public_key").split())[:100],
    }
    try:
        add_terminal(sent.visit.center, given["terminal_id"], given["short_name"], given["public_key"], sent.visit.member)
    except CommandError as error:
        name, sentence = _FAULTS[error.code]
        return _form(request, sent.visit, given, {name: sentence})
    return RedirectResponse(f"{PATH}/terminals", 303)


@router.get("/{terminal_id}/revoke")
def revoke_page(who: Visiting, request: Request, terminal_id: str) -> Response:
    """What revoking means, before it is done: there is no way back."""
    require(who.member, Right.MANAGE_TERMINALS)
    state = next((each for each in terminal_states(who.center) if each.terminal_id == terminal_id), None)
    if state is None or state.revoked_at is not None:
        raise _unknown()
    return page(request, "terminals/revoke", who, state=state, seen=_words_of(state.seen_at))


@router.post("/{terminal_id}/revoke")
def do_revoke(sent: Posting, terminal_id: str) -> Response:
    """Take no more requests of it, from now on. Pressed twice, it is revoked once."""
    require(sent.visit.member, Right.MANAGE_TERMINALS)
    try:
        revoke_terminal(sent.visit.center, terminal_id, sent.visit.member)
    except CommandError:
        raise _unknown() from None
    return RedirectResponse(f"{PATH}/terminals", 303)


def _unknown() -> Refusal:
    return Refusal("terminal_not_here", "没有这台终端，或者已经停用。请从终端列表重新打开。")
