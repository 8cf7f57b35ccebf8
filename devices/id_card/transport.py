"""The two wires to an ID card reader: a serial line, and USB bulk. Bytes only; frames are not known here."""

from __future__ import annotations

import errno
import termios
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import serial
import usb.core
import usb.util

from devices.worker import DeviceFault
from kiosk.ports import DeviceState

#: USB identity of GA 450 readers (devices.md §1).
USB_VENDOR, USB_PRODUCT = 0x0400, 0xC35A

_WRITE_SECONDS = 1.0
#: More than the longest reply, so that no transfer is cut.
_USB_READ_BYTES = 4096
_USB_WRITE_MILLISECONDS = 1000


class Transport(Protocol):
    """An open wire. Every method raises DeviceFault when the reader is gone."""

    def write(self, data: bytes) -> None:
        """Send all of it."""
        ...

    def read(self, seconds: float) -> bytes:
        """What has come, at least one byte, or b"" after so long."""
        ...

    def drain(self) -> None:
        """Throw away what has come and was not read."""
        ...

    def close(self) -> None:
        """Let go of the wire. Never raises."""
        ...


def _unplugged(what: str) -> DeviceFault:
    return DeviceFault("unplugged", f"读卡器断开了（{what}）：检查连接线和电源")


class SerialTransport:
    """8N1 on a serial device, or on a pseudo terminal. Raises DeviceFault from the start if it cannot be opened."""

    def __init__(self, port: str, baud: int) -> None:
        self._port = port
        try:
            self._line = serial.Serial(port, baud, timeout=0, write_timeout=_WRITE_SECONDS, exclusive=True)
        except (serial.SerialException, OSError) as error:
            raise _cannot_open(port, error) from error

    def write(self, data: bytes) -> None:
        """Send all of it."""
        try:
            self._line.write(data)
        except serial.SerialTimeoutException:
            raise DeviceFault("no_answer", "读卡器不收数据：断电重启读卡器", state=DeviceState.FAULT) from None
        except (serial.SerialException, OSError) as error:
            raise _unplugged(self._port) from error

    def read(self, seconds: float) -> bytes:
        """What has come, at least one byte, or b"" after so long."""
        try:
            self._line.timeout = seconds
            first = self._line.read(1)
            return bytes(first + self._line.read(self._line.in_waiting)) if first else b""
        except (serial.SerialException, OSError) as error:
            raise _unplugged(self._port) from error

    def drain(self) -> None:
        """Throw away what has come and was not read."""
        try:
            self._line.reset_input_buffer()
        except (serial.SerialException, OSError, termios.error) as error:
            raise _unplugged(self._port) from error

    def close(self) -> None:
        """Let go of the wire. Never raises."""
        with suppress(serial.SerialException, OSError):  # it may be gone already
            self._line.close()


def _cannot_open(port: str, error: Exception) -> DeviceFault:
    code = getattr(error, "errno", None)
    if code == errno.EACCES:
        hint = f"没有权限打开 {port}：把运行终端的用户加入 dialout 组"
        return DeviceFault("no_permission", hint, permanent=True, state=DeviceState.FAULT)
    # pyserial's exclusive lock says EWOULDBLOCK only in its text.
    if code in (errno.EBUSY, errno.EAGAIN) or "exclusively lock" in str(error):
        return DeviceFault("busy", f"{port} 正被另一个程序占用：关闭那个程序", state=DeviceState.FAULT)
    if Path(port).exists():
        return DeviceFault("cannot_open", f"{port} 打不开：确认它是读卡器的串口", state=DeviceState.FAULT)
    return DeviceFault("not_found", f"没有 {port}：检查读卡器的连接线和电源，或配置里的 devices.id_card.port")


class UsbTransport:
    """USB bulk. `backend` is pyusb's own choice unless given."""

    def __init__(self, backend: Any = None) -> None:  # pyusb has no types
        try:
            device = usb.core.find(idVendor=USB_VENDOR, idProduct=USB_PRODUCT, backend=backend)
        except usb.core.NoBackendError as error:
            raise DeviceFault("no_usb_library", "系统缺少 libusb-1.0：请安装后重启终端", permanent=True, state=DeviceState.FAULT) from error
        if device is None:
            raise DeviceFault("not_found", f"没有 USB 读卡器（{USB_VENDOR:04X}:{USB_PRODUCT:04X}）：检查连接线")
        self._device = device
        try:
            device.set_configuration()
            interface = device.get_active_configuration()[(0, 0)]
        except usb.core.USBError as error:
            if error.errno == errno.EACCES:
                hint = "没有权限使用 USB 读卡器：安装 udev 规则"
                raise DeviceFault("no_permission", hint, permanent=True, state=DeviceState.FAULT) from error
            raise DeviceFault("cannot_open", "USB 读卡器打不开：拔下再插上", state=DeviceState.FAULT) from error
        self._out = _bulk_endpoint(interface, usb.util.ENDPOINT_OUT)
        self._in = _bulk_endpoint(interface, usb.util.ENDPOINT_IN)
        if self._out is None or self._in is None:
            raise DeviceFault("not_a_reader", "这个 USB 设备没有读卡器的端点：请更换读卡器", permanent=True, state=DeviceState.FAULT)

    def write(self, data: bytes) -> None:
        """Send all of it."""
        try:
            self._out.write(data, timeout=_USB_WRITE_MILLISECONDS)
        except usb.core.USBTimeoutError:
            raise DeviceFault("no_answer", "读卡器不收数据：拔下再插上", state=DeviceState.FAULT) from None
        except usb.core.USBError as error:
            raise _unplugged("USB") from error

    def read(self, seconds: float) -> bytes:
        """What has come, at least one byte, or b"" after so long."""
        try:
            return bytes(self._in.read(_USB_READ_BYTES, timeout=max(1, round(seconds * 1000))))
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            raise _unplugged("USB") from error

    def drain(self) -> None:
        """Throw away what has come and was not read."""
        while self.read(0.001):
            pass

    def close(self) -> None:
        """Let go of the wire. Never raises."""
        with suppress(usb.core.USBError):  # it may be gone already
            usb.util.dispose_resources(self._device)


def _bulk_endpoint(interface: Any, direction: int) -> Any:  # pyusb has no types
    for endpoint in interface:
        is_bulk = usb.util.endpoint_type(endpoint.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        if is_bulk and usb.util.endpoint_direction(endpoint.bEndpointAddress) == direction:
            return endpoint
    return None
