"""What the holder of a card can do with their own cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from center.api.contract.operation import Operation, asks, makes

_SENDER = ("township_mismatch", "terminal_mismatch", "receipt_unknown", "case_changed")

OPERATIONS: Mapping[tuple[str, str], Operation] = {
    ("POST", "/api/v1/applications/{receipt_number}/supplements"): makes(
        "applications",
        "Supply everything that the one-time notice wants",
        "Back at the window; not accepted by this.",
        *_SENDER,
        "material_double",
        "supplement_invalid",
        "files_missing",
        "page_format",
    ),
    ("POST", "/api/v1/applications/{receipt_number}/withdrawal"): makes("applications", "Withdraw an application", "Ended.", *_SENDER),
    ("POST", "/api/v1/cases/papers"): asks("cases", "The notices of one of the card holder's own cases", "Found.", "receipt_unknown"),
}

_DOCUMENT = {"document": "issued", "issuer": "万宝河镇政务服务中心", "title": "一次性告知书", "number": "万宝河告〔2026〕12号"}
_OWN = {
    "key": "6f1c2b9e-6a0d-4c8e-9f0e-7c8f0a1b2c3d",
    "township_id": "230903-wanbaohe",
    "terminal_id": "WBH-01",
    "number": "230903195603128120",
}

EXAMPLES: Mapping[str, Any] = {
    "Supplement": {
        **_OWN,
        "values": {"phone": "13904641234"},
        "materials": [{"code": "household_register", "pages": ["3f5b6c0e7a1d2c4b8e9f00112233445566778899aabbccddeeff001122334455"]}],
    },
    "Withdrawal": _OWN,
    "WithdrawalAnswer": {
        "case_number": "202611240031",
        "receipt_number": "WB012611240031",
        "state_label": "已撤回",
        "withdrawn_at": "2026-11-24T15:02:00+08:00",
    },
    "PapersQuestion": {"number": "230903195603128120", "receipt_number": "WB012611240031"},
    "CasePapersAnswer": {
        "papers": [
            {"title": "一次性告知书", "number": "万宝河告〔2026〕12号", "issued_at": "2026-11-25T09:20:00+08:00", "document": _DOCUMENT}
        ]
    },
}
