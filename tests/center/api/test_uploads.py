"""A file that comes in parts is the file, whatever breaks between; nothing of it lies readable on the disk. On both engines."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests
from sqlalchemy import func, select, update

from center.center import Center
from center.clock import security_now
from center.store.tables import StoredFile, Upload, UploadPart
from tests.center import papers
from tests.center.place import Terminal

CONTENT = papers.page("户口簿 首页", ("姓名 张秀兰",))
SHA256 = hashlib.sha256(CONTENT).hexdigest()
HALF = len(CONTENT) // 2


def begin(terminal: Terminal, size: int = len(CONTENT), sha256: str = SHA256) -> requests.Response:
    return terminal.ask("/api/v1/uploads", {"sha256": sha256, "size": size})


def add(terminal: Terminal, upload_id: str, start: int, part: bytes) -> requests.Response:
    headers = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(start)}
    return terminal.call("PATCH", f"/api/v1/uploads/{upload_id}", part, headers)


def rows(center: Center, table: Any) -> int:
    with center.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_parts_make_the_file_and_leave_nothing_of_themselves(terminal_on: Terminal, center_on: Center) -> None:
    begun = begin(terminal_on)
    assert (begun.status_code, begun.json()["offset"], begun.json()["complete"]) == (201, 0, False)
    upload_id = begun.json()["upload_id"]
    first = add(terminal_on, upload_id, 0, CONTENT[:HALF])
    assert (first.status_code, first.json()["offset"], first.headers["Upload-Offset"]) == (200, HALF, str(HALF))
    asked = terminal_on.call("HEAD", f"/api/v1/uploads/{upload_id}")
    assert (asked.status_code, asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == (200, str(HALF), str(len(CONTENT)))
    again = begin(terminal_on)
    assert (again.status_code, again.json()["upload_id"], again.json()["offset"]) == (200, upload_id, HALF)
    last = add(terminal_on, upload_id, HALF, CONTENT[HALF:])
    assert last.json()["complete"] is True
    assert center_on.files.get(SHA256) == CONTENT
    assert (rows(center_on, StoredFile), rows(center_on, Upload), rows(center_on, UploadPart)) == (1, 0, 0)
    # an answer that was lost: asked again, it is complete
    assert add(terminal_on, upload_id, HALF, CONTENT[HALF:]).json()["code"] == "upload_unknown"
    assert (begin(terminal_on).status_code, begin(terminal_on).json()["complete"]) == (200, True)


def test_a_part_that_does_not_follow_is_refused_and_so_is_too_much(terminal_on: Terminal, center_on: Center) -> None:
    upload_id = begin(terminal_on).json()["upload_id"]
    assert add(terminal_on, upload_id, 0, CONTENT[:HALF]).ok
    for start in (0, HALF - 1, HALF + 1):
        answer = add(terminal_on, upload_id, start, b"x")
        assert (answer.status_code, answer.json()["code"]) == (409, "upload_offset")
    too_much = add(terminal_on, upload_id, HALF, CONTENT[HALF:] + b"x")
    assert (too_much.status_code, too_much.json()["code"]) == (422, "upload_size")
    assert add(terminal_on, upload_id, HALF, b"").json()["code"] == "upload_size"
    assert add(terminal_on, upload_id, HALF, CONTENT[HALF:]).json()["complete"] is True


def test_the_same_part_at_once_is_kept_once(terminal_on: Terminal, center_on: Center) -> None:
    upload_id = begin(terminal_on).json()["upload_id"]
    with ThreadPoolExecutor(6) as many:
        answers = list(many.map(lambda _: add(terminal_on, upload_id, 0, CONTENT[:HALF]), range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    assert rows(center_on, UploadPart) == 1


def test_begun_at_once_it_is_one_upload(terminal_on: Terminal, center_on: Center) -> None:
    with ThreadPoolExecutor(6) as many:
        answers = list(many.map(lambda _: begin(terminal_on), range(6)))
    assert len({answer.json()["upload_id"] for answer in answers}) == 1
    assert rows(center_on, Upload) == 1


def test_what_is_not_what_it_says_is_not_kept_and_begins_anew(terminal_on: Terminal, center_on: Center) -> None:
    upload_id = begin(terminal_on).json()["upload_id"]
    wrong = CONTENT[:-1] + b"x"
    answer = add(terminal_on, upload_id, 0, wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "file_hash_mismatch")
    assert (rows(center_on, StoredFile), rows(center_on, Upload), rows(center_on, UploadPart)) == (0, 0, 0)
    text = b"no picture" * 10
    other = begin(terminal_on, len(text), hashlib.sha256(text).hexdigest()).json()["upload_id"]
    assert add(terminal_on, other, 0, text).json()["code"] == "file_kind"


def test_another_terminal_neither_sees_nor_continues_it(terminal_on: Terminal, center_on: Center) -> None:
    upload_id = begin(terminal_on).json()["upload_id"]
    other = Terminal(terminal_on.url, "WBH-02", "T02")
    other.register(center_on)
    assert add(other, upload_id, 0, CONTENT[:HALF]).status_code == 404
    assert other.call("HEAD", f"/api/v1/uploads/{upload_id}").status_code == 404
    assert begin(other).json()["upload_id"] != upload_id
    assert terminal_on.call("HEAD", f"/api/v1/uploads/{uuid4()}").status_code == 404


def test_after_a_day_it_is_forgotten_with_its_parts(terminal_on: Terminal, center_on: Center) -> None:
    upload_id = begin(terminal_on).json()["upload_id"]
    assert add(terminal_on, upload_id, 0, CONTENT[:HALF]).ok
    with center_on.database.writing() as session:
        session.execute(update(Upload).values(expires_at=security_now() - timedelta(seconds=1)))
    assert terminal_on.call("HEAD", f"/api/v1/uploads/{upload_id}").status_code == 404
    anew = begin(terminal_on)
    assert (anew.status_code, anew.json()["offset"]) == (201, 0)
    assert rows(center_on, UploadPart) == 0


def test_a_terminal_cannot_fill_the_disk_with_beginnings(terminal: Terminal, center: Center) -> None:
    for number in range(40):
        assert begin(terminal, 1000, hashlib.sha256(bytes([number])).hexdigest()).status_code == 201
    assert rows(center, Upload) == 32


def test_a_part_is_not_readable_on_the_disk(terminal: Terminal, center: Center, tmp_path: Path) -> None:
    upload_id = begin(terminal).json()["upload_id"]
    assert add(terminal, upload_id, 0, CONTENT[:HALF]).ok
    piece = CONTENT[1000:1032]
    assert [path for path in tmp_path.rglob("*") if path.is_file() and piece in path.read_bytes()] == []


def test_a_center_that_stopped_after_the_last_part_completes_it_when_asked(terminal_on: Terminal, center_on: Center) -> None:
    upload_id = begin(terminal_on).json()["upload_id"]
    assert add(terminal_on, upload_id, 0, CONTENT[:HALF]).ok
    with center_on.database.writing() as session:
        part_id = uuid4()
        sealed = center_on.cipher.seal("upload_parts", "content", part_id, CONTENT[HALF:])
        upload = session.scalars(select(Upload)).one()
        session.add(UploadPart(id=part_id, township_id=center_on.township_id, upload_id=upload.id, start=HALF, content=sealed))
        upload.received = len(CONTENT)
    assert begin(terminal_on).json()["complete"] is True
    assert center_on.files.get(SHA256) == CONTENT
