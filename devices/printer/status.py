"""What a printer says of itself: the bytes of DLE EOT, of GS r and GS ( H, read with suspicion. No line, no thread.

Never fine without an answer: a printer that says nothing is unknown (devices.md §3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.ports import PrinterFault

#: Questions in the order they are asked: is it on line, has it paper, why is it off line, what error. The number is DLE EOT's n.
ONLINE, PAPER, CAUSE, TROUBLE = 1, 4, 2, 3
QUESTIONS = (ONLINE, PAPER, CAUSE, TROUBLE)

#: Answered in order, so that the answer says that everything before it was printed.
BARRIER = b"\x1dr\x01"

#: The other in-order question, for printers that leave GS r without an answer: `37 22`, these four characters, 00.
_PROCESS_ID = b"ONE1"
BARRIER_BY_ID = b"\x1d(H\x06\x00\x30\x30" + _PROCESS_ID
_BY_ID_ANSWER = b"\x37\x22" + _PROCESS_ID + b"\x00"

#: Empties the printer's buffers at once, also off line (DLE DC4, function 8): what is left of a broken job must not come out with
#: the new paper.
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"

#: Faults that keep a printer from printing, in the order they are told: an open cover hides whether there is paper.
#: Each with the question and the bits of its answer that say so, any of them.
_FAULT_BITS: tuple[tuple[PrinterFault, int, int], ...] = (
    (PrinterFault.COVER_OPEN, CAUSE, 0x04),
    (PrinterFault.PAPER_OUT, PAPER, 0x60),
    (PrinterFault.PAPER_OUT, CAUSE, 0x20),
    (PrinterFault.CUTTER, TROUBLE, 0x08),
    (PrinterFault.ERROR, TROUBLE, 0x64),
    (PrinterFault.ERROR, CAUSE, 0x40),
    (PrinterFault.OFFLINE, ONLINE, 0x08),
    (PrinterFault.PAPER_NEAR_END, PAPER, 0x0C),
)


@dataclass(frozen=True)
class Reading:
    """What was found out. `known`: the printer said that it is on line and has paper, or what keeps it; else nothing is known."""

    known: bool
    fault: PrinterFault | None = None

    @property
    def blocked(self) -> bool:
        """It cannot print now; the end of the roll being near does not keep it."""
        return self.fault is not None and self.fault is not PrinterFault.PAPER_NEAR_END


UNREADABLE = Reading(known=False)


def question(number: int) -> bytes:
    """DLE EOT n: answered at once with one byte, also off line and in the middle of a job."""
    return bytes((0x10, 0x04, number))


def is_answer(byte: int) -> bool:
    """Whether the byte can be an answer to DLE EOT: bits 1 and 4 set, 0 and 7 not. Keeps out XON, XOFF, GS r and noise."""
    return byte & 0x93 == 0x12


def decode(answers: Mapping[int, int]) -> Reading:
    """What the answers (question number to byte) mean together; bytes that cannot be answers count as none."""
    valid = {number: byte for number, byte in answers.items() if is_answer(byte)}
    for fault, number, bits in _FAULT_BITS:
        if number in valid and valid[number] & bits and (fault is not PrinterFault.PAPER_NEAR_END or _answered_enough(valid)):
            return Reading(known=True, fault=fault)
    return Reading(known=_answered_enough(valid))


def _answered_enough(answers: Mapping[int, int]) -> bool:
    return ONLINE in answers and PAPER in answers


class Inbox:
    """Sorts what comes in: answers to DLE EOT, answers to barriers; all else is dropped (flow control, automatic status, noise)."""

    def __init__(self) -> None:
        self._rest = b""
        #: The first answer to DLE EOT since `forget_answer`.
        self.answer: int | None = None
        #: Barriers answered so far.
        self.passed = 0
        #: Some barrier's answer said that there is no paper (GS r, bits 2 and 3).
        self.paper_out = False

    def forget_answer(self) -> None:
        """Before a new question: what came for an old one is no answer to it."""
        self.answer = None

    def feed(self, received: bytes) -> None:
        """Take what was read from the line, in any pieces."""
        data = self._rest + received
        index = 0
        while index < len(data):
            taken = self._take(data[index:])
            if taken == 0:
                break
            index += taken
        self._rest = data[index:]

    def _take(self, data: bytes) -> int:
        """Take one thing from the front of the data; the number of its bytes, 0 if more must come first."""
        byte = data[0]
        if is_answer(byte):
            self.answer = byte if self.answer is None else self.answer
            return 1
        if byte & 0x93 == 0x10:
            # Automatic status back (GS a): four bytes, of which the last three look like answers to GS r.
            return 4 if len(data) >= 4 else 0
        if byte == _BY_ID_ANSWER[0]:
            if data.startswith(_BY_ID_ANSWER):
                self.passed += 1
                return len(_BY_ID_ANSWER)
            return 0 if _BY_ID_ANSWER.startswith(data) else 1
        if byte & 0x90 == 0:
            self.passed += 1
            self.paper_out = self.paper_out or bool(byte & 0x0C)
        return 1
