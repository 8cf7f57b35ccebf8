"""`make bench`: measures on this machine and reports JSON lines; asserts nothing. Each figure stands beside one of the same run to compare it with."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import median
from uuid import uuid4

import cv2
import numpy as np
import segno
import zxingcpp

from center.catalogue import read_items
from demo.bench_center import center
from demo.bench_typing import typing
from devices.document_camera.desk import photograph
from devices.document_camera.page import find_corners
from devices.scanner.decode import decode_image
from kiosk.clock import CHINA
from kiosk.link.keys import load_keys
from kiosk.link.outbox import Outbox
from kiosk.link.search import CatalogueSearch
from kiosk.link.submission import application
from kiosk.log import configure
from kiosk.wire.filing import Applicant, Consent, Filing, MaterialFiled

_NOW = datetime(2026, 11, 24, 10, 26, tzinfo=CHINA)


def _ms(act: Callable[[], object], times: int = 15) -> float:
    """Median milliseconds of one call, after one to warm up."""
    act()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return round(median(taken), 2)


def _scan(names: list[str], query: str) -> list[str]:
    return [name for name in names if query in name]


def _search() -> Iterator[dict[str, object]]:
    items = read_items(Path("config/catalogue"))
    many = [item.model_copy(update={"code": f"X{n}"}) for n in range(3000 // len(items) + 1) for item in items][:3000]
    search = CatalogueSearch(many)
    names = [item.task_name for item in many]
    for query in ("养老", "ylbx", "dibao", "养老报险"):
        yield {
            "bench": "search",
            "items": len(many),
            "query": query,
            "ms": _ms(partial(search.find, query)),
            "plain_scan_ms": _ms(partial(_scan, names, query)),
        }


def _outbox() -> Iterator[dict[str, object]]:
    files = {hashlib.sha256(data).hexdigest(): data for data in (bytes([n]) * 300_000 for n in range(2))}
    signature = next(iter(files))
    with tempfile.TemporaryDirectory(dir=".") as folder:
        data_dir = Path(folder)
        data_dir.chmod(0o700)
        configure(data_dir / "log")
        outbox = Outbox(data_dir / "outbox.db", load_keys(data_dir).outbox, "WB01", "230903-wanbaohe")

        def file_one() -> None:
            filing = Filing(
                key=uuid4(),
                township_id="230903-wanbaohe",
                terminal_id="WBH-01",
                receipt_number=outbox.next_receipt_number(_NOW),
                item_code="YLBX",
                item_version=1,
                applicant=Applicant(kind="resident", name="王桂兰", number="230903194803120022"),
                consent=Consent(text_version="2026-11", given_at=_NOW),
                values={},
                materials=(MaterialFiled(code="household_register", pages=tuple(files)),),
                signature=signature,
                filed_at=_NOW,
            )
            outbox.keep(application(filing, files, b"{}"))

        plain = data_dir / "plain"

        def write_and_sync() -> None:
            with plain.open("ab") as file:
                file.write(b"x" * 600_000)
                file.flush()
                os.fsync(file.fileno())

        yield {"bench": "outbox", "filing_with_600_kB_ms": _ms(file_one), "write_and_fsync_600_kB_ms": _ms(write_and_sync)}
        outbox.close()


def _scanner() -> Iterator[dict[str, object]]:
    code = segno.make("OS1R" + "WB01" + "A" * 112, error="m", boost_error=False)
    matrix = np.array([[0 if dark else 255 for dark in row] for row in code.matrix_iter(border=4)], np.uint8)
    frame = np.full((720, 1280), 200, np.uint8)
    big = np.kron(matrix, np.ones((6, 6), np.uint8))
    frame[100 : 100 + big.shape[0], 400 : 400 + big.shape[1]] = big
    picture = cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR)
    yield {
        "bench": "scanner",
        "hit_720p_ms": _ms(lambda: decode_image(picture)),
        "zxing_cpp_alone_ms": _ms(lambda: zxingcpp.read_barcodes(picture)),
    }


def _camera() -> Iterator[dict[str, object]]:
    image = photograph("register-cover", "skewed").image
    yield {
        "bench": "document_camera",
        "find_corners_ms": _ms(lambda: find_corners(image)),
        "blur_of_the_same_frame_ms": _ms(lambda: cv2.GaussianBlur(image, (5, 5), 0)),
    }


def main() -> None:
    """All of it, then the screens in a real window."""
    for part in (_search, _outbox, _scanner, _camera, typing, center):
        for line in part():
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    subprocess.run([sys.executable, "-m", "screens.bench"], check=True)


if __name__ == "__main__":
    main()
