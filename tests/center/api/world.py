"""A center with something in every room, and for each operation of the API one request that it must answer well. New operations add a line."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import requests
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver, algorithms
from requests.auth import AuthBase
from sqlalchemy import select

from center.casework.handling import open_case, return_with_notice
from center.center import Center
from center.complaints.act_forms import ACT_FORMS
from center.complaints.consents import answer as answer_consent
from center.complaints.inquiry import open_question
from center.config import ApiSection, ServicesSection
from center.domain.complaint import ComplaintAct
from center.domain.notice import NoticeLine, Reason, Subject
from center.store.tables import Case, Complaint
from kiosk.wire.complaints import ComplaintFiling
from kiosk.wire.filing import AUTHORITY_PAPER, Filing
from tests.center import papers
from tests.center.api.terminals import GOOD
from tests.center.complaints.place import DIGITS, Complainer, Town, town_of
from tests.center.place import NAME, NUMBER, TOWNSHIP, MovableClock, Terminal, listening, make_center

WINDOWS = ("综合窗口1号", "综合窗口2号")

#: No limit is reached by a test that is not about limits.
UNLIMITED = ApiSection(
    terminal_per_second=10_000, terminal_burst=100_000, address_per_second=10_000, address_burst=100_000, lookups_per_minute=100_000
)


class Signs(AuthBase):
    """The signing hook: signs whatever request it is given, as it is, with the terminal's key."""

    def __init__(self, terminal: Terminal) -> None:
        resolver = MappingKeyResolver(public_keys={}, private_keys={terminal.terminal_id: terminal.key})
        self._signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=resolver)
        self._terminal = terminal

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        content = body.encode() if isinstance(body, str) else body
        request.headers["Content-Digest"] = f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"
        covered = ["@method", "@authority", "@target-uri", "content-digest"]
        if "Idempotency-Key" in request.headers:
            covered.append("idempotency-key")
        now = datetime.now(UTC)
        self._signer.sign(
            request,
            key_id=self._terminal.terminal_id,
            created=now,
            expires=now + timedelta(seconds=60),
            nonce=uuid4().hex,
            label="sig1",
            covered_component_ids=covered,
            use_existing_digest=True,
        )
        return request


@dataclass
class Seed:
    """A good request: what stands in the path, the headers and the query, and the body (JSON, or bytes)."""

    path: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None

    def keyed(self) -> Seed:
        """With the Idempotency-Key of its body."""
        return replace(self, headers={**self.headers, "Idempotency-Key": str(self.body["key"])})


@dataclass
class World:
    """The center, who works there, a terminal, and a citizen before it."""

    center: Center
    town: Town
    terminal: Terminal
    citizen: Complainer

    def filed(self) -> Filing:
        """An application that the center has."""
        filing = self.terminal.filing()
        assert self.terminal.file(filing).status_code == 201
        return filing

    def case_of(self, filing: Filing) -> Case:
        with self.center.database.reading() as session:
            return session.scalars(select(Case).where(Case.receipt_number == filing.receipt_number)).one()

    def returned(self) -> Filing:
        """An application returned with a one-time notice: the household register is unclear."""
        filing = self.filed()
        open_case(self.center, self.town.window, self.case_of(filing).id)
        line = NoticeLine(Subject.MATERIAL, "household_register", "户口簿", Reason.UNCLEAR)
        case = self.case_of(filing)
        return_with_notice(self.center, self.town.window, case.id, case.revision, (line,))
        return filing

    def own(self, **more: Any) -> dict[str, Any]:
        return {"key": str(uuid4()), "township_id": TOWNSHIP, "terminal_id": self.terminal.terminal_id, "number": NUMBER, **more}

    def complaint(self, *, card: bool = True) -> ComplaintFiling:
        """A complaint that the center has."""
        filing = self.citizen.filing(card=card)
        assert self.citizen.file(filing).status_code == 201
        return filing

    def access(self, filing: ComplaintFiling) -> dict[str, Any]:
        with self.center.database.reading() as session:
            row = session.scalars(select(Complaint).where(Complaint.receipt_number == filing.receipt_number)).one()
        return {"card_number": NUMBER, "complaint_number": row.number}

    def with_result(self) -> ComplaintFiling:
        """A complaint that has its written result."""
        filing = self.complaint()
        with self.center.database.reading() as session:
            row = session.scalars(select(Complaint).where(Complaint.receipt_number == filing.receipt_number)).one()
        self._act(row.id, ComplaintAct.ACCEPT)
        self._act(row.id, ComplaintAct.ASK_CONSENT, handling="direct", handler="", degree="ordinary", summary="反映窗口态度不好，拟直查")
        with self.center.database.reading() as session:
            question = open_question(session, row.id)
        assert question is not None
        answer_consent(self.center, self.town.leader, question.id, True, "")
        self._act(row.id, ComplaintAct.FIND, finding="true", facts="监控显示让人等了两小时")
        self._act(row.id, ComplaintAct.TAKE_MEASURES, measures=("talk",), note="约谈")
        self._act(row.id, ComplaintAct.WRITE_RESULT, words="您反映的情况属实，已约谈当事人。")
        return filing

    def _act(self, complaint_id: UUID, act: ComplaintAct, **given: Any) -> None:
        ACT_FORMS[act].do(self.center, self.town.officer, complaint_id, self.town.revision(complaint_id), **given)

    def slot(self, which: int = 0) -> dict[str, Any]:
        free = self.terminal.call("GET", "/api/v1/bookings/free").json()["slots"][which]
        return {name: free[name] for name in ("day", "window", "starts")}

    def booked(self) -> str:
        body = {"key": str(uuid4()), "name": NAME, "number": f"23090319480312{uuid4().int % 10_000:04}", **self.slot()}
        headers = {"Content-Type": "application/json", "Idempotency-Key": body["key"]}
        answer = self.terminal.call("POST", "/api/v1/bookings", json.dumps(body).encode(), headers)
        assert answer.status_code == 201, answer.text
        return f"{answer.json()['number']} {body['number']}"

    def begun(self, content: bytes) -> dict[str, Any]:
        answer = self.terminal.ask("/api/v1/uploads", {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)})
        assert answer.status_code in (200, 201), answer.text
        found: dict[str, Any] = answer.json()
        return found


def _key() -> str:
    return str(uuid4())


def _page() -> bytes:
    return papers.page(f"户口簿 {uuid4()}")


def _filing(world: World) -> Seed:
    """Filed by an agent, to be posted, with a call before: everything that a filing may say."""
    filing = world.terminal.filing()
    number = "230903198806042507"
    said = {
        "agent": {"kind": "resident", "name": "李国芳", "number": number, "phone": "13904641299", "authority": "guardian"},
        "delivery": "post",
        "post_to": {"recipient": "李国芳", "phone": "0464-8290000", "address": "万宝河镇二村8号"},
        "tell": "phone",
    }
    authority = {"code": AUTHORITY_PAPER, "pages": [world.terminal.upload(_page())]}
    body = filing.model_dump(mode="json")
    return Seed(body={**body, **said, "materials": [*body["materials"], authority]}).keyed()


def _complaint(world: World) -> Seed:
    return Seed(body=world.citizen.filing().model_dump(mode="json")).keyed()


def _put(_world: World) -> Seed:
    content = _page()
    return Seed({"sha256": hashlib.sha256(content).hexdigest()}, {"Content-Type": "image/jpeg"}, body=content)


def _part(world: World) -> Seed:
    content = _page()
    upload = world.begun(content)
    return Seed(
        {"upload_id": upload["upload_id"]}, {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}, body=content[:5000]
    )


def _supplement(world: World) -> Seed:
    filing = world.returned()
    pages = [world.terminal.upload(_page()), world.terminal.upload(_page())]
    body = world.own(materials=[{"code": "household_register", "pages": pages}])
    return Seed({"receipt_number": filing.receipt_number}, body=body).keyed()


def _change(world: World) -> Seed:
    booking, number = world.booked().split()
    return Seed(body={"key": _key(), "booking": booking, "number": number, **world.slot(3)}).keyed()


def _cancel(world: World) -> Seed:
    booking, number = world.booked().split()
    return Seed(body={"key": _key(), "booking": booking, "number": number}).keyed()


def _help(world: World) -> Seed:
    call = Seed(body={"key": _key(), "place": "materials"}).keyed()
    headers = {"Content-Type": "application/json", **call.headers}
    assert world.terminal.call("POST", "/api/v1/help-calls", json.dumps(call.body).encode(), headers).ok
    return Seed(body={"key": call.body["key"]})


#: One good request for each operation, made anew whenever it is wanted.
SEEDS: dict[tuple[str, str], Callable[[World], Seed]] = {
    ("GET", "/healthz"): lambda _: Seed(),
    ("GET", "/api/v1/health"): lambda _: Seed(),
    ("GET", "/api/v1/openapi.json"): lambda _: Seed(),
    ("GET", "/api/v1/catalogue"): lambda _: Seed(),
    ("GET", "/api/v1/notices"): lambda _: Seed(),
    ("PUT", "/api/v1/files/{sha256}"): _put,
    ("POST", "/api/v1/uploads"): lambda _: Seed(body={"sha256": hashlib.sha256(_page()).hexdigest(), "size": 5000}),
    ("HEAD", "/api/v1/uploads/{upload_id}"): lambda world: Seed({"upload_id": world.begun(_page())["upload_id"]}),
    ("PATCH", "/api/v1/uploads/{upload_id}"): _part,
    ("POST", "/api/v1/applications"): _filing,
    ("POST", "/api/v1/applications/{receipt_number}/supplements"): _supplement,
    ("POST", "/api/v1/applications/{receipt_number}/withdrawal"): lambda world: Seed(
        {"receipt_number": world.filed().receipt_number}, body=world.own()
    ).keyed(),
    ("POST", "/api/v1/cases/state"): lambda world: Seed(body={"code": world.terminal.receipt_code(world.filed().receipt_number)}),
    ("POST", "/api/v1/cases/lookup"): lambda _: Seed(body={"number": NUMBER}),
    ("POST", "/api/v1/cases/papers"): lambda world: Seed(body={"number": NUMBER, "receipt_number": world.returned().receipt_number}),
    ("POST", "/api/v1/terminals/health"): lambda _: Seed(body=GOOD),
    ("POST", "/api/v1/ratings"): lambda world: Seed(
        body={"key": _key(), "code": world.terminal.receipt_code(world.filed().receipt_number), "level": 5}
    ).keyed(),
    ("GET", "/api/v1/bookings/free"): lambda _: Seed(),
    ("POST", "/api/v1/bookings"): lambda world: Seed(
        body={"key": _key(), "name": NAME, "number": f"23090319480312{uuid4().int % 10_000:04}", **world.slot()}
    ).keyed(),
    ("POST", "/api/v1/bookings/lookup"): lambda _: Seed(body={"number": NUMBER}),
    ("POST", "/api/v1/bookings/change"): _change,
    ("POST", "/api/v1/bookings/cancel"): _cancel,
    ("POST", "/api/v1/suggestions"): lambda _: Seed(body={"key": _key(), "words": "中午能不能也有人值班？"}).keyed(),
    ("POST", "/api/v1/help-calls"): lambda _: Seed(body={"key": _key(), "place": "materials"}).keyed(),
    ("POST", "/api/v1/help-calls/state"): _help,
    ("GET", "/api/v1/public-staff"): lambda _: Seed(),
    ("POST", "/api/v1/complaints"): _complaint,
    ("POST", "/api/v1/complaints/receipt"): lambda world: Seed(body={"code": world.citizen.code(world.complaint().receipt_number)}),
    ("POST", "/api/v1/complaints/open"): lambda world: Seed(
        body={"code": world.citizen.code(world.complaint(card=False).receipt_number), "digits": DIGITS}
    ),
    ("POST", "/api/v1/complaints/lookup"): lambda _: Seed(body={"number": NUMBER}),
    ("POST", "/api/v1/complaints/evidence"): lambda world: Seed(
        body={"key": _key(), "access": world.access(world.complaint()), "words": "这是当天的回执。"}
    ).keyed(),
    ("POST", "/api/v1/complaints/answer"): lambda world: Seed(
        body={"key": _key(), "access": world.access(world.with_result()), "words": "没有说明原因。"}
    ).keyed(),
    ("POST", "/api/v1/complaints/review"): lambda world: Seed(
        body={"key": _key(), "access": world.access(world.with_result()), "words": "我不同意。"}
    ).keyed(),
}


@contextmanager
def world_in(directory: Path) -> Iterator[World]:
    """The center, listening."""
    made = make_center(directory, MovableClock())
    services = ServicesSection(booking_windows=WINDOWS, booking_places=20)
    center = replace(made, config=made.config.model_copy(update={"services": services, "api": UNLIMITED}))
    town = town_of(center)
    with listening(center) as url:
        terminal = Terminal(url)
        terminal.register(center)
        yield World(center, town, terminal, Complainer(terminal))
    center.database.close()
