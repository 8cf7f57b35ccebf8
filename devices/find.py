"""What is plugged into this machine: serial lines, USB devices, cameras. Opens nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import usb.core
from serial.tools import list_ports

from devices.id_card.transport import USB_PRODUCT, USB_VENDOR

#: USB interface class of printers.
_PRINTER_CLASS = 7


def serial_ports() -> Iterator[dict[str, Any]]:
    """Serial devices of the kernel, with what USB says of them."""
    for port in sorted(list_ports.comports()):
        usb_id = f"{port.vid:04X}:{port.pid:04X}" if port.vid is not None and port.pid is not None else None
        yield {"found": "serial", "port": port.device, "usb": usb_id, "description": port.description}


def usb_devices() -> Iterator[dict[str, Any]]:
    """USB devices; `looks_like` is `id_card` or `printer` where the identity or the interface class says so."""
    try:
        devices = list(usb.core.find(find_all=True))
    except usb.core.NoBackendError:
        yield {"error": "no_usb_library", "message": "系统缺少 libusb-1.0，看不到 USB 设备：请安装"}
        return
    for device in devices:
        yield {"found": "usb", "usb": f"{device.idVendor:04X}:{device.idProduct:04X}", "looks_like": _kind(device)}


def _kind(device: Any) -> str | None:  # pyusb has no types
    if (device.idVendor, device.idProduct) == (USB_VENDOR, USB_PRODUCT):
        return "id_card"
    interfaces = (interface for configuration in device for interface in configuration)
    return "printer" if any(interface.bInterfaceClass == _PRINTER_CLASS for interface in interfaces) else None


def cameras(root: Path = Path("/sys/class/video4linux")) -> Iterator[dict[str, Any]]:
    """Cameras by their number, as `camera` in the configuration wants it. A camera may show up twice: its second node has no picture."""
    for node in sorted(root.glob("video*"), key=lambda node: int(node.name.removeprefix("video"))):
        name = (node / "name").read_text("utf-8", errors="replace").strip() if (node / "name").exists() else ""
        yield {"found": "camera", "camera": int(node.name.removeprefix("video")), "device": f"/dev/{node.name}", "description": name}
