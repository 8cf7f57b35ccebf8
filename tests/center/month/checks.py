"""What must be so when the month is over: every case and complaint where the script left it, every event that must exist and no other, every count."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from center.oversight.month import month as figures_of_month
from center.oversight.statistics import figures
from center.store.tables import AccountabilityEvent, Base, Case, Complaint, IssuedPaper, SealEntry
from tests.center import oracle
from tests.center.month.books import PAPERS, Heard, Told, differences
from tests.center.month.driver import Month
from tests.center.month.routine import IN_HAND

ROOT = Path(__file__).parents[3]
#: Past them the complaint's limit ran on without a written result.
_UNDER_HANDLING = ("direct", "transferred", "supervised", "found", "measured")


# ------------------------------------------------------------------ records


def wrong_records(month: Month) -> dict[str, Any]:
    """Every case and complaint that is lost, doubled or otherwise than the script knows it."""
    found: dict[str, Any] = {}
    of: tuple[tuple[type[Case] | type[Complaint], list[Any]], ...] = ((Case, month.applications), (Complaint, month.complaints))
    with month.center.database.reading() as session:
        for table, known in of:
            rows = {row.id: row for row in session.scalars(select(table))}
            if set(rows) != {each.id for each in known}:
                found[table.__tablename__] = set(rows) ^ {each.id for each in known}
            for each in known:
                if each.id in rows and (wrong := differences(rows[each.id], each.days())):
                    found[str(each.id)] = wrong
    return found


def wrong_papers(month: Month) -> set[tuple[str, str, UUID | None]]:
    """Papers that are there and should not be, or the other way round, by kind, number and whose they are."""
    known = [*month.applications, *month.complaints]
    wanted: set[tuple[str, str, UUID | None]] = {(kind, number, each.id) for each in known for kind, number in each.papers}
    wanted |= {(kind, number, None) for kind, number in month.own_papers}
    with month.center.database.reading() as session:
        found = {(row.kind, row.number, row.subject_id) for row in session.scalars(select(IssuedPaper)) if row.kind != "overdue_report"}
        reports = [row.number for row in session.scalars(select(IssuedPaper).where(IssuedPaper.kind == "overdue_report"))]
    assert sorted(reports) == sorted(number for kind, number in month.own_papers if kind == "overdue_report")
    return found ^ {each for each in wanted if each[0] != "overdue_report"}


def gaps_in_numbers(month: Month) -> list[str]:
    """Numbers of a mark that nobody has, though a later one is used."""
    with month.center.database.reading() as session:
        used = Counter(re.sub(r"\d+号$", "", number) for number in session.scalars(select(IssuedPaper.number)))
        numbers = set(session.scalars(select(IssuedPaper.number)))
    return [f"{head}{n}号" for head, count in used.items() for n in range(1, count + 1) if f"{head}{n}号" not in numbers]


def ledger(month: Month) -> list[tuple[str, str, str, str, int]]:
    """The seal's ledger as it stands, in its order."""
    with month.center.database.reading() as session:
        rows = session.scalars(select(SealEntry).order_by(SealEntry.position))
        return [(row.paper_kind, row.paper_number, row.seal, row.case_number, row.copies) for row in rows]


def verified(month: Month) -> dict[str, Any]:
    """What `python -m center verify` says, run as an administrator runs it."""
    command = [sys.executable, "-m", "center", "verify", "--config", str(month.config_path), "--database-url", month.database_url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=ROOT)
    assert done.returncode == 0, (done.stdout[-2000:], done.stderr[-2000:])
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


# ------------------------------------------------------------------ accountability (R9)


def _case_causes(told: Told, today: date) -> list[str]:
    """Which events one application must have raised, by the second calculation's days."""
    causes: list[str] = []
    assert told.filed is not None
    opening = oracle.open_due(told.filed)
    assert opening is not None
    if (told.opened is None and told.state == "filed" and opening < today) or (told.opened is not None and told.opened > opening):
        causes.append("unopened")
    on_the_spot = told.due is not None and told.due == told.accepted and (told.decided is None or told.decided > told.accepted)
    running = told.state in IN_HAND
    if on_the_spot:
        assert told.registered is not None
        if told.registered < today and (told.decided is None or told.decided > told.registered):
            causes.append("not_on_the_spot")
    elif told.due is not None and ((told.completed is not None and told.completed > told.due) or (running and told.due < today)):
        causes.append("overdue")
    if told.handover_due is not None:
        waits = told.handed is None and told.state in ("accepted", "back") and told.handover_due < today
        if waits or (told.handed is not None and told.handed > told.handover_due):
            causes.append("late_handover")
    telling = oracle.notify_due(told.completed) if told.completed else None
    if telling is not None:
        waits = told.state == "voucher_issued" and telling < today
        if waits or (told.notified is not None and told.notified > telling):
            causes.append("late_notification")
    return causes + ["late_telling"] * told.late_tellings + ["third_return"] * told.third_filings


def _complaint_causes(heard: Heard, today: date) -> list[str]:
    """The same of one complaint."""
    late = 0
    if heard.acceptance_due is not None:
        waits = heard.state == "received" and heard.acceptance_due < today
        late += waits or (heard.accepted is not None and heard.accepted > heard.acceptance_due)
    if heard.taken is not None:
        due = oracle.complaint_handling_due(heard.taken, heard.degree)
        assert due is not None
        waits = heard.state in _UNDER_HANDLING and due < today
        late += waits or (heard.written is not None and heard.written > due)
    return ["complaint_late"] * late


def wanted_events(month: Month) -> Counter[tuple[str, UUID]]:
    """How often each cause must stand against each case and complaint."""
    found: Counter[tuple[str, UUID]] = Counter(month.reported)
    found.update((cause, told.id) for told in month.applications for cause in _case_causes(told, month.today))
    found.update((cause, heard.id) for heard in month.complaints for cause in _complaint_causes(heard, month.today))
    return found


def events(month: Month) -> Counter[tuple[str, UUID | None]]:
    """How often it does."""
    with month.center.database.reading() as session:
        rows = session.execute(select(AccountabilityEvent.cause, AccountabilityEvent.subject_id))
        return Counter((cause, subject_id) for cause, subject_id in rows)


# ------------------------------------------------------------------ figures


def wanted_month(month: Month, year: int, number: int) -> dict[str, int]:
    """The lines of one month's report, by the script's own counts."""

    def within(day: date | None) -> bool:
        return day is not None and (day.year, day.month) == (year, number)

    cases: list[Told] = month.applications
    complaints: list[Heard] = month.complaints
    completed = [told for told in cases if within(told.completed)]
    late = sum(told.completed is not None and told.due is not None and told.completed > told.due for told in completed)
    return {
        "收到申请": sum(within(told.filed) for told in cases),
        "其中夜间提交": sum(within(told.filed) and told.night for told in cases),
        "受理": sum(within(told.accepted) for told in cases),
        "不予受理": sum(within(told.ended) and told.state == "refused" for told in cases),
        "办结": len(completed),
        "其中按时办结": len(completed) - late,
        "其中超期办结": late,
        "申请人撤回": sum(within(told.ended) and told.state == "withdrawn" for told in cases),
        "收到投诉": sum(within(heard.received) for heard in complaints),
        "出具书面结果": sum(within(heard.written) for heard in complaints),
        "其中超过期限": sum(
            within(heard.written) and heard.written > (oracle.complaint_handling_due(heard.taken, heard.degree) or heard.written)
            for heard in complaints
            if heard.written and heard.taken
        ),
    }


def said_of_month(month: Month, year: int, number: int) -> dict[str, int]:
    """The same lines as the report to the township's leaders has them."""
    groups = dict(figures_of_month(month.center, date(year, number, 1)).groups)
    cases, complaints = dict(groups["办件"]), dict(groups["效能投诉"])
    kept = {name: complaints[name] for name in ("收到投诉", "出具书面结果", "其中超过期限")}
    return cases | kept


def wrong_figures(month: Month) -> dict[str, tuple[object, object]]:
    """Where the dashboard counts otherwise than the script: the dashboard's first."""
    said, today = figures(month.center), month.today
    cases: list[Told] = month.applications
    complaints: list[Heard] = month.complaints
    soon = oracle.working_days_after(today, 2)
    assert soon is not None
    in_hand = [told for told in cases if told.state in IN_HAND]
    raised = Counter(cause for (cause, _), count in wanted_events(month).items() for _ in range(count))
    levels = Counter(level for day, level in month.ratings if (today - day).days < 30)
    pairs: dict[str, tuple[object, object]] = {
        "in hand": (said.standing.in_hand, len(in_hand)),
        "today": (said.standing.today, sum(told.due == today for told in in_hand)),
        "soon": (said.standing.soon, sum(told.due is not None and today < told.due <= soon for told in in_hand)),
        "overdue": (said.standing.overdue, sum(told.due is not None and told.due < today for told in in_hand)),
        "undated": (said.standing.undated, sum(told.due is None for told in in_hand)),
        "unopened": (said.unopened, sum(told.state == "filed" and told.opened is None for told in cases)),
        "by window": (sum(each.on_course + each.soon + each.overdue + each.undated for each in said.windows), len(in_hand)),
        "filed": (
            {day: count for day, count, _ in said.filed if count},
            {day: count for day, count in Counter(told.filed for told in cases).items() if day and (today - day).days < 30},
        ),
        "rest": (
            {day for day, _, rests in said.filed if rests},
            {day for day, _, _ in said.filed if not oracle.is_working(day)},
        ),
        "matters": (
            {matter.value: count for matter, count in said.matters if count},
            dict(Counter(heard.complaining.matter for heard in complaints)),
        ),
        "findings": (
            {finding.value: count for finding, count in said.findings if count},
            dict(Counter(heard.finding for heard in complaints if heard.finding)),
        ),
        "events": ({cause.value: left + closed for cause, left, closed in said.accountability}, dict(raised)),
        "closed": ({cause.value: closed for cause, _, closed in said.accountability if closed}, dict(month.closed_events)),
        "ratings": ({level: count for level, count in said.ratings if count}, dict(levels)),
        "open complaints": (
            said.complaints_open,
            sum(heard.state not in ("refused", "result_written", "answered", "archived") for heard in complaints),
        ),
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


# ------------------------------------------------------------------ who complained (R6.8)


def secrets_of(month: Month) -> dict[str, str]:
    """What tells who complained: each with what it is."""
    found: dict[str, str] = {}
    heard: Heard
    for heard in month.complaints:
        citizen = heard.citizen
        found |= {
            citizen.name: "name",
            citizen.phone: "phone",
            citizen.number: "number",
            citizen.address: "address",
            heard.statement: "words",
        }
    return found


def in_the_clear(month: Month, words: dict[str, str]) -> set[tuple[str, str]]:
    """Tables and columns of the engine in which one of `words` stands unsealed."""
    found: set[tuple[str, str]] = set()
    wanted = tuple(words)
    with month.center.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)).mappings():
                texts = {
                    str(name): bytes(value).decode("utf-8", "ignore") if isinstance(value, bytes | memoryview) else str(value)
                    for name, value in row.items()
                }
                # Most rows have none: which column it is, is asked where there is one.
                whole = "\0".join(texts.values())
                if any(word in whole for word in wanted):
                    found |= {(table.name, name) for name, text in texts.items() if any(word in text for word in wanted)}
    return found


#: What somebody who is no complaint officer looks at.
_LISTS = (
    "/", "/intake", "/mine", "/window", "/due", "/returned", "/course", "/feedback", "/search", "/checks", "/reports", "/accountability",
    "/accountability?closed=1", "/dashboard", "/statistics", "/consents", "/complaints", "/bookings", "/help-calls", "/ratings", "/suggestions",
    "/journal", "/seal", "/duty", "/staff", "/terminals", "/items", "/notices", "/calendar", "/department/waiting", "/department/returned",
    "/department/supervised",
)  # fmt: skip


def seen_by(month: Month, login: str, words: dict[str, str]) -> dict[str, set[str]]:
    """On which pages a member of staff reads one of `words`, and as what: the lists, every complaint, its papers, every event."""
    desk, found = month.desks[login], dict[str, set[str]]()
    with month.center.database.reading() as session:
        event_ids = list(session.scalars(select(AccountabilityEvent.id).where(AccountabilityEvent.subject == "complaint")))
        paper_ids = list(session.scalars(select(IssuedPaper.id).where(IssuedPaper.subject == "complaint").limit(12)))
    paths = [f"/console{path}" for path in _LISTS]
    paths += [f"/console/complaints/{heard.id}" for heard in month.complaints[:6]]
    paths += [f"/console/papers/{paper_id}" for paper_id in paper_ids] + [f"/console/accountability/{event_id}" for event_id in event_ids]
    for path in paths:
        text = desk.get(path).text
        told = {kind for word, kind in words.items() if word in text}
        if told:
            found[path] = told
    return found


def sealed_and_waiting(month: Month) -> tuple[set[str], set[str]]:
    """Numbers of papers that need the custodian's seal, by the script's own table; and of those that the ledger has."""
    wanted = {number for told in month.applications for kind, number in told.papers if PAPERS[kind][1]}
    return wanted, {number for _, number, *_ in ledger(month)}
