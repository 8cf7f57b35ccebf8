"""Every page that a case's own page leads to opens, in every state and on every way there: no template asks for what its view has not."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest

from center.casework.completion import Collecting, Collector, NotifyWay, collect, decide, issue_voucher, notify, post, record_withdrawal
from center.casework.handling import open_case, return_with_notice
from center.casework.handover import OpinionGiven, correct_opinion, hand_over, receive, take_back
from center.casework.refusing import Refused, refuse
from center.casework.special import begin_special
from center.domain.application import ApplicationState, Outcome, SpecialProcedure
from center.domain.notice import NoticeLine, Reason, Subject
from tests.center.course.scene import CARD, DEPARTMENT, LOGGING, OWN, WEEK, Scene
from tests.center.place import Browser, add_wang_min

Way = Callable[[Scene], UUID]


def filed(here: Scene, item: str = OWN) -> UUID:
    case_id = here.file(item)
    open_case(here.center, here.window, case_id)
    return case_id


def returned(here: Scene) -> UUID:
    case_id = filed(here)
    line = NoticeLine(Subject.OTHER, "other", "", Reason.MISSING, "请带上一张近期照片")
    return_with_notice(here.center, here.window, case_id, here.revision(case_id), [line])
    return case_id


def refused_case(here: Scene) -> UUID:
    case_id = filed(here)
    why = Refused("依照规定，这项申请不能办理。", ("《测试条例》第三条",))
    refuse(here.center, here.window, case_id, here.revision(case_id), why)
    return case_id


def received(here: Scene) -> UUID:
    case_id = here.with_department()
    receive(here.center, here.liaison, case_id)
    return case_id


def corrected(here: Scene) -> UUID:
    case_id = here.answered()
    given = OpinionGiven(False, "权属有争议。", "", WEEK)
    correct_opinion(here.center, here.liaison, case_id, here.revision(case_id), given, "写错了")
    return case_id


def paused(here: Scene) -> UUID:
    case_id = here.accepted()
    begin_special(here.center, here.window, case_id, here.revision(case_id), SpecialProcedure.EXPERT_REVIEW, 15)
    return case_id


def again(here: Scene) -> UUID:
    case_id = here.back()
    hand_over(here.center, here.window, case_id, here.revision(case_id), DEPARTMENT, WEEK)
    return case_id


def decided(here: Scene) -> UUID:
    case_id = here.back()
    decide(here.center, here.window, case_id, here.revision(case_id), Outcome.GRANTED, "符合条件。", "")
    return case_id


def completed(here: Scene) -> UUID:
    case_id = decided(here)
    issue_voucher(here.center, here.window, case_id, here.revision(case_id))
    return case_id


def notified(here: Scene, delivery: str = "window") -> UUID:
    case_id = completed(here)
    revision = here.revision(case_id)
    notify(here.center, here.window, case_id, revision, NotifyWay.PHONE, "申请人本人", "可以来领取了。", True, delivery)
    return case_id


def collected(here: Scene) -> UUID:
    case_id = notified(here)
    collect(here.center, here.window, case_id, here.revision(case_id), Collecting(Collector.APPLICANT, card_shown=True, signed=True))
    return case_id


def posted(here: Scene) -> UUID:
    case_id = notified(here, "post")
    post(here.center, here.window, case_id, here.revision(case_id), "1123456789012", "林秀英", "万宝河镇一村", "")
    return case_id


def withdrawn(before: Way) -> Way:
    def way(here: Scene) -> UUID:
        case_id = before(here)
        record_withdrawal(here.center, here.window, case_id, here.revision(case_id), "不办了", paper_kept=True)
        return case_id

    return way


def fetched(here: Scene) -> UUID:
    case_id = withdrawn(Scene.with_department)(here)
    take_back(here.center, here.window, case_id, here.revision(case_id), WEEK)
    return case_id


S = ApplicationState
WAYS: dict[str, tuple[ApplicationState, Way]] = {
    "filed": (S.FILED, filed),
    "returned": (S.RETURNED, returned),
    "refused": (S.REFUSED, refused_case),
    "accepted": (S.ACCEPTED, Scene.accepted),
    "accepted on the spot": (S.ACCEPTED, lambda here: here.accepted(CARD)),
    "accepted, paused": (S.ACCEPTED, paused),
    "with the department": (S.WITH_DEPARTMENT, Scene.with_department),
    "received there": (S.WITH_DEPARTMENT, received),
    "answered": (S.WITH_DEPARTMENT, Scene.answered),
    "answered anew": (S.WITH_DEPARTMENT, corrected),
    "back": (S.BACK, Scene.back),
    "with the department again": (S.WITH_DEPARTMENT, again),
    "decided": (S.DECIDED, decided),
    "completed": (S.VOUCHER_ISSUED, completed),
    "notified": (S.NOTIFIED, notified),
    "to be posted": (S.NOTIFIED, lambda here: notified(here, "post")),
    "collected": (S.COLLECTED, collected),
    "posted": (S.POSTED, posted),
    "withdrawn, accepted": (S.WITHDRAWN, withdrawn(lambda here: here.accepted(LOGGING))),
    "withdrawn at the department": (S.WITHDRAWN, withdrawn(Scene.with_department)),
    "withdrawn, answered": (S.WITHDRAWN, withdrawn(Scene.answered)),
    "withdrawn, back": (S.WITHDRAWN, withdrawn(Scene.back)),
    "withdrawn, papers fetched": (S.WITHDRAWN, fetched),
}


def test_every_state_is_among_the_ways() -> None:
    assert {state for state, _ in WAYS.values()} == set(ApplicationState)


@pytest.mark.parametrize("name", WAYS)
def test_every_page_a_case_leads_to_opens(here: Scene, name: str) -> None:
    state, way = WAYS[name]
    case_id = way(here)
    assert here.row(case_id).state == state
    add_wang_min(here.center)
    window = Browser(here.terminal.url)
    assert window.sign_in().ok
    path = f"/console/cases/{case_id}"
    shown = window.get(path)
    assert shown.status_code == 200
    links = sorted(set(re.findall(rf'href="({path}/[^"]+)"', shown.text)))
    assert links or state in (S.COLLECTED, S.POSTED)
    assert {link: window.get(link).status_code for link in links} == dict.fromkeys(links, 200)


@pytest.mark.rule("R5.3")
def test_a_corrected_opinion_says_so_where_it_is_taken_back_and_leads_to_what_stood_there(here: Scene) -> None:
    plain, case_id = here.answered(), corrected(here)
    handed = here.course(case_id).round
    assert handed is not None
    assert [(each.agrees, each.reasons) for each in handed.earlier] == [(True, "现场核实属实，符合采伐条件。")]
    add_wang_min(here.center)
    window = Browser(here.terminal.url)
    assert window.sign_in().ok
    first = f'href="/console/papers/{handed.earlier[0].paper}"'
    for path in (f"/console/cases/{case_id}", f"/console/cases/{case_id}/take-back"):
        shown = window.get(path).text
        assert (first in shown, "更正" in shown, "写错了" in shown) == (True, True, True)
    assert window.get(f"/console/papers/{handed.earlier[0].paper}").ok
    assert "更正" not in window.get(f"/console/cases/{plain}/take-back").text
