"""The terminal's keys: made once, private, never replaced, and a sentence for whoever has to mend them."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kiosk.errors import ConfigurationError
from kiosk.link.keys import load_keys


def test_keys_are_made_once_for_this_user_only_and_stay_the_same(tmp_path: Path) -> None:
    first = load_keys(tmp_path / "data")
    again = load_keys(tmp_path / "data")
    assert (again.public_key, again.outbox) == (first.public_key, first.outbox)
    assert len(base64.b64decode(first.public_key)) == 32 and len(first.outbox.secret) == 32
    modes = {path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if "log" not in path.parts}
    assert {name: mode for name, mode in modes.items() if name.startswith("data")} == {
        "data": 0o700,
        "data/keys": 0o700,
        "data/keys/signing.pem": 0o600,
        "data/keys/outbox.key": 0o600,
    }


def test_two_terminals_have_different_keys(tmp_path: Path) -> None:
    one, two = load_keys(tmp_path / "one"), load_keys(tmp_path / "two")
    assert one.public_key != two.public_key and one.outbox != two.outbox


_PRINTS_ITS_KEYS = """
import sys
from pathlib import Path
from kiosk import log
from kiosk.link.keys import load_keys
log.configure(Path(sys.argv[1]) / "log")
keys = load_keys(Path(sys.argv[1]))
print(keys.public_key, keys.outbox.id.hex())
"""


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _PRINTS_ITS_KEYS, str(tmp_path / "data")],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
        )
        for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in processes}) == 1
    assert all(process.returncode == 0 for process in processes)
    assert sorted(path.name for path in (tmp_path / "data" / "keys").iterdir()) == ["outbox.key", "signing.pem"]


def test_a_key_never_shows_itself(tmp_path: Path) -> None:
    keys = load_keys(tmp_path / "data")
    assert keys.outbox.secret.hex() not in repr(keys) and repr(keys.outbox.secret) not in repr(keys)


def _rsa() -> bytes:
    return generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("signing.pem", b""),
        ("signing.pem", b"-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n"),
        ("signing.pem", _rsa()),
        ("outbox.key", b""),
        ("outbox.key", b"\x00" * 44),
        ("outbox.key", base64.b64encode(bytes(16))),
    ],
)
def test_a_broken_key_stops_the_start_and_is_not_replaced(tmp_path: Path, name: str, content: bytes) -> None:
    data = tmp_path / "data"
    load_keys(data)
    path = data / "keys" / name
    path.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        load_keys(data)
    assert caught.value.code == "key_broken" and str(path) in caught.value.message and "backup" in caught.value.message
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("name", "mode", "mend"), [(".", 0o755, "chmod 700"), ("keys", 0o750, "chmod 700"), ("keys/outbox.key", 0o640, "chmod 600")]
)
def test_what_others_can_open_stops_the_start_with_the_command_that_mends_it(tmp_path: Path, name: str, mode: int, mend: str) -> None:
    data = tmp_path / "data"
    load_keys(data)
    path = data / name
    path.chmod(mode)
    with pytest.raises(ConfigurationError) as caught:
        load_keys(data)
    assert "terminal.data_dir" in caught.value.message and f"{mend} {path}" in caught.value.message
    # when that is done
    path.chmod(int(mend.split()[1], 8))
    assert load_keys(data)


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(ConfigurationError, match="not a folder"):
        load_keys(tmp_path / "data")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a read-only disk")
def test_a_read_only_disk_is_said(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "ro,mode=0700", "oneseal-test", str(disk)], capture_output=True, check=False
    ).returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        with pytest.raises(ConfigurationError, match="Read-only") as caught:
            load_keys(disk / "data")
        assert caught.value.code == "data_dir_unusable"
    finally:
        subprocess.run(["umount", str(disk)], check=True)
