"""Complaints for tests: invented people, a township's staff, and a terminal that files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import requests
from sqlalchemy import select

from center.center import Center
from center.complaints.registration import DeskComplaint, register_at_desk
from center.domain.roles import Role
from center.members import Member
from center.store.tables import Complaint, Staff
from kiosk.wire.codes import Code, CodeKind, write_code
from kiosk.wire.complaints import Access, ComplaintFiling, ComplaintWords, EvidenceFiling, Party
from kiosk.wire.filing import Consent
from tests.center import papers
from tests.center.place import MORNING, NAME, NUMBER, PHONE, TOWNSHIP, Terminal

DIGITS = "390517"
STATEMENT = "上午去了两次，都让我等着，没有人说还缺什么。"

#: Who works in the tests' center: login, name, roles, window, department.
STAFF: tuple[tuple[str, str, tuple[Role, ...], str, str], ...] = (
    ("wangmin", "王敏", (Role.WINDOW_STAFF,), "综合窗口1号", ""),
    ("zhouqiang", "周强", (Role.WINDOW_LEAD,), "综合窗口2号", ""),
    ("lifang", "李芳", (Role.COMPLAINT_OFFICER,), "", ""),
    ("gaojie", "高洁", (Role.CENTER_LEADER,), "", ""),
)


def add_member(
    center: Center, login: str, name: str, roles: tuple[Role, ...], window: str = "", department: str = "", public: bool = True
) -> Member:
    """A member of staff as their session would say, without a password of their own."""
    with center.database.writing() as session:
        row = Staff(
            township_id=center.township_id,
            login=login,
            name=name,
            roles=frozenset(roles),
            window=window,
            password_hash="",
            added_at=MORNING,
            department=department,
            post="窗口岗" if window else "",
            public=public and bool(window),
        )
        session.add(row)
        session.flush()
        return Member(row.id, login, name, frozenset(roles), window, department)


@dataclass(frozen=True)
class Town:
    """The center's people."""

    center: Center
    window: Member
    lead: Member
    officer: Member
    leader: Member

    def complaint(self, complaint_id: UUID) -> Complaint:
        """Its row now."""
        with self.center.database.reading() as session:
            return session.scalars(select(Complaint).where(Complaint.id == complaint_id)).one()

    def revision(self, complaint_id: UUID) -> int:
        """Its revision now."""
        return self.complaint(complaint_id).revision


def town_of(center: Center) -> Town:
    """王敏, 周强, the officer 李芳 and the leader 高洁."""
    return Town(center, *(add_member(center, *who) for who in STAFF))


def desk(**changes: Any) -> DeskComplaint:
    """A complaint by phone as an officer writes it down."""
    values: dict[str, Any] = {
        "key": uuid4(),
        "channel": "phone",
        "received_on": MORNING.date(),
        "party": {"kind": "person", "name": NAME, "contact": PHONE, "number": ""},
        "capacity": "self",
        "agent": {},
        "group_size": 0,
        "verified": False,
        "window": "综合窗口1号",
        "staff_id": "",
        "matter": "manners",
        "statement": STATEMENT,
        "case_number": "",
        "evidence_later": False,
    }
    return DeskComplaint(**(values | changes))


def at_desk(town: Town, **changes: Any) -> UUID:
    """Registered by the officer."""
    return register_at_desk(town.center, town.officer, desk(**changes))


class Complainer:
    """A terminal with a citizen before it."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.filed = 0

    def public(self) -> dict[str, Any]:
        answer = self.terminal.call("GET", "/api/v1/public-staff")
        assert answer.ok, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def about(self, name: str = "王敏") -> str:
        """The public id of a person or window."""
        listed = self.public()
        return next(str(each["id"]) for each in (*listed["staff"], *listed["windows"]) if each["name"] == name)

    def filing(self, *, card: bool = True, at: datetime = MORNING, pages: int = 1, **changes: Any) -> ComplaintFiling:
        self.filed += 1
        evidence = tuple(self.terminal.upload(papers.page(f"证据 {self.filed}-{index}")) for index in range(pages))
        values: dict[str, Any] = {
            "key": uuid4(),
            "township_id": TOWNSHIP,
            "terminal_id": self.terminal.terminal_id,
            "receipt_number": f"T01{at:%y%m%d}9{self.filed:04}",
            "card": card,
            "digits": None if card else DIGITS,
            "complainant": Party(name=NAME, contact=PHONE, number=NUMBER if card else ""),
            "about": changes.pop("about", None) or self.about(),
            "matter": "manners",
            "statement": STATEMENT,
            "evidence": evidence,
            "consent": Consent(text_version="2026-11", given_at=at - timedelta(minutes=3)),
            "filed_at": at,
        }
        return ComplaintFiling(**(values | changes))

    def post(self, path: str, body: str, key: UUID | None = None) -> requests.Response:
        headers = {"Content-Type": "application/json"} | ({"Idempotency-Key": str(key)} if key else {})
        return self.terminal.call("POST", f"/api/v1/complaints{path}", body.encode(), headers)

    def file(self, filing: ComplaintFiling) -> requests.Response:
        return self.post("", filing.model_dump_json(), filing.key)

    def code(self, receipt_number: str) -> str:
        return write_code(Code(CodeKind.COMPLAINT, self.terminal.short_name, receipt_number), self.terminal.key)

    def open(self, receipt_number: str, digits: str = DIGITS) -> requests.Response:
        return self.post("/open", json.dumps({"code": self.code(receipt_number), "digits": digits}))

    def lookup(self, number: str = NUMBER) -> list[dict[str, Any]]:
        answer = self.post("/lookup", json.dumps({"number": number}))
        assert answer.ok, answer.text
        found: list[dict[str, Any]] = answer.json()["complaints"]
        return found

    def by_digits(self, receipt_number: str, digits: str = DIGITS) -> Access:
        return Access(code=self.code(receipt_number), digits=digits)

    def hand_in(self, access: Access, words: str = "补充如下", evidence: tuple[str, ...] = ()) -> requests.Response:
        filing = EvidenceFiling(key=uuid4(), access=access, words=words, evidence=evidence)
        return self.post("/evidence", filing.model_dump_json(), filing.key)

    def say(self, path: str, access: Access, words: str = "我不同意这个结果。") -> requests.Response:
        said = ComplaintWords(key=uuid4(), access=access, words=words)
        return self.post(path, said.model_dump_json(), said.key)
