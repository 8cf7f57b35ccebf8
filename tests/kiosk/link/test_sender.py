"""What is in the outbox reaches the center once, whatever happens in between, and the terminal hears of it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tenacity import wait_fixed

from kiosk.events import UNREACHABLE, CenterAnswered, CenterSeen, SubmissionDeferred, SubmissionRefused, SubmissionSent
from kiosk.link.client import CenterClient
from kiosk.link.keys import OutboxKey
from kiosk.link.outbox import Outbox
from kiosk.link.questions import case_state, cases, help_call, help_state
from kiosk.link.sender import Sender
from kiosk.link.submission import Submission, application, rating
from kiosk.wire.cases import CasesAnswer, CaseStateAnswer
from kiosk.wire.filing import Filing, FilingAnswer
from kiosk.wire.services import HelpCallSent, RatingAnswer, RatingSent

from .conftest import NOW, NUMBER, SOON, Citizen, Inbox
from .wire import Asked, BadServer, ModelCenter, bad_server, free_port, problem, reply

Start = Callable[..., Sender]


@pytest.fixture
def model() -> ModelCenter:
    return ModelCenter()


@pytest.fixture
def server(model: ModelCenter) -> Iterator[BadServer]:
    with bad_server() as server:
        server.answer = model
        yield server


@pytest.fixture
def start(outbox: Outbox, inbox: Inbox, signing_key: Ed25519PrivateKey) -> Iterator[Start]:
    """Starts a sender that is in a hurry; stops it at the end."""
    senders = []

    def started(url: str, box: Outbox = outbox, post: Inbox = inbox, **options: object) -> Sender:
        settings = {"poll_seconds": 0.05, "quiet_poll_seconds": 0.3, "wait": wait_fixed(0.05), **options}
        sender = Sender(CenterClient(url, "WBH-01", signing_key, 0.5), box, **settings)  # type: ignore[arg-type]  # options of three types
        senders.append(sender)
        sender.start(post)
        return sender

    yield started
    for sender in senders:
        sender.stop()


def in_the_outbox(outbox: Outbox, citizen: Citizen) -> tuple[Filing, dict[str, bytes]]:
    filing, files = citizen.signs()
    assert outbox.keep(application(filing, files, b"{}"))
    return filing, files


def wait_until(condition: Callable[[], bool]) -> None:
    tick = threading.Event()
    for _ in range(int(SOON / 0.01)):
        if condition():
            return
        tick.wait(0.01)
    pytest.fail("it never came about")


def test_a_filing_goes_out_at_once_files_first_and_its_number_comes_back(
    outbox: Outbox, citizen: Citizen, inbox: Inbox, server: BadServer, model: ModelCenter, start: Start
) -> None:
    # given a sender with nothing to do
    sender = start(server.url, quiet_poll_seconds=60.0, poll_seconds=60.0)
    inbox.wait_for(CenterSeen, where=lambda seen: seen.reachable and seen.unsent == 0)
    # when a citizen signs
    filing, files = in_the_outbox(outbox, citizen)
    sender.wake()
    sent = inbox.wait_for(SubmissionSent)
    # then the files went first and the filing once, as it was signed, and nothing of it is left here
    assert isinstance(sent.answer, FilingAnswer)
    assert (sent.number, sent.answer.case_number) == (filing.receipt_number, "202611240001")
    paths = [asked.path for asked in server.asked if asked.path != "/healthz"]
    assert sorted(paths[:-1]) == sorted(f"/api/v1/files/{name}" for name in files) and paths[-1] == "/api/v1/applications"
    assert Filing.model_validate_json(server.submissions()[0].body) == filing
    types = {asked.headers["content-type"] for asked in server.asked if asked.method == "PUT"}
    assert types == {"image/jpeg", "image/png"}
    wait_until(lambda: outbox.unsent() == 0)
    assert inbox.of(SubmissionDeferred) == []


def test_what_was_signed_while_the_center_was_down_goes_out_by_itself_when_it_is_back(
    outbox: Outbox, citizen: Citizen, inbox: Inbox, model: ModelCenter, start: Start
) -> None:
    # given no center, and two filings
    port = free_port()
    filings = [in_the_outbox(outbox, citizen)[0] for _ in range(2)]
    back = threading.Event()
    start(f"http://127.0.0.1:{port}", on_reachable=back.set)
    inbox.wait_for(SubmissionDeferred, 2)
    inbox.wait_for(CenterSeen, where=lambda seen: not seen.reachable and seen.unsent == 2)
    assert not back.is_set()
    # when it comes back
    with bad_server(port) as server:
        server.answer = model
        inbox.wait_for(SubmissionSent, 2)
        inbox.wait_for(CenterSeen, where=lambda seen: seen.reachable and seen.unsent == 0)
    # then each is one case, the citizens were told once, and whoever asked to know that it is back was told
    assert back.is_set() and set(model.cases) == {str(filing.key) for filing in filings}
    assert sorted(told.number for told in inbox.of(SubmissionDeferred)) == sorted(filing.receipt_number for filing in filings)
    assert len(inbox.of(SubmissionSent)) == 2


def test_a_center_that_lost_the_pages_it_had_is_given_them_again(
    outbox: Outbox, citizen: Citizen, inbox: Inbox, server: BadServer, model: ModelCenter, start: Start
) -> None:
    # given a center that took the pages, failed at the filing, and came back from yesterday's backup without them
    failures = iter([reply(503, {})])

    def fault(asked: Asked) -> bytes | None:
        if asked.path != "/api/v1/applications":
            return None
        failure = next(failures, None)
        if failure is not None:
            model.files.clear()
            return failure
        return None if model.files == set(files) else problem(409, "files_missing")

    model.fault = fault
    # when a citizen signs
    filing, files = in_the_outbox(outbox, citizen)
    start(server.url)
    # then it arrives all the same, pages and all
    assert inbox.wait_for(SubmissionSent).number == filing.receipt_number
    assert outbox.refused() == 0
    assert inbox.of(SubmissionRefused) == []


def test_a_center_that_never_keeps_a_page_is_not_asked_for_ever(
    outbox: Outbox, citizen: Citizen, inbox: Inbox, server: BadServer, model: ModelCenter, start: Start
) -> None:
    model.fault = lambda asked: problem(409, "files_missing") if asked.path == "/api/v1/applications" else None
    in_the_outbox(outbox, citizen)
    start(server.url)
    inbox.wait_for(SubmissionRefused)
    wait_until(lambda: outbox.refused() == 1)


def test_the_center_being_back_is_noticed_before_a_long_wait_is_over(
    outbox: Outbox, citizen: Citizen, inbox: Inbox, model: ModelCenter, start: Start
) -> None:
    port = free_port()
    in_the_outbox(outbox, citizen)
    start(f"http://127.0.0.1:{port}", wait=wait_fixed(3600))
    inbox.wait_for(SubmissionDeferred)
    with bad_server(port) as server:
        server.answer = model
        inbox.wait_for(SubmissionSent)


def test_an_answer_that_was_lost_on_the_way_does_not_make_a_second_case(
    outbox: Outbox, citizen: Citizen, inbox: Inbox, server: BadServer, model: ModelCenter, start: Start
) -> None:
    # given a center that keeps the filing, and a line that breaks before its answer arrives, twice
    def break_off(asked: Asked) -> object:
        if asked.path == "/api/v1/applications" and len(server.submissions()) <= 2:
            whole = ModelCenter(model.cases)(asked)
            assert isinstance(whole, bytes)
            return lambda connection, _: connection.sendall(whole[:-30])
        return None

    model.fault = break_off  # type: ignore[assignment]  # either kind of answer
    filing, files = in_the_outbox(outbox, citizen)
    start(server.url)
    # when it is sent until it is confirmed
    inbox.wait_for(SubmissionSent)
    # then it was sent three times under one key, and is one case; its pages went once
    assert [asked.headers["idempotency-key"] for asked in server.submissions()] == [str(filing.key)] * 3
    assert list(model.cases) == [str(filing.key)] and len(inbox.of(SubmissionSent)) == 1
    assert len([asked for asked in server.asked if asked.method == "PUT"]) == len(files)


def test_a_refused_filing_is_told_once_and_kept_for_staff(
    outbox: Outbox, citizen: Citizen, inbox: Inbox, server: BadServer, model: ModelCenter, start: Start
) -> None:
    model.fault = lambda asked: problem(422, "item_withdrawn", "这个事项已停办。") if asked.path == "/api/v1/applications" else None
    filing, files = in_the_outbox(outbox, citizen)
    sender = start(server.url)
    refused = inbox.wait_for(SubmissionRefused)
    assert (refused.number, refused.code, refused.sentence) == (filing.receipt_number, "item_withdrawn", "这个事项已停办。")
    wait_until(lambda: outbox.refused() == 1)
    # when staff mended the cause
    model.fault = lambda asked: None
    assert outbox.revive(filing.receipt_number)
    sender.wake()
    # then it goes out whole
    inbox.wait_for(SubmissionSent)
    assert model.files >= set(files) and len(inbox.of(SubmissionRefused)) == 1


def test_a_terminal_that_the_center_does_not_know_yet_keeps_its_filings_until_it_does(
    outbox: Outbox, citizen: Citizen, inbox: Inbox, server: BadServer, model: ModelCenter, start: Start
) -> None:
    model.fault = lambda asked: None if asked.path == "/healthz" else problem(401, "signature_invalid")
    in_the_outbox(outbox, citizen)
    start(server.url)
    inbox.wait_for(SubmissionDeferred)
    wait_until(lambda: len([asked for asked in server.asked if asked.path != "/healthz"]) >= 3)
    assert (outbox.refused(), inbox.of(SubmissionRefused)) == (0, [])
    model.fault = lambda asked: None
    inbox.wait_for(SubmissionSent)


def test_one_filing_that_the_center_chokes_on_does_not_hold_up_the_others(
    outbox: Outbox, citizen: Citizen, inbox: Inbox, server: BadServer, model: ModelCenter, start: Start
) -> None:
    bad, _ = in_the_outbox(outbox, citizen)
    good, _ = in_the_outbox(outbox, citizen)
    model.fault = lambda asked: problem(500, "internal_error") if asked.headers.get("idempotency-key") == str(bad.key) else None
    start(server.url)
    assert inbox.wait_for(SubmissionSent).number == good.receipt_number
    assert inbox.wait_for(SubmissionDeferred).number == bad.receipt_number
    wait_until(lambda: len(server.submissions()) >= 4)
    assert outbox.unsent() == 1 and len(inbox.of(SubmissionDeferred)) == 1


def test_a_filing_that_failed_waits_longer_each_time_but_never_more_than_a_minute(
    outbox: Outbox,
    citizen: Citizen,
    inbox: Inbox,
    server: BadServer,
    model: ModelCenter,
    start: Start,
    log_lines: Callable[[], list[dict[str, object]]],
) -> None:
    model.fault = lambda asked: problem(503, "away") if asked.path == "/api/v1/applications" else None
    in_the_outbox(outbox, citizen)
    sender = start(server.url, wait=None)
    inbox.wait_for(SubmissionDeferred)
    waits = [[sender._seconds_after(failures) for _ in range(50)] for failures in (1, 4, 30)]  # what it would wait, without waiting
    assert max(waits[0]) <= 1.0 and max(waits[1]) <= 8.0 and max(waits[2]) <= 60.0
    assert min(waits[0]) >= 0.5 and max(waits[2]) > 8.0
    assert len({round(wait, 6) for wait in waits[2]}) > 40, "terminals must not come back in step"


def test_a_filing_of_an_earlier_run_is_sent_at_the_next_start_without_waiting(
    outbox: Outbox, outbox_file: Path, key: OutboxKey, citizen: Citizen, inbox: Inbox, server: BadServer, model: ModelCenter, start: Start
) -> None:
    filing, _ = in_the_outbox(outbox, citizen)
    outbox.mark_failed(outbox.due(0.0)[0], next_try=2e9)
    outbox.close()
    again = Outbox(outbox_file, key, "WB01", "demo-town")
    start(server.url, box=again)
    assert inbox.wait_for(SubmissionSent).number == filing.receipt_number
    assert inbox.of(SubmissionDeferred) == []


def test_stopping_in_the_midst_of_a_time_out_loses_nothing(
    outbox: Outbox, outbox_file: Path, key: OutboxKey, citizen: Citizen, inbox: Inbox, server: BadServer, model: ModelCenter, start: Start
) -> None:
    # given a center that takes a filing and then says nothing
    filing, _ = in_the_outbox(outbox, citizen)
    model.fault = lambda asked: (lambda connection, _: server.released.wait(5)) if asked.path == "/api/v1/applications" else None
    sender = start(server.url)
    wait_until(lambda: len(server.submissions()) >= 1)
    # when the terminal stops and starts again
    sender.stop()
    outbox.close()
    model.fault = lambda asked: None
    later = Inbox()
    again = Outbox(outbox_file, key, "WB01", "demo-town")
    start(server.url, box=again, post=later)
    # then it goes out
    assert later.wait_for(SubmissionSent).number == filing.receipt_number


def rated_after(outbox: Outbox, filing: Filing) -> Submission:
    handed = rating(RatingSent(key=uuid4(), code="OS1R…", level=4), outbox.next_receipt_number(NOW), NOW, filing.receipt_number)
    assert outbox.keep(handed)
    return handed


def test_a_rating_of_what_waits_goes_out_after_it_and_its_answer_is_one_of_ratings(
    outbox: Outbox, citizen: Citizen, inbox: Inbox, server: BadServer, model: ModelCenter, start: Start
) -> None:
    # given a center that is busy with the application for a while
    tries = iter(range(3))
    model.fault = lambda asked: problem(503, "away") if asked.path == "/api/v1/applications" and next(tries, None) is not None else None
    filing, _ = in_the_outbox(outbox, citizen)
    rated = rated_after(outbox, filing)
    start(server.url)
    # when both are sent
    sent = inbox.wait_for(SubmissionSent, 2)
    # then the rating came after the application, to where ratings go
    assert (sent.number, sent.answer) == (rated.number, RatingAnswer(stage="filing", level=4))
    posted = [asked for asked in server.asked if asked.method == "POST"]
    assert [asked.path for asked in posted] == ["/api/v1/applications"] * 4 + ["/api/v1/ratings"]
    assert posted[-1].headers["idempotency-key"] == str(rated.key)
    wait_until(lambda: outbox.unsent() == 0)


def test_a_rating_of_what_was_refused_is_never_sent_and_one_that_is_refused_is_dropped(
    outbox: Outbox, citizen: Citizen, inbox: Inbox, server: BadServer, model: ModelCenter, start: Start
) -> None:
    # given a center that refuses one application and, later, the rating of another
    refused, _ = in_the_outbox(outbox, citizen)
    rated_after(outbox, refused)
    taken, _ = in_the_outbox(outbox, citizen)
    second = rated_after(outbox, taken)
    model.fault = lambda asked: (
        problem(409, "rated_before", "您评价过了。")
        if asked.path == "/api/v1/ratings"
        else problem(422, "item_withdrawn")
        if asked.headers.get("idempotency-key") == str(refused.key)
        else None
    )
    # when all are tried
    start(server.url)
    told = inbox.wait_for(SubmissionRefused, where=lambda event: event.number == second.number)
    wait_until(lambda: outbox.unsent() == 0)
    # then only the second rating was asked about, and only the refused application is left for staff
    assert (told.code, told.sentence) == ("rated_before", "您评价过了。")
    assert [asked.headers["idempotency-key"] for asked in server.asked if asked.path == "/api/v1/ratings"] == [str(second.key)]
    assert [each.number for each in outbox.not_with_the_center()] == [refused.receipt_number]


# ------------------------------------------------------------------ questions

STATE = {
    "receipt_number": "WB012611240001",
    "state": "filed",
    "state_label": "已提交",
    "as_of": "2026-11-24T19:31:00+08:00",
}


def test_a_question_is_answered_for_the_session_that_asked(inbox: Inbox, server: BadServer, model: ModelCenter, start: Start) -> None:
    answers = {"/api/v1/cases/state": reply(200, STATE), "/api/v1/cases/lookup": reply(200, {"cases": []})}
    model.fault = lambda asked: answers.get(asked.path)
    sender = start(server.url)
    of_state, of_cases = case_state("OS1R…"), cases(NUMBER)
    sender.ask(7, of_state)
    sender.ask(8, of_cases)
    state = inbox.wait_for(CenterAnswered, where=lambda event: event.question is of_state)
    found = inbox.wait_for(CenterAnswered, where=lambda event: event.question is of_cases)
    assert state.session == 7 and isinstance(state.answer, CaseStateAnswer) and state.answer.state_label == "已提交" and state.fault == ""
    assert found.session == 8 and isinstance(found.answer, CasesAnswer) and found.answer.cases == ()
    assert NUMBER not in repr(found) and "已提交" not in repr(state), "what is about a person is not shown in a traceback"
    assert [json.loads(asked.body) for asked in server.asked if asked.path.endswith("lookup")] == [{"number": NUMBER}]


def test_what_the_center_does_not_know_is_told_from_a_center_that_is_away(
    inbox: Inbox, server: BadServer, model: ModelCenter, start: Start
) -> None:
    model.fault = lambda asked: problem(404, "case_unknown") if asked.method == "POST" else None
    sender = start(server.url)
    sender.ask(7, case_state("OS1R…"))
    refused = inbox.wait_for(CenterAnswered)
    assert (refused.answer, refused.fault, refused.sentence) == (None, "case_unknown", "请到窗口办理。")
    server.shut()
    sender.ask(8, case_state("OS1R…"))
    away = inbox.wait_for(CenterAnswered, 2)
    assert (away.session, away.answer, away.fault) == (8, None, UNREACHABLE)


def test_whoever_asked_in_vain_is_told_that_the_center_is_there_though_it_was_not_seen_to_be_away(
    inbox: Inbox, server: BadServer, model: ModelCenter, start: Start
) -> None:
    # given a center that is looked at once a minute, and fails at one question in between
    model.fault = lambda asked: reply(503, {}) if asked.method == "POST" else None
    sender = start(server.url, quiet_poll_seconds=60.0, poll_seconds=0.1)
    inbox.wait_for(CenterSeen, where=lambda seen: seen.reachable)
    # when
    sender.ask(7, case_state("OS1R…"))
    assert inbox.wait_for(CenterAnswered).fault == UNREACHABLE
    # then it is looked at soon, and told of once more
    inbox.wait_for(CenterSeen, 2, where=lambda seen: seen.reachable)


def test_a_question_that_changes_something_carries_its_key(inbox: Inbox, server: BadServer, model: ModelCenter, start: Start) -> None:
    model.fault = lambda asked: reply(200, {"state": "none", "sentence": "请到人工窗口。"}) if "help-calls" in asked.path else None
    sender = start(server.url)
    sender.ask(7, help_call(called := HelpCallSent(key=uuid4(), place="home")))
    sender.ask(7, help_state(called.key))
    inbox.wait_for(CenterAnswered, 2)
    keys = {asked.path: asked.headers.get("idempotency-key") for asked in server.asked if "help-calls" in asked.path}
    assert keys == {"/api/v1/help-calls": str(called.key), "/api/v1/help-calls/state": None}


def test_asking_does_not_wait_for_the_answer(inbox: Inbox, server: BadServer, model: ModelCenter, start: Start) -> None:
    released = threading.Event()
    model.fault = lambda asked: (lambda connection, _: released.wait(5)) if asked.method == "POST" else None
    sender = start(server.url)
    sender.ask(1, cases(NUMBER))
    assert inbox.of(CenterAnswered) == []  # it is back here although nobody has answered
    released.set()
    inbox.wait_for(CenterAnswered)


@pytest.mark.parametrize(("status", "code"), [(429, "too_many_requests"), (503, "storage_full")])
def test_a_center_that_asks_to_be_left_alone_is_left_alone_by_everything_that_waits(
    outbox: Outbox, citizen: Citizen, inbox: Inbox, server: BadServer, model: ModelCenter, start: Start, status: int, code: str
) -> None:
    # given a center that says when to come again
    asked: list[float] = []

    def crowded(request: Asked) -> bytes | None:
        if request.path == "/healthz":
            return None
        asked.append(time.monotonic())
        return reply(status, {"title": "x", "status": status, "detail": "x", "code": code}, "application/problem+json", Retry_After="1")

    model.fault = crowded
    for _ in range(3):
        in_the_outbox(outbox, citizen)
    # when the terminal sends what it has
    start(server.url)
    wait_until(lambda: len(asked) >= 2)
    # then the second question of all comes no sooner than that
    assert asked[1] - asked[0] >= 1.0
    # and once it may, everything goes out
    model.fault = lambda request: None
    inbox.wait_for(SubmissionSent, 3)
