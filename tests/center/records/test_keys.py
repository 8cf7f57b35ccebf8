"""Keys and algorithms: both algorithms open always, a new key replaces the old one whole, killed at any moment or not, and nothing is dropped too early."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import LargeBinary, select, text

from center.center import Center
from center.clock import security_now
from center.errors import CommandError, ConfigurationError
from center.records.rotation import DROP_AFTER, drop_old, rotate
from center.records.verification import verify
from center.store.durable import locked
from center.store.encryption import Algorithm, FieldCipher, LetGo, Unopenable
from center.store.files import FileLost, FileStore
from center.store.keys import KeyFile, add_active_key, key_file, load_keys
from center.store.schema import require_keys
from center.store.sealed import SEALED
from center.store.tables import Base, JournalEntry
from tests.center.records.filled import Desk, complaint, fill

ROOT = Path(__file__).parents[3]


def headers(center: Center) -> set[bytes]:
    """What every field and file begins with."""
    with center.database.reading() as session:
        fields = {bytes(each)[:5] for column in SEALED for each in session.scalars(select(column.field).where(column.filled()))}
    return fields | {center.files.header(name) for name in center.files.names()}


def header(algorithm: Algorithm, key: int) -> bytes:
    return bytes([algorithm]) + key.to_bytes(4, "big")


def acts(center: Center) -> list[str]:
    with center.database.reading() as session:
        return [act for act in session.scalars(select(JournalEntry.act).order_by(JournalEntry.position)) if act.startswith("keys.")]


# ------------------------------------------------------------------ algorithms


def test_every_column_of_bytes_is_declared_as_sealed() -> None:
    there = {
        f"{name}.{column.name}"
        for name, table in Base.metadata.tables.items()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert {column.name for column in SEALED} == there
    # each says whose matter it is, or until when it is kept
    assert [column.name for column in SEALED if bool(column.subject) == bool(column.kept)] == []


def test_both_algorithms_seal_for_one_row_and_open_beside_each_other(tmp_path: Path) -> None:
    keys, row = load_keys(tmp_path), uuid4()
    aes, sm4 = FieldCipher(keys), FieldCipher(keys, Algorithm.SM4_GCM)
    for sealing, opening in ((aes, sm4), (sm4, aes), (sm4, sm4)):
        sealed = sealing.seal("cases", "form", row, "张秀兰".encode())
        assert "张秀兰".encode() not in sealed
        assert opening.open("cases", "form", row, sealed) == "张秀兰".encode()
        for position in range(len(sealed)):
            with pytest.raises(Unopenable):
                opening.open("cases", "form", row, sealed[:position] + bytes([sealed[position] ^ 1]) + sealed[position + 1 :])
        for cut in range(len(sealed)):
            with pytest.raises(Unopenable):
                opening.open("cases", "form", row, sealed[:cut])
        with pytest.raises(Unopenable):
            opening.open("cases", "form", uuid4(), sealed)
    assert (aes.header[0], sm4.header[0]) == (1, 2)
    with pytest.raises(LetGo):
        aes.open("cases", "form", row, b"")


def test_sm4_is_the_national_algorithm(tmp_path: Path) -> None:
    # RFC 8998, A.1: SM4-GCM
    from center.store.encryption import _Sm4Gcm  # here: the vector needs the key itself, which is never handed in

    made = _Sm4Gcm(bytes(32))
    made._key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    plain = bytes.fromhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDDEEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )
    nonce, more = bytes.fromhex("00001234567800000000ABCD"), bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    sealed = made.encrypt(nonce, plain, more)
    assert sealed[-16:].hex().upper() == "83DE3541E4C2B58177E065A9BF7B62EC"
    assert sealed[:8].hex().upper() == "17F399F08C67D5EE"
    assert made.decrypt(nonce, sealed, more) == plain


def test_a_center_that_serves_learns_of_a_new_key_before_it_seals_again(tmp_path: Path) -> None:
    cipher = FieldCipher(load_keys(tmp_path), changed=KeyFile(tmp_path).changed)
    other = FieldCipher(load_keys(tmp_path), changed=KeyFile(tmp_path).changed)
    assert cipher.header == header(Algorithm.AES_256_GCM, 1)
    # when another process makes a key
    add_active_key(tmp_path, security_now())
    # then both seal with it, and open what the other sealed
    sealed = cipher.seal("cases", "form", "1", b"x")
    assert sealed[:5] == header(Algorithm.AES_256_GCM, 2)
    assert other.open("cases", "form", "1", sealed) == b"x"


# ------------------------------------------------------------------ rotation


def test_a_new_key_replaces_the_old_one_in_every_field_and_file_and_the_chains_stay_whole(center_on: Center) -> None:
    # given
    fill(center_on)
    before = verify(center_on)
    assert headers(center_on) == {header(Algorithm.AES_256_GCM, 1)}
    # when; the algorithm of the configuration is taken with it
    sm4 = dataclasses.replace(
        center_on, cipher=FieldCipher(load_keys(center_on.data_dir), Algorithm.SM4_GCM, KeyFile(center_on.data_dir).changed)
    )
    sm4 = dataclasses.replace(sm4, files=FileStore(center_on.files.root, sm4.cipher))
    done = rotate(sm4, security_now())
    # then
    assert (done.active, done.begun, done.unopenable, done.left) == (2, True, 0, 0)
    assert (done.fields, done.files) == (before.opened, before.files)
    assert headers(sm4) == {header(Algorithm.SM4_GCM, 2)}
    after = verify(sm4)
    assert after.whole
    assert after.opened == before.opened
    # and again, nothing is left to do, and no third key is made
    again = rotate(sm4, security_now())
    assert (again.active, again.begun, again.fields, again.files) == (2, False, 0, 0)
    assert acts(sm4) == ["keys.rotate", "keys.reseal"]
    # when the old key is dropped
    with pytest.raises(CommandError) as early:
        drop_old(sm4, security_now())
    assert early.value.code == "too_early"
    later = security_now() + DROP_AFTER
    with locked(sm4.data_dir / ".backup.lock"), pytest.raises(CommandError) as busy:
        drop_old(sm4, later)
    assert busy.value.code == "backup_running"
    _, dropped = drop_old(sm4, later)
    # then it is gone, and everything opens
    assert dropped == 1
    assert list(load_keys(sm4.data_dir).fields) == [2]
    assert verify(sm4).whole
    assert acts(sm4)[-1] == "keys.drop"
    assert drop_old(sm4, later)[1] == 0


def test_what_is_written_with_the_old_key_meanwhile_is_sealed_anew_before_it_is_dropped(center_on: Center) -> None:
    desk, _ = fill(center_on)
    old = dataclasses.replace(center_on, cipher=FieldCipher(load_keys(center_on.data_dir)))
    rotate(center_on, security_now())
    # given a worker that has not looked at its keys since
    complaint(dataclasses.replace(old, files=FileStore(center_on.files.root, old.cipher)))
    desk.case("陈立")
    assert headers(center_on) == {header(Algorithm.AES_256_GCM, 1), header(Algorithm.AES_256_GCM, 2)}
    # when
    rotation, dropped = drop_old(center_on, security_now() + DROP_AFTER)
    # then
    assert (rotation.fields, dropped) == (3, 1)
    assert headers(center_on) == {header(Algorithm.AES_256_GCM, 2)}
    assert verify(center_on).whole


def test_a_field_that_no_key_opens_is_counted_and_left_as_it_is(center_on: Center) -> None:
    fill(center_on)
    with center_on.database.writing() as session:
        session.execute(text("UPDATE complaints SET statement = complainant"))
    done = rotate(center_on, security_now())
    assert (done.unopenable, done.left) == (1, 1)
    with pytest.raises(CommandError) as raised:
        drop_old(center_on, security_now() + DROP_AFTER)
    assert raised.value.code == "not_resealed"
    assert len(load_keys(center_on.data_dir).fields) == 2


def test_a_rotation_killed_at_any_moment_is_finished_by_the_next(tmp_path: Path) -> None:
    # given a center with rows and files enough to be killed in the middle
    from tests.center.place import make_center  # here: on SQLite only, and in a process of its own

    center = make_center(tmp_path / "data")
    desk = Desk(center)
    for number in range(12):
        desk.case(f"张{'一二三四五六七八九十百千'[number]}")
    config = tmp_path / "center.toml"
    shipped = (ROOT / "config" / "center.toml").read_text("utf-8")
    config.write_text(shipped.replace('"var/center"', f'"{tmp_path / "data"}"'), "utf-8")
    command = [sys.executable, "-m", "center", "rotate-keys", "--config", str(config)]
    old, total = header(Algorithm.AES_256_GCM, 1), len(list(center.files.names()))
    killed = []
    for stop_at in (0, total // 3, total - 1):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            for _ in range(4000):
                # when it has made its key and sealed so many files anew
                new = sum(center.files.header(name) != old for name in center.files.names())
                if len(json.loads(key_file(center.data_dir).read_bytes())["fields"]) == 2 and new >= stop_at:
                    break
                time.sleep(0.002)
            process.send_signal(signal.SIGKILL)
        killed.append(sum(center.files.header(name) != old for name in center.files.names()))
        # then whatever state it was left in, everything opens
        assert verify(center).whole
    assert killed[0] < total
    # and the next run finishes with the same key
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["key"], answer["new"], answer["left"]) == (0, 2, False, 0)
    assert headers(center) == {header(Algorithm.AES_256_GCM, 2)}
    assert verify(center).whole
    center.database.close()


def test_two_rotations_at_once_are_one(center: Center) -> None:
    fill(center)
    with locked(center.data_dir / ".rotate.lock"), pytest.raises(CommandError) as raised:
        rotate(center, security_now() + timedelta(days=1))
    assert raised.value.code == "rotation_running"


# ------------------------------------------------------------------ keys that are not those of the records


def test_keys_that_open_no_record_stop_the_start_also_with_complaints_alone(center_on: Center, tmp_path: Path) -> None:
    complaint(center_on)
    require_keys(center_on.database, center_on.cipher)
    with pytest.raises(ConfigurationError, match="does not open the records"):
        require_keys(center_on.database, FieldCipher(load_keys(tmp_path / "another")))


# ------------------------------------------------------------------ files


def test_a_file_is_there_under_its_name_only_when_it_is_whole_and_a_lost_or_short_one_says_so(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "deep" / "down" / "files", FieldCipher(load_keys(tmp_path)))
    sha256 = store.put(b"\xff\xd8\xff page")
    assert store.get(sha256) == b"\xff\xd8\xff page"
    assert list(store.names()) == [sha256]
    for directory in (tmp_path / "deep", tmp_path / "deep" / "down", store.root, store.path(sha256).parent):
        assert directory.stat().st_mode & 0o077 == 0
    sealed = store.path(sha256).read_bytes()
    for length in range(len(sealed)):
        store.path(sha256).write_bytes(sealed[:length])
        with pytest.raises(Unopenable):
            store.get(sha256)
    store.path(sha256).unlink()
    with pytest.raises(FileLost, match="is not there"):
        store.get(sha256)


def test_every_directory_that_is_made_is_synced_and_so_is_the_name_that_another_writer_gave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a record of what is synced to the disk
    synced: list[str] = []
    real = os.fsync

    def watched(descriptor: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        real(descriptor)

    keys = load_keys(tmp_path)
    monkeypatch.setattr(os, "fsync", watched)
    store = FileStore(tmp_path / "new" / "files", FieldCipher(keys))
    # when
    sha256 = store.put(b"\xff\xd8\xff page")
    # then each new name is: of every directory in its parent, and of the file
    expected = {str(tmp_path), str(tmp_path / "new"), str(store.root), str(store.path(sha256).parent)}
    assert expected <= set(synced)
    # and putting it again does not rely on the other writer having come so far
    synced.clear()
    store.put(b"\xff\xd8\xff page")
    assert {str(store.root), str(store.path(sha256).parent)} <= set(synced)


def test_many_writers_of_one_file_leave_one_whole_file_and_nothing_beside_it(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files", FieldCipher(load_keys(tmp_path)))
    content = b"\xff\xd8\xff" + os.urandom(100_000)
    threads = [threading.Thread(target=store.put, args=(content,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (name,) = store.names()
    assert store.get(name) == content
    assert store.unfinished() == ()
