"""The center put together: configuration, clock, calendar, records. What API, console and commands are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from center.clock import Clock, RunningClock, SystemClock
from center.config import CenterConfig
from center.domain.calendar import CalendarFileError, WorkingCalendar, load_years
from center.errors import ConfigurationError
from center.live_calendar import LiveCalendar
from center.store.database import Database
from center.store.encryption import ALGORITHMS, FieldCipher
from center.store.files import FileStore
from center.store.keys import KeyFile, Keys, load_keys
from center.store.outage import Outage


class Refusal(Exception):
    """The center will not do what was asked, and nothing was changed.

    `code` is stable; `message` tells the reader, in Chinese, what to do; `fields` names what is wrong, by code, never by value.
    """

    #: Whole seconds after which the same may be asked again; 0: asking again does not help, or nobody knows when.
    retry_after: int = 0

    def __init__(self, code: str, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fields = dict(fields or {})


@dataclass(frozen=True)
class _Words:
    """What is told of an outage: what it is, what became of what was done, what to do now. And after how many seconds to ask again."""

    what: str
    kept: str
    act_again: str
    ask_again: str
    seconds: int


_NOT_KEPT = "刚才的操作没有保存，原有记录不受影响"
_OUTAGES: dict[Outage, _Words] = {
    Outage.STORAGE_FULL: _Words("中心的存储空间已满", _NOT_KEPT, "请通知技术员清理空间，稍后再做一次", "请通知技术员清理空间", 30),
    Outage.STORAGE_FAILED: _Words("中心的磁盘暂时不能读写", _NOT_KEPT, "请通知技术员检查磁盘，稍后再做一次", "请通知技术员检查磁盘", 30),
    Outage.DATABASE_BUSY: _Words("中心的数据库正忙", "刚才的操作没有保存", "请过几秒再做一次", "请过几秒再试", 5),
    # A connection that was cut may have been cut after the commit.
    Outage.DATABASE_AWAY: _Words(
        "中心的数据库暂时连不上", "刚才的操作可能没有保存", "请通知技术员；恢复以后先看看有没有，再决定要不要重做", "请通知技术员", 15
    ),
}


class Unavailable(Refusal):
    """Disk or database are out of order for now. What was asked can come again, unchanged. `act`: it was more than a look."""

    def __init__(self, outage: Outage, act: bool) -> None:
        words = _OUTAGES[outage]
        self.retry_after = words.seconds
        rest = f"{words.kept}。{words.act_again}" if act else f"这一页暂时打不开。{words.ask_again}"
        super().__init__(outage, f"{words.what}，{rest}。")


@dataclass(frozen=True)
class Center:
    """One township's center."""

    config: CenterConfig
    clock: Clock
    calendar: WorkingCalendar
    database: Database
    keys: Keys
    cipher: FieldCipher
    files: FileStore

    @property
    def data_dir(self) -> Path:
        """Where keys and files lie."""
        return data_dir_of(self.config, self.database)

    @property
    def township_id(self) -> str:
        """The township whose rows this center reads and writes."""
        return self.config.center.township_id


def default_database_url(config: CenterConfig) -> str:
    """Where records are kept when no address is given: beside the keys."""
    return f"sqlite:///{(config.center.data_dir / 'center.db').absolute()}"


def data_dir_of(config: CenterConfig, database: Database) -> Path:
    """Where keys and files lie: beside the records they belong to, so that a database elsewhere never meets another center's keys."""
    return database.directory or config.center.data_dir


def open_center(config: CenterConfig, database_url: str | None = None, clock_start: datetime | None = None) -> Center:
    """Put the center together. Makes the data directory and the keys if they are missing. Raises ConfigurationError."""
    start = clock_start or config.clock.start
    if start is not None and not config.demo:
        raise ConfigurationError(
            "clock_in_production", 'A clock of its own is for demonstration, and center.mode is "production"; leave --clock-start out.'
        )
    calendar_dir = config.center.calendar_dir
    if not calendar_dir.is_dir():
        raise ConfigurationError(
            "calendar_missing", f"center.calendar_dir names {calendar_dir}, which is no directory; correct the path or make it."
        )
    try:
        years = load_years(calendar_dir)
    except CalendarFileError as error:
        raise ConfigurationError("calendar_invalid", str(error)) from None
    database = Database(database_url or default_database_url(config))
    data_dir = data_dir_of(config, database)
    keys = load_keys(data_dir)
    cipher = FieldCipher(keys, ALGORITHMS[config.center.cipher], KeyFile(data_dir).changed)
    return Center(
        config=config,
        clock=RunningClock(start) if start else SystemClock(),
        calendar=LiveCalendar(years, database, config.center.township_id),
        database=database,
        keys=keys,
        cipher=cipher,
        files=FileStore(data_dir / "files", cipher),
    )
