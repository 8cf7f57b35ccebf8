"""Asking a reader and getting its answer: deadlines, one repeat of what got garbled, nothing of polling or sessions."""

from __future__ import annotations

import time
from collections.abc import Callable

from devices.id_card.protocol import READER_FAULTS, BrokenFrame, Command, FrameReader, Reply, Status, parse_reply, split_read
from devices.id_card.transport import Transport
from devices.worker import DeviceFault
from kiosk.ports import DeviceState

#: How often waiting looks whether the terminal is closing.
_GLANCE = 0.1
#: A line may be disturbed once or twice; a third time is a fault.
_TRIES = 3

#: A command that takes no longer than this is asked once more before its silence is a fault.
_SHORT = 1.0

#: The reader says that what we sent came garbled.
_SAY_AGAIN = (Status.BAD_CHECKSUM, Status.BAD_LENGTH)


class Conversation:
    """One open reader. Every method raises DeviceFault when the reader itself fails; a card that fails is a value."""

    def __init__(self, transport: Transport, stopping: Callable[[], bool] = lambda: False) -> None:
        self._transport = transport
        self._stopping = stopping
        self._frames = FrameReader()

    def ask(self, command: Command) -> Reply:
        """The reader's answer within the command's deadline. A garbled one is asked for again, two times."""
        reply = self._ask(command)
        if reply is None and command.deadline <= _SHORT:
            reply = self._ask(command)
        if reply is None:
            raise DeviceFault("no_answer", "读卡器没有回应：断电重启读卡器，并检查波特率", state=DeviceState.FAULT)
        return reply

    def knock(self) -> None:
        """See that a reader is there and works. Some know no status command: then any answer to FIND will do."""
        if self._ask(Command.STATUS) is None:
            self.ask(Command.FIND)

    def card_is_found(self) -> bool:
        """Whether FIND sees a card. Readers say no to a card that was read, until it is lifted."""
        return self.ask(Command.FIND).status == Status.CARD_FOUND

    def card_is_selected(self) -> bool:
        """Whether SELECT took the card found. A failed select is no success (devices.md §1)."""
        return self.ask(Command.SELECT).status == Status.OK

    def text(self) -> bytes | None:
        """The 256 bytes of text of the card selected; None if it could not be read, e.g. lifted too early. The photo is dropped at once."""
        reply = self.ask(Command.READ)
        if reply.status != Status.OK:
            return None
        parts = split_read(reply.data)
        return parts[0] if parts else None

    def added_address(self) -> bytes | None:
        """The 70 bytes of an added address; b"" if there is none; None if the card is gone or the reader cannot tell."""
        reply = self._ask(Command.READ_ADDED_ADDRESS)
        if reply is not None and reply.status == Status.OK:
            return reply.data
        return b"" if reply is not None and reply.status == Status.ITEM_EMPTY else None

    def close(self) -> None:
        """Let go of the wire."""
        self._transport.close()

    def _ask(self, command: Command) -> Reply | None:
        for _ in range(_TRIES):
            # What still comes of an earlier answer must not be taken for this one's.
            self._frames.reset()
            self._transport.drain()
            self._transport.write(command.request)
            answer = self._answer(command.deadline)
            if answer is None:
                return None
            if isinstance(answer, Reply) and answer.status not in _SAY_AGAIN:
                return _of_a_working_reader(answer)
        raise DeviceFault("bad_answer", "读卡器的数据出错：检查连接线和波特率", state=DeviceState.FAULT)

    def _answer(self, seconds: float) -> Reply | BrokenFrame | None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if self._stopping():
                # Never published: a stopping worker publishes nothing.
                raise DeviceFault("stopped", "")
            for body in self._frames.feed(self._transport.read(min(left, _GLANCE))):
                return body if isinstance(body, BrokenFrame) else parse_reply(body)
        return None


def _of_a_working_reader(reply: Reply) -> Reply:
    fault = READER_FAULTS.get(reply.status)
    if fault is not None:
        raise DeviceFault(fault.code, fault.hint, fault.permanent, DeviceState.FAULT)
    return reply
