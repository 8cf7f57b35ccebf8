"""verify, rotate-keys, backup, restore, retain and gateway as an operator types them: one JSON line, 0 when all is well, 1 when not, 2 for a fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from center.__main__ import main
from center.center import Center
from center.records.chained import Chain, anchor_words
from tests.center.place import make_center
from tests.center.records.filled import fill

ROOT = Path(__file__).parents[3]

Run = Callable[..., tuple[int, dict[str, object]]]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "center.toml"
    shipped = (ROOT / "config" / "center.toml").read_text("utf-8")
    path.write_text(
        shipped.replace('"var/center"', f'"{tmp_path / "data"}"').replace('directory = ""', f'directory = "{tmp_path / "up"}"'), "utf-8"
    )
    return path


@pytest.fixture
def filled(tmp_path: Path) -> Center:
    center = make_center(tmp_path / "data")
    fill(center)
    center.database.close()
    return center


@pytest.fixture
def run(config: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(name: str, *arguments: str) -> tuple[int, dict[str, object]]:
        capsys.readouterr()
        code = main([name, "--config", str(config), *arguments])
        (line,) = capsys.readouterr().out.splitlines()
        return code, json.loads(line)

    return command


def test_verify_says_what_there_is_and_ends_with_1_when_something_is_wrong(run: Run, filled: Center) -> None:
    code, answer = run("verify")
    assert (code, answer["event"], answer["whole"]) == (0, "verified", True)
    chains = answer["chains"]
    assert isinstance(chains, dict)
    anchor = chains["journal"]["anchor"]
    assert anchor.startswith(f"journal:{chains['journal']['rows']}:")
    assert run("verify", "--anchor", anchor)[0] == 0
    # as a person copies it from paper
    assert run("verify", "--anchor", f"{anchor[:-8]} {anchor[-8:-4]} {anchor[-4:].upper()}")[0] == 0
    # as it stands at the foot of a check's record
    words = anchor_words(Chain.JOURNAL, chains["journal"]["rows"], anchor[-12:])
    assert run("verify", "--anchor", words)[0] == 0
    assert run("verify", "--anchor", words[:-4] + ("0000" if words[-4:] != "0000" else "1111"))[0] == 1
    assert run("verify", "--anchor", anchor[:-12] + "0" * 12)[0] == 1
    assert run("verify", "--anchor", "journal")[1]["error"] == "anchor"
    next(iter(filled.files.root.glob("??/*"))).unlink()
    code, answer = run("verify")
    assert (code, answer["whole"]) == (1, False)


def test_keys_are_changed_by_command_and_old_ones_not_dropped_too_early(run: Run, filled: Center) -> None:
    code, answer = run("rotate-keys")
    assert (code, answer["event"], answer["key"], answer["new"], answer["left"]) == (0, "keys_rotated", 2, True, 0)
    assert run("rotate-keys")[1]["new"] is False
    assert run("verify")[0] == 0
    code, answer = run("rotate-keys", "--drop-old")
    assert (code, answer["error"]) == (2, "too_early")


def test_a_backup_says_that_the_keys_are_not_in_it_and_is_put_back(run: Run, filled: Center, tmp_path: Path) -> None:
    code, answer = run("backup", str(tmp_path / "backup"))
    assert (code, answer["event"], answer["with_keys"], answer["lost"]) == (0, "backed_up", False, 0)
    assert "NOT" in str(answer["note"])
    assert run("backup", str(tmp_path / "backup"))[1]["error"] == "target_not_empty"
    assert run("backup", "/proc/nowhere/backup")[1]["error"] == "backup_failed"
    # when the center's machine is lost, but for its keys
    for path in (tmp_path / "data").glob("center.db*"):
        path.unlink()
    for path in (tmp_path / "data" / "files").glob("??/*"):
        path.unlink()
    code, answer = run("restore", str(tmp_path / "backup"))
    assert (code, answer["event"], answer["whole"], answer["rows_as_counted"]) == (0, "restored", True, True)
    assert run("verify")[0] == 0
    code, answer = run("restore", str(tmp_path / "backup"))
    assert (code, answer["error"]) == (2, "target_not_empty")
    assert run("restore", str(tmp_path / "nothing"))[1]["error"] == "no_backup"


def test_retention_and_the_gateway_say_what_they_did(run: Run, filled: Center) -> None:
    code, answer = run("retain")
    assert (code, answer["event"]) == (0, "retained")
    code, answer = run("gateway")
    assert (code, answer["on"], answer["waiting"], answer["sent"]) == (0, True, 0, 0)
    assert run("gateway", "send")[1]["sent_now"] == 0
    assert run("gateway", "retry")[1]["tried_again"] == 0
    assert run("gateway", "nonsense")[1]["error"] == "usage"


def test_nothing_is_looked_after_in_tables_of_another_program(run: Run) -> None:
    for command in (("verify",), ("rotate-keys",), ("backup", "x"), ("retain",), ("gateway",)):
        code, answer = run(*command)
        assert (code, answer["error"]) == (2, "database_not_migrated")
