"""What a citizen hands in, of whatever kind: what it is made of, where it is posted and what answers it. Keeps and sends nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from kiosk.wire.base import Message
from kiosk.wire.complaints import ComplaintActAnswer, ComplaintFiling, ComplaintFilingAnswer, ComplaintWords, EvidenceFiling
from kiosk.wire.filing import Filing, FilingAnswer, MaterialFiled, Supplement
from kiosk.wire.services import RatingAnswer, RatingSent, SuggestionAnswer, SuggestionSent


class SubmissionKind(StrEnum):
    """What can be handed in."""

    APPLICATION = "application"
    SUPPLEMENT = "supplement"
    COMPLAINT = "complaint"
    COMPLAINT_EVIDENCE = "complaint_evidence"
    COMPLAINT_ANSWER = "complaint_answer"
    COMPLAINT_REVIEW = "complaint_review"
    RATING = "rating"
    SUGGESTION = "suggestion"


@dataclass(frozen=True)
class Submission:
    """One thing handed in. `number` is this terminal's own for it, also where it is not printed; `files` by SHA-256.

    `receipt` is the JSON of a Document; None: there is none. `after`: the number of another one that must be with the center first.
    """

    kind: SubmissionKind
    key: UUID
    number: str
    created: datetime
    message: Message = field(repr=False)
    path: str
    files: Mapping[str, bytes] = field(repr=False, default_factory=dict)
    receipt: bytes | None = field(repr=False, default=None)
    after: str = ""


#: What the center answers to each.
ANSWERS: Mapping[SubmissionKind, type[Message]] = MappingProxyType(
    {
        SubmissionKind.APPLICATION: FilingAnswer,
        SubmissionKind.SUPPLEMENT: FilingAnswer,
        SubmissionKind.COMPLAINT: ComplaintFilingAnswer,
        SubmissionKind.COMPLAINT_EVIDENCE: ComplaintActAnswer,
        SubmissionKind.COMPLAINT_ANSWER: ComplaintActAnswer,
        SubmissionKind.COMPLAINT_REVIEW: ComplaintActAnswer,
        SubmissionKind.RATING: RatingAnswer,
        SubmissionKind.SUGGESTION: SuggestionAnswer,
    }
)

#: Refused, they are nobody's to mend: a case that was rated before, or one that the center never got.
DROPPED_WHEN_REFUSED = frozenset({SubmissionKind.RATING})


def _pages(materials: Iterable[MaterialFiled]) -> set[str]:
    return {page for material in materials for page in material.pages}


#: The files that a message of each kind names; the kinds that are not here have none.
_NAMES: Mapping[SubmissionKind, Callable[[Any], Iterable[str]]] = MappingProxyType(
    {
        SubmissionKind.APPLICATION: lambda filing: _pages(filing.materials) | {filing.signature},
        SubmissionKind.SUPPLEMENT: lambda supplement: _pages(supplement.materials),
        SubmissionKind.COMPLAINT: lambda complaint: complaint.evidence,
        SubmissionKind.COMPLAINT_EVIDENCE: lambda evidence: evidence.evidence,
    }
)


def named_files(submission: Submission) -> frozenset[str]:
    """The SHA-256 of every file that its message names."""
    names = _NAMES.get(submission.kind)
    return frozenset(names(submission.message)) if names else frozenset()


# ------------------------------------------------------------------ each kind, as it is handed in


def application(filing: Filing, files: Mapping[str, bytes], receipt: bytes) -> Submission:
    """An application as the citizen signed it."""
    kind = SubmissionKind.APPLICATION
    return Submission(kind, filing.key, filing.receipt_number, filing.filed_at, filing, "/api/v1/applications", files, receipt)


def supplement(
    message: Supplement, case_receipt: str, number: str, created: datetime, files: Mapping[str, bytes], receipt: bytes
) -> Submission:
    """What a one-time notice wants, for the case whose receipt has the number `case_receipt`."""
    path = f"/api/v1/applications/{case_receipt}/supplements"
    return Submission(SubmissionKind.SUPPLEMENT, message.key, number, created, message, path, files, receipt)


def complaint(filing: ComplaintFiling, files: Mapping[str, bytes], receipt: bytes) -> Submission:
    """A complaint."""
    kind = SubmissionKind.COMPLAINT
    return Submission(kind, filing.key, filing.receipt_number, filing.filed_at, filing, "/api/v1/complaints", files, receipt)


def complaint_evidence(
    message: EvidenceFiling, number: str, created: datetime, files: Mapping[str, bytes], receipt: bytes | None = None
) -> Submission:
    """More evidence for a complaint."""
    kind = SubmissionKind.COMPLAINT_EVIDENCE
    return Submission(kind, message.key, number, created, message, "/api/v1/complaints/evidence", files, receipt)


def complaint_answer(message: ComplaintWords, number: str, created: datetime, receipt: bytes | None = None) -> Submission:
    """The complainant's answer to the written result."""
    kind = SubmissionKind.COMPLAINT_ANSWER
    return Submission(kind, message.key, number, created, message, "/api/v1/complaints/answer", receipt=receipt)


def complaint_review(message: ComplaintWords, number: str, created: datetime, receipt: bytes | None = None) -> Submission:
    """Why the result should be reviewed."""
    kind = SubmissionKind.COMPLAINT_REVIEW
    return Submission(kind, message.key, number, created, message, "/api/v1/complaints/review", receipt=receipt)


def rating(message: RatingSent, number: str, created: datetime, after: str = "") -> Submission:
    """A rating. `after`: the number of what is rated, if that was handed in here just now."""
    return Submission(SubmissionKind.RATING, message.key, number, created, message, "/api/v1/ratings", after=after)


def suggestion(message: SuggestionSent, number: str, created: datetime, receipt: bytes | None = None) -> Submission:
    """Something for the suggestion box."""
    return Submission(SubmissionKind.SUGGESTION, message.key, number, created, message, "/api/v1/suggestions", receipt=receipt)
