"""Command lines of the devices: one JSON line per result, stable exit codes, no traceback."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from devices.bench.people import PEOPLE
from devices.commands import DEVICE_FAILS, NOTHING_THERE, UNEXPECTED, WRONG_USAGE, run
from devices.document_camera.commands import app as document_camera
from devices.id_card.commands import app as id_card
from devices.id_card.simulator import ReaderSimulator, ReaderTrouble
from devices.printer.commands import app as printer
from devices.registry import build_printer
from devices.scanner.commands import app as scanner
from kiosk.config import PrinterSection
from kiosk.errors import ConfigurationError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[ReaderSimulator]:
    simulator = ReaderSimulator(tmp_path / "id-card")
    simulator.plug()
    yield simulator
    simulator.unplug()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    out = capsys.readouterr()
    assert "Traceback" not in out.out + out.err
    return [json.loads(line) for line in out.out.splitlines()]


def test_a_resident_card_is_printed_with_all_its_fields(reader: ReaderSimulator, capsys: pytest.CaptureFixture[str]) -> None:
    reader.lay(PEOPLE["wang-guilan"].card)
    assert run(id_card, ["read", "--port", reader.port]) == 0
    assert lines(capsys) == [
        {
            "kind": "resident",
            "layout": "resident",
            "name": "王桂兰",
            "chinese_name": None,
            "sex": "female",
            "nation": "汉",
            "birth": "1948-03-12",
            "valid_from": "2008-05-20",
            "valid_to": None,
            "address": "黑龙江省七台河市桃山区万宝河镇万宝村二组17号",
            "number": "230903194803120022",
            "issuer": "七台河市公安局桃山分局",
        }
    ]


@pytest.mark.parametrize(
    ("person", "added"),
    [
        ("chen-jiaming", {"kind": "hmt", "layout": "J", "pass_number": "H00000001", "issue_count": "02"}),
        ("anna-smith", {"kind": "foreign", "layout": "I", "name": "SMITH, ANNA MARIA", "chinese_name": "安娜", "nationality": "CAN"}),
        ("alexandra", {"kind": "foreign", "layout": "Y", "chinese_name": "亚历山德拉", "nationality": "RUS", "renewals": "00"}),
    ],
)
def test_other_kinds_add_what_only_they_have(
    person: str, added: dict[str, str], reader: ReaderSimulator, capsys: pytest.CaptureFixture[str]
) -> None:
    reader.lay(PEOPLE[person].card)
    assert run(id_card, ["read", "--port", reader.port]) == 0
    (card,) = lines(capsys)
    assert card.items() >= added.items()


def test_no_card_in_time_ends_with_three(reader: ReaderSimulator, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(id_card, ["read", "--port", reader.port, "--timeout", "0.5"]) == NOTHING_THERE == 3
    assert lines(capsys)[0]["error"] == "no_card"


@pytest.mark.parametrize(
    ("trouble", "fault"), [(ReaderTrouble.SILENT, "no_answer"), (ReaderTrouble.SAM_UNAUTHORIZED, "sam_unauthorized"), (ReaderTrouble.READ_FAILS, "read_failed")]
)  # fmt: skip
def test_a_reader_or_card_that_fails_ends_with_four(
    trouble: ReaderTrouble, fault: str, reader: ReaderSimulator, capsys: pytest.CaptureFixture[str]
) -> None:
    reader.lay(PEOPLE["wang-guilan"].card)
    reader.reader.trouble = trouble
    assert run(id_card, ["read", "--port", reader.port]) == DEVICE_FAILS == 4
    (line,) = lines(capsys)
    assert line["error"] == fault
    assert line["message"]


def test_a_port_that_does_not_exist_ends_with_four(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(id_card, ["read", "--port", str(tmp_path / "nowhere")]) == DEVICE_FAILS
    assert lines(capsys)[0]["error"] == "not_found"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["read"],
        ["read", "--prot", "x"],
        ["raed"],
        ["read", "--port", "x", "--timeout", "soon"],
        ["read", "--port", "/dev/null", "--baud", "-5"],
    ],
)
def test_wrong_usage_is_one_json_line_and_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(id_card, arguments) == WRONG_USAGE
    (line,) = lines(capsys)
    assert line["error"] == "wrong_usage"


@pytest.mark.parametrize("group", [scanner, printer, document_camera], ids=["scanner", "printer", "document-camera"])
def test_a_group_without_a_command_is_wrong_usage_and_no_page_of_help(group: typer.Typer, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(group, []) == WRONG_USAGE
    (line,) = lines(capsys)
    assert line["error"] == "wrong_usage"


def test_a_folder_given_for_a_picture_exists_all_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(scanner, ["decode", str(tmp_path), str(tmp_path / "nowhere.png")]) == WRONG_USAGE
    folder, nowhere = lines(capsys)
    assert "is not a picture" in folder["message"]
    assert "does not exist" in nowhere["message"]


def test_a_bug_is_one_json_line_too_and_quotes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    app = typer.Typer()

    @app.command()
    def fail() -> None:
        raise RuntimeError("230903194803120022")

    assert run(app, []) == UNEXPECTED
    (line,) = lines(capsys)
    assert line["error"] == "unexpected"
    assert "test_commands.py" in line["message"]
    assert "230903194803120022" not in line["message"]


# ------------------------------------------------------------------ the whole program


def devices(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "devices", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_the_program_reads_a_card(reader: ReaderSimulator) -> None:
    reader.lay(PEOPLE["li-jianguo"].card)
    done = devices("id-card", "read", "--port", reader.port)
    assert done.returncode == 0, done
    assert json.loads(done.stdout)["name"] == "李建国"


def test_check_says_how_each_device_is(reader: ReaderSimulator, tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text(
        f"""
        [terminal]
        id = "T-1"
        short_name = "T1"
        township_id = "wanbaohe"
        mode = "demo"
        data_dir = "{tmp_path}"
        [center]
        url = "https://center.example"
        [devices.id_card]
        driver = "ga450-serial"
        port = "{reader.port}"
        [devices.printer]
        driver = "escpos"
        target = "tcp:127.0.0.1:1"
        """,
        "utf-8",
    )
    done = devices("check", "--config", str(config), "--timeout", "20")
    said = {line["device"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert (said["id_card"]["state"], said["id_card"]["fault"]) == ("ready", None)
    assert said["printer"]["state"] in ("absent", "fault")
    assert said["printer"]["hint"]
    assert done.returncode == DEVICE_FAILS, "the printer is configured and not there"
    assert {said[device]["fault"] for device in ("scanner", "document_camera")} == {"not_configured"}


def test_a_printer_target_that_means_nothing_is_named_by_its_key() -> None:
    with pytest.raises(ConfigurationError, match=r"^devices\.printer\.target: ") as caught:
        build_printer(PrinterSection(driver="escpos", target="lpt:1"))
    assert "'lpt:1'" in caught.value.message


def test_a_configuration_that_cannot_be_used_ends_with_two(tmp_path: Path) -> None:
    done = devices("check", "--config", str(tmp_path / "none.toml"))
    assert (done.returncode, json.loads(done.stdout)["error"]) == (WRONG_USAGE, "config_missing")


def test_find_says_what_is_plugged_in() -> None:
    done = devices("find")
    assert done.returncode == 0, done
    assert all({"found", "error"} & json.loads(line).keys() for line in done.stdout.splitlines())


def test_the_bench_is_served_and_driven_by_command(tmp_path: Path) -> None:
    folder = tmp_path / "bench"
    bench = subprocess.Popen(
        [sys.executable, "-m", "devices", "bench", "serve", "--dir", str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ,
    )
    try:
        assert bench.stdout is not None
        said = json.loads(bench.stdout.readline())
        assert json.loads((folder / "bench.json").read_text("utf-8")) == said
        # a card laid on by command is read over the real line
        laid = devices("bench", "card", "--dir", str(folder), "sun-yan")
        assert json.loads(laid.stdout)["card"] == "sun-yan"
        read = devices("id-card", "read", "--port", said["id_card"])
        assert json.loads(read.stdout)["name"] == PEOPLE["sun-yan"].card.name
        # what cannot be done is said
        nobody = devices("bench", "card", "--dir", str(folder), "nobody")
        assert (nobody.returncode, json.loads(nobody.stdout)["error"]) == (1, "person_unknown")
    finally:
        bench.terminate()
        assert bench.wait(10) == 0
    assert not (folder / "bench.json").exists()
    assert json.loads(devices("bench", "lift", "--dir", str(folder)).stdout)["error"] == "no_bench"


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for option in ("--http-port", "--printer-port"):
            done = devices("bench", "serve", "--dir", str(tmp_path / "bench"), option, port)
            assert (done.returncode, json.loads(done.stdout)["error"]) == (1, "port_taken")
