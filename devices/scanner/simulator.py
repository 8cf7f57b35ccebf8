"""A serial scan engine that answers byte for byte on a real pseudo terminal. For demonstration and tests."""

from __future__ import annotations

import os
import select
import threading
import time
import tty
from pathlib import Path

from devices.scanner.messages import ENGINES

#: What each family says to a command (devices.md §2). Newland repeats it with 06 before the last two bytes; Honeywell says nothing.
_GM65_ANSWER = bytes.fromhex("02 00 00 01 00 33 31")

#: Seconds from trigger to data.
_READING = 0.06


class ScanEngineSimulator:
    """A scan engine. `link` is where its device name appears, as udev would put it; without it see `port`.

    It reads what is held up once per trigger, as the real ones do in command mode. `terminator` ends a message (b"" for none),
    `piece` is how many bytes go out at a time, `silent` engines answer no command.
    """

    def __init__(
        self, link: Path | None = None, *, engine: str = "gm65", terminator: bytes = b"\r", piece: int = 64, silent: bool = False
    ) -> None:
        self._engine_name, self._engine = engine, ENGINES[engine]
        self.terminator, self.piece, self.silent = terminator, piece, silent
        self._link = link
        self._held: bytes | None = None
        self._looking = False
        #: Every command received, in order: what a test looks at.
        self.commands: list[bytes] = []
        self._ends: tuple[int, int] | None = None
        self._port = ""
        self._thread: threading.Thread | None = None
        self._unplugged = threading.Event()
        self._writing = threading.Lock()

    # -------------------------------------------------------------- what a person does

    def hold_up(self, code: str | bytes) -> None:
        """Hold a code before the engine: a text (sent as UTF-8) or bytes as they are. Read when it is told to look."""
        self._held = code.encode("utf-8") if isinstance(code, str) else code

    def take_away(self) -> None:
        """Take the code away."""
        self._held = None

    def send(self, data: bytes) -> None:
        """Send bytes unasked, as an engine left in its continuous mode does."""
        self._write(data)

    @property
    def looking(self) -> bool:
        """Whether it was told to look and has not read since."""
        return self._looking

    @property
    def plugged(self) -> bool:
        """Whether the device exists."""
        return self._ends is not None

    @property
    def port(self) -> str:
        """The device to open: the link, or the pseudo terminal itself."""
        return str(self._link) if self._link is not None else self._port

    def plug(self) -> None:
        """Connect the cable. Does nothing if it is connected."""
        if self._ends is not None:
            return
        master, slave = os.openpty()
        tty.setraw(slave)
        self._ends, self._port, self._looking = (master, slave), os.ttyname(slave), False
        if self._link is not None:
            self._link.parent.mkdir(parents=True, exist_ok=True)
            self._link.unlink(missing_ok=True)
            self._link.symlink_to(self._port)
        self._unplugged = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(master, self._unplugged), name="simulated-scan-engine", daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Pull the cable: whoever has the device open gets an error. Does nothing if it is not connected."""
        if self._ends is None:
            return
        self._unplugged.set()
        if self._thread is not None:
            self._thread.join()
        with self._writing:
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
        pending = b""
        while not unplugged.is_set():
            if select.select([master], [], [], 0.02)[0]:
                try:
                    pending = self._obey(pending + os.read(master, 1024))
                except OSError:
                    return
            held = self._held
            if self._looking and held is not None and not unplugged.wait(_READING):
                self._looking = False
                self._write(held + self.terminator)

    def _obey(self, pending: bytes) -> bytes:
        """Act on the whole commands at the start of what came; gives what is left."""
        commands = (self._engine.start, self._engine.stop)
        while pending:
            whole = next((command for command in commands if pending.startswith(command)), None)
            if whole is None:
                if any(command.startswith(pending) for command in commands):
                    return pending
                pending = pending[1:]
                continue
            pending = pending[len(whole) :]
            self.commands.append(whole)
            if not self.silent:
                self._write(self._answer(whole))
            self._looking = whole == self._engine.start
        return pending

    def _answer(self, command: bytes) -> bytes:
        match self._engine_name:
            case "gm65":
                return _GM65_ANSWER
            case "newland":
                return b"\x02" + command[1:-2] + b"\x06" + command[-2:]
            case _:
                return b""

    def _write(self, data: bytes) -> None:
        with self._writing:
            for begin in range(0, len(data), self.piece):
                if self._ends is None:
                    return
                os.write(self._ends[0], data[begin : begin + self.piece])
                if begin + self.piece < len(data):
                    time.sleep(0.004)
