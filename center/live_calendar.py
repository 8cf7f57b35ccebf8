"""The working calendar of a running center: the library's years, those of the files, and those that staff imported, as soon as they did."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping

from sqlalchemy import func, select

from center.domain.calendar import WorkingCalendar, YearArrangement, read_year
from center.store.database import Database
from center.store.tables import CalendarYear

#: So long a worker counts by what it read before it looks whether another imported a year; seconds.
_TRUSTED = 2.0


class LiveCalendar(WorkingCalendar):
    """A year that staff imported wins over a file's, and that over the library's [design: the last one somebody gave counts]."""

    def __init__(self, years: Iterable[YearArrangement], database: Database, township_id: str) -> None:
        super().__init__(years)
        self._database = database
        self._township_id = township_id
        self._lock = threading.Lock()
        self._together: Mapping[int, YearArrangement] = super().years
        self._count = -1
        self._looked_at: float | None = None

    @property
    def years(self) -> Mapping[int, YearArrangement]:
        """The years of files and imports, as they are now."""
        if self._looked_at is None or time.monotonic() - self._looked_at > _TRUSTED:
            self.refresh(wait=False)
        return self._together

    @property
    def from_files(self) -> Mapping[int, YearArrangement]:
        """The years of the files alone."""
        return super().years

    def refresh(self, wait: bool = True) -> None:
        """Read the imported years if there are others than before. Not `wait`: somebody else is reading them, and what is known will do.

        Waiting here with a transaction open would keep a connection that the reader may need.
        """
        if not self._lock.acquire(blocking=wait or self._looked_at is None):
            return
        try:
            with self._database.reading() as session:
                ours = CalendarYear.township_id == self._township_id
                # Imports are only ever added, so their number says whether there is something new.
                count = session.scalar(select(func.count()).select_from(CalendarYear).where(ours)) or 0
                if count != self._count:
                    rows = session.scalars(select(CalendarYear).where(ours).order_by(CalendarYear.year, CalendarYear.version))
                    imported = {row.year: read_year(row.content, "imported") for row in rows}
                    self._together, self._count = {**super().years, **imported}, count
            self._looked_at = time.monotonic()
        finally:
            self._lock.release()
