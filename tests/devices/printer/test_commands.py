"""The command line: one JSON line, and an exit code that scripts can trust."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from devices.commands import run
from devices.printer.commands import app
from devices.printer.raster import render
from devices.printer.sample import SAMPLE
from devices.printer.simulator import PrinterSimulator
from kiosk.wire.documents import Qr


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]):
    """Run a command; gives exit code and what the one line on stdout says."""

    def called(*arguments: object) -> tuple[int, dict[str, Any]]:
        code = run(app, [str(argument) for argument in arguments])
        (line,) = capsys.readouterr().out.splitlines()
        return code, json.loads(line)

    return called


@pytest.mark.parametrize(
    ("act", "state", "fault"),
    [
        (lambda printer: None, "ready", None),
        (lambda printer: printer.set_paper(False), "fault", "paper_out"),
        (lambda printer: printer.open_cover(True), "fault", "cover_open"),
        (lambda printer: printer.jam_cutter(True), "fault", "cutter"),
        (lambda printer: printer.set_near_end(True), "ready", "paper_near_end"),
        (lambda printer: printer.mute(True), "unknown", None),
        (lambda printer: printer.unplug(), "fault", "offline"),
    ],
)
def test_status_says_how_the_printer_is(call, simulator: PrinterSimulator, act, state, fault) -> None:
    act(simulator)

    code, said = call("status", "--target", simulator.target)

    assert code == 0
    assert (said["state"], said["fault"]) == (state, fault)


@pytest.mark.parametrize("mode", ["raster", "native"])
def test_print_ends_with_0_when_it_was_printed(call, simulator: PrinterSimulator, mode: str) -> None:
    code, said = call("print", "--sample", "--target", simulator.target, "--mode", mode)

    assert (code, said["outcome"], said["fault"]) == (0, "printed", None)
    assert len(simulator.receipts) == 1


def test_print_takes_a_document_from_a_file(call, simulator: PrinterSimulator, tmp_path: Path) -> None:
    file = tmp_path / "paper.json"
    file.write_text(SAMPLE.model_dump_json(), "utf-8")

    code, _ = call("print", file, "--target", simulator.target)

    assert code == 0
    drawn = render(SAMPLE)
    assert Image.open(simulator.receipts[0]).crop((0, 0, *drawn.size)).tobytes() == drawn.tobytes()


def test_print_ends_with_1_and_the_fault_when_there_is_no_paper(call, simulator: PrinterSimulator) -> None:
    simulator.set_paper(False)

    code, said = call("print", "--sample", "--target", simulator.target)

    assert (code, said["outcome"], said["fault"]) == (1, "failed", "paper_out")


def test_print_ends_with_1_when_nobody_is_there(call, simulator: PrinterSimulator) -> None:
    simulator.unplug()

    code, said = call("print", "--sample", "--target", simulator.target)

    assert (code, said["outcome"], said["fault"]) == (1, "failed", "offline")


def test_a_directory_gets_picture_and_bytes(call, tmp_path: Path) -> None:
    for _ in range(2):
        assert call("print", "--sample", "--target", f"file:{tmp_path}", "--mode", "native", "--width", 58)[0] == 0

    assert sorted(path.name for path in tmp_path.iterdir()) == ["print-0001.bin", "print-0001.png", "print-0002.bin", "print-0002.png"]
    assert Image.open(tmp_path / "print-0001.png").tobytes() == render(SAMPLE, 58).tobytes()
    assert (tmp_path / "print-0001.bin").read_bytes().startswith(b"\x1b@\x1c&")


def test_render_draws_a_picture(call, tmp_path: Path) -> None:
    code, said = call("render", "--sample", "--out", tmp_path / "paper.png", "--width", 58)

    assert code == 0
    assert Image.open(tmp_path / "paper.png").size == (said["width"], said["height"]) == render(SAMPLE, 58).size


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (None, "document_unreadable"),
        ("{", "document_invalid"),
        ('{"document": "guide"}', "document_invalid"),
        (SAMPLE.model_copy(update={"blocks": (Qr(text="字" * 900),)}).model_dump_json(), "document_qr_too_long"),
    ],
)
def test_a_file_that_is_no_document_is_refused(call, simulator: PrinterSimulator, tmp_path: Path, content, error) -> None:
    file = tmp_path / "paper.json"
    if content is not None:
        file.write_text(content, "utf-8")

    code, said = call("print", file, "--target", simulator.target)

    assert (code, said["error"]) == (2, error)
    assert said["message"]
    assert simulator.bytes_received == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("status", "--target", "lpt:1"),
        ("print", "--target", "tcp:127.0.0.1:9"),
        ("print", "--sample", "--target", "tcp:127.0.0.1:9", "--width", "57"),
        ("print", "--sample", "--target", "tcp:127.0.0.1:9", "--mode", "color"),
        ("render", "--sample", "--out", "/none/paper.png"),
        ("sing",),
    ],
)
def test_wrong_usage_is_2_with_a_sentence(call, arguments) -> None:
    code, said = call(*arguments)

    assert code == 2
    assert set(said) == {"error", "message"}


def test_drawing_leaves_nothing_behind_in_the_temporary_directory(tmp_path: Path) -> None:
    # Importing all of python-escpos would.
    code = "from devices.printer.job import job_bytes; from devices.printer.sample import SAMPLE; job_bytes(SAMPLE, 'raster', 80)"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True, check=True, timeout=60
    )

    assert (done.stdout, done.stderr) == ("", "")
    assert list(tmp_path.iterdir()) == []
