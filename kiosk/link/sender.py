"""The thread that brings what waits in the outbox to the center, and answers questions to the center off the terminal's own thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import structlog
from tenacity import RetryCallState, Retrying, wait_random_exponential
from tenacity.wait import wait_base

from kiosk.errors import CenterRefused, CenterUnreachable, OneSealError
from kiosk.events import UNREACHABLE, CenterAnswered, CenterSeen, Event, SubmissionDeferred, SubmissionRefused, SubmissionSent
from kiosk.link.background import Background
from kiosk.link.cipher import Unreadable
from kiosk.link.client import CenterClient
from kiosk.link.outbox import LONGEST_WAIT, Outbox, OutboxRow
from kiosk.link.questions import Question
from kiosk.link.submission import ANSWERS
from kiosk.ports import Post
from kiosk.wire.base import Message

#: Seconds between looks at whether the center is there: while something waits for it or it was away, and otherwise.
_POLL_SECONDS = 3.0
_QUIET_POLL_SECONDS = 30.0
#: One for what a citizen asks, one for a call for help meanwhile, and one for what the citizen before left behind.
_QUESTIONERS = 3

#: The center's word for a submission whose pages it has not.
_FILES_MISSING = "files_missing"

_KEPT_FOR_STAFF = "您提交的内容已保存在本机，但暂时不能送达中心，工作人员会处理。有回执的，请保管好。"

#: What a file is, by how it begins (PNG: RFC 2083; JPEG: ITU T.81).
_MAGIC = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))

_log = structlog.get_logger("link")


def content_type_of(data: bytes) -> str:
    """The media type of a file that the terminal made: a page or a signature."""
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), "application/octet-stream")


class Sender:
    """Posts `SubmissionSent`, `SubmissionDeferred` (once each), `SubmissionRefused`, `CenterSeen` (on change), `CenterAnswered`."""

    def __init__(
        self,
        client: CenterClient,
        outbox: Outbox,
        *,
        on_reachable: Callable[[], None] = lambda: None,
        poll_seconds: float = _POLL_SECONDS,
        quiet_poll_seconds: float = _QUIET_POLL_SECONDS,
        wait: wait_base | None = None,
    ) -> None:
        """`on_reachable` is called, in the sender's thread, whenever the center has come back (e.g. `CatalogueKeeper.refresh`).

        `wait` is how long a submission waits after each failure; by default at random up to 1, 2, 4 … 60 s, so that a thousand
        terminals do not come back in step.
        """
        self._client = client
        self._outbox = outbox
        self._on_reachable = on_reachable
        self._poll = poll_seconds
        self._quiet_poll = quiet_poll_seconds
        self._wait = wait or wait_random_exponential(multiplier=1, max=LONGEST_WAIT, min=0.5)
        self._post: Post | None = None
        self._seen: CenterSeen | None = None
        self._reachable: bool | None = None
        self._next_poll = 0.0
        #: A question found no center: at this time (monotonic seconds) it is looked for, and told of even if it is there as before.
        self._doubted_at: float | None = None
        #: The center asked to be left alone until then (monotonic seconds), with everything that waits.
        self._alone_until = 0.0
        # All by idempotency key: a row's id may be used again.
        #: Answers that could not be written down (disk full): not to be sent again by this process.
        self._answered: dict[UUID, Message] = {}
        #: Rows whose citizen was told that it goes out later, or that the center will not have it.
        self._deferred: set[UUID] = set()
        self._refused: set[UUID] = set()
        #: (key, file) that this process has handed in, so that what fails late does not carry its pages again.
        self._uploaded: set[tuple[UUID, str]] = set()
        #: Rows of which a file was not sent with the last try, because it was handed in before.
        self._skipped: set[UUID] = set()
        self._thread = Background("sender", self._run)
        self._questioners = ThreadPoolExecutor(_QUESTIONERS, thread_name_prefix="question")

    def start(self, post: Post) -> None:
        """Begin to send what is due, at once."""
        self._post = post
        self._thread.start()

    def stop(self) -> None:
        """End; returns within some 2 s. What is under way is left to its time-out and is sent again at the next start."""
        self._questioners.shutdown(wait=False, cancel_futures=True)
        self._thread.stop()

    def wake(self) -> None:
        """There is something new: send it now. Returns at once."""
        self._thread.wake()

    # -------------------------------------------------------------- questions

    def ask(self, session: int, question: Question) -> None:
        """Ask the center; posts `CenterAnswered` whatever comes of it. Returns at once."""
        if not self._thread.stopping:
            self._questioners.submit(self._answer, session, question)

    def _answer(self, session: int, question: Question) -> None:
        try:
            event = CenterAnswered(session, question, self._client.ask(question))
        except CenterRefused as refused:
            _log.info("center_question_failed", session=session, question=question.path, code=refused.code)
            event = CenterAnswered(session, question, fault=refused.code, sentence=refused.message)
        except CenterUnreachable as unreachable:
            _log.info("center_question_failed", session=session, question=question.path, code=unreachable.code)
            event = CenterAnswered(session, question, fault=UNREACHABLE)
            self._doubted_at = time.monotonic() + max(self._poll, unreachable.retry_after)
            self._thread.wake()
        except Exception:  # a bug, logged; the citizen must not wait for an answer that never comes
            _log.error("unexpected", where="question", session=session, exc_info=True)
            event = CenterAnswered(session, question, fault=UNREACHABLE)
        self._tell(event)

    # -------------------------------------------------------------- the thread

    def _run(self) -> None:
        try:
            # Waits written down by an earlier run mean nothing to this one.
            self._outbox.hurry()
        except OneSealError as error:
            _log.error("outbox_failed", code=error.code)
        while not self._thread.stopping:
            pause = self._poll
            try:
                self._send_due()
                self._look()
                pause = self._pause()
            except OneSealError as error:
                if not self._thread.stopping:
                    _log.error("outbox_failed", code=error.code)
            except Exception:  # a bug must not end the only thread that sends what citizens signed
                _log.error("unexpected", where="sender", exc_info=True)
            self._thread.rest(pause)

    def _pause(self) -> float:
        """Seconds until something is to be done."""
        next_due = self._outbox.next_due()
        until_due = float("inf") if next_due is None else max(0.05, next_due - time.time())
        until_due = max(until_due, self._alone_until - time.monotonic())
        doubted_at = self._doubted_at
        until_look = min(self._next_poll, float("inf") if doubted_at is None else doubted_at) - time.monotonic()
        return max(0.0, min(until_look, until_due, self._quiet_poll))

    def _look(self) -> None:
        """See whether the center is there, if it is time to; publish it with the number of submissions that wait."""
        doubted_at = self._doubted_at
        if doubted_at is not None and time.monotonic() >= doubted_at:
            # Whoever waits for it is told, even if it went and came between two looks.
            self._doubted_at, self._seen, self._next_poll = None, None, 0.0
        if time.monotonic() >= self._next_poll:
            self._set_reachable(self._client.alive())
        seen = CenterSeen(bool(self._reachable), self._outbox.unsent())
        if seen != self._seen:
            self._seen = seen
            _log.info("center_seen", reachable=seen.reachable, unsent=seen.unsent)
            self._tell(seen)

    def _set_reachable(self, reachable: bool) -> None:
        back = reachable and self._reachable is not True
        self._reachable = reachable
        self._next_poll = time.monotonic() + (self._quiet_poll if reachable else self._poll)
        if back:
            self._outbox.hurry()
            self._on_reachable()
            self._thread.wake()

    def _tell(self, event: Event) -> None:
        if self._post is not None and not self._thread.stopping:
            self._post(event)

    # -------------------------------------------------------------- sending

    def _send_due(self) -> None:
        failure: CenterUnreachable | None = None
        if time.monotonic() < self._alone_until:
            return
        for row in self._outbox.due(time.time()):
            if self._thread.stopping:
                return
            if failure is not None:
                # The center is away: the others would each wait for the same time-out.
                self._put_off(row, failure)
                continue
            try:
                self._send(row)
                self._set_reachable(True)
            except CenterRefused as refused:
                self._set_reachable(True)
                if refused.code == _FILES_MISSING and self._forget_uploads(row):
                    # It had them once, and was set up anew or from a backup since: they go out again with the next try.
                    self._put_off(row, CenterUnreachable(refused.code, refused.message))
                else:
                    self._give_up(row, refused)
            except Unreadable as unreadable:
                _log.error("submission_unreadable", kind=row.kind.value, receipt=row.number, code=unreadable.code)
                self._give_up(row, CenterRefused(unreadable.code, _KEPT_FOR_STAFF))
            except CenterUnreachable as unreachable:
                self._put_off(row, unreachable)
                if unreachable.code == "center_busy" and not unreachable.retry_after:
                    # It answered, and failed: perhaps at this one only. The next is tried.
                    continue
                failure = unreachable
                # Whether it is away, or only will not do this, the next look tells; what comes back is sent at once, what
                # answers and fails waits longer each time.
                self._next_poll = 0.0

    def _send(self, row: OutboxRow) -> None:
        answer = self._answered.get(row.key)
        if answer is None:
            self._skipped.discard(row.key)
            for sha256 in self._outbox.file_names(row):
                if (row.key, sha256) in self._uploaded:
                    self._skipped.add(row.key)
                    continue
                data = self._outbox.file(row, sha256)
                self._client.upload(sha256, data, content_type_of(data))
                self._uploaded.add((row.key, sha256))
            answer = self._client.submit(row.path, self._outbox.payload(row), row.key, ANSWERS[row.kind])
            self._answered[row.key] = answer
            self._tell(SubmissionSent(row.number, answer))
        self._outbox.mark_sent(row, answer)
        del self._answered[row.key]
        self._deferred.discard(row.key)
        self._forget_uploads(row)
        _log.info("submission_sent", kind=row.kind.value, receipt=row.number, tries=row.tries + 1)

    def _forget_uploads(self, row: OutboxRow) -> bool:
        """Hand in its files anew; False if all of them were handed in with this very try."""
        again = row.key in self._skipped
        self._uploaded = {(key, sha256) for key, sha256 in self._uploaded if key != row.key}
        self._skipped.discard(row.key)
        return again

    def _put_off(self, row: OutboxRow, unreachable: CenterUnreachable) -> None:
        # A center that says when to come again is not asked before; and its terminals do not all come at once.
        seconds = min(LONGEST_WAIT, self._seconds_after(row.tries + 1) + unreachable.retry_after)
        if unreachable.retry_after:
            self._alone_until = max(self._alone_until, time.monotonic() + seconds)
        _log.info(
            "submission_deferred",
            kind=row.kind.value,
            receipt=row.number,
            tries=row.tries + 1,
            code=unreachable.code,
            seconds=round(seconds, 1),
        )
        if row.tries == 0 and row.key not in self._deferred:
            self._deferred.add(row.key)
            self._tell(SubmissionDeferred(row.number))
        self._outbox.mark_failed(row, time.time() + seconds)

    def _seconds_after(self, failures: int) -> float:
        state = RetryCallState(Retrying(), None, (), {})
        state.attempt_number = failures
        return min(LONGEST_WAIT, float(self._wait(state)))

    def _give_up(self, row: OutboxRow, refused: CenterRefused) -> None:
        _log.error("submission_refused", kind=row.kind.value, receipt=row.number, tries=row.tries + 1, code=refused.code)
        if row.key not in self._refused:
            self._refused.add(row.key)
            self._tell(SubmissionRefused(row.number, refused.code, refused.message))
        self._outbox.mark_dead(row, refused.code)
