"""The terminal's configuration: typed, from one TOML file. What cannot be used stops the start with a sentence that says which key and how to mend it."""

from __future__ import annotations

import difflib
import tomllib
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from kiosk.errors import ConfigurationError

EMBEDDED = "embedded"

#: Where the kernel puts the ends of pseudo terminals: a simulator's, never a device's.
_PSEUDO_TERMINALS = "/dev/pts/"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mode(StrEnum):
    """`production` refuses simulators, unconfirmed guides and a clock of its own."""

    PRODUCTION = "production"
    DEMO = "demo"


class TerminalSection(_Section):
    """[terminal]"""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{2,20}$")]
    short_name: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,4}$")] = Field(
        description="In receipt numbers and codes; unique in the center."
    )
    township_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{2,40}$")]
    mode: Mode = Mode.PRODUCTION
    data_dir: Path = Field(description="Outbox, keys, log. Made if missing, readable by this user only.")


class CenterSection(_Section):
    """[center]"""

    url: str = Field(default=EMBEDDED, description="`embedded`, or the address of a center elsewhere.")
    port: int = Field(default=8471, ge=1, le=65535, description="Loopback port of the embedded center.")
    config: Path = Field(default=Path("config/center.toml"), description="The embedded center's own configuration.")
    catalogue: Path = Field(default=Path("config/catalogue"), description="Guides that the embedded center loads.")
    timeout_seconds: float = Field(default=6.0, gt=0, le=60)
    health_seconds: float = Field(default=60.0, ge=1, le=600, description="Between two reports of the terminal's own state.")

    @model_validator(mode="after")
    def _address(self) -> CenterSection:
        if self.url != EMBEDDED and not self.url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise ValueError('url is "embedded", or begins with https:// (http:// only for 127.0.0.1)')
        return self


class ScreenSection(_Section):
    """[screen]"""

    width: int = Field(default=1080, ge=600, le=4320, description="px; width and height together tell upright or wide")
    height: int = Field(default=1920, ge=600, le=4320)
    fullscreen: bool = True
    reveal: Path | None = Field(
        default=None,
        description="Scripts that touch the screen read here what is where: view, and id and rectangle of each target. Not in production.",
    )


class SessionSection(_Section):
    """[session]"""

    idle_seconds: float = Field(default=60, gt=0, le=600, description="Without a touch, then the question.")
    countdown_seconds: float = Field(default=20, gt=0, le=120, description="Then the wipe.")
    send_wait_seconds: float = Field(
        default=8, gt=0, le=60, description="How long a citizen waits for the center before being told that it goes out later."
    )


class ClockSection(_Section):
    """[clock]: for demonstration and tests."""

    start: datetime | None = Field(default=None, description="The clock starts here and runs on; not in production.")


class PlacesSection(_Section):
    """[places]: where things are on this machine, as the citizen is told."""

    id_card: str = "屏幕右下方"
    printer: str = "屏幕下方中间"
    scanner: str = "屏幕左下方"
    document_camera: str = "屏幕右侧"


class IdCardSection(_Section):
    """[devices.id_card]"""

    driver: Literal["ga450-serial", "ga450-usb", "none"] = "none"
    port: str = Field(default="", description="Serial device, e.g. /dev/oneseal-id-card")
    baud: int = Field(default=115200, ge=1200, le=921600)


class ScannerSection(_Section):
    """[devices.scanner]"""

    driver: Literal["camera", "folder", "serial", "none"] = "none"
    camera: int = Field(default=0, ge=0, le=63)
    folder: Path | None = Field(default=None, description="folder: pictures instead of a camera; a simulator")
    port: str = Field(default="", description="serial: device")
    baud: int = Field(default=9600, ge=1200, le=921600)
    engine: Literal["gm65", "newland", "honeywell"] = Field(default="gm65", description="serial: command set")


class PrinterSection(_Section):
    """[devices.printer]"""

    driver: Literal["escpos", "none"] = "none"
    target: str = Field(default="", description="serial:PORT[@BAUD], tcp:HOST:PORT, usb:VID:PID or file:DIR")
    mode: Literal["raster", "native"] = "raster"
    width: Literal[58, 80] = Field(default=80, description="paper, mm")
    simulated: bool = Field(default=False, description="The target is a simulator; not in production.")


class DocumentCameraSection(_Section):
    """[devices.document_camera]"""

    driver: Literal["camera", "folder", "none"] = "none"
    camera: int = Field(default=0, ge=0, le=63)
    folder: Path | None = Field(default=None, description="folder: pictures instead of a camera; a simulator")


class DevicesSection(_Section):
    """[devices]"""

    id_card: IdCardSection = IdCardSection()
    scanner: ScannerSection = ScannerSection()
    printer: PrinterSection = PrinterSection()
    document_camera: DocumentCameraSection = DocumentCameraSection()

    @model_validator(mode="after")
    def _complete(self) -> DevicesSection:
        if self.id_card.driver == "ga450-serial" and not self.id_card.port:
            raise ValueError("id_card.port is missing: name the reader's serial device")
        if self.scanner.driver == "serial" and not self.scanner.port:
            raise ValueError("scanner.port is missing: name the scanner's serial device")
        if self.printer.driver == "escpos" and not self.printer.target:
            raise ValueError("printer.target is missing: serial:PORT[@BAUD], tcp:HOST:PORT, usb:VID:PID or file:DIR")
        for name, section in (("scanner", self.scanner), ("document_camera", self.document_camera)):
            if section.driver == "folder" and section.folder is None:
                raise ValueError(f"{name}.folder is missing: name the folder of pictures")
        return self

    def simulators(self) -> tuple[str, ...]:
        """The keys that name a simulator rather than a device."""
        found = []
        if self.id_card.port and str(Path(self.id_card.port).resolve()).startswith(_PSEUDO_TERMINALS):
            found.append("devices.id_card.port")
        if self.scanner.driver == "folder":
            found.append("devices.scanner.driver")
        if self.scanner.port and str(Path(self.scanner.port).resolve()).startswith(_PSEUDO_TERMINALS):
            found.append("devices.scanner.port")
        if self.printer.simulated:
            found.append("devices.printer.simulated")
        if self.printer.target.startswith("file:"):
            found.append("devices.printer.target")
        if self.document_camera.driver == "folder":
            found.append("devices.document_camera.driver")
        return tuple(found)


class KioskConfig(_Section):
    """All of it."""

    terminal: TerminalSection
    center: CenterSection = CenterSection()
    screen: ScreenSection = ScreenSection()
    session: SessionSection = SessionSection()
    clock: ClockSection = ClockSection()
    places: PlacesSection = PlacesSection()
    devices: DevicesSection = DevicesSection()

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration: simulators and unconfirmed guides, under the band 示例."""
        return self.terminal.mode is Mode.DEMO


def _keys_of(section: list[str]) -> list[str]:
    """The keys that a section takes."""
    model: type[BaseModel] = KioskConfig
    for name in section:
        annotation = model.model_fields[name].annotation
        assert isinstance(annotation, type) and issubclass(annotation, BaseModel), "a key inside a section"
        model = annotation
    return list(model.model_fields)


def _sentence(path: Path, error: ValidationError) -> str:
    # A misspelled key is both unknown and missing: the unknown one is what somebody wrote, and can mend.
    first = next((each for each in error.errors() if each["type"] == "extra_forbidden"), error.errors()[0])
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        *section, name = (str(part) for part in first["loc"])
        close = difflib.get_close_matches(name, _keys_of(section), n=1)
        mend = (
            f"perhaps {'.'.join([*section, close[0]])} is meant; correct it or delete the line."
            if close
            else "check its spelling or delete the line."
        )
        return f"{path}: the key {key} is not known; {mend}"
    if first["type"] == "missing":
        return f"{path}: the key {key} is missing; add it."
    reason = first["msg"].removeprefix("Value error, ")
    return f"{path}: {key or 'the file'} cannot be used: {reason}. Mend this key and start again."


def load_config(path: Path) -> KioskConfig:
    """Read and check the configuration. Raises ConfigurationError with one sentence that names the file, the key and the way to mend it."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigurationError("config_missing", f"{path} does not exist; name the terminal's configuration with --config.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError("config_unreadable", f"{path} cannot be read: {error}. Check the file and its permissions.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError("config_syntax", f"{path} is not valid TOML: {error}. Mend that line.") from None
    try:
        config = KioskConfig.model_validate(raw)
    except ValidationError as error:
        raise ConfigurationError("config_invalid", _sentence(path, error)) from None
    if not config.demo:
        _refuse_in_production(path, config)
    if config.center.url == EMBEDDED:
        for key, file in (("center.config", config.center.config), ("center.catalogue", config.center.catalogue)):
            if not file.exists():
                raise ConfigurationError(
                    "config_file_missing", f"{path}: {key} names {file}, which does not exist; correct the path or add the file."
                )
    return config


def _refuse_in_production(path: Path, config: KioskConfig) -> None:
    simulators = config.devices.simulators()
    if simulators:
        raise ConfigurationError(
            "simulator_in_production",
            f'{path}: {simulators[0]} names a simulator, and terminal.mode is "production"; name the real device, or set mode = "demo".',
        )
    if config.screen.reveal is not None:
        raise ConfigurationError(
            "reveal_in_production", f'{path}: screen.reveal is for scripts, and terminal.mode is "production"; delete the key.'
        )
    if config.clock.start is not None:
        raise ConfigurationError(
            "clock_in_production", f'{path}: clock.start sets a clock of its own, and terminal.mode is "production"; delete the key.'
        )
