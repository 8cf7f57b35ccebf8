"""`python -m kiosk.typing …` as developers call it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from demo.bench_typing import characters
from kiosk import command_line
from kiosk.typing import __main__ as commands
from kiosk.typing.handwriting import HandwritingEngine
from kiosk.typing.local_words import local_words, words_of
from kiosk.typing.pinyin import PinyinEngine


def _run(*arguments: str, lines: bytes = b"") -> tuple[int, list[object]]:
    done = subprocess.run([sys.executable, "-m", "kiosk.typing", *arguments], input=lines, capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in done.stdout + done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_pinyin_a_line_in_candidates_out_and_a_fault_stops_nothing(pinyin: PinyinEngine) -> None:
    code, answers = _run("pinyin", lines="wanbaohezhen\n你好\n\n".encode() + b"\xff\xfe\nwomen\n")
    assert code == 0
    assert isinstance(answers[0], list) and answers[0][0] == "万宝河镇"
    assert isinstance(answers[-1], list) and answers[-1][0] == "我们"
    faults = [each for each in answers if isinstance(each, dict)]
    assert [each["error"] for each in faults] == ["pinyin_invalid"] * 3 and len(answers) == 5


def test_names(pinyin: PinyinEngine) -> None:
    code, answers = _run("pinyin", "--names", lines=b"wangguilan\n")
    assert (code, answers[0][0]) == (0, "王桂兰")  # type: ignore[index]


def test_handwriting(handwriting: HandwritingEngine) -> None:
    character, strokes = characters("tuning")[0]
    lines = json.dumps(strokes).encode() + b"\nnonsense\n[]\n" + b"[" * 5000 + b"\n"
    code, answers = _run("handwriting", lines=lines)
    assert code == 0
    assert isinstance(answers[0], list) and answers[0][0] == character
    assert [each["error"] for each in answers[1:]] == ["strokes_invalid"] * 3  # type: ignore[index,call-overload]


@pytest.mark.parametrize(
    "command",
    [
        ("kiosk.typing", "pinyin"),
        ("kiosk.typing", "handwriting"),
        ("kiosk.link", "unsent", "--config", "/nowhere"),
        ("devices", "find"),
        ("devices", "check", "--config", "/nowhere"),
        ("center", "describe-api", "--out", "/proc/nowhere"),
    ],
    ids=" ".join,
)
def test_without_a_standard_input_every_command_ends_in_json_lines_or_none(command: tuple[str, ...]) -> None:
    done = subprocess.run(["sh", "-c", '"$@" <&-', "sh", sys.executable, "-m", *command], capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in done.stdout + done.stderr
    assert done.returncode in (0, 1, 2), done
    for line in done.stdout.decode().splitlines():
        json.loads(line)


def test_a_bug_prints_none_of_the_values_it_had() -> None:
    source = (
        "import sys, typer; from kiosk import command_line\n"
        "app = typer.Typer()\n"
        "@app.command()\n"
        "def fail():\n"
        "    typed = 'wo' + 'demima'\n"
        "    raise RuntimeError(typed)\n"
        "sys.exit(command_line.run(app))\n"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 70
    assert json.loads(done.stdout)["error"] == "unexpected"  # this line, and nothing else
    assert "wodemima" not in done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [("pinyin", "--tables", "/nowhere"), ("pinyin", "--nonsense"), ("write",)])
def test_what_cannot_be_started_is_said_in_one_line_with_exit_code_2(arguments: tuple[str, ...]) -> None:
    code, answers = _run(*arguments)
    assert code == 2
    assert len(answers) == 1 and isinstance(answers[0], dict) and set(answers[0]) == {"error", "message"}


@pytest.mark.parametrize(
    ("engine", "missing", "said"),
    [
        ("pinyin", ("kiosk.typing.libpinyin._LIBRARY", "libpinyin.so.0"), "libpinyin_missing"),
        ("pinyin", ("kiosk.typing.libpinyin._DATA", ("/nowhere",)), "libpinyin_data_missing"),
        ("handwriting", ("kiosk.typing.handwriting._MODEL", "models/none.onnx"), "handwriting_model_missing"),
    ],
)
def test_a_missing_engine_is_said_plainly(
    pinyin: PinyinEngine,
    engine: str,
    missing: tuple[str, object],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(*missing)
    monkeypatch.setattr(sys, "argv", ["typing", engine])
    assert command_line.run(commands.app) == 2
    answer = json.loads(capsys.readouterr().out)
    assert answer["error"] == said
    assert "nstall" in answer["message"]


def test_local_words_are_places_departments_and_the_items_own_words() -> None:
    item = {
        "task_name": "最低生活保障申请",
        "aliases": ["吃低保"],
        "materials": [{"material_name": "户口簿（原件）", "source": "外地样例"}],
    }
    words = dict(local_words(Path("config/typing"), words_of(item)))
    assert words["万宝河镇"] == "wan'bao'he'zhen"
    assert words["桃山区"] == "tao'shan'qu"
    assert words["红岩村"] == "hong'yan'cun"
    assert {"民政局", "最低生活保障申请", "吃低保", "户口簿", "原件"} <= set(words)
    assert "外地样例" not in words
