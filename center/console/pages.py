"""Drawing the console's pages: templates, words for values, and the headers that every page carries."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from center.api.problems import STATUS
from center.casework.parties import DELIVERY_NAMES
from center.center import Refusal
from center.console.guard import Visit, center_of
from center.console.navigation import rail, tabs
from center.domain.application import STATE_LABELS
from center.domain.notice import REASON_NAMES
from center.domain.paper import PAPER_FORMS
from center.domain.roles import ROLE_NAMES, Right
from center.log import LogEvent, log, log_internal_error
from center.records.incoming import SCANS_AT_ONCE
from kiosk.wire.base import MAX_FILE_BYTES
from kiosk.wire.groups import group_rows
from kiosk.wire.masking import group_number, mask_name, mask_number

_WEEKDAYS = "一二三四五六日"
_SEXES = {"male": "男", "female": "女"}

#: Nothing from elsewhere, no script in the page, in nobody's frame; and nothing of a citizen stays in a browser's cache.
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}

_STATUS = STATUS | {
    "case_unknown": HTTPStatus.NOT_FOUND,
    "let_go": HTTPStatus.GONE,
    "page_unknown": HTTPStatus.NOT_FOUND,
    "terminal_not_here": HTTPStatus.NOT_FOUND,
    "paper_unknown": HTTPStatus.NOT_FOUND,
    "not_allowed": HTTPStatus.FORBIDDEN,
    "foreign_origin": HTTPStatus.FORBIDDEN,
    "form_token": HTTPStatus.FORBIDDEN,
    "consent_unknown": HTTPStatus.NOT_FOUND,
    "consent_answered": HTTPStatus.CONFLICT,
    "case_changed": HTTPStatus.CONFLICT,
    "duty_changed": HTTPStatus.CONFLICT,
    "staff_changed": HTTPStatus.CONFLICT,
    "item_changed": HTTPStatus.CONFLICT,
    "notice_changed": HTTPStatus.CONFLICT,
    "post_unknown": HTTPStatus.NOT_FOUND,
    "absence_unknown": HTTPStatus.NOT_FOUND,
    "staff_unknown": HTTPStatus.NOT_FOUND,
    "item_unknown": HTTPStatus.NOT_FOUND,
    "public_notice_unknown": HTTPStatus.NOT_FOUND,
    "photo_unknown": HTTPStatus.NOT_FOUND,
    "event_unknown": HTTPStatus.NOT_FOUND,
    "event_changed": HTTPStatus.CONFLICT,
    "report_unknown": HTTPStatus.NOT_FOUND,
    "report_read": HTTPStatus.CONFLICT,
    "check_signed": HTTPStatus.CONFLICT,
}


SCANS_HINT = f"JPEG 或 PNG，每张最多 {MAX_FILE_BYTES // 1000} KB，一次最多 {SCANS_AT_ONCE} 张"


def moment(at: datetime | None) -> str:
    """`11月24日 10:31`"""
    return f"{at.month}月{at.day}日 {at:%H:%M}" if at else ""


def day(on: date | None) -> str:
    """`11月24日 周二`"""
    return f"{on.month}月{on.day}日 周{_WEEKDAYS[on.weekday()]}" if on else ""


def long_day(on: date | None) -> str:
    """`2026年11月24日`"""
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


def full_day(on: date | None) -> str:
    """`2026年11月24日（周二）`"""
    return f"{long_day(on)}（周{_WEEKDAYS[on.weekday()]}）" if on else ""


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters.update(
    moment=moment,
    day=day,
    long_day=long_day,
    full_day=full_day,
    masked_name=mask_name,
    masked_number=mask_number,
    grouped=group_number,
    group_rows=group_rows,
    delivery=lambda code: DELIVERY_NAMES[code],
    sex=lambda code: _SEXES.get(code, ""),
    state=lambda state: STATE_LABELS[state],
    paper_title=lambda kind: PAPER_FORMS[kind].title,
    reason=lambda reason: REASON_NAMES[reason],
    roles=lambda roles: "、".join(name for role, name in ROLE_NAMES.items() if role in roles),
)


def page(request: Request, name: str, who: Visit | None, status: int = 200, **values: Any) -> Response:
    """The page of this template, for `who` is signed in."""
    center = center_of(request)
    content = _templates.get_template(f"{name}.html").render(
        center_name=center.config.center.name,
        window_hours=center.config.center.window_hours,
        demo=center.config.demo,
        now=center.clock.now(),
        member=who.member if who else None,
        csrf=who.csrf if who else "",
        rings=bool(who and who.member.may(Right.ANSWER_HELP_CALLS)),
        rail=rail(who.member, request.url.path) if who and not who.member.owes else (),
        tabs=tabs(who.member, request.url.path) if who and not who.member.owes else (),
        handles_cases=bool(who and who.member.may(Right.HANDLE_CASES)),
        **values,
    )
    return HTMLResponse(content, status, HEADERS)


def refusal_page(request: Request, refusal: Refusal, who: Visit | None) -> Response:
    """What a member of staff sees when something cannot be done."""
    status = _STATUS.get(refusal.code, HTTPStatus.UNPROCESSABLE_ENTITY)
    log(LogEvent.REQUEST_REFUSED, code=refusal.code, status=int(status))
    return page(request, "message", who, status, title="没有办成", sentence=refusal.message, support_code="")


def not_found_page(request: Request, status: int, who: Visit | None) -> Response:
    """An address that leads nowhere, or a way of asking that a page does not know."""
    sentence = "没有这个页面。可能是地址不完整，请从收件列表重新打开。"
    return page(request, "message", who, status, title="没有这个页面", sentence=sentence, support_code="")


def internal_page(request: Request, error: Exception, who: Visit | None) -> Response:
    """A bug: nothing of it is shown but a code that finds it in the log."""
    support_code = secrets.token_hex(4)
    log_internal_error(support_code, error)
    sentence = "系统出了故障，您刚才的操作可能没有保存。请先回到收件列表看一看；如果再次出现，把下面的代码告诉技术人员。"
    return page(request, "message", who, 500, title="出了故障", sentence=sentence, support_code=support_code)
