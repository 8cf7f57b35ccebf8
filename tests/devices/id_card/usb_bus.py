"""A USB bus with one simulated reader on it, as a backend of pyusb: the real pyusb, transport and driver run on top of it."""

from __future__ import annotations

import errno
import queue
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core
import usb.util

from devices.id_card.protocol import FrameReader
from devices.id_card.simulator import SimulatedReader
from devices.id_card.transport import USB_PRODUCT, USB_VENDOR

_IN, _OUT = 0x81, 0x02
_PACKET = 64


class UsbBus(usb.backend.IBackend):  # type: ignore[misc]  # pyusb has no types
    """`plugged` False: the device is gone, as libusb says it."""

    def __init__(self) -> None:
        self.reader = SimulatedReader()
        self.plugged = True
        self._frames = FrameReader()
        self._replies: queue.Queue[bytes] = queue.Queue()

    def enumerate_devices(self) -> Any:
        return iter([object()] if self.plugged else [])

    def get_parent(self, dev: object) -> None:
        return None

    def get_device_descriptor(self, dev: object) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x110, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0, bMaxPacketSize0=64,
            idVendor=USB_VENDOR, idProduct=USB_PRODUCT, bcdDevice=0x100, iManufacturer=0, iProduct=0, iSerialNumber=0, bNumConfigurations=1,
            address=5, bus=1, port_number=1, port_numbers=(1,), speed=2,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: object, config: int) -> Any:
        if config:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0, bmAttributes=0x80,
            bMaxPower=50, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: object, intf: int, alt: int, config: int) -> Any:
        if intf or alt or config:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2, bInterfaceClass=0xFF, bInterfaceSubClass=0,
            bInterfaceProtocol=0, iInterface=0, extra_descriptors=[],
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

    def set_configuration(self, dev_handle: object, config_value: int) -> None:
        self._needs_plug()

    def get_configuration(self, dev_handle: object) -> int:
        return 1

    def claim_interface(self, dev_handle: object, intf: int) -> None:
        self._needs_plug()

    def release_interface(self, dev_handle: object, intf: int) -> None:
        pass

    def bulk_write(self, dev_handle: object, ep: int, intf: int, data: Any, timeout: int) -> int:
        self._needs_plug()
        for body in self._frames.feed(bytes(data)):
            frame = self.reader.answer(body)[1]
            for start in range(0, len(frame), 512):
                self._replies.put(frame[start : start + 512])
        return len(data)

    def bulk_read(self, dev_handle: object, ep: int, intf: int, buff: Any, timeout: int) -> int:
        self._needs_plug()
        try:
            data = self._replies.get(timeout=timeout / 1000)
        except queue.Empty:
            raise usb.core.USBTimeoutError("timed out", errno=errno.ETIMEDOUT) from None
        buff[: len(data)] = usb.util.create_buffer(0) + type(buff)("B", data)
        return len(data)

    def _needs_plug(self) -> None:
        if not self.plugged:
            raise usb.core.USBError("No such device", errno=errno.ENODEV)
