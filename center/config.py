"""The center's configuration: typed, from one TOML file. What cannot be used stops the start with a sentence that says which key and how to mend it."""

from __future__ import annotations

import tomllib
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from center.domain.roles import Role
from center.errors import ConfigurationError

Hour = Annotated[int, Field(ge=0, le=23)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mode(StrEnum):
    """`production` refuses unconfirmed guides and a clock of its own."""

    PRODUCTION = "production"
    DEMO = "demo"


class CenterSection(_Section):
    """[center]"""

    township_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{2,40}$")]
    name: str = Field(min_length=2, max_length=40)
    mode: Mode = Mode.PRODUCTION
    public_base_url: Annotated[str, StringConstraints(pattern=r"^(https://[^\s/]+(/[^\s]*)?)?$")] = Field(
        default="", description="Where citizens' phones find the public pages; empty: there are none, and nothing promises one."
    )
    window_hours: str = Field(default="", max_length=60, description="When the windows are staffed, in words.")
    night: tuple[Hour, Hour] = Field(default=(17, 8), description="From and to which hour a filing counts as the night's.")
    case_number_prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{0,31}$")] = Field(
        default="", description="Before date and sequence. The national rule is not known to us; empty gives 12 digits."
    )
    paper_prefix: str = Field(
        default="", max_length=12, description="Before the mark in a paper's number: 万宝河 gives 万宝河受〔2026〕12号."
    )
    seal_name: str = Field(default="行政审批专用章", min_length=2, max_length=60, description="The one seal (R7.1), in full.")
    review_body: str = Field(
        default="上一级机关", min_length=2, max_length=60, description="Who reviews the result of a complaint (R6.7), in full."
    )
    data_dir: Path = Field(
        description="Database, keys and files. With another SQLite database, keys and files lie beside it. Made if missing, readable by this user only."
    )
    cipher: Literal["aes-256-gcm", "sm4-gcm"] = Field(
        default="aes-256-gcm", description="What fields and files are sealed with from now on. What was sealed with the other still opens."
    )
    calendar_dir: Path = Field(default=Path("config/calendar"), description="Years that the built-in table does not know.")


class ApiSection(_Section):
    """[api]: how often terminals may ask. Each worker process counts for itself."""

    terminal_per_second: float = Field(default=50, gt=0, le=10_000, description="Requests of one terminal, over time.")
    terminal_burst: int = Field(default=500, ge=1, le=100_000, description="And so many at once, after it was quiet or away.")
    address_per_second: float = Field(default=5, gt=0, le=10_000, description="Requests without a right signature, by address.")
    address_burst: int = Field(default=100, ge=1, le=100_000)
    lookups_per_minute: int = Field(default=60, ge=1, le=100_000, description="ID numbers that one terminal may look up.")


class SignInSection(_Section):
    """[sign_in]: how staff sign in."""

    totp_roles: tuple[Role, ...] = Field(
        default=(), description="Roles that must have a second factor: an authenticator or printed codes. Everybody may have one."
    )


class ClockSection(_Section):
    """[clock]: for demonstration."""

    start: datetime | None = Field(default=None, description="Legal dates start here and run on; not in production.")


Span = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")]


class ServicesSection(_Section):
    """[services]: booking and calls for help."""

    booking_windows: tuple[str, ...] = Field(
        default=(), max_length=4, description="Windows that take bookings; none: nothing can be booked."
    )
    booking_spans: tuple[Span, ...] = Field(default=("09:00-11:30", "13:30-16:30"), description="From and to on a working day.")
    booking_minutes: int = Field(default=30, ge=5, le=240)
    booking_places: int = Field(default=1, ge=1, le=20, description="People a slot and window.")
    booking_days: int = Field(default=14, ge=1, le=60, description="How many calendar days ahead.")
    on_duty: tuple[Span, ...] = Field(default=("08:30-17:00",), description="When somebody hears a call for help, on working days.")
    hotline: str = Field(
        default="", max_length=40, description="Whom to call when nobody is there, e.g. 政务服务热线12345. Empty: none is named."
    )
    post_by_ems: bool = Field(default=False, description="Results are posted by EMS to who wants it; false: nobody is offered it.")


class GatewaySection(_Section):
    """[gateway]: the door to the provincial platform."""

    directory: Path | None = Field(default=None, description="Where messages for it are written as files. Empty: none are made.")

    @field_validator("directory", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value


class CenterConfig(_Section):
    """All of it."""

    center: CenterSection
    api: ApiSection = ApiSection()
    sign_in: SignInSection = SignInSection()
    clock: ClockSection = ClockSection()
    gateway: GatewaySection = GatewaySection()
    services: ServicesSection = ServicesSection()

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration: unconfirmed guides are given out, marked as such."""
        return self.center.mode is Mode.DEMO


def _sentence(path: Path, error: ValidationError) -> str:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"{path}: the key {key} is not known; check its spelling or delete the line."
    if first["type"] == "missing":
        return f"{path}: the key {key} is missing; add it."
    return f"{path}: {key or 'the file'} cannot be used: {first['msg'].removeprefix('Value error, ')}. Mend this key and start again."


def load_config(path: Path) -> CenterConfig:
    """Read and check the configuration. Raises ConfigurationError with one sentence that names the file, the key and the way to mend it."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigurationError("config_missing", f"{path} does not exist; name the center's configuration with --config.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError("config_unreadable", f"{path} cannot be read: {error}. Check the file and its permissions.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError("config_syntax", f"{path} is not valid TOML: {error}. Mend that line.") from None
    try:
        config = CenterConfig.model_validate(raw)
    except ValidationError as error:
        raise ConfigurationError("config_invalid", _sentence(path, error)) from None
    if config.clock.start is not None and not config.demo:
        raise ConfigurationError(
            "clock_in_production", f'{path}: clock.start sets a clock of its own, and center.mode is "production"; delete the key.'
        )
    return config
