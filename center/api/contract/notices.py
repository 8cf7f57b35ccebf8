"""Public notices (R1.5): what anybody may read, so nothing of it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from center.api.contract.operation import Answer, Operation
from kiosk.wire.notices import NoticesAnswer

_HEADERS = {"ETag": "The notices' tag, quoted."}

OPERATIONS: Mapping[tuple[str, str], Operation] = {
    ("GET", "/api/v1/notices"): Operation(
        "notices",
        "What is public today: the center's duties, rules, procedures, promises, ways to complain, announcements, and who is on duty",
        {
            200: Answer("Everything that is public today.", _HEADERS, (NoticesAnswer,)),
            304: Answer("It is still the one of If-None-Match.", _HEADERS, empty=True),
        },
        headers={"If-None-Match": "The ETag of the notices that the terminal has."},
    ),
}

_NOTICE = {
    "kind": "promises",
    "kind_name": "服务承诺",
    "title": "窗口服务承诺",
    "paragraphs": ["来有迎声，问有答声，离有送声。"],
    "version": 2,
    "from_on": "2026-11-01",
    "to_on": None,
}

EXAMPLES: Mapping[str, Any] = {
    "NoticesAnswer": {
        "on": "2026-11-24",
        "notices": [_NOTICE],
        "duty": [{"window": "综合窗口1号", "post": "综合受理", "name": "王敏", "attended": True, "photo": ""}],
    },
}
