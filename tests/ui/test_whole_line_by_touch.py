"""The demonstration itself: the real process in a real window, touched by real X events, from the attract screen to the progress slip."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kiosk.wire.codes import CodeKind, parse_code

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "out/demo"


@pytest.mark.timeout(300)
def test_the_scripted_citizen_goes_the_whole_line_by_touch() -> None:
    # given no display
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}

    # when the demonstration runs
    done = subprocess.run(
        [sys.executable, "-m", "demo", "--one-case"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    # then it came to its end, with a picture of each step
    assert done.returncode == 0, done.stdout + done.stderr
    seen = {path.stem.split("-", 1)[1] for path in OUT.glob("[0-9]*.png")}
    assert {"attract", "home", "guide", "identify", "consent", "form", "form-pinyin", "signature", "review", "done", "scan"} <= seen
    assert {"progress-by-code", "progress-by-card"} <= seen
    for path in OUT.glob("[0-9]*.png"):
        assert len(Image.open(path).convert("RGB").getcolors(1_000_000) or ()) > 8, f"{path.name} is blank"

    # and what was printed reads back: a guide, a filing receipt and a progress slip
    codes = [parse_code(read.text) for path in sorted(OUT.glob("print-*.png")) for read in zxingcpp.read_barcodes(Image.open(path))]
    assert [code[0].kind for code in codes if code] == [CodeKind.GUIDE, CodeKind.RECEIPT, CodeKind.RECEIPT]
