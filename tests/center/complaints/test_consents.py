"""The consents of the leader in charge: a summary without a name, one answer, nobody in their own cause."""

from __future__ import annotations

import pytest

from center.center import Center
from center.complaints import consents, inquiry
from center.complaints.dossier import open_dossier
from center.domain.complaint import ComplaintAct
from center.domain.roles import Role
from tests.center.complaints.acts import do, refused, walk
from tests.center.complaints.place import STATEMENT, Town, add_member, at_desk
from tests.center.place import NAME, PHONE


@pytest.mark.rule("R6.5", "R6.8")
def test_the_leader_decides_on_a_summary_and_never_sees_who_or_what_was_said(town: Town) -> None:
    complaint_id = at_desk(town, case_number="202611240031", staff_id=str(town.window.id))
    do(town, complaint_id, ComplaintAct.ACCEPT)
    for words in (f"{NAME}反映态度不好", f"电话{PHONE}", "办件202611240031没有办"):
        refusal = refused("act_incomplete", lambda words=words: do(town, complaint_id, ComplaintAct.ASK_CONSENT, summary=words))  # type: ignore[misc]
        assert set(refusal.fields) == {"summary"}
    do(town, complaint_id, ComplaintAct.ASK_CONSENT)
    refused("complaint_changed", lambda: do(town, complaint_id, ComplaintAct.ASK_CONSENT))
    (question,) = consents.inbox(town.center, town.leader).open
    assert (question.question, question.matter, question.about) == ("直查", "服务态度", "综合窗口1号 王敏")
    assert (question.words, question.limit_days) == ("反映窗口态度不好，拟直查", 3)
    assert all(secret not in str(question) for secret in (NAME, PHONE, STATEMENT, "202611240031"))


@pytest.mark.rule("R6.5")
def test_a_no_takes_a_reason_and_gives_the_complaint_back_to_the_officer(town: Town) -> None:
    complaint_id = at_desk(town)
    walk(town, complaint_id, ComplaintAct.ACCEPT, ComplaintAct.ASK_CONSENT)
    (question,) = consents.inbox(town.center, town.leader).open
    refused("act_incomplete", lambda: consents.answer(town.center, town.leader, question.id, False, " "))
    consents.answer(town.center, town.leader, question.id, False, "应当转办")
    assert town.complaint(complaint_id).state == "accepted"
    assert any("应当转办" in words for _, words in open_dossier(town.center, town.officer, complaint_id).events[-1].lines)
    refused("consent_answered", lambda: consents.answer(town.center, town.leader, question.id, True, ""))
    (done,) = consents.inbox(town.center, town.leader).answered
    assert (done.granted, done.answer) == (False, "应当转办")
    refused("act_incomplete", lambda: do(town, complaint_id, ComplaintAct.ASK_CONSENT, handling="transferred"))


@pytest.mark.rule("R6.5")
def test_nobody_consents_to_their_own_question_or_about_themselves(town: Town, center_on: Center) -> None:
    both = add_member(center_on, "zhang", "张勇", (Role.COMPLAINT_OFFICER, Role.CENTER_LEADER))
    complaint_id = at_desk(town)
    do(town, complaint_id, ComplaintAct.ACCEPT)
    inquiry.ask_consent(
        center_on, both, complaint_id, town.revision(complaint_id), handling="direct", handler="", degree="ordinary", summary="拟直查"
    )
    (question,) = consents.inbox(center_on, both).open
    refused("own_question", lambda: consents.answer(center_on, both, question.id, True, ""))
    about_leader = at_desk(town, staff_id=str(town.leader.id))
    walk(town, about_leader, ComplaintAct.ACCEPT, ComplaintAct.ASK_CONSENT)
    assert [each.id for each in consents.inbox(center_on, town.leader).open] == [question.id]
    theirs = next(each for each in consents.inbox(center_on, both).open if each.id != question.id)
    refused("consent_unknown", lambda: consents.answer(center_on, town.leader, theirs.id, True, ""))
    consents.answer(center_on, both, theirs.id, True, "")
