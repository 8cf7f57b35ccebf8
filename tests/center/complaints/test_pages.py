"""The complaints' pages as a browser sends them: forms, double presses, stale pages, wrong roles, bad input."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from center.complaints import handling
from center.complaints.act_forms import ACT_FORMS
from center.complaints.dossier import open_dossier
from center.complaints.lists import Shelf, register
from center.domain.complaint import ComplaintAct, ComplaintState, complaint_acts_in
from center.domain.roles import Role
from center.store.encryption import LET_GO
from center.store.tables import Complaint, ComplaintFile, Staff
from tests.center.complaints.place import STATEMENT, Complainer, Town, add_member, at_desk
from tests.center.place import NAME, PASSWORD, PHONE, Browser

SignIn = Callable[[str], Browser]


@pytest.fixture
def sign_in(town: Town, url_on: str) -> SignIn:
    """A browser signed in as one of the town's people."""
    hashed = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1).hash(PASSWORD)

    def make(login: str) -> Browser:
        with town.center.database.writing() as session:
            session.execute(update(Staff).values(password_hash=hashed))
        browser = Browser(url_on)
        assert browser.sign_in(login).ok
        return browser

    return make


_SAID = {
    "channel": "phone",
    "received_on": "2026-11-24",
    "kind": "person",
    "capacity": "self",
    "name": NAME,
    "contact": PHONE,
    "window": "综合窗口1号",
    "matter": "manners",
    "statement": STATEMENT,
}


def _ids(town: Town) -> list[UUID]:
    with town.center.database.reading() as session:
        return list(session.scalars(select(Complaint.id)))


@pytest.mark.rule("R6.1", "R6.9")
def test_a_complaint_by_phone_is_registered_by_the_form_once_however_often_it_is_pressed(town: Town, sign_in: SignIn) -> None:
    browser = sign_in("lifang")
    assert "投诉登记簿" in browser.get("/console/").text
    hidden = browser.hidden("/console/complaints/new")
    wrong = browser.post("/console/complaints/new", hidden | _SAID | {"name": "", "statement": ""})
    assert wrong.status_code == 422
    assert "请填写姓名或名称" in wrong.text
    assert PHONE in wrong.text
    assert _ids(town) == []
    first = browser.post("/console/complaints/new", hidden | _SAID)
    again = browser.post("/console/complaints/new", hidden | _SAID)
    assert (first.status_code, first.url) == (200, again.url)
    assert all(part in first.text for part in (NAME, PHONE, STATEMENT, "2026年11月27日"))
    assert len(_ids(town)) == 1
    # the key used for another complaint makes none
    assert browser.post("/console/complaints/new", hidden | _SAID | {"name": "别人"}).status_code == 409
    assert len(_ids(town)) == 1


@pytest.mark.rule("R6.2")
def test_an_act_is_done_by_its_form_and_a_stale_page_changes_nothing(town: Town, sign_in: SignIn) -> None:
    browser = sign_in("lifang")
    complaint_id = at_desk(town)
    path = f"/console/complaints/{complaint_id}/accept"
    hidden = browser.hidden(path)
    done = browser.post(path, hidden)
    assert "已受理，待报请" in done.text
    assert "效能投诉受理告知书" in done.text
    stale = browser.post(path, hidden)
    assert stale.status_code == 409
    assert "没有保存" in stale.text or "不能这样处理" in stale.text
    asked = f"/console/complaints/{complaint_id}/ask_consent"
    hidden = browser.hidden(asked)
    # somebody adds evidence meanwhile: what was written on the older sight is not kept
    browser.post(
        f"/console/complaints/{complaint_id}/add_evidence",
        browser.hidden(f"/console/complaints/{complaint_id}/add_evidence") | {"words": "照片"},
    )
    answer = browser.post(asked, hidden | {"handling": "direct", "degree": "ordinary", "summary": "拟直查"})
    assert answer.status_code == 409
    assert town.complaint(complaint_id).state == "accepted"


@pytest.mark.rule("R6.4")
def test_a_refusal_begins_with_its_ground_and_what_was_typed_stays_when_something_is_missing(town: Town, sign_in: SignIn) -> None:
    browser = sign_in("lifang")
    complaint_id = at_desk(town)
    path = f"/console/complaints/{complaint_id}/refuse"
    grounds = re.findall(r"refuse\?ground=(\w)", browser.get(path).text)
    assert grounds == ["a", "b", "c", "d"]
    hidden = browser.hidden(f"{path}?ground=b")
    wrong = browser.post(path, hidden | {"reason": "已在法院立案", "basis": "", "channel": "向法院了解"})
    assert wrong.status_code == 422
    assert "已在法院立案" in wrong.text
    assert 'name="ground" value="b"' in wrong.text
    done = browser.post(path, hidden | {"reason": "已在法院立案", "basis": "制度", "channel": "向法院了解"})
    assert "不予受理告知书" in done.text
    assert town.complaint(complaint_id).ground == "b"


@pytest.mark.parametrize("state", list(ComplaintState))
def test_every_state_draws_and_offers_the_acts_of_the_table_and_no_other(town: Town, sign_in: SignIn, state: ComplaintState) -> None:
    browser = sign_in("lifang")
    complaint_id = at_desk(town)
    with town.center.database.writing() as session:
        row = session.get_one(Complaint, complaint_id)
        row.state, row.finding, row.measures = state, "true", "talk"
    page = browser.get(f"/console/complaints/{complaint_id}")
    assert page.status_code == 200
    offered = set(re.findall(rf"/console/complaints/{complaint_id}/([a-z_]+)\"", page.text))
    assert ("scans" in offered) is (ComplaintAct.ADD_EVIDENCE in complaint_acts_in(state))
    assert offered - {"scans"} <= {act.value for act in complaint_acts_in(state)}
    for act in ACT_FORMS:
        form = browser.get(f"/console/complaints/{complaint_id}/{act}")
        assert form.status_code == (200 if act in offered else 409), act


def test_every_form_asks_for_what_it_needs(town: Town, sign_in: SignIn) -> None:
    browser = sign_in("lifang")
    for act, form in ACT_FORMS.items():
        if not form.fields or act is ComplaintAct.REFUSE:
            continue
        complaint_id = at_desk(town)
        state = next(each for each in ComplaintState if act in complaint_acts_in(each))
        with town.center.database.writing() as session:
            row = session.get_one(Complaint, complaint_id)
            row.state, row.finding = state, "true"
            if act is not ComplaintAct.TAKE_IN:
                row.taken_on = row.received_at.date()
        path = f"/console/complaints/{complaint_id}/{act}"
        if browser.get(path).status_code == 409:
            # archived and lapsed only after their day
            assert act in (ComplaintAct.LAPSE, ComplaintAct.ARCHIVE)
            continue
        hidden = {name: value for name, value in browser.hidden(path).items() if name in ("csrf", "revision")}
        answer = browser.post(path, hidden)
        assert answer.status_code == 422, act
        assert answer.text.count('class="fault"') >= 1, act
        assert town.complaint(complaint_id).state == state


@pytest.mark.rule("R6.1")
def test_evidence_is_shown_to_the_officer_and_another_complaints_page_is_not(town: Town, sign_in: SignIn, citizen: Complainer) -> None:
    assert citizen.file(citizen.filing(pages=2)).ok
    (complaint_id,) = _ids(town)
    other = at_desk(town)
    browser = sign_in("lifang")
    with town.center.database.reading() as session:
        pages = session.scalars(select(ComplaintFile.id)).all()
    page = browser.get(f"/console/complaints/{complaint_id}")
    assert all(f"/console/complaints/{complaint_id}/evidence/{each}" in page.text for each in pages)
    picture = browser.get(f"/console/complaints/{complaint_id}/evidence/{pages[0]}")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")
    assert picture.headers["cache-control"] == "no-store"
    assert browser.get(f"/console/complaints/{other}/evidence/{pages[0]}").status_code == 404
    assert sign_in("wangmin").get(f"/console/complaints/{complaint_id}/evidence/{pages[0]}").status_code == 403


@pytest.mark.rule("R6.5", "R6.8")
def test_the_leader_answers_in_the_inbox_and_a_no_without_reason_is_asked_for_it(town: Town, sign_in: SignIn) -> None:
    officer, leader = sign_in("lifang"), sign_in("gaojie")
    complaint_id = at_desk(town)
    handling.accept(town.center, town.officer, complaint_id, town.revision(complaint_id))
    asked = f"/console/complaints/{complaint_id}/ask_consent"
    done = officer.post(
        asked,
        officer.hidden(asked)
        | {"handling": "transferred", "handler": "镇农业农村办", "degree": "complicated", "summary": "反映久拖不决，拟转办"},
    )
    assert "等待答复" in done.text
    page = leader.get("/console/consents")
    assert all(part in page.text for part in ("反映久拖不决，拟转办", "镇农业农村办", "10 个工作日", "综合窗口1号"))
    assert all(secret not in page.text for secret in (NAME, PHONE, STATEMENT))
    (path,) = set(re.findall(r'action="(/console/consents/[0-9a-f-]{36})"', page.text))
    csrf = {"csrf": leader.hidden("/console/consents")["csrf"]}
    assert "请写明理由" in leader.post(path, csrf | {"granted": "no", "answer": ""}).text
    assert leader.post(path, csrf | {"granted": "perhaps"}).status_code == 422
    assert "同意" in leader.post(path, csrf | {"granted": "yes", "answer": "抓紧办"}).text
    assert leader.post(path, csrf | {"granted": "no", "answer": "改主意了"}).status_code == 409
    assert town.complaint(complaint_id).state == "transferred"
    assert "抓紧办" in officer.get(f"/console/complaints/{complaint_id}").text


@pytest.mark.rule("R6.8")
def test_who_is_no_officer_finds_no_room_for_complaints(town: Town, sign_in: SignIn) -> None:
    complaint_id = at_desk(town)
    for login in ("wangmin", "zhouqiang", "gaojie"):
        browser = sign_in(login)
        home = browser.get("/console/").text
        assert "/console/complaints" not in home
        for path in ("", "/new", f"/{complaint_id}", f"/{complaint_id}/accept"):
            answer = browser.get(f"/console/complaints{path}")
            assert answer.status_code == 403, path
            assert NAME not in answer.text
        csrf = dict(re.findall(r'name="(csrf)" value="([^"]*)"', home))
        assert browser.post(f"/console/complaints/{complaint_id}/accept", csrf | {"revision": "1"}).status_code == 403
        assert browser.post("/console/complaints/new", csrf | _SAID | {"key": str(uuid4())}).status_code == 403
    assert sign_in("wangmin").get("/console/consents").status_code == 403
    assert town.complaint(complaint_id).state == "received"


def test_foreign_ids_bad_forms_and_ended_sessions_change_nothing(town: Town, sign_in: SignIn, url_on: str) -> None:
    complaint_id = at_desk(town)
    browser = sign_in("lifang")
    hidden = browser.hidden(f"/console/complaints/{complaint_id}/ask_supplement")
    path = f"/console/complaints/{complaint_id}/ask_supplement"
    assert browser.get(f"/console/complaints/{uuid4()}").status_code == 404
    assert browser.get("/console/complaints/nowhere").status_code == 404
    assert browser.get(f"/console/complaints/{complaint_id}/demolish").status_code == 409
    assert browser.post(path, hidden | {"csrf": "0" * 64, "wanted": "单据"}).status_code == 403
    assert browser.post(path, hidden | {"wanted": "单据"}, {"Origin": "https://elsewhere.example"}).status_code == 403
    assert browser.post(path, hidden | {"wanted": "长" * 300_000}).status_code == 413
    assert browser.post(path, hidden | {"wanted": "长" * 300}).status_code == 422
    assert browser.post(path, hidden | {"wanted": "单据", "revision": "x"}).status_code == 409
    assert browser.get("/console/complaints?shelf=<script>&page_number=999999").ok
    assert "/console/sign-in" in Browser(url_on).get(f"/console/complaints/{complaint_id}").url
    assert browser.post("/console/complaints/new", {"csrf": hidden["csrf"], "key": "none"} | _SAID).status_code == 403
    assert (town.complaint(complaint_id).state, town.complaint(complaint_id).events) == ("received", 1)


def test_a_complaint_whose_retention_is_over_still_stands_in_the_register(town: Town, sign_in: SignIn) -> None:
    complaint_id = at_desk(town)
    with town.center.database.writing() as session:
        row = session.get_one(Complaint, complaint_id)
        row.state, row.complainant, row.statement = ComplaintState.ARCHIVED, LET_GO, LET_GO
    assert register(town.center, town.officer, Shelf.ARCHIVED, 1).rows[0].id == complaint_id
    assert "按规定清除" in open_dossier(town.center, town.officer, complaint_id).statement.words
    assert "按规定清除" in sign_in("lifang").get(f"/console/complaints/{complaint_id}").text


@pytest.mark.rule("R6.8")
def test_an_officer_of_the_window_gets_no_page_paper_or_act_of_a_complaint_about_it(town: Town, sign_in: SignIn) -> None:
    add_member(town.center, "both", "钱丽", (Role.COMPLAINT_OFFICER, Role.WINDOW_STAFF), "综合窗口1号")
    complaint_id = at_desk(town)
    handling.accept(town.center, town.officer, complaint_id, town.revision(complaint_id))
    (paper,) = open_dossier(town.center, town.officer, complaint_id).papers
    browser = sign_in("both")
    assert browser.get(f"/console/complaints/{complaint_id}").status_code == 404
    assert browser.get(f"/console/complaints/{complaint_id}/ask_consent").status_code == 404
    assert browser.get(f"/console/papers/{paper.id}").status_code == 403
    assert town.complaint(complaint_id).number not in browser.get("/console/complaints?shelf=handle").text
    # nor that retaliation at their window was reported, which another officer hears of
    reported = town.complaint(at_desk(town, matter="retaliation")).number
    assert reported not in browser.get("/console/accountability").text
    assert reported in sign_in("lifang").get("/console/accountability").text
