"""Requests to the center, each signed with the terminal's key and bounded in time and size. Retries nothing and keeps nothing."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from urllib.parse import quote
from uuid import UUID

import requests
import structlog
import urllib3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver, algorithms
from pydantic import BaseModel, ValidationError

from kiosk.errors import CenterRefused, CenterUnreachable
from kiosk.link.questions import Question
from kiosk.link.reply import JSON, PROBLEM, Reply, problem_of, reply_of, unreachable
from kiosk.wire.base import Message
from kiosk.wire.files import FileAnswer, UploadAnswer, UploadQuestion
from kiosk.wire.health import HealthAnswer, TerminalHealth
from kiosk.wire.items import CatalogueAnswer, CatalogueChanges

#: Label of the signature, how long it is good for (s), and the bits of its nonce (reliability.md: RFC 9421, 60 s).
_LABEL = "sig1"
_SIGNATURE_SECONDS = 60
_NONCE_BYTES = 16
_COVERED = ("@method", "@authority", "@target-uri", "content-digest")
_IDEMPOTENCY_KEY = "idempotency-key"

#: Largest answers taken, in bytes: 3,000 items with their guides are some 15 MB; a question says its own.
_LARGEST_CATALOGUE = 32_000_000
#: With a photo of some 80 kB of each member of staff.
_LARGEST_PUBLIC = 16_000_000
_LARGEST_ANSWER = 1_000_000

#: A file larger than this goes in parts of so many bytes, so that a broken line costs one part and a slow one is in time with each.
PART_BYTES = 131_072
#: The center's words for parts that do not fit what it has: it is asked anew how far it is.
_ASK_ANEW = frozenset({"upload_offset", "upload_unknown"})

#: The answer to "are you there" is wanted sooner than any other, in seconds.
_ALIVE_SECONDS = 2.0

_PART = "application/offset+octet-stream"

#: Refusals of the terminal rather than of what it sends: its key is not registered, or its clock is wrong. What a
#: citizen handed in is good and must not be given up for them; likewise for time-outs and a crowd (RFC 9110, RFC 6585).
_COME_AGAIN = frozenset({401, 403, 407, 408, 421, 425, 429})
_TERMINAL_REJECTED = frozenset({401, 403})

Answer = TypeVar("Answer", bound=BaseModel)

_log = structlog.get_logger("link")


class CenterClient:
    """The center as the terminal calls it. Every method may be called from any thread, blocks at most some `timeout_seconds` (`upload`: for
    each part), and raises CenterUnreachable (`no_connection`, `no_answer`, `center_busy`, `terminal_rejected`, `strange_answer`,
    `upload_interrupted`) or CenterRefused.
    """

    def __init__(self, base_url: str, terminal_id: str, key: Ed25519PrivateKey, timeout_seconds: float) -> None:
        """`base_url` without a path, e.g. `https://center.example`; certificates are checked against the system's authorities."""
        self._base_url = base_url.rstrip("/")
        self._terminal_id = terminal_id
        self._timeout = timeout_seconds
        self._signer = HTTPMessageSigner(
            signature_algorithm=algorithms.ED25519,
            key_resolver=MappingKeyResolver(public_keys={}, private_keys={terminal_id: key}),
        )
        # A requests session is not made for several threads.
        self._sessions = threading.local()

    # -------------------------------------------------------------- what can be asked

    def catalogue(self, etag: str = "", known: CatalogueAnswer | None = None) -> tuple[CatalogueAnswer, str] | None:
        """The items now in force and the ETag they came with; None if they are still those of `etag`.

        With `known`, the catalogue of that tag, only what changed is sent, if the center still remembers it.
        """
        tag = etag.removeprefix("W/").strip('"')
        since = f"?since={quote(tag, safe='')}" if tag and known is not None else ""
        reply = self._get_changed(f"/api/v1/catalogue{since}", etag, _LARGEST_CATALOGUE)
        if reply is None:
            return None
        changes = _changes(reply, tag) if since else None
        if changes is not None and known is not None:
            return changes.applied_to(known), reply.etag
        return self._read(reply, CatalogueAnswer), reply.etag

    def fetch(self, path: str, kind: type[Answer], etag: str = "") -> tuple[Answer, str] | None:
        """Something public and the ETag it came with, if the center gives one; None if it is still that of `etag`."""
        reply = self._get_changed(path, etag, _LARGEST_PUBLIC)
        return None if reply is None else (self._read(reply, kind), reply.etag)

    def upload(self, sha256: str, data: bytes, content_type: str) -> None:
        """Hand in a file under its SHA-256; again and again if need be: a large one goes on where it broke off."""
        if len(data) > PART_BYTES:
            self._upload_in_parts(sha256, data)
            return
        reply = self._call("PUT", f"/api/v1/files/{sha256}", data, {"Content-Type": content_type})
        answer = self._read(reply, FileAnswer)
        if answer.sha256 != sha256 or answer.size != len(data):
            raise unreachable("strange_answer")

    def _upload_in_parts(self, sha256: str, data: bytes) -> None:
        asked = self._post("/api/v1/uploads", UploadQuestion(sha256=sha256, size=len(data)))
        progress = self._read(asked, UploadAnswer)
        while not progress.complete:
            start = progress.offset
            part = data[start : start + PART_BYTES]
            headers = {"Content-Type": _PART, "Upload-Offset": str(start)}
            try:
                progress = self._read(self._call("PATCH", f"/api/v1/uploads/{progress.upload_id}", part, headers), UploadAnswer)
            except CenterRefused as refused:
                if refused.code in _ASK_ANEW:
                    raise unreachable("upload_interrupted") from None
                raise
            if progress.offset != start + len(part):
                raise unreachable("strange_answer")

    def submit(self, path: str, message_json: bytes, key: UUID, answer: type[Answer]) -> Answer:
        """Hand in what a citizen submitted (JSON of a Message). The same key is one submission, however often it is sent."""
        reply = self._call("POST", path, message_json, {"Content-Type": JSON, "Idempotency-Key": str(key)})
        return self._read(reply, answer)

    def ask(self, question: Question) -> Message:
        """The answer, of the question's kind."""
        body = b"" if question.message is None else question.message.model_dump_json().encode("utf-8")
        headers = {"Content-Type": JSON} if body else {}
        if question.key is not None:
            headers["Idempotency-Key"] = str(question.key)
        return self._read(self._call(question.method, question.path, body, headers, largest=question.largest), question.answer)

    def report(self, health: TerminalHealth) -> HealthAnswer:
        """Say how the terminal is."""
        return self._read(self._post("/api/v1/terminals/health", health), HealthAnswer)

    def alive(self) -> bool:
        """Whether the center answers and can work now. Never raises."""
        try:
            reply = self._call("GET", "/healthz", seconds=min(_ALIVE_SECONDS, self._timeout))
            return reply.content_type == JSON and isinstance(json.loads(reply.body), dict)
        except (CenterUnreachable, CenterRefused, ValueError):
            return False

    # -------------------------------------------------------------- how it is asked

    def _post(self, path: str, message: BaseModel) -> Reply:
        return self._call("POST", path, message.model_dump_json().encode("utf-8"), {"Content-Type": JSON})

    def _get_changed(self, path: str, etag: str, largest: int) -> Reply | None:
        """What is there now; None if it is still what `etag` stands for."""
        reply = self._call("GET", path, headers={"If-None-Match": etag} if etag else {}, largest=largest)
        if reply.status == 304 and not etag:
            raise unreachable("strange_answer")
        return None if reply.status == 304 else reply

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._sessions, "session", None)
        if session is None:
            session = requests.Session()
            # No proxy, no .netrc and no certificates from the environment: the configuration alone says where to go.
            session.trust_env = False
            self._sessions.session = session
        return session

    def _sign(self, request: requests.PreparedRequest, body: bytes) -> None:
        covered = _COVERED + ((_IDEMPOTENCY_KEY,) if _IDEMPOTENCY_KEY in request.headers else ())
        now = datetime.now(UTC)  # real time: the other end compares it with its own clock
        self._signer.sign(
            request,
            key_id=self._terminal_id,
            created=now,
            expires=now + timedelta(seconds=_SIGNATURE_SECONDS),
            nonce=secrets.token_urlsafe(_NONCE_BYTES),
            label=_LABEL,
            covered_component_ids=covered,
            body=body,
        )

    def _call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        largest: int = _LARGEST_ANSWER,
        seconds: float | None = None,
    ) -> Reply:
        """One request. Returns answers of 2xx and 304; raises CenterUnreachable and CenterRefused for all others."""
        timeout = seconds or self._timeout
        session = self._session()
        # What comes is read as it is: a compressed answer could be larger than any limit.
        head = {"Accept": f"{JSON}, {PROBLEM}", "Accept-Encoding": "identity", **(headers or {})}
        request = session.prepare_request(requests.Request(method, self._base_url + path, head, data=body or None))
        self._sign(request, body)
        try:
            with session.send(request, stream=True, timeout=timeout, verify=True, allow_redirects=False) as response:
                reply = reply_of(response, largest, time.monotonic() + timeout)
        except (requests.ConnectTimeout, requests.ConnectionError) as error:
            raise unreachable("no_answer" if isinstance(error, requests.ReadTimeout) else "no_connection") from None
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError):
            raise unreachable("no_answer") from None
        if 200 <= reply.status < 300 or reply.status == 304:
            return reply
        raise self._fault(reply)

    def _fault(self, reply: Reply) -> CenterUnreachable | CenterRefused:
        problem = problem_of(reply)
        if reply.status in _TERMINAL_REJECTED and problem is not None:
            _log.error("terminal_rejected", status=reply.status, code=problem.code)
            return unreachable("terminal_rejected")
        if reply.status >= 500 or reply.status in _COME_AGAIN:
            return unreachable("center_busy", reply.retry_after)
        if problem is None or not 400 <= reply.status < 500:
            # A redirect, or a page of a proxy or a log-in portal: whoever that was, it was not the center.
            return unreachable("strange_answer")
        return CenterRefused(problem.code, problem.detail)

    @staticmethod
    def _read(reply: Reply, kind: type[Answer]) -> Answer:
        if reply.content_type != JSON:
            raise unreachable("strange_answer")
        try:
            return kind.model_validate_json(reply.body)
        except ValidationError:
            # Not chained: the error quotes the answer, which may be about a person.
            raise unreachable("strange_answer") from None


def _changes(reply: Reply, tag: str) -> CatalogueChanges | None:
    """The changes since the catalogue of `tag`; None if the center sent the whole instead."""
    try:
        changes = CatalogueChanges.model_validate_json(reply.body)
    except ValidationError:
        return None
    return changes if changes.since == tag else None
