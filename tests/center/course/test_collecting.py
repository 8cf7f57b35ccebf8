"""Who collects for an organization, or as the agent known from registration (R3.2): a person with a name, a card and an authority, on record and sealed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from center.casework.completion import Collecting, Collector
from center.casework.events import EventKind, detail_of
from center.casework.handling import accept
from center.casework.registering import register
from center.casework.walk_in import AgentTyped, SheetsGiven, WalkIn
from center.store.tables import CaseEvent
from tests.center.course.scene import CARD, Scene, faulty
from tests.center.course.test_completion import AGENT_NUMBER, SELF, complete, fetch, grant, tell
from tests.center.place import NAME, NUMBER, PHONE, Browser, add_wang_min

OTHER_NUMBER = "H60123456"
AGENT = AgentTyped("resident", "李国芳", AGENT_NUMBER, PHONE, "representative", 1)
CODE = "91350100M000100Y43"
COMPANY = WalkIn(
    kind="organization",
    name="万宝河镇惠民合作社",
    number=CODE,
    phone=PHONE,
    address="万宝河镇一村二组3号",
    consent=True,
    values={"phone": PHONE},
    materials={"id_card": SheetsGiven(1, missing=False)},
    agent=AGENT,
)
KNOWN = Collecting(Collector.REGISTERED, card_shown=True, signed=True)
ANOTHER = Collecting(Collector.AGENT, "赵小满", OTHER_NUMBER, "单位盖章的授权委托书", True, "", True)


def notified(here: Scene, typed: WalkIn = COMPANY) -> UUID:
    case_id = register(here.center, here.window, CARD, typed, uuid4()).subject_id
    accept(here.center, here.window, case_id, here.revision(case_id), ())
    grant(here, case_id)
    complete(here, case_id)
    tell(here, case_id)
    return case_id


def kept(here: Scene, case_id: UUID) -> tuple[dict[str, Any], bytes]:
    """What the event says, and how it lies in the table."""
    with here.center.database.reading() as session:
        event = session.scalars(select(CaseEvent).where(CaseEvent.case_id == case_id, CaseEvent.kind == EventKind.COLLECTED)).one()
        assert event.detail is not None
        return detail_of(here.center, event), event.detail


@pytest.mark.rule("R3.2")
def test_an_organization_is_not_there_in_person(here_on: Scene) -> None:
    case_id = notified(here_on)
    assert faulty(lambda: fetch(here_on, case_id, SELF)) == {"collector"}
    assert here_on.row(case_id).state == "notified"
    fetch(here_on, case_id, KNOWN)
    detail, sealed = kept(here_on, case_id)
    assert (detail["who"], detail["number"]) == ("李国芳", AGENT_NUMBER)
    shown = dict(detail["shown"])
    assert shown["领取人"] == "李国芳（登记时的代办人，代表万宝河镇惠民合作社）"
    assert (shown["证件"], shown["委托依据"]) == ("已出示，230903********2507", "法定代表人（负责人）身份证明")
    assert AGENT_NUMBER.encode() not in sealed


@pytest.mark.rule("R3.2")
def test_somebody_else_comes_for_an_organization_with_card_and_authority_of_their_own(here: Scene) -> None:
    case_id = notified(here)
    assert faulty(lambda: fetch(here, case_id, replace(ANOTHER, authority=""))) == {"authority"}
    assert faulty(lambda: fetch(here, case_id, replace(ANOTHER, name=" "))) == {"name"}
    assert faulty(lambda: fetch(here, case_id, replace(ANOTHER, number=CODE))) == {"number"}
    fetch(here, case_id, ANOTHER)
    detail, _ = kept(here, case_id)
    assert (detail["who"], detail["number"], dict(detail["shown"])["委托依据"]) == ("赵小满", OTHER_NUMBER, "单位盖章的授权委托书")


def test_who_was_not_registered_is_not_known(here: Scene) -> None:
    person = replace(COMPANY, kind="resident", name=NAME, number=NUMBER, agent=None)
    case_id = notified(here, person)
    assert faulty(lambda: fetch(here, case_id, KNOWN)) == {"collector"}
    fetch(here, case_id, SELF)
    assert kept(here, case_id)[0]["number"] == ""
    with_agent = notified(here, replace(person, agent=replace(AGENT, authority="power_of_attorney")))
    fetch(here, with_agent, KNOWN)
    assert kept(here, with_agent)[0]["who"] == "李国芳"


def test_the_page_offers_who_came_at_registration_and_no_organization_in_person(here: Scene) -> None:
    case_id = notified(here)
    add_wang_min(here.center)
    window = Browser(here.terminal.url)
    assert window.sign_in().ok
    path = f"/console/cases/{case_id}/collect"
    shown = window.get(path).text
    assert ("申请人本人" in shown, 'value="registered" checked' in shown, "李国芳" in shown) == (False, True, True)
    done = window.post(path, window.hidden(path) | {"collector": "registered", "card_shown": "1", "signed": "yes"})
    assert done.ok
    assert "登记时的代办人，代表万宝河镇惠民合作社" in done.text
    assert here.row(case_id).state == "collected"
