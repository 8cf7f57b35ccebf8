"""What an application may say: who it is for and who filed it, how the result comes, how to be told."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from pydantic import ValidationError

from kiosk.wire.filing import Applicant, Authority, Consent, Delivery, Filing, FilingAgent, PostTo, Tell, authorities
from kiosk.wire.items import Material, Need

NOW = datetime.now(UTC)
MOTHER = Applicant(kind="resident", name="王桂兰", number="230903194803120022")
FIRM = Applicant(kind="organization", name="万宝河示例合作社", number="91110000600037341L")
SON = FilingAgent(kind="resident", name="李大力", number="23090319850616019X", authority=Authority.POWER_OF_ATTORNEY)
HOME = PostTo(recipient="王桂兰", phone="13904640000", address="万宝河镇一村12号")


def filing(**more: object) -> Filing:
    said: dict[str, object] = {
        "key": uuid4(),
        "township_id": "wanbaohe",
        "terminal_id": "WBH-01",
        "receipt_number": "WB0126112401",
        "item_code": "LSJZ",
        "item_version": 1,
        "applicant": MOTHER,
        "consent": Consent(text_version="1", given_at=NOW),
        "values": {},
        "signature": "0" * 64,
        "filed_at": NOW,
    }
    return Filing.model_validate(said | more)


def test_who_says_nothing_of_it_comes_to_the_window_and_needs_no_phone() -> None:
    said = filing()
    assert (said.agent, said.delivery, said.post_to, said.tell, said.told_at) == (None, Delivery.WINDOW, None, Tell.VISIT, "")


def test_the_agent_s_phone_is_called_before_the_applicant_s() -> None:
    mother = MOTHER.model_copy(update={"phone": "13904640000"})
    son = SON.model_copy(update={"phone": "0464-8290000"})
    assert filing(applicant=mother, tell=Tell.PHONE).told_at == "13904640000"
    assert filing(applicant=mother, agent=SON, tell=Tell.PHONE).told_at == "13904640000"
    assert filing(applicant=mother, agent=son, tell=Tell.PHONE).told_at == "0464-8290000"


def test_an_organization_is_handled_by_somebody_with_a_card() -> None:
    handler = SON.model_copy(update={"authority": Authority.REPRESENTATIVE})
    assert filing(applicant=FIRM, agent=handler).applicant.number == "91110000600037341L"
    assert authorities(FIRM.kind) == (Authority.POWER_OF_ATTORNEY, Authority.REPRESENTATIVE)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"applicant": FIRM}, "the agent is named"),
        ({"applicant": FIRM, "agent": SON.model_copy(update={"authority": Authority.GUARDIAN})}, "no guardian"),
        ({"agent": SON.model_copy(update={"authority": Authority.REPRESENTATIVE})}, "no representative"),
        ({"agent": SON.model_copy(update={"number": MOTHER.number})}, "has no agent"),
        ({"delivery": Delivery.POST}, "where to"),
        ({"post_to": HOME}, "where to"),
        ({"tell": Tell.PHONE}, "has a phone"),
        ({"tell": Tell.PHONE, "applicant": MOTHER.model_copy(update={"phone": "12"})}, "has a phone"),
    ],
)
def test_a_filing_that_contradicts_itself_is_refused(said: dict[str, object], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        filing(**said)


@pytest.mark.parametrize(
    ("said", "reason"),
    [({"number": "911100006000373410"}, "check character"), ({"sex": "女"}, "no sex"), ({"birth": NOW.date()}, "no sex, nation or birth")],
)
def test_an_organization_has_a_right_code_and_nothing_of_a_person(said: dict[str, object], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Applicant.model_validate(FIRM.model_dump() | said)


def test_the_courier_can_ring_the_recipient() -> None:
    with pytest.raises(ValidationError, match="area code"):
        PostTo(recipient="王桂兰", phone="8290000", address="一村")


def test_only_what_may_follow_says_by_when() -> None:
    assert Material(code="proof", material_name="证明", is_need=Need.MAY_FOLLOW, follow_days=10).follow_days == 10
    with pytest.raises(ValidationError, match="may follow"):
        Material(code="proof", material_name="证明", follow_days=10)
