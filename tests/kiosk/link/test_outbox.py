"""What was signed and kept survives, is kept whole, and is readable to nobody else."""

from __future__ import annotations

import hashlib
import random
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
import sqlcipher3.dbapi2

from kiosk.errors import ConfigurationError
from kiosk.link.cipher import seal
from kiosk.link.keys import OutboxKey, outbox_key
from kiosk.link.outbox import LONGEST_WAIT, Outbox, OutboxRow, Unreadable
from kiosk.link.outbox_store import _MIGRATIONS
from kiosk.link.submission import Submission, SubmissionKind, application, complaint, rating
from kiosk.ports import PrintResult
from kiosk.wire.complaints import ComplaintFiling, Party
from kiosk.wire.filing import Consent, Filing, FilingAnswer
from kiosk.wire.services import RatingSent

from .conftest import ADDRESS, NAME, NOW, NUMBER, Citizen

RECEIPT = '{"document":"filing_receipt","issuer":"示例"}'.encode()


def answer_to(filing: Filing) -> FilingAnswer:
    return FilingAnswer(case_number="202611240001", receipt_number=filing.receipt_number, received_at=NOW, next_step="工作人员会查看。")


def the_only(outbox: Outbox) -> OutboxRow:
    (row,) = outbox.due(0.0)
    return row


def bytes_on_disk(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def raw(path: Path) -> sqlite3.Connection:
    connection: sqlite3.Connection = sqlcipher3.dbapi2.connect(str(path))
    return connection


def test_what_was_filed_is_read_again_after_a_new_start(outbox: Outbox, outbox_file: Path, key: OutboxKey, citizen: Citizen) -> None:
    # given an application kept
    filing, files = citizen.signs()
    assert outbox.keep(application(filing, files, RECEIPT))
    outbox.close()
    # when the terminal starts again
    again = Outbox(outbox_file, key, "WB01", "demo-town")
    # then it is due, whole
    row = the_only(again)
    assert (row.key, row.number, row.tries, row.created) == (filing.key, filing.receipt_number, 0, NOW)
    assert Filing.model_validate_json(again.payload(row)) == filing
    assert {name: again.file(row, name) for name in again.file_names(row)} == files
    stored = again.receipt(filing.receipt_number)
    assert stored is not None and stored.document == RECEIPT and stored.printed == 0
    assert again.unsent() == 1


def test_nothing_on_disk_can_be_read_without_the_key(outbox: Outbox, outbox_file: Path, citizen: Citizen) -> None:
    filing, files = citizen.signs()
    outbox.keep(application(filing, files, ADDRESS.encode()))
    found = bytes_on_disk(outbox_file)
    for secret in (NAME.encode(), NUMBER.encode(), ADDRESS.encode(), *(content[:40] for content in files.values())):
        assert secret not in found
    assert filing.receipt_number.encode() in found, "this test must be able to fail"


def test_only_this_user_can_read_the_files(outbox: Outbox, outbox_file: Path, citizen: Citizen) -> None:
    outbox.keep(application(*citizen.signs(), RECEIPT))
    names = {file.name: file.stat().st_mode & 0o077 for file in outbox_file.parent.iterdir()}
    assert names == {"outbox.db": 0, "outbox.db-wal": 0, "outbox.db-shm": 0}


def test_one_key_is_one_row(outbox: Outbox, citizen: Citizen) -> None:
    filing, files = citizen.signs()
    assert outbox.keep(application(filing, files, RECEIPT))
    assert not outbox.keep(application(filing, files, RECEIPT))
    assert outbox.unsent() == 1


def test_an_application_without_all_of_its_files_is_not_kept(outbox: Outbox, citizen: Citizen) -> None:
    filing, files = citizen.signs()
    missing = dict(list(files.items())[1:])
    changed = {name: content + b"x" for name, content in files.items()}
    for wrong in (missing, changed, {**files, "0" * 64: b""}):
        with pytest.raises(ValueError, match="file"):
            outbox.keep(application(filing, wrong, RECEIPT))
    assert outbox.unsent() == 0 and outbox.receipt(filing.receipt_number) is None


def test_two_applications_with_one_receipt_number_are_not_both_kept(outbox: Outbox, citizen: Citizen) -> None:
    filing, files = citizen.signs()
    other, other_files = citizen.signs()
    outbox.keep(application(filing, files, RECEIPT))
    with pytest.raises(sqlcipher3.dbapi2.IntegrityError):
        outbox.keep(application(other.model_copy(update={"receipt_number": filing.receipt_number}), other_files, RECEIPT))
    # then nothing of the second one is there, and the outbox works on
    assert outbox.unsent() == 1
    assert outbox.keep(application(other, other_files, RECEIPT))


def test_what_was_sent_is_wiped_from_the_disk_even_as_ciphertext(outbox: Outbox, outbox_file: Path, citizen: Citizen) -> None:
    # given an application on disk
    filing, files = citizen.signs()
    outbox.keep(application(filing, files, RECEIPT))
    with raw(outbox_file) as connection:
        sealed = [blob for (blob,) in connection.execute("SELECT payload FROM outbox UNION ALL SELECT payload FROM outbox_file")]
    connection.close()
    assert len(sealed) == 4 and all(blob[-32:] in bytes_on_disk(outbox_file) for blob in sealed)
    # when the center has it
    row = the_only(outbox)
    outbox.mark_sent(row, answer_to(filing))
    # then no piece of it is left in the database or in its log
    left = bytes_on_disk(outbox_file)
    assert not any(blob[-32:] in left or blob[5:37] in left for blob in sealed)
    assert (outbox.unsent(), outbox.due(0.0), outbox.file_names(row)) == (0, (), ())
    with pytest.raises(Unreadable):
        outbox.payload(row)


def test_what_was_refused_is_kept_for_staff_and_can_be_tried_again(outbox: Outbox, citizen: Citizen) -> None:
    filing, files = citizen.signs()
    outbox.keep(application(filing, files, RECEIPT))
    outbox.mark_dead(the_only(outbox), "item_withdrawn")
    assert (outbox.unsent(), outbox.refused(), outbox.due(1e12)) == (0, 1, ())
    # when staff mended it
    assert outbox.revive(filing.receipt_number)
    row = the_only(outbox)
    assert Filing.model_validate_json(outbox.payload(row)) == filing and len(outbox.file_names(row)) == len(files)
    assert not outbox.revive("WB012611249999")


def test_a_failed_one_waits_its_time_and_a_new_one_goes_first(outbox: Outbox, citizen: Citizen) -> None:
    first, first_files = citizen.signs()
    outbox.keep(application(first, first_files, RECEIPT))
    outbox.mark_failed(the_only(outbox), next_try=1000.0)
    assert outbox.due(999.0) == () and outbox.next_due() == 1000.0
    second, second_files = citizen.signs()
    outbox.keep(application(second, second_files, RECEIPT))
    due = outbox.due(1000.0)
    assert [(row.number, row.tries) for row in due] == [(second.receipt_number, 0), (first.receipt_number, 1)]


def test_a_clock_that_went_back_does_not_hold_an_application_up(outbox: Outbox, citizen: Citizen) -> None:
    outbox.keep(application(*citizen.signs(), RECEIPT))
    # given a try noted under a clock that was ten years ahead
    outbox.mark_failed(the_only(outbox), next_try=2_000_000_000.0)
    assert len(outbox.due(1_700_000_000.0)) == 1
    # and one noted under this clock waits
    outbox.mark_failed(outbox.due(1_700_000_000.0)[0], next_try=1_700_000_000.0 + LONGEST_WAIT)
    assert outbox.due(1_700_000_000.0) == ()
    # when the center is back
    outbox.hurry()
    assert len(outbox.due(1_700_000_000.0)) == 1


# ------------------------------------------------------------------ what else is handed in


def a_rating(outbox: Outbox, after: str = "") -> Submission:
    return rating(RatingSent(key=uuid4(), code="OS1R…", level=5), outbox.next_receipt_number(NOW), NOW, after)


def a_complaint(outbox: Outbox) -> Submission:
    photo = b"\xff\xd8\xff photo"
    number = outbox.next_receipt_number(NOW)
    filing = ComplaintFiling(
        key=uuid4(),
        township_id="demo-town",
        terminal_id="WB-01",
        receipt_number=number,
        card=False,
        digits="135790",
        complainant=Party(name=NAME, contact=ADDRESS),
        about="0" * 20,
        matter="attitude",
        statement=ADDRESS,
        evidence=(hashlib.sha256(photo).hexdigest(),),
        consent=Consent(text_version="1", given_at=NOW),
        filed_at=NOW,
    )
    return complaint(filing, {hashlib.sha256(photo).hexdigest(): photo}, RECEIPT)


def test_whatever_is_handed_in_is_kept_with_its_kind_and_where_it_goes(outbox: Outbox, outbox_file: Path) -> None:
    complained = a_complaint(outbox)
    assert outbox.keep(complained)
    row = the_only(outbox)
    assert (row.kind, row.number, row.path) == (SubmissionKind.COMPLAINT, complained.number, "/api/v1/complaints")
    assert ComplaintFiling.model_validate_json(outbox.payload(row)) == complained.message
    assert {name: outbox.file(row, name) for name in outbox.file_names(row)} == complained.files
    assert outbox.receipt(complained.number) is not None
    assert NAME.encode() not in bytes_on_disk(outbox_file) and NAME not in repr(complained)


def test_what_is_handed_in_without_all_the_files_that_it_names_is_not_kept_whatever_its_kind(outbox: Outbox) -> None:
    complained = a_complaint(outbox)
    for wrong in (replace(complained, files={}), replace(a_rating(outbox), files=complained.files)):
        with pytest.raises(ValueError, match="file"):
            outbox.keep(wrong)
    assert outbox.unsent() == 0


def test_what_must_come_after_another_is_not_due_before_that_one_is_with_the_center(outbox: Outbox, citizen: Citizen) -> None:
    # given an application that waits, and a rating of it
    filing, files = citizen.signs()
    outbox.keep(application(filing, files, RECEIPT))
    rated = a_rating(outbox, after=filing.receipt_number)
    outbox.keep(rated)
    outbox.mark_failed(the_only(outbox), next_try=1000.0)
    # then the rating is not even looked at, and all that is waited for is the application
    assert outbox.due(999.0) == () and outbox.next_due() == 1000.0
    (row,) = outbox.due(1000.0)
    assert row.number == filing.receipt_number
    # when that is with the center
    outbox.mark_sent(row, answer_to(filing))
    assert the_only(outbox).number == rated.number
    assert outbox.next_due() == 0.0


def test_a_rating_that_is_refused_is_nobodys_to_mend_and_is_not_kept(outbox: Outbox) -> None:
    outbox.keep(a_rating(outbox))
    outbox.mark_dead(the_only(outbox), "rated_before")
    assert (outbox.unsent(), outbox.refused(), outbox.not_with_the_center()) == (0, 0, ())


def test_what_was_refused_takes_its_rating_with_it_and_stays_for_staff(outbox: Outbox, citizen: Citizen) -> None:
    filing, files = citizen.signs()
    outbox.keep(application(filing, files, RECEIPT))
    outbox.keep(a_rating(outbox, after=filing.receipt_number))
    other = a_rating(outbox, after="WB012611240099")
    outbox.keep(other)
    outbox.mark_dead(next(row for row in outbox.due(0.0) if row.kind is SubmissionKind.APPLICATION), "item_withdrawn")
    assert [(each.kind, each.refused) for each in outbox.not_with_the_center()] == [
        (SubmissionKind.APPLICATION, True),
        (SubmissionKind.RATING, False),
    ]
    assert the_only(outbox).number == other.number


def test_applications_kept_by_the_first_version_of_the_program_are_still_due_whole(
    outbox_file: Path, key: OutboxKey, citizen: Citizen
) -> None:
    # given a file as version 1 made and filled it
    filing, files = Citizen(lambda: "WB012611240007").signs()
    old_file = outbox_file.with_name("old.db")
    old_file.parent.mkdir(exist_ok=True)
    old_file.touch(0o600)
    with raw(old_file) as connection:
        for statement in _MIGRATIONS[0]:
            connection.execute(statement)
        connection.execute("PRAGMA user_version = 1")
        connection.execute(
            """INSERT INTO outbox (township_id, idempotency_key, kind, receipt_number, payload, created, next_try)
               VALUES ('demo-town', ?, 'application', ?, ?, ?, 0)""",
            (
                str(filing.key),
                filing.receipt_number,
                seal(filing.model_dump_json().encode(), key, f"application:{filing.key}"),
                NOW.isoformat(),
            ),
        )
        connection.executemany(
            "INSERT INTO outbox_file (outbox_id, township_id, sha256, payload) VALUES (1, 'demo-town', ?, ?)",
            [(name, seal(content, key, f"file:{filing.key}:{name}")) for name, content in files.items()],
        )
    connection.close()
    # when this version opens it
    outbox = Outbox(old_file, key, "WB01", "demo-town")
    # then the application is due, whole, for where applications go
    row = the_only(outbox)
    assert (row.kind, row.key, row.number, row.path) == (
        SubmissionKind.APPLICATION,
        filing.key,
        filing.receipt_number,
        "/api/v1/applications",
    )
    assert Filing.model_validate_json(outbox.payload(row)) == filing
    assert {name: outbox.file(row, name) for name in outbox.file_names(row)} == files
    # and what is new to this version is kept beside it
    assert outbox.keep(a_rating(outbox, after=filing.receipt_number)) and outbox.unsent() == 2
    assert the_only(outbox).number == filing.receipt_number
    outbox.close()


# ------------------------------------------------------------------ receipts


@pytest.mark.parametrize("short_name", ["W", "WB", "WB1", "WB01"])
def test_a_receipt_number_is_name_day_and_sequence_and_fits_the_wire(tmp_path: Path, key: OutboxKey, short_name: str) -> None:
    outbox = Outbox(tmp_path / "o" / "outbox.db", key, short_name, "demo-town")
    first, second = outbox.next_receipt_number(NOW), outbox.next_receipt_number(NOW)
    assert first.startswith(short_name + "261124") and first.endswith("0001") and second.endswith("0002")
    assert re.fullmatch(r"[A-Z0-9]{12,16}", first)
    outbox.close()


def test_the_sequence_begins_anew_each_day_in_china_and_survives_a_start(
    outbox: Outbox, outbox_file: Path, key: OutboxKey, later: Callable[[float], datetime]
) -> None:
    assert [outbox.next_receipt_number(NOW) for _ in range(31)][-1] == "WB012611240031"
    assert outbox.next_receipt_number(datetime.fromisoformat("2026-11-24T16:30:00+00:00")) == "WB012611250001"
    outbox.close()
    again = Outbox(outbox_file, key, "WB01", "demo-town")
    assert again.next_receipt_number(NOW) == "WB012611240032"
    again.close()


def test_threads_never_get_the_same_number(outbox: Outbox) -> None:
    numbers: list[str] = []
    threads = [threading.Thread(target=lambda: numbers.extend(outbox.next_receipt_number(NOW) for _ in range(25))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(numbers) == len(set(numbers)) == 100


def test_only_a_sure_print_is_counted(outbox: Outbox, citizen: Citizen) -> None:
    filing, files = citizen.signs()
    outbox.keep(application(filing, files, RECEIPT))
    for result in (PrintResult.FAILED, PrintResult.PRINTED, PrintResult.UNKNOWN):
        outbox.receipt_printed(filing.receipt_number, result)
    outbox.update_receipt(filing.receipt_number, b"{}")
    (stored,) = outbox.last_receipts()
    assert (stored.receipt_number, stored.document, stored.printed, stored.last_print) == (filing.receipt_number, b"{}", 1, "unknown")


def test_old_receipts_are_forgotten_but_not_those_of_applications_that_wait(
    outbox: Outbox, citizen: Citizen, later: Callable[[float], datetime]
) -> None:
    sent, sent_files = citizen.signs()
    waiting, waiting_files = citizen.signs()
    outbox.keep(application(sent, sent_files, RECEIPT))
    outbox.mark_sent(the_only(outbox), answer_to(sent))
    outbox.keep(application(waiting, waiting_files, RECEIPT))
    assert outbox.forget_receipts(NOW) == 0
    assert outbox.forget_receipts(later(1)) == 1
    assert [stored.receipt_number for stored in outbox.last_receipts()] == [waiting.receipt_number]


# ------------------------------------------------------------------ files that cannot be used


def test_the_file_is_as_durable_as_sqlite_can_make_it(outbox: Outbox) -> None:
    with outbox._store.reading() as connection:  # no other way to ask this connection's settings
        settings = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "secure_delete")}
    assert settings == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


def test_applications_of_another_key_stop_the_start(outbox: Outbox, outbox_file: Path, citizen: Citizen) -> None:
    outbox.keep(application(*citizen.signs(), RECEIPT))
    outbox.close()
    with pytest.raises(ConfigurationError, match=r"keys/outbox\.key") as caught:
        Outbox(outbox_file, outbox_key(bytes(32)), "WB01", "demo-town")
    assert caught.value.code == "outbox_key_lost"


def test_a_row_moved_under_another_key_is_not_taken_for_it(outbox: Outbox, outbox_file: Path, citizen: Citizen) -> None:
    for _ in range(2):
        outbox.keep(application(*citizen.signs(), RECEIPT))
    with raw(outbox_file) as connection:
        connection.execute("UPDATE outbox SET payload = (SELECT payload FROM outbox WHERE id = 1) WHERE id = 2")
    connection.close()
    one, two = outbox.due(0.0)
    assert outbox.payload(one)
    with pytest.raises(Unreadable) as caught:
        outbox.payload(two)
    assert caught.value.code == "sealed_broken"


def test_a_damaged_file_stops_the_start_and_is_left_alone(outbox: Outbox, outbox_file: Path, key: OutboxKey) -> None:
    outbox.close()
    outbox_file.write_bytes(b"not a database at all " * 400)
    before = outbox_file.read_bytes()
    with pytest.raises(ConfigurationError, match="keep the file") as caught:
        Outbox(outbox_file, key, "WB01", "demo-town")
    assert caught.value.code == "outbox_broken" and str(outbox_file) in caught.value.message
    assert outbox_file.read_bytes() == before


def test_an_outbox_of_a_newer_program_is_not_touched(outbox: Outbox, outbox_file: Path, key: OutboxKey) -> None:
    outbox.close()
    connection = raw(outbox_file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ConfigurationError, match="version 99"):
        Outbox(outbox_file, key, "WB01", "demo-town")


# ------------------------------------------------------------------ kill -9

_FILES_UNTIL_KILLED = """
import sys
from pathlib import Path
from kiosk.link.keys import outbox_key
from kiosk.link.outbox import Outbox
from kiosk.link.outbox_store import _MIGRATIONS
from kiosk.link.cipher import seal
from kiosk.link.submission import Submission, SubmissionKind, application, complaint, rating
from kiosk.wire.complaints import ComplaintFiling, Party
from kiosk.wire.services import RatingSent
from tests.kiosk.link.conftest import NOW, Citizen
outbox = Outbox(Path(sys.argv[1]), outbox_key(bytes(range(32))), "WB01", "demo-town")
citizen = Citizen(lambda: outbox.next_receipt_number(NOW))
while True:
    filing, files = citizen.signs(pages=4, page_bytes=100_000)
    outbox.keep(application(filing, files, b"{}"))
    print(filing.receipt_number, flush=True)
"""


def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_half_done_is_seen(outbox_file: Path, key: OutboxKey) -> None:
    chance = random.Random(20261124)
    acknowledged: list[str] = []
    for _ in range(4):
        # given a terminal that keeps one application after another, killed in the midst of it
        with subprocess.Popen(
            [sys.executable, "-c", _FILES_UNTIL_KILLED, str(outbox_file)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
        ) as process:
            assert process.stdout is not None
            acknowledged += [process.stdout.readline().strip() for _ in range(chance.randint(1, 4))]
            threading.Event().wait(chance.uniform(0, 0.05))
            process.kill()
            acknowledged += process.stdout.read().split("\n")[:-1]
        # when it starts again
        outbox = Outbox(outbox_file, key, "WB01", "demo-town")
        rows = outbox.due(0.0, limit=1000)
        # then all that it acknowledged is there, and what is there is whole: at most the last one more
        assert [row.number for row in rows][: len(acknowledged)] == acknowledged
        assert len(rows) - len(acknowledged) in (0, 1)
        acknowledged = [row.number for row in rows]
        assert [receipt.receipt_number for receipt in outbox.last_receipts(1000)] == acknowledged[::-1]
        for row in rows:
            filing = Filing.model_validate_json(outbox.payload(row))
            assert set(outbox.file_names(row)) == {filing.signature, *filing.materials[0].pages}
            assert all(outbox.file(row, name) for name in outbox.file_names(row))
        outbox.close()
    check = raw(outbox_file)
    assert check.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    check.close()
