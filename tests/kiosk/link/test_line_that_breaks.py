"""Large files over a line that breaks go on where it broke, with the real center in a process of its own and sockets that are really cut."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from itertools import count

import pytest
from tenacity import wait_fixed

from kiosk.errors import CenterRefused, CenterUnreachable
from kiosk.events import SubmissionSent
from kiosk.link.client import PART_BYTES, CenterClient
from kiosk.link.outbox import Outbox
from kiosk.link.sender import Sender
from kiosk.link.submission import application

from .conftest import Citizen, Inbox, Town
from .cutting_line import CuttingLine, cutting_line
from .real_filing import filled_in, first_item
from .wire import TERMINAL

#: As large as a page gets, in four parts.
LARGE = 3 * PART_BYTES + 50_000
#: What heads and signatures of a handful of requests need, bytes.
HEADS = 20_000


def large_page() -> tuple[str, bytes]:
    data = b"\xff\xd8\xff" + os.urandom(LARGE - 3)
    return hashlib.sha256(data).hexdigest(), data


@pytest.fixture
def line(town: Town) -> Iterator[CuttingLine]:
    with cutting_line(town.center.url) as opened:
        yield opened


@pytest.fixture
def client(town: Town, line: CuttingLine) -> CenterClient:
    return CenterClient(line.url, TERMINAL, town.keys.signing, 5.0)


def test_what_was_sent_before_the_cut_is_not_sent_again(client: CenterClient, line: CuttingLine, town: Town) -> None:
    sha256, data = large_page()
    # given a line that is cut within the third part
    line.cut_after = [2 * PART_BYTES + PART_BYTES // 2]
    with pytest.raises(CenterUnreachable):
        client.upload(sha256, data, "image/jpeg")
    assert line.cuts == 1
    # when it is tried again
    before = line.sent
    client.upload(sha256, data, "image/jpeg")
    # then the two parts that had arrived do not go out once more
    assert line.sent - before < LARGE - 2 * PART_BYTES + HEADS
    # and the center has the whole file: again it is hardly anything
    before = line.sent
    client.upload(sha256, data, "image/jpeg")
    assert line.sent - before < HEADS


def test_a_small_file_goes_out_in_one_piece(client: CenterClient, line: CuttingLine) -> None:
    data = b"\xff\xd8\xff" + os.urandom(2000)
    client.upload(hashlib.sha256(data).hexdigest(), data, "image/jpeg")
    assert line.sent < 2000 + HEADS


def test_a_file_that_the_center_does_not_keep_is_refused_in_parts_as_in_one(client: CenterClient) -> None:
    data = os.urandom(LARGE)
    with pytest.raises(CenterRefused) as refused:
        client.upload(hashlib.sha256(data).hexdigest(), data, "image/jpeg")
    assert refused.value.code == "file_kind"


def test_a_filing_with_large_pages_arrives_over_a_line_that_is_cut_again_and_again(
    town: Town, line: CuttingLine, client: CenterClient, outbox: Outbox, inbox: Inbox
) -> None:
    # given an application with two large pages
    item = first_item(town.client(), lambda item: any(len(material.pages) == 2 for material in item.materials))
    numbers = count(1)
    filing, files = Citizen(lambda: f"WB01261125{next(numbers):04d}").signs(pages=2, page_bytes=LARGE)
    filing = filled_in(filing, item, filing.materials[0].pages)
    assert outbox.keep(application(filing, files, b"{}"))
    # when the line is cut three times on the way
    line.cut_after = [PART_BYTES + 60_000, 3 * PART_BYTES, 5 * PART_BYTES]
    sender = Sender(client, outbox, poll_seconds=0.05, wait=wait_fixed(0.05))
    sender.start(inbox)
    # then it arrives, and hardly more went over the line than it is large
    try:
        assert inbox.wait_for(SubmissionSent).number == filing.receipt_number
    finally:
        sender.stop()
    assert line.cuts == 3
    assert line.sent < 2 * LARGE + 3 * PART_BYTES + 3 * HEADS
