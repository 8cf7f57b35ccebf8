"""What a center takes in a second: applications, signed and sealed, over HTTP, next to what the engine alone does in the same run."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver, algorithms

from demo.bench_engines import WRITERS, postgresql, raw_postgresql, raw_sqlite
from kiosk.clock import CHINA
from kiosk.link.client import CenterClient
from kiosk.wire.filing import Applicant, Consent, Filing, MaterialFiled
from kiosk.wire.items import CatalogueAnswer, ServiceItem

_FILINGS = 400
_TOWNSHIP = "230903-wanbaohe"


@contextmanager
def _server(folder: Path, database_url: str, keys: dict[str, Ed25519PrivateKey]) -> Iterator[tuple[str, int]]:
    """A center in a process of its own, with its terminals. Limits that are there against a crowd are out of the way."""
    config = folder / "center.toml"
    text = Path("config/center.toml").read_text("utf-8").replace("var/center", str(folder / "data"))
    config.write_text(f"{text}\n[api]\nterminal_per_second = 10000\nterminal_burst = 100000\n", "utf-8")

    def run(*arguments: str) -> None:
        command = [sys.executable, "-m", "center", *arguments, "--config", str(config), "--database-url", database_url]
        subprocess.run(command, check=True, capture_output=True, timeout=120)

    run("migrate")
    run("load-catalogue", "config/catalogue")
    for number, (terminal_id, key) in enumerate(keys.items(), 1):
        public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
        run("add-terminal", terminal_id, "--short-name", f"B{number}", "--public-key", public)
    command = [sys.executable, "-m", "center", "serve", "--port", "0", "--config", str(config), "--database-url", database_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        try:
            yield f"http://127.0.0.1:{said['port']}", process.pid
        finally:
            process.terminate()


def _id_number(person: int) -> str:
    """An invented person's number, its check character right (GB 11643)."""
    body = f"230903{date(1950, 1, 1) + timedelta(days=person):%Y%m%d}012"
    weights = (2 ** (17 - place) % 11 for place in range(17))
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def _values(item: ServiceItem, id_number: str) -> dict[str, str]:
    by_kind = {"phone": "13904641234", "amount": "120", "number": "2", "date": "2026-01-01"}
    card = {
        "name": "王桂兰",
        "number": id_number,
        "address": "万宝河镇一村",
        "birth": "1948-03-12",
        "sex": "女",
        "nation": "汉族",
    }
    return {
        field.code: card[field.card.value]
        if field.card
        else (field.choices[0].code if field.choices else by_kind.get(field.kind.value, "示例"))
        for field in item.fields
    }


def _filing(item: ServiceItem, terminal_id: str, short_name: str, number: int, page: str, signature: str) -> Filing:
    now = datetime.now(CHINA).replace(microsecond=0)
    id_number = _id_number(int(short_name[1:]) * 1000 + number)
    return Filing(
        key=uuid4(),
        township_id=_TOWNSHIP,
        terminal_id=terminal_id,
        receipt_number=f"{short_name}{now:%y%m%d}{number:06d}",
        item_code=item.code,
        item_version=item.version,
        applicant=Applicant(kind="resident", name="王桂兰", number=id_number, sex="female", nation="汉族"),
        consent=Consent(text_version="2026-11", given_at=now),
        values=_values(item, id_number),
        materials=tuple(
            MaterialFiled(code=material.code)
            if material.from_card or material.from_form
            else MaterialFiled(code=material.code, pages=(page,) * len(material.pages))
            for material in item.materials
        ),
        signature=signature,
        filed_at=now,
    )


def _signed(url: str, terminal_id: str, key: Ed25519PrivateKey, filing: Filing) -> tuple[bytes, dict[str, str]]:
    """Body and headers, ready to go out: what the terminal's processor does is not the center's time."""
    body = filing.model_dump_json().encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(filing.key)}
    request = requests.Request("POST", f"{url}/api/v1/applications", headers, data=body).prepare()
    signer = HTTPMessageSigner(
        signature_algorithm=algorithms.ED25519, key_resolver=MappingKeyResolver(public_keys={}, private_keys={terminal_id: key})
    )
    now = datetime.now(UTC)
    signer.sign(
        request,
        key_id=terminal_id,
        created=now,
        expires=now + timedelta(seconds=60),
        nonce=secrets.token_urlsafe(16),
        label="sig1",
        covered_component_ids=("@method", "@authority", "@target-uri", "content-digest", "idempotency-key"),
        body=body,
    )
    return body, dict(request.headers)


def _send_all(url: str, waiting: list[tuple[bytes, dict[str, str]]], taken: list[float]) -> None:
    at = urlsplit(url)
    connection = http.client.HTTPConnection(at.hostname or "", at.port, timeout=60)
    for body, headers in waiting:
        began = time.perf_counter()
        connection.request("POST", "/api/v1/applications", body, headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != 201:
            raise RuntimeError(said.decode())
        taken.append(time.perf_counter() - began)


def _cpu_seconds(pid: int) -> float:
    """Seconds of processor that a process has used, of all its threads (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _item_to_file(catalogue: CatalogueAnswer) -> ServiceItem:
    return next(item for item in catalogue.items if item.apply_here)


def _submissions(folder: Path, database_url: str) -> dict[str, float]:
    keys = {f"BENCH-{number}": Ed25519PrivateKey.generate() for number in range(1, WRITERS + 1)}
    with _server(folder, database_url, keys) as (url, pid):
        first = next(iter(keys))
        client = CenterClient(url, first, keys[first], 10)
        fetched = client.catalogue()
        assert fetched is not None
        item = _item_to_file(fetched[0])
        page, signature = b"\xff\xd8\xff" + bytes(60_000), b"\x89PNG\r\n\x1a\n" + bytes(3000)
        names = [hashlib.sha256(content).hexdigest() for content in (page, signature)]
        for name, content in zip(names, (page, signature), strict=True):
            client.upload(name, content, "image/jpeg")
        waiting = [
            [
                _signed(url, terminal_id, key, _filing(item, terminal_id, f"B{place}", number, *names))
                for number in range(_FILINGS // WRITERS)
            ]
            for place, (terminal_id, key) in enumerate(keys.items(), 1)
        ]
        taken: list[float] = []
        senders = [threading.Thread(target=_send_all, args=(url, each[5:], taken)) for each in waiting]
        for each in waiting:
            _send_all(url, each[:5], [])
        began, worked = time.perf_counter(), _cpu_seconds(pid)
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        seconds, worked = time.perf_counter() - began, _cpu_seconds(pid) - worked
    cuts = quantiles(taken, n=100)
    return {
        "per_second": round(len(taken) / seconds, 1),
        "median_ms": round(cuts[49] * 1000, 1),
        "p99_ms": round(cuts[98] * 1000, 1),
        # On a machine that others use too, this says more than the rate does.
        "center_cpu_ms_each": round(worked / len(taken) * 1000, 2),
    }


def _line(engine: str, raw: Callable[[], float], submit: Callable[[], dict[str, float]]) -> dict[str, object]:
    # The disk's mood changes within a run: the engine alone is measured on both sides of what is compared with it.
    before = raw()
    measured = submit()
    alone = (before + raw()) / 2
    return {
        "bench": "center_submissions",
        "engine": engine,
        "terminals": WRITERS,
        **measured,
        "raw_three_rows_per_second": round(alone, 1),
        "share_of_raw": round(measured["per_second"] / alone, 2),
    }


def center() -> Iterator[dict[str, object]]:
    """Both engines; a missing PostgreSQL is said, not passed over."""
    with tempfile.TemporaryDirectory(dir=".") as name:
        folder = Path(name).absolute()
        (folder / "sqlite").mkdir()
        url = f"sqlite:///{folder / 'sqlite' / 'center.db'}"
        yield _line("sqlite", lambda: raw_sqlite(folder), lambda: _submissions(folder / "sqlite", url))
    with tempfile.TemporaryDirectory(dir=".") as name, postgresql() as server:
        if server is None:
            yield {"bench": "center_submissions", "engine": "postgresql", "missing": "name a server in ONESEAL_TEST_POSTGRES"}
            return
        address: Any = server
        yield _line("postgresql", lambda: raw_postgresql(address), lambda: _submissions(Path(name).absolute(), address))


def main() -> None:
    """This part alone."""
    for line in center():
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
