"""Drawing the public pages: templates, headers, and the one sentence for what is not there."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse, Response

from center.center import Center
from center.log import log_internal_error

#: Nothing from elsewhere, no script at all, in nobody's frame.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: A guide may be kept for a while; a state never.
GUIDE_CACHE = {"Cache-Control": "public, max-age=300"}
NO_STORE = {"Cache-Control": "no-store"}

_WEEKDAYS = "一二三四五六日"

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters.update(
    long_day=lambda on: f"{on.year}年{on.month}月{on.day}日",
    moment=lambda at: f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}",
    weekday=lambda on: f"周{_WEEKDAYS[on.weekday()]}",
)


def public_page(center: Center, name: str, status: int = 200, cache: dict[str, str] = NO_STORE, **values: Any) -> Response:
    """One page."""
    content = _templates.get_template(f"{name}.html").render(
        center_name=center.config.center.name,
        window_hours=center.config.center.window_hours,
        demo=center.config.demo,
        now=center.clock.now(),
        **values,
    )
    return HTMLResponse(content, status, HEADERS | cache)


def message(center: Center, title: str, sentence: str, status: int) -> Response:
    """What cannot be shown, and what to do instead."""
    return public_page(center, "message", status, title=title, sentence=sentence)


def internal_message(center: Center, error: Exception, tell: Callable[[Center, str, str, int], Response] = message) -> Response:
    """A bug: nothing of it is shown but a code that finds it in the log. `tell` makes the page."""
    support_code = secrets.token_hex(4)
    log_internal_error(support_code, error)
    return tell(center, "页面出了故障", f"请稍后再试，或到窗口、自助终端查询。告诉工作人员这个代码：{support_code}。", 500)
