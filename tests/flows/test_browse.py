"""Browsing at a whole terminal: by life event, by department, by search; a guide read aloud, in larger type, printed, taken along (R1.2–R1.4)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.place import Place, open_place
from kiosk.events import BackPressed, Woken
from kiosk.ports import DeviceKind
from kiosk.views import AttractView, GridView, GuideView, HomeView, ItemListView, MessageView
from kiosk.wire.items import CatalogueAnswer


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


@pytest.fixture
def citizen(place: Place) -> Iterator[Place]:
    """At the list of guides."""
    place.citizen.sees(AttractView)
    place.citizen.post(Woken())
    place.citizen.touches("way_guides")
    place.citizen.sees(ItemListView)
    yield place
    place.citizen.leaves()


def catalogue(place: Place) -> CatalogueAnswer:
    known = place.composition.terminal.work.catalogue
    assert known is not None
    return known


@pytest.mark.rule("R1.4")
def test_R1_4_every_department_leads_to_its_items_and_all_of_them_are_reached(citizen: Place) -> None:
    # given
    person = citizen.citizen
    person.touches("departments")
    grid = person.sees(GridView)
    labels = [button.label for section in grid.sections for button in section.buttons]
    # then each item is behind one of them
    items = catalogue(citizen).items
    assert len(labels) == len(set(labels))
    assert {item.elsewhere.body if item.elsewhere else item.dept_name.text or "受理部门待核实" for item in items} == set(labels)
    # when one is chosen
    person.touches("department_1")
    shown = person.sees(ItemListView)
    # then the list shows its items alone, and says whose they are
    assert shown.count.startswith(f"{labels[0]}：")
    assert 0 < len(shown.rows) < len(items)
    # and all are one touch away
    person.touches("topic_0")
    assert person.sees(ItemListView, lambda view: view.count.startswith("共")).count == f"共 {len(items)} 项"


@pytest.mark.rule("R1.4")
def test_a_department_and_a_life_event_take_each_other_s_place(citizen: Place) -> None:
    person = citizen.citizen
    person.touches("departments")
    person.touches("department_1")
    person.sees(ItemListView)
    person.touches("topic_1")
    shown = person.sees(ItemListView, lambda view: any(topic.selected for topic in view.topics))
    assert "：" not in shown.count


def test_back_from_the_departments_leads_to_the_list_as_it_was(citizen: Place) -> None:
    person = citizen.citizen
    before = person.sees(ItemListView)
    person.touches("departments")
    person.sees(GridView)
    person.post(BackPressed())
    assert person.sees(ItemListView).rows == before.rows


@pytest.mark.rule("R1.2")
def test_R1_2_the_whole_guide_is_read_aloud_section_by_section(citizen: Place) -> None:
    # given
    person = citizen.citizen
    person.touches("search")
    person.types("dbz")
    person.touches("item_DIBAO")
    first = person.sees(GuideView)
    item = next(item for item in catalogue(citizen).items if item.code == "DIBAO")
    # when all pages are turned
    heard = first.spoken
    count = int(first.page.split("/")[1])
    for number in range(2, count + 1):
        person.touches("more")
        heard += person.sees(GuideView, lambda view, n=number: view.page.startswith(f"{n}/")).spoken  # type: ignore[misc] # n is bound now
    # then every word of it was heard, name and facts first
    assert heard.startswith(item.task_name)
    facts = [fact.text for fact in (*item.accept_condition, *item.by_law, *item.handle_flow) if fact.text]
    papers = [material.material_name for material in item.materials if not material.from_form]
    assert [text for text in (*facts, *papers, *(value for _, value in first.facts)) if text.rstrip("。") not in heard] == []


def test_larger_type_needs_more_pages_and_goes_on_where_one_read(citizen: Place) -> None:
    # given the second page
    person = citizen.citizen
    person.touches("search")
    person.types("dbz")
    person.touches("item_DIBAO")
    body = person.sees(GuideView)
    person.touches("more")
    reading = person.sees(GuideView, lambda view: view.page.startswith("2/")).sections[0].title
    # when
    person.touches("larger")
    large = person.sees(GuideView, lambda view: view.large)
    # then
    assert int(large.page.split("/")[1]) > int(body.page.split("/")[1])
    assert reading in [section.title for section in large.sections]
    # and back again
    person.touches("larger")
    assert person.sees(GuideView, lambda view: not view.large).page.endswith(body.page.split("/")[1])


@pytest.mark.rule("R1.4")
def test_R1_4_what_another_body_handles_says_which_where_and_how_and_reads_it_aloud(citizen: Place) -> None:
    person = citizen.citizen
    item = next(item for item in catalogue(citizen).items if item.elsewhere)
    assert item.elsewhere is not None
    person.touches("search")
    person.types(item.aliases[0] if item.aliases else item.task_name)
    person.touches(f"item_{item.code}")
    guide = person.sees(GuideView)
    assert guide.elsewhere is not None
    assert item.elsewhere.body in guide.elsewhere.text
    assert guide.elsewhere.detail
    assert guide.elsewhere.text in guide.spoken
    assert guide.apply.event is None


def _at_a_guide(place: Place) -> GuideView:
    place.citizen.touches("search")
    place.citizen.types("dbz")
    place.citizen.touches("item_DIBAO")
    return place.citizen.sees(GuideView)


def test_without_paper_and_without_a_page_for_phones_staff_print_it(citizen: Place) -> None:
    # given
    person, bench = citizen.citizen, citizen.bench
    _at_a_guide(citizen)
    # when the paper ends while it prints
    bench.set_paper(False)
    person.touches("print")
    failed = person.sees(MessageView, lambda view: view.title == "没有打出来")
    # then no phone is promised
    assert failed.qr == ""
    assert any("窗口工作人员" in line for line in failed.lines)
    # and with paper the same prints, and leads back to the guide
    bench.set_paper(True)
    person.waits(lambda: citizen.composition.terminal.work.hub.usable(DeviceKind.PRINTER))
    person.touches("retry")
    person.sees(MessageView, lambda view: "打好了" in view.title)
    person.touches("primary")
    person.sees(GuideView)


@pytest.mark.rule("R1.3")
def test_without_paper_a_phone_takes_the_guide_along_where_it_has_a_page(citizen: Place) -> None:
    # given a center with pages for phones
    work = citizen.composition.terminal.work
    known = catalogue(citizen)
    work.catalogue = known.model_copy(update={"public_base_url": "https://wbh.example"})
    try:
        shown = _at_a_guide(citizen)
        assert shown.qr == "https://wbh.example/g/DIBAO"
        # when nothing comes out
        citizen.bench.set_paper(False)
        citizen.citizen.touches("print")
        # then the code stands there
        assert citizen.citizen.sees(MessageView, lambda view: view.title == "没有打出来").qr == shown.qr
    finally:
        work.catalogue = known
        citizen.bench.set_paper(True)
        citizen.citizen.waits(lambda: work.hub.usable(DeviceKind.PRINTER))


def test_everything_is_browsed_while_the_center_is_away(citizen: Place) -> None:
    citizen.center_closes()
    try:
        citizen.citizen.touches("departments")
        citizen.citizen.touches("department_1")
        citizen.citizen.sees(ItemListView, lambda view: bool(view.rows))
        citizen.citizen.touches("topic_0")
        _at_a_guide(citizen)
        citizen.citizen.touches("print")
        citizen.citizen.sees(MessageView, lambda view: "打好了" in view.title)
        citizen.citizen.touches("dock_home")
        citizen.citizen.sees(HomeView)
    finally:
        citizen.center_opens()
