"""The line to a printer: bytes out with a time limit, bytes in as they come. Knows no command.

Own lines instead of python-escpos' printer classes, whose serial writes have no time-out, whose reads take silence or a
closed peer for "plenty of paper", and which stay broken after a reset (devices.md §3).
"""

from __future__ import annotations

import select
import socket
import termios
from typing import Protocol

import serial

from devices.printer.lost import TransportLost
from devices.printer.target import SerialTarget, TcpTarget, UsbTarget
from devices.printer.usb_transport import UsbTransport

_CONNECT_SECONDS = 3.0


class Transport(Protocol):
    """One open line. Every method raises TransportLost once the printer or the line is gone."""

    def write(self, data: bytes, seconds: float) -> int:
        """Send; give up when not a byte went out for `seconds`.

        Returns how many bytes went out: fewer than given means that the printer takes no more now.
        """
        ...

    def read(self, seconds: float) -> bytes:
        """What has come in, waiting up to `seconds` for the first byte; b"" is silence."""
        ...

    def seconds_for(self, count: int) -> float:
        """How long so many bytes are on the way; 0 where that is less than printing takes."""
        ...

    def close(self) -> None:
        """Give the line back. Never raises."""
        ...


class TcpTransport:
    """A printer's port on the network."""

    def __init__(self, target: TcpTarget) -> None:
        try:
            self._socket = socket.create_connection((target.host, target.port), timeout=_CONNECT_SECONDS)
        except OSError as error:
            raise TransportLost(f"no printer answers at {target.host}:{target.port}: {error}") from None
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setblocking(False)

    def write(self, data: bytes, seconds: float) -> int:
        """See Transport."""
        sent = 0
        try:
            while sent < len(data):
                if not select.select([], [self._socket], [], seconds)[1]:
                    return sent
                sent += self._socket.send(data[sent:])
        except OSError as error:
            raise TransportLost(f"the printer's connection broke: {error}") from None
        return sent

    def read(self, seconds: float) -> bytes:
        """See Transport."""
        try:
            if not select.select([self._socket], [], [], seconds)[0]:
                return b""
            received = self._socket.recv(4096)
        except OSError as error:
            raise TransportLost(f"the printer's connection broke: {error}") from None
        if not received:
            raise TransportLost("the printer closed the connection")
        return received

    def seconds_for(self, count: int) -> float:
        """See Transport."""
        return 0.0

    def close(self) -> None:
        """See Transport."""
        self._socket.close()


class SerialTransport:
    """A printer on a serial line, 8N1.

    No flow control is needed: at up to 115200 baud a raster row of 72 bytes comes slower (160 rows/s) than any printer prints.
    """

    def __init__(self, target: SerialTarget) -> None:
        try:
            self._serial = serial.Serial(target.port, target.baud, timeout=0, write_timeout=0, exclusive=True)
        except (serial.SerialException, OSError, ValueError) as error:
            raise TransportLost(f"the serial device {target.port} cannot be opened: {error}") from None

    def write(self, data: bytes, seconds: float) -> int:
        """See Transport."""
        sent = 0
        try:
            while sent < len(data):
                if not select.select([], [self._serial.fileno()], [], seconds)[1]:
                    return sent
                sent += self._serial.write(data[sent : sent + 1024]) or 0
        except (serial.SerialException, OSError) as error:
            raise TransportLost(f"the serial line broke: {error}") from None
        return sent

    def read(self, seconds: float) -> bytes:
        """See Transport."""
        try:
            if not select.select([self._serial.fileno()], [], [], seconds)[0]:
                return b""
            received = bytes(self._serial.read(4096))
        except (serial.SerialException, OSError) as error:
            raise TransportLost(f"the serial line broke: {error}") from None
        if not received:
            raise TransportLost("the serial device is gone")
        return received

    def seconds_for(self, count: int) -> float:
        """See Transport. Ten bits a byte."""
        return count * 10 / float(self._serial.baudrate)

    def close(self) -> None:
        """See Transport."""
        # What was not sent is dropped; waiting for a dead line to take it could last forever.
        try:
            self._serial.reset_output_buffer()
            self._serial.close()
        except (serial.SerialException, OSError, termios.error):
            return


def open_transport(target: SerialTarget | TcpTarget | UsbTarget) -> Transport:
    """Open the line to the printer. Raises TransportLost."""
    match target:
        case TcpTarget():
            return TcpTransport(target)
        case SerialTarget():
            return SerialTransport(target)
        case UsbTarget():
            return UsbTransport(target)
