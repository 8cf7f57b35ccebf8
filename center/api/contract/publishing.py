"""What is public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from center.api.contract.operation import Answer, Operation
from kiosk.wire.notices import NoticesAnswer

_HEADERS = {"ETag": "The tag of what is public, quoted."}

OPERATIONS: Mapping[tuple[str, str], Operation] = {
    ("GET", "/api/v1/notices"): Operation(
        "publishing",
        "Public notices and who is on duty (R1.5)",
        {
            200: Answer("Everything that is public today.", _HEADERS, (NoticesAnswer,)),
            304: Answer("It is still the one of If-None-Match.", _HEADERS, empty=True),
        },
        headers={"If-None-Match": "The ETag of what the terminal has."},
    ),
}

EXAMPLES: Mapping[str, Any] = {
    "NoticesAnswer": {
        "on": "2026-11-24",
        "notices": [
            {
                "kind": "announcement",
                "kind_name": "公告",
                "title": "元旦放假安排",
                "paragraphs": ["1 月 1 日至 3 日放假，自助终端照常开放。"],
                "version": 1,
                "from_on": "2026-11-24",
            }
        ],
        "duty": [{"window": "综合窗口1号", "post": "A 岗", "name": "王敏", "attended": True}],
    }
}
