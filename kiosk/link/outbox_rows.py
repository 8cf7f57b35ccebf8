"""What the outbox tells of what it keeps. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kiosk.link.submission import SubmissionKind


@dataclass(frozen=True)
class OutboxRow:
    """One submission that waits: `tries` so far, `created` as the citizen handed it in. Its content is asked for by this row."""

    id: int
    kind: SubmissionKind
    key: UUID
    number: str
    path: str
    created: datetime
    tries: int


@dataclass(frozen=True)
class NotSent:
    """A submission that the center has not. `refused`: it will not be tried again by itself; `code` says why."""

    kind: SubmissionKind
    number: str
    refused: bool
    created: datetime
    tries: int
    code: str


@dataclass(frozen=True)
class StoredReceipt:
    """A receipt as it was printed or is to be.

    `document` is the JSON of a wire Document, `printed` how often it surely came out, `last_print` the last outcome (or empty).
    """

    receipt_number: str
    document: bytes = field(repr=False)
    created: datetime
    printed: int
    last_print: str
