"""The scanner's and the document camera's command lines: one JSON line a result, exit codes that scripts may rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2

from devices.document_camera.desk import photograph
from devices.scanner.simulator import ScanEngineSimulator
from tests.devices.scanner.test_decode import CHINESE, qr


def devices(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and the lines of stdout; stderr must be empty."""
    done = subprocess.run([sys.executable, "-m", "devices", *arguments], capture_output=True, text=True, timeout=100, check=False)
    assert done.stderr == ""
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_pictures_are_decoded_a_line_each_and_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    good, bad, empty = (tmp_path / name for name in ("good.png", "bad.png", "empty.png"))
    assert cv2.imwrite(str(good), qr(CHINESE, encoding="utf-8"))
    assert cv2.imwrite(str(empty), qr(CHINESE, encoding="utf-8")[:60])
    bad.write_text("no picture", "utf-8")
    code, lines = devices("scanner", "decode", str(empty), str(bad), str(tmp_path / "missing.png"), str(good))
    assert code == 2
    assert (lines[0]["text"], lines[0]["format"]) == (None, None)
    assert (lines[1]["error"], lines[2]["error"]) == ("unreadable_picture", "unreadable_picture")
    assert "does not exist" in lines[2]["message"]
    assert (lines[3]["file"], lines[3]["text"], lines[3]["format"]) == (str(good), CHINESE, "qr")
    assert lines[3]["ms"] > 0


def test_one_code_is_read_from_a_scan_engine() -> None:
    engine = ScanEngineSimulator(engine="newland")
    engine.plug()
    engine.hold_up(CHINESE)
    try:
        assert devices("scanner", "read", "--port", engine.port, "--engine", "newland", "--timeout", "30") == (0, [{"text": CHINESE}])
    finally:
        engine.unplug()


def test_nothing_read_is_3_and_a_missing_scanner_is_4(tmp_path: Path) -> None:
    code, lines = devices("scanner", "read", "--folder", str(tmp_path), "--timeout", "0.5")
    assert (code, lines[0]["error"]) == (3, "nothing_read")
    code, lines = devices("scanner", "read", "--port", str(tmp_path / "no-such-port"))
    assert (code, lines[0]["error"]) == (4, "not_connected")


def test_wrong_usage_is_one_line_and_2() -> None:
    for arguments in (
        ["read"],
        ["read", "--port", "x", "--camera", "0"],
        ["read", "--port", "x", "--engine", "acme"],
        ["decode", "--fast"],
    ):
        code, lines = devices("scanner", *arguments)
        assert (code, [line["error"] for line in lines]) == (2, ["wrong_usage"])


def test_a_picture_of_a_page_is_judged_and_straightened(tmp_path: Path) -> None:
    photo, out = photograph("register-cover", "skewed", 31), tmp_path / "page.jpg"
    assert photo.corners is not None
    assert cv2.imwrite(str(tmp_path / "desk.jpg"), photo.image)
    code, lines = devices("document-camera", "look", str(tmp_path / "desk.jpg"), "--out", str(out))
    assert code == 0
    assert lines[0]["faults"] == []
    assert all(abs(a - b) < 3 for got, true in zip(lines[0]["corners"], photo.corners, strict=True) for a, b in zip(got, true, strict=True))
    straight = cv2.imread(str(out))
    assert straight is not None
    assert [straight.shape[1], straight.shape[0]] == lines[0]["size"]
    code, lines = devices("document-camera", "look", str(tmp_path / "none.jpg"))
    assert (code, lines[0]["error"]) == (2, "unreadable_picture")
