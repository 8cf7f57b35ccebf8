"""The pages of taking in over real HTTP: who may see them, what a wrong form says, and what it leaves unchanged."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from center.center import Center
from center.domain.roles import RIGHTS, Right, Role
from center.people.accounts import add_staff
from center.store.tables import Case
from tests.center.intake.license import LAW
from tests.center.intake.scene import Scene
from tests.center.place import NAME, NUMBER, PASSWORD, PHONE, Browser

WHY = "录入时少写一位"
TYPED = {
    "kind": "resident", "name": NAME, "number": NUMBER, "phone": PHONE, "address": "万宝河镇一村", "consent": "on", "f.phone": PHONE,
    "f.kind": "hot", "f.area": "46", "m.id_card": "1", "x.place_proof": "on",
}  # fmt: skip


def signed_in(scene: Scene, *roles: Role, login: str = "", window: str = "综合窗口1号") -> Browser:
    login = login or f"m{uuid4().hex[:8]}"
    add_staff(scene.center, login, "李静", ",".join(roles), window, PASSWORD)
    browser = Browser(scene.terminal.url)
    assert browser.sign_in(login).ok
    return browser


@pytest.fixture
def lead(scene: Scene) -> Browser:
    """A lead of window 1, who may do everything with a case."""
    return signed_in(scene, Role.WINDOW_LEAD)


def cases(center: Center) -> int:
    with center.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


@pytest.mark.parametrize("role", list(Role))
def test_every_page_is_for_who_has_its_right_and_for_nobody_else(scene: Scene, role: Role) -> None:
    case_id = scene.opened(scene.file_license())
    browser = signed_in(scene, role)
    held = RIGHTS[role]
    pages = {
        "intake": Right.SEE_CASES, "mine": Right.SEE_CASES, "window": Right.SEE_CASES, "search": Right.SEE_CASES, "cases/new": Right.HANDLE_CASES,
        "cases/new/SPJY": Right.HANDLE_CASES, f"cases/{case_id}": Right.SEE_CASES, f"cases/{case_id}/refuse": Right.HANDLE_CASES,
        f"cases/{case_id}/correct": Right.CORRECT_ENTRIES,
    }  # fmt: skip
    for path, right in pages.items():
        answer = browser.get(f"/console/{path}")
        assert answer.status_code == (200 if right in held else 403), path
        assert right in held or NAME not in answer.text
    reassigns = role in (Role.WINDOW_LEAD, Role.CENTER_HEAD)
    assert browser.get(f"/console/cases/{case_id}/reassign").status_code == (200 if reassigns else 403)
    # what may not be done is not offered
    if Right.SEE_CASES in held:
        page = browser.get(f"/console/cases/{case_id}").text
        assert (f"/console/cases/{case_id}/reassign" in page) == reassigns
        assert (f"/console/cases/{case_id}/refuse" in page) == (Right.HANDLE_CASES in held)
    # and done by nobody who may not, whatever is sent
    csrf = re.search(r'name="csrf" value="([^"]*)"', browser.get("/console/").text)
    assert csrf is not None
    sent = {"csrf": csrf[1], "revision": str(scene.revision(case_id)), "key": str(uuid4())}
    forbidden = {"refuse": Right.HANDLE_CASES, "correct": Right.CORRECT_ENTRIES}
    for act, right in forbidden.items():
        if right not in held:
            assert browser.post(f"/console/cases/{case_id}/{act}", sent).status_code == 403
    if Right.HANDLE_CASES not in held:
        assert browser.post("/console/cases/new/SPJY", sent | TYPED).status_code == 403
    assert scene.kinds(case_id) == ["filed", "opened"]
    assert cases(scene.center) == 1


@pytest.mark.rule("R3.1")
def test_a_case_is_registered_with_its_receipt_and_once_for_a_double_press(scene: Scene, lead: Browser) -> None:
    form = "/console/cases/new/SPJY"
    sent = lead.hidden(form) | TYPED
    first, second = lead.post(form, sent), lead.post(form, sent)
    assert first.url == second.url
    assert "/console/papers/" in first.url
    for shown in ("提交回执", "本回执不是受理通知书", "230903********8120", "经营场所证明"):
        assert shown in first.text
    assert cases(scene.center) == 1


def test_a_form_with_faults_comes_back_with_all_of_them_and_what_was_typed(scene: Scene, lead: Browser) -> None:
    form = "/console/cases/new/SPJY"
    sent = lead.hidden(form) | TYPED | {"number": "230903195603128121", "phone": "1", "f.area": "<script>alert(1)</script>"}
    del sent["consent"]
    answer = lead.post(form, sent)
    assert answer.status_code == 422
    for shown in ("有 4 处要改", "证件号码不对", "电话号码不对", "请填整数", "要先把告知内容读给申请人听", "万宝河镇一村"):
        assert shown in answer.text
    assert "<script>alert(1)" not in answer.text
    # mended, the same form is registered under its first key
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.text))
    assert again["key"] == sent["key"]
    assert lead.post(form, again | TYPED).ok
    assert cases(scene.center) == 1


def test_a_form_that_is_no_form_of_ours_registers_nothing(scene: Scene, lead: Browser) -> None:
    form = "/console/cases/new/SPJY"
    hidden = lead.hidden(form)
    assert lead.post(form, TYPED | {"csrf": hidden["csrf"], "key": "no key"}).status_code == 403
    assert lead.post(form, TYPED | {"csrf": "", "key": hidden["key"]}).status_code == 403
    assert lead.post("/console/cases/new/NOTHING", hidden | TYPED).status_code == 404
    assert lead.post(form, hidden | TYPED | {"address": "长" * 500_000}).status_code == 413
    assert cases(scene.center) == 0


def test_an_item_handled_elsewhere_or_unknown_is_told(lead: Browser) -> None:
    assert "开饭店" in lead.get("/console/cases/new?words=开饭店").text
    assert "小餐饮经营许可" in lead.get("/console/cases/new?words=开饭店").text
    assert "没有找到这个说法的事项" in lead.get("/console/cases/new?words=没有这个").text


@pytest.mark.rule("R2.3", "R2.4")
def test_refusing_shows_all_that_is_missing_then_the_notice(scene: Scene, lead: Browser) -> None:
    case_id = scene.opened(scene.file_license())
    form = f"/console/cases/{case_id}/refuse"
    assert LAW in lead.get(form).text
    bare = lead.post(form, lead.hidden(form) | {"kind": "elsewhere"})
    assert bare.status_code == 422
    for shown in ("请写明不予受理的理由", "请写明由哪个单位办理", "请写明地址或者联系方式"):
        assert shown in bare.text
    # an article of another item is none
    foreign = lead.post(form, lead.hidden(form) | {"kind": "forbidden", "reason": "不符合条件。", "article": "《没有这部法》第一条"})
    assert foreign.status_code == 422
    notice = lead.post(form, lead.hidden(form) | {"kind": "forbidden", "reason": "不符合条件。", "article": LAW, "other": "《条例》第二条"})
    for shown in ("不予受理通知书", "不符合条件。", LAW, "《条例》第二条"):
        assert shown in notice.text
    assert scene.row(case_id).state == "refused"
    page = lead.get(f"/console/cases/{case_id}").text
    assert "不予受理通知书" in page
    assert f"/console/cases/{case_id}/accept" not in page


def test_correcting_and_reassigning_end_at_the_case_with_what_happened(scene: Scene, lead: Browser) -> None:
    case_id = scene.opened(scene.file())
    form = f"/console/cases/{case_id}/correct"
    typed = {"f.phone": "13904641299", "f.payment": "bank", "phone": "", "address": "万宝河镇一村", "delivery": "window", "reason": WHY}
    assert "还没有更正" in lead.post(form, lead.hidden(form) | typed | {"f.phone": "1"}).text
    page = lead.post(form, lead.hidden(form) | typed).text
    assert f"手机号码由“{PHONE}”改为“13904641299”" in page
    # a decision on an old sight is not taken
    assert lead.post(form, lead.hidden(form) | typed | {"revision": "1"}).status_code == 409
    form = f"/console/cases/{case_id}/reassign"
    assert "请选择另一位窗口工作人员" in lead.post(form, lead.hidden(form) | {"to": str(uuid4()), "reason": "x"}).text
    to = re.search(r'<option value="([0-9a-f-]{36})"', lead.get(form).text)
    assert to is not None
    assert "变更经办人" in lead.post(form, lead.hidden(form) | {"to": to[1], "reason": "王敏参加培训"}).text
    assert str(scene.row(case_id).first_responsible) == to[1]


def test_searching_by_person_leaves_no_number_in_an_address(scene: Scene, lead: Browser) -> None:
    scene.file()
    hidden = lead.hidden("/console/search")
    answer = lead.post("/console/search", hidden | {"id_number": NUMBER[:6] + " " + NUMBER[6:]})
    assert "202611240001"[:4] in answer.text
    assert "找到 1 件" in answer.text
    assert NUMBER not in answer.url
    assert NAME not in answer.text
    assert lead.post("/console/search", hidden | {"id_number": ""}).status_code == 422
    assert "没有找到符合的办件" in lead.get("/console/search?number=9999").text
    for odd in ("?state=nonsense&filed_from=tomorrow&item=" + "X" * 300, "?window=%25&number=%25"):
        assert lead.get(f"/console/search{odd}").status_code == 200
    assert lead.get("/console/search?window=%00").status_code == 422


def test_an_acceptance_by_silence_alerts_everybody_at_the_windows(scene: Scene, lead: Browser) -> None:
    from datetime import timedelta

    from center.casework.silence import deem_accepted

    case_id = scene.file_license()
    scene.clock.at += timedelta(days=9)
    deem_accepted(scene.center)
    assert "1 件行政许可逾期没有告知" in lead.get("/console/intake").text
    page = lead.get("/console/due").text
    assert f"/console/cases/{case_id}/open" in page
    lead.post(f"/console/cases/{case_id}/open", {"csrf": lead.csrf()})
    assert "逾期没有告知" not in lead.get("/console/intake").text


def test_an_agent_is_entered_on_the_form_and_shown_with_the_case(scene: Scene, lead: Browser) -> None:
    hidden = lead.hidden("/console/cases/new/SPJY")
    came = {
        "by": "agent", "agent_kind": "resident", "agent_name": "李国芳", "agent_number": "23090319880604 2507", "agent_phone": "13904641234",
        "authority": "power_of_attorney",
    }  # fmt: skip
    wrong = lead.post("/console/cases/new/SPJY", TYPED | hidden | came)
    assert wrong.status_code == 422
    assert "授权材料要存档" in wrong.text
    assert "李国芳" in wrong.text
    assert cases(scene.center) == 0
    receipt = lead.post("/console/cases/new/SPJY", TYPED | hidden | came | {"authority_sheets": "1"})
    assert receipt.status_code == 200
    assert "授权委托书（1 页）" in receipt.text
    with scene.center.database.reading() as session:
        case_id = session.scalars(select(Case.id)).one()
    shown = lead.get(f"/console/cases/{case_id}").text
    assert all(part in shown for part in ("代办人", "李国芳", "230903198806042507", "13904641234", "授权委托书"))


@pytest.mark.rule("R1.3", "R2.1")
def test_R2_1_a_guide_is_printed_at_the_window_with_its_code(scene: Scene, lead: Browser) -> None:
    assert 'href="/console/items/SPJY/versions/1"' in lead.get("/console/cases/new").text
    guide = lead.get("/console/items/SPJY/versions/1")
    assert guide.status_code == 200
    assert all(part in guide.text for part in ("小餐饮经营许可", LAW, "经营场所证明", "10 个工作日", "示例"))
    assert guide.text.count("data:image/svg+xml") == 1
    assert "手机扫码" not in guide.text, "there are no pages for phones here"
