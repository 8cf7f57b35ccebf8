"""Whatever is wrong with the terminal's configuration, one sentence says which key and how to mend it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config import load_config
from kiosk.errors import ConfigurationError

ROOT = Path(__file__).resolve().parents[2]

TERMINAL = """
[terminal]
id = "WBH-01"
short_name = "WB01"
township_id = "230903-wanbaohe"
data_dir = "/var/lib/oneseal"
"""
CENTER = """
[center]
url = "https://center.example"
"""
GOOD = TERMINAL + CENTER


def refusal(folder: Path, text: str | bytes) -> ConfigurationError:
    """What is said of a file with this text."""
    path = folder / "kiosk.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigurationError) as caught:
        load_config(path)
    message = caught.value.message
    assert message.startswith(str(path)) and message.endswith(".") and "\n" not in message, "one sentence that names the file"
    assert "Traceback" not in message and "pydantic" not in message
    return caught.value


def test_a_good_file_is_taken_and_what_it_leaves_out_has_a_value(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(GOOD)
    config = load_config(path)
    assert (config.terminal.short_name, config.center.timeout_seconds, config.session.idle_seconds, config.demo) == ("WB01", 6.0, 60, False)


@pytest.mark.parametrize(
    ("text", "key", "mend"),
    [
        # unknown keys and sections, at every depth
        (TERMINAL + "colour = 1\n" + CENTER, "terminal.colour", "check its spelling or delete"),
        (GOOD + "[screens]\nwidth = 1080\n", "screens", "perhaps screen is meant"),
        (TERMINAL.replace("short_name", "shrt_name") + CENTER, "terminal.shrt_name", "perhaps terminal.short_name is meant"),
        (GOOD + "[devices.printer]\npaper = 80\n", "devices.printer.paper", "check its spelling or delete"),
        # what is missing
        (CENTER, "terminal", "add it"),
        (TERMINAL.replace('id = "WBH-01"\n', "") + CENTER, "terminal.id", "add it"),
        (TERMINAL.replace('data_dir = "/var/lib/oneseal"\n', "") + CENTER, "terminal.data_dir", "add it"),
        # ports
        (GOOD + "port = 70000\n", "center.port", "Mend this key"),
        (GOOD + "port = 0\n", "center.port", "Mend this key"),
        (GOOD + 'port = "abc"\n', "center.port", "Mend this key"),
        # types and ranges
        (GOOD + "timeout_seconds = 0\n", "center.timeout_seconds", "Mend this key"),
        (GOOD + '[screen]\nfullscreen = "perhaps"\n', "screen.fullscreen", "Mend this key"),
        (GOOD + "[screen]\nwidth = 10\n", "screen.width", "Mend this key"),
        (GOOD + '[session]\nidle_seconds = "long"\n', "session.idle_seconds", "Mend this key"),
        (TERMINAL.replace("WB01", "WB-01") + CENTER, "terminal.short_name", "Mend this key"),
        (TERMINAL.replace("WB01", "WB012") + CENTER, "terminal.short_name", "Mend this key"),
        (TERMINAL.replace("[terminal]", '[terminal]\nmode = "test"') + CENTER, "terminal.mode", "Mend this key"),
        ('terminal = "WBH-01"\n' + CENTER, "terminal", "Mend this key"),
        (GOOD + '[clock]\nstart = "tomorrow"\n', "clock.start", "Mend this key"),
        # addresses
        (TERMINAL + '[center]\nurl = "http://center.example"\n', "center", "https://"),
        (TERMINAL + '[center]\nurl = "center.example"\n', "center", "https://"),
        # devices
        (GOOD + '[devices.printer]\ndriver = "laser"\n', "devices.printer.driver", "Mend this key"),
        (GOOD + "[devices.id_card]\nbaud = -5\n", "devices.id_card.baud", "Mend this key"),
        (GOOD + "[devices.scanner]\nbaud = 12\n", "devices.scanner.baud", "Mend this key"),
        (GOOD + '[devices.id_card]\ndriver = "ga450-serial"\n', "id_card.port", "name the reader's serial device"),
        (GOOD + '[devices.scanner]\ndriver = "serial"\n', "scanner.port", "name the scanner's serial device"),
        (GOOD + '[devices.printer]\ndriver = "escpos"\n', "printer.target", "tcp:HOST:PORT"),
        (GOOD + '[devices.document_camera]\ndriver = "folder"\n', "document_camera.folder", "name the folder"),
    ],
)
def test_a_key_that_cannot_be_used_is_named_with_the_way_to_mend_it(tmp_path: Path, text: str, key: str, mend: str) -> None:
    error = refusal(tmp_path, text)
    assert error.code == "config_invalid"
    assert re.search(rf"(?<![\w.]){re.escape(key)}(?![\w])", error.message), error.message
    assert mend in error.message


@pytest.mark.parametrize("text", ["[terminal\n", "id = \n", GOOD + GOOD, "\ufeff[terminal]\nid = 1"])
def test_a_file_that_is_no_toml_is_said_with_its_line(tmp_path: Path, text: str) -> None:
    error = refusal(tmp_path, text)
    assert error.code == "config_syntax" and "line" in error.message


def test_a_file_in_another_encoding_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path, "# 万宝河镇\n".encode("gb18030")).code == "config_unreadable"


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    with pytest.raises(ConfigurationError, match="--config") as caught:
        load_config(path)
    assert caught.value.code == "config_missing" and str(path) in caught.value.message


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_config(tmp_path)
    assert caught.value.code == "config_unreadable" and str(tmp_path) in caught.value.message


@pytest.mark.parametrize("key", ["config", "catalogue"])
def test_an_embedded_center_without_its_files_is_said_before_it_starts(tmp_path: Path, key: str) -> None:
    files = {"config": ROOT / "config" / "center.toml", "catalogue": ROOT / "config" / "catalogue", key: tmp_path / "nowhere"}
    lines = "".join(f'{name} = "{file}"\n' for name, file in files.items())
    error = refusal(tmp_path, TERMINAL + "[center]\n" + lines)
    assert error.code == "config_file_missing" and f"center.{key}" in error.message and str(tmp_path / "nowhere") in error.message


# ------------------------------------------------------------------ a simulator is no device


@pytest.fixture
def pseudo_terminal(tmp_path: Path) -> Iterator[Path]:
    """A name as udev gives one, that leads to a pseudo terminal."""
    ends = os.openpty()
    link = tmp_path / "oneseal-id-card"
    link.symlink_to(os.ttyname(ends[1]))
    yield link
    for end in ends:
        os.close(end)


SIMULATORS = [
    ("devices.scanner.driver", '[devices.scanner]\ndriver = "folder"\nfolder = "{folder}"\n'),
    ("devices.document_camera.driver", '[devices.document_camera]\ndriver = "folder"\nfolder = "{folder}"\n'),
    ("devices.printer.simulated", '[devices.printer]\ndriver = "escpos"\ntarget = "tcp:127.0.0.1:9100"\nsimulated = true\n'),
    ("devices.printer.target", '[devices.printer]\ndriver = "escpos"\ntarget = "file:{folder}"\n'),
    ("devices.id_card.port", '[devices.id_card]\ndriver = "ga450-serial"\nport = "{pty}"\n'),
    ("devices.scanner.port", '[devices.scanner]\ndriver = "serial"\nport = "{pty}"\n'),
]


@pytest.mark.parametrize(("key", "section"), SIMULATORS)
def test_a_simulator_is_refused_in_production_and_taken_in_a_demonstration(
    tmp_path: Path, pseudo_terminal: Path, key: str, section: str
) -> None:
    text = GOOD + section.format(folder=tmp_path, pty=pseudo_terminal)
    error = refusal(tmp_path, text)
    assert error.code == "simulator_in_production"
    assert f"{key} names a simulator" in error.message and 'mode = "demo"' in error.message
    # when it is a demonstration
    path = tmp_path / "kiosk.toml"
    path.write_text(text.replace("[terminal]", '[terminal]\nmode = "demo"'))
    assert load_config(path).devices.simulators() == (key,)


def test_a_clock_of_its_own_is_refused_in_production(tmp_path: Path) -> None:
    error = refusal(tmp_path, GOOD + "[clock]\nstart = 2026-11-24T10:26:00+08:00\n")
    assert error.code == "clock_in_production" and "clock.start" in error.message and "delete the key" in error.message


def test_what_scripts_read_of_the_screen_is_refused_in_production(tmp_path: Path) -> None:
    error = refusal(tmp_path, GOOD + '[screen]\nreveal = "var/screen.json"\n')
    assert error.code == "reveal_in_production" and "screen.reveal" in error.message and "delete the key" in error.message


@pytest.mark.parametrize("name", ["kiosk.toml", "demo.toml"])
def test_the_files_that_are_shipped_can_be_used(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert load_config(Path("config") / name).demo is (name == "demo.toml")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--config", "/nowhere/kiosk.toml"], "config_missing"),
        (["--config"], "wrong_usage"),
        (["--confg", "x"], "wrong_usage"),
        ([], "wrong_usage"),
    ],
)
def test_the_terminal_says_in_one_json_line_why_it_does_not_start_and_ends_with_2(arguments: list[str], code: str) -> None:
    done = subprocess.run([sys.executable, "-m", "kiosk", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    (line,) = done.stdout.splitlines()
    answer = json.loads(line)
    assert answer["error"] == code
    assert answer["message"].endswith(".")
    assert "Traceback" not in done.stderr


def test_production_refuses_the_demonstration_s_simulators_by_command(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text((ROOT / "config/demo.toml").read_text("utf-8").replace('mode = "demo"', 'mode = "production"'), "utf-8")
    done = subprocess.run([sys.executable, "-m", "kiosk", "--config", str(path)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"] == "simulator_in_production"


def test_the_field_s_configuration_is_good() -> None:
    assert load_config(ROOT / "config/kiosk.toml").devices.simulators() == ()
