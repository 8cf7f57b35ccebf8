"""A month of invented cases and complaints straight into the records, so that pages can be looked at: `seed(center)`. Not the scripted month."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from center.casework.events import EventKind
from center.center import Center
from center.domain.application import ApplicationState, due
from center.domain.calendar import LimitUnit
from center.domain.roles import Role
from center.store.tables import Rating
from tests.center.oversight.records import at, case, complaint
from tests.center.place import MORNING
from tests.center.staffing import member

S = ApplicationState
TODAY = MORNING.date()
_DEPARTMENTS = ("农业农村办公室", "社会事务办公室", "自然资源所", "")
_WINDOWS = ("综合窗口1号", "综合窗口2号", "综合窗口3号", "综合窗口4号")
_NAMES = (("李国芳", "230903198806042507"), ("陈立", "230903197302153639"), ("张秀兰", "230903195603128120"))


def _working(center: Center, day: date) -> bool:
    return center.calendar.is_working(day) is True


def _columns(center: Center, filed: date, who: UUID, window: str, chance: random.Random) -> tuple[ApplicationState, dict[str, Any]]:
    age = (TODAY - filed).days
    limit = chance.choice((5, 5, 10, 15))
    accepted = filed + timedelta(days=chance.choice((0, 0, 1)))
    if age <= 1 or chance.random() < 0.04:
        return S.FILED, {"open_due_on": filed + timedelta(days=1)}
    base: dict[str, Any] = {"first_responsible": who, "window": window, "opened_at": at(accepted, 9)}
    if chance.random() < 0.08:
        return S.RETURNED, base | {"returns": chance.choice((1, 1, 2))}
    department = chance.choice(_DEPARTMENTS)
    due_on = due(accepted, limit, LimitUnit.WORKING_DAYS, center.calendar).on
    base |= {"accepted_on": accepted, "due_on": due_on, "department": department, "course": [(EventKind.ACCEPTED, at(accepted))]}
    if chance.random() < 0.03:
        return S.ACCEPTED, base | {"due_on": None, "due_note": "待定：该事项的承诺时限尚未公布，由窗口告知。"}
    taken = max(1, round(limit * 1.4 * chance.betavariate(4, 2.4)))
    completed = accepted + timedelta(days=taken)
    if completed >= TODAY or chance.random() < 0.04:
        return (S.WITH_DEPARTMENT if department else S.ACCEPTED), base
    return S.NOTIFIED, base | {
        "decided_on": completed,
        "completed_on": completed,
        "notify_due_on": completed + timedelta(days=3),
        "notified_on": completed,
        "outcome": "granted",
    }


def seed(center: Center, cases: int = 200) -> None:
    """Cases of 45 days, complaints of a year, ratings of a month."""
    chance = random.Random(20261124)
    staff = [
        member(center, Role.WINDOW_STAFF, name=name, window=window)
        for name, window in zip(("刘洋", "高伟", "郑红", "吴静"), _WINDOWS, strict=True)
    ]
    days = [TODAY - timedelta(days=n) for n in range(45)]
    weights = [3.0 if _working(center, day) else 0.7 for day in days]
    for n in range(cases):
        filed = chance.choices(days, weights)[0]
        who = chance.choice(staff)
        state, columns = _columns(center, filed, who.id, who.window, chance)
        name, number = chance.choice(_NAMES)
        moment = at(filed, chance.choice((9, 10, 14, 15, 20, 22)), n % 60)
        case_id = case(
            center,
            state,
            moment if moment <= MORNING else MORNING - timedelta(minutes=n % 60),
            case_number=f"{filed:%Y%m%d}{n:04}",
            name=name,
            number=number,
            code=chance.choice(("YLBX", "YLBX", "YLBX", "ZJD")),
            **columns,
        )
        if state is S.NOTIFIED and chance.random() < 0.5:
            with center.database.writing() as session:
                session.add(
                    Rating(
                        township_id=center.township_id,
                        case_id=case_id,
                        stage="result",
                        level=chance.choices((5, 4, 3, 2, 1), (20, 12, 4, 2, 1))[0],
                        tags="",
                        comment=None,
                        window=who.window,
                        staff_id=who.id,
                        at=at(columns["completed_on"], 16),
                    )
                )
    for n in range(40):
        received = TODAY - timedelta(days=chance.randrange(1, 340) if n > 4 else n + 1)
        matter = chance.choice(("manners", "manners", "late", "business", "one_time_notice", "other", "fee"))
        about = chance.choice(staff[:3])
        if (TODAY - received).days < 8:
            state, more = "direct", {"accepted_on": received, "taken_on": received, "handling_due_on": TODAY + timedelta(days=n % 4 - 1)}
        else:
            written = received + timedelta(days=5)
            more = {
                "accepted_on": received,
                "taken_on": received,
                "handling_due_on": received + timedelta(days=7),
                "written_on": written,
                "finding": chance.choice(("true", "partly", "untrue", "untrue", "untrue")),
            }
            state = "archived"
        complaint(center, state, at(received), number=f"TS{n:04}", matter=matter, about_window=about.window, about_staff=about.id, **more)
