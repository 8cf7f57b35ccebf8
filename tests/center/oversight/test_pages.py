"""Oversight's pages over HTTP: who sees which, what the forms do, and that nothing is done from a foreign, stale or repeated form."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from center.center import Center
from center.domain.application import ApplicationState
from center.domain.roles import Role
from center.oversight.watch import raise_findings
from center.people.accounts import add_staff
from center.store.tables import AccountabilityEvent, DailyCheck, JournalEntry, Report, Staff
from tests.center.oversight.records import at, case, causes, complaint
from tests.center.place import MORNING, NAME, NUMBER, PASSWORD, Browser

S = ApplicationState
TODAY = MORNING.date()

#: What each role may open of this area; everything else is refused and not linked.
PAGES: dict[str, set[Role]] = {
    "dashboard": {
        Role.CENTER_HEAD,
        Role.CENTER_LEADER,
        Role.TOWNSHIP_LEADER,
        Role.DISTRICT_OBSERVER,
        Role.ADMINISTRATOR,
        Role.TECHNICIAN,
    },
    "checks": {Role.CENTER_HEAD, Role.CENTER_LEADER, Role.TOWNSHIP_LEADER},
    "reports": {Role.CENTER_HEAD, Role.TOWNSHIP_LEADER},
    "accountability": {
        Role.WINDOW_STAFF,
        Role.WINDOW_LEAD,
        Role.CENTER_HEAD,
        Role.CENTER_LEADER,
        Role.TOWNSHIP_LEADER,
        Role.COMPLAINT_OFFICER,
    },
    "accountability/new": {Role.CENTER_HEAD, Role.COMPLAINT_OFFICER},
    "statistics": {Role.CENTER_HEAD, Role.CENTER_LEADER, Role.TOWNSHIP_LEADER, Role.DISTRICT_OBSERVER},
}


@pytest.fixture
def as_role(center: Center, url: str) -> Callable[[Role], Browser]:
    """A browser in which somebody of this role is signed in."""

    def sign_in(role: Role) -> Browser:
        login = role.value.replace("_", "-")
        add_staff(center, login, "某人", role.value, "综合窗口1号" if role in (Role.WINDOW_STAFF, Role.WINDOW_LEAD) else "", PASSWORD)
        browser = Browser(url)
        assert browser.sign_in(login).ok
        return browser

    return sign_in


def hidden(browser: Browser, path: str) -> dict[str, str]:
    return browser.hidden(f"/console/{path}")


@pytest.mark.rule("R6.8")
@pytest.mark.parametrize("role", list(Role))
def test_every_role_opens_its_pages_and_no_others_and_sees_no_identity_on_any(
    center: Center, as_role: Callable[[Role], Browser], role: Role
) -> None:
    case(center, S.ACCEPTED, at(TODAY - timedelta(days=9)), accepted_on=TODAY - timedelta(days=9), due_on=TODAY - timedelta(days=1))
    complaint(center, "direct", at(TODAY - timedelta(days=9)), number="TS0001", handling_due_on=TODAY - timedelta(days=1))
    raise_findings(center)
    browser = as_role(role)
    for path, allowed in PAGES.items():
        answer = browser.get(f"/console/{path}")
        assert answer.status_code == (200 if role in allowed else 403), path
        assert all(words not in answer.text for words in (NAME, NUMBER, "钱桂英", "13900000001")), path
        links = set(re.findall(r'href="/console/(\w+)"', answer.text))
        assert (path.split("/")[0] in links) == (role in allowed or (path == "accountability/new" and role in PAGES["accountability"])), (
            path
        )


@pytest.mark.rule("R6.8")
def test_the_district_sees_numbers_and_no_names(center: Center, as_role: Callable[[Role], Browser]) -> None:
    complaint(center, "archived", at(TODAY), finding="true", written_on=TODAY)
    page = as_role(Role.DISTRICT_OBSERVER).get("/console/dashboard").text
    assert "近 30 天收到的申请" in page
    assert "查实投诉计数" not in page and "需要留意" not in page


def test_who_keeps_the_machine_sees_alerts_and_no_figures(as_role: Callable[[Role], Browser]) -> None:
    page = as_role(Role.ADMINISTRATOR).get("/console/dashboard").text
    assert "2027 年的节假日安排" in page
    assert "近 30 天收到的申请" not in page


@pytest.mark.rule("R4.5")
def test_the_head_goes_through_the_list_and_signs(center: Center, as_role: Callable[[Role], Browser]) -> None:
    case_id = case(center, S.ACCEPTED, accepted_on=TODAY, due_on=TODAY)
    browser = as_role(Role.CENTER_HEAD)
    form = hidden(browser, "checks")
    refused = browser.post("/console/checks", form | {"remark": "写好的意见"})
    assert refused.status_code == 422
    # what was written is still there, and so is the key of the form
    assert "写好的意见" in refused.text and "请打勾，或者写一句" in refused.text and form["key"] in refused.text
    signed = browser.post("/console/checks", form | {f"seen.{case_id}": "1", "remark": "写好的意见"})
    assert signed.ok and "已由 <strong>某人</strong>" in signed.text
    assert browser.post("/console/checks", form | {f"seen.{case_id}": "1", "remark": "写好的意见"}).ok
    with center.database.reading() as session:
        assert len(session.scalars(select(DailyCheck)).all()) == 1
    paper = re.search(r"/console/papers/[0-9a-f-]{36}", signed.text)
    assert paper and "写好的意见" in browser.get(paper[0]).text


@pytest.mark.rule("R4.5")
def test_the_leader_in_charge_signs_the_progress_of_all(center: Center, as_role: Callable[[Role], Browser]) -> None:
    case(center, S.ACCEPTED, case_number="202611240001", accepted_on=TODAY, due_on=TODAY + timedelta(days=20))
    browser = as_role(Role.CENTER_LEADER)
    assert "2026 1124 0001" in browser.get("/console/checks").text
    assert "已由 <strong>某人</strong>" in browser.post("/console/checks/progress", hidden(browser, "checks") | {"remark": "好"}).text


@pytest.mark.rule("R4.5")
def test_an_overdue_report_is_written_and_read(center: Center, as_role: Callable[[Role], Browser]) -> None:
    case_id = case(center, S.ACCEPTED, accepted_on=TODAY - timedelta(days=9), due_on=TODAY - timedelta(days=1))
    head, township = as_role(Role.CENTER_HEAD), as_role(Role.TOWNSHIP_LEADER)
    assert f"/console/reports/new/{case_id}" in head.get("/console/reports").text
    form = hidden(head, f"reports/new/{case_id}") | {"happened": "经过", "cause": "", "done": "补救"}
    refused = head.post(f"/console/reports/new/{case_id}", form)
    assert refused.status_code == 422 and "请写明原因" in refused.text and ">经过</textarea>" in refused.text
    written = head.post(f"/console/reports/new/{case_id}", form | {"cause": "出差"})
    assert written.ok and "/console/papers/" in written.url
    (report_id,) = set(re.findall(r"/console/reports/([0-9a-f-]{36})", township.get("/console/reports").text))
    read = township.post(f"/console/reports/{report_id}/read", hidden(township, f"reports/{report_id}") | {"remark": "请整改"})
    assert read.ok and "请整改" in head.get(f"/console/reports/{report_id}").text


@pytest.mark.rule("R9")
def test_an_event_is_reported_by_form_and_taken_on(center: Center, as_role: Callable[[Role], Browser]) -> None:
    head, lead = as_role(Role.CENTER_HEAD), as_role(Role.WINDOW_LEAD)
    form = hidden(head, "accountability/new") | {
        "cause": "unlisted_fee",
        "window": "综合窗口1号",
        "day": f"{TODAY}",
        "time": "09:00",
        "text": "",
        "responsible": "",
        "case_number": "",
    }
    refused = head.post("/console/accountability/new", form)
    assert refused.status_code == 422 and "请写明情况" in refused.text
    made = head.post("/console/accountability/new", form | {"text": "多收了十元"})
    assert head.post("/console/accountability/new", form | {"text": "多收了十元"}).url == made.url
    assert causes(center) == ["unlisted_fee"]
    path = made.url.partition("/console/")[2]
    empty = lead.post(f"/console/{path}/report", hidden(lead, path) | {"text": "  "})
    assert empty.status_code == 422 and "写成文字" in empty.text
    taken = lead.post(f"/console/{path}/report", hidden(lead, path) | {"text": "已退还"})
    assert taken.ok and "待中心核实" in taken.text and "已退还" in taken.text


@pytest.mark.rule("R6.9")
def test_the_months_report_and_tables_come_from_the_statistics_page(center: Center, as_role: Callable[[Role], Browser]) -> None:
    head = as_role(Role.CENTER_HEAD)
    form = hidden(head, "statistics")
    refused = head.post("/console/statistics", form | {"problems": ""})
    assert refused.status_code == 422 and "请写明发现的问题" in refused.text
    assert "/console/papers/" in head.post("/console/statistics", form | {"problems": "没有发现问题"}).url
    table = head.post("/console/statistics/export", form)
    assert table.headers["Content-Type"].startswith("text/csv") and table.content.startswith(b"\xef\xbb\xbf")
    cases = head.post("/console/statistics/export/cases", form | {"first": f"{TODAY}", "last": f"{TODAY}"})
    assert cases.ok and 'filename="cases-' in cases.headers["Content-Disposition"]
    assert head.post("/console/statistics/export/cases", form | {"first": "x", "last": ""}).status_code == 422


def test_a_month_that_is_none_or_not_yet_is_this_month(as_role: Callable[[Role], Browser]) -> None:
    head = as_role(Role.CENTER_HEAD)
    for month in ("2026-13", "x" * 5000, "2027-01", "", "2026-11-24"):
        assert "2026年11月统计" in head.get(f"/console/statistics?month={month[:3000]}").text
    assert "2026年10月统计" in head.get("/console/statistics?month=2026-10").text


_FORMS = (
    "checks",
    "checks/progress",
    "reports/new/{id}",
    "reports/{id}/read",
    "accountability/new",
    "accountability/{id}/report",
    "accountability/{id}/decide",
    "statistics",
    "statistics/export",
    "statistics/export/cases",
)


@pytest.mark.parametrize("form", _FORMS)
def test_no_form_does_anything_without_its_token_or_from_elsewhere(center: Center, as_role: Callable[[Role], Browser], form: str) -> None:
    case_id = case(center, S.ACCEPTED, accepted_on=TODAY - timedelta(days=9), due_on=TODAY - timedelta(days=1))
    raise_findings(center)
    head = as_role(Role.CENTER_HEAD)
    before = _written(center)
    path = "/console/" + form.format(id=case_id)
    data = {"key": str(uuid4()), "text": "x", "problems": "x", "first": f"{TODAY}", "last": f"{TODAY}", "month": "2026-11"}
    assert head.post(path, data | {"csrf": "wrong"}).status_code == 403
    token = hidden(head, "checks")["csrf"]
    assert head.post(path, data | {"csrf": token}, {"Origin": "https://elsewhere.example"}).status_code == 403
    assert Browser(head.url).post(path, data | {"csrf": token}, follow=False).headers["Location"].startswith("/console/sign-in")
    assert _written(center) == before


@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize(
    "role", [Role.WINDOW_STAFF, Role.COMPLAINT_OFFICER, Role.LIAISON, Role.TECHNICIAN, Role.ADMINISTRATOR, Role.CUSTODIAN]
)
def test_who_may_not_is_refused_by_every_form(center: Center, as_role: Callable[[Role], Browser], role: Role, form: str) -> None:
    case(center, S.ACCEPTED, accepted_on=TODAY - timedelta(days=9), due_on=TODAY - timedelta(days=1))
    raise_findings(center)
    with center.database.reading() as session:
        event_id = session.scalars(select(AccountabilityEvent.id)).one()
    browser = as_role(role)
    token = re.search(r'name="csrf" value="([0-9a-f]+)"', browser.get("/console/duty").text)
    assert token
    before = _written(center)
    data = {
        "csrf": token[1],
        "key": str(uuid4()),
        "revision": "1",
        "text": "x",
        "problems": "x",
        "cause": "unlisted_fee",
        "window": "综合窗口1号",
        "day": f"{TODAY}",
        "time": "08:00",
        "first": f"{TODAY}",
        "last": f"{TODAY}",
        "happened": "x",
        "done": "x",
        "sanction": "talk",
    }
    answer = browser.post("/console/" + form.format(id=event_id), data)
    assert answer.status_code in (403, 404), answer.status_code
    assert _written(center) == before


def _written(center: Center) -> tuple[object, ...]:
    with center.database.reading() as session:
        acts = session.scalars(select(JournalEntry.act).where(JournalEntry.act.regexp_match("^(report|check|export|accountability)"))).all()
        return (
            len(session.scalars(select(Report.id)).all()),
            len(session.scalars(select(DailyCheck.id)).all()),
            sorted(session.execute(select(AccountabilityEvent.state, AccountabilityEvent.revision)).all()),
            len(acts),
        )


@pytest.mark.parametrize("path", ["reports/{id}", "accountability/{id}", "reports/new/{id}", "accountability/nowhere", "reports/nowhere"])
def test_an_address_that_leads_nowhere_is_a_page_that_says_so(as_role: Callable[[Role], Browser], path: str) -> None:
    answer = as_role(Role.CENTER_HEAD).get("/console/" + path.format(id=uuid4()))
    assert answer.status_code in (404, 422)
    assert "没有" in answer.text


def test_a_megabyte_of_words_is_refused_and_nothing_is_kept(center: Center, as_role: Callable[[Role], Browser]) -> None:
    head = as_role(Role.CENTER_HEAD)
    form = hidden(head, "accountability/new")
    answer = head.post(
        "/console/accountability/new",
        form | {"cause": "unlisted_fee", "window": "一", "day": f"{TODAY}", "time": "09:00", "text": "长" * 350_000},
    )
    assert answer.status_code in (413, 422, 400)
    assert causes(center) == []


def test_a_name_like_code_is_shown_as_a_name(center: Center, as_role: Callable[[Role], Browser]) -> None:
    head = as_role(Role.CENTER_HEAD)
    with center.database.writing() as session:
        staff = session.scalars(select(Staff).where(Staff.login == "center-head")).one()
        staff_id: UUID = staff.id
        staff.name = "<script>alert(1)</script>"
    case(
        center,
        S.ACCEPTED,
        accepted_on=TODAY - timedelta(days=9),
        due_on=TODAY - timedelta(days=1),
        window="<b>窗口</b>",
        department="<i>所</i>",
        first_responsible=staff_id,
    )
    raise_findings(center)
    for path in ("dashboard", "checks", "reports", "accountability", "statistics"):
        page = head.get(f"/console/{path}").text
        assert "<script>alert" not in page and "<b>窗口" not in page and "<i>所" not in page
