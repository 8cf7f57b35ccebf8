"""The shape of the contract's tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel

from center.store.outage import Outage


@dataclass(frozen=True)
class Answer:
    """One good answer: its words, and its headers with their meaning. `models`: what its body is, where the code does not say; one of them."""

    words: str
    headers: Mapping[str, str] = field(default_factory=dict)
    models: tuple[type[BaseModel], ...] = ()
    empty: bool = False


@dataclass(frozen=True)
class Operation:
    """One operation. `codes`: refusals of its own, besides those that any request of its kind can meet."""

    tag: str
    summary: str
    answers: Mapping[int, Answer]
    codes: tuple[str, ...] = ()
    #: It takes a raw body of these media types.
    raw: tuple[str, ...] = ()
    #: Headers that the code does not declare as parameters, with their meaning.
    headers: Mapping[str, str] = field(default_factory=dict)
    #: Open to anybody; else signed.
    open: bool = False

    def all_codes(self, takes_json: bool, takes_anything: bool) -> tuple[str, ...]:
        """Every code that it can answer with."""
        return (
            "too_many_requests",
            "internal_error",
            *OUTAGES,
            *(() if self.open else SIGNED),
            *(("bad_request",) if takes_json else ()),
            *(("media_type",) if takes_json or self.raw else ()),
            *(("request_invalid",) if takes_anything else ()),
            *self.codes,
        )


#: What any request can meet when disk or database fail. Nothing of it was kept, and it can come again unchanged.
OUTAGES = tuple(Outage)

#: What a signed request can meet before anything reads it.
SIGNED = (
    "signature_missing",
    "signature_invalid",
    "signature_expired",
    "nonce_replayed",
    "terminal_unknown",
    "terminal_revoked",
    "body_late",
    "body_too_large",
)

#: What every write with an Idempotency-Key can meet.
ONCE = ("idempotency_key_missing", "idempotency_key_mismatch", "idempotency_conflict", "busy")


def asks(tag: str, summary: str, words: str, *codes: str) -> Operation:
    """A question: 200 and no more."""
    return Operation(tag, summary, {200: Answer(words)}, codes)


def makes(tag: str, summary: str, words: str, *codes: str) -> Operation:
    """Something is made once for its Idempotency-Key: 201 the first time, 200 with the same answer for a repeat."""
    return Operation(tag, summary, {201: Answer(words), 200: Answer("Done before under this key: the same answer.")}, (*ONCE, *codes))
