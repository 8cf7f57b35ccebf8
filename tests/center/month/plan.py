"""Who comes when, with what, and what becomes of it: the whole month from one seed. No clock, no center, only the days of the second calculation."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from center.clock import CHINA
from tests.center import oracle
from tests.center.month.people import FARM, LAND

#: Thirty working days with 中秋节, 国庆节 and both days that make up for it.
FIRST, LAST = date(2026, 9, 14), date(2026, 10, 29)
DAYS: tuple[date, ...] = tuple(day for day in oracle.WORKING_DAYS if FIRST <= day <= LAST)
REST: tuple[date, ...] = tuple(
    day for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)) if not oracle.is_working(day)
)
END = datetime.combine(LAST, time(18, 0), CHINA)
APPLICATIONS, COMPLAINTS = 200, 40


class Way(StrEnum):
    """What becomes of an application."""

    SPOT = "spot"
    SPOT_LATE = "spot_late"
    PROMISED = "promised"
    CALENDAR = "calendar"
    EXEMPT = "exempt"
    DEPARTMENT = "department"
    LICENSE = "license"
    LICENSE_SPECIAL = "license_special"
    RETURNED_ONCE = "returned_once"
    BROUGHT = "brought"
    RETURNED_TWICE = "returned_twice"
    RETURNED_THRICE = "returned_thrice"
    REFUSED = "refused"
    ELSEWHERE = "elsewhere"
    REFUSED_LATER = "refused_later"
    WITHDRAWN_UNREAD = "withdrawn_unread"
    WITHDRAWN = "withdrawn"
    WITHDRAWN_IN_WRITING = "withdrawn_in_writing"
    OVERDUE = "overdue"
    NEVER_DONE = "never_done"
    UNOPENED = "unopened"
    LATE_HANDOVER = "late_handover"
    EXTENDED_HANDOVER = "extended_handover"
    LATE_NOTIFICATION = "late_notification"
    SILENT = "silent"


W = Way
#: How many take each way, and with which items.
WAYS: dict[Way, tuple[int, tuple[str, ...]]] = {
    W.SPOT: (38, ("LNYD",)),
    W.SPOT_LATE: (3, ("LNYD",)),
    W.PROMISED: (35, ("YLCB",)),
    W.CALENDAR: (20, ("LSJZ",)),
    W.EXEMPT: (14, ("SYDJ",)),
    W.DEPARTMENT: (22, ("ZJDS",)),
    W.LICENSE: (10, ("LMXK",)),
    W.LICENSE_SPECIAL: (8, ("LMXK",)),
    W.RETURNED_ONCE: (10, ("YLCB", "LSJZ", "SYDJ")),
    W.BROUGHT: (5, ("YLCB", "LMXK")),
    W.RETURNED_TWICE: (3, ("YLCB", "SYDJ")),
    W.RETURNED_THRICE: (2, ("YLCB",)),
    W.REFUSED: (4, ("LSJZ", "LMXK")),
    W.ELSEWHERE: (1, ("LSJZ",)),
    W.REFUSED_LATER: (1, ("YLCB",)),
    W.WITHDRAWN_UNREAD: (2, ("YLCB", "LSJZ")),
    W.WITHDRAWN: (2, ("YLCB", "ZJDS")),
    W.WITHDRAWN_IN_WRITING: (2, ("ZJDS",)),
    W.OVERDUE: (4, ("YLCB", "LSJZ", "SYDJ", "ZJDS")),
    W.NEVER_DONE: (2, ("YLCB",)),
    W.UNOPENED: (3, ("YLCB", "LNYD")),
    W.LATE_HANDOVER: (3, ("ZJDS", "LMXK")),
    W.EXTENDED_HANDOVER: (2, ("ZJDS",)),
    W.LATE_NOTIFICATION: (3, ("YLCB", "SYDJ")),
    W.SILENT: (1, ("LMXK",)),
}
#: Come on one of the first days, so that the month sees their end.
EARLY: dict[Way, int] = {
    W.LICENSE_SPECIAL: 15,
    W.RETURNED_TWICE: 14,
    W.RETURNED_THRICE: 12,
    W.OVERDUE: 10,
    W.NEVER_DONE: 14,
    W.SILENT: 12,
    W.LATE_HANDOVER: 18,
    W.EXTENDED_HANDOVER: 18,
    W.LATE_NOTIFICATION: 18,
    W.UNOPENED: 20,
    W.SPOT_LATE: 22,
    W.REFUSED_LATER: 20,
    W.WITHDRAWN_IN_WRITING: 20,
}
#: May be registered at the window too.
_AT_WINDOW = frozenset({W.SPOT, W.PROMISED, W.CALENDAR, W.EXEMPT, W.DEPARTMENT, W.LATE_NOTIFICATION})


@dataclass(frozen=True)
class ItemFacts:
    """What the script knows of an item by itself: limit, unit, department and its days, whether a 行政许可, and the law's own seal."""

    name: str
    days: int
    working: bool = True
    department: str = ""
    department_days: int = 0
    license: bool = False
    seal: str = ""


ITEMS: dict[str, ItemFacts] = {
    "LNYD": ItemFacts("老年人优待证办理", 0),
    "YLCB": ItemFacts("城乡居民基本养老保险参保登记", 5),
    "LSJZ": ItemFacts("临时救助审核", 12, working=False),
    "SYDJ": ItemFacts("生育登记服务", 3, seal="生育登记专用章"),
    "ZJDS": ItemFacts("农村宅基地用地审核", 15, department=LAND, department_days=7),
    "LMXK": ItemFacts("林木采伐许可", 10, department=FARM, department_days=5, license=True),
}


class Grievance(StrEnum):
    """What becomes of a complaint."""

    DIRECT = "direct"
    ANSWERED = "answered"
    REVIEWED = "reviewed"
    TRANSFERRED = "transferred"
    SUPERVISED = "supervised"
    EXTENDED = "extended"
    NOT_EXTENDED = "not_extended"
    REFUSED = "refused"
    REFERRED = "referred"
    SUPPLEMENTED = "supplemented"
    LAPSED = "lapsed"
    LATE_ACCEPTANCE = "late_acceptance"
    LATE_RESULT = "late_result"
    DECLINED = "declined"
    RETALIATION = "retaliation"


G = Grievance
GRIEVANCES: dict[Grievance, int] = {
    G.DIRECT: 10,
    G.ANSWERED: 4,
    G.REVIEWED: 3,
    G.TRANSFERRED: 4,
    G.SUPERVISED: 2,
    G.EXTENDED: 2,
    G.NOT_EXTENDED: 1,
    G.REFUSED: 4,
    G.REFERRED: 2,
    G.SUPPLEMENTED: 3,
    G.LAPSED: 1,
    G.LATE_ACCEPTANCE: 1,
    G.LATE_RESULT: 1,
    G.DECLINED: 1,
    G.RETALIATION: 1,
}
_SOON = frozenset({G.LAPSED, G.EXTENDED, G.LATE_ACCEPTANCE, G.LATE_RESULT, G.NOT_EXTENDED, G.REVIEWED})
CHANNELS = ("card", "card", "digits", "phone", "letter", "visit")
MATTERS = ("manners", "one_time_notice", "first_responsible", "late", "fee", "business", "other")


@dataclass(frozen=True)
class Coming:
    """One application as planned. `seed` decides everything else about its course."""

    number: int
    way: Way
    item: str
    at: datetime
    walk_in: bool
    terminal: int
    seed: str


@dataclass(frozen=True)
class Complaining:
    """One complaint as planned."""

    number: int
    way: Grievance
    channel: str
    matter: str
    at: datetime
    seed: str


def _moment(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute, 11), CHINA)


def office_time(chance: random.Random, day: date) -> datetime:
    """When the windows are staffed, early enough for everything that follows on the same day."""
    return _moment(day, chance.randint(9, 14), chance.randint(0, 59))


def _terminal_time(chance: random.Random, latest: int) -> datetime:
    """By day, by night, on a day of rest."""
    kind = chance.choices(("day", "evening", "before dawn", "rest"), (62, 18, 6, 14))[0]
    if kind == "rest":
        day = chance.choice([day for day in REST if day < DAYS[latest]] or REST[:1])
        return _moment(day, chance.randint(6, 22), chance.randint(0, 59))
    day = DAYS[chance.randint(0, latest)]
    if kind == "day":
        return office_time(chance, day)
    return _moment(day, chance.randint(17, 23) if kind == "evening" else chance.randint(0, 7), chance.randint(1, 59))


def applications(seed: int) -> tuple[Coming, ...]:
    """The two hundred, in the order of their coming."""
    chance = random.Random(f"applications {seed}")
    found = []
    for way, (count, items) in WAYS.items():
        for index in range(count):
            latest = EARLY.get(way, len(DAYS) - 1)
            walk_in = way in _AT_WINDOW and chance.random() < 0.18
            at = office_time(chance, DAYS[chance.randint(0, latest)]) if walk_in else _terminal_time(chance, latest)
            found.append((at, way, items[index % len(items)], walk_in, chance.randint(0, 1)))
    found.sort(key=lambda each: each[0])
    assert len(found) == APPLICATIONS
    return tuple(
        Coming(number, way, item, at, walk_in, terminal, f"{seed} application {number}")
        for number, (at, way, item, walk_in, terminal) in enumerate(found)
    )


def complaints(seed: int) -> tuple[Complaining, ...]:
    """The forty, in the order of their coming. At a terminal any time; by phone, letter and visit when the officer is there."""
    chance = random.Random(f"complaints {seed}")
    found = []
    for way, count in GRIEVANCES.items():
        for _ in range(count):
            latest = 7 if way in _SOON else len(DAYS) - 2
            channel = chance.choice(CHANNELS)
            by_terminal = channel in ("card", "digits")
            at = _terminal_time(chance, latest) if by_terminal else office_time(chance, DAYS[chance.randint(0, latest)])
            found.append((at, way, channel, "retaliation" if way is G.RETALIATION else chance.choice(MATTERS)))
    found.sort(key=lambda each: each[0])
    assert len(found) == COMPLAINTS
    return tuple(
        Complaining(number, way, channel, matter, at, f"{seed} complaint {number}")
        for number, (at, way, channel, matter) in enumerate(found)
    )
