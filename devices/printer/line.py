"""Talks to one printer over one open line: asks how it is, prints, claims nothing that was not confirmed. No thread, no events."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from devices.printer.job import LARGEST_PIECE, JobBytes, job_bytes
from devices.printer.lost import TransportLost
from devices.printer.status import BARRIER, BARRIER_BY_ID, CLEAR, QUESTIONS, Inbox, Reading, decode, question
from devices.printer.transport import Transport
from kiosk.ports import PrinterFault, PrintOutcome, PrintResult
from kiosk.wire.documents import Document


@dataclass(frozen=True)
class Timing:
    """Patience, in seconds.

    `answer`: for one DLE EOT; `stall`: without any barrier being answered, or any byte taken, beyond what printing and sending
    need; `ask`: between two looks at the status while the printer works.
    """

    answer: float = 0.5
    stall: float = 4.0
    ask: float = 0.3


class Printer(Protocol):
    """What the driver and the command line print on."""

    def probe(self) -> Reading:
        """How the printer is now. Raises TransportLost."""
        ...

    def print(self, document: Document, mode: str, width_mm: int, *, resync: bool = False) -> PrintOutcome:
        """Print a document. Raises TransportLost only if nothing of it was sent.

        `resync`: the last job broke off somewhere, so the printer may still be waiting for the rest of a picture.
        """
        ...

    def close(self) -> None:
        """Give the line back."""
        ...


#: Faults that, seen after everything was confirmed, still mean that the paper is not as it should be. Others came later.
_SPOILS_PRINTED = frozenset({PrinterFault.PAPER_OUT, PrinterFault.CUTTER, PrinterFault.ERROR})

#: Pieces under way at a time. Two of them fit the 4 KB that cheap printers buffer, so that a question always gets through to a
#: printer that stopped; with one, it would stop between pieces.
_WINDOW = 2

#: White for the rest of any fragment that broke off; printers ignore zeros that belong to nothing.
_REST_OF_A_PICTURE = bytes(LARGEST_PIECE)

_UNCONFIRMED = PrintOutcome(PrintResult.UNKNOWN)


class PrinterLine:
    """A real printer. `gives_up` is asked while it waits, to end early."""

    def __init__(self, transport: Transport, timing: Timing | None = None, gives_up: Callable[[], bool] = lambda: False) -> None:
        self._transport = transport
        self._timing = timing or Timing()
        self._gives_up = gives_up
        self._inbox = Inbox()

    def probe(self) -> Reading:
        """How the printer is now: what was left on the line is thrown away, then DLE EOT is asked."""
        while received := self._transport.read(0):
            self._inbox.feed(received)
        return self._ask()

    def print(self, document: Document, mode: str, width_mm: int, *, resync: bool = False) -> PrintOutcome:
        """Print: status, pieces with barriers between, status. Nothing is sent if the printer says that it cannot print."""
        job = job_bytes(document, mode, width_mm)
        if resync:
            job = replace(job, pieces=(_REST_OF_A_PICTURE, *job.pieces))
        before = self.probe()
        if before.blocked:
            return PrintOutcome(PrintResult.FAILED, before.fault)
        try:
            return _Printing(self._transport, self._timing, self._gives_up, self._ask, self._inbox).run(job, paced=before.known)
        except TransportLost:
            return PrintOutcome(PrintResult.UNKNOWN, PrinterFault.OFFLINE)

    def close(self) -> None:
        """Give the line back."""
        self._transport.close()

    def _ask(self) -> Reading:
        """All questions, one after the other; none after one without an answer, which could come late and be taken for another's."""
        answers: dict[int, int] = {}
        for number in QUESTIONS:
            self._inbox.forget_answer()
            if self._transport.write(question(number), self._timing.answer) < len(question(number)):
                break
            end = time.monotonic() + self._timing.answer
            while self._inbox.answer is None and (left := end - time.monotonic()) > 0:
                self._inbox.feed(self._transport.read(left))
            if self._inbox.answer is None:
                break
            answers[number] = self._inbox.answer
        return decode(answers)


class _Printing:
    """One job under way. Barriers are counted: as many were sent, so many answers must come."""

    def __init__(
        self, transport: Transport, timing: Timing, gives_up: Callable[[], bool], ask: Callable[[], Reading], inbox: Inbox
    ) -> None:
        self._transport = transport
        self._timing = timing
        self._gives_up = gives_up
        self._ask = ask
        self._inbox = inbox
        self._readable = True
        #: Answers that had come before this job's first barrier.
        self._before = inbox.passed
        self._barriers = 0

    def run(self, job: JobBytes, *, paced: bool) -> PrintOutcome:
        """Send and confirm. `paced`: the printer answers, so no more than a window is sent ahead of it."""
        self._inbox.paper_out = False
        self._readable = paced
        for piece in job.pieces:
            ended = self._send(piece + BARRIER if paced else piece)
            if ended is None and paced:
                self._barriers += 1
                ended = self._wait(self._barriers - _WINDOW + 1, len(piece) * _WINDOW, 0)
                if ended == _UNCONFIRMED and self._passed == 0:
                    # It answers DLE EOT, but no GS r: go on without.
                    paced, ended = False, None
            if ended is not None:
                return ended
        return self._confirm(job, paced)

    def _confirm(self, job: JobBytes, paced: bool) -> PrintOutcome:
        if not paced:
            self._barriers += 1
            ended = self._send(BARRIER)
            if ended is not None:
                return ended
        ended = self._wait(self._barriers, 0, 0) if paced else self._wait(1, len(job.whole), job.seconds)
        if ended == _UNCONFIRMED and self._passed == 0 and self._readable and not self._gives_up():
            ended = self._send(BARRIER_BY_ID) or self._wait(1, len(BARRIER_BY_ID), 0)
        if ended is not None:
            return ended
        after = self._ask()
        if after.fault in _SPOILS_PRINTED:
            return PrintOutcome(PrintResult.FAILED, after.fault)
        return PrintOutcome(PrintResult.PRINTED)

    @property
    def _passed(self) -> int:
        return self._inbox.passed - self._before

    def _send(self, data: bytes) -> PrintOutcome | None:
        """Send all of it; an outcome if the printer takes no more."""
        while data:
            sent = self._transport.write(data, self._timing.stall)
            data = data[sent:]
            if data:
                ended = self._look()
                if ended is not None:
                    return ended
                if sent == 0 or self._gives_up():
                    return _UNCONFIRMED
        return None

    def _wait(self, barriers: int, sent: int, printing: float) -> PrintOutcome | None:
        """Until so many barriers were answered: None; or the outcome if the printer stopped, or nothing moved for too long."""
        patience = self._timing.stall + printing + self._transport.seconds_for(sent)
        passed, moved, asked = self._passed, time.monotonic(), time.monotonic()
        while self._passed < barriers:
            self._inbox.feed(self._transport.read(min(self._timing.ask, 0.1)))
            now = time.monotonic()
            if self._passed > passed:
                passed, moved = self._passed, now
            elif now - asked >= self._timing.ask:
                ended = self._look()
                if ended is not None:
                    return ended
                asked = time.monotonic()
            if now - moved > patience or self._gives_up():
                return _UNCONFIRMED
        if self._inbox.paper_out:
            return self._stopped(PrinterFault.PAPER_OUT)
        return None

    def _look(self) -> PrintOutcome | None:
        """Ask in the middle of the job. A printer that was silent from the beginning is not asked again and again."""
        reading = self._ask() if self._readable else None
        if reading is not None and reading.blocked and reading.fault is not None:
            return self._stopped(reading.fault)
        return None

    def _stopped(self, fault: PrinterFault) -> PrintOutcome:
        """It failed with part of the job printed: the rest must not come out with the new paper."""
        self._transport.write(CLEAR, self._timing.answer)
        # Its answer comes after the buffers were cleared.
        self._ask()
        return PrintOutcome(PrintResult.FAILED, fault)
