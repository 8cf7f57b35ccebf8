"""Whatever comes back over the wire, the client says one of three things: the answer, come again, or no for good."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from http_message_signatures import HTTPMessageVerifier, MappingKeyResolver, algorithms

from kiosk.errors import CenterRefused, CenterUnreachable
from kiosk.link.client import CenterClient
from kiosk.link.questions import cases
from kiosk.wire.filing import FilingAnswer

from .wire import Answer, Asked, BadServer, bad_server, free_port, problem, reply

TIMEOUT = 0.6  # s
APPLICATIONS = "/api/v1/applications"
KEY = UUID("00000000-0000-4000-8000-000000000001")
ANSWER = {
    "case_number": "202611240001",
    "receipt_number": "WB012611240001",
    "received_at": "2026-11-24T19:31:00+08:00",
    "next_step": "工作人员会查看。",
}
CATALOGUE = {"center_name": "示例镇政务服务中心", "township_id": "demo-town", "center_public_key": "", "items": []}


@pytest.fixture
def server() -> Iterator[BadServer]:
    with bad_server() as server:
        yield server


@pytest.fixture
def client(server: BadServer, signing_key: Ed25519PrivateKey) -> CenterClient:
    return CenterClient(server.url, "WBH-01", signing_key, TIMEOUT)


def test_every_request_is_signed_over_method_address_body_and_key(
    server: BadServer, client: CenterClient, signing_key: Ed25519PrivateKey
) -> None:
    server.answer = lambda asked: reply(201, ANSWER) if asked.path == "/api/v1/applications" else reply(200, CATALOGUE, ETag='"1"')
    # when a filing with a body, and a question without one, are sent
    client.submit(APPLICATIONS, b'{"a":1}', KEY, FilingAnswer)
    client.catalogue()
    # then each carries one signature of this terminal, good for 60 s from now, over all that matters
    verifier = HTTPMessageVerifier(
        signature_algorithm=algorithms.ED25519,
        key_resolver=MappingKeyResolver(public_keys={"WBH-01": signing_key.public_key()}, private_keys={}),
    )
    nonces = set()
    for asked, covered in zip(
        server.asked,
        (
            {"@method", "@authority", "@target-uri", "content-digest", "idempotency-key"},
            {"@method", "@authority", "@target-uri", "content-digest"},
        ),
        strict=True,
    ):
        (result,) = verifier.verify(asked)
        assert {name.strip('"') for name in result.covered_components} - {"@signature-params"} == covered
        assert (result.label, result.parameters["keyid"], result.parameters["alg"]) == ("sig1", "WBH-01", "ed25519")
        created, expires = result.parameters["created"], result.parameters["expires"]
        assert expires - created == 60 and abs(time.time() - created) < 10
        digest = base64.b64encode(hashlib.sha256(asked.body).digest()).decode()
        assert asked.headers["content-digest"] == f"sha-256=:{digest}:"
        nonces.add(result.nonce)
    assert len(nonces) == 2 and all(len(str(nonce)) >= 22 for nonce in nonces), "128 bits, never the same"
    assert server.asked[0].headers["idempotency-key"] == str(KEY)


def test_guides_that_are_the_same_are_not_sent_again(server: BadServer, client: CenterClient) -> None:
    server.answer = lambda asked: (
        reply(304, b"", ETag='"1"') if asked.headers.get("if-none-match") == '"1"' else reply(200, CATALOGUE, ETag='"1"')
    )
    first = client.catalogue()
    assert first is not None and first[1] == '"1"' and first[0].center_name == "示例镇政务服务中心"
    assert client.catalogue(first[1]) is None


def test_a_refusal_of_the_center_is_final_and_brings_its_sentence(server: BadServer, client: CenterClient) -> None:
    server.answer = lambda asked: problem(422, "item_withdrawn", "这个事项已停办，请到窗口咨询。")
    with pytest.raises(CenterRefused) as caught:
        client.submit(APPLICATIONS, b"{}", KEY, FilingAnswer)
    assert (caught.value.code, caught.value.message) == ("item_withdrawn", "这个事项已停办，请到窗口咨询。")


def _silence(connection: socket.socket, asked: Asked) -> None:
    time.sleep(4 * TIMEOUT)


def _half(connection: socket.socket, asked: Asked) -> None:
    connection.sendall(reply(201, ANSWER)[:-20])


def _hang_up(connection: socket.socket, asked: Asked) -> None:
    connection.close()


def _drip(connection: socket.socket, asked: Asked) -> None:
    whole = reply(201, ANSWER)
    head = whole.index(b"\r\n\r\n") + 4
    connection.sendall(whole[:head])
    for byte in whole[head:]:
        time.sleep(0.1)
        connection.sendall(bytes([byte]))


def _endless(connection: socket.socket, asked: Asked) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[")
    while True:
        connection.sendall(b" " * 65536)


PORTAL = "<html><title>登录网络</title></html>".encode()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (_silence, "no_answer"),
        (_hang_up, "no_connection"),
        (_half, "no_answer"),
        (_drip, "no_answer"),
        (_endless, "strange_answer"),
        (problem(500, "internal_error"), "center_busy"),
        (reply(502, PORTAL, "text/html"), "center_busy"),
        (problem(503, "database_away"), "center_busy"),
        (problem(429, "too_many"), "center_busy"),
        (problem(408, "body_late"), "center_busy"),
        (problem(401, "signature_expired"), "terminal_rejected"),
        (problem(403, "terminal_revoked"), "terminal_rejected"),
        (reply(200, PORTAL, "text/html"), "strange_answer"),
        (reply(404, PORTAL, "text/html"), "strange_answer"),
        (reply(302, b"", Location="https://portal.example/"), "strange_answer"),
        (reply(200, b"{", "application/json"), "strange_answer"),
        (reply(200, {**ANSWER, "surprise": 1}), "strange_answer"),
        (reply(200, ANSWER, "text/plain"), "strange_answer"),
        (reply(400, b"{}", "application/problem+json"), "strange_answer"),
        (reply(304, b""), "strange_answer"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "no_connection"),
    ],
)
def test_anything_but_an_answer_or_a_refusal_of_the_center_means_come_again(
    server: BadServer, client: CenterClient, answer: Answer, code: str
) -> None:
    server.answer = lambda asked: answer
    began = time.monotonic()
    with pytest.raises(CenterUnreachable) as caught:
        client.submit(APPLICATIONS, b"{}", KEY, FilingAnswer)
    assert caught.value.code == code
    assert time.monotonic() - began < 10 * TIMEOUT, "no answer, however slow, holds the terminal up for long"
    assert len(server.asked) == 1, "the client itself repeats nothing and follows nobody"


def test_a_center_that_is_not_there_means_come_again(signing_key: Ed25519PrivateKey) -> None:
    client = CenterClient(f"http://127.0.0.1:{free_port()}", "WBH-01", signing_key, TIMEOUT)
    with pytest.raises(CenterUnreachable) as caught:
        client.submit(APPLICATIONS, b"{}", KEY, FilingAnswer)
    assert caught.value.code == "no_connection" and not client.alive()


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(server: BadServer, signing_key: Ed25519PrivateKey, tmp_path: Path) -> None:
    # given somebody in between, with a certificate of his own making
    server.answer = lambda asked: reply(201, ANSWER)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*_self_made_certificate(tmp_path))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    client = CenterClient(server.url.replace("http://", "https://"), "WBH-01", signing_key, TIMEOUT)
    # then nothing is sent to him
    with pytest.raises(CenterUnreachable):
        client.submit(APPLICATIONS, b"{}", KEY, FilingAnswer)
    assert server.asked == []


def _self_made_certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - timedelta(days=1), now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


@pytest.mark.parametrize(
    ("answer", "alive"),
    [
        (reply(200, {"status": "ok"}), True),
        (reply(200, PORTAL, "text/html"), False),
        (problem(503, "database_away"), False),
        (problem(404, "not_found"), False),
        (_silence, False),
        (_half, False),
    ],
)
def test_only_a_center_that_says_so_is_alive(server: BadServer, client: CenterClient, answer: Answer, alive: bool) -> None:
    server.answer = lambda asked: answer
    assert client.alive() is alive


def test_an_upload_is_done_when_the_center_names_the_same_content(server: BadServer, client: CenterClient) -> None:
    content = b"\xff\xd8\xff page"
    name = hashlib.sha256(content).hexdigest()
    told: dict[str, Callable[[Asked], bytes]] = {
        "same": lambda asked: reply(201, {"sha256": name, "size": len(content)}),
        "cut": lambda asked: reply(201, {"sha256": name, "size": 3}),
    }
    server.answer = told["same"]
    client.upload(name, content, "image/jpeg")
    (asked,) = server.asked
    assert (asked.method, asked.path, asked.body, asked.headers["content-type"]) == ("PUT", f"/api/v1/files/{name}", content, "image/jpeg")
    server.answer = told["cut"]
    with pytest.raises(CenterUnreachable):
        client.upload(name, content, "image/jpeg")


def test_a_question_about_a_person_goes_in_the_body_and_never_in_an_address(server: BadServer, client: CenterClient) -> None:
    server.answer = lambda asked: reply(200, {"cases": []})
    client.ask(cases("230202199001011236"))
    (asked,) = server.asked
    assert json.loads(asked.body) == {"number": "230202199001011236"}
    assert "230202199001011236" not in asked.path + str(asked.headers)
