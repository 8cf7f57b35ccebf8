"""The center's log: events of one table with the fields each may carry, as JSON lines on stderr. Nothing personal has a place in it."""

from __future__ import annotations

import logging
import sys
import traceback
from enum import StrEnum
from pathlib import Path
from typing import Any

import structlog


class LogEvent(StrEnum):
    """Everything that is logged."""

    SERVING = "serving"
    STOPPED = "stopped"
    CATALOGUE_LOADED = "catalogue_loaded"
    REQUEST_REFUSED = "request_refused"
    APPLICATION_FILED = "application_filed"
    APPLICATION_REPEATED = "application_repeated"
    FILE_STORED = "file_stored"
    STAFF_SIGNED_IN = "staff_signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    CASE_OPENED = "case_opened"
    CASE_ACCEPTED = "case_accepted"
    CASE_RETURNED = "case_returned"
    CASE_REFUSED = "case_refused"
    CASE_REGISTERED = "case_registered"
    CASE_SUPPLEMENTED = "case_supplemented"
    CASE_WITHDRAWN = "case_withdrawn"
    CASE_CORRECTED = "case_corrected"
    CASE_REASSIGNED = "case_reassigned"
    CASE_DEEMED_ACCEPTED = "case_deemed_accepted"
    CASE_MOVED = "case_moved"
    COMPLAINT_FILED = "complaint_filed"
    COMPLAINT_ACT = "complaint_act"
    DUE_DAY_PENDING = "due_day_pending"
    CALENDAR_IMPORTED = "calendar_imported"
    ROUTINE_FAILED = "routine_failed"
    GATEWAY_FAILED = "gateway_failed"
    RECORD_UNOPENABLE = "record_unopenable"
    INTERNAL_ERROR = "internal_error"


#: What an event may say. A field that is not here is left out, whoever passes it.
ALLOWED: dict[LogEvent, frozenset[str]] = {
    LogEvent.SERVING: frozenset({"port"}),
    LogEvent.STOPPED: frozenset(),
    LogEvent.CATALOGUE_LOADED: frozenset({"items", "added", "changed", "unlisted", "kept"}),
    LogEvent.REQUEST_REFUSED: frozenset({"code", "status", "terminal_id"}),
    LogEvent.APPLICATION_FILED: frozenset({"case_id", "item_code", "terminal_id"}),
    LogEvent.APPLICATION_REPEATED: frozenset({"case_id", "terminal_id"}),
    LogEvent.FILE_STORED: frozenset({"size", "terminal_id"}),
    LogEvent.STAFF_SIGNED_IN: frozenset({"staff_id"}),
    LogEvent.SIGN_IN_FAILED: frozenset({"reason"}),
    LogEvent.CASE_OPENED: frozenset({"case_id", "staff_id"}),
    LogEvent.CASE_ACCEPTED: frozenset({"case_id", "staff_id"}),
    LogEvent.CASE_RETURNED: frozenset({"case_id", "staff_id", "lines"}),
    LogEvent.CASE_REFUSED: frozenset({"case_id", "staff_id"}),
    LogEvent.CASE_REGISTERED: frozenset({"case_id", "staff_id", "item_code"}),
    LogEvent.CASE_SUPPLEMENTED: frozenset({"case_id", "terminal_id"}),
    LogEvent.CASE_WITHDRAWN: frozenset({"case_id", "terminal_id"}),
    LogEvent.CASE_CORRECTED: frozenset({"case_id", "staff_id", "fields"}),
    LogEvent.CASE_REASSIGNED: frozenset({"case_id", "staff_id"}),
    LogEvent.CASE_DEEMED_ACCEPTED: frozenset({"case_id"}),
    LogEvent.CASE_MOVED: frozenset({"case_id", "staff_id", "act"}),
    LogEvent.COMPLAINT_FILED: frozenset(),
    LogEvent.COMPLAINT_ACT: frozenset({"act", "staff_id"}),
    LogEvent.CALENDAR_IMPORTED: frozenset({"staff_id", "settled"}),
    LogEvent.DUE_DAY_PENDING: frozenset({"case_id"}),
    LogEvent.ROUTINE_FAILED: frozenset({"routine", "support_code"}),
    # Table, column and row, or the beginning of a file's name.
    LogEvent.RECORD_UNOPENABLE: frozenset({"place"}),
    LogEvent.GATEWAY_FAILED: frozenset({"code", "tries", "state"}),
    LogEvent.INTERNAL_ERROR: frozenset({"support_code", "error", "frames"}),
}


def start_logging() -> None:
    """One JSON line an event, on stderr. Libraries that log by themselves are not heard: their lines may quote what a citizen sent."""
    structlog.configure(
        processors=[structlog.processors.TimeStamper(fmt="iso", utc=True), structlog.processors.JSONRenderer(ensure_ascii=False)],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    logging.disable(logging.CRITICAL)


def log(event: LogEvent, **fields: Any) -> None:
    """Write one event with the fields it may carry."""
    kept = {name: str(value) if not isinstance(value, (int, list)) else value for name, value in fields.items() if name in ALLOWED[event]}
    structlog.get_logger().info(event.value, **kept)


def log_internal_error(support_code: str, error: BaseException) -> None:
    """A bug: its kind and where, never its message or its values, which may hold what a citizen wrote."""
    frames = [
        "/".join(Path(frame.filename).parts[-2:]) + f":{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    log(LogEvent.INTERNAL_ERROR, support_code=support_code, error=type(error).__name__, frames=frames[-12:])
