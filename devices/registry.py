"""From the configured name of a driver to its port: the allow-list of drivers. A driver's libraries are loaded only if it is chosen."""

from __future__ import annotations

from kiosk.clock import Clock
from kiosk.config import DocumentCameraSection, IdCardSection, KioskConfig, PrinterSection, ScannerSection
from kiosk.errors import ConfigurationError
from kiosk.ports import DeviceKind, DocumentCamera, IdCardReader, Port, ReceiptPrinter, Scanner

# The imports inside the functions are on purpose: OpenCV, pyusb and the printer's library take a second to load.


def build_id_card_reader(section: IdCardSection, clock: Clock | None = None) -> IdCardReader:
    """The configured reader. `clock` bounds birth dates (GB 11643)."""
    match section.driver:
        case "ga450-serial":
            from devices.id_card.driver import Ga450SerialReader

            return Ga450SerialReader(section, clock)
        case "ga450-usb":
            from devices.id_card.driver import Ga450UsbReader

            return Ga450UsbReader(section, clock)
        case "none":
            from devices.absent import AbsentIdCardReader

            return AbsentIdCardReader()


def build_scanner(section: ScannerSection) -> Scanner:
    """The configured scanner."""
    match section.driver:
        case "camera" | "folder":
            from devices.scanner.camera import CameraScanner

            return CameraScanner(section)
        case "serial":
            from devices.scanner.serial import SerialScanner

            return SerialScanner(section)
        case "none":
            from devices.absent import AbsentScanner

            return AbsentScanner()


def build_printer(section: PrinterSection) -> ReceiptPrinter:
    """The configured printer. Raises ConfigurationError that names the key if the target cannot be understood."""
    match section.driver:
        case "escpos":
            from devices.printer.driver import EscposPrinter

            try:
                return EscposPrinter(section)
            except ConfigurationError as fault:
                raise ConfigurationError(fault.code, f"devices.printer.target: {fault.message}") from None
        case "none":
            from devices.absent import AbsentPrinter

            return AbsentPrinter()


def build_document_camera(section: DocumentCameraSection) -> DocumentCamera:
    """The configured document camera."""
    match section.driver:
        case "camera" | "folder":
            from devices.document_camera.driver import CameraDocumentCamera

            return CameraDocumentCamera(section)
        case "none":
            from devices.absent import AbsentDocumentCamera

            return AbsentDocumentCamera()


def build_devices(config: KioskConfig, clock: Clock | None = None) -> dict[DeviceKind, Port]:
    """All four ports, not started."""
    devices = config.devices
    return {
        DeviceKind.ID_CARD: build_id_card_reader(devices.id_card, clock),
        DeviceKind.SCANNER: build_scanner(devices.scanner),
        DeviceKind.PRINTER: build_printer(devices.printer),
        DeviceKind.DOCUMENT_CAMERA: build_document_camera(devices.document_camera),
    }
