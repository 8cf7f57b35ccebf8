"""Catalogue, files, applications, cases, and what terminals say of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from center.api.contract.operation import Answer, Operation, asks, makes
from kiosk.wire.items import CatalogueAnswer, CatalogueChanges

_UPLOAD_HEADERS = {"Upload-Offset": "Bytes that are kept.", "Upload-Length": "Bytes of the whole file."}
_CATALOGUE_HEADERS = {"ETag": "The catalogue's tag, quoted."}
_FILE = ("file_hash_mismatch", "file_kind", "file_pixels")

OPERATIONS: Mapping[tuple[str, str], Operation] = {
    ("GET", "/api/v1/health"): Operation(
        "center", "Whether the center answers and its records can be read", {200: Answer("It does.")}, open=True
    ),
    ("GET", "/healthz"): Operation("center", "The same, under the name that monitors look for", {200: Answer("It does.")}, open=True),
    ("GET", "/api/v1/openapi.json"): Operation("center", "This document", {200: Answer("OpenAPI 3.1.")}, open=True),
    ("GET", "/api/v1/catalogue"): Operation(
        "catalogue",
        "Every item in force, or what changed since a catalogue that was fetched before",
        {
            200: Answer(
                "The whole; or, with `since` of a catalogue that the center remembers, its changes, told by the field `since`.",
                _CATALOGUE_HEADERS,
                (CatalogueAnswer, CatalogueChanges),
            ),
            304: Answer("It is still the one of If-None-Match or `since`.", _CATALOGUE_HEADERS, empty=True),
        },
        headers={"If-None-Match": "The ETag of the catalogue that the terminal has."},
    ),
    ("PUT", "/api/v1/files/{sha256}"): Operation(
        "files",
        "Hand in a small file whole",
        {201: Answer("Kept."), 200: Answer("Kept already.")},
        _FILE,
        raw=("image/jpeg", "image/png", "application/octet-stream"),
    ),
    ("POST", "/api/v1/uploads"): Operation(
        "files",
        "Begin a file that comes in parts, or ask how far it is",
        {201: Answer("Begun.", _UPLOAD_HEADERS), 200: Answer("Begun before: go on at `offset`. Or kept already.", _UPLOAD_HEADERS)},
        _FILE,
    ),
    ("HEAD", "/api/v1/uploads/{upload_id}"): Operation(
        "files",
        "How far an upload is, in headers alone",
        {200: Answer("Under way.", _UPLOAD_HEADERS, empty=True)},
        ("upload_unknown",),
    ),
    ("PATCH", "/api/v1/uploads/{upload_id}"): Operation(
        "files",
        "Hand in the next part; the last one makes the file",
        {200: Answer("Kept for sure.", _UPLOAD_HEADERS)},
        ("upload_unknown", "upload_offset", "upload_size", *_FILE),
        raw=("application/offset+octet-stream",),
    ),
    ("POST", "/api/v1/applications"): makes(
        "applications",
        "File an application: one case for one key",
        "Filed.",
        "township_mismatch",
        "terminal_mismatch",
        "time_without_zone",
        "filed_in_future",
        "consent_missing",
        "item_unknown",
        "item_not_open",
        "applicant_kind",
        "agent_not_allowed",
        "form_invalid",
        "material_double",
        "materials_invalid",
        "files_missing",
        "signature_not_png",
        "page_format",
        "receipt_number_used",
    ),
    ("POST", "/api/v1/cases/state"): asks(
        "cases", "The state behind a receipt's code, and nothing of the person", "Found.", "code_invalid", "receipt_unknown"
    ),
    ("POST", "/api/v1/cases/lookup"): asks(
        "cases",
        "All cases of the holder of an ID card; a limit of its own bounds how many numbers a terminal can try",
        "Found, or an empty list.",
    ),
    ("POST", "/api/v1/terminals/health"): asks("terminals", "Say how the terminal is, once a minute", "Kept in place of the last report."),
}

_SHA256 = "3f5b6c0e7a1d2c4b8e9f00112233445566778899aabbccddeeff001122334455"
_UPLOAD = {"upload_id": "0b8f7c1e-5f43-4c0e-9d9a-2a4f6f1f7a10", "sha256": _SHA256, "size": 412_000, "offset": 131_072, "complete": False}
_ITEM = {
    "code": "YLBX",
    "version": 1,
    "effective_from": "2026-01-01",
    "confirmed": False,
    "task_name": "城乡居民基本养老保险参保登记",
}
_CENTER = {
    "center_name": "万宝河镇政务服务中心",
    "township_id": "230903-wanbaohe",
    "center_public_key": "1yfQxJ7cX5c0c6oWqP0m0Nq3mXo3o2lqS2x3bq0m8bI=",
    "window_hours": "周一至周五 8:30–17:00",
    "hotline": "政务服务热线 12345",
    "posts_results": True,
}

EXAMPLES: Mapping[str, Any] = {
    "CatalogueAnswer": {**_CENTER, "items": [_ITEM]},
    "CatalogueChanges": {**_CENTER, "since": "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "changed": [_ITEM], "removed": ["DBSQ"]},
    "FileAnswer": {"sha256": _SHA256, "size": 182_344},
    "UploadQuestion": {"sha256": _SHA256, "size": 412_000},
    "UploadAnswer": _UPLOAD,
    "Filing": {
        "key": "6f1c2b9e-6a0d-4c8e-9f0e-7c8f0a1b2c3d",
        "township_id": "230903-wanbaohe",
        "terminal_id": "WBH-01",
        "receipt_number": "WB012611240031",
        "item_code": "YLBX",
        "item_version": 1,
        "applicant": {"kind": "resident", "name": "张秀兰", "number": "230903195603128120", "sex": "female", "nation": "汉族"},
        "agent": {
            "kind": "resident",
            "name": "李大力",
            "number": "23090319850616019X",
            "phone": "13904641234",
            "authority": "power_of_attorney",
        },
        "consent": {"text_version": "2026-11", "given_at": "2026-11-24T10:20:00+08:00"},
        "values": {"name": "张秀兰", "id_number": "230903195603128120", "phone": "13904641234", "payment": "bank"},
        "materials": [
            {"code": "id_card"},
            {"code": "household_register", "pages": [_SHA256]},
            {"code": "registration_form"},
            {"code": "agent_authority", "pages": [_SHA256]},
        ],
        "signature": _SHA256,
        "delivery": "post",
        "post_to": {"recipient": "李大力", "phone": "13904641234", "address": "黑龙江省七台河市桃山区万宝河镇一村12号"},
        "tell": "phone",
        "filed_at": "2026-11-24T10:26:00+08:00",
    },
    "FilingAnswer": {
        "case_number": "202611240031",
        "receipt_number": "WB012611240031",
        "received_at": "2026-11-24T10:26:02+08:00",
        "next_step": "窗口工作人员核对材料后受理；可凭回执上的二维码或身份证在自助终端查看进度。",
    },
    "CodeQuestion": {"code": "OS1RWB01WB012611240031"},
    "CaseStateAnswer": {
        "receipt_number": "WB012611240031",
        "state": "accepted",
        "state_label": "已受理",
        "as_of": "2026-11-25T09:00:00+08:00",
    },
    "IdentityQuestion": {"number": "230903195603128120"},
    "CasesAnswer": {
        "cases": [
            {
                "case_number": "202611240031",
                "receipt_number": "WB012611240031",
                "item_code": "YLBX",
                "item_name": "城乡居民基本养老保险参保登记",
                "state": "accepted",
                "state_label": "已受理",
                "filed_at": "2026-11-24T10:26:00+08:00",
                "accepted_on": "2026-11-24",
                "due_on": "2026-11-27",
                "holder": "综合窗口1号 王敏",
                "steps": [{"label": "提交申请", "at": "2026-11-24T10:26:00+08:00", "by": "自助终端 WBH-01"}],
            }
        ]
    },
    "TerminalHealth": {
        "version": "0.1.0",
        "up_seconds": 86_400,
        "devices": [
            {"device": "printer", "state": "fault", "fault": "paper_out", "hint": "打印纸用完：打开打印机盖，换上新纸卷，合上盖子"},
            {"device": "id_card", "state": "ready"},
        ],
        "paper": "out",
        "unsent": 2,
        "refused": 0,
        "oldest_unsent_seconds": 340,
        "free_disk_mb": 21_000,
    },
    "HealthAnswer": {"center_time": "2026-11-24T02:26:00Z"},
}
