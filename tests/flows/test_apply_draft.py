"""What is filled in lasts as long as the session: home and back, rows of a group, papers that may follow, edits from the check page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.place import Place, open_place
from kiosk.events import BackPressed, HomePressed
from kiosk.ports import DeviceKind
from kiosk.views import ConsentView, FormView, MaterialsView, PageView, ReviewView, WaysView
from tests.flows.filer import LI, ZHANG, Filer, row

PLACE = ("wanbaocun", "万宝村")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place"), catalogue=Path("demo/items")) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


@pytest.fixture
def filer(place: Place) -> Iterator[Filer]:
    """At the form, for oneself; gone at the end."""
    filer = Filer(place)
    filer.comes("hezuoshe", "HZSSL")
    filer.citizen.touches("for_self")
    filer.lays("wang-guilan")
    filer.citizen.touches("agree")
    filer.citizen.sees(FormView)
    yield filer
    place.bench.lay_page(None)
    filer.leaves()


def _adds(filer: Filer, name: tuple[str, str], role: str = "grower") -> ReviewView:
    """One more; the first is begun already."""
    if isinstance(filer.citizen.sees(PageView), ReviewView):
        filer.citizen.touches("add")
    filer.goes_on_writing("name", name)
    filer.chooses("role", role)
    filer.citizen.touches_until("primary", ReviewView)
    return filer.citizen.sees(ReviewView, lambda view: any(each.value == name[1] for each in view.rows))


def _opens_the_group(filer: Filer) -> None:
    """The first row is begun at once, with its keyboard open."""
    filer.citizen.goes_to("field_partners")
    filer.citizen.touches("field_partners")
    filer.citizen.sees(FormView, lambda view: any(row.focused and row.code == "name" for row in view.fields))


def _leaves_the_row(filer: Filer) -> None:
    filer.citizen.touches("dock_back")
    filer.citizen.sees(FormView, lambda view: view.keyboard is None)
    filer.citizen.touches("dock_back")


def _partners(view: FormView) -> str:
    return next(each.value for each in view.fields if each.code == "partners")


@pytest.mark.rule("R2.2")
def test_R2_2_what_is_wrong_in_any_row_is_told_at_once(filer: Filer) -> None:
    # given a group that wants a row, and has none
    citizen = filer.citizen
    _opens_the_group(filer)
    _leaves_the_row(filer)
    empty = citizen.sees(ReviewView)
    assert (empty.rows, empty.empty) == ((), "还没有添加")
    citizen.touches("primary")
    told = citizen.sees(ReviewView, lambda view: view.info is not None)
    assert told.info is not None and "还差 1 位" in told.info.text
    # when two rows are begun and left as they are
    for name in (LI, ZHANG):
        citizen.touches("add")
        filer.goes_on_writing("name", name)
        citizen.touches("dock_back")
        citizen.sees(ReviewView, lambda view, name=name: any(each.value == name[1] for each in view.rows))  # type: ignore[misc]
    citizen.touches("primary")
    # then both are named together, with what each lacks
    told = citizen.sees(ReviewView, lambda view: view.info is not None and "有 2 位要改" in view.info.text)
    assert told.info is not None
    assert "李建国：做什么" in told.info.text and "张秀兰：做什么" in told.info.text
    # and each is put right on its own page
    for number in (1, 2):
        citizen.touches(f"edit_row_{number}")
        filer.chooses("role", "driver")
        citizen.touches_until("primary", ReviewView)
    citizen.sees(ReviewView, lambda view: [each.detail for each in view.rows] == ["开车", "开车"])
    citizen.touches("primary")
    citizen.sees(FormView, lambda view: _partners(view) == "已填 2 位")


def test_no_more_rows_than_the_group_takes_and_one_is_taken_out_only_after_a_question(filer: Filer) -> None:
    citizen = filer.citizen
    _opens_the_group(filer)
    for name in (LI, ZHANG, LI):
        full = _adds(filer, name)
    assert full.secondary is not None and full.secondary.event is None and "最多 3 位" in full.secondary.note
    # when one is to go: it stays until that is said twice
    citizen.touches("edit_row_2")
    citizen.touches("remove")
    asked = citizen.sees(WaysView)
    assert asked.subtitle == "张秀兰"
    citizen.touches("keep")
    citizen.sees(FormView)
    citizen.touches("remove")
    citizen.sees(WaysView)
    citizen.touches("remove")
    left = citizen.sees(ReviewView)
    assert [each.value for each in left.rows] == ["李建国", "李建国"]
    assert left.secondary is not None and left.secondary.event is not None


def test_a_row_opened_and_left_empty_is_none(filer: Filer) -> None:
    # given one of two that was left empty
    citizen = filer.citizen
    _opens_the_group(filer)
    _adds(filer, LI)
    citizen.touches("add")
    citizen.sees(FormView, lambda view: view.keyboard is not None)
    _leaves_the_row(filer)
    # then it is none
    rows = citizen.sees(ReviewView)
    assert [each.value for each in rows.rows] == ["李建国"]
    citizen.touches("primary")
    citizen.sees(FormView, lambda view: _partners(view) == "已填 1 位")


def test_home_and_back_goes_on_or_begins_anew(filer: Filer, place: Place) -> None:
    # given a form half filled in, left for home
    citizen = filer.citizen
    filer.writes("place", PLACE)
    _opens_the_group(filer)
    _adds(filer, LI)
    citizen.post(HomePressed())
    # when the citizen comes back and goes on; then all is there, and no card is asked for
    ways = filer.finds("hezuoshe", "HZSSL")
    assert [way.id for way in ways.ways] == ["go_on", "begin_anew"]
    citizen.touches("go_on")
    form = citizen.sees(FormView)
    assert _partners(form) == "已填 1 位"
    assert next(each.value for each in form.fields if each.code == "place") == PLACE[1]
    # when they begin anew, it is as it was at first, with what the card says
    citizen.post(HomePressed())
    filer.finds("hezuoshe", "HZSSL")
    citizen.touches("begin_anew")
    citizen.touches("for_self")
    form = citizen.sees(FormView)
    assert _partners(form) == "" and next(each.value for each in form.fields if each.code == "name") == "王桂兰"


def test_an_application_for_something_else_is_another_one(filer: Filer) -> None:
    # given one begun; when another is begun in between
    citizen = filer.citizen
    filer.writes("place", PLACE)
    citizen.post(HomePressed())
    filer.finds("yijian", "YIJIAN")
    citizen.touches("for_self")
    # when what is to be known of that one is told; and nobody agrees twice
    assert citizen.sees(ConsentView).agreement == ""
    citizen.touches("agree")
    citizen.sees(FormView, lambda view: any(each.code == "told" for each in view.fields))
    citizen.post(HomePressed())
    # then the first is still there
    filer.finds("hezuoshe", "HZSSL")
    citizen.touches("go_on")
    assert next(each.value for each in citizen.sees(FormView).fields if each.code == "place") == PLACE[1]


def _comes_to_the_papers(filer: Filer) -> None:
    """The form is filled in, with one partner."""
    filer.writes("place", PLACE)
    _opens_the_group(filer)
    _adds(filer, LI)
    filer.citizen.touches("primary")
    filer.citizen.touches_until("primary", MaterialsView)


def fills_in(filer: Filer) -> ReviewView:
    """All of it, up to the check page."""
    _comes_to_the_papers(filer)
    filer.captures(1)
    filer.citizen.touches("not_with_me")
    filer.citizen.sees(MaterialsView, lambda view: view.title == "可以先提交")
    return filer.goes_on_to_sign()


def test_every_part_is_changed_from_the_check_page_and_leads_back_to_it(filer: Filer) -> None:
    # given all of it filled in
    citizen = filer.citizen
    check = fills_in(filer)
    assert row(check, "材料").value == "1 样，1 样后补"
    # when the group is changed, it leads back; so do the papers, the result, and each by 返回
    citizen.touches("edit_partners")
    citizen.sees(ReviewView, lambda view: view.secondary is not None)
    _adds(filer, ZHANG)
    citizen.touches("primary")
    assert row(citizen.sees(ReviewView, lambda view: view.secondary is None), "一起用的人").value == "已填 2 位"
    citizen.touches("edit_result")
    citizen.touches("choice_tell_phone")
    filer.writes("phone", "13904640000")
    citizen.touches_until("primary", ReviewView)
    assert row(citizen.sees(ReviewView), "怎么告诉").value == "打电话 139****0000"
    for part in ("materials", "result", "signature", "place"):
        citizen.touches(f"edit_{part}")
        citizen.sees(PageView, lambda view: not isinstance(view, ReviewView))
        citizen.post(BackPressed())
        citizen.sees(ReviewView)


def test_a_paper_may_have_more_pages_than_it_is_asked_for(filer: Filer) -> None:
    citizen = filer.citizen
    _comes_to_the_papers(filer)
    # given the two pages of the contract
    filer.captures(3)
    citizen.sees(MaterialsView, lambda view: view.title == "材料都有了")
    citizen.touches("material_contract")
    # when one more is taken, and another one is not
    citizen.touches("another")
    filer.captures(1)
    citizen.sees(MaterialsView, lambda view: any("已拍 3 页" in each.status for each in view.rows))
    citizen.touches("another")
    citizen.touches("enough")
    shown = citizen.sees(MaterialsView, lambda view: view.title == "材料都有了")
    assert next(each.status for each in shown.rows if each.title == "场地合同") == "已拍 3 页"


def test_without_the_camera_what_may_follow_is_told_apart_from_what_is_missing(filer: Filer, place: Place) -> None:
    citizen = filer.citizen
    filer.writes("place", PLACE)
    _opens_the_group(filer)
    _adds(filer, LI)
    citizen.touches("primary")
    place.bench.unplug(DeviceKind.DOCUMENT_CAMERA)
    try:
        citizen.touches_until("primary", MaterialsView)
        shown = citizen.sees(MaterialsView, lambda view: view.camera is None)
        assert {each.title: each.status for each in shown.rows} == {"营业执照": "没有带，窗口会告诉您怎么补", "场地合同": "可以后补"}
        citizen.touches("all_later")
        check = filer.goes_on_to_sign()
        assert row(check, "材料").value == "0 样，还缺 1 样，1 样后补"
    finally:
        place.bench.plug(DeviceKind.DOCUMENT_CAMERA)
