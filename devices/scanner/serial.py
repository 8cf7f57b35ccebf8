"""A scanner that is a scan engine on a serial line. What its bytes mean is `messages`' affair."""

from __future__ import annotations

import time

import serial

from devices.scanner.decode import text_of
from devices.scanner.front import InFront
from devices.scanner.messages import ENGINES, Assembler
from devices.worker import Backoff, DeviceFault, DeviceWorker
from kiosk.config import ScannerSection
from kiosk.events import CodeScanned
from kiosk.ports import DeviceKind, DeviceState

#: Seconds of silence that end a message; a byte takes 1 ms at 9600 baud, a USB adapter holds bytes back for 16.
_GAP = 0.08
#: An engine reads one code for a command, or gives up after some 5 s: it is told again so often, seconds.
_TRIGGER_AGAIN = 3.0
#: Seconds from a message to the next trigger: told at once, it would send the code that is still held there.
_PAUSE_AFTER_READ = 0.8
#: A code not seen for so long was taken away: more than a pause, a trigger and a read.
_ABSENCE = 2.5
#: Seconds an engine has to answer the first command.
_ANSWER = 0.4

_ABSENT_HINT = "没有找到扫码器：请检查扫码器的数据线是否插好"
_NO_ANSWER_HINT = "扫码器接上了但不回答状态，可能仍能扫码；扫不上时请检查接线和型号设置"


class SerialScanner(DeviceWorker):
    """kiosk.ports.Scanner over a GM65, Newland or Honeywell engine. An engine that answers nothing is UNKNOWN, never READY."""

    def __init__(self, section: ScannerSection, *, retry: Backoff | None = None) -> None:
        super().__init__(DeviceKind.SCANNER, retry=retry)
        self._port, self._baud = section.port, section.baud
        self._engine = ENGINES[section.engine]
        self._line: serial.Serial | None = None
        self._assembler = Assembler(self._engine)
        self._front = InFront(_ABSENCE)
        self._session: int | None = None
        self._trigger_at = 0.0
        self._heard = 0.0

    # -------------------------------------------------------------- the port

    def arm(self, session: int) -> None:
        """Look for a code until `disarm`; what arrived before is dropped."""
        self.submit(lambda: self._arm(session))

    def disarm(self) -> None:
        """Stop looking, and drop what still comes."""
        self._session = None
        self.submit(self._disarm)

    # -------------------------------------------------------------- the worker

    def connect(self) -> None:
        """Raises DeviceFault `not_connected`."""
        try:
            self._line = serial.Serial(self._port, self._baud, timeout=0.03, write_timeout=1.0, exclusive=True)
        except (serial.SerialException, OSError, ValueError):
            raise DeviceFault("not_connected", _ABSENT_HINT) from None
        self._assembler = Assembler(self._engine)
        self._send(self._engine.stop)
        end = time.monotonic() + _ANSWER
        while self._engine.answer is not None and self._assembler.answers == 0 and time.monotonic() < end:
            self._assembler.feed(self._receive())
        self._assembler.clear()
        if self._assembler.answers == 0:
            self.publish(DeviceState.UNKNOWN, "no_answer", _NO_ANSWER_HINT)

    def serve(self) -> None:
        """Take what came; tell the engine to look while armed."""
        now = time.monotonic()
        if self._session is not None and now >= self._trigger_at:
            self._send(self._engine.start)
            self._trigger_at = now + _TRIGGER_AGAIN
        data = self._receive()
        now = time.monotonic()
        answers = self._assembler.answers
        messages = self._assembler.feed(data)
        if data:
            self._heard = now
        elif self._assembler.waiting and now - self._heard > _GAP:
            last = self._assembler.gap()
            messages += [] if last is None else [last]
        if self._assembler.answers > answers and self.status.state is DeviceState.UNKNOWN:
            self.publish(DeviceState.READY)
        for message in messages:
            self._take(message, now)

    def disconnect(self) -> None:
        """Release the line."""
        if self._line is not None:
            self._line.close()
            self._line = None
        self._assembler.clear()

    def _take(self, message: bytes, now: float) -> None:
        self._trigger_at = now + _PAUSE_AFTER_READ
        session, text = self._session, text_of(message)
        if session is not None and text is not None and self._front.sighted(text, now):
            self.post(CodeScanned(session, text))

    def _arm(self, session: int) -> None:
        if self._line is not None:
            self._receive()
        self._assembler.clear()
        self._front.forget()
        self._session, self._trigger_at = session, 0.0

    def _disarm(self) -> None:
        self._session = None
        self._front.forget()
        self._assembler.clear()
        if self._line is not None:
            self._send(self._engine.stop)

    def _send(self, command: bytes) -> None:
        try:
            if self._line is not None:
                self._line.write(command)
        except (serial.SerialException, OSError):
            raise DeviceFault("not_connected", _ABSENT_HINT) from None

    def _receive(self) -> bytes:
        """What came within 30 ms, perhaps nothing."""
        try:
            if self._line is None:
                return b""
            return bytes(self._line.read(max(1, self._line.in_waiting)))
        except (serial.SerialException, OSError):
            raise DeviceFault("not_connected", _ABSENT_HINT) from None
