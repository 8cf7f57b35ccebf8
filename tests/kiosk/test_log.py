"""Nothing personal gets into the log by any way, and every event that the program writes is in the table."""

from __future__ import annotations

import ast
import json
import logging
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from kiosk import log
from kiosk.errors import ConfigurationError
from kiosk.log import EVENTS, LogMisuse, configure

ROOT = Path(__file__).resolve().parents[2]

#: A made-up person (the number's check character is right, GB 11643).
SECRETS = ("欧阳测试", "230202199001011236", "幸福村三组二十七号", "13912345678")
NAME, NUMBER, ADDRESS, PHONE = SECRETS


@pytest.fixture(autouse=True)
def undisturbed() -> Iterator[None]:
    """Gives the process its own hooks and logging back."""
    hooks, handlers = (sys.excepthook, threading.excepthook), list(logging.getLogger().handlers)
    yield
    structlog.reset_defaults()
    sys.excepthook, threading.excepthook = hooks
    logging.getLogger().handlers[:] = handlers


Lines = Callable[[], list[dict[str, object]]]


@pytest.fixture
def lenient(tmp_path: Path) -> Lines:
    """The log as on a terminal; reads its lines."""
    file = configure(tmp_path / "log")
    return lambda: [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def everything_written(folder: Path) -> str:
    return "".join(file.read_text("utf-8") for file in folder.rglob("*") if file.is_file())


class Citizen:
    """Something whose repr tells everything."""

    def __repr__(self) -> str:
        return f"Citizen({NAME}, {NUMBER})"


def fail_with_a_message() -> None:
    number = NUMBER
    try:
        {}[number]
    except KeyError as error:
        raise ValueError(f"{NAME} of {ADDRESS} has no number {number}") from error


def test_personal_data_gets_into_the_log_by_no_way(tmp_path: Path, lenient: Lines, capfd: pytest.CaptureFixture[str]) -> None:
    logger = structlog.get_logger("terminal")
    # by a field that the table does not allow
    logger.info("session_started", session=1, name=NAME, number=NUMBER)
    # by an object in a field that it does allow
    logger.info("session_started", session=Citizen(), how=[NUMBER])
    # by an event of one's own words
    logger.info(f"{NAME} submitted")
    logger.info("submitted by %s", NAME)
    # by context bound earlier
    logger.bind(address=ADDRESS).info("session_started", session=1)
    # by an exception's message and the message of its cause, whoever logs it
    try:
        fail_with_a_message()
    except ValueError as error:
        logger.exception("unexpected", where="test")
        logger.error("unexpected", where="test", exc_info=error)
        logger.error("unexpected", where="test", exc_info=True)
        logger.error("unexpected", where="test", error=str(error), at=NAME, level=NUMBER, timestamp=PHONE)
        logger.error("unexpected", where="test", exception=error, stack_info=True)
        # by a library's own log
        logging.getLogger("urllib3").warning("retrying %s", f"/cases?number={NUMBER}", exc_info=error)
    # by an exception that nobody caught, in a thread or at the end
    thread = threading.Thread(target=fail_with_a_message, name="citizens-thread")
    thread.start()
    thread.join()
    try:
        fail_with_a_message()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    # then it is nowhere, and each was logged all the same
    written = everything_written(tmp_path) + "".join(capfd.readouterr())
    assert [secret for secret in SECRETS if secret in written] == []
    events = Counter(line["event"] for line in lenient())
    assert events == {"session_started": 3, "log_event_unknown": 2, "unexpected": 7, "library_warning": 1}


def test_a_bug_is_logged_by_type_and_place(lenient: Lines) -> None:
    try:
        fail_with_a_message()
    except ValueError:
        structlog.get_logger().exception("unexpected", where="test")
    (line,) = lenient()
    assert line["error"] == "ValueError < KeyError" and line["level"] == "error"
    this = Path(__file__).name
    assert str(line["at"]).count(f"{this}:") == 3, "two places of the first, one of its cause"


def test_an_unknown_event_or_field_fails_a_test_and_costs_a_terminal_only_that_field(tmp_path: Path, lenient: Lines) -> None:
    logger = structlog.get_logger()
    logger.info("no_such_event", session=1)
    logger.info("session_started", session=1, surprise=2)
    assert [{key: value for key, value in line.items() if key not in ("timestamp", "level")} for line in lenient()] == [
        {"event": "log_event_unknown", "unknown_event": "no_such_event"},
        {"event": "session_started", "session": 1},
    ]
    configure(tmp_path / "strict", strict=True)
    with pytest.raises(LogMisuse, match="no_such_event"):
        structlog.get_logger().info("no_such_event")
    with pytest.raises(LogMisuse, match="surprise"):
        structlog.get_logger().info("session_started", session=1, surprise=2)


def _events_in(source: Path) -> Iterator[tuple[str, set[str], str]]:
    """Each call that writes to the log with a literal event: the event, its fields, where."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if (
            not isinstance(node, ast.Call)
            or not node.args
            or not isinstance(node.args[0], ast.Constant)
            or not isinstance(node.args[0].value, str)
        ):
            continue
        called = node.func
        by_logger = (
            isinstance(called, ast.Attribute)
            and called.attr in ("info", "warning", "error", "exception", "critical")
            and isinstance(called.value, ast.Name | ast.Call)
            and (not isinstance(called.value, ast.Name) or called.value.id in ("_log", "log", "logger"))
        )
        by_record = (
            isinstance(called, ast.Attribute | ast.Name) and (called.attr if isinstance(called, ast.Attribute) else called.id) == "record"
        )
        if by_logger or by_record:
            fields = {keyword.arg for keyword in node.keywords if keyword.arg is not None} - {"exc_info"}
            yield node.args[0].value, fields, f"{source.relative_to(ROOT)}:{node.lineno}"


def test_every_event_that_the_program_writes_is_in_the_table_with_its_fields() -> None:
    written = [
        found for package in ("kiosk", "devices", "screens") for source in (ROOT / package).rglob("*.py") for found in _events_in(source)
    ]
    wrong = [f"{where}: {event} {sorted(fields)}" for event, fields, where in written if event not in EVENTS or fields - EVENTS[event][1]]
    assert wrong == []
    assert len(written) > 20, "this test must find what it checks"


def test_no_field_is_made_for_personal_data() -> None:
    fields = {field for _, allowed in EVENTS.values() for field in allowed}
    assert not fields & {"name", "number", "id_number", "address", "phone", "text", "value", "values", "message", "url", "path"}
    assert all(meaning for meaning, _ in EVENTS.values())


def test_the_log_is_cut_by_size_and_only_this_user_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "_FILE_BYTES", 2_000)
    configure(tmp_path / "data" / "log")
    for session in range(200):
        structlog.get_logger().info("session_started", session=session, how="touch")
    files = sorted((tmp_path / "data" / "log").iterdir())
    assert [file.name for file in files] == ["kiosk.jsonl", *(f"kiosk.jsonl.{number}" for number in range(1, 5))]
    assert all(file.stat().st_size <= 2_000 for file in files)
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "data", tmp_path / "data" / "log", *files)} == {0}
    assert json.loads(files[0].read_text("utf-8").splitlines()[-1])["session"] == 199


def test_a_log_that_cannot_be_written_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("")
    with pytest.raises(ConfigurationError, match=r"terminal\.data_dir") as caught:
        configure(tmp_path / "log")
    assert caught.value.code == "log_unwritable"


def test_a_full_disk_loses_lines_and_stops_nobody(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "kiosk.jsonl").symlink_to("/dev/full")
    configure(tmp_path / "log")
    structlog.get_logger().info("session_started", session=1)
    assert "".join(capfd.readouterr()) == ""
