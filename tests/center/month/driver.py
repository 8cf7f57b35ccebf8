"""The month's hands: two terminals that sign, members of staff at their browsers, one clock, and an agenda that lets everybody go on in turn."""

from __future__ import annotations

import heapq
import itertools
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import requests

from center.catalogue import load_items, read_items
from center.center import Center, open_center
from center.clock import CHINA
from center.config import load_config
from center.oversight.watch import tick
from center.store.schema import migrate
from tests.center import oracle, papers
from tests.center.month.people import STAFF, WINDOW_1, WINDOW_2, employ
from tests.center.place import TOWNSHIP, Browser, MovableClock, Terminal, direct_session, listening

#: A course of somebody: it does something, then says when it goes on.
Course = Iterator[datetime]

_CONFIG = """[center]
township_id = "{township}"
name = "万宝河镇政务服务中心"
mode = "demo"
window_hours = "周一至周五 8:30–17:00"
paper_prefix = "万宝河"
seal_name = "万宝河镇行政审批专用章"
review_body = "桃山区营商环境建设监督局"
data_dir = "{directory}"
calendar_dir = "{directory}/calendar"

[services]
booking_windows = ["{window_1}", "{window_2}"]
hotline = "政务服务热线12345"

[clock]
start = {start}
"""
SEAL = "万宝河镇行政审批专用章"


def write_config(directory: Path, start: datetime) -> Path:
    """The configuration with which the month is made, and served and verified afterwards."""
    (directory / "calendar").mkdir(parents=True, exist_ok=True)
    path = directory / "center.toml"
    text = _CONFIG.format(township=TOWNSHIP, directory=directory, window_1=WINDOW_1, window_2=WINDOW_2, start=start.isoformat())
    path.write_text(text, "utf-8")
    return path


class KeptTerminal(Terminal):
    """A terminal that keeps its connection."""

    kept: requests.Session

    def send(self, request: requests.PreparedRequest) -> requests.Response:
        return self.kept.send(request, timeout=30)

    def write(self, path: str, body: dict[str, Any], expected: int = 201) -> dict[str, Any]:
        """One write with its key. Its answer."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(body["key"])}
        answer = self.call("POST", path, json.dumps(body).encode(), headers)
        assert answer.status_code == expected, (path, answer.status_code, answer.text)
        found: dict[str, Any] = answer.json()
        return found


class Desk(Browser):
    """A member of staff at the console: draws a form, fills it in, sends it."""

    def __init__(self, url: str, login: str) -> None:
        super().__init__(url)
        self.login = login
        assert self.sign_in(login).ok

    def fill(self, path: str, form: str = "", **entries: Any) -> str:
        """Send the form that stands at `form` (or at `path` itself) with its hidden fields. Returns where it leads; a fault is an error here."""
        drawn = self.get(form or path)
        assert drawn.status_code == 200, (self.login, form or path, drawn.status_code)
        return self.post_form(path, hidden_in(drawn.text) | entries)

    def post_form(self, path: str, entries: dict[str, Any]) -> str:
        answer = self.post(path, entries, follow=False)
        assert answer.status_code == 303, (self.login, path, answer.status_code, _faults(answer.text))
        return str(answer.headers["location"])


def hidden_in(page: str) -> dict[str, str]:
    """The hidden fields of the page's form."""
    parts = page.split('<input type="hidden" name="')[1:]
    return {part.split('"', 1)[0]: part.split('value="', 1)[1].split('"', 1)[0] for part in parts}


def _faults(page: str) -> list[str]:
    return [part.split("</p>", 1)[0] for part in page.split('class="fault"')[1:]] or [page[:2000]]


@dataclass
class Month:
    """The center of the month while it goes on, and what the script itself knows."""

    center: Center
    clock: MovableClock
    url: str
    directory: Path
    config_path: Path
    database_url: str
    seed: int
    staff: dict[str, UUID]
    terminals: tuple[KeptTerminal, ...]
    desks: dict[str, Desk]
    #: What the citizens lay under the camera: a dozen pairs of pages, so that the month is about the center and not about JPEG.
    pool: tuple[tuple[bytes, bytes], ...] = ()
    #: How many papers of each mark the script has seen issued.
    numbers: Counter[str] = field(default_factory=Counter)
    #: Papers that the custodian has not stamped: id, kind, number, seal, case number.
    to_seal: list[tuple[UUID, str, str, str, str]] = field(default_factory=list)
    stamped: list[tuple[str, str, str, str, int]] = field(default_factory=list)
    applications: list[Any] = field(default_factory=list)
    complaints: list[Any] = field(default_factory=list)
    ratings: list[tuple[date, int]] = field(default_factory=list)
    #: Events that people raise: cause and the subject's id.
    reported: list[tuple[str, UUID]] = field(default_factory=list)
    closed_events: Counter[str] = field(default_factory=Counter)
    checks_signed: dict[str, list[date]] = field(default_factory=lambda: {"cases": [], "progress": []})
    own_papers: list[tuple[str, str]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    _agenda: list[tuple[datetime, int, Course]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=itertools.count)

    @property
    def today(self) -> date:
        return self.clock.at.date()

    def book(self, at: datetime, course: Course) -> None:
        """Let `course` go on at this moment."""
        heapq.heappush(self._agenda, (at, next(self._order), course))

    def run(self, until: datetime) -> None:
        """Everybody in turn, up to and with that moment."""
        while self._agenda and self._agenda[0][0] <= until:
            at, _, course = heapq.heappop(self._agenda)
            assert at >= self.clock.at, (at, self.clock.at, course)
            self.clock.at = at
            following = next(course, None)
            if following is not None:
                self.book(following, course)
        self.clock.at = until

    def heartbeat(self) -> None:
        """What the center does by itself every minute."""
        assert tick(self.center) == ()

    def at(self, chance: random.Random, days: int = 0) -> datetime:
        """When the windows are staffed: some minutes from now, or on the `days`-th working day after today."""
        now = self.clock.at
        if days == 0 and oracle.is_working(now.date()):
            if now.time() < time(8, 45):
                return datetime.combine(now.date(), time(8, 45 + chance.randint(0, 14), chance.randint(0, 59)), CHINA)
            if now.time() < time(16, 40):
                return now + timedelta(minutes=chance.randint(2, 8), seconds=chance.randint(0, 59))
        day = oracle.working_days_after(now.date(), max(days, 1))
        assert day is not None
        return datetime.combine(day, time(chance.randint(9, 13), chance.randint(0, 59), chance.randint(0, 59)), CHINA)

    def on(self, chance: random.Random, day: date) -> datetime:
        """When the windows are staffed on that day."""
        return datetime.combine(day, time(chance.randint(9, 13), chance.randint(0, 59), chance.randint(0, 59)), CHINA)

    def pages(self, terminal: Terminal, chance: random.Random) -> tuple[str, ...]:
        """Two pages under the camera of that terminal, sent to the center."""
        return tuple(terminal.upload(page) for page in chance.choice(self.pool))

    def number_of(self, mark: str) -> str:
        """The number that the next paper with this mark must have."""
        self.numbers[mark] += 1
        return f"万宝河{mark}〔2026〕{self.numbers[mark]}号"


@contextmanager
def month_at(directory: Path, seed: int, start: datetime, database_url: str | None = None) -> Iterator[Month]:
    """A center with the month's items and people, listening; nothing has happened yet."""
    config_path = write_config(directory, start)
    opened = open_center(load_config(config_path), database_url)
    clock = MovableClock(start)
    center = Center(opened.config, clock, opened.calendar, opened.database, opened.keys, opened.cipher, opened.files)
    migrate(center.database)
    load_items(center, read_items(Path(__file__).parent / "items"))
    staff = employ(center, start)
    try:
        with listening(center) as url:
            terminals = tuple(KeptTerminal(url, f"WBH-0{n}", f"T0{n}") for n in (1, 2))
            for terminal in terminals:
                terminal.kept = direct_session()
                terminal.register(center)
            desks = {login: Desk(url, login) for login, *_ in STAFF}
            url_of = database_url or f"sqlite:///{directory / 'center.db'}"
            month = Month(center, clock, url, directory, config_path, url_of, seed, staff, terminals, desks)
            month.pool = tuple((papers.page(f"材料 {n}"), papers.page(f"材料 {n} 背面")) for n in range(12))
            yield month
    finally:
        center.database.close()


def key() -> str:
    return str(uuid4())


Act = Callable[[], None]
