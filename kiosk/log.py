"""The terminal's log: JSON lines of known events with allow-listed fields. Nothing a citizen said, wrote or carries can get into it."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Mapping, MutableMapping
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any

import structlog

from kiosk.errors import ConfigurationError

#: Bytes of one file, and how many older ones are kept: some 20 MB at most on a terminal's small disk.
_FILE_BYTES = 4_000_000
_OLDER_FILES = 4

#: The longest text that any field may hold. Codes, numbers of receipts and places in the source fit; an address or a letter does not.
_LONGEST_TEXT = 160

#: Every event there is, what it means, and the fields it may carry. A field that is not in it is not written.
#: No field here may ever hold a name, an ID number, an address, a telephone number, or the text of a code.
EVENTS: Mapping[str, tuple[str, frozenset[str]]] = MappingProxyType(
    {
        event: (meaning, frozenset(fields.split()))
        for event, meaning, fields in (
            # the terminal
            ("terminal_started", "the terminal runs", "version mode terminal"),
            ("terminal_stopped", "the terminal ended in order", "reason"),
            ("memory_may_be_swapped", "the machine swaps, and this process may not lock its memory: see docs/security.md", ""),
            ("unexpected", "a bug: an exception that nobody expected", "where support_code session"),
            ("library_warning", "a library has something to say; its words are not kept", "library severity place"),
            ("log_event_unknown", "a bug: an event that is not in this table", "unknown_event"),
            ("log_fields_dropped", "a bug: fields that the table does not allow for their event", "of_event dropped"),
            # sessions
            ("session_started", "a citizen is there", "session how"),
            ("session_ended", "the citizen's data is gone", "session reason"),
            ("session_end_late", "the wipe did not end in time; the process ends", "session seconds"),
            ("journey_started", "a journey begins", "session journey"),
            ("late_event_dropped", "an event for a citizen who is gone", "session kind"),
            ("idle_asked", "nobody touched the screen for a while; the citizen is asked", "session"),
            ("idle_continued", "somebody is still there", "session"),
            ("consent_answered", "the use of personal data was agreed to or not", "session agreed text_version"),
            ("help_called", "a citizen calls for help", "session place"),
            ("help_heard", "what the center said of a call for help", "session state"),
            # devices
            ("device_changed", "a device's state is another", "device state fault"),
            ("device_stop_late", "a driver did not stop in time; its thread is left behind", "device"),
            ("device_driver_error", "a bug in a driver; it reconnects", "device place"),
            ("device_release_failed", "a device could not be released", "device"),
            ("device_wedged", "a driver does not come back from a call", "device"),
            ("card_read", "a card was read", "session kind layout"),
            ("card_unreadable", "a card could not be read", "session fault"),
            ("code_scanned", "a code was read", "session kind"),
            ("page_captured", "a page was kept", "session material page bytes"),
            ("capture_failed", "a page could not be taken", "session fault"),
            ("print_queued", "a paper is to be printed", "session job document"),
            ("print_finished", "what came of a print job", "session job receipt result fault"),
            # typing
            ("typing_engine_down", "an engine of the keyboard died, is too slow, or what it needs is missing", "session way code"),
            # the way to the center
            ("keys_made", "the terminal made its keys", "terminal"),
            ("submission_kept", "what a citizen handed in is in the outbox", "session kind receipt item files"),
            ("submission_sent", "the center has a submission", "kind receipt tries"),
            ("submission_deferred", "a submission waits for the center", "kind receipt tries code seconds"),
            ("submission_refused", "the center will not take a submission; kept for staff, but for ratings", "kind receipt tries code"),
            ("submission_unreadable", "a submission in the outbox cannot be read; kept for staff, but for ratings", "kind receipt code"),
            ("outbox_failed", "the outbox could not be written or read", "code"),
            ("receipts_forgotten", "old receipts were deleted", "count"),
            ("center_seen", "the center answers, or no longer", "reachable unsent"),
            ("center_question_failed", "a question to the center was not answered", "session question code"),
            ("terminal_rejected", "the center does not accept this terminal's signature: key, clock or registration", "status code"),
            ("copy_loaded", "guides, notices or staff come from the terminal's own copy", "what"),
            ("copy_changed", "guides, notices or staff come from the center, and are others", "what"),
            ("copy_failed", "guides, notices or staff could not be fetched or kept", "what code"),
            ("copy_broken", "the terminal's copy of guides, notices or staff cannot be used and is ignored", "what reason"),
            ("health_failed", "the center did not take the terminal's report of itself", "code"),
            ("center_started", "the embedded center runs", "pid port"),
            ("center_died", "the embedded center ended by itself", "pid exit_code seconds"),
            ("center_stopped", "the embedded center was stopped", "pid"),
        )
    }
)

#: What every line may have besides; set here, never by a caller's data.
_ALWAYS = frozenset({"event", "level", "logger", "timestamp", "error", "at"})


class LogMisuse(Exception):
    """An event or a field that the table does not know. Raised in tests; on a terminal the line is written without it."""


def _places(traceback: TracebackType | None) -> list[str]:
    places = []
    while traceback is not None:
        places.append(f"{Path(traceback.tb_frame.f_code.co_filename).name}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return places


def describe_exception(error: BaseException) -> tuple[str, str]:
    """Types of the exception and its causes, and the places it passed; never its message or a value, for those quote what the citizen typed."""
    types: list[str] = []
    places: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        types.append(type(current).__name__)
        places.append(" > ".join(_places(current.__traceback__)[-12:]))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return " < ".join(types), " | ".join(place for place in places if place)


def _exception_of(exc_info: object) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple) and len(exc_info) == 3 and isinstance(exc_info[1], BaseException):
        return exc_info[1]
    return sys.exc_info()[1] if exc_info else None


def _format_exception(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    # These two are ours: what a caller gives under their names is his own words, and no field of any event.
    for ours in ("error", "at"):
        if ours in line:
            line[f"caller's {ours}"] = line.pop(ours)
    error = _exception_of(line.pop("exc_info", None))
    if error is not None:
        line["error"], line["at"] = describe_exception(error)
    return line


def _plain(value: object) -> object:
    """Numbers and short texts; of anything else only its type, for its repr may hold what it likes."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):  # a StrEnum's value, too
        return str(value)[:_LONGEST_TEXT]
    return f"<{type(value).__name__}>"


class _AllowListed:
    """The last processor: whatever came before, what is written is what the table allows."""

    def __init__(self, strict: bool) -> None:
        self._strict = strict

    def __call__(self, _logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event = line.get("event")
        known = EVENTS.get(event) if isinstance(event, str) else None
        if known is None:
            # The text may be a sentence with somebody's name in it: only an identifier is repeated.
            name = event if isinstance(event, str) and event.isidentifier() and event.islower() and event.isascii() else "<text>"
            if self._strict:
                raise LogMisuse(f"the event {name} is not in kiosk.log.EVENTS")
            return self._line(line, "log_event_unknown", {"unknown_event": name})
        fields = {key: value for key, value in line.items() if key not in _ALWAYS}
        surplus = sorted(set(fields) - known[1])
        if surplus and self._strict:
            raise LogMisuse(f"the event {event} may not carry {', '.join(surplus)}")
        allowed = {key: value for key, value in fields.items() if key in known[1]}
        return self._line(line, str(event), allowed)

    @staticmethod
    def _line(line: MutableMapping[str, Any], event: str, fields: Mapping[str, object]) -> MutableMapping[str, Any]:
        head = {"timestamp": line.get("timestamp"), "level": line.get("level"), "event": event}
        exception = {key: line[key] for key in ("error", "at") if isinstance(line.get(key), str)}
        return {**head, **{key: _plain(value) for key, value in fields.items()}, **exception}


class _LogFile(RotatingFileHandler):
    """The file; a full disk loses lines and never stops the terminal, nor prints what could not be written."""

    def _open(self) -> TextIOWrapper:
        return open(os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600), "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: there is nowhere left to say it."""


class _LineWriter:
    """What structlog calls with a finished line."""

    def __init__(self, handler: logging.Handler) -> None:
        self._handler = handler

    def msg(self, line: str) -> None:
        self._handler.handle(logging.LogRecord("kiosk", logging.INFO, "", 0, line, None, None))

    debug = info = warning = error = critical = exception = msg


class _OtherLibraries(logging.Handler):
    """Warnings of libraries: which library and where, never the words, for those quote addresses, headers and values."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().warning(
            "library_warning", library=record.name, severity=record.levelname.lower(), place=f"{Path(record.pathname).name}:{record.lineno}"
        )


def configure(log_dir: Path, strict: bool = False) -> Path:
    """Send the log to `log_dir`/kiosk.jsonl, rotated by size, and uncaught exceptions with it. Returns the file.

    With `strict` (tests) an unknown event or field raises LogMisuse; without, the line is written without it. Raises
    ConfigurationError if the folder cannot be written.
    """
    path = log_dir / "kiosk.jsonl"
    try:
        for folder in (log_dir.parent, log_dir):  # `parents` would make the data folder readable by others
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = _LogFile(path, maxBytes=_FILE_BYTES, backupCount=_OLDER_FILES, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            "log_unwritable",
            f"terminal.data_dir: the log {path} cannot be written ({error.strerror}); give the kiosk's user a writable folder.",
        ) from None
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _format_exception,
            _AllowListed(strict),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=lambda *_names: _LineWriter(handler),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    for old in [one for one in root.handlers if isinstance(one, _OtherLibraries)]:
        root.removeHandler(old)
    root.addHandler(_OtherLibraries(logging.WARNING))
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    return path


def _uncaught(kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
    """In place of a traceback on the console, whose last line would be the message."""
    if error is None or issubclass(kind, KeyboardInterrupt):
        return
    structlog.get_logger().error("unexpected", where=threading.current_thread().name, exc_info=(kind, error, traceback))
