"""A disk that is full, read-only or failing: the citizen is told politely, nothing half done is left, and all goes on when it is mended."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.errors import ConfigurationError
from kiosk.events import SubmissionSent
from kiosk.link.client import CenterClient
from kiosk.link.keys import OutboxKey
from kiosk.link.outbox import Outbox, OutboxFault
from kiosk.link.sender import Sender
from kiosk.link.submission import application
from kiosk.wire.filing import FilingAnswer

from .conftest import NOW, Citizen, Inbox
from .wire import ModelCenter, bad_server

_DISK_BYTES = 1_500_000
#: Small enough to fit what is left, as a last page does, and too large to fit twice.
_PAGE_BYTES = 300_000


def _mount(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


def fill(filler: Path) -> None:
    """Write until there is no room at all."""
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 1.5 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or not _mount("-t", "tmpfs", "-o", f"size={_DISK_BYTES},mode=0700", "oneseal-test", str(folder)):
        pytest.skip("only root can mount a small disk; the test with a limit on file sizes runs everywhere")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def box(disk: Path, key: OutboxKey) -> Iterator[Outbox]:
    box = Outbox(disk / "outbox" / "outbox.db", key, "WB01", "demo-town")
    yield box
    box.close()


def test_a_full_disk_keeps_nothing_by_halves_and_says_so_politely(box: Outbox, disk: Path, key: OutboxKey) -> None:
    # given a disk that has room for one application and not for two
    citizen = Citizen(lambda: box.next_receipt_number(NOW))
    filing, files = citizen.signs(pages=2, page_bytes=_PAGE_BYTES)
    assert box.keep(application(filing, files, b"{}"))
    # when the next one is signed
    too_much, its_files = citizen.signs(pages=4, page_bytes=_PAGE_BYTES)
    with pytest.raises(OutboxFault) as caught:
        box.keep(application(too_much, its_files, b"{}"))
    # then the citizen gets a sentence, nothing of it is there, and what was kept is whole
    assert caught.value.code == "outbox_full" and caught.value.message.startswith("现在无法保存您提交的内容")
    assert box.receipt(too_much.receipt_number) is None
    (row,) = box.due(0.0)
    assert row.key == filing.key and {name: box.file(row, name) for name in box.file_names(row)} == files
    # and once the first is sent, its room is used again without a new start
    answer = FilingAnswer(case_number="202611240001", receipt_number=filing.receipt_number, received_at=NOW, next_step="")
    box.mark_sent(row, answer)
    smaller, its_files = citizen.signs(pages=2, page_bytes=_PAGE_BYTES)
    assert box.keep(application(smaller, its_files, b"{}"))


def test_a_disk_filled_by_others_does_not_harm_what_waits(box: Outbox, disk: Path) -> None:
    # given an application, and a disk that something else has filled to the last byte
    citizen = Citizen(lambda: box.next_receipt_number(NOW))
    filing, files = citizen.signs(page_bytes=50_000)
    box.keep(application(filing, files, b"{}"))
    next_one, next_files = citizen.signs(page_bytes=50_000)
    filler = disk / "filler"
    fill(filler)
    # when the terminal goes on
    with pytest.raises(OutboxFault) as caught:
        box.keep(application(next_one, next_files, b"{}"))
    assert caught.value.code == "outbox_full"
    # then what waits can still be read and sent
    (row,) = box.due(0.0)
    assert row.key == filing.key and all(box.file(row, name) for name in box.file_names(row))
    # and the room being there again, the next one is kept by the same process
    filler.unlink()
    assert box.keep(application(next_one, next_files, b"{}"))


def test_an_answer_that_finds_no_room_is_not_asked_for_twice(
    box: Outbox, disk: Path, inbox: Inbox, signing_key: Ed25519PrivateKey, log_lines: Callable[[], list[dict[str, object]]]
) -> None:
    # given an application that waits on a disk that has become full
    citizen = Citizen(lambda: box.next_receipt_number(NOW))
    filing, files = citizen.signs(page_bytes=50_000)
    box.keep(application(filing, files, b"{}"))
    fill(disk / "filler")
    with bad_server() as server:
        server.answer = ModelCenter()
        sender = Sender(CenterClient(server.url, "WBH-01", signing_key, 1.0), box, poll_seconds=0.02)
        sender.start(inbox)
        # when the center has it, and that cannot be written down
        assert inbox.wait_for(SubmissionSent).number == filing.receipt_number
        while len([line for line in log_lines() if line["event"] == "outbox_failed"]) < 3:
            time.sleep(0.01)
        # then it is written down as soon as there is room, and was sent once
        assert box.unsent() == 1
        (disk / "filler").unlink()
        while box.unsent():
            time.sleep(0.01)
        sender.stop()
        assert len(server.submissions()) == 1 and len(inbox.of(SubmissionSent)) == 1


def test_a_disk_that_turned_read_only_is_said_and_survived(box: Outbox, disk: Path, key: OutboxKey) -> None:
    citizen = Citizen(lambda: box.next_receipt_number(NOW))
    filing, files = citizen.signs()
    box.keep(application(filing, files, b"{}"))
    next_one, next_files = citizen.signs()
    # given a kernel that saw errors and lets nobody write any more (open files keep theirs: a new start is what notices)
    box.close()
    assert _mount("-o", "remount,ro", str(disk))
    try:
        with pytest.raises(ConfigurationError) as caught:
            Outbox(disk / "outbox" / "outbox.db", key, "WB01", "demo-town")
        assert caught.value.code in ("outbox_unwritable", "data_dir_unusable") and "terminal.data_dir" in caught.value.message
    finally:
        assert _mount("-o", "remount,rw", str(disk))
    # then, mended, everything is as it was
    again = Outbox(disk / "outbox" / "outbox.db", key, "WB01", "demo-town")
    assert [row.key for row in again.due(0.0)] == [filing.key]
    assert again.keep(application(next_one, next_files, b"{}"))
    again.close()


_WITH_A_LIMIT = """
import resource, signal, sys
from pathlib import Path
from kiosk.link.keys import outbox_key
from kiosk.link.outbox import Outbox, OutboxFault
from kiosk.link.submission import application
from tests.kiosk.link.conftest import NOW, Citizen
outbox = Outbox(Path(sys.argv[1]), outbox_key(bytes(range(32))), "WB01", "demo-town")
citizen = Citizen(lambda: outbox.next_receipt_number(NOW))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
filing, files = citizen.signs(pages=4, page_bytes=300_000)
try:
    outbox.keep(application(filing, files, b"{}"))
except OutboxFault as fault:
    print(fault.code, outbox.unsent(), len(outbox.last_receipts()))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(outbox.keep(application(filing, files, b"{}")), outbox.unsent())
"""


def test_a_write_that_the_system_refuses_leaves_nothing_behind(outbox_file: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WITH_A_LIMIT, str(outbox_file)], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )
    fault, after = done.stdout.splitlines()
    assert fault.split()[0] in ("outbox_full", "outbox_unwritable") and fault.split()[1:] == ["0", "0"]
    assert after == "True 1"
