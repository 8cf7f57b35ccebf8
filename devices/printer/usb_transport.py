"""The line to a USB printer: the two bulk endpoints of its printer interface, with time limits (USB class 7). Knows no command."""

from __future__ import annotations

import contextlib
import time

import usb.backend
import usb.core
import usb.util

from devices.printer.lost import TransportLost
from devices.printer.target import UsbTarget

_PRINTER_CLASS = 7
_CHUNK = 4096


class UsbTransport:
    """A printer on USB. See `transport.Transport`; after a reset or a new plugging in it has to be opened again.

    `backend`: pyusb's way to the bus, libusb if None.
    """

    def __init__(self, target: UsbTarget, backend: usb.backend.IBackend | None = None) -> None:
        name = f"{target.vendor:04x}:{target.product:04x}"
        try:
            device = usb.core.find(idVendor=target.vendor, idProduct=target.product, backend=backend)
        except (usb.core.USBError, usb.core.NoBackendError) as error:
            raise TransportLost(f"USB cannot be used: {error}") from None
        if device is None:
            raise TransportLost(f"no USB printer {name} is plugged in")
        try:
            interface = self._claim(device)
        except usb.core.USBError as error:
            raise TransportLost(f"the USB printer {name} cannot be opened: {error}; check the udev rule") from None
        self._device = device
        ends = {usb.util.endpoint_direction(end.bEndpointAddress): end for end in interface if _is_bulk(end)}
        if usb.util.ENDPOINT_OUT not in ends:
            usb.util.dispose_resources(device)
            raise TransportLost(f"the USB device {name} has no way to send to it: it is no printer")
        self._out, self._in = ends[usb.util.ENDPOINT_OUT], ends.get(usb.util.ENDPOINT_IN)

    @staticmethod
    def _claim(device: usb.core.Device) -> usb.core.Interface:
        configuration = device.get_active_configuration()
        interfaces = list(configuration)
        chosen = next((each for each in interfaces if each.bInterfaceClass == _PRINTER_CLASS), interfaces[0])
        number = chosen.bInterfaceNumber
        # The kernel's usblp holds printers; a system without such drivers says NotImplementedError.
        with contextlib.suppress(NotImplementedError):
            if device.is_kernel_driver_active(number):
                device.detach_kernel_driver(number)
        usb.util.claim_interface(device, number)
        return chosen

    def write(self, data: bytes, seconds: float) -> int:
        """See Transport."""
        sent = 0
        while sent < len(data):
            try:
                sent += int(self._out.write(data[sent : sent + _CHUNK], max(1, int(seconds * 1000))))
            except usb.core.USBTimeoutError:
                return sent
            except usb.core.USBError as error:
                raise TransportLost(f"the USB printer is gone: {error}") from None
        return sent

    def read(self, seconds: float) -> bytes:
        """See Transport. A printer without an endpoint to read from is silent."""
        if self._in is None:
            time.sleep(seconds)
            return b""
        try:
            return bytes(self._in.read(self._in.wMaxPacketSize, max(1, int(seconds * 1000))))
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            raise TransportLost(f"the USB printer is gone: {error}") from None

    def seconds_for(self, count: int) -> float:
        """See Transport."""
        return 0.0

    def close(self) -> None:
        """See Transport."""
        try:
            usb.util.dispose_resources(self._device)
        except usb.core.USBError:
            return


def _is_bulk(endpoint: usb.core.Endpoint) -> bool:
    return bool(usb.util.endpoint_type(endpoint.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK)
