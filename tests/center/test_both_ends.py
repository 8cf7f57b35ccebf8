"""The terminal's own client against a real center: both ends read the same wire."""

from __future__ import annotations

import hashlib

import pytest

from center.center import Center
from kiosk.errors import CenterRefused
from kiosk.link.client import CenterClient
from kiosk.wire.messages import CaseState
from tests.center import papers
from tests.center.place import NUMBER, Terminal


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
    first = client.submit(filing.model_dump_json().encode(), filing.key)
    assert client.submit(filing.model_dump_json().encode(), filing.key) == first

    assert client.case_state(terminal.receipt_code(filing.receipt_number)).state is CaseState.FILED
    assert [case.case_number for case in client.cases(NUMBER).cases] == [first.case_number]
    with pytest.raises(CenterRefused) as refused:
        client.case_state("no code")
    assert refused.value.code == "code_invalid"
