"""Years of the working calendar (R4.2): which are known and from where, and taking in a new one, after which every open due day is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.domain.calendar import CalendarFault, CalendarFileError, WorkingCalendar, YearArrangement, published_years, read_year
from center.domain.roles import Right
from center.live_calendar import LiveCalendar
from center.members import Member, require
from center.records import journal
from center.store.tables import CalendarYear, Staff

MAX_FILE_BYTES = 20_000
#: A year has so many days off and make-up days; beyond it is odd and said, never refused: people know the notice, the program does not.
_USUAL_HOLIDAYS = range(11, 40)
_USUAL_WORKDAYS = range(0, 12)
_SATURDAY = 5

_FAULT_WORDS: dict[CalendarFault, str] = {
    CalendarFault.UNREADABLE: "这个文件读不出来，不是日历文件的格式。请对照样例检查每一行。",
    CalendarFault.KEY: "文件里有不认识的项目。只能有 year、source、holidays、workdays 四项。",
    CalendarFault.YEAR: "文件里没有写年份。请加一行，例如 year = 2027。",
    CalendarFault.SOURCE: "文件里没有写来源。请写明是国务院办公厅哪一份通知。",
    CalendarFault.TWICE: "这一年写了两次。",
    CalendarFault.HOLIDAYS: "放假日 holidays 应是这一年的日期，例如 [2027-01-01]。请检查每个日期的年份和写法。",
    CalendarFault.WORKDAYS: "补班日 workdays 应是这一年的日期；没有补班也要写 workdays = []。请检查每个日期。",
    CalendarFault.NO_HOLIDAY: "没有一个放假日，不会是真的。请把通知里的日期抄全。",
    CalendarFault.BOTH: "有一天既写在放假日里，又写在补班日里。请只留一处。",
}


@dataclass(frozen=True)
class KnownYear:
    """A year and where it is known from. `imported_at` and `imported_by` for imported ones. `holidays` None: inside the library."""

    year: int
    origin: str
    source: str
    holidays: int | None
    workdays: int | None
    imported_at: datetime | None = None
    imported_by: str = ""


@dataclass(frozen=True)
class Preview:
    """A year as it would be taken in. `oddities` are sentences about what is unusual and has to be looked at by a person."""

    arrangement: YearArrangement
    rests: tuple[tuple[date, date], ...]
    oddities: tuple[str, ...]
    replaces: KnownYear | None
    changed_days: int


def known_years(center: Center, session: Session) -> tuple[KnownYear, ...]:
    """Every year that a due day can be counted over, the newest first; of the library only those that still matter."""
    now = center.clock.now()
    found: dict[int, KnownYear] = {
        year: KnownYear(year, "library", "程序自带的节假日表", None, None) for year in published_years() if year >= now.year - 1
    }
    calendar = center.calendar
    for arrangement in (calendar.from_files if isinstance(calendar, LiveCalendar) else calendar.years).values():
        found[arrangement.year] = _known(arrangement, "file")
    rows = session.execute(
        select(CalendarYear, Staff.name)
        .join(Staff, CalendarYear.imported_by == Staff.id)
        .where(CalendarYear.township_id == center.township_id)
        .order_by(CalendarYear.year, CalendarYear.version)
    )
    for row, name in rows:
        found[row.year] = _known(read_year(row.content, "imported"), "imported", row.imported_at, name)
    return tuple(found[year] for year in sorted(found, reverse=True))


def _known(arrangement: YearArrangement, origin: str, at: datetime | None = None, by: str = "") -> KnownYear:
    return KnownYear(arrangement.year, origin, arrangement.source, len(arrangement.holidays), len(arrangement.workdays), at, by)


def preview(center: Center, session: Session, text: str) -> Preview:
    """What a file holds, checked. Raises Refusal with a sentence in Chinese."""
    if len(text.encode()) > MAX_FILE_BYTES:
        raise Refusal("calendar_invalid", "文件太大，不像一年的日历。请检查选的是不是这个文件。", {"file": "size"})
    try:
        arrangement = read_year(text, "file")
    except CalendarFileError as error:
        raise Refusal("calendar_invalid", _FAULT_WORDS[error.fault], {"file": error.fault}) from None
    now = center.clock.now()
    if not now.year - 1 <= arrangement.year <= now.year + 2:
        raise Refusal("calendar_invalid", f"文件是 {arrangement.year} 年的。只能导入去年到后年的安排。", {"file": "year"})
    replaces = next((known for known in known_years(center, session) if known.year == arrangement.year), None)
    return Preview(
        arrangement=arrangement,
        rests=_runs(arrangement.holidays),
        oddities=_oddities(arrangement),
        replaces=replaces,
        changed_days=_changed_days(center.calendar, arrangement) if replaces else 0,
    )


def _runs(days: frozenset[date]) -> tuple[tuple[date, date], ...]:
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return tuple(runs)


def _oddities(arrangement: YearArrangement) -> tuple[str, ...]:
    weekday_make_ups = sorted(day for day in arrangement.workdays if day.weekday() < _SATURDAY)
    said = []
    if weekday_make_ups:
        said.append(f"补班日里有 {len(weekday_make_ups)} 天本来就是周一到周五：{_days_words(weekday_make_ups)}。补班应在周末，请核对。")
    if len(arrangement.holidays) not in _USUAL_HOLIDAYS:
        said.append(f"放假日共 {len(arrangement.holidays)} 天，往年是 11 天以上。请核对通知是否抄全。")
    if len(arrangement.workdays) not in _USUAL_WORKDAYS:
        said.append(f"补班日共 {len(arrangement.workdays)} 天，比往年多得多。请核对。")
    if date(arrangement.year, 1, 1) not in arrangement.holidays:
        said.append("元旦（1月1日）不在放假日里。请核对。")
    return tuple(said)


def _days_words(days: list[date]) -> str:
    return "、".join(f"{day.month}月{day.day}日" for day in days[:5]) + ("等" if len(days) > 5 else "")


def _changed_days(calendar: WorkingCalendar, arrangement: YearArrangement) -> int:
    day, count = date(arrangement.year, 1, 1), 0
    while day.year == arrangement.year:
        count += calendar.is_working(day) != arrangement.is_working(day)
        day += timedelta(days=1)
    return count


def import_year(center: Center, member: Member, session: Session, text: str) -> UUID:
    """Take a year in, in the caller's transaction. Raises Refusal."""
    require(member, Right.IMPORT_CALENDAR)
    arrangement = preview(center, session, text).arrangement
    ours = select(func.max(CalendarYear.version)).where(
        CalendarYear.township_id == center.township_id, CalendarYear.year == arrangement.year
    )
    row = CalendarYear(
        id=uuid4(),
        township_id=center.township_id,
        year=arrangement.year,
        version=(session.scalar(ours) or 0) + 1,
        content=text,
        imported_at=center.clock.now(),
        imported_by=member.id,
    )
    session.add(row)
    session.flush()
    detail = {"year": row.year, "version": row.version, "holidays": len(arrangement.holidays), "workdays": len(arrangement.workdays)}
    journal.record(center, session, "calendar.imported", member, "calendar", row.id, detail)
    return row.id


def use_imported(center: Center) -> None:
    """Let this worker count by what was just imported; others look within seconds."""
    if isinstance(center.calendar, LiveCalendar):
        center.calendar.refresh()
