"""What came back from the center, read within bounds of size and time. Judges nothing of what it says."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

import requests
from pydantic import ValidationError

from kiosk.errors import CenterUnreachable
from kiosk.wire.base import Problem

_CHUNK = 65_536

#: The longest a center may ask to be left alone for, in seconds.
_LONGEST_RETRY_AFTER = 60.0

#: An entity tag as we keep one (RFC 9110 §8.8.3, without its rarer characters).
ETAG = r'^(W/)?"[!#-~]{0,200}"$|^$'

JSON = "application/json"
PROBLEM = "application/problem+json"

_UNREACHABLE = "现在连接不上政务服务中心，请稍后再试。"


@dataclass(frozen=True)
class Reply:
    """A whole answer. `retry_after`: seconds that the center asked to be left alone for; 0: it did not say."""

    status: int
    content_type: str
    etag: str
    body: bytes
    retry_after: float = 0.0


def unreachable(code: str, retry_after: float = 0.0) -> CenterUnreachable:
    """The fault of a call that can be made again, with a sentence for the citizen."""
    return CenterUnreachable(code, _UNREACHABLE, retry_after)


def reply_of(response: requests.Response, largest: int, deadline: float) -> Reply:
    """The whole answer, of at most `largest` bytes, until `deadline` (monotonic seconds). Raises CenterUnreachable."""
    content = _read_body(response, largest, deadline)
    content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Reply(response.status_code, content_type, _etag(response), content, _retry_after(response))


def problem_of(reply: Reply) -> Problem | None:
    """The refusal as the center words it; None if it is none."""
    if reply.content_type != PROBLEM:
        return None
    try:
        return Problem.model_validate_json(reply.body)
    except ValidationError:
        return None


def _etag(response: requests.Response) -> str:
    """The answer's ETag if it can be sent back as it came, else nothing: then all is fetched again, which harms nobody."""
    etag = response.headers.get("ETag", "")
    return etag if re.fullmatch(ETAG, etag) else ""


def _retry_after(response: requests.Response) -> float:
    """Seconds, as the center says them (RFC 9110 §10.2.3); a date, which ours never says, counts as nothing."""
    text = response.headers.get("Retry-After", "")
    return min(float(text), _LONGEST_RETRY_AFTER) if text.isascii() and text.isdigit() else 0.0


def _read_body(response: requests.Response, largest: int, deadline: float) -> bytes:
    """The body, by whatever pieces come, until `deadline` (monotonic seconds). Raises CenterUnreachable."""
    parts: list[bytes] = []
    size = 0
    # Not `iter_content`: it waits for a whole piece, so that a server that drips one byte a second would hold us for hours.
    while part := response.raw.read1(_CHUNK, decode_content=False):
        parts.append(part)
        size += len(part)
        if size > largest:
            raise unreachable("strange_answer")
        if time.monotonic() > deadline:
            raise unreachable("no_answer")
    return b"".join(parts)
