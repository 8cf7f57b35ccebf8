"""公示 at a whole terminal: who is on duty, and what the center published; with the center and without it (R1.5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from center.center import open_center
from center.config import load_config
from center.domain.roles import Role
from center.people.posts import add_post
from center.publishing.board import set_photo
from center.publishing.notices import NoticeKind, Wording, write_notice
from demo.place import MORNING, Place, open_place
from kiosk.events import BackPressed, CenterSeen, PublicChanged, Woken
from kiosk.ports import DeviceKind
from kiosk.views import AttractView, CaseListView, ItemListView, MessageView, PeopleView, ReadView, WaysView
from kiosk.wire.notices import NoticesAnswer
from tests.center.complaints.place import add_member
from tests.flows.officer import portrait

RULES = "窗口工作人员应当佩戴工作证，使用文明用语。\n一次告知全部材料。"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        work = here.composition.terminal.work
        here.citizen.waits(lambda: None not in (work.catalogue, work.notices, work.public_staff))
        yield here


def _publish(place: Place) -> None:
    """The head's notices and posts: two announcements, one set of rules, a post that is attended and one that is not public by name."""
    database = f"sqlite:///{place.data / 'kiosk/center/center.db'}"
    center = open_center(load_config(place.config.center.config), database, MORNING)
    try:
        head = add_member(center, "chenhead", "陈中", (Role.CENTER_HEAD,))
        wang = add_member(center, "wangmin", "王敏", (Role.WINDOW_STAFF,), "综合窗口1号")
        quiet = add_member(center, "zhao", "赵海", (Role.WINDOW_STAFF,), "综合窗口2号", public=False)
        set_photo(center, add_member(center, "admin", "张磊", (Role.ADMINISTRATOR,)), wang.id, portrait())
        with center.database.writing() as session:
            for kind, title, body in (
                (NoticeKind.RULES, "服务规章", RULES),
                (NoticeKind.ANNOUNCEMENT, "冬季取暖补贴开始申请", "请带户口簿。"),
                (NoticeKind.ANNOUNCEMENT, "元旦放假安排", "自助终端照常可用。"),
            ):
                write_notice(center, head, session, None, 0, Wording(kind, title, body, MORNING.date(), None))
            add_post(center, head, session, "综合受理", "综合窗口1号", wang.id, None)
            add_post(center, head, session, "社会事务", "综合窗口2号", quiet.id, None)
    finally:
        center.database.close()
    place.composition.public.refresh()
    work = place.composition.terminal.work
    place.citizen.waits(lambda: work.notices is not None and len(work.notices.notices) == 3 and len(work.notices.duty) == 2)


@pytest.fixture(scope="module")
def published(place: Place) -> Place:
    _publish(place)
    return place


def _comes(place: Place) -> None:
    place.citizen.sees(AttractView)
    place.citizen.post(Woken())
    place.citizen.touches("way_public")


@pytest.fixture
def citizen(published: Place) -> Iterator[Place]:
    """At 公示信息."""
    _comes(published)
    yield published
    published.citizen.leaves()


def test_before_anything_is_published_one_is_led_to_the_guides(place: Place) -> None:
    work = place.composition.terminal.work
    known, work.notices = work.notices, None
    try:
        _comes(place)
        told = place.citizen.sees(MessageView)
        assert told.title == "公示内容正在准备"
        # when it comes, then the page goes on by itself
        place.citizen.post(PublicChanged(notices=NoticesAnswer(on=MORNING.date())))
        place.citizen.sees(MessageView, lambda view: view.title == "还没有公示内容")
        place.citizen.touches("primary")
        place.citizen.sees(ItemListView)
    finally:
        work.notices = known
        place.citizen.leaves()


@pytest.mark.rule("R1.5")
def test_R1_5_only_what_there_is_is_offered(citizen: Place) -> None:
    ways = citizen.citizen.sees(WaysView).ways
    assert [way.id for way in ways] == ["public_duty", "public_rules", "public_announcement", "public_guides"]


@pytest.mark.rule("R1.5")
def test_R1_5_who_is_on_duty_is_seen_with_post_window_and_photo(citizen: Place) -> None:
    citizen.citizen.touches("public_duty")
    people = citizen.citizen.sees(PeopleView)
    wang = next(card for card in people.people if card.name == "王敏")
    assert wang.lines == ("综合窗口1号", "综合受理")
    assert wang.photo.startswith(b"\xff\xd8")
    assert wang.mark == "在岗"
    # and who is not public is not named, only the post
    assert not any(card.name == "赵海" for card in people.people)
    assert any(card.lines == ("综合窗口2号", "社会事务") and card.mark == "在岗" for card in people.people)
    citizen.citizen.touches("primary")
    citizen.citizen.sees(WaysView)


@pytest.mark.rule("R1.5")
def test_R1_5_without_the_center_it_says_as_of_when_it_is(citizen: Place) -> None:
    # given
    citizen.citizen.touches("public_duty")
    citizen.citizen.sees(PeopleView, lambda view: view.notice is None)
    # when
    citizen.citizen.post(CenterSeen(False, 0))
    away = citizen.citizen.sees(PeopleView, lambda view: view.notice is not None)
    # then
    assert away.notice is not None
    assert citizen.composition.terminal.work.texts.full_day(MORNING.date()) in away.notice.detail
    assert "今天" not in away.title
    # and comes back by itself
    citizen.citizen.post(CenterSeen(True, 0))
    citizen.citizen.sees(PeopleView, lambda view: view.notice is None)


def test_a_list_of_yesterday_is_not_called_today_s(citizen: Place) -> None:
    work = citizen.composition.terminal.work
    known = work.notices
    assert known is not None
    try:
        work.notices = known.model_copy(update={"on": known.on - timedelta(days=1)})
        citizen.citizen.touches("public_duty")
        assert citizen.citizen.sees(PeopleView).title == "谁在岗"
    finally:
        work.notices = known


@pytest.mark.rule("R1.5")
def test_R1_5_a_notice_is_read_and_printed(citizen: Place) -> None:
    # given
    citizen.citizen.touches("public_rules")
    page = citizen.citizen.sees(ReadView)
    assert page.title == "服务规章"
    assert [part.text for part in page.parts] == RULES.split("\n")
    # when
    before = len(citizen.bench.receipt_names())
    citizen.citizen.touches("print")
    citizen.citizen.sees(MessageView, lambda view: "打好了" in view.title)
    # then
    assert len(citizen.bench.receipt_names()) == before + 1
    citizen.citizen.touches("primary")
    citizen.citizen.sees(ReadView)
    citizen.citizen.touches("primary")
    citizen.citizen.sees(WaysView)


def test_several_of_a_kind_are_a_list_and_back_leads_to_it(citizen: Place) -> None:
    citizen.citizen.touches("public_announcement")
    rows = citizen.citizen.sees(CaseListView).rows
    assert {row.title for row in rows} == {"冬季取暖补贴开始申请", "元旦放假安排"}
    citizen.citizen.touches("notice_2")
    assert citizen.citizen.sees(ReadView).title == rows[1].title
    citizen.citizen.post(BackPressed())
    citizen.citizen.sees(CaseListView)
    citizen.citizen.post(BackPressed())
    citizen.citizen.sees(WaysView)


def test_a_printer_that_is_out_leaves_all_to_be_read(citizen: Place) -> None:
    citizen.citizen.touches("public_rules")
    citizen.bench.unplug(DeviceKind.PRINTER)
    try:
        page = citizen.citizen.sees(ReadView, lambda view: view.actions[0].event is None)
        assert page.actions[0].note == "打印机暂时不能用"
        citizen.citizen.touches("primary")
        citizen.citizen.sees(WaysView)
    finally:
        citizen.bench.plug(DeviceKind.PRINTER)
        citizen.citizen.waits(lambda: citizen.composition.terminal.work.hub.usable(DeviceKind.PRINTER))


def test_the_guides_are_one_of_the_ways(citizen: Place) -> None:
    citizen.citizen.touches("public_guides")
    citizen.citizen.sees(ItemListView)
