"""A receipt printer on a TCP port: prints ESC/POS on pictures of paper, answers status, and runs out of paper when told to.

Stands at the far end of the wire in tests and in the demonstration; shares nothing with the driver.
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from pathlib import Path
from types import TracebackType

from devices.printer.simulated_interpreter import Interpreter
from devices.printer.simulated_roll import Roll

#: As much as a cheap printer holds; beyond it the line has to wait.
_BUFFER = 4096

#: Found in the stream as it arrives, whatever it is part of: DLE EOT n, and DLE DC4 8 (clear the buffers).
_CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
_REAL_TIME = re.compile(rb"\x10\x04([\x01-\x04])|" + re.escape(_CLEAR), re.DOTALL)

#: Rows printed between two pauses, at a realistic speed.
_BURST = 24


class _Interrupted(Exception):
    """What was being printed is not to be continued: buffers cleared, power cut, or the end."""


class PrinterSimulator:
    """A printer with `width_px` dots across (576: 80 mm, 384: 58 mm). What it cut off is in `paper_dir` as receipt-0001.png and so on.

    `rows_per_second` makes it as slow as a real one (1200 to 2000); None is as fast as it can. `faults` lists what it did not
    understand. All methods may be called from any thread.
    """

    def __init__(
        self, paper_dir: Path, host: str = "127.0.0.1", port: int = 0, width_px: int = 576, rows_per_second: float | None = None
    ) -> None:
        self.paper_dir = paper_dir
        self.faults: list[str] = []
        self._host, self._port = host, port
        self._speed = rows_per_second
        self._changed = threading.Condition()
        self._paper, self._near_end, self._cover, self._mute, self._cutter = True, False, False, False, False
        #: By the length of the answer: GS r and GS ( H.
        self._knows = {1: True, 7: True}
        self._rows_left: int | None = None
        self._printed = 0
        self._buffer = bytearray()
        self._tails: dict[socket.socket, bytes] = {}
        self._last: socket.socket | None = None
        self._listener: socket.socket | None = None
        self._generation = 0
        self._running = 0
        self._stopped = True
        self._roll = Roll(paper_dir, width_px, self._before_row)
        self._interpreter = Interpreter(self._take, self._roll, self._reply, self.faults)
        self._interpreter.paper_byte = lambda: (0x00 if self._paper else 0x0C) | (0x03 if self._near_end else 0x00)
        self._threads: list[threading.Thread] = []
        self._seen = 0

    # -------------------------------------------------------------- for tests and the bench

    def start(self) -> PrinterSimulator:
        """Listen and print; the port is known afterwards."""
        self._stopped = False
        self.plug()
        thread = threading.Thread(target=self._print_on, name="printer-simulator", daemon=True)
        self._threads.append(thread)
        thread.start()
        return self

    def stop(self) -> None:
        """End; what was printed but not cut is lost."""
        self._stopped = True
        self.unplug()
        for thread in self._threads:
            thread.join(2)

    def __enter__(self) -> PrinterSimulator:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    @property
    def port(self) -> int:
        """The TCP port."""
        return self._port

    @property
    def target(self) -> str:
        """The simulator as a configuration names it."""
        return f"tcp:{self._host}:{self._port}"

    @property
    def receipts(self) -> list[Path]:
        """The pictures of the papers cut off, oldest first."""
        return sorted(self.paper_dir.glob("receipt-[0-9]*.png"))

    @property
    def rows_printed(self) -> int:
        """Rows printed since the start, also white ones."""
        return self._printed

    @property
    def bytes_received(self) -> int:
        """Bytes that came in since the start, questions about the status not counted."""
        return self._seen

    def set_paper(self, present: bool) -> None:
        """Take the roll out, or put a new one in; what hung out half printed is torn off."""
        with self._changed:
            if present and not self._paper:
                self._roll.tear()
                self._rows_left = None
            self._paper = present
            self._changed.notify_all()

    def paper_out_after(self, rows: int) -> None:
        """The roll ends after so many rows more."""
        with self._changed:
            self._rows_left = rows

    def set_near_end(self, near: bool) -> None:
        """The roll is nearly used up."""
        self._near_end = near

    def open_cover(self, is_open: bool) -> None:
        """Open or close the cover; open, nothing is printed."""
        with self._changed:
            self._cover = is_open
            self._changed.notify_all()

    def jam_cutter(self, jammed: bool) -> None:
        """The cutter sticks, or is freed."""
        with self._changed:
            self._cutter = jammed
            self._changed.notify_all()

    def mute(self, silent: bool) -> None:
        """Print, but answer nothing, like a printer whose return line is not connected."""
        self._mute = silent

    def answer_barriers(self, gs_r: bool = True, gs_h: bool = True) -> None:
        """Which of the questions that are answered in order it knows: printers differ."""
        self._knows = {1: gs_r, 7: gs_h}

    def unplug(self) -> None:
        """Power off: connections break, what was not printed is lost, the paper stays where it is."""
        with self._changed:
            listener, self._listener = self._listener, None
            connections = list(self._tails)
            self._tails.clear()
            self._forget()
        for each in [listener, *connections]:
            if each is not None:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()

    def plug(self) -> None:
        """Power on again, on the same port."""
        if self._listener is not None:
            return
        listener = socket.create_server((self._host, self._port), reuse_port=False)
        self._port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), name="printer-simulator-accept", daemon=True).start()

    # -------------------------------------------------------------- the line

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with self._changed:
                if self._listener is not listener:
                    connection.close()
                    return
                self._tails[connection] = b""
            threading.Thread(target=self._receive, args=(connection,), name="printer-simulator-line", daemon=True).start()

    def _receive(self, connection: socket.socket) -> None:
        while True:
            try:
                received = connection.recv(1024)
            except OSError:
                received = b""
            with self._changed:
                if not received or connection not in self._tails:
                    self._tails.pop(connection, None)
                    connection.close()
                    return
            self._arrived(connection, received)

    def _arrived(self, connection: socket.socket, received: bytes) -> None:
        """Answer at once what is asked in real time, then put everything into the buffer, waiting while it is full."""
        # Before anything is answered: whoever has an answer here gets what is answered in order from then on.
        self._last = connection
        tail = self._tails.get(connection, b"")
        window = tail + received
        keep_from = 0
        at_once = [found for found in _REAL_TIME.finditer(window) if found.end() > len(tail)]
        self._seen += len(received) - 3 * len(at_once)
        for found in at_once:
            if found.group(1):
                self._answer(connection, found.group(1)[0])
            else:
                with self._changed:
                    self._forget()
                keep_from = found.end() - len(tail)
        self._tails[connection] = window[-(len(_CLEAR) - 1) :]
        if keep_from > 0:
            self._tails[connection] = b""
        received = received[max(0, keep_from) :]
        with self._changed:
            generation = self._generation
            while received:
                room = _BUFFER - len(self._buffer)
                self._buffer += received[:room]
                received = received[room:]
                self._changed.notify_all()
                if received:
                    self._changed.wait()
                    if generation != self._generation:
                        return

    def _forget(self) -> None:
        self._buffer.clear()
        self._generation += 1
        self._changed.notify_all()

    def _answer(self, connection: socket.socket, number: int) -> None:
        """DLE EOT n; bits 1 and 4 are always set."""
        offline = not self._paper or self._cover or self._cutter
        byte = {
            1: 0x08 if offline else 0,
            2: (0x04 if self._cover else 0) | (0 if self._paper else 0x20) | (0x40 if self._cutter else 0),
            3: 0x08 if self._cutter else 0,
            4: (0x0C if self._near_end or not self._paper else 0) | (0 if self._paper else 0x60),
        }[number]
        self._send(connection, bytes((0x12 | byte,)))

    def _reply(self, answer: bytes) -> None:
        if self._last is not None and self._knows[len(answer)]:
            self._send(self._last, answer)

    def _send(self, connection: socket.socket, answer: bytes) -> None:
        if not self._mute:
            with contextlib.suppress(OSError):
                connection.sendall(answer)

    # -------------------------------------------------------------- the print head

    def _print_on(self) -> None:
        generation = 0
        while not self._stopped:
            if generation != self._generation:
                generation = self._generation
                self._interpreter.reset()
            self._running = generation
            try:
                self._interpreter.step()
            except _Interrupted:
                continue

    def _take(self, count: int) -> bytes:
        """The next bytes of the buffer, as soon as there are as many and the printer is on line."""
        taken = bytearray()
        with self._changed:
            while len(taken) < count:
                self._wait_while_offline()
                if self._buffer:
                    part = self._buffer[: count - len(taken)]
                    del self._buffer[: len(part)]
                    taken += part
                    self._changed.notify_all()
                else:
                    self._changed.wait()
                    self._check()
        return bytes(taken)

    def _before_row(self) -> None:
        with self._changed:
            self._wait_while_offline()
            self._printed += 1
            if self._rows_left is not None:
                self._rows_left -= 1
                if self._rows_left < 0:
                    self._rows_left, self._paper = None, False
                    self._printed -= 1
                    self._wait_while_offline()
                    self._printed += 1
        if self._speed is not None and self._printed % _BURST == 0:
            time.sleep(_BURST / self._speed)

    def _wait_while_offline(self) -> None:
        self._check()
        while not self._paper or self._cover or self._cutter:
            self._changed.wait()
            self._check()

    def _check(self) -> None:
        if self._stopped or self._running != self._generation:
            raise _Interrupted
