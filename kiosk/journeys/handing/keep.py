"""Into the outbox: from here on it survives a power cut, whatever the center does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from kiosk.journeys.step import Workplace
from kiosk.link.submission import Submission
from kiosk.ports import Page
from kiosk.session import Handed, Sheet


def by_content(pages: Iterable[Page]) -> dict[str, bytes]:
    """Pages by their SHA-256, in order; one laid down twice is one."""
    return {hashlib.sha256(page.jpeg).hexdigest(): page.jpeg for page in pages}


def hand_in(work: Workplace, sheet: Sheet, submission: Submission, *, code: str = "", item: str = "") -> Handed:
    """Keep it, all or nothing, and wake the sender. `code`: text of the QR on its receipt; `item`: for the log. Raises OneSealError if it cannot be kept."""
    work.outbox.keep(submission)
    handed = Handed(submission.number, code, submission.created)
    sheet.handed = work.session.submitted[submission.number] = handed
    work.record(
        "submission_kept",
        session=work.session.number,
        kind=submission.kind.value,
        receipt=submission.number,
        item=item,
        files=len(submission.files),
    )
    work.center.wake()
    return handed
