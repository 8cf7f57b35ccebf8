"""`python -m kiosk`: what keeps the terminal from starting is one JSON line, never a dark glass and never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kiosk import __main__ as program
from kiosk.log import configure

ROOT = Path(__file__).resolve().parents[2]


def start(tmp_path: Path, screen: str = "", **environment: str) -> tuple[int, dict[str, str]]:
    """Exit code and answer of a terminal whose center is elsewhere, without a display unless one is given."""
    config = tmp_path / "kiosk.toml"
    config.write_text(
        f"""
[terminal]
id = "WBH-01"
short_name = "WB01"
township_id = "230903-wanbaohe"
mode = "demo"
data_dir = "{tmp_path / "data"}"
[center]
url = "https://center.invalid"
[screen]
{screen}
""",
        "utf-8",
    )
    without = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "SDL_VIDEODRIVER")}
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "--config", str(config)],
        cwd=ROOT,
        env=without | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    (line,) = done.stdout.splitlines()
    return done.returncode, json.loads(line)


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":987"}], ids=["none named", "none there"])
def test_without_a_display_the_start_ends_instead_of_drawing_for_nobody(tmp_path: Path, environment: dict[str, str]) -> None:
    code, answer = start(tmp_path, **environment)
    assert (code, answer["error"]) == (2, "no_display")
    assert "DISPLAY" in answer["message"]


def test_a_place_where_nothing_can_be_revealed_is_named_by_its_key(tmp_path: Path) -> None:
    code, answer = start(tmp_path, 'reveal = "/proc/nowhere/screen.json"')
    assert (code, answer["error"]) == (2, "reveal_unwritable")
    assert answer["message"].startswith("screen.reveal: ")


def test_a_bug_is_one_json_line_and_quotes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(path: Path) -> None:
        raise RuntimeError("230903194803120022")

    for module in (sys, threading):
        monkeypatch.setattr(module, "excepthook", module.excepthook)
    log = configure(tmp_path / "log", strict=True)
    monkeypatch.setattr(program, "load_config", fails)
    monkeypatch.setattr(sys, "argv", ["kiosk", "--config", "kiosk.toml"])
    assert program.start() == 70
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["error"] == "unexpected"
    assert "230903194803120022" not in line + log.read_text("utf-8")
