"""A USB bus with a printer on it, as a backend of pyusb: its bulk endpoints lead to the simulated printer's TCP port."""

from __future__ import annotations

import errno
import select
import socket
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core

from devices.printer.simulator import PrinterSimulator

VENDOR, PRODUCT = 0x0416, 0x5011
_IN, _OUT = 0x81, 0x02
_PACKET = 64


class UsbBus(usb.backend.IBackend):
    """`plugged` False: the device is gone, as libusb says it. A second interface stands before the printer's, as on composite devices."""

    def __init__(self, simulator: PrinterSimulator) -> None:
        self.plugged = True
        self.claimed: list[int] = []
        self._line = socket.create_connection(("127.0.0.1", simulator.port))

    def close(self) -> None:
        self._line.close()

    def enumerate_devices(self) -> Any:
        return iter([object()] if self.plugged else [])

    def get_parent(self, dev: object) -> None:
        return None

    def get_device_descriptor(self, dev: object) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x110, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0, bMaxPacketSize0=64,
            idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x100, iManufacturer=0, iProduct=0, iSerialNumber=0, bNumConfigurations=1,
            address=5, bus=1, port_number=1, port_numbers=(1,), speed=2,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: object, config: int) -> Any:
        if config:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=48, bNumInterfaces=2, bConfigurationValue=1, iConfiguration=0, bmAttributes=0x80,
            bMaxPower=50, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: object, intf: int, alt: int, config: int) -> Any:
        if intf > 1 or alt or config:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=intf, bAlternateSetting=0, bNumEndpoints=2 * intf, bInterfaceClass=(3, 7)[intf],
            bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: object, ep: int, intf: int, alt: int, config: int) -> Any:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(_OUT, _IN)[ep], bmAttributes=2, wMaxPacketSize=_PACKET, bInterval=0, bRefresh=0,
            bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: object) -> object:
        return object()

    def close_device(self, dev_handle: object) -> None:
        pass

    def get_configuration(self, dev_handle: object) -> int:
        return 1

    def claim_interface(self, dev_handle: object, intf: int) -> None:
        self._needs_plug()
        self.claimed.append(intf)

    def release_interface(self, dev_handle: object, intf: int) -> None:
        pass

    def bulk_write(self, dev_handle: object, ep: int, intf: int, data: Any, timeout: int) -> int:
        self._needs_plug()
        if not select.select([], [self._line], [], timeout / 1000)[1]:
            raise usb.core.USBTimeoutError("timed out", errno=errno.ETIMEDOUT)
        # A short transfer, as when the printer takes no more for a while.
        return self._line.send(bytes(data)[:512])

    def bulk_read(self, dev_handle: object, ep: int, intf: int, buff: Any, timeout: int) -> int:
        self._needs_plug()
        if not select.select([self._line], [], [], timeout / 1000)[0]:
            raise usb.core.USBTimeoutError("timed out", errno=errno.ETIMEDOUT)
        data = self._line.recv(_PACKET)
        buff[: len(data)] = type(buff)("B", data)
        return len(data)

    def _needs_plug(self) -> None:
        if not self.plugged:
            raise usb.core.USBError("No such device", errno=errno.ENODEV)
