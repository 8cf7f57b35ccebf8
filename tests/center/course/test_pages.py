"""The pages of a case's course over real HTTP: the whole way through window and department, few steps on the spot, nothing for the wrong eyes."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
import requests

from center.casework.supervision import receive_push
from center.domain.paper import PaperKind
from center.domain.roles import Role
from center.people.accounts import add_staff
from kiosk.wire.filing import AUTHORITY_PAPER, Authority, Delivery, FilingAgent, MaterialFiled, PostTo, Tell
from tests.center import papers
from tests.center.course.scene import CARD, DEPARTMENT, LOGGING, OWN, WEEK, Scene
from tests.center.course.test_supervision import pushed
from tests.center.place import NAME, NUMBER, PASSWORD, Browser, add_wang_min

ROLES = [role for role in Role if role not in (Role.WINDOW_STAFF, Role.LIAISON)]


@pytest.fixture
def window(here: Scene) -> Browser:
    add_wang_min(here.center)
    browser = Browser(here.terminal.url)
    assert browser.sign_in().ok
    return browser


def liaison_of(here: Scene, login: str, department: str) -> Browser:
    add_staff(here.center, login, "刘洋", "liaison", "", PASSWORD, department)
    browser = Browser(here.terminal.url)
    assert browser.sign_in(login).ok
    return browser


@pytest.fixture
def liaison(here: Scene) -> Browser:
    return liaison_of(here, "liuyang", DEPARTMENT)


def send(browser: Browser, path: str, form: str = "", **entries: str) -> requests.Response:
    """Send the form of a page with its hidden fields; `form` is where it stands if that is another page."""
    return browser.post(path, browser.hidden(form or path) | entries)


def at(answer: requests.Response) -> str:
    return answer.url.split("/console", 1)[1]


# ------------------------------------------------------------------ the whole way


@pytest.mark.rule("R5.1", "R5.2", "R5.3", "R5.4", "R5.5", "R4.3", "R4.4", "R3.2")
def test_a_case_goes_through_window_and_department_to_its_end(here: Scene, window: Browser, liaison: Browser) -> None:
    case_id = here.accepted()
    case, own = f"/console/cases/{case_id}", f"/console/department/cases/{case_id}"
    assert f'href="{case}/hand-over"' in window.get(case).text
    assert f'href="{case}/decide"' not in window.get(case).text

    slip = send(window, f"{case}/hand-over", **{"t.form": "1", "c.form": "1", "t.m.household_register": "1", "c.m.household_register": "2"})
    assert at(slip).startswith("/papers/")
    assert "林权证明　2 份" in slip.text

    listed = liaison.get("/console/department/waiting").text
    assert str(case_id) in listed
    assert "张*兰" in listed and NAME not in listed
    assert NUMBER in liaison.get(own).text
    assert "签收材料" in liaison.get(own).text
    assert "填写核办意见" in send(liaison, f"{own}/received", own, remark="").text
    opinion = send(
        liaison,
        f"{own}/opinion",
        agrees="yes",
        reasons="核实属实。",
        survey="11月24日现场查看",
        **{"c.form": "1", "c.m.household_register": "2"},
    )
    assert at(opinion).startswith("/papers/")
    assert "核实属实。" in opinion.text

    back = send(window, f"{case}/take-back", **{"c.form": "1", "c.m.household_register": "2"})
    assert "移交 2 份，返回 2 份" in back.text
    assert (
        at(send(window, f"{case}/decide", outcome="granted", reasons="符合条件。", basis="《森林法》第五十七条", against=""))
        == f"/cases/{case_id}/voucher"
    )
    assert at(send(window, f"{case}/voucher")) == f"/cases/{case_id}/notify"
    told = send(
        window, f"{case}/notify", way="phone", who=NAME, words="您的申请已经办结，请带身份证来领取。", reached="yes", delivery="window"
    )
    assert at(told) == f"/cases/{case_id}"
    done = send(window, f"{case}/collect", collector="applicant", card_shown="1", signed="yes")
    assert "已在凭证上签字" in done.text

    assert "签收结果，开始监管" in liaison.get(own).text
    assert "反馈监管情况" in send(liaison, f"{own}/push-received", own).text
    assert "罚款两百元" in send(liaison, f"{own}/feedback", kind="penalty", words="罚款两百元", number="").text
    for page in (case, "/console/feedback"):
        assert "罚款两百元" in window.get(page).text
    assert here.row(case_id).state == "collected"


@pytest.mark.rule("R4.1", "R4.3")
def test_on_the_spot_each_act_leads_to_the_form_of_the_next(here: Scene, window: Browser) -> None:
    case_id = here.accepted(CARD)
    case = f"/console/cases/{case_id}"
    decided = send(window, f"{case}/decide", outcome="granted", reasons="符合条件。", basis="")
    assert at(decided) == f"/cases/{case_id}/voucher"
    assert "审批决定书" in decided.text
    assert at(send(window, f"{case}/voucher")) == f"/cases/{case_id}/notify"
    told = send(window, f"{case}/notify", way="in_person", who=NAME, words="已经办好了，请您拿好。", reached="yes", delivery="window")
    assert at(told) == f"/cases/{case_id}/collect"
    assert at(send(window, f"{case}/collect", collector="applicant", card_shown="1", signed="yes")) == f"/cases/{case_id}"
    assert here.row(case_id).state == "collected"


@pytest.mark.rule("R4.7")
def test_a_special_procedure_begins_with_its_notice_and_ends_with_a_new_day(here: Scene, window: Browser) -> None:
    case_id = here.accepted()
    case = f"/console/cases/{case_id}"
    notice = send(window, f"{case}/special/begin", procedure="expert_review", expected_days="15", why="区里组织专家到现场")
    assert "特别程序告知书" in notice.text
    assert "专家评审正在进行" in window.get(case).text
    here.next_day(3)
    (pause,) = here.course(case_id).open_pauses
    assert "2026年12月11日" in window.get(f"{case}/special/end").text
    assert "由2026年12月8日改为2026年12月11日" in send(window, f"{case}/special/end", pause=str(pause.id), result="").text
    assert f"{case}/special/begin" not in window.get(f"/console/cases/{here.accepted(OWN)}").text


@pytest.mark.rule("R5.2")
def test_special_circumstances_are_recorded_from_the_slips_page(here: Scene, window: Browser) -> None:
    case_id = here.accepted()
    path = f"/console/cases/{case_id}/hand-over"
    assert "最迟次日移交" in window.get(path).text
    page = send(window, f"{path}/extend", path, reason="接收单位停电")
    assert "2026年11月25日" in page.text
    assert "接收单位停电" in page.text
    assert "最迟次日移交" not in page.text


@pytest.mark.rule("R10")
def test_a_result_is_posted_with_its_number(here: Scene, window: Browser) -> None:
    case_id = here.accepted(CARD)
    case = f"/console/cases/{case_id}"
    send(window, f"{case}/decide", outcome="granted", reasons="符合条件。", basis="")
    send(window, f"{case}/voucher")
    send(window, f"{case}/notify", way="phone", who=NAME, words="已经办结，给您寄出。", reached="yes", delivery="post")
    page = window.get(f"{case}/post").text
    assert "万宝河镇一村二组3号" in page
    wrong = send(window, f"{case}/post", number="123", recipient=NAME, address="万宝河镇", phone="")
    assert wrong.status_code == 422
    assert 'value="123"' in wrong.text
    assert "邮件号码不对" in wrong.text
    assert "1012345678901" in send(window, f"{case}/post", number="1012345678901", recipient=NAME, address="万宝河镇", phone="").text


@pytest.mark.rule("R10")
def test_a_result_goes_where_it_was_said_at_filing_and_who_wanted_a_call_is_called(here: Scene, window: Browser) -> None:
    agent = FilingAgent(kind="resident", name="李国芳", number="230903198806042507", phone="13904641299", authority=Authority.GUARDIAN)
    to = PostTo(recipient="李国芳", phone="0464-8290000", address="万宝河镇二村8号")
    authority = MaterialFiled(code=AUTHORITY_PAPER, pages=(here.terminal.upload(papers.page("监护关系证明")),))
    case_id = here.accepted(
        agent=agent, delivery=Delivery.POST, post_to=to, tell=Tell.PHONE, materials=(*here.terminal.filing().materials, authority), item=OWN
    )
    case = f"/console/cases/{case_id}"
    send(window, f"{case}/decide", outcome="granted", reasons="符合条件。", basis="")
    send(window, f"{case}/voucher")
    asked = window.get(f"{case}/notify").text
    assert "打电话告诉 13904641299" in asked
    assert 'value="post" selected' in asked
    send(window, f"{case}/notify", way="phone", who="李国芳", words="已经办结，给您寄出。", reached="yes", delivery="post")
    page = window.get(f"{case}/post").text
    for begun in (to.recipient, to.phone, to.address):
        assert f'value="{begun}"' in page


def test_a_withdrawal_in_writing_is_recorded_at_the_window(here: Scene, window: Browser) -> None:
    case_id = here.with_department()
    path = f"/console/cases/{case_id}/withdraw"
    assert f"材料还在{DEPARTMENT}" in window.get(path).text
    assert send(window, path, words="不办了").status_code == 422
    assert "已撤回" in send(window, path, words="不办了", paper_kept="1").text


@pytest.mark.rule("R9")
def test_what_came_back_short_shows_and_can_be_raised_by_who_may(here: Scene, window: Browser) -> None:
    case_id = here.answered()
    case = f"/console/cases/{case_id}"
    missing = send(window, f"{case}/take-back", **{"c.form": "1", "c.m.household_register": "1"})
    assert missing.status_code == 422
    assert "确实不一致的，写明原因" in missing.text
    short = send(window, f"{case}/take-back", **{"c.form": "1", "c.m.household_register": "1", "explanation": "单位说只收到一份"})
    assert "林权证明少 1 份" in short.text
    assert "accountability/new" not in short.text
    add_staff(here.center, "zhouqiang", "周强", "center_head", "", PASSWORD)
    head = Browser(window.url)
    head.sign_in("zhouqiang")
    link = re.search(r'href="(/console/accountability/new[^"]*)"', head.get(case).text)
    assert link is not None
    assert here.row(case_id).case_number in head.get(link.group(1).replace("&amp;", "&")).text


# ------------------------------------------------------------------ wrong input


def test_wrong_entries_come_back_with_what_was_typed_and_change_nothing(here: Scene, window: Browser, liaison: Browser) -> None:
    accepted, spot, away = here.accepted(), here.accepted(CARD), here.with_department()
    send(liaison, f"/console/department/cases/{away}/received", f"/console/department/cases/{away}")
    before = [here.kinds(case_id) for case_id in (accepted, spot, away)]
    huge = "字" * 5000
    wrong = (
        (window, f"/console/cases/{accepted}/hand-over", {"t.form": "1", "c.form": "一"}, "份数"),
        (window, f"/console/cases/{accepted}/hand-over", {"n.0": "<b>图</b>", "x.0": "100"}, "&lt;b&gt;图&lt;/b&gt;"),
        (window, f"/console/cases/{accepted}/special/begin", {"procedure": "auction", "expected_days": "3"}, "特别程序"),
        (window, f"/console/cases/{spot}/decide", {"outcome": "perhaps", "reasons": "我的理由"}, "我的理由"),
        (window, f"/console/cases/{spot}/decide", {"outcome": "granted", "reasons": huge}, "最多 1000 个字"),
        (window, f"/console/cases/{spot}/decide", {"outcome": "granted", "reasons": "a\x00b"}, "看不见的控制字符"),
        (liaison, f"/console/department/cases/{away}/opinion", {"agrees": "", "reasons": "属实"}, "属实"),
        (liaison, f"/console/department/cases/{away}/opinion", {"agrees": "no", "reasons": ""}, "请填写理由"),
    )
    for browser, path, entries, shown in wrong:
        answer = send(browser, path, **entries)
        assert (answer.status_code, shown in answer.text) == (422, True), (path, shown)
    assert [here.kinds(case_id) for case_id in (accepted, spot, away)] == before


def test_an_old_page_or_a_foreign_form_moves_nothing(here: Scene, window: Browser) -> None:
    case_id = here.accepted(CARD)
    path = f"/console/cases/{case_id}/decide"
    form = window.hidden(path) | {"outcome": "granted", "reasons": "符合条件。", "basis": ""}
    assert window.post(path, form | {"csrf": "0"}).status_code == 403
    assert window.post(path, form, {"Origin": "https://elsewhere.example"}).status_code == 403
    assert window.post(path, form).ok
    assert window.post(path, form).status_code == 409
    assert here.kinds(case_id).count("decided") == 1


def test_a_form_whose_act_is_not_for_now_says_so(here: Scene, window: Browser) -> None:
    accepted, away = here.accepted(), here.with_department()
    for case_id, act, status in (
        (accepted, "decide", 422),
        (accepted, "take-back", 409),
        (accepted, "voucher", 409),
        (accepted, "special/end", 422),
        (away, "take-back", 422),
        (away, "hand-over", 409),
        (uuid4(), "decide", 404),
    ):
        assert window.get(f"/console/cases/{case_id}/{act}").status_code == status, act
    assert window.get("/console/cases/nowhere/decide").status_code == 404


# ------------------------------------------------------------------ whose eyes


@pytest.mark.rule("R5.2")
def test_a_liaison_sees_the_own_departments_cases_and_nothing_else(here: Scene, window: Browser, liaison: Browser) -> None:
    other = liaison_of(here, "sunli", "民政办")
    case_id, kept = here.with_department(), here.accepted(OWN)
    own = f"/console/department/cases/{case_id}"
    picture = re.search(rf"{own}/pages/[0-9a-f-]+", liaison.get(own).text)
    assert picture is not None
    slip = here.paper(case_id, PaperKind.HANDOVER_SLIP).id
    assert liaison.get(picture.group()).headers["content-type"] == "image/jpeg"
    assert liaison.get(f"{own}/signature").ok
    assert liaison.get(f"/console/papers/{slip}").ok
    for path in (own, picture.group(), f"{own}/signature", f"{own}/opinion", f"{own}/feedback"):
        assert other.get(path).status_code == 404, path
    assert other.get(f"/console/papers/{slip}").status_code == 403
    assert str(case_id) not in other.get("/console/department/waiting").text
    assert liaison.get(f"/console/department/cases/{kept}").status_code == 404
    for path in (f"/console/cases/{case_id}", "/console/course", "/console/feedback", f"/console/cases/{case_id}/hand-over"):
        assert liaison.get(path).status_code == 403, path
    for path in (own, "/console/department/waiting", f"{own}/opinion"):
        assert window.get(path).status_code == 403, path


@pytest.mark.rule("R5.4")
def test_another_department_confirms_nothing(here: Scene) -> None:
    other = liaison_of(here, "sunli", "民政办")
    case_id = pushed(here)
    csrf = re.findall(r'name="csrf" value="([^"]*)"', other.get("/console/department/waiting").text)[0]
    assert other.post(f"/console/department/cases/{case_id}/push-received", {"csrf": csrf}).status_code == 404
    assert here.row(case_id).push_received_at is None


@pytest.mark.parametrize("role", ROLES)
def test_every_other_role_sees_what_the_table_says(here: Scene, role: Role) -> None:
    case_id = here.with_department()
    login = f"who.{role.replace('_', '.')}"
    add_staff(here.center, login, "某人", role, "", PASSWORD)
    browser = Browser(here.terminal.url)
    browser.sign_in(login)
    sees = role in (Role.WINDOW_LEAD, Role.CENTER_HEAD)
    handles = role is Role.WINDOW_LEAD
    for path, allowed in (
        ("/console/course", sees),
        ("/console/feedback", sees),
        (f"/console/cases/{case_id}", sees),
        (f"/console/cases/{case_id}/withdraw", handles),
        ("/console/department/waiting", False),
        (f"/console/department/cases/{case_id}", False),
    ):
        answer = browser.get(path)
        assert (answer.status_code == 200) is allowed, (path, answer.status_code)
        if not allowed:
            assert answer.status_code == 403
            assert NAME not in answer.text
    assert ("移交与办结" in browser.get("/console/course").text) is sees


# ------------------------------------------------------------------ lists


def rows(page: str) -> list[UUID]:
    return [UUID(found) for found in dict.fromkeys(re.findall(r"/console/cases/([0-9a-f-]{36})", page))]


def test_the_list_has_what_is_due_first_on_top_counts_every_stage_and_can_be_filtered(here: Scene, window: Browser) -> None:
    own, late = here.accepted(OWN), here.accepted()
    here.next_day()
    fresh, away = here.accepted(), here.with_department()
    page = window.get("/console/course").text
    assert rows(page) == [late, fresh, own, away]
    assert "超过 1 天" in page
    for stage, count, found in (
        ("to_hand_over", 2, [late, fresh]),
        ("with_department", 1, [away]),
        ("to_decide", 1, [own]),
        ("to_collect", 0, []),
    ):
        answer = window.get(f"/console/course?stage={stage}").text
        assert rows(answer) == found, stage
        assert re.search(rf'stage={stage}"[^>]*>[^<]*<strong>{count}</strong>', answer), stage
    assert rows(window.get("/console/course?item=林木采伐许可&stage=with_department").text) == [away]
    assert rows(window.get(f"/console/course?number={here.row(own).case_number}").text) == [own]
    assert rows(window.get("/console/course?mine=1").text) == []
    assert window.get("/console/course?stage=nonsense&page_number=99&number=%27--").ok
    assert window.get("/console/course?number=%00").status_code == 422
    assert window.get("/console/department/nonsense").status_code in (403, 404)


def test_a_long_list_has_pages(here: Scene, window: Browser) -> None:
    cases = {here.accepted(CARD) for _ in range(13)}
    first, second = (rows(window.get(f"/console/course?page_number={number}").text) for number in (1, 2))
    assert (len(first), len(second)) == (12, 1)
    assert {*first, *second} == cases


@pytest.mark.rule("R5.4")
def test_the_departments_lists_follow_the_case(here: Scene, liaison: Browser) -> None:
    case_id = pushed(here)
    waiting = here.with_department()

    def listed(name: str) -> bool:
        return str(case_id) in liaison.get(f"/console/department/{name}").text

    assert (listed("waiting"), listed("returned"), listed("supervised")) == (False, True, False)
    assert "结果待签收" in liaison.get("/console/department/returned").text
    receive_push(here.center, here.liaison, case_id)
    assert (listed("returned"), listed("supervised")) == (False, True)
    assert str(waiting) in liaison.get("/console/department/waiting").text
    assert WEEK[1].name in liaison.get(f"/console/department/cases/{waiting}").text
    assert LOGGING not in liaison.get("/console/department/waiting").text
