"""What the house does by itself: the heartbeat, the daily checks, the seal, the duty list, bookings and calls, what follows an overdue case."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from center.clock import CHINA
from center.store.tables import AccountabilityEvent, IssuedPaper
from tests.center import oracle
from tests.center.month.books import PAPERS, Told
from tests.center.month.driver import Course, Month, key
from tests.center.month.people import WINDOW_1, WINDOW_2, Citizen
from tests.center.month.plan import DAYS, FIRST, LAST

#: Working days, counted from nought: when the head forgets the check; when 王敏 is away; when what went wrong is judged.
FORGOTTEN, AWAY, JUDGED = 9, (16, 18), 24
IN_HAND = ("accepted", "with_department", "back", "decided")


def moment(day: date, hour: int, minute: int, second: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, second), CHINA)


def heartbeats(month: Month) -> Course:
    """Before the house opens and after it closes, on every day of the calendar."""
    for n in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=n)
        for hour in (8, 17):
            yield moment(day, hour, 31)
            month.heartbeat()


def checks(month: Month) -> Course:
    """The head goes through what falls due, the leader in charge signs the progress (R4.5)."""
    for index, day in enumerate(DAYS):
        yield moment(day, 8, 36)
        if index != FORGOTTEN:
            _check(month)
        yield moment(day, 8, 39)
        month.desks["gaojie"].fill("/console/checks/progress", "/console/checks", remark="")
        _own_paper(month, "daily_check")
        month.checks_signed["progress"].append(day)


def heading(told: Told, today: date) -> str | None:
    """Under which heading of the day's check it must stand, by the script's own count; None: under none."""
    if told.state == "filed":
        return "unopened" if told.opened is None else None
    if told.state not in IN_HAND:
        return None
    soon = oracle.working_days_after(today, 2)
    assert soon is not None
    if told.due is None:
        return "undated"
    if told.due < today:
        return "overdue"
    if told.due == today:
        return "today"
    if told.due <= soon:
        return "soon"
    return "with_department" if told.state == "with_department" else None


def _check(month: Month) -> None:
    head, today = month.desks["zhouqiang"], month.today
    page = head.get("/console/checks").text
    shown = set(re.findall(r'name="seen\.([0-9a-f-]{36})"', page))
    wanted = {str(told.case_id): heading(told, today) for told in month.applications if heading(told, today)}
    assert shown == set(wanted), (today, shown ^ set(wanted))
    counted = {name: sum(each == name for each in wanted.values()) for name in ("overdue", "today", "soon", "undated", "unopened")}
    words = dict(zip(counted, ("已超期", "今天到期", "三日内到期", "应办结日待定", "还没有人收件"), strict=True))
    for name, number in counted.items():
        assert f"<strong>{number}</strong> {words[name]}" in page, (today, name, number)
    csrf, form_key = re.findall(r'name="(?:csrf|key)" value="([^"]*)"', page.split('action="/console/checks"', 1)[1])[:2]
    noted = {f"note.{case_id}": "已电话催办" for case_id, under in wanted.items() if under == "overdue"}
    seen = {f"seen.{case_id}": "1" for case_id in wanted}
    head.post_form("/console/checks", {"csrf": csrf, "key": form_key, "remark": "按期办理。"} | seen | noted)
    _own_paper(month, "daily_check")
    month.checks_signed["cases"].append(today)


def _own_paper(month: Month, kind: str) -> None:
    """The center's own paper was issued with the next number of its kind."""
    number = month.number_of(PAPERS[kind][0])
    month.own_papers.append((kind, number))
    with month.center.database.reading() as session:
        assert session.scalar(select(IssuedPaper.kind).where(IssuedPaper.number == number)) == kind, number


def sealing(month: Month) -> Course:
    """The custodian stamps what was issued that day, paper by paper, and the ledger gets its lines (R7.2)."""
    custodian = month.desks["sunli"]
    for day in DAYS:
        yield moment(day, 16, 59)
        waiting, month.to_seal = month.to_seal, []
        for index, (paper_id, kind, number, seal, case_number) in enumerate(waiting):
            path = f"/console/papers/{paper_id}"
            copies = 2 if kind == "decision" else 1
            if index < 3:
                page = custodian.get(path).text
                assert number in page and seal in page
                csrf = re.findall(r'name="csrf" value="([^"]*)"', page)[0]
            custodian.post_form(f"{path}/seal", {"csrf": csrf, "key": key(), "copies": str(copies)})
            month.stamped.append((kind, number, seal, case_number, copies))


def duty(month: Month) -> Course:
    """Posts with A and B; 王敏 is away for three days and 赵磊 has her cases (R3.3)."""
    head, staff = month.desks["zhouqiang"], month.staff
    yield moment(DAYS[0], 8, 32)
    for name, window, first, second in (("1号窗口岗", WINDOW_1, "wangmin", "zhaolei"), ("2号窗口岗", WINDOW_2, "zhaolei", "wangmin")):
        head.fill("/console/duty/posts/new", name=name, window=window, a_id=str(staff[first]), b_id=str(staff[second]))
    begins, ends = DAYS[AWAY[0]], DAYS[AWAY[1]]
    yield moment(begins, 8, 32)
    form = head.get("/console/duty").text.split('action="/console/duty/absences"', 1)[1]
    csrf, form_key = re.findall(r'name="(?:csrf|key)" value="([^"]*)"', form)[:2]
    absence = {"csrf": csrf, "key": form_key, "staff_id": str(staff["wangmin"]), "from_on": begins.isoformat(), "to_on": ends.isoformat()}
    head.post_form("/console/duty/absences", absence | {"note": "参加培训"})
    month.facts["away"] = {"wangmin": (begins, ends)}
    hers = {told.case_id for told in month.applications if told.responsible == "wangmin" and told.state in ("accepted", "back", "filed")}
    assert hers
    found = cases_on(month, "zhaolei", "/console/mine")
    assert {str(case_id) for case_id in hers} <= found
    yield moment(ends + timedelta(days=1), 9, 0) if oracle.is_working(ends + timedelta(days=1)) else month.at(random.Random(0), 1)
    assert not {str(case_id) for case_id in hers} & cases_on(month, "zhaolei", "/console/mine")


def cases_on(month: Month, login: str, path: str) -> set[str]:
    """Every case of a list, over all its pages."""
    found: set[str] = set()
    for number in range(1, 40):
        page = set(re.findall(r"/console/cases/([0-9a-f-]{36})", month.desks[login].get(f"{path}?page_number={number}").text))
        if page <= found:
            break
        found |= page
    return found


# ------------------------------------------------------------------ what follows an overdue case


def judging(month: Month) -> Course:
    """The head writes about an overdue case, the township reads; one event is judged through all its steps, one dismissed (R4.5, R9)."""
    yield moment(DAYS[JUDGED - 8], 9, 10)
    late = next(told for told in month.applications if told.state in IN_HAND and told.due and told.due < month.today)
    head, township = month.desks["zhouqiang"], month.desks["macheng"]
    assert late.case_number
    head.fill(
        f"/console/reports/new/{late.case_id}", happened="到期没有办结。", cause="经办人同时办理的件太多。", done="已安排专人，本周办结。"
    )
    _own_paper(month, "overdue_report")
    inbox = township.get("/console/reports").text
    reports = set(re.findall(r'href="/console/reports/([0-9a-f-]{36})"', inbox))
    (report,) = reports
    township.fill(f"/console/reports/{report}/read", f"/console/reports/{report}", remark="请中心举一反三。")
    assert "请中心举一反三。" in head.get(f"/console/reports/{report}").text
    yield moment(DAYS[JUDGED], 9, 20)
    event = _event(month, "overdue", late.id)
    path, window = f"/console/accountability/{event}", late.responsible
    steps: tuple[tuple[str, str, dict[str, Any]], ...] = (
        (window, "report", {"text": "因同时办理的件多，没有按期办结，已加班补办。"}),
        ("zhouqiang", "verify", {"text": "查看办件记录，情况属实。"}),
        ("macheng", "decide", {"text": "对经办人诫勉谈话。", "sanction": "talk"}),
        ("macheng", "hear", {"text": "本人没有异议。"}),
        ("macheng", "close", {"text": "按原决定执行。"}),
    )
    for login, act, entries in steps:
        month.desks[login].fill(f"{path}/{act}", path, **entries)
        yield month.clock.at + timedelta(minutes=20)
    month.closed_events["overdue"] += 1
    # what people report themselves: the head raises it, the window reports, nobody is at fault
    of = next(told for told in month.applications if told.handed is not None and told.responsible)
    answers = str(month.staff[of.responsible])
    where = head.fill(
        "/console/accountability/new", cause="lost_material", case_number=of.case_number, responsible=answers, window="",
        day=month.today.isoformat(), time="09:00", text="申请人说少了一页证明。",
    )  # fmt: skip
    month.reported.append(("lost_material", of.id))
    yield month.clock.at + timedelta(minutes=5)
    month.desks[of.responsible].fill(f"{where}/report", where, text="材料夹在另一份卷里，已经找到，交还了申请人。")
    head.fill(f"{where}/dismiss", where, text="核对交接表，材料没有丢失。")
    month.closed_events["lost_material"] += 1


def _event(month: Month, cause: str, subject_id: UUID) -> UUID:
    with month.center.database.reading() as session:
        query = select(AccountabilityEvent.id).where(AccountabilityEvent.cause == cause, AccountabilityEvent.subject_id == subject_id)
        return session.scalars(query).one()


# ------------------------------------------------------------------ the other services


def services(month: Month, citizens: Iterator[Citizen]) -> Course:
    """Bookings that came, did not come, were moved or cancelled; a call for help by day and one by night (R10)."""
    terminal, window = month.terminals[1], month.desks["wangmin"]
    yield moment(DAYS[1], 10, 0)
    booked = []
    for index in range(5):
        slot = terminal.call("GET", "/api/v1/bookings/free").json()["slots"][index * 3]
        citizen = next(citizens)
        asked = {"key": key(), "name": citizen.name, "number": citizen.number, **{name: slot[name] for name in ("day", "window", "starts")}}
        booked.append((terminal.write("/api/v1/bookings", asked), citizen, date.fromisoformat(slot["day"])))
        assert oracle.is_working(booked[-1][2])
    moved, cancelled = booked[3], booked[4]
    slot = terminal.call("GET", "/api/v1/bookings/free").json()["slots"][-1]
    change = {
        "key": key(),
        "booking": moved[0]["number"],
        "number": moved[1].number,
        **{name: slot[name] for name in ("day", "window", "starts")},
    }
    terminal.write("/api/v1/bookings/change", change, 200)
    terminal.write("/api/v1/bookings/cancel", {"key": key(), "booking": cancelled[0]["number"], "number": cancelled[1].number}, 200)
    month.facts["bookings"] = {"came": 2, "missed": 1, "booked": 1, "cancelled": 1}
    ring = {"key": key(), "place": "materials"}
    assert terminal.write("/api/v1/help-calls", ring, 200)["state"] == "waiting"
    page = window.get("/console/help-calls").text
    (call,) = set(re.findall(r"/console/help-calls/([0-9a-f-]{36})", page))
    window.fill(f"/console/help-calls/{call}/answer", "/console/help-calls")
    assert "王敏" in terminal.ask("/api/v1/help-calls/state", {"key": ring["key"]}).json()["sentence"]
    window.fill(f"/console/help-calls/{call}/close", "/console/help-calls", note="帮老人拍好了材料")
    yield moment(DAYS[1], 21, 40)
    assert terminal.write("/api/v1/help-calls", {"key": key(), "place": "materials"}, 200)["state"] == "none"
    days = sorted({day for _, _, day in booked[:3]})
    for day in days:
        yield moment(day, 16, 45)
        for index, (booking, _, on) in enumerate(booked[:3]):
            if on == day:
                _mark(month, str(booking["number"]), day, "missed" if index == 2 else "came")


def _mark(month: Month, number: str, day: date, act: str) -> None:
    window, shown = month.desks["wangmin"], f"/console/bookings?day={day}"
    row = next(part for part in window.get(shown).text.split("<tr") if number in part and f"/{act}" in part)
    path = re.findall(rf'action="(/console/bookings/[0-9a-f-]{{36}}/{act})"', row)[0]
    window.fill(path, shown, day=day.isoformat())
