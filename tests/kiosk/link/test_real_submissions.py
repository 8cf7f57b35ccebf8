"""Whatever kind a citizen hands in, the real center takes it from the outbox where its kind goes, or says why not in words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import count
from uuid import uuid4

import cv2
import numpy as np
import pytest

from kiosk.events import SubmissionRefused, SubmissionSent
from kiosk.link.outbox import Outbox
from kiosk.link.questions import complaint as complaint_opened
from kiosk.link.sender import Sender
from kiosk.link.submission import (
    ANSWERS,
    Submission,
    application,
    complaint,
    complaint_answer,
    complaint_evidence,
    complaint_review,
    rating,
    suggestion,
    supplement,
)
from kiosk.wire.codes import Code, CodeKind, write_code
from kiosk.wire.complaints import Access, ComplaintDetail, ComplaintFiling, ComplaintWords, EvidenceFiling, Party, PublicStaffAnswer
from kiosk.wire.filing import Consent, Filing, Supplement
from kiosk.wire.services import RatingSent, SuggestionSent

from .conftest import ADDRESS, NAME, NOW, NUMBER, Citizen, Inbox, Town
from .real_filing import filled_in, first_item
from .wire import TERMINAL, TOWNSHIP

DIGITS = "135790"
RECEIPT = b"{}"

Give = Callable[[], str]


@pytest.fixture(scope="module")
def give() -> Give:
    """Every test has an outbox of its own and all have one center: numbers go on from test to test."""
    numbers = count(1)
    return lambda: f"WB01261124{next(numbers):04d}"


@pytest.fixture
def citizen(give: Give) -> Citizen:
    return Citizen(give)


@pytest.fixture
def receipt_code(town: Town) -> Callable[[CodeKind, str], str]:
    return lambda kind, number: write_code(Code(kind, "WB01", number), town.keys.signing)


def photo(shade: int) -> tuple[str, bytes]:
    done, data = cv2.imencode(".jpg", np.full((40, 30), shade, np.uint8))
    assert done
    return hashlib.sha256(data.tobytes()).hexdigest(), data.tobytes()


def an_application(town: Town, citizen: Citizen) -> Submission:
    filing, files = citizen.signs(pages=0)
    return application(filled_in(filing, first_item(town.client())), files, RECEIPT)


def a_complaint(town: Town, number: str) -> Submission:
    fetched = town.client().fetch("/api/v1/public-staff", PublicStaffAnswer)
    assert fetched is not None
    public = fetched[0]
    name, data = photo(200)
    filing = ComplaintFiling(
        key=uuid4(),
        township_id=TOWNSHIP,
        terminal_id=TERMINAL,
        receipt_number=number,
        card=False,
        digits=DIGITS,
        complainant=Party(name=NAME, contact=ADDRESS),
        about=public.windows[0].id,
        matter=public.matters[0].code,
        statement=ADDRESS,
        evidence=(name,),
        evidence_later=True,
        consent=Consent(text_version="1", given_at=NOW),
        filed_at=NOW,
    )
    return complaint(filing, {name: data}, RECEIPT)


def test_every_kind_reaches_the_center_and_is_answered_in_its_own_kind(
    town: Town, outbox: Outbox, citizen: Citizen, give: Give, sender: Sender, inbox: Inbox, receipt_code: Callable[[CodeKind, str], str]
) -> None:
    # given one of each that can be taken now, the rating before what it is about has arrived
    filed = an_application(town, citizen)
    complained = a_complaint(town, give())
    access = Access(code=receipt_code(CodeKind.COMPLAINT, complained.number), digits=DIGITS)
    name, data = photo(90)
    rated = RatingSent(key=uuid4(), code=receipt_code(CodeKind.RECEIPT, filed.number), level=5)
    handed = [
        rating(rated, give(), NOW, after=filed.number),
        filed,
        complained,
        suggestion(SuggestionSent(key=uuid4(), words="请多放几把椅子。"), give(), NOW),
    ]
    for submission in handed:
        assert outbox.keep(submission)
    sender.wake()
    more = EvidenceFiling(key=uuid4(), access=access, evidence=(name,))
    evidence = complaint_evidence(more, give(), NOW, {name: data}, RECEIPT)
    inbox.wait_for(SubmissionSent, where=lambda sent: sent.number == complained.number)
    assert outbox.keep(evidence)
    sender.wake()
    # when all are sent
    for submission in (*handed, evidence):
        sent = inbox.wait_for(SubmissionSent, where=lambda sent, number=submission.number: sent.number == number)  # type: ignore[misc]  # bound now
        # then each is answered as its kind is
        assert isinstance(sent.answer, ANSWERS[submission.kind])
    # and the complaint has all its evidence
    opened = town.client().ask(complaint_opened(access.code, DIGITS))
    assert isinstance(opened, ComplaintDetail) and opened.evidence == 2


def test_what_the_center_cannot_take_now_is_told_in_words_and_kept_for_staff(
    town: Town, outbox: Outbox, citizen: Citizen, give: Give, sender: Sender, inbox: Inbox, receipt_code: Callable[[CodeKind, str], str]
) -> None:
    # given a case that wants nothing and a complaint without a result
    filed, complained = an_application(town, citizen), a_complaint(town, give())
    for submission in (filed, complained):
        outbox.keep(submission)
    sender.wake()
    inbox.wait_for(SubmissionSent, 2)
    # when the citizen supplies to the one, answers the other and asks for a review of it
    assert isinstance(filed.message, Filing)
    words = ComplaintWords(
        key=uuid4(), access=Access(code=receipt_code(CodeKind.COMPLAINT, complained.number), digits=DIGITS), words=ADDRESS
    )
    supplied = Supplement(key=uuid4(), township_id=TOWNSHIP, terminal_id=TERMINAL, number=NUMBER, values={"reason": "补充"})
    handed = [
        supplement(supplied, filed.number, give(), NOW, {}, RECEIPT),
        complaint_answer(words, give(), NOW),
        complaint_review(words.model_copy(update={"key": uuid4()}), give(), NOW),
    ]
    for submission in handed:
        outbox.keep(submission)
    sender.wake()
    # then each is refused in a sentence, and none is lost
    refused = [inbox.wait_for(SubmissionRefused, which) for which in (1, 2, 3)]
    assert {each.number for each in refused} == {each.number for each in handed}
    assert all(each.sentence.endswith("。") for each in refused)
    sender.stop()
    assert [(each.number, each.refused) for each in outbox.not_with_the_center()] == [(each.number, True) for each in handed]
