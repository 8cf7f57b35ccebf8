"""Complaints from the terminal: what is needed, what opens one, and what never does."""

from __future__ import annotations

import base64
import json
import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text

from center.complaints.access import TRIES
from center.complaints.dossier import open_dossier
from center.domain.roles import Role
from center.publishing.board import set_photo
from center.store.tables import Complaint, ComplaintFile, JournalEntry
from kiosk.wire.base import MAX_FILE_BYTES
from kiosk.wire.codes import parse_code
from kiosk.wire.complaints import Access, Agent, Capacity, Party, PartyKind
from tests.center import papers
from tests.center.complaints.place import DIGITS, STATEMENT, Complainer, Town, add_member
from tests.center.place import NAME, NUMBER, PHONE, MovableClock

JPEG_MAGIC = b"\xff\xd8\xff"
OTHER_NUMBER = "230903198806042507"


@pytest.mark.rule("R1.5", "R6.8")
def test_the_public_list_names_only_who_is_public_and_gives_away_no_row(town: Town, citizen: Complainer) -> None:
    listed = citizen.public()
    assert [each["name"] for each in listed["staff"]] == ["王敏", "周强"]
    assert [each["name"] for each in listed["windows"]] == ["综合窗口1号", "综合窗口2号", "中心整体（万宝河镇政务服务中心）"]
    assert str(town.window.id) not in json.dumps(listed)
    assert str(town.window.id).replace("-", "") not in json.dumps(listed)
    assert {each["code"] for each in listed["matters"]} >= {"manners", "retaliation"}


@pytest.mark.rule("R6.1", "R6.2")
def test_a_complaint_with_the_card_is_registered_once_and_opened_by_the_card(town: Town, citizen: Complainer) -> None:
    filing = citizen.filing(pages=2)
    first, second = citizen.file(filing), citizen.file(filing)
    assert (first.status_code, second.status_code) == (201, 200), first.text
    assert first.json() == second.json()
    assert first.json()["number"] == "TS202611240001"
    assert first.json()["acceptance_due_on"] == "2026-11-27"
    assert first.json()["evidence_due_on"] is None
    (seen,) = citizen.lookup()
    assert (seen["number"], seen["statement"], seen["evidence"]) == ("TS202611240001", STATEMENT, 2)
    assert (seen["about"], seen["matter"]) == ("综合窗口1号 王敏", "服务态度")
    assert seen["may_add"]
    assert not seen["may_ask_review"]
    # the officer sees when it was sent, and to which text the citizen agreed
    first_event = open_dossier(town.center, town.officer, _only(town)).events[0]
    assert dict(first_event.lines)["同意文本"].startswith("2026-11，2026-11-24 09:27")
    assert citizen.lookup(OTHER_NUMBER) == []
    with town.center.database.reading() as session:
        row = session.scalars(select(Complaint)).one()
        assert session.scalar(select(func.count()).select_from(ComplaintFile)) == 2
        # a terminal's filing is no act of staff: nothing in the journal stands beside the citizen's minute
        assert [line.act for line in session.scalars(select(JournalEntry)) if not line.act.startswith("terminal.")] == []
    assert (row.about_staff, row.about_window, row.receipt_number) == (town.window.id, "综合窗口1号", filing.receipt_number)


@pytest.mark.rule("R6.1")
def test_a_complaint_needs_name_contact_reason_and_whom_it_is_about(citizen: Complainer) -> None:
    whole = json.loads(citizen.filing().model_dump_json())
    for part in ("complainant", "about", "statement", "matter"):
        sent = {name: value for name, value in whole.items() if name != part}
        assert citizen.post("", json.dumps(sent), UUID(whole["key"])).status_code == 422, part
    for missing in ("name", "contact"):
        sent = whole | {"complainant": {"kind": "person", "name": NAME, "contact": PHONE, "number": NUMBER} | {missing: "  "}}
        assert citizen.post("", json.dumps(sent), UUID(whole["key"])).status_code == 422, missing
    for changes, code in (
        ({"about": "0" * 20}, "about_unknown"),
        ({"matter": "weather"}, "matter_unknown"),
        ({"township_id": "other-town"}, "township_mismatch"),
        ({"terminal_id": "WBH-99"}, "terminal_mismatch"),
        ({"filed_at": "2026-11-24T09:30:00"}, "time_without_zone"),
        ({"filed_at": "2026-11-27T09:30:00+08:00"}, "filed_in_future"),
        ({"evidence": ["0" * 64]}, "files_missing"),
        ({"card": False, "digits": "888888"}, "digits_weak"),
    ):
        answer = citizen.post("", json.dumps(whole | changes), UUID(whole["key"]))
        assert answer.json()["code"] == code, answer.text
        assert "张秀兰" not in answer.text
    # and in the end the whole one is the first of the day: nothing was kept
    assert citizen.post("", json.dumps(whole), UUID(whole["key"])).json()["number"].endswith("0001")


def test_card_and_digits_exclude_each_other_and_the_key_is_in_the_header(citizen: Complainer) -> None:
    whole = json.loads(citizen.filing().model_dump_json())
    key = UUID(whole["key"])
    for changes in ({"digits": DIGITS}, {"card": False}, {"digits": "39O517", "card": False}, {"digits": "39051", "card": False}):
        assert citizen.post("", json.dumps(whole | changes), key).status_code == 422, changes
    assert citizen.post("", json.dumps(whole)).json()["code"] == "idempotency_key_missing"
    assert citizen.post("", json.dumps(whole), uuid4()).json()["code"] == "idempotency_key_mismatch"


@pytest.mark.rule("R6.1")
def test_an_agent_and_an_elected_representative_are_named(citizen: Complainer) -> None:
    agent = Agent(name="陈立", contact="13800001111", number=OTHER_NUMBER)
    by_agent = citizen.filing(
        capacity=Capacity.AGENT, agent=agent, complainant=Party(name="万宝河砖厂", kind=PartyKind.LEGAL_PERSON, contact=PHONE)
    )
    assert citizen.file(by_agent).status_code == 201
    assert [each["receipt_number"] for each in citizen.lookup(OTHER_NUMBER)] == [by_agent.receipt_number]
    whole = json.loads(citizen.filing().model_dump_json())
    for changes in ({"capacity": "agent"}, {"capacity": "representative"}, {"group_size": 12}):
        assert citizen.post("", json.dumps(whole | changes), UUID(whole["key"])).status_code == 422, changes
    sent = whole | {"capacity": "representative", "group_size": 12}
    assert citizen.post("", json.dumps(sent), UUID(whole["key"])).status_code == 201


@pytest.mark.rule("R6.1")
def test_evidence_that_follows_has_three_working_days(citizen: Complainer) -> None:
    answer = citizen.file(citizen.filing(evidence_later=True, pages=0)).json()
    assert answer["evidence_due_on"] == "2026-11-27"
    (seen,) = citizen.lookup()
    assert seen["evidence_due_on"] == "2026-11-27"


@pytest.mark.rule("R6.8")
def test_a_typed_number_opens_nothing(citizen: Complainer) -> None:
    filing = citizen.filing(card=False, complainant=Party(name=NAME, contact=PHONE, number=NUMBER))
    assert citizen.file(filing).json()["opens_with"] == "digits"
    assert citizen.lookup() == []


@pytest.mark.rule("R6.8")
def test_the_code_alone_tells_only_what_opens_it(citizen: Complainer) -> None:
    filing = citizen.filing(card=False)
    citizen.file(filing)
    code = citizen.code(filing.receipt_number)
    answer = citizen.post("/receipt", json.dumps({"code": code}))
    assert answer.json() == {"receipt_number": filing.receipt_number, "opens_with": "digits"}
    parsed = parse_code(code)
    assert parsed is not None
    assert (parsed[0].issuer, parsed[0].number) == ("T01", filing.receipt_number)
    # it is no application's, and an application's code opens no complaint
    assert citizen.terminal.ask("/api/v1/cases/state", {"code": code}).json()["code"] == "code_invalid"
    receipt = citizen.terminal.receipt_code(filing.receipt_number)
    assert citizen.post("/receipt", json.dumps({"code": receipt})).json()["code"] == "code_invalid"
    assert citizen.post("/receipt", json.dumps({"code": citizen.code("T01261124999X")})).json()["code"] == "receipt_unknown"


@pytest.mark.rule("R6.8")
def test_digits_open_it_and_five_wrong_tries_lock_it_for_an_hour(town: Town, citizen: Complainer) -> None:
    filing = citizen.filing(card=False)
    citizen.file(filing)
    assert citizen.open(filing.receipt_number).json()["statement"] == STATEMENT
    revision = town.complaint(_only(town)).revision
    codes = [citizen.open(filing.receipt_number, f"00000{turn}").json()["code"] for turn in range(TRIES)]
    assert codes == ["digits_wrong"] * (TRIES - 1) + ["digits_locked"]
    locked = citizen.open(filing.receipt_number)
    assert (locked.status_code, locked.json()["code"]) == (423, "digits_locked")
    assert "一小时" in locked.json()["detail"]
    # neither do acts get in by the same door
    assert citizen.hand_in(citizen.by_digits(filing.receipt_number)).json()["code"] == "digits_locked"
    # the officer's work is not disturbed by a stranger's guesses
    assert town.complaint(_only(town)).revision == revision
    with town.center.database.writing() as session:
        row = session.scalars(select(Complaint)).one()
        assert row.locked_until is not None
        session.execute(text("UPDATE complaints SET locked_until = :past"), {"past": row.locked_until - timedelta(hours=1, seconds=1)})
    assert citizen.open(filing.receipt_number).ok


def _only(town: Town) -> UUID:
    with town.center.database.reading() as session:
        return session.scalars(select(Complaint.id)).one()


@pytest.mark.rule("R6.8")
def test_the_right_digits_among_many_wrong_ones_at_once_do_not_slip_through(town: Town, citizen: Complainer) -> None:
    filing = citizen.filing(card=False)
    citizen.file(filing)
    answers: list[int] = []
    guesses = [f"70000{turn}" for turn in range(8)] + [DIGITS]
    crowd = [
        threading.Thread(target=lambda guess=guess: answers.append(citizen.open(filing.receipt_number, guess).status_code))
        for guess in guesses
    ]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    # all counted: after them it is locked, whatever the order was (the right ones may have come early and set the count back once)
    assert answers.count(200) <= 1
    while citizen.open(filing.receipt_number, "700009").status_code != 423:
        answers.append(422)
    assert answers.count(422) <= 2 * TRIES


def test_the_same_complaint_sent_at_once_is_one(town: Town, citizen: Complainer) -> None:
    filing = citizen.filing()
    answers: list[int] = []
    crowd = [threading.Thread(target=lambda: answers.append(citizen.file(filing).status_code)) for _ in range(6)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert sorted(answers) == [200] * 5 + [201]
    assert len(citizen.lookup()) == 1


def test_a_receipt_number_serves_once(citizen: Complainer) -> None:
    first = citizen.filing()
    citizen.file(first)
    other = citizen.filing(receipt_number=first.receipt_number)
    assert citizen.file(other).json()["code"] == "receipt_number_used"
    changed = first.model_copy(update={"statement": "另一件事"})
    assert citizen.file(changed).json()["code"] == "idempotency_conflict"


@pytest.mark.rule("R6.1")
def test_more_evidence_can_follow_and_the_same_page_counts_once(town: Town, citizen: Complainer) -> None:
    filing = citizen.filing(card=False, pages=1)
    citizen.file(filing)
    access = citizen.by_digits(filing.receipt_number)
    page = citizen.terminal.upload(papers.page("录音文字稿"))
    answer = citizen.hand_in(access, evidence=(page, *filing.evidence))
    assert answer.status_code == 201, answer.text
    assert answer.json()["state"] == "received"
    assert citizen.open(filing.receipt_number).json()["evidence"] == 2
    assert citizen.hand_in(access, evidence=("0" * 64,)).json()["code"] == "files_missing"
    assert citizen.open(filing.receipt_number).json()["evidence"] == 2


def test_another_card_or_another_number_opens_nothing(citizen: Complainer) -> None:
    number = citizen.file(citizen.filing()).json()["number"]
    for access in (
        Access(card_number=OTHER_NUMBER, complaint_number=number),
        Access(card_number=NUMBER, complaint_number="TS202611249999"),
    ):
        answer = citizen.hand_in(access)
        assert (answer.status_code, answer.json()["code"]) == (404, "complaint_unknown")
    assert citizen.hand_in(Access(card_number=NUMBER, complaint_number=number)).ok
    both = {"key": str(uuid4()), "words": "x", "access": {"card_number": NUMBER, "complaint_number": number, "code": "x", "digits": DIGITS}}
    assert citizen.post("/evidence", json.dumps(both), UUID(str(both["key"]))).status_code == 422


def test_bad_input_is_told_and_nothing_is_kept_or_repeated(town: Town, citizen: Complainer, clock: MovableClock) -> None:
    whole = json.loads(citizen.filing().model_dump_json())
    key = UUID(whole["key"])
    for changes in (
        {"statement": "长" * 2001},
        {"statement": ["x"]},
        {"evidence": ["0" * 64] * 13},
        {"group_size": -1},
        {"unknown": 1},
        {"complainant": {"name": NAME, "contact": PHONE, "number": "' or 1=1 --"}},
        {"receipt_number": "短"},
    ):
        answer = citizen.post("", json.dumps(whole | changes), key)
        assert answer.status_code == 422, changes
        assert NAME not in answer.text
    assert citizen.post("", json.dumps(whole | {"statement": "x" * MAX_FILE_BYTES}), key).status_code == 413
    with town.center.database.reading() as session:
        assert session.scalars(select(Complaint)).all() == []


@pytest.mark.rule("R4.2", "R6.2")
def test_an_unknown_year_never_blocks_a_complaint(town: Town, citizen: Complainer, clock: MovableClock) -> None:
    clock.at = clock.at.replace(year=2031)
    answer = citizen.file(citizen.filing(evidence_later=True)).json()
    assert answer["acceptance_due_on"] is None
    assert answer["acceptance_note"].startswith("待定：2031 年")
    assert answer["evidence_note"].startswith("待定：2031 年")


@pytest.mark.rule("R1.5", "R6.1")
def test_the_public_list_shows_the_photo_of_the_duty_board(town: Town, citizen: Complainer) -> None:
    head = add_member(town.center, "head", "马华", (Role.CENTER_HEAD,))
    set_photo(town.center, head, town.window.id, papers.page("照片"))
    photos = {each["name"]: each["photo"] for each in citizen.public()["staff"]}
    assert base64.b64decode(photos["王敏"]).startswith(JPEG_MAGIC)
    assert photos["周强"] == ""
