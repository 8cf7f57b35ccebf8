"""Taking in an application: checked again, one case for one key, on both engines where the engine matters."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, select

from center.center import Center
from center.store.tables import Case, CaseEvent, Counter
from kiosk.wire.filing import Applicant, Consent, Filing, FilingAnswer, MaterialFiled
from tests.center import papers
from tests.center.place import MORNING, NAME, NUMBER, MovableClock, Terminal


def cases(center: Center) -> int:
    with center.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def test_an_application_becomes_one_case_with_a_readable_number(terminal_on: Terminal, center_on: Center) -> None:
    filing = terminal_on.filing()
    answer = terminal_on.file(filing)
    assert answer.status_code == 201
    told = FilingAnswer.model_validate_json(answer.content)
    assert (told.case_number, told.receipt_number) == ("202611240001", filing.receipt_number)
    assert told.received_at == MORNING
    assert cases(center_on) == 1


def test_the_same_submission_twice_is_one_case_with_the_same_answer(terminal_on: Terminal, center_on: Center) -> None:
    filing = terminal_on.filing()
    first, second = terminal_on.file(filing), terminal_on.file(filing)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert cases(center_on) == 1


def test_the_same_submission_at_once_is_one_case_with_the_same_answer(terminal_on: Terminal, center_on: Center) -> None:
    filing = terminal_on.filing()
    with ThreadPoolExecutor(6) as many:
        answers = list(many.map(lambda _: terminal_on.file(filing), range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert len({answer.text for answer in answers}) == 1
    assert cases(center_on) == 1


def test_many_at_once_are_as_many_cases_with_numbers_of_their_own(terminal_on: Terminal, center_on: Center) -> None:
    filings = [terminal_on.filing() for _ in range(8)]
    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(terminal_on.file, filings))
    assert [answer.status_code for answer in answers] == [201] * 8
    assert {answer.json()["case_number"] for answer in answers} == {f"20261124{n:04}" for n in range(1, 9)}


def test_a_used_key_with_another_content_is_a_conflict(terminal_on: Terminal, center_on: Center) -> None:
    filing = terminal_on.filing()
    assert terminal_on.file(filing).status_code == 201
    other = filing.model_copy(update={"values": filing.values | {"payment": "self"}})
    answer = terminal_on.file(other)
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_conflict")
    assert cases(center_on) == 1


def test_a_used_receipt_number_is_a_conflict(terminal: Terminal) -> None:
    filing = terminal.filing()
    terminal.file(filing)
    answer = terminal.file(terminal.filing(receipt_number=filing.receipt_number))
    assert (answer.status_code, answer.json()["code"]) == (409, "receipt_number_used")


def test_numbers_start_anew_each_day_and_grow_beyond_four_digits(terminal: Terminal, center: Center, clock: MovableClock) -> None:
    assert terminal.file(terminal.filing()).json()["case_number"] == "202611240001"
    with center.database.writing() as session:
        session.scalars(select(Case)).one().case_number = "202611249999"
        # as a program before this one left it: cases, and no count of them
        session.execute(delete(Counter).where(Counter.name.startswith("case.")))
    assert terminal.file(terminal.filing()).json()["case_number"] == "2026112410000"
    assert terminal.file(terminal.filing()).json()["case_number"] == "2026112410001"
    clock.at = MORNING + timedelta(days=1)
    assert terminal.file(terminal.filing()).json()["case_number"] == "202611250001"


# ------------------------------------------------------------------ what is refused, and changes nothing

Change = Callable[[Filing], dict[str, Any]]

REFUSALS: list[tuple[str, int, str, Change]] = [
    ("another township", 403, "township_mismatch", lambda f: {"township_id": "230903-elsewhere"}),
    ("another terminal's name", 403, "terminal_mismatch", lambda f: {"terminal_id": "WBH-02"}),
    ("a clock far ahead", 403, "filed_in_future", lambda f: {"filed_at": f.filed_at + timedelta(days=2)}),
    ("a time without zone", 422, "time_without_zone", lambda f: {"filed_at": f.filed_at.replace(tzinfo=None)}),
    ("no consent text", 422, "consent_missing", lambda f: {"consent": Consent(text_version="", given_at=f.filed_at)}),
    ("an unreadable consent text", 422, "consent_missing", lambda f: {"consent": Consent(text_version="\u2028", given_at=f.filed_at)}),
    ("an unknown item", 422, "item_unknown", lambda f: {"item_code": "NOTHING"}),
    ("an unknown version", 422, "item_unknown", lambda f: {"item_version": 7}),
    ("a day before the item was in force", 422, "item_not_open", lambda f: {"filed_at": f.filed_at - timedelta(days=600)}),
    ("a wrong ID number in the form", 422, "form_invalid", lambda f: {"values": f.values | {"id_number": "230903195603128121"}}),
    ("a choice that is none", 422, "form_invalid", lambda f: {"values": f.values | {"payment": "cash"}}),
    ("a field that is not asked", 422, "form_invalid", lambda f: {"values": f.values | {"extra": "x"}}),
    ("a missing field", 422, "form_invalid", lambda f: {"values": {k: v for k, v in f.values.items() if k != "phone"}}),
    ("another name than the card's", 422, "form_invalid", lambda f: {"values": f.values | {"name": "李四"}}),
    ("a required paper left out", 422, "materials_invalid", lambda f: {"materials": (MaterialFiled(code="id_card"),)}),
    ("a page too few", 422, "materials_invalid", lambda f: {"materials": (MaterialFiled(code="household_register", pages=f.materials[1].pages[:1]),)}),
    ("a paper that is not asked", 422, "materials_invalid", lambda f: {"materials": (*f.materials, MaterialFiled(code="diary"))}),
    ("a paper twice", 422, "material_double", lambda f: {"materials": (*f.materials, f.materials[0])}),
    ("a signature that was not uploaded", 409, "files_missing", lambda f: {"signature": "0" * 64}),
    ("a signature that is a photo", 422, "signature_not_png", lambda f: {"signature": f.materials[1].pages[0]}),
]  # fmt: skip


def test_what_does_not_hold_is_refused_and_nothing_is_kept(terminal: Terminal, center: Center) -> None:
    filing = terminal.filing()
    for name, status, code, change in REFUSALS:
        answer = terminal.file(filing.model_copy(update=change(filing)))
        assert (answer.status_code, answer.json()["code"]) == (status, code), name
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert NAME not in answer.text
        assert NUMBER not in answer.text
    assert cases(center) == 0
    # and the very same key is still free for what does hold
    assert terminal.file(filing).status_code == 201


def test_every_fault_of_the_form_is_named_at_once(terminal: Terminal) -> None:
    answer = terminal.file(terminal.filing(values={"name": NAME, "id_number": "1", "phone": "2", "payment": "3"}))
    assert answer.json()["fields"] == {"id_number": "id_number_invalid", "phone": "phone_invalid", "payment": "choice_unknown"}


def test_the_header_is_needed_and_equals_the_key(terminal: Terminal) -> None:
    filing = terminal.filing()
    answer = terminal.file(filing, key=str(uuid4()))
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_mismatch")
    bare = terminal.call("POST", "/api/v1/applications", filing.model_dump_json().encode(), {"Content-Type": "application/json"})
    assert (bare.status_code, bare.json()["code"]) == (400, "idempotency_key_missing")


def test_a_foreigners_card_is_taken_too(terminal: Terminal) -> None:
    person = Applicant(kind="foreign", name="JOHN SMITH", number="911826198803151234"[:15])
    values = {"name": "JOHN SMITH", "id_number": "911826198803151", "phone": "13904641234", "payment": "self"}
    assert terminal.file(terminal.filing(applicant=person, values=values)).status_code == 201


# ------------------------------------------------------------------ files


def test_a_file_is_kept_once_however_often_it_comes(terminal_on: Terminal, center_on: Center) -> None:
    content = papers.page("户口簿")
    path = f"/api/v1/files/{terminal_on.upload(content)}"
    with ThreadPoolExecutor(4) as many:
        again = list(many.map(lambda _: terminal_on.call("PUT", path, content), range(4)))
    assert [answer.status_code for answer in again] == [200] * 4
    assert again[0].json() == {"sha256": path[-64:], "size": len(content)}
    assert center_on.files.get(path[-64:]) == content


def test_a_file_that_is_not_what_its_name_says_or_no_picture_is_refused(terminal: Terminal) -> None:
    answer = terminal.call("PUT", f"/api/v1/files/{'0' * 64}", papers.page("户口簿"))
    assert (answer.status_code, answer.json()["code"]) == (422, "file_hash_mismatch")
    sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    answer = terminal.call("PUT", f"/api/v1/files/{sha256}", b"test")
    assert (answer.status_code, answer.json()["code"]) == (422, "file_kind")
    assert terminal.call("PUT", "/api/v1/files/../../etc", b"test").status_code in (404, 401)


# ------------------------------------------------------------------ what is on the disk


def test_nothing_personal_lies_on_the_disk_in_plain(terminal: Terminal, center: Center) -> None:
    terminal.file(terminal.filing())
    center.database.close()
    assert center.database.directory is not None
    files = [path for path in center.database.directory.rglob("*") if path.is_file()]
    content = b"".join(path.read_bytes() for path in files)
    assert len([path for path in files if len(path.name) == 64]) == 3
    for personal in (NAME, NUMBER, "13904641234", "一村二组"):
        assert personal.encode() not in content
    for picture in (papers.signature(), papers.page("户口簿 首页")):
        assert picture[100:160] not in content
    # what is not personal is found the same way, so the search itself works
    assert b"202611240001" in content


def test_files_are_readable_by_their_owner_alone(terminal: Terminal, center: Center) -> None:
    terminal.file(terminal.filing())
    assert center.database.directory is not None
    for path in center.database.directory.rglob("*"):
        if path.is_file():
            assert path.stat().st_mode & 0o077 == 0, path


def test_a_case_begins_with_its_filing_in_its_events(terminal: Terminal, center: Center) -> None:
    terminal.file(terminal.filing())
    with center.database.reading() as session:
        (event,) = session.scalars(select(CaseEvent))
    assert (event.kind, event.position, event.at, event.by) == ("filed", 0, MORNING, "自助终端 WBH-01")
