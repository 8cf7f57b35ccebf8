"""Papers given back after a withdrawal or a refusal: nothing twice, against a list, by who handles cases."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from center.casework.completion import record_withdrawal
from center.casework.course_of import course_of
from center.casework.course_values import Count, CourseView
from center.casework.dossier import find_case
from center.casework.giving_back import give_back, may_give_back, offered_back
from center.center import Refusal
from center.domain.paper import PaperKind
from center.domain.roles import Role
from tests.center.intake.scene import Scene, attempt, words
from tests.center.intake.test_pages import signed_in
from tests.center.intake.test_registering import AGENT, TYPED, registered
from tests.center.place import NAME
from tests.center.staffing import member

CARD = Count("m.id_card", "身份证", 1)


def withdrawn(scene: Scene) -> UUID:
    case_id = registered(scene)
    record_withdrawal(scene.center, scene.wang, case_id, scene.revision(case_id), "不办了", paper_kept=True)
    return case_id


def course(scene: Scene, case_id: UUID) -> CourseView:
    with scene.center.database.reading() as session:
        return course_of(scene.center, session, find_case(session, scene.center, case_id))


def back(scene: Scene, case_id: UUID, *lines: Count, to: str = NAME, signed: bool | None = True) -> str:
    return attempt(lambda: give_back(scene.center, scene.wang, case_id, scene.revision(case_id), lines, to, signed))


@pytest.mark.rule("R3.2")
def test_what_lies_at_the_window_goes_back_once_against_a_list(scene_on: Scene) -> None:
    case_id = withdrawn(scene_on)
    assert offered_back(scene_on.dossier(case_id), course(scene_on, case_id)) == (CARD,)
    assert back(scene_on, case_id, CARD, Count("x.0", "房产证复印件", 2)) == "done"
    paper = next(paper for paper in scene_on.papers(case_id) if paper.kind is PaperKind.MATERIALS_RETURNED)
    for shown in ("身份证　1 份", "房产证复印件　2 份", "2 样，共 3 份", NAME, "王敏"):
        assert shown in words(paper)
    assert scene_on.kinds(case_id)[-1] == "papers_returned"
    assert scene_on.row(case_id).state == "withdrawn"
    assert not may_give_back(scene_on.dossier(case_id), course(scene_on, case_id))
    assert back(scene_on, case_id, CARD) == "case_changed"


def test_nothing_is_given_back_of_a_case_that_goes_on_or_on_half_a_form(scene: Scene) -> None:
    going_on = registered(scene)
    assert back(scene, going_on, CARD) == "case_changed"
    case_id = withdrawn(scene)
    head = member(scene.center, Role.CENTER_HEAD, window="")
    assert attempt(lambda: give_back(scene.center, head, case_id, scene.revision(case_id), [CARD], NAME, True)) == "not_allowed"
    for lines, to, signed, field in (((), NAME, True, "lines"), ((CARD,), " ", True, "to"), ((CARD,), NAME, None, "signed")):
        with pytest.raises(Refusal) as refused:
            give_back(scene.center, scene.wang, case_id, scene.revision(case_id), lines, to, signed)
        assert set(refused.value.fields) == {field}
    assert back(scene, case_id, Count("m.id_card", "身份证", 100)) == "entry_invalid"
    assert may_give_back(scene.dossier(case_id), course(scene, case_id))


def test_the_page_offers_it_after_the_withdrawal_and_names_the_agent(scene: Scene) -> None:
    window = signed_in(scene, Role.WINDOW_STAFF)
    case_id = registered(scene, replace(TYPED, agent=AGENT))
    path = f"/console/cases/{case_id}"
    assert "give-back" not in window.get(path).text
    record_withdrawal(scene.center, scene.wang, case_id, scene.revision(case_id), "不办了", paper_kept=True)
    assert f'href="{path}/give-back"' in window.get(path).text
    shown = window.get(f"{path}/give-back").text
    assert all(part in shown for part in ("授权委托书", AGENT.name))
    hidden = window.hidden(f"{path}/give-back")
    ticked = {"t.m.id_card": "1", "c.m.id_card": "1", "to": AGENT.name}
    assert window.post(f"{path}/give-back", hidden | ticked).status_code == 422
    done = window.post(f"{path}/give-back", hidden | ticked | {"signed": "yes"})
    assert (done.status_code, "材料退还单" in done.text) == (200, True)
    # What was not ticked lies here still, and can follow.
    rest = window.get(f"{path}/give-back").text
    assert ('name="t.m.agent_authority"' in rest, 'name="t.m.id_card"' in rest) == (True, False)
    hidden = window.hidden(f"{path}/give-back")
    assert window.post(
        f"{path}/give-back", hidden | {"t.m.agent_authority": "1", "c.m.agent_authority": "2", "to": NAME, "signed": "yes"}
    ).ok
    assert "give-back" not in window.get(path).text
