"""Who complained, and everything from which it follows, is known to complaint officers alone (R6.8): proven on every route, as every role."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import select, update

from center.app import create_app
from center.center import Center
from center.complaints import consents, following, handling, inquiry
from center.domain.roles import ALONE, Right, Role, may
from center.log import start_logging
from center.people.passwords import hash_password
from center.store.tables import Base, Complaint, Staff
from kiosk.wire.complaints import Agent, Capacity, Party
from tests.center import papers
from tests.center.complaints.crawl import Crawler, Haul, addresses, forms_of, get_routes, ids_of
from tests.center.complaints.place import Complainer, Town, add_member, at_desk, town_of
from tests.center.place import PASSWORD, MovableClock, Terminal, listening, make_center

#: A thousand pages for a role.
pytestmark = pytest.mark.timeout(900)

#: Unmistakable, and in nothing else. Two of each: one of a complaint about window 1, one about something else.
NAMES = ("欧阳甲标记", "诸葛乙标记")
CONTACTS = ("13777770001", "13777770002")
NUMBERS = ("230903196001017771", "230903196001017772")
AGENT = ("慕容丙标记", "13777770003", "230903196001017773")
STATEMENTS = ("原话甲标记，窗口让我等了三次。", "原话乙标记，收了复印费。")
CASES = ("2077010177771", "2077010177772")
#: What officers write about a complaint: the complainant's story follows from it.
OFFICERS = {
    "wanted": "补充标记单据",
    "facts": "事实标记监控",
    "result": "结果标记书面",
    "told": "告知标记电话",
    "answer": "申辩标记意见",
    "review": "复查标记理由",
    "opinion": "意见标记送回",
    "evidence": "证据标记两张",
}
#: Written for the leader, and for no window.
SUMMARY, REASON = "摘要标记拟办", "延期标记理由"
PAGE = papers.page("证据标记")


@dataclass(frozen=True)
class Seeded:
    """Complaints in many states, each full of marks."""

    center: Center
    town: Town
    url: str
    terminal: Terminal
    routes: tuple[APIRoute, ...]
    first: UUID
    second: UUID

    @property
    def secrets(self) -> dict[str, str | bytes]:
        """What only officers may see."""
        told = {
            **{f"name {index}": name for index, name in enumerate(NAMES)},
            **{f"contact {index}": contact for index, contact in enumerate(CONTACTS)},
            **{f"number {index}": number for index, number in enumerate(NUMBERS)},
            **{f"statement {index}": words for index, words in enumerate(STATEMENTS)},
            **{f"case {index}": number for index, number in enumerate(CASES)},
            **{f"agent {index}": part for index, part in enumerate(AGENT)},
            **OFFICERS,
        }
        return {**told, "page": PAGE}


def _party(index: int) -> dict[str, str]:
    return {"kind": "person", "name": NAMES[index], "contact": CONTACTS[index], "number": NUMBERS[index]}


def _seed(center: Center, town: Town, citizen: Complainer, clock: MovableClock) -> tuple[UUID, UUID]:
    officer, leader = town.officer, town.leader

    def consent(complaint_id: UUID) -> None:
        with center.database.reading() as session:
            question = inquiry.open_question(session, complaint_id)
        assert question is not None
        consents.answer(center, leader, question.id, True, "")

    # one about window 1, reporting retaliation, on its whole way to a review
    first = at_desk(
        town,
        channel="visit",
        verified=True,
        party=_party(0),
        statement=STATEMENTS[0],
        case_number=CASES[0],
        staff_id=str(town.window.id),
        matter="retaliation",
    )
    now = town.revision
    handling.ask_supplement(center, officer, first, now(first), wanted=(OFFICERS["wanted"],))
    following.record_supplement(center, officer, first, now(first), words=OFFICERS["evidence"])
    handling.accept(center, officer, first, now(first))
    inquiry.ask_consent(center, officer, first, now(first), handling="direct", handler="", degree="ordinary", summary=SUMMARY)
    consent(first)
    inquiry.ask_extension(center, officer, first, now(first), reason=REASON)
    consent(first)
    inquiry.find(center, officer, first, now(first), finding="true", facts=OFFICERS["facts"])
    inquiry.take_measures(center, officer, first, now(first), measures=("talk",), note=OFFICERS["facts"])
    handling.tell_by_phone(center, officer, first, now(first), told=OFFICERS["told"])
    inquiry.write_result(center, officer, first, now(first), words=OFFICERS["result"])
    following.record_answer(center, officer, first, now(first), words=OFFICERS["answer"])
    following.record_review(center, officer, first, now(first), words=OFFICERS["review"])

    # one about the center, by an agent at the terminal, without a card, with evidence
    filing = citizen.filing(
        card=False,
        complainant=Party(name=NAMES[1], contact=CONTACTS[1], number=NUMBERS[1]),
        capacity=Capacity.AGENT,
        agent=Agent(name=AGENT[0], contact=AGENT[1], number=AGENT[2]),
        statement=STATEMENTS[1],
        case_number=CASES[1],
        about=citizen.about("中心整体（万宝河镇政务服务中心）"),
        evidence=(citizen.terminal.upload(PAGE),),
    )
    assert citizen.file(filing).status_code == 201
    with center.database.reading() as session:
        second = session.scalars(select(Complaint.id).where(Complaint.receipt_number == filing.receipt_number)).one()

    # and others in other states
    referred, refused, asked = (at_desk(town, party=_party(0), statement=STATEMENTS[0], case_number=CASES[0]) for _ in range(3))
    opinion_due = clock.at.date() + timedelta(days=3)
    handling.refer(center, officer, referred, now(referred), body="镇社会事务办", via="oa", opinion_due=opinion_due)
    handling.record_opinion(center, officer, referred, now(referred), opinion=OFFICERS["opinion"])
    handling.refuse(center, officer, refused, now(refused), ground="a", reason="理由", basis="依据", channel="途径")
    handling.accept(center, officer, asked, now(asked))
    inquiry.ask_consent(
        center, officer, asked, now(asked), handling="transferred", handler="镇社会事务办", degree="ordinary", summary=SUMMARY
    )
    # applications beside them, so that cases, papers and lists have something to show
    assert citizen.terminal.file(citizen.terminal.filing(name="申请人一", number="230903195603128120")).ok
    return first, second


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """Once for all who look, each with an account of its own: looking changes nothing but the journal.

    On SQLite: what a page shows does not depend on the engine.
    """
    clock = MovableClock()
    center = make_center(tmp_path_factory.mktemp("seeded"), clock)
    with listening(center) as url:
        terminal = Terminal(url)
        terminal.register(center)
        town = town_of(center)
        first, second = _seed(center, town, Complainer(terminal), clock)
        yield Seeded(center, town, url, terminal, get_routes(create_app(center)), first, second)
    center.database.close()


def _crawl(seeded: Seeded, login: str, extra: dict[str, str | bytes] | None = None, patient: bool = True) -> Haul:
    with seeded.center.database.writing() as session:
        session.execute(update(Staff).where(Staff.login == login).values(password_hash=hash_password(PASSWORD)))
    crawler = Crawler(seeded.url, seeded.secrets | (extra or {}))
    crawler.sign_in(login, PASSWORD)
    with seeded.center.database.reading() as session:
        number = session.get_one(Complaint, seeded.first).number
        files = list(session.execute(select(Base.metadata.tables["files"].c.sha256)).scalars())
        evidence = [str(row) for row in session.execute(select(Base.metadata.tables["complaint_files"].c.id)).scalars()]
    words = [NAMES[0], CASES[0], NUMBERS[0], number]
    some = ids_of(seeded.center, [number, CASES[0], "YLBX", "cases", *files])
    few = [str(seeded.first), str(seeded.second), *evidence, "accept", "find", "0"]
    haul = crawler.crawl(addresses(seeded.routes, some, few, words), patient)
    assert haul.answered > len(seeded.routes)
    return haul


_WITHOUT = [(role,) for role in Role if role is not Role.COMPLAINT_OFFICER] + [
    (Role.WINDOW_LEAD, Role.CUSTODIAN, Role.CENTER_HEAD),
    tuple(role for role in Role if role not in ALONE and role is not Role.COMPLAINT_OFFICER),
]


@pytest.mark.rule("R6.8")
@pytest.mark.parametrize("roles", _WITHOUT, ids="+".join)
def test_no_page_export_or_search_tells_who_complained_to_anybody_but_officers(seeded: Seeded, roles: tuple[Role, ...]) -> None:
    window = "综合窗口1号" if Role.WINDOW_STAFF in roles or Role.WINDOW_LEAD in roles else ""
    login = f"curious{_WITHOUT.index(roles)}"
    add_member(seeded.center, login, "何人", roles, window, "镇社会事务办" if Role.LIAISON in roles else "")
    # what an officer writes for the leader is for nobody else's eyes either
    more: dict[str, str | bytes] = {} if may(roles, Right.GIVE_CONSENT) else {"summary": SUMMARY, "reason": REASON}
    # who holds all roles but the officer's asks with every id; one role alone stops at what it has no right to
    haul = _crawl(seeded, login, more, patient=len(roles) > 1)
    assert haul.seen == {}
    assert not any(path.startswith("/console/complaints") for path in haul.whole)
    exports = ("/console/statistics/export", Right.SEE_STATISTICS), ("/console/statistics/export/cases", Right.EXPORT_CASES)
    assert {path for path, right in exports if may(roles, right)} <= haul.exported
    papers_seen = [path for path in haul.whole if path.startswith("/console/papers/")]
    with seeded.center.database.reading() as session:
        table = Base.metadata.tables["issued_papers"]
        about = {str(row) for row in session.execute(select(table.c.id).where(table.c.subject == "complaint")).scalars()}
    assert len(about) > 5
    assert [path for path in papers_seen if any(paper in path for paper in about)] == []


@pytest.mark.rule("R6.8")
def test_an_officer_sees_every_mark_so_that_the_other_tests_can_fail(seeded: Seeded) -> None:
    seen = _crawl(seeded, "lifang", {"summary": SUMMARY, "reason": REASON}, patient=False).seen
    assert set(seen) == set(seeded.secrets) | {"summary", "reason"}


@pytest.mark.rule("R6.8")
def test_an_officer_who_serves_at_the_window_sees_nothing_of_complaints_about_it(seeded: Seeded) -> None:
    add_member(seeded.center, "both", "钱丽", (Role.COMPLAINT_OFFICER, Role.WINDOW_STAFF), "综合窗口1号")
    haul = _crawl(seeded, "both", patient=False)
    seen, whole = haul.seen, haul.whole
    assert {name for name in seen if name.endswith(" 0") and not name.startswith("agent")} == set()
    assert set(seen) == {"name 1", "contact 1", "number 1", "statement 1", "case 1", "agent 0", "agent 1", "agent 2", "page"}
    assert f"/console/complaints/{seeded.first}" not in whole


@pytest.mark.rule("R6.8")
def test_nobody_and_a_terminal_without_card_or_digits_learn_nothing(seeded: Seeded) -> None:
    secrets = seeded.secrets | {"summary": SUMMARY, "reason": REASON}
    crawler = Crawler(seeded.url, secrets)
    routes = seeded.routes
    numbers = [str(seeded.first), str(seeded.second), seeded.town.complaint(seeded.first).number, CASES[0], PAGE.hex()[:64]]
    assert crawler.crawl(addresses(routes, numbers, numbers[:3], numbers[2:]), patient=False).seen == {}
    at_api = [route for route in routes if route.path.startswith("/api/")]
    for path in (path for paths in addresses(at_api, numbers, numbers[:3], numbers[2:]) for path in paths):
        answer = seeded.terminal.call("GET", path)
        assert answer.status_code < 500, path
        assert not any(form in answer.content for secret in secrets.values() for form in forms_of(secret)), path
    receipt = seeded.town.complaint(seeded.second).receipt_number
    code = Complainer(seeded.terminal).code(receipt)
    for path, body in (
        ("/api/v1/complaints/receipt", {"code": code}),
        ("/api/v1/complaints/open", {"code": code, "digits": "111112"}),
        ("/api/v1/complaints/lookup", {"number": "230903195603128120"}),
        ("/api/v1/complaints/lookup", {"number": NUMBERS[1]}),
        ("/api/v1/complaints/lookup", {"number": AGENT[2]}),
        ("/api/v1/cases/lookup", {"number": NUMBERS[0]}),
    ):
        answer = seeded.terminal.ask(path, body)
        assert not any(form in answer.content for secret in secrets.values() for form in forms_of(secret)), path


@pytest.mark.rule("R6.8")
def test_nothing_is_in_the_clear_in_tables_files_or_log(
    town: Town, citizen: Complainer, clock: MovableClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start_logging()
    _seed(town.center, town, citizen, clock)
    secrets = [*NAMES, *CONTACTS, *NUMBERS, *AGENT, *STATEMENTS, *CASES, *OFFICERS.values(), SUMMARY, REASON]
    forms = [form for secret in secrets for form in forms_of(secret)]
    with town.center.database.reading() as session:
        for name, table in Base.metadata.tables.items():
            for row in session.execute(select(table)):
                kept = b"\0".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
                assert not any(form in kept for form in forms), name
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(form in content for form in (*forms, PAGE)), path
    told = capsys.readouterr()
    logged = (told.err + told.out).encode()
    assert b"complaint_filed" in logged
    assert not any(form in logged for form in forms)
    # not even which complaint, or at which terminal, stands beside a filing's line
    (line,) = [json.loads(each) for each in told.err.splitlines() if "complaint_filed" in each]
    assert set(line) == {"event", "timestamp"}
