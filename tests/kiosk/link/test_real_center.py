"""The link against the real center in a process of its own: what one end signs and sends, the other takes; and the process is never left alone or behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from datetime import time as time_of_day
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.clock import CHINA
from kiosk.errors import CenterRefused, CenterUnreachable, ConfigurationError
from kiosk.events import CatalogueChanged, CenterAnswered, CenterSeen, SubmissionSent
from kiosk.link.catalogue import CatalogueKeeper
from kiosk.link.embedded import EmbeddedCenter
from kiosk.link.keys import load_keys
from kiosk.link.outbox import Outbox
from kiosk.link.questions import (
    Question,
    booking,
    booking_cancel,
    booking_change,
    bookings,
    case_papers,
    case_state,
    cases,
    complaint,
    complaint_receipt,
    complaints,
    free_slots,
    help_call,
    help_state,
    withdrawal,
)
from kiosk.link.sender import Sender
from kiosk.link.submission import application
from kiosk.wire.cases import CasesAnswer, CaseState, CaseStateAnswer
from kiosk.wire.codes import Code, CodeKind, write_code
from kiosk.wire.filing import Filing, FilingAnswer, Withdrawal
from kiosk.wire.services import BookingCancel, BookingChange, BookingSent, HelpCallSent

from .conftest import NAME, NOW, NUMBER, SOON, START_SECONDS, Citizen, Inbox, Town
from .real_filing import filled_in, first_item
from .wire import ROOT, TERMINAL, TOWNSHIP, free_port, kiosk_config


@pytest.fixture
def citizen(numbers: Iterator[int]) -> Citizen:
    """Every test has an outbox of its own and all have one center: numbers go on from test to test."""
    return Citizen(lambda: f"WB01261124{next(numbers):04d}")


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return count(1)


@pytest.fixture
def sign(town: Town, outbox: Outbox, citizen: Citizen) -> Callable[[], tuple[Filing, dict[str, bytes]]]:
    """A citizen fills in the first item that can be filed here, has no papers along, and signs; kept in the outbox."""
    item = first_item(town.client())

    def signed() -> tuple[Filing, dict[str, bytes]]:
        filing, files = citizen.signs(pages=0)
        filing = filled_in(filing, item)
        assert outbox.keep(application(filing, files, b"{}"))
        return filing, files

    return signed


def test_what_a_citizen_signs_is_one_case_at_the_center_and_can_be_asked_about(
    town: Town, sender: Sender, inbox: Inbox, outbox: Outbox, sign: Callable[[], tuple[Filing, dict[str, bytes]]]
) -> None:
    # given an application that was sent
    filing, _ = sign()
    sender.wake()
    sent = inbox.wait_for(SubmissionSent)
    # when the same is sent once more
    again = town.client().submit("/api/v1/applications", filing.model_dump_json().encode(), filing.key, FilingAnswer)
    # then it is the same case
    assert (sent.number, sent.answer) == (filing.receipt_number, again)
    # and the card's holder finds it once, the receipt's code shows its state, a code of nobody's nothing
    code = Code(CodeKind.RECEIPT, "WB01", filing.receipt_number)
    found = answer_to(sender, inbox, cases(NUMBER)).answer
    assert isinstance(found, CasesAnswer) and [case.case_number for case in found.cases].count(again.case_number) == 1
    state = answer_to(sender, inbox, case_state(write_code(code, town.keys.signing))).answer
    assert isinstance(state, CaseStateAnswer) and state.state is CaseState.FILED and state.receipt_number == filing.receipt_number
    refused = answer_to(sender, inbox, case_state(write_code(code, Ed25519PrivateKey.generate())))
    assert (refused.answer, refused.fault) == (None, "code_invalid") and refused.sentence


def answer_to(sender: Sender, inbox: Inbox, question: Question) -> CenterAnswered:
    """What the center answers to this very question."""
    sender.ask(3, question)
    return inbox.wait_for(CenterAnswered, where=lambda event: event.question is question)


def test_every_question_of_a_step_is_one_that_the_center_knows(
    sender: Sender, inbox: Inbox, town: Town, sign: Callable[[], tuple[Filing, dict[str, bytes]]]
) -> None:
    # given a case, and a call for help
    filing, _ = sign()
    sender.wake()
    inbox.wait_for(SubmissionSent)
    owner = {"township_id": TOWNSHIP, "terminal_id": TERMINAL, "number": NUMBER}
    called = HelpCallSent(key=uuid4(), place="home")
    slot = {"day": NOW.date(), "window": "1 号窗口", "starts": time_of_day(9)}
    code = write_code(Code(CodeKind.COMPLAINT, "WB01", "WB012611240999"), town.keys.signing)
    asked: list[tuple[Question, str]] = [
        (case_papers(NUMBER, filing.receipt_number), ""),
        (withdrawal(Withdrawal(key=uuid4(), **owner), filing.receipt_number), ""),
        (free_slots(), ""),
        (bookings(NUMBER), ""),
        (booking(BookingSent(key=uuid4(), name=NAME, number=NUMBER, **slot)), "slot_unknown"),
        (booking_change(BookingChange(key=uuid4(), booking="B1", number=NUMBER, **slot)), "booking_unknown"),
        (booking_cancel(BookingCancel(key=uuid4(), booking="B1", number=NUMBER)), "booking_unknown"),
        (help_call(called), ""),
        (help_state(called.key), ""),
        (complaints(NUMBER), ""),
        (complaint_receipt(code), "receipt_unknown"),
        (complaint(code, "123456"), "receipt_unknown"),
    ]
    # when they are asked, one after the other
    answers = [(answer_to(sender, inbox, question), fault) for question, fault in asked]
    # then each is answered in its own kind, or refused in words for what is not there
    for answered, fault in answers:
        assert answered.fault == fault, (answered.question.path, answered.sentence)
        assert isinstance(answered.answer, answered.question.answer) is (not fault)
        assert bool(answered.sentence) is bool(fault)


def test_the_center_does_not_take_what_another_key_signed(
    town: Town, outbox: Outbox, sign: Callable[[], tuple[Filing, dict[str, bytes]]], log_lines: Callable[[], list[dict[str, object]]]
) -> None:
    filing, _ = sign()
    with pytest.raises(CenterUnreachable) as caught:
        town.client(Ed25519PrivateKey.generate()).submit(
            "/api/v1/applications", filing.model_dump_json().encode(), filing.key, FilingAnswer
        )
    assert caught.value.code == "terminal_rejected", "its own applications are not given up for it"
    assert [line["status"] for line in log_lines() if line["event"] == "terminal_rejected"] == [401]


def test_the_center_refuses_for_good_what_breaks_its_rules(town: Town, sign: Callable[[], tuple[Filing, dict[str, bytes]]]) -> None:
    filing, _ = sign()
    unknown = filing.model_copy(update={"item_code": "NOSUCH"})
    with pytest.raises(CenterRefused) as caught:
        town.client().submit("/api/v1/applications", unknown.model_dump_json().encode(), unknown.key, FilingAnswer)
    assert caught.value.code and caught.value.message


def test_the_guides_come_with_a_tag_and_are_kept(town: Town, inbox: Inbox, tmp_path: Path) -> None:
    keeper = CatalogueKeeper(town.client(), tmp_path / "catalogue.json", inbox)
    keeper.start()
    fetched = inbox.wait_for(CatalogueChanged).catalogue
    keeper.stop()
    assert fetched.township_id == TOWNSHIP and len(fetched.items) >= 12
    stored = CatalogueKeeper(town.client(), tmp_path / "catalogue.json", Inbox())
    stored.start()
    assert stored.current == fetched
    stored.stop()


def test_a_center_that_is_killed_comes_back_and_takes_what_was_signed_meanwhile(
    town: Town, sender: Sender, inbox: Inbox, sign: Callable[[], tuple[Filing, dict[str, bytes]]]
) -> None:
    inbox.wait_for(CenterSeen, where=lambda seen: seen.reachable)
    # given a center that dies by no will of its own, and a citizen who signs just then
    first = town.center.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    filing, _ = sign()
    sender.wake()
    # then another one is there, and has it
    deadline = time.monotonic() + START_SECONDS
    while not inbox.of(SubmissionSent) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [sent.number for sent in inbox.of(SubmissionSent)] == [filing.receipt_number]
    assert town.center.pid not in (None, first)


def test_the_centers_dates_are_the_terminals_in_a_demonstration(
    town: Town, sign: Callable[[], tuple[Filing, dict[str, bytes]]], sender: Sender, inbox: Inbox
) -> None:
    sign()
    sender.wake()
    answer = inbox.wait_for(SubmissionSent).answer
    assert isinstance(answer, FilingAnswer)
    start = datetime(2026, 11, 24, 10, 26, tzinfo=CHINA)
    assert 0 <= (answer.received_at - start).total_seconds() < 3600


# ------------------------------------------------------------------ its process

_RUNS_A_CENTER = """
import sys, time
from pathlib import Path
from uuid import uuid4
from kiosk import log
from kiosk.config import load_config
from kiosk.link.embedded import EmbeddedCenter
from kiosk.link.keys import load_keys
config = load_config(Path(sys.argv[1]))
log.configure(config.terminal.data_dir / "log")
center = EmbeddedCenter(config, load_keys(config.terminal.data_dir).public_key)
center.prepare()
center.start()
assert center.wait_until_listening(60)
print(center.pid, flush=True)
time.sleep(600)
"""


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_terminal_that_is_killed_leaves_no_center_behind(tmp_path: Path) -> None:
    config = kiosk_config(tmp_path, free_port())
    with subprocess.Popen(
        [sys.executable, "-c", _RUNS_A_CENTER, str(tmp_path / "kiosk.toml")], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as terminal:
        assert terminal.stdout is not None
        pid = int(terminal.stdout.readline())
        assert listening(config.center.port)
        terminal.kill()
    # `exe` of a process that ended and that nobody has waited for leads nowhere
    executable = Path(f"/proc/{pid}/exe")
    deadline = time.monotonic() + SOON
    while (listening(config.center.port) or executable.exists()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not listening(config.center.port) and not executable.exists()


def test_stopping_ends_the_process_and_frees_the_port_and_all_it_wrote_is_private(tmp_path: Path) -> None:
    config = kiosk_config(tmp_path, free_port())
    center = EmbeddedCenter(config, load_keys(config.terminal.data_dir).public_key)
    center.prepare()
    center.start()
    assert center.wait_until_listening(START_SECONDS)
    center.stop()
    assert center.pid is None and not listening(config.center.port)
    folder = config.terminal.data_dir / "center"
    assert (folder / "center.db").exists() and folder.stat().st_mode & 0o077 == 0


def test_a_port_that_somebody_has_is_named_with_its_key(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=r"center\.port") as caught:
            EmbeddedCenter(kiosk_config(tmp_path, port), "").prepare()
    assert caught.value.code == "center_port_taken" and str(port) in caught.value.message


def test_what_the_center_cannot_use_is_said_in_its_own_sentence(tmp_path: Path) -> None:
    config = kiosk_config(tmp_path, free_port())
    file = tmp_path / "center.toml"
    file.write_text(file.read_text("utf-8").replace("[center]", "[center]\ncolour = 1"), "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        EmbeddedCenter(config, "").prepare()
    assert caught.value.code == "center_not_prepared"
    assert "center.config" in caught.value.message and "center.colour" in caught.value.message
