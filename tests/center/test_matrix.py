"""Who may do what, page by page and act by act: every route of the console asked as every role, against a table written by hand from domain.md."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
import requests
from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlalchemy import select

from center.app import create_app
from center.center import Center
from center.console.navigation import AREAS
from center.domain.paper import PaperKind
from center.domain.roles import Role
from center.people.accounts import add_staff
from center.records.papers import Subject, issue
from center.store.tables import Base, Case
from kiosk.wire.documents import Qr
from tests.center.place import PASSWORD, MovableClock, Terminal, direct_session, listening, make_center

#: One letter a role, as in the table below.
LETTERS: dict[str, Role] = {
    "S": Role.WINDOW_STAFF,
    "L": Role.WINDOW_LEAD,
    "C": Role.CUSTODIAN,
    "D": Role.LIAISON,
    "O": Role.COMPLAINT_OFFICER,
    "H": Role.CENTER_HEAD,
    "M": Role.CENTER_LEADER,
    "T": Role.TOWNSHIP_LEADER,
    "V": Role.DISTRICT_OBSERVER,
    "K": Role.TECHNICIAN,
    "A": Role.ADMINISTRATOR,
}
ALL = "".join(LETTERS)

#: Who may: after the method the path under /console/. A page that only shows what it is for is in it like an act.
MAY: dict[str, str] = {
    "GET account": ALL,
    "POST account/codes": ALL,
    "GET account/factor": ALL,
    "POST account/factor": ALL,
    "GET account/password": ALL,
    "POST account/password": ALL,
    "POST account/sessions/end": ALL,
    "POST account/sessions/{session_id}/end": ALL,
    "GET accountability": "SLOHMT",
    "GET accountability/new": "OH",
    "POST accountability/new": "OH",
    "GET accountability/{event_id}": "SLOHMT",
    "POST accountability/{event_id}/{act}": "SLOHMT",
    "GET bookings": "SLH",
    "POST bookings/close": "SLH",
    "POST bookings/open": "SLH",
    "POST bookings/{booking_id}/{act}": "SLH",
    "GET calendar": "HA",
    "POST calendar": "HA",
    "POST calendar/preview": "HA",
    "GET cases/new": "SL",
    "GET cases/new/{code}": "SL",
    "POST cases/new/{code}": "SL",
    "GET cases/{case_id}": "SLH",
    "GET cases/{case_id}/accept": "SL",
    "POST cases/{case_id}/accept": "SL",
    "POST cases/{case_id}/scans": "SL",
    "GET cases/{case_id}/give-back": "SL",
    "POST cases/{case_id}/give-back": "SL",
    "GET cases/{case_id}/collect": "SL",
    "POST cases/{case_id}/collect": "SL",
    "GET cases/{case_id}/correct": "SL",
    "POST cases/{case_id}/correct": "SL",
    "GET cases/{case_id}/decide": "SL",
    "POST cases/{case_id}/decide": "SL",
    "GET cases/{case_id}/hand-over": "SL",
    "POST cases/{case_id}/hand-over": "SL",
    "POST cases/{case_id}/hand-over/extend": "SL",
    "GET cases/{case_id}/notify": "SL",
    "POST cases/{case_id}/notify": "SL",
    "POST cases/{case_id}/open": "SL",
    "GET cases/{case_id}/pages/{page_id}": "SLH",
    "GET cases/{case_id}/post": "SL",
    "POST cases/{case_id}/post": "SL",
    "GET cases/{case_id}/reassign": "SLH",
    "POST cases/{case_id}/reassign": "SLH",
    "GET cases/{case_id}/refuse": "SL",
    "POST cases/{case_id}/refuse": "SL",
    "GET cases/{case_id}/return": "SL",
    "POST cases/{case_id}/return": "SL",
    "GET cases/{case_id}/signature": "SLH",
    "GET cases/{case_id}/special/begin": "SL",
    "POST cases/{case_id}/special/begin": "SL",
    "GET cases/{case_id}/special/end": "SL",
    "POST cases/{case_id}/special/end": "SL",
    "GET cases/{case_id}/take-back": "SL",
    "POST cases/{case_id}/take-back": "SL",
    "GET cases/{case_id}/voucher": "SL",
    "POST cases/{case_id}/voucher": "SL",
    "GET cases/{case_id}/withdraw": "SL",
    "POST cases/{case_id}/withdraw": "SL",
    "GET checks": "HMT",
    "POST checks": "H",
    "POST checks/progress": "M",
    "POST complaints/{complaint_id}/scans": "O",
    "GET complaints": "O",
    "GET complaints/new": "O",
    "POST complaints/new": "O",
    "GET complaints/{complaint_id}": "O",
    "GET complaints/{complaint_id}/evidence/{evidence_id}": "O",
    "GET complaints/{complaint_id}/{name}": "O",
    "POST complaints/{complaint_id}/{name}": "O",
    "GET consents": "M",
    "POST consents/{consent_id}": "M",
    "GET course": "SLH",
    "GET dashboard": "HMTVKA",
    "GET department/cases/{case_id}": "D",
    "GET department/cases/{case_id}/feedback": "D",
    "POST department/cases/{case_id}/feedback": "D",
    "GET department/cases/{case_id}/opinion": "D",
    "POST department/cases/{case_id}/opinion": "D",
    "GET department/cases/{case_id}/pages/{page_id}": "D",
    "POST department/cases/{case_id}/push-received": "D",
    "POST department/cases/{case_id}/received": "D",
    "GET department/cases/{case_id}/signature": "D",
    "GET department/{name}": "D",
    "GET due": "SLH",
    "GET duty": ALL,
    "POST duty/absences": "H",
    "POST duty/absences/{absence_id}/end": "H",
    "GET duty/posts/new": "H",
    "POST duty/posts/new": "H",
    "GET duty/posts/{post_id}": "H",
    "POST duty/posts/{post_id}": "H",
    "POST duty/posts/{post_id}/close": "H",
    "GET feedback": "SLH",
    "GET help-calls": "SLH",
    "GET help-calls/ringing": "SLH",
    "POST help-calls/{call_id}/answer": "SLH",
    "POST help-calls/{call_id}/close": "SLH",
    "GET intake": "SLH",
    "GET items": "HA",
    "GET items/drafts/{draft_id}": "HA",
    "POST items/drafts/{draft_id}/back": "HA",
    "POST items/drafts/{draft_id}/confirm": "HA",
    "POST items/drafts/{draft_id}/discard": "A",
    "GET items/drafts/{draft_id}/preview": "HA",
    "POST items/drafts/{draft_id}/submit": "A",
    "GET items/drafts/{draft_id}/{section}": "A",
    "POST items/drafts/{draft_id}/{section}": "A",
    "GET items/new": "A",
    "POST items/new": "A",
    "GET items/{code}": "HA",
    "POST items/{code}/drafts": "A",
    "GET items/{code}/versions/{number}": "SLHA",
    "POST items/{code}/withdraw": "HA",
    "GET journal": "HT",
    "GET mine": "SLH",
    "GET notices": "HA",
    "GET notices/new": "HA",
    "POST notices/new": "HA",
    "POST notices/people/{staff_id}/photo": "HA",
    "GET notices/photos/{sha256}": ALL,
    "GET notices/{topic_id}": "HA",
    "POST notices/{topic_id}": "HA",
    "POST notices/{topic_id}/withdraw": "HA",
    "POST papers/{paper_id}/seal": "C",
    "GET ratings": "LHM",
    "GET reports": "HT",
    "GET reports/new/{case_id}": "H",
    "POST reports/new/{case_id}": "H",
    "GET reports/{report_id}": "HT",
    "POST reports/{report_id}/read": "T",
    "GET returned": "SLH",
    "GET seal": "LCH",
    "GET search": "SLH",
    "POST search": "SLH",
    "GET staff": "A",
    "GET staff/new": "A",
    "POST staff/new": "A",
    "GET staff/{staff_id}": "A",
    "POST staff/{staff_id}": "A",
    "POST staff/{staff_id}/close": "A",
    "POST staff/{staff_id}/factor": "A",
    "POST staff/{staff_id}/password": "A",
    "POST staff/{staff_id}/reopen": "A",
    "POST staff/{staff_id}/unlock": "A",
    "GET statistics": "HMTV",
    "POST statistics": "H",
    "POST statistics/export": "HMTV",
    "POST statistics/export/cases": "H",
    "GET suggestions": "H",
    "POST suggestions/{suggestion_id}": "H",
    "GET terminals": "HKA",
    "GET terminals/add": "A",
    "POST terminals/add": "A",
    "GET terminals/{terminal_id}/revoke": "A",
    "POST terminals/{terminal_id}/revoke": "A",
    "GET window": "SLH",
}

#: Open to who is not signed in.
OUTSIDE = {"GET sign-in", "POST sign-in", "GET sign-in/code", "POST sign-in/code", "POST sign-out", "GET ", "GET"}
#: Whose eyes a paper is for depends on the paper.
BY_PAPER = {"GET papers/{paper_id}", "GET papers/{paper_id}/code/{block}", "GET papers/{paper_id}/pdf"}
PAPERS: dict[PaperKind, str] = {
    PaperKind.ACCEPTANCE_NOTICE: "SLCDH",
    PaperKind.HANDOVER_SLIP: "SLDH",
    PaperKind.COMPLAINT_RESULT: "O",
    PaperKind.DAILY_CHECK: "HMT",
    PaperKind.OVERDUE_REPORT: "HT",
    PaperKind.STATISTICS: "HMTV",
}

#: Values that a path's parameter must have to be one at all; every other is an id that nothing has.
VALUES: dict[str, str] = {
    "code": "YLBX",
    "number": "1",
    "block": "0",
    "sha256": "0" * 64,
    "terminal_id": "WBH-01",
    "department/{name}": "waiting",
    "complaints/{complaint_id}/{name}": "accept",
    "bookings/{booking_id}/{act}": "came",
    "accountability/{event_id}/{act}": "report",
    "items/drafts/{draft_id}/{section}": "guide",
}
DEPARTMENT = "镇社会事务办"


def routes_of(app: FastAPI) -> dict[str, str]:
    """`METHOD path` of every route of the console, however deep it was included."""

    def walk(routes: Iterable[Any]) -> Iterator[APIRoute]:
        for route in routes:
            inner = getattr(route, "original_router", None)
            if inner is not None:
                yield from walk(inner.routes)
            elif isinstance(route, APIRoute):
                yield route

    found = [(method, route.path) for route in walk(app.routes) for method in route.methods or () if method != "HEAD"]
    return {f"{method} {path.removeprefix('/console').lstrip('/')}": path for method, path in found if path.startswith("/console")}


def filled(path: str) -> str:
    """The path with every parameter given."""
    chosen = VALUES.get(path.removeprefix("/console/"))

    def value(match: re.Match[str]) -> str:
        return VALUES.get(match[1]) or (chosen if chosen and match[1] in ("name", "act", "section") else str(uuid4()))

    return re.sub(r"{(\w+)}", value, path)


@dataclass
class Signed:
    """A member of staff at the console."""

    url: str
    session: requests.Session
    csrf: str

    def ask(self, act: str, path: str) -> requests.Response:
        method = act.split(" ", maxsplit=1)[0]
        form = {"csrf": self.csrf, "key": str(uuid4()), "revision": "1"} if method == "POST" else None
        return self.session.request(method, self.url + path, data=form, timeout=20, allow_redirects=False)


@dataclass
class House:
    """A center with one member of staff of each role, and a paper of each kind."""

    center: Center
    members: dict[str, Signed]
    papers: dict[PaperKind, str]
    routes: dict[str, str]

    def everything(self) -> str:
        """What all records come to, but for sessions and what counts sign-ins."""
        digest = hashlib.sha256()
        with self.center.database.reading() as session:
            for table in Base.metadata.sorted_tables:
                if table.name not in ("staff_sessions", "sign_in_locks", "sign_in_steps", "routines"):
                    rows = session.execute(select(table).order_by(table.c.id)).all()
                    digest.update(repr((table.name, rows)).encode())
        return digest.hexdigest()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    center = make_center(tmp_path_factory.mktemp("house"), MovableClock())
    with listening(center) as url:
        terminal = Terminal(url)
        terminal.register(center)
        assert terminal.file(terminal.filing()).status_code == 201
        with center.database.writing() as session:
            case = session.scalars(select(Case)).one()
            case.department = DEPARTMENT
            papers = {
                kind: str(issue(center, session, kind, subject, subject_id, (Qr(text="OS1"),), None).id)
                for kind, subject, subject_id in (
                    (PaperKind.ACCEPTANCE_NOTICE, Subject.CASE, case.id),
                    (PaperKind.HANDOVER_SLIP, Subject.CASE, case.id),
                    (PaperKind.COMPLAINT_RESULT, Subject.COMPLAINT, uuid4()),
                    (PaperKind.DAILY_CHECK, Subject.CENTER, None),
                    (PaperKind.OVERDUE_REPORT, Subject.CASE, case.id),
                    (PaperKind.STATISTICS, Subject.CENTER, None),
                )
            }
        members = {}
        for letter, role in LETTERS.items():
            add_staff(center, f"m{letter.lower()}", f"员{letter}", role, "综合窗口1号", PASSWORD, DEPARTMENT if letter == "D" else "")
            session_of = direct_session()
            page = session_of.post(f"{url}/console/sign-in", data={"login": f"m{letter.lower()}", "password": PASSWORD}, timeout=20)
            token = re.search(r'name="csrf" value="([^"]+)"', page.text)
            assert token, page.text
            members[letter] = Signed(url, session_of, token[1])
        yield House(center, members, papers, routes_of(create_app(center)))
    center.database.close()


def test_every_route_of_the_console_is_in_the_table(house: House) -> None:
    known = set(MAY) | OUTSIDE | BY_PAPER
    assert set(house.routes) - known == set()
    assert known - set(house.routes) - OUTSIDE == set()


@pytest.mark.parametrize("letter", LETTERS)
def test_a_role_without_the_right_is_refused_and_changes_nothing(house: House, letter: str) -> None:
    before = house.everything()
    member = house.members[letter]
    let_in = {act for act, may in MAY.items() if letter not in may and member.ask(act, filled(house.routes[act])).status_code != 403}
    assert let_in == set()
    assert house.everything() == before


@pytest.mark.parametrize("letter", LETTERS)
def test_a_role_with_the_right_is_not_turned_away(house: House, letter: str) -> None:
    member = house.members[letter]
    refused = {act for act, may in MAY.items() if letter in may and member.ask(act, filled(house.routes[act])).status_code in (403, 500)}
    assert refused == set()


@pytest.mark.rule("R6.8")
@pytest.mark.parametrize("kind", PAPERS)
def test_R6_8_a_paper_is_read_by_whom_it_concerns(house: House, kind: PaperKind) -> None:
    for letter, member in house.members.items():
        for part in ("", "/code/0", *(("/pdf",) if kind is PaperKind.ACCEPTANCE_NOTICE else ())):
            answer = member.ask("GET", f"/console/papers/{house.papers[kind]}{part}")
            assert (answer.status_code == 200) is (letter in PAPERS[kind]), (letter, part, answer.status_code)


def test_nobody_signed_in_sees_only_the_sign_in(house: House) -> None:
    nobody = Signed(next(iter(house.members.values())).url, direct_session(), "")
    for act, path in house.routes.items():
        if act not in OUTSIDE:
            answer = nobody.ask(act, filled(path))
            assert (answer.status_code, answer.headers.get("location", "")[:16]) == (303, "/console/sign-in"), act


def test_navigation_shows_a_role_only_what_it_may_see(house: House) -> None:
    for letter, member in house.members.items():
        shown = member.session.get(f"{member.url}/console/account", timeout=20).text
        for page in (page for area in AREAS for page in area.pages):
            path = "department/{name}" if page.path.startswith("department/") else page.path
            if letter not in MAY[f"GET {path}"]:
                assert f'href="/console/{page.path}"' not in shown, (letter, page.path)
