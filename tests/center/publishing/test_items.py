"""Items written in the console (R1.1, R1.2): drafts, what is missing, confirmed by another person, versions that never change, and what a file may do."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from center.catalogue import catalogue, item_of, load_items, read_items
from center.center import Center, Refusal
from center.config import Mode
from center.members import Member
from center.publishing.checking import Section, check
from center.publishing.drafts import (
    DraftState,
    begin_draft,
    begin_item,
    confirm_draft,
    discard_draft,
    find_draft,
    save_section,
    send_back,
    submit_draft,
    withdraw_item,
)
from center.publishing.items import VersionState, find_listed
from center.store.tables import Item, JournalEntry
from kiosk.wire.items import CatalogueAnswer, ServiceItem
from tests.center.people.team import make_team
from tests.center.place import ITEMS, MORNING, Browser, MovableClock, Terminal, listening, make_center

TODAY = MORNING.date()
DAY = timedelta(days=1)
GUIDE = {
    "dept_name": {"text": "综合窗口", "source": "中心"},
    "by_law": [{"text": "某法第三条"}],
    "accept_condition": [{"text": "本镇居民"}],
    "handle_flow": [{"text": "受理"}, {"text": "办结"}],
}
MATERIALS = {"materials": [{"code": "id_card", "material_name": "身份证", "from_card": True}]}
HANDLING = {"promise": {"days": 3, "unit": "working_days"}, "fee": {"is_fee": False}}


@pytest.fixture
def team(center_on: Center) -> dict[str, Member]:
    return make_team(center_on)


def begin(center: Center, who: Member, code: str = "YLBX", base: int = 1) -> UUID:
    with center.database.writing() as session:
        return begin_draft(center, who, session, code, base)


def seen(center: Center, draft_id: UUID) -> int:
    with center.database.reading() as session:
        return find_draft(center, session, draft_id).revision


def complete(center: Center, who: Member, draft_id: UUID, effective: date = TODAY, name: str = "新名称的事项") -> None:
    """Fill in what R1.2 asks for and hand it in."""
    with center.database.reading() as session:
        before = dict(find_draft(center, session, draft_id).definition)
    basics = before | {"task_name": name, "effective_from": effective.isoformat(), "apply_here": bool(before.get("fields"))}
    for section, values in ((Section.BASICS, basics), (Section.GUIDE, GUIDE), (Section.MATERIALS, MATERIALS), (Section.HANDLING, HANDLING)):
        save_section(center, who, draft_id, seen(center, draft_id), section, values)
    submit_draft(center, who, draft_id, seen(center, draft_id))


def publish(center: Center, team: dict[str, Member], code: str = "YLBX", effective: date = TODAY) -> int:
    draft_id = begin(center, team["sunwei"], code)
    complete(center, team["sunwei"], draft_id, effective)
    return confirm_draft(center, team["chenhead"], draft_id, seen(center, draft_id))


def listed(center: Center) -> dict[str, tuple[int, bool]]:
    answer = CatalogueAnswer.model_validate_json(catalogue(center).content)
    return {item.code: (item.version, item.confirmed) for item in answer.items}


def states(center: Center, code: str = "YLBX") -> list[tuple[int, VersionState]]:
    with center.database.reading() as session:
        return [(each.number, each.state) for each in find_listed(center, session, code).versions]


@pytest.mark.rule("R1.1")
def test_a_confirmed_draft_is_a_new_version_from_its_day_and_the_old_one_stays_as_it_was(
    center_on: Center, team: dict[str, Member], clock: MovableClock
) -> None:
    with center_on.database.reading() as session:
        before = session.scalars(select(Item.definition).where(Item.code == "YLBX")).one()
    assert publish(center_on, team, effective=TODAY + 7 * DAY) == 2
    assert listed(center_on)["YLBX"] == (1, False)
    assert states(center_on) == [(2, VersionState.FUTURE), (1, VersionState.SAMPLE)]
    clock.at = MORNING + 7 * DAY
    assert listed(center_on)["YLBX"] == (2, True)
    assert states(center_on) == [(2, VersionState.LISTED), (1, VersionState.SUPERSEDED)]
    with center_on.database.reading() as session:
        assert session.scalars(select(Item.definition).where(Item.code == "YLBX", Item.version == 1)).one() == before
        version = find_listed(center_on, session, "YLBX").versions[0]
        acts = set(session.scalars(select(JournalEntry.act)))
    assert (version.origin, version.editor, version.confirmer) == ("console", "孙伟", "陈志强")
    assert {"item.draft_begun", "item.draft_submitted", "item.published"} <= acts


@pytest.mark.rule("R1.1")
def test_a_case_keeps_the_version_it_was_filed_under(terminal_on: Terminal, center_on: Center) -> None:
    team = make_team(center_on)
    terminal_on.file(terminal_on.filing())
    assert publish(center_on, team) == 2
    withdraw_item(center_on, team["sunwei"], "YLBX", TODAY + DAY, 2)
    with center_on.database.reading() as session:
        found = find_listed(center_on, session, "YLBX")
        row = session.scalars(select(Item).where(Item.code == "YLBX", Item.version == 1)).one()
    assert [each.cases for each in found.versions] == [0, 1]
    assert ServiceItem.model_validate_json(row.definition).withdrawn_on is None
    assert item_of(row).task_name == "城乡居民基本养老保险参保登记"


@pytest.mark.rule("R1.2")
@pytest.mark.parametrize(
    ("section", "values", "missing"),
    [
        (Section.GUIDE, GUIDE | {"dept_name": {"source": "x"}}, "受理部门"),
        (Section.GUIDE, GUIDE | {"by_law": []}, "办理依据"),
        (Section.GUIDE, GUIDE | {"accept_condition": [{"source": "x"}]}, "办理条件"),
        (Section.GUIDE, GUIDE | {"handle_flow": []}, "办理流程"),
        (Section.MATERIALS, {"materials": []}, "申请材料"),
        (Section.HANDLING, HANDLING | {"promise": {"note": "看情况"}}, "承诺时限"),
        (Section.HANDLING, HANDLING | {"fee": {}}, "收费依据及标准"),
    ],
)
def test_a_guide_with_a_field_missing_is_not_published_and_the_center_says_which(
    center: Center, section: Section, values: dict[str, object], missing: str
) -> None:
    team = make_team(center)
    admin = team["sunwei"]
    draft_id = begin(center, admin)
    complete(center, admin, draft_id)
    send_back(center, admin, draft_id, seen(center, draft_id), "")
    save_section(center, admin, draft_id, seen(center, draft_id), section, values)
    with pytest.raises(Refusal, match=missing) as refused:
        submit_draft(center, admin, draft_id, seen(center, draft_id))
    assert set(refused.value.fields) == {missing}
    with center.database.reading() as session:
        assert f"缺：{missing}" in find_draft(center, session, draft_id).check.of(section)
    assert states(center) == [(1, VersionState.SAMPLE)]


@pytest.mark.rule("R1.2")
def test_everything_missing_is_said_at_once_also_beside_entries_that_cannot_be() -> None:
    found = check(
        {
            "task_name": "名",
            "effective_from": "2026-13-01",
            "promise": {"days": -1},
            "fields": [{"code": "a", "label": "x", "kind": "choice"}],
        },
        "NEW",
        1,
    )
    assert found.item is None
    assert set(found.missing) >= {"受理部门", "办理依据", "办理条件", "申请材料", "办理流程", "收费依据及标准"}
    words = [fault.words for fault in found.faults]
    assert any("事项名称" in each for each in words)
    assert any("生效日" in each for each in words)
    assert any("选择题要有选项" in each for each in words)
    assert any("承诺时限" in each for each in words)
    assert (
        check({"task_name": "高龄津贴", "effective_from": "2026-11-24", "apply_here": True}, "NEW", 1)
        .faults[0]
        .words.startswith("能在终端申办的")
    )


@pytest.mark.rule("R1.4")
def test_an_item_handled_elsewhere_needs_no_guide_but_the_body_that_handles_it() -> None:
    elsewhere = {"task_name": "出生登记", "effective_from": "2026-11-24", "handled_here": False}
    assert "由哪个单位办理" in check(elsewhere, "CSDJ", 2).faults[0].words
    assert check(elsewhere | {"elsewhere": {"body": "公安派出所"}}, "CSDJ", 2).complete


def test_confirming_is_another_person_s_act_and_only_of_what_was_handed_in(center_on: Center, team: dict[str, Member]) -> None:
    admin, head = team["sunwei"], team["chenhead"]
    draft_id = begin(center_on, admin)
    with pytest.raises(Refusal, match="刚刚被别人改过"):
        confirm_draft(center_on, head, draft_id, seen(center_on, draft_id))
    complete(center_on, admin, draft_id)
    for other in (admin, team["wangmin"]):
        with pytest.raises(Refusal, match="没有这项权限"):
            confirm_draft(center_on, other, draft_id, seen(center_on, draft_id))
    # even who may do both does not confirm what they wrote
    both = Member(admin.id, admin.login, admin.name, admin.roles | head.roles, "")
    with pytest.raises(Refusal, match="自己写的不能自己确认"):
        confirm_draft(center_on, both, draft_id, seen(center_on, draft_id))
    with pytest.raises(Refusal, match="刚刚被别人改过"):
        save_section(center_on, admin, draft_id, seen(center_on, draft_id), Section.GUIDE, {})
    assert confirm_draft(center_on, head, draft_id, seen(center_on, draft_id)) == 2
    with pytest.raises(Refusal, match="刚刚被别人改过"):
        confirm_draft(center_on, head, draft_id, seen(center_on, draft_id))


def test_a_draft_sent_back_says_why_and_can_be_handed_in_again(center_on: Center, team: dict[str, Member]) -> None:
    draft_id = begin(center_on, team["sunwei"])
    complete(center_on, team["sunwei"], draft_id)
    with pytest.raises(Refusal, match="写明要改什么"):
        send_back(center_on, team["chenhead"], draft_id, seen(center_on, draft_id), "")
    send_back(center_on, team["chenhead"], draft_id, seen(center_on, draft_id), "依据写到第几条")
    with center_on.database.reading() as session:
        draft = find_draft(center_on, session, draft_id)
    assert (draft.state, draft.remark) == (DraftState.EDITING, "依据写到第几条")
    submit_draft(center_on, team["hejing"], draft_id, draft.revision)


def test_a_draft_whose_day_has_passed_meanwhile_is_not_published(center_on: Center, team: dict[str, Member], clock: MovableClock) -> None:
    draft_id = begin(center_on, team["sunwei"])
    complete(center_on, team["sunwei"], draft_id)
    clock.at = MORNING + DAY
    with pytest.raises(Refusal, match="生效日已经过去"):
        confirm_draft(center_on, team["chenhead"], draft_id, seen(center_on, draft_id))
    assert states(center_on) == [(1, VersionState.SAMPLE)]


def test_two_editors_on_one_sight_one_is_told_and_an_item_has_one_open_draft(center_on: Center, team: dict[str, Member]) -> None:
    first = begin(center_on, team["sunwei"])
    assert begin(center_on, team["hejing"]) == first
    at = seen(center_on, first)
    save_section(center_on, team["sunwei"], first, at, Section.GUIDE, GUIDE)
    with pytest.raises(Refusal, match="刚刚被别人改过"):
        save_section(center_on, team["hejing"], first, at, Section.GUIDE, {})
    with pytest.raises(Refusal, match="没有这项权限"):
        save_section(center_on, team["chenhead"], first, seen(center_on, first), Section.GUIDE, {})
    discard_draft(center_on, team["hejing"], first, seen(center_on, first))
    assert begin(center_on, team["hejing"]) != first


def test_a_new_item_has_a_code_of_its_own(center_on: Center, team: dict[str, Member]) -> None:
    def new(code: str, name: str = "高龄津贴申领") -> UUID:
        with center_on.database.writing() as session:
            return begin_item(center_on, team["sunwei"], session, code, name)

    for code, name, field in (
        ("YLBX", "x" * 5, "code"),
        ("gl", "高龄津贴", "code"),
        ("G", "高龄津贴", "code"),
        ("高龄", "高龄津贴", "code"),
        ("GLJT", "高", "task_name"),
    ):
        with pytest.raises(Refusal) as refused:
            new(code, name)
        assert set(refused.value.fields) == {field}
    draft_id = new("GLJT")
    with pytest.raises(Refusal) as refused:
        new("GLJT")
    complete(center_on, team["sunwei"], draft_id)
    assert confirm_draft(center_on, team["chenhead"], draft_id, seen(center_on, draft_id)) == 1
    assert listed(center_on)["GLJT"] == (1, True)


@pytest.mark.rule("R1.1")
def test_a_withdrawn_item_is_in_force_up_to_its_day_and_no_filing_is_taken_after(
    terminal_on: Terminal, center_on: Center, clock: MovableClock
) -> None:
    team = make_team(center_on)
    publish(center_on, team)
    with pytest.raises(Refusal, match="已经过去"):
        withdraw_item(center_on, team["sunwei"], "YLBX", TODAY - DAY, 2)
    with pytest.raises(Refusal, match="刚刚被别人改过"):
        withdraw_item(center_on, team["sunwei"], "YLBX", TODAY + DAY, 1)
    with pytest.raises(Refusal, match="没有这项权限"):
        withdraw_item(center_on, team["wangmin"], "YLBX", TODAY + DAY, 2)
    withdraw_item(center_on, team["chenhead"], "YLBX", TODAY + DAY, 2)
    assert "YLBX" in listed(center_on)
    assert terminal_on.file(terminal_on.filing()).status_code == 201
    clock.at = MORNING + DAY
    assert "YLBX" not in listed(center_on)
    assert states(center_on) == [(2, VersionState.WITHDRAWN), (1, VersionState.WITHDRAWN)]
    refused = terminal_on.file(terminal_on.filing(at=clock.at))
    assert (refused.status_code, refused.json()["code"]) == (422, "item_not_open")


@pytest.mark.rule("R1.1")
def test_a_file_does_not_overwrite_what_was_edited_in_the_console_unless_it_is_told_to(center_on: Center, team: dict[str, Member]) -> None:
    publish(center_on, team)
    ylbx, zjd = read_items(ITEMS)
    newer = ylbx.model_copy(update={"version": 3, "task_name": "从文件来的"})
    loaded = load_items(center_on, (ylbx.model_copy(update={"task_name": "改名"}), newer, zjd))
    assert (loaded.added, loaded.changed, loaded.unlisted, loaded.kept) == (0, 0, 0, 1)
    assert states(center_on) == [(2, VersionState.LISTED), (1, VersionState.SUPERSEDED)]
    # a file without the item does not take it off the list either
    load_items(center_on, (zjd,))
    assert listed(center_on)["YLBX"] == (2, True)
    loaded = load_items(center_on, (ylbx, newer, zjd), replace=True)
    assert (loaded.added, loaded.unlisted, loaded.kept) == (1, 1, 0)
    assert listed(center_on)["YLBX"] == (3, False)


@pytest.mark.rule("R1.1")
def test_in_production_an_unconfirmed_version_is_not_public_and_a_confirmed_one_is(tmp_path: object, clock: MovableClock) -> None:
    center = make_center(tmp_path, clock, mode=Mode.PRODUCTION)  # type: ignore[arg-type]
    team = make_team(center)
    assert listed(center) == {}
    assert states(center) == [(1, VersionState.UNCONFIRMED)]
    publish(center, team)
    assert listed(center) == {"YLBX": (2, True)}
    center.database.close()


# ------------------------------------------------------------------ the pages


def form_of(page: str) -> dict[str, str]:
    """Every field of the editor's form as a browser would send it back."""
    body = page[page.index("<main") :]
    found = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input(?! type="checkbox")[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', body)
    }
    found |= {name: html.unescape(text) for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', body)}
    found |= dict.fromkeys(re.findall(r'<input type="checkbox" name="([^"]+)" checked', body), "on")
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', body, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(r'<option value="([^"]*)"', options)
        found[name] = chosen[1] if chosen else ""
    return found


def test_what_is_saved_unchanged_on_every_page_is_the_same_item(center: Center) -> None:
    """The editor loses nothing of an item that came from a file."""
    from pathlib import Path

    make_team(center)
    shipped = (*read_items(Path("config/catalogue")), *read_items(Path("demo/items")))
    load_items(center, shipped)
    with listening(center) as url:
        admin = Browser(url)
        admin.sign_in("sunwei")
        for item in shipped:
            page = f"/console/items/{item.code}"
            begun = admin.post(f"{page}/drafts", admin.hidden(page)).url
            path = begun.removeprefix(url)
            for section in Section:
                sent = form_of(admin.get(f"{path}/{section}").text)
                assert admin.post(f"{path}/{section}", sent).status_code == 200
            with center.database.reading() as session:
                draft = find_draft(center, session, UUID(path.rsplit("/", 1)[1]))
            assert draft.check.item is not None, (item.code, draft.check.faults)
            same = {"version": item.version + 1, "confirmed": True, "effective_from": TODAY}
            assert draft.check.item == item.model_copy(update=same), item.code


def test_the_pages_lead_from_a_draft_to_a_published_version(center_on: Center, team: dict[str, Member]) -> None:
    with listening(center_on) as url:
        admin, head, clerk = Browser(url), Browser(url), Browser(url)
        for browser, login in ((admin, "sunwei"), (head, "chenhead"), (clerk, "wangmin")):
            assert browser.sign_in(login).ok
        page = "/console/items/YLBX"
        assert "办事指南还缺：办理依据" in admin.get(page).text
        path = admin.post(f"{page}/drafts", admin.hidden(page)).url.removeprefix(url)

        # rows are kept in the order that was given, and one that was emptied is gone
        guide = form_of(admin.get(f"{path}/guide").text)
        rows = {
            f"handle_flow.{at}.{column}": value
            for at, row in enumerate((("2", "办结"), ("1", "<b>受理"), ("3", "")))
            for column, value in zip(("at", "text"), row, strict=True)
        }
        guide |= {"by_law.0.text": "某法第三条", "accept_condition.0.text": "本镇居民"} | rows
        assert "&lt;b&gt;受理" in admin.post(f"{path}/guide", guide | {"then": "stay"}).text
        refused = admin.post(f"{path}/submit", admin.hidden(path))
        assert refused.status_code == 422
        assert "还缺：收费依据及标准" in refused.text
        handling = form_of(admin.get(f"{path}/handling").text)
        admin.post(f"{path}/handling", handling | {"fee.is_fee": "no", "special.hearing": "many"})
        assert "天数：要填整数" in admin.get(path).text
        admin.post(f"{path}/handling", form_of(admin.get(f"{path}/handling").text) | {"special.hearing": ""})
        draft = admin.post(f"{path}/submit", admin.hidden(path)).text
        assert "等待确认" in draft
        assert "确认发布" not in draft

        assert "1 份草稿等您确认" in head.get("/console/items").text
        assert head.get(f"{path}/guide").status_code == 403
        assert "&lt;b&gt;受理" in head.get(f"{path}/preview").text
        hidden = head.hidden(path)
        for act in ("confirm", "submit", "back", "discard"):
            assert (
                clerk.post(
                    f"{path}/{act}", {"csrf": clerk.hidden("/console/duty")["csrf"], "revision": hidden["revision"], "remark": "x"}
                ).status_code
                == 403
            )
        for address in ("/console/items", page, path, f"{path}/preview", f"{path}/guide", "/console/items/new"):
            assert clerk.get(address).status_code == 403, address
        # What is published is printed at the window for who asks (R2.1).
        assert clerk.get(f"{page}/versions/1").status_code == 200
        done = head.post(f"{path}/confirm", hidden).text
        assert "孙伟 编写，陈志强 确认" in done
        assert "第 2 版，在用" in head.get(f"{page}/versions/2").text
        withdrawn = admin.post(f"{page}/withdraw", admin.hidden(page) | {"on": "x"})
        assert withdrawn.status_code == 422
        admin.post(f"{page}/withdraw", admin.hidden(page) | {"on": TODAY.isoformat()})
        assert "已取消" in admin.get(page).text
        for address in (f"{page}/versions/9", "/console/items/NOTHING", f"/console/items/drafts/{UUID(int=0)}"):
            assert admin.get(address).status_code == 404
    assert "YLBX" not in listed(center_on)


def test_a_double_press_begins_one_item(center: Center) -> None:
    make_team(center)
    with listening(center) as url:
        admin = Browser(url)
        admin.sign_in("sunwei")
        sent = admin.hidden("/console/items/new") | {"code": "gljt", "task_name": "高龄津贴申领"}
        assert admin.post("/console/items/new", sent).url == admin.post("/console/items/new", sent).url
        refused = admin.post("/console/items/new", admin.hidden("/console/items/new") | {"code": "YLBX", "task_name": "重复"})
        assert refused.status_code == 422
        assert "已经有事项在用" in refused.text
