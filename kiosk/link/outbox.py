"""What a citizen handed in and the center has not yet confirmed: durable, encrypted, sent once however often it is tried. Sends nothing itself."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

from kiosk.clock import CHINA
from kiosk.errors import ConfigurationError, OneSealError
from kiosk.link.cipher import Unreadable, key_id_of, seal, unseal
from kiosk.link.keys import OutboxKey
from kiosk.link.outbox_rows import NotSent, OutboxRow, StoredReceipt
from kiosk.link.outbox_store import OutboxFault, OutboxStore
from kiosk.link.submission import DROPPED_WHEN_REFUSED, Submission, SubmissionKind, named_files
from kiosk.ports import PrintResult
from kiosk.wire.base import Message

__all__ = ["NotSent", "Outbox", "OutboxFault", "OutboxRow", "StoredReceipt"]

#: A receipt number is short name, day and sequence, 12 to 16 characters in all (`Filing.receipt_number`).
_NUMBER_LENGTH = 12
_DAY_LENGTH = 6
_SEQUENCE_LENGTH = 4

#: No row waits longer than this, in seconds. A row that says more was written under a clock that has since gone back.
LONGEST_WAIT = 60.0

#: What may be tried: it waits, and nothing waits that must be with the center before it.
_MAY_BE_TRIED = """state = 'pending' AND after_number NOT IN (SELECT receipt_number FROM outbox WHERE state = 'pending')"""


class Outbox:
    """The terminal's outbox, one SQLite file. Every method may be called from any thread; each raises OutboxFault when the disk refuses."""

    def __init__(self, path: Path, key: OutboxKey, short_name: str, township_id: str) -> None:
        """Open or make the file at `path`. Raises ConfigurationError if it cannot be used, or holds what another key locked and is unsent."""
        self._key = key
        self._short_name = short_name
        self._township_id = township_id
        self._store = OutboxStore(path)
        with self._store.reading() as connection:
            waiting = connection.execute("SELECT payload FROM outbox WHERE state = 'pending'").fetchall()
        if any(key_id_of(payload) != key.id for (payload,) in waiting):
            self._store.close()
            raise ConfigurationError(
                "outbox_key_lost",
                f"terminal.data_dir: {path} holds what citizens handed in, locked with another key; restore keys/outbox.key of this terminal from its backup.",
            )

    # -------------------------------------------------------------- what the terminal puts in

    def next_receipt_number(self, now: datetime) -> str:
        """A number never given before by this terminal: short name, day in China (yymmdd), daily sequence of four digits, e.g. `WB012611240031`.

        With a short name of one letter the sequence has five digits, so that no number is shorter than 12 characters.
        """
        day = now.astimezone(CHINA).strftime("%y%m%d")
        with self._store.transaction() as connection:
            (last,) = connection.execute(
                """INSERT INTO receipt_sequence (day, township_id, last) VALUES (?, ?, 1)
                   ON CONFLICT (day) DO UPDATE SET last = last + 1 RETURNING last""",
                (day, self._township_id),
            ).fetchone()
            width = max(_SEQUENCE_LENGTH, _NUMBER_LENGTH - _DAY_LENGTH - len(self._short_name))
            if last >= 10**width:
                raise OneSealError("receipt_numbers_used_up", "本机今天的回执号已用完，请到窗口办理。")
        return f"{self._short_name}{day}{last:0{width}d}"

    def keep(self, submission: Submission) -> bool:
        """Keep a submission, its files and its receipt in one transaction: whole, or not at all.

        When this returns, it survives a power cut. False: one with this key was kept before, and nothing changed.
        Raises OutboxFault, and ValueError if its files are not exactly those that its message names.
        """
        _check_files(submission)
        key, number, created = str(submission.key), submission.number, submission.created.isoformat()
        payload = seal(submission.message.model_dump_json().encode("utf-8"), self._key, f"{submission.kind}:{key}")
        with self._store.transaction() as connection:
            if connection.execute("SELECT 1 FROM outbox WHERE idempotency_key = ?", (key,)).fetchone():
                return False
            row_id = connection.execute(
                """INSERT INTO outbox (township_id, idempotency_key, kind, receipt_number, path, after_number, payload, created, next_try)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0) RETURNING id""",
                (self._township_id, key, submission.kind.value, number, submission.path, submission.after, payload, created),
            ).fetchone()[0]
            connection.executemany(
                "INSERT INTO outbox_file (outbox_id, township_id, sha256, payload) VALUES (?, ?, ?, ?)",
                (
                    (row_id, self._township_id, sha256, seal(content, self._key, f"file:{key}:{sha256}"))
                    for sha256, content in submission.files.items()
                ),
            )
            if submission.receipt is not None:
                connection.execute(
                    "INSERT INTO receipt (receipt_number, township_id, document, created) VALUES (?, ?, ?, ?)",
                    (number, self._township_id, self._seal_receipt(number, submission.receipt), created),
                )
        self._store.shrink_log()
        return True

    # -------------------------------------------------------------- what the sender takes out

    def due(self, now: float, limit: int = 20) -> tuple[OutboxRow, ...]:
        """What to try now: what was never tried first, then what has waited longest. `now` is real time, in seconds since 1970.

        What must come after another is not due while that one waits.
        """
        with self._store.reading() as connection:
            rows = connection.execute(
                f"""SELECT id, kind, idempotency_key, receipt_number, path, created, tries FROM outbox
                    WHERE {_MAY_BE_TRIED} AND (next_try <= ? OR next_try > ?)
                    ORDER BY tries > 0, next_try, id LIMIT ?""",
                (now, now + 2 * LONGEST_WAIT, limit),
            ).fetchall()
        return tuple(
            OutboxRow(row_id, SubmissionKind(kind), UUID(key), number, path, datetime.fromisoformat(created), tries)
            for row_id, kind, key, number, path, created, tries in rows
        )

    def next_due(self) -> float | None:
        """When the next one is to be tried, in seconds since 1970; None if none waits."""
        with self._store.reading() as connection:
            (moment,) = connection.execute(f"SELECT min(next_try) FROM outbox WHERE {_MAY_BE_TRIED}").fetchone()
        return None if moment is None else float(moment)

    def payload(self, row: OutboxRow) -> bytes:
        """The message's JSON. Raises Unreadable."""
        with self._store.reading() as connection:
            (sealed,) = connection.execute("SELECT payload FROM outbox WHERE id = ?", (row.id,)).fetchone()
        return unseal(_present(sealed), self._key, f"{row.kind}:{row.key}")

    def file_names(self, row: OutboxRow) -> tuple[str, ...]:
        """The SHA-256 of each of its files."""
        with self._store.reading() as connection:
            rows = connection.execute("SELECT sha256 FROM outbox_file WHERE outbox_id = ? ORDER BY sha256", (row.id,)).fetchall()
        return tuple(sha256 for (sha256,) in rows)

    def file(self, row: OutboxRow, sha256: str) -> bytes:
        """One file's content. Raises Unreadable."""
        with self._store.reading() as connection:
            found = connection.execute("SELECT payload FROM outbox_file WHERE outbox_id = ? AND sha256 = ?", (row.id, sha256)).fetchone()
        return unseal(_present(found[0] if found else None), self._key, f"file:{row.key}:{sha256}")

    def mark_sent(self, row: OutboxRow, answer: Message) -> None:
        """The center has it: its content and files are overwritten, the answer is kept."""
        with self._store.transaction() as connection:
            connection.execute("DELETE FROM outbox_file WHERE outbox_id = ?", (row.id,))
            connection.execute(
                "UPDATE outbox SET state = 'sent', payload = NULL, tries = tries + 1, reply = ? WHERE id = ?",
                (answer.model_dump_json(), row.id),
            )
        self._store.shrink_log()

    def mark_failed(self, row: OutboxRow, next_try: float) -> None:
        """It could not be sent; try again at `next_try`, in seconds since 1970."""
        with self._store.transaction() as connection:
            connection.execute("UPDATE outbox SET tries = tries + 1, next_try = ? WHERE id = ? AND state = 'pending'", (next_try, row.id))

    def mark_dead(self, row: OutboxRow, code: str) -> None:
        """The center will not have it. Everything is kept for staff, and it is not tried again.

        A rating is nobody's to mend: refused, or waiting for what was refused, it is deleted.
        """
        with self._store.transaction() as connection:
            if row.kind in DROPPED_WHEN_REFUSED:
                connection.execute("DELETE FROM outbox WHERE id = ? AND state = 'pending'", (row.id,))
            else:
                connection.execute(
                    "UPDATE outbox SET state = 'dead', tries = tries + 1, reply = ? WHERE id = ? AND state = 'pending'",
                    (json.dumps({"code": code}), row.id),
                )
            connection.executemany(
                "DELETE FROM outbox WHERE kind = ? AND after_number = ? AND state = 'pending'",
                [(kind.value, row.number) for kind in DROPPED_WHEN_REFUSED],
            )
        self._store.shrink_log()

    def revive(self, number: str) -> bool:
        """Staff mended what was wrong: try a refused one again. False if there is none."""
        with self._store.transaction() as connection:
            changed = connection.execute(
                "UPDATE outbox SET state = 'pending', next_try = 0 WHERE receipt_number = ? AND state = 'dead'", (number,)
            ).rowcount
        return changed == 1

    def not_with_the_center(self) -> tuple[NotSent, ...]:
        """Everything that the center has not, the oldest first: what waits, and what was refused."""
        with self._store.reading() as connection:
            rows = connection.execute(
                "SELECT kind, receipt_number, state, created, tries, reply FROM outbox WHERE state <> 'sent' ORDER BY id"
            ).fetchall()
        return tuple(
            NotSent(
                SubmissionKind(kind),
                number,
                state == "dead",
                datetime.fromisoformat(created),
                tries,
                json.loads(reply)["code"] if state == "dead" else "",
            )
            for kind, number, state, created, tries, reply in rows
        )

    def hurry(self) -> None:
        """The center is back: everything that waits is due now."""
        with self._store.transaction() as connection:
            connection.execute("UPDATE outbox SET next_try = 0 WHERE state = 'pending' AND next_try > 0")

    def unsent(self) -> int:
        """How many submissions are not with the center and still being tried."""
        return self._count("pending")

    def refused(self) -> int:
        """How many submissions the center refused: staff have to look at them."""
        return self._count("dead")

    def _count(self, state: str) -> int:
        with self._store.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM outbox WHERE state = ?", (state,)).fetchone()[0])

    # -------------------------------------------------------------- receipts

    def update_receipt(self, receipt_number: str, document: bytes) -> None:
        """Replace a receipt's content, e.g. when the case number is known. Does nothing for an unknown number."""
        with self._store.transaction() as connection:
            connection.execute(
                "UPDATE receipt SET document = ? WHERE receipt_number = ?", (self._seal_receipt(receipt_number, document), receipt_number)
            )

    def receipt_printed(self, receipt_number: str, result: PrintResult) -> None:
        """Record what came of printing it; only a print that is sure is counted."""
        with self._store.transaction() as connection:
            connection.execute(
                "UPDATE receipt SET printed = printed + ?, last_print = ? WHERE receipt_number = ?",
                (int(result is PrintResult.PRINTED), result.value, receipt_number),
            )

    def last_receipts(self, limit: int = 10) -> tuple[StoredReceipt, ...]:
        """The newest receipts, newest first. Raises Unreadable."""
        return self._receipts("ORDER BY rowid DESC LIMIT ?", limit)

    def receipt(self, receipt_number: str) -> StoredReceipt | None:
        """One receipt, or None. Raises Unreadable."""
        found = self._receipts("WHERE receipt_number = ?", receipt_number)
        return found[0] if found else None

    def forget_receipts(self, before: datetime) -> int:
        """Delete receipts filed before a moment, but none whose submission is not with the center. Returns how many."""
        with self._store.transaction() as connection:
            old = [
                (number,)
                for number, created in connection.execute(
                    """SELECT receipt_number, created FROM receipt
                       WHERE receipt_number NOT IN (SELECT receipt_number FROM outbox WHERE state <> 'sent')"""
                ).fetchall()
                if datetime.fromisoformat(created) < before
            ]
            connection.executemany("DELETE FROM receipt WHERE receipt_number = ?", old)
        self._store.shrink_log()
        return len(old)

    def close(self) -> None:
        """Release the file; nothing may be called afterwards."""
        self._store.close()

    def _receipts(self, which: str, value: str | int) -> tuple[StoredReceipt, ...]:
        with self._store.reading() as connection:
            rows = connection.execute(
                f"SELECT receipt_number, document, created, printed, last_print FROM receipt {which}", (value,)
            ).fetchall()
        return tuple(
            StoredReceipt(number, unseal(document, self._key, f"receipt:{number}"), datetime.fromisoformat(created), printed, last_print)
            for number, document, created, printed, last_print in rows
        )

    def _seal_receipt(self, receipt_number: str, document: bytes) -> bytes:
        return seal(document, self._key, f"receipt:{receipt_number}")


def _present(sealed: bytes | None) -> bytes:
    if sealed is None:
        raise Unreadable("sealed_missing", "本机保存的资料不完整，请联系维护人员。")
    return sealed


def _check_files(submission: Submission) -> None:
    if set(submission.files) != named_files(submission):
        raise ValueError("the files given are not those that the message names")
    if any(hashlib.sha256(content).hexdigest() != sha256 for sha256, content in submission.files.items()):
        raise ValueError("a file's content is not what its SHA-256 says")
