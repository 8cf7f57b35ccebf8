"""The terminal's own client against a real center: both ends read the same wire."""

from __future__ import annotations

import hashlib
from uuid import uuid4

import pytest

from center.casework.registering import register
from center.center import Center
from center.domain.roles import Role
from center.records.papers import papers_of
from kiosk.errors import CenterRefused
from kiosk.link.client import CenterClient
from kiosk.link.questions import case_state, cases
from kiosk.wire.cases import CaseDetail, CasesAnswer, CaseState, CaseStateAnswer
from kiosk.wire.documents import Qr
from kiosk.wire.filing import FilingAnswer
from tests.center import papers
from tests.center.intake.license import with_license
from tests.center.intake.test_registering import TYPED
from tests.center.place import NUMBER, Terminal
from tests.center.staffing import member


def _state(client: CenterClient, code: str) -> CaseState:
    answer = client.ask(case_state(code))
    assert isinstance(answer, CaseStateAnswer)
    return answer.state


def _cases(client: CenterClient) -> tuple[CaseDetail, ...]:
    answer = client.ask(cases(NUMBER))
    assert isinstance(answer, CasesAnswer)
    return answer.cases


def test_the_terminals_client_and_the_center_agree(terminal: Terminal, center: Center) -> None:
    client = CenterClient(terminal.url, terminal.terminal_id, terminal.key, timeout_seconds=10)
    assert client.alive()
    fetched = client.catalogue()
    assert fetched is not None
    assert [item.code for item in fetched[0].items] == ["YLBX", "ZJD"]
    assert client.catalogue(fetched[1]) is None

    page = papers.page("户口簿 首页")
    client.upload(hashlib.sha256(page).hexdigest(), page, "image/jpeg")
    filing = terminal.filing()
    first = client.submit("/api/v1/applications", filing.model_dump_json().encode(), filing.key, FilingAnswer)
    assert client.submit("/api/v1/applications", filing.model_dump_json().encode(), filing.key, FilingAnswer) == first

    assert _state(client, terminal.receipt_code(filing.receipt_number)) is CaseState.FILED
    assert [case.case_number for case in _cases(client)] == [first.case_number]
    with pytest.raises(CenterRefused) as refused:
        client.ask(case_state("no code"))
    assert refused.value.code == "code_invalid"


def test_the_terminals_client_reads_the_code_of_a_case_registered_at_the_window(terminal: Terminal, center: Center) -> None:
    with_license(center)
    case_id = register(center, member(center, Role.WINDOW_STAFF), "SPJY", TYPED, uuid4()).subject_id
    with center.database.reading() as session:
        (receipt,) = papers_of(center, session, case_id)
    (code,) = [block.text for block in receipt.document.blocks if isinstance(block, Qr)]
    client = CenterClient(terminal.url, terminal.terminal_id, terminal.key, timeout_seconds=10)
    assert _state(client, code) is CaseState.FILED
    (case,) = _cases(client)
    assert case.receipt_code == code
