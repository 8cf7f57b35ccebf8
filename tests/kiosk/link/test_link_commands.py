"""Technicians see what the center has not got, and can have a refused application tried again."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from kiosk.link.keys import load_keys, private_directory
from kiosk.link.outbox import Outbox
from kiosk.link.submission import application
from tests.kiosk.link.conftest import NAME, NUMBER, Citizen

ROOT = Path(__file__).resolve().parents[3]


def run(*arguments: str) -> tuple[int, list[dict[str, object]]]:
    done = subprocess.run([sys.executable, "-m", "kiosk.link", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert NAME not in done.stdout
    assert NUMBER not in done.stdout
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_a_refused_application_is_listed_and_can_be_tried_again(tmp_path: Path) -> None:
    # given one application that waits and one that the center refused
    data_dir = private_directory(tmp_path / "kiosk")
    config = tmp_path / "kiosk.toml"
    config.write_text(
        f'[terminal]\nid = "WBH-01"\nshort_name = "WB01"\ntownship_id = "230903-wanbaohe"\ndata_dir = "{data_dir}"\n'
        '[center]\nurl = "http://127.0.0.1:9"\n',
        "utf-8",
    )
    outbox = Outbox(data_dir / "outbox.db", load_keys(data_dir).outbox, "WB01", "230903-wanbaohe")
    for number in ("WB012611240001", "WB012611240002"):
        filing, files = Citizen(lambda given=number: given).signs()
        outbox.keep(application(filing, files, b"{}"))
    outbox.mark_dead(next(row for row in outbox.due(time.time()) if row.number == "WB012611240001"), "form_invalid")

    # when they are listed, then both are, without a word about the person
    code, lines = run("unsent", "--config", str(config))
    assert code == 0
    assert [(line["receipt_number"], line["kind"], line["state"], line["code"]) for line in lines] == [
        ("WB012611240001", "application", "refused", "form_invalid"),
        ("WB012611240002", "application", "waiting", ""),
    ]

    # and the refused one can be tried again, once
    assert run("retry", "WB012611240001", "--config", str(config)) == (0, [{"receipt_number": "WB012611240001", "state": "waiting"}])
    assert outbox.refused() == 0
    code, (answer,) = run("retry", "WB012611240001", "--config", str(config))
    assert (code, answer["error"]) == (1, "not_refused")
    outbox.close()


def test_wrong_usage_is_one_line_and_2(tmp_path: Path) -> None:
    for arguments in (["unsent"], ["retry"], ["nothing"], ["unsent", "--config", str(tmp_path / "none.toml")], []):
        code, (answer,) = run(*arguments)
        assert code == 2
        assert answer["error"]
