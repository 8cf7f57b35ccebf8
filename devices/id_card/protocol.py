"""Frames of the GA 450 SAM module, as every Chinese desktop reader speaks them (devices.md §1). Bytes in, values out; no port, no text.

Request `AA AA AA 96 69 | length 2 | CMD PARA | data | checksum`, reply `AA AA AA 96 69 | length 2 | SW1 SW2 SW3 | data | checksum`.
The length is big-endian and counts everything after itself, the checksum included; the checksum is the XOR of every byte from
the length to the last before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import reduce
from operator import xor

PREAMBLE = bytes.fromhex("AAAAAA9669")

#: The longest reply of the table is 2314 (text, photo and fingerprints); a length beyond this is noise that looks like a preamble.
_LONGEST = 4096
#: CMD, PARA and checksum.
_SHORTEST = 3


class Command(Enum):
    """What a reader is asked: CMD, PARA, and how long its answer is waited for, in seconds.

    Longer than a reader may take (devices.md §1, timing: find and select 0.5 s, a read 3 s): the wire and a busy machine need some, too,
    and an answer that comes too late would be taken for that to the next question.
    """

    STATUS = (0x11, 0xFF, 0.8)
    SAM_ID = (0x12, 0xFF, 0.8)
    FIND = (0x20, 0x01, 1.0)
    SELECT = (0x20, 0x02, 1.0)
    READ = (0x30, 0x01, 4.0)
    READ_WITH_FINGERPRINT = (0x30, 0x10, 4.0)
    READ_ADDED_ADDRESS = (0x30, 0x03, 0.8)
    RESET = (0x10, 0xFF, 0.8)

    @property
    def code(self) -> tuple[int, int]:
        """CMD and PARA."""
        return self.value[0], self.value[1]

    @property
    def deadline(self) -> float:
        """Seconds until the first good reply must be complete."""
        return self.value[2]

    @property
    def request(self) -> bytes:
        """The whole frame to send."""
        return build_frame(bytes(self.code))


class Status(IntEnum):
    """SW3 of a reply."""

    OK = 0x90
    CARD_FOUND = 0x9F
    ITEM_EMPTY = 0x91
    BAD_CHECKSUM = 0x10
    BAD_LENGTH = 0x11
    BAD_COMMAND = 0x21
    NO_RIGHT = 0x23
    UNKNOWN_ERROR = 0x24
    CARD_REJECTS_SAM = 0x31
    SAM_REJECTS_CARD = 0x32
    VERIFY_FAILED = 0x33
    CARD_TYPE = 0x40
    READ_FAILED = 0x41
    RANDOM_FAILED = 0x47
    SELF_TEST_FAILED = 0x60
    SAM_UNAUTHORIZED = 0x66
    NO_CARD = 0x80
    SELECT_FAILED = 0x81


_STATUSES: dict[int, Status] = {status.value: status for status in Status}


@dataclass(frozen=True)
class ReaderFault:
    """What a status means for staff: a stable code, what to look at, and whether it heals without a hand."""

    code: str
    hint: str
    permanent: bool = False


#: Statuses that speak of the reader itself, whatever was asked. All others speak of the card or of this one exchange.
READER_FAULTS: dict[int, ReaderFault] = {
    Status.SELF_TEST_FAILED: ReaderFault("sam_self_test", "读卡器的安全模块自检未通过：断电重启读卡器；仍不行请更换", permanent=True),
    Status.SAM_UNAUTHORIZED: ReaderFault("sam_unauthorized", "读卡器的安全模块未授权或授权已过期：请联系供应商", permanent=True),
}


@dataclass(frozen=True)
class Reply:
    """A good frame from the reader. `status` is SW3: a Status, or an int that the table does not know."""

    status: int
    data: bytes = b""


class BrokenFrame(Enum):
    """A frame that arrived and cannot be used."""

    CHECKSUM = "checksum"
    TOO_SHORT = "too_short"


def checksum(content: bytes) -> int:
    """XOR of all bytes: of a frame, from the length to the last before the checksum."""
    return reduce(xor, content, 0)


def build_frame(body: bytes) -> bytes:
    """The whole frame around `body` (CMD PARA data, or SW1 SW2 SW3 data)."""
    content = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + content + bytes([checksum(content)])


def build_reply(status: int, data: bytes = b"") -> bytes:
    """A reader's frame: for simulators."""
    return build_frame(bytes([0, 0, status]) + data)


def parse_reply(body: bytes) -> Reply | BrokenFrame:
    """A reply from a frame's body, as FrameReader gives it."""
    if len(body) < 3:
        return BrokenFrame.TOO_SHORT
    code = body[2]
    return Reply(_STATUSES.get(code, code), body[3:])


class FrameReader:
    """Takes bytes as they come and gives the bodies of whole frames.

    Reads by length: it looks for the preamble only between frames, never inside a body (a photo may hold one), keeps what
    follows a frame, and skips noise before it. A length that never fills up is the caller's deadline to notice; then `reset`.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    def reset(self) -> None:
        """Forget what has come of an unfinished frame."""
        self._buffer.clear()

    def feed(self, data: bytes) -> list[bytes | BrokenFrame]:
        """Bodies (without length and checksum) of the frames that these bytes complete, in order."""
        self._buffer += data
        found: list[bytes | BrokenFrame] = []
        while (frame := self._next()) is not None:
            found.append(frame)
        return found

    def _next(self) -> bytes | BrokenFrame | None:
        buffer = self._buffer
        while True:
            start = buffer.find(PREAMBLE)
            if start < 0:
                # The end may be the beginning of a preamble.
                del buffer[: max(0, len(buffer) - len(PREAMBLE) + 1)]
                return None
            del buffer[:start]
            head = len(PREAMBLE) + 2
            if len(buffer) < head:
                return None
            length = int.from_bytes(buffer[len(PREAMBLE) : head], "big")
            if _SHORTEST <= length <= _LONGEST:
                break
            # Noise that looked like a preamble; its last byte cannot begin another one.
            del buffer[: len(PREAMBLE)]
        if len(buffer) < head + length:
            return None
        content = bytes(buffer[len(PREAMBLE) : head + length])
        del buffer[: head + length]
        return content[2:-1] if checksum(content[:-1]) == content[-1] else BrokenFrame.CHECKSUM


def split_read(data: bytes, *, fingerprint: bool = False) -> tuple[bytes, bytes, bytes] | None:
    """Text, photo and fingerprints in a READ reply's data; None if its lengths do not fit. `fingerprint`: of READ_WITH_FINGERPRINT."""
    count = 3 if fingerprint else 2
    if len(data) < 2 * count:
        return None
    lengths = [int.from_bytes(data[2 * i : 2 * i + 2], "big") for i in range(count)]
    if len(data) != 2 * count + sum(lengths):
        return None
    parts, at = [], 2 * count
    for length in lengths:
        parts.append(data[at : at + length])
        at += length
    return parts[0], parts[1], parts[2] if fingerprint else b""
