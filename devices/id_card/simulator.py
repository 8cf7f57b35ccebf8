"""A GA 450 reader that answers byte for byte: as a state machine, and on a real pseudo terminal at the wire's speed. For demo and tests.

`SimulatedReader` decides what is answered; `ReaderSimulator` puts it on a pty and is what a person or a test drives.
"""

from __future__ import annotations

import os
import select
import threading
import time
import tty
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from devices.id_card.layouts import encode_added_address, encode_card
from devices.id_card.protocol import PREAMBLE, BrokenFrame, Command, FrameReader, Status, build_reply
from kiosk.ports import IdCard

#: The photo is WLT and begins so; only closed decoders exist, and the terminal drops it (devices.md §1).
_PHOTO = bytes.fromhex("574C66007E0032000000FF85").ljust(1024, b"\0")

#: Seconds a reader thinks before it answers.
_THINKING = {
    Command.RESET: 0.02,
    Command.STATUS: 0.01,
    Command.SAM_ID: 0.01,
    Command.FIND: 0.05,
    Command.SELECT: 0.06,
    Command.READ: 0.55,
    Command.READ_ADDED_ADDRESS: 0.12,
}
_BY_CODE = {command.code: command for command in _THINKING}

#: 8N1 is ten bits a byte.
_BYTES_PER_SECOND = 115200 / 10
_CHUNK = 64


class ReaderTrouble(StrEnum):
    """What is wrong with the simulated reader."""

    NONE = "none"
    SILENT = "silent"
    GARBAGE = "garbage"
    FRAGMENTED = "fragmented"
    BAD_CHECKSUM = "bad_checksum"
    TRUNCATED = "truncated"
    SAM_UNAUTHORIZED = "sam_unauthorized"
    SELECT_FAILS = "select_fails"
    READ_FAILS = "read_fails"


@dataclass(frozen=True)
class _Laid:
    text: bytes
    photo: bytes
    added_address: bytes


class SimulatedReader:
    """What a reader answers. Thread-safe. Readers differ.

    `deaf_after_read`: FIND says 80 after a good read until the card is lifted, as many do. `knows_added_address`: whether it
    has that command at all.
    """

    def __init__(self, *, deaf_after_read: bool = True, knows_added_address: bool = True) -> None:
        self.trouble = ReaderTrouble.NONE
        self.deaf_after_read = deaf_after_read
        self.knows_added_address = knows_added_address
        self._lock = threading.Lock()
        self._card: _Laid | None = None
        self._found = self._selected = self._was_read = False
        #: How many READs were answered with text: what a test counts.
        self.reads = 0

    def lay(self, card: IdCard | bytes, *, added_address: str = "", photo: bytes = _PHOTO) -> None:
        """Lay a card on, in place of any other: a person's, or 256 bytes of text as they are."""
        text = card if isinstance(card, bytes) else encode_card(card)
        with self._lock:
            self._card = _Laid(text, photo, encode_added_address(added_address) if added_address else b"")
            self._found = self._selected = self._was_read = False

    def lift(self) -> None:
        """Take the card away."""
        with self._lock:
            self._card = None
            self._found = self._selected = self._was_read = False

    def power_cycle(self) -> None:
        """Forget what was found and selected; the card still lies there."""
        with self._lock:
            self._found = self._selected = self._was_read = False

    @property
    def card_lies(self) -> bool:
        """Whether a card lies there."""
        return self._card is not None

    def answer(self, body: bytes | BrokenFrame) -> tuple[float, bytes]:
        """Seconds to think, and the whole reply frame, for a request's body (CMD PARA data)."""
        if isinstance(body, BrokenFrame):
            return 0.0, build_reply(Status.BAD_CHECKSUM)
        command = _BY_CODE.get((body[0], body[1]))
        if command is None:
            return 0.0, build_reply(Status.BAD_COMMAND)
        with self._lock:
            return _THINKING[command], build_reply(*self._reply(command))

    def _reply(self, command: Command) -> tuple[int, bytes]:
        if self.trouble is ReaderTrouble.SAM_UNAUTHORIZED and command is not Command.RESET:
            return Status.SAM_UNAUTHORIZED, b""
        match command:
            case Command.FIND:
                return self._find()
            case Command.SELECT:
                return self._select()
            case Command.READ:
                return self._read()
            case Command.READ_ADDED_ADDRESS:
                return self._added_address()
            case Command.SAM_ID:
                return Status.OK, bytes.fromhex("05000A00") + bytes(12)
            case _:
                return Status.OK, b""

    def _find(self) -> tuple[int, bytes]:
        self._found = self._card is not None and not (self._was_read and self.deaf_after_read)
        return (Status.CARD_FOUND, bytes(4)) if self._found else (Status.NO_CARD, b"")

    def _select(self) -> tuple[int, bytes]:
        if self._card is None or not self._found or self.trouble is ReaderTrouble.SELECT_FAILS:
            return Status.SELECT_FAILED, b""
        self._selected = True
        return Status.OK, bytes(8)

    def _read(self) -> tuple[int, bytes]:
        card = self._card
        if card is None or not self._selected or self.trouble is ReaderTrouble.READ_FAILS:
            return Status.READ_FAILED, b""
        self._was_read = True
        self.reads += 1
        lengths = len(card.text).to_bytes(2, "big") + len(card.photo).to_bytes(2, "big")
        return Status.OK, lengths + card.text + card.photo

    def _added_address(self) -> tuple[int, bytes]:
        if not self.knows_added_address:
            return Status.BAD_COMMAND, b""
        if self._card is None or not self._selected:
            return Status.READ_FAILED, b""
        return (Status.OK, self._card.added_address) if self._card.added_address else (Status.ITEM_EMPTY, b"")


class ReaderSimulator:
    """The reader on a pseudo terminal. `link` is where its device name appears, as udev would put it; without it see `port`."""

    def __init__(self, link: Path | None = None, reader: SimulatedReader | None = None) -> None:
        self.reader = reader or SimulatedReader()
        #: How long it thinks, in times of a real reader's: less for stories that are not about waiting.
        self.pace = 1.0
        self._link = link
        self._ends: tuple[int, int] | None = None
        self._port = ""
        self._thread: threading.Thread | None = None
        self._unplugged = threading.Event()

    # -------------------------------------------------------------- what a person does

    def lay(self, card: IdCard | bytes, *, added_address: str = "") -> None:
        """Lay a card on."""
        self.reader.lay(card, added_address=added_address)

    def lift(self) -> None:
        """Take it away."""
        self.reader.lift()

    @property
    def plugged(self) -> bool:
        """Whether the device exists."""
        return self._ends is not None

    @property
    def port(self) -> str:
        """The device to open: the link, or the pseudo terminal itself. It stays the same over unplugging only with a link."""
        return str(self._link) if self._link is not None else self._port

    def plug(self) -> None:
        """Connect the cable: the device appears, and the reader starts anew. Does nothing if it is connected."""
        if self._ends is not None:
            return
        self.reader.power_cycle()
        master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)
        self._ends, self._port = (master, slave), os.ttyname(slave)
        if self._link is not None:
            self._link.parent.mkdir(parents=True, exist_ok=True)
            self._link.unlink(missing_ok=True)
            self._link.symlink_to(self._port)
        self._unplugged = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(master, self._unplugged), name="simulated-id-card-reader", daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Pull the cable: whoever has the device open gets an error, and its name is gone. Does nothing if it is not connected."""
        if self._ends is None:
            return
        self._unplugged.set()
        if self._thread is not None:
            self._thread.join()
        for end in self._ends:
            os.close(end)
        self._ends = None
        if self._link is not None:
            self._link.unlink(missing_ok=True)

    #: As every simulator of the bench.
    start = plug
    stop = unplug

    # -------------------------------------------------------------- the wire

    def _serve(self, master: int, unplugged: threading.Event) -> None:
        frames = FrameReader()
        while not unplugged.is_set():
            if not select.select([master], [], [], 0.05)[0]:
                continue
            try:
                data = os.read(master, 4096)
            except OSError:
                return
            for body in frames.feed(data):
                thinking, frame = self.reader.answer(body)
                if not unplugged.wait(thinking * self.pace):
                    self._send(master, frame, unplugged)

    def _send(self, master: int, frame: bytes, unplugged: threading.Event) -> None:
        chunk, gap = _CHUNK, 0.0
        match self.reader.trouble:
            case ReaderTrouble.SILENT:
                return
            case ReaderTrouble.GARBAGE:
                # Noise that nearly is a preamble, and then one that is none because its length cannot be.
                frame = b"\x00\xff" + PREAMBLE[:4] + b"\x00" + PREAMBLE + b"\xff\xff" + PREAMBLE[:2] + frame
            case ReaderTrouble.FRAGMENTED:
                chunk, gap = 7, 0.002
            case ReaderTrouble.BAD_CHECKSUM:
                frame = frame[:-1] + bytes([frame[-1] ^ 0x5A])
            case ReaderTrouble.TRUNCATED:
                frame = frame[: len(frame) // 2]
            case _:
                pass
        begin, sent = time.monotonic(), 0
        while sent < len(frame) and not unplugged.is_set():
            try:
                sent += os.write(master, frame[sent : sent + chunk])
            except BlockingIOError:
                return  # nobody takes it: a real line would lose it too
            except OSError:
                return
            begin += gap
            time.sleep(max(0.0, begin + sent / _BYTES_PER_SECOND - time.monotonic()))
