"""Efficiency complaints (R6): the card or the digits open one, nothing else does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from center.api.contract.operation import Operation, asks, makes

#: What opening one for an act can meet.
_ACCESS = ("code_invalid", "receipt_unknown", "complaint_unknown", "digits_wrong", "digits_locked")
_ACT = (*_ACCESS, "complaint_changed", "act_incomplete")

OPERATIONS: Mapping[tuple[str, str], Operation] = {
    ("GET", "/api/v1/public-staff"): asks("complaints", "Whom a complaint can be about, and the reasons to choose from", "The list."),
    ("POST", "/api/v1/complaints"): makes(
        "complaints",
        "File a complaint",
        "Received.",
        "township_mismatch",
        "terminal_mismatch",
        "time_without_zone",
        "filed_in_future",
        "consent_missing",
        "digits_weak",
        "matter_unknown",
        "about_unknown",
        "complaint_incomplete",
        "receipt_number_used",
        "files_missing",
        "evidence_full",
    ),
    ("POST", "/api/v1/complaints/receipt"): asks(
        "complaints", "What opens the complaint of a receipt's code; not even its state", "Found.", "code_invalid", "receipt_unknown"
    ),
    ("POST", "/api/v1/complaints/open"): asks("complaints", "One complaint, by its receipt and the six digits", "Open.", *_ACCESS),
    ("POST", "/api/v1/complaints/lookup"): asks("complaints", "All complaints of the holder of an ID card", "Found, or an empty list."),
    ("POST", "/api/v1/complaints/evidence"): makes(
        "complaints",
        "Hand in more evidence, or all that the supplement notice wants",
        "Kept.",
        *_ACT,
        "files_missing",
        "evidence_full",
        "too_late",
    ),
    ("POST", "/api/v1/complaints/answer"): makes("complaints", "Answer the written result", "Kept.", *_ACT, "too_late"),
    ("POST", "/api/v1/complaints/review"): makes("complaints", "Ask for a review by the next higher body", "Passed on.", *_ACT, "too_late"),
}

_KEY = "6f1c2b9e-6a0d-4c8e-9f0e-7c8f0a1b2c3d"
_ABOUT = "0a1b2c3d4e5f60718293"
_ACCESS_EXAMPLE = {"card_number": "230903195603128120", "complaint_number": "TS202611240003"}
_DETAIL = {
    "number": "TS202611240003",
    "receipt_number": "WB012611240032",
    "state": "received",
    "state_label": "已登记，正在决定是否受理",
    "received_at": "2026-11-24T10:26:02+08:00",
    "about": "综合窗口1号",
    "matter": "超过承诺时限",
    "statement": "说好三个工作日，到今天没有结果。",
    "evidence": 1,
    "acceptance_due_on": "2026-12-01",
    "may_add": True,
}

EXAMPLES: Mapping[str, Any] = {
    "PublicStaffAnswer": {
        "windows": [{"id": _ABOUT, "name": "综合窗口1号"}],
        "staff": [{"id": "93827160f5e4d3c2b1a0", "name": "王敏", "post": "窗口工作人员", "window": "综合窗口1号"}],
        "matters": [{"code": "late", "name": "超过承诺时限"}],
    },
    "ComplaintFiling": {
        "key": _KEY,
        "township_id": "230903-wanbaohe",
        "terminal_id": "WBH-01",
        "receipt_number": "WB012611240032",
        "card": True,
        "complainant": {"name": "张秀兰", "contact": "13904641234", "number": "230903195603128120"},
        "about": _ABOUT,
        "matter": "late",
        "statement": "说好三个工作日，到今天没有结果。",
        "consent": {"text_version": "2026-11", "given_at": "2026-11-24T10:20:00+08:00"},
        "filed_at": "2026-11-24T10:26:00+08:00",
    },
    "ComplaintFilingAnswer": {
        "number": "TS202611240003",
        "receipt_number": "WB012611240032",
        "received_at": "2026-11-24T10:26:02+08:00",
        "opens_with": "card",
        "acceptance_due_on": "2026-12-01",
        "next_step": "五个工作日内答复是否受理；可凭身份证在自助终端查看。",
    },
    "ComplaintReceiptAnswer": {"receipt_number": "WB012611240032", "opens_with": "digits"},
    "ReceiptOpening": {"code": "OS1TWB01WB012611240032", "digits": "274961"},
    "ComplaintDetail": _DETAIL,
    "ComplaintsAnswer": {"complaints": [_DETAIL]},
    "EvidenceFiling": {"key": _KEY, "access": _ACCESS_EXAMPLE, "words": "这是当天的回执。"},
    "ComplaintWords": {"key": _KEY, "access": _ACCESS_EXAMPLE, "words": "书面结果没有说明超期的原因。"},
    "ComplaintActAnswer": {
        "number": "TS202611240003",
        "state": "received",
        "state_label": "已登记，正在决定是否受理",
        "at": "2026-11-25T10:26:02+08:00",
        "next_step": "补充的内容已经收到。",
    },
}
