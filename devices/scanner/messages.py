"""The bytes of serial scan engines: commands out, messages in (devices.md §2). Pure; knows no port."""

from __future__ import annotations

import re
from dataclasses import dataclass

from devices.scanner.decode import MAX_BYTES


@dataclass(frozen=True)
class Engine:
    """A family of scan engines: `start` and `stop` begin and end looking; `answer` matches what it says to either, before any data."""

    start: bytes
    stop: bytes
    answer: re.Pattern[bytes] | None = None
    #: What an answer begins with: bytes that arrive in pieces are waited for.
    answer_start: bytes = b""
    longest_answer: int = 0


#: By the name in the configuration (`devices.scanner.engine`). Newland answers as it was asked, with 06 (done) before `;`.
ENGINES: dict[str, Engine] = {
    "gm65": Engine(
        start=bytes.fromhex("7E 00 08 01 00 02 01 AB CD"),
        stop=bytes.fromhex("7E 00 08 01 00 02 00 AB CD"),
        answer=re.compile(rb"\x02\x00\x00\x01.{3}", re.DOTALL),
        answer_start=bytes.fromhex("02 00 00 01"),
        longest_answer=7,
    ),
    "newland": Engine(
        start=bytes.fromhex("7E 01 30 30 30 30 40 53 43 4E 54 52 47 31 3B 03"),
        stop=bytes.fromhex("7E 01 30 30 30 30 40 53 43 4E 54 52 47 30 3B 03"),
        answer=re.compile(rb"\x02\x01[^\x03]{4,40}\x03", re.DOTALL),
        answer_start=bytes.fromhex("02 01"),
        longest_answer=43,
    ),
    "honeywell": Engine(start=bytes.fromhex("16 54 0D"), stop=bytes.fromhex("16 55 0D")),
}

_END = re.compile(rb"[\r\n]")


class Assembler:
    """Puts the pieces of a serial line together: a message ends at CR, LF, CRLF or after a gap in time. Answers are taken out."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held = bytearray()
        self._too_long = False
        #: How many answers were taken out: the engine is alive.
        self.answers = 0

    @property
    def waiting(self) -> bool:
        """Whether something came that is not yet a message."""
        return bool(self._held) or self._too_long

    def feed(self, data: bytes) -> list[bytes]:
        """The messages that `data` completes, without their ends; empty ones and those over MAX_BYTES are left out."""
        self._held += data
        found = []
        while self._take_answer() and (end := _END.search(self._held)) is not None:
            message = bytes(self._held[: end.start()])
            del self._held[: end.end()]
            if message and len(message) <= MAX_BYTES and not self._too_long:
                found.append(message)
            self._too_long = False
        if len(self._held) > MAX_BYTES:
            # What follows belongs to it, up to its end.
            self._held.clear()
            self._too_long = True
        return found

    def gap(self) -> bytes | None:
        """Nothing came for a while: what is held is a whole message, or a broken answer, which is dropped."""
        held, too_long = bytes(self._held), self._too_long
        self.clear()
        broken_answer = bool(self._engine.answer_start) and held.startswith(self._engine.answer_start[: max(1, len(held))])
        return held if held and not too_long and not broken_answer else None

    def clear(self) -> None:
        """Drop what is held."""
        self._held.clear()
        self._too_long = False

    def _take_answer(self) -> bool:
        """Remove answers at the start of a message; False if one may have arrived only in part."""
        engine = self._engine
        if engine.answer is None or self._too_long:
            return True
        while found := engine.answer.match(self._held):
            del self._held[: found.end()]
            self.answers += 1
        start = engine.answer_start
        partly = bool(self._held) and self._held[: len(start)] == start[: len(self._held)] and len(self._held) < engine.longest_answer
        return not partly
