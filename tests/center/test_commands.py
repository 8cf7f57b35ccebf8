"""The center's command line and configuration: one JSON line, faults too; every command can be run again."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from center.__main__ import main
from center.config import load_config
from center.errors import ConfigurationError
from tests.center.place import ITEMS, PASSWORD, Terminal, listening, make_center

ROOT = Path(__file__).parents[2]
KEY = "uP5cFZ9sEJ0m5lRkQm9S0m6Jxw0Wq2Hq1i6j3mXfLr0="


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The configuration as shipped, its data in a directory of the test's own."""
    path = tmp_path / "center.toml"
    shipped = (ROOT / "config" / "center.toml").read_text("utf-8")
    path.write_text(shipped.replace('"var/center"', f'"{tmp_path / "data"}"'), "utf-8")
    return path


class Commands:
    """The command line, in this process: the same `main` that `python -m center` runs."""

    def __init__(self, config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.config = config
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, command: str, *arguments: str, stdin: str = "") -> tuple[int, dict[str, object]]:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        self._capsys.readouterr()
        code = main([command, "--config", str(self.config), *arguments])
        (line,) = self._capsys.readouterr().out.splitlines()
        return code, json.loads(line)


@pytest.fixture
def run(config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    return Commands(config, capsys, monkeypatch)


def in_its_own_process(config: Path, command: str, *arguments: str, stdin: str = "") -> tuple[int, dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "center", command, "--config", str(config), *arguments],
        cwd=ROOT, input=stdin, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    (line,) = done.stdout.splitlines()
    return done.returncode, json.loads(line)


def test_a_center_is_set_up_by_commands_that_can_all_be_run_again(run: Commands) -> None:
    commands: list[tuple[str, ...]] = [
        ("migrate",),
        ("load-catalogue", str(ITEMS)),
        ("add-terminal", "WBH-01", "--short-name", "T01", "--public-key", KEY),
        ("add-staff", "--login", "wangmin", "--name", "王敏", "--role", "window_staff", "--window", "综合窗口1号"),
        ("revoke-terminal", "WBH-01"),
    ]
    first = [run(*command) for command in commands]
    second = [run(*command) for command in commands]
    assert [code for code, _ in first + second] == [0] * 10
    events = [answer["event"] for _, answer in first]
    assert events == ["migrated", "catalogue_loaded", "terminal_added", "staff_added", "terminal_revoked"]
    assert [answer["event"] for _, answer in second] == [
        "migrated",
        "catalogue_loaded",
        "terminal_known",
        "staff_known",
        "terminal_revoked",
    ]
    # the initial password is told once and never again
    assert len(str(first[3][1]["password"])) >= 12
    assert "password" not in second[3][1]


def test_what_a_terminals_own_center_needs_is_one_command_that_can_be_run_again(
    run: Commands, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def prepared() -> list[str]:
        arguments = ["prepare", str(ITEMS), "--id", "WBH-01", "--short-name", "T01", "--public-key", KEY, "--config", str(config)]
        assert main(arguments) == 0
        return [json.loads(line)["event"] for line in capsys.readouterr().out.splitlines()]

    assert prepared() == ["migrated", "catalogue_loaded", "terminal_added"]
    assert prepared() == ["migrated", "catalogue_loaded", "terminal_known"]
    # the same terminal as the command of its own would let sign
    assert run("add-terminal", "WBH-01", "--short-name", "T01", "--public-key", KEY)[1]["event"] == "terminal_known"


def test_a_password_from_standard_input_is_not_told(run: Commands) -> None:
    run("migrate")
    account = ("add-staff", "--login", "wangmin", "--name", "王敏", "--role", "window_staff", "--password-stdin")
    assert run(*account, stdin="short\n") == (2, {"error": "password", "message": "The password has 12 to 200 characters."})
    assert run(*account, stdin=f"{PASSWORD}\n") == (0, {"event": "staff_added", "login": "wangmin"})


@pytest.mark.parametrize(
    ("arguments", "error", "named"),
    [
        (("add-terminal", "WBH-01", "--short-name", "T01", "--public-key", "AAAA"), "public_key", "--public-key"),
        (("add-terminal", "wbh 1", "--short-name", "T01", "--public-key", KEY), "terminal_id", "WBH-01"),
        (("add-terminal", "WBH-01", "--short-name", "C", "--public-key", KEY), "short_name", "T01"),
        (("add-staff", "--login", "x y", "--name", "王敏", "--role", "window_staff"), "login", "a-z"),
        (("add-staff", "--login", "wangmin", "--name", "王敏", "--role", "king"), "role", "window_staff"),
        (("load-catalogue", "nowhere"), "catalogue_missing", "nowhere"),
        (("revoke-terminal", "WBH-77"), "terminal_unknown", "WBH-77"),
        (("serve", "--port", "many"), "usage", "--port"),
        (("serve", "--port", "0", "--clock-start", "soon"), "clock_start", "ISO"),
        (("serve", "--prot", "0"), "usage", "--prot"),
        (("migrate", "--database-url", "mysql://x/y"), "database_url", "mysql"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_2(run: Commands, arguments: tuple[str, ...], error: str, named: str) -> None:
    run("migrate")
    code, answer = run(*arguments)
    assert (code, answer["error"]) == (2, error)
    assert named in str(answer["message"])


def test_a_database_in_an_impossible_place_is_one_sentence(run: Commands, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"no database, no directory")
    for url in (f"sqlite:///{tmp_path}/file/center.db", "sqlite:////proc/nowhere/center.db"):
        code, answer = run("migrate", "--database-url", url)
        assert (code, answer["error"]) == (2, "data_unusable")
        assert "--database-url" in str(answer["message"])


def test_a_file_that_is_no_database_is_one_sentence(run: Commands, tmp_path: Path) -> None:
    (tmp_path / "center.db").write_bytes(bytes(range(256)) * 8)
    code, answer = run("migrate", "--database-url", f"sqlite:///{tmp_path}/center.db")
    assert (code, answer["error"]) == (2, "database_unreachable")


def test_a_bug_is_one_json_line_too_and_quotes_nothing(run: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("230903194803120022")

    monkeypatch.setattr("center.command_line.open_center", fail)
    code, answer = run("migrate")
    assert (code, answer["error"]) == (70, "unexpected")
    assert "test_commands.py" in str(answer["message"])
    assert "230903194803120022" not in str(answer["message"])


def test_a_database_that_was_not_migrated_is_not_served(run: Commands) -> None:
    code, answer = run("serve", "--port", "0")
    assert (code, answer["error"]) == (2, "database_not_migrated")


def test_a_center_whose_keys_are_not_those_of_its_records_does_not_start(run: Commands, config: Path, tmp_path: Path) -> None:
    # given records with a case in them
    center = make_center(tmp_path / "data")
    with listening(center) as url:
        terminal = Terminal(url)
        terminal.register(center)
        assert terminal.file(terminal.filing()).status_code == 201
    center.database.close()
    assert run("revoke-terminal", "WBH-01")[0] == 0
    # when the keys are lost; then nothing goes on as if they were not
    (tmp_path / "data" / "keys.json").unlink()
    code, answer = run("serve", "--port", "0")
    assert (code, answer["error"]) == (2, "keys_foreign")


def test_a_database_that_another_program_holds_is_told_in_a_sentence(
    run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("center.store.database._PRAGMAS", ("journal_mode=WAL", "busy_timeout=100"))
    run("migrate")
    holder = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path / "data" / "center.db")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == "held\n"
        code, answer = run("add-terminal", "WBH-01", "--short-name", "T01", "--public-key", KEY)
        process.communicate("")
    assert (code, answer["error"]) == (2, "database_busy")
    assert run("add-terminal", "WBH-01", "--short-name", "T01", "--public-key", KEY)[1]["event"] == "terminal_added"


def test_a_known_terminal_does_not_change_its_key(run: Commands) -> None:
    run("migrate")
    run("add-terminal", "WBH-01", "--short-name", "T01", "--public-key", KEY)
    code, answer = run("add-terminal", "WBH-01", "--short-name", "T01", "--public-key", "A" + KEY[1:])
    assert (code, answer["error"]) == (2, "terminal_differs")


def test_serve_says_when_it_listens_logs_nothing_personal_and_stops_cleanly(config: Path) -> None:
    in_its_own_process(config, "migrate")
    with subprocess.Popen(
        [sys.executable, "-m", "center", "serve", "--config", str(config), "--port", "0", "--clock-start", "2026-11-24T09:30:00+08:00"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        url = f"http://127.0.0.1:{said['port']}"
        assert said["event"] == "serving"
        assert requests.get(f"{url}/api/v1/health", timeout=10).json() == {"status": "ok"}
        assert "11月24日 周二" in requests.get(f"{url}/console/sign-in", timeout=10).text
        requests.post(f"{url}/console/sign-in", {"login": "230903195603128120", "password": "张秀兰"}, timeout=10)
        requests.get(f"{url}/api/v1/cases/230903195603128120", timeout=10)
        taken = in_its_own_process(config, "serve", "--port", str(said["port"]))
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=20)
    assert (taken[0], taken[1]["error"]) == (2, "port_taken")
    assert process.returncode == 0
    events = [json.loads(line)["event"] for line in log.splitlines()]
    assert events == ["serving", "sign_in_failed", "request_refused", "stopped"]
    assert "230903195603128120" not in log
    assert "张" not in log


# ------------------------------------------------------------------ configuration


@pytest.mark.parametrize(("name", "text"), [("2027.toml", "year = 2027\n"), (None, "")])
def test_a_calendar_that_cannot_be_used_stops_the_start(run: Commands, config: Path, tmp_path: Path, name: str | None, text: str) -> None:
    calendar = tmp_path / "calendar"
    if name is not None:
        calendar.mkdir()
        (calendar / name).write_text(text)
    config.write_text(config.read_text("utf-8").replace('"config/calendar"', f'"{calendar}"'), "utf-8")
    code, answer = run("migrate")
    assert (code, answer["error"]) == (2, "calendar_invalid" if name else "calendar_missing")
    assert str(calendar) in str(answer["message"])


def test_the_shipped_configuration_is_read() -> None:
    shipped = load_config(ROOT / "config" / "center.toml")
    assert shipped.center.name == "万宝河镇政务服务中心"
    assert shipped.center.public_base_url == ""


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("township_id =", "township =", "center.township_id is missing"),
        ('mode = "demo"', 'mode = "demo"\nmod = 1', "center.mod is not known"),
        ('mode = "demo"', 'mode = "test"', "center.mode cannot be used"),
        ('mode = "demo"', "mode = demo", "not valid TOML"),
        ('public_base_url = ""', 'public_base_url = "http://plain.example"', "center.public_base_url"),
        ("night = [17, 8]", "night = [17, 25]", "center.night.1"),
        ('mode = "demo"', 'mode = "production"\n[clock]\nstart = 2026-11-24T09:30:00+08:00', "clock.start"),
    ],
)
def test_a_bad_configuration_is_one_sentence_that_names_the_key(config: Path, old: str, new: str, named: str) -> None:
    text = config.read_text("utf-8")
    if "[clock]" in new:
        # the clock's section comes last, so that no key of [center] falls into it
        new, clock = new.split("\n", 1)
        text += f"\n{clock}\n"
    config.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigurationError) as raised:
        load_config(config)
    assert named in raised.value.message
    assert str(config) in raised.value.message
