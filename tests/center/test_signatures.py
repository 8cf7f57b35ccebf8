"""Only a registered terminal is heard, each request once, unchanged and now. Real HTTP on loopback."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import requests

from center.center import Center
from center.terminals import revoke_terminal
from tests.center.place import Terminal, listening, make_center

LOOKUP = "/api/v1/cases/lookup"
QUESTION = json.dumps({"number": "230903195603128120"}).encode()
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Center]:
    """One center for all of these: a request that is refused leaves nothing behind."""
    made = make_center(tmp_path_factory.mktemp("signatures"))
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def terminal(center: Center) -> Iterator[Terminal]:
    """A registered terminal of that center."""
    with listening(center) as url:
        made = Terminal(url)
        made.register(center)
        yield made


def ask(terminal: Terminal) -> requests.PreparedRequest:
    return terminal.signed("POST", LOOKUP, QUESTION, JSON)


def refused(answer: requests.Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_a_signed_request_is_answered(terminal: Terminal) -> None:
    answer = terminal.send(ask(terminal))
    assert (answer.status_code, answer.json()) == (200, {"cases": []})


def test_a_get_without_a_body_is_signed_too(terminal: Terminal) -> None:
    assert terminal.call("GET", "/api/v1/catalogue").status_code == 200


def test_an_unsigned_request_is_refused(terminal: Terminal) -> None:
    refused(requests.post(terminal.url + LOOKUP, QUESTION, headers=JSON, timeout=10), 401, "signature_missing")


def test_an_unsigned_request_learns_nothing_of_which_addresses_exist(terminal: Terminal) -> None:
    refused(requests.get(terminal.url + "/api/v1/nothing", timeout=10), 401, "signature_missing")


def _body(request: requests.PreparedRequest) -> None:
    request.body = QUESTION.replace(b"1956", b"1957")


def _path(request: requests.PreparedRequest) -> None:
    assert request.url is not None
    request.url = request.url.replace("lookup", "state")


def _method(request: requests.PreparedRequest) -> None:
    request.method = "PUT"


def _query(request: requests.PreparedRequest) -> None:
    request.url = f"{request.url}?all=1"


def _host(request: requests.PreparedRequest) -> None:
    request.headers["Host"] = "elsewhere.example"


def _digest(request: requests.PreparedRequest) -> None:
    del request.headers["Content-Digest"]


def _nonce(request: requests.PreparedRequest) -> None:
    request.headers["Signature-Input"] = request.headers["Signature-Input"].replace('nonce="', 'nonce="0')


def _added_key(request: requests.PreparedRequest) -> None:
    request.headers["Idempotency-Key"] = "8a7f3a4e-0000-4000-8000-000000000000"


def _garbage(request: requests.PreparedRequest) -> None:
    request.headers["Signature"] = "sig1=garbage"


@pytest.mark.parametrize("tamper", [_body, _path, _method, _query, _host, _digest, _nonce, _added_key, _garbage])
def test_a_request_changed_after_signing_is_refused(terminal: Terminal, tamper: Callable[[requests.PreparedRequest], None]) -> None:
    request = ask(terminal)
    tamper(request)
    refused(terminal.send(request), 401, "signature_invalid")


def test_a_signature_that_covers_too_little_is_refused(terminal: Terminal) -> None:
    request = terminal.signed("POST", LOOKUP, QUESTION, JSON, covered=("@method", "content-digest"))
    refused(terminal.send(request), 401, "signature_invalid")


@pytest.mark.parametrize("minutes", [-2, 2])
def test_a_request_of_another_time_is_refused(terminal: Terminal, minutes: int) -> None:
    request = terminal.signed("POST", LOOKUP, QUESTION, JSON, created=datetime.now(UTC) + timedelta(minutes=minutes))
    refused(terminal.send(request), 401, "signature_expired")


def test_a_signature_that_would_be_good_for_an_hour_is_refused(terminal: Terminal) -> None:
    refused(terminal.send(terminal.signed("POST", LOOKUP, QUESTION, JSON, life=3600)), 401, "signature_invalid")


def test_a_request_sent_twice_is_taken_once(terminal: Terminal) -> None:
    request = ask(terminal)
    assert terminal.send(request).status_code == 200
    refused(terminal.send(request), 401, "nonce_replayed")


def test_an_unknown_terminal_is_refused(terminal: Terminal) -> None:
    stranger = Terminal(terminal.url, "WBH-99", "T99")
    refused(stranger.send(ask(stranger)), 401, "terminal_unknown")


def test_a_known_name_with_a_foreign_key_is_refused(terminal: Terminal) -> None:
    impostor = Terminal(terminal.url, terminal.terminal_id, terminal.short_name)
    refused(impostor.send(ask(impostor)), 401, "signature_invalid")


def test_a_revoked_terminal_is_turned_away(terminal: Terminal, center: Center) -> None:
    second = Terminal(terminal.url, "WBH-02", "T02")
    second.register(center)
    assert second.send(ask(second)).status_code == 200
    assert revoke_terminal(center, second.terminal_id)
    refused(second.send(ask(second)), 403, "terminal_revoked")


@pytest.mark.parametrize("path", ["/api/v1/health", "/healthz"])
def test_health_is_open_to_anybody_and_says_nothing_else(terminal: Terminal, path: str) -> None:
    answer = requests.get(terminal.url + path, timeout=10)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_every_fault_is_a_problem(terminal: Terminal) -> None:
    refused(terminal.call("GET", "/api/v1/nothing"), 404, "not_found")
    refused(terminal.call("DELETE", "/api/v1/catalogue"), 405, "method_not_allowed")
    refused(terminal.call("POST", LOOKUP, b'{"number": "123"', JSON), 422, "request_invalid")
    refused(terminal.call("POST", LOOKUP, b"x" * 300_000, JSON), 413, "body_too_large")
    refused(terminal.call("PUT", f"/api/v1/files/{'0' * 64}", b"x" * 1_100_000), 413, "body_too_large")


def test_a_problem_never_repeats_what_was_sent(terminal: Terminal) -> None:
    answer = terminal.call("POST", LOOKUP, json.dumps({"number": "230903195603128120 张秀兰"}).encode(), JSON)
    assert answer.status_code == 422
    assert answer.json()["fields"] == {"body.number": "string_too_long"}
    assert "张秀兰" not in answer.text
