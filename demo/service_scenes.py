"""What is walked for the album: booking, suggestions, what is public, calls for help."""

from __future__ import annotations

from center.center import Center, open_center
from center.config import load_config
from center.domain.roles import Role
from center.people.posts import add_post
from center.publishing.board import set_photo
from center.publishing.notices import NoticeKind, Wording, write_notice
from demo.journey_walk import Walk
from demo.place import Place
from kiosk.events import BackPressed
from kiosk.ports import DeviceKind
from kiosk.views import CaseListView, FormView, GridView, IdentifyView, MessageView, PeopleView, ReadView, ReviewView, WaysView
from tests.center.complaints.place import add_member
from tests.flows.clerk import Clerk
from tests.flows.officer import portrait

_NOTICES = (
    (NoticeKind.DUTIES, "中心职责", "受理和办理镇政府的审批和公共服务事项。\n一次告知办事要带的全部材料。\n接受群众的咨询、投诉和意见。"),
    (NoticeKind.PROCEDURES, "一件事怎么办下来", "交申请，在自助终端或窗口都可以。\n窗口核对材料，缺的一次说全。\n受理后交职能单位核办。\n办结后通知您来取。"),
    (NoticeKind.RULES, "服务规章", "窗口工作人员应当佩戴工作证，使用文明用语。\n首问负责，不推不拖。"),
    (NoticeKind.PROMISES, "服务承诺", "材料齐的当场受理。\n在承诺的期限内办结。"),
    (NoticeKind.COMPLAINTS, "对我们不满意，可以找谁", "在自助终端投诉，白天晚上都可以。\n拨打政务服务热线 12345。"),
    (NoticeKind.ANNOUNCEMENT, "冬季取暖补贴开始申请", "请带身份证、户口簿。\n12月31日前申请。"),
    (NoticeKind.ANNOUNCEMENT, "元旦放假安排", "1月1日人工窗口休息。\n自助终端照常可用。"),
)  # fmt: skip


def _away(view: MessageView) -> bool:
    return view.title == "现在连不上中心"


# ------------------------------------------------------------------ booking


def books(walk: Walk) -> None:
    """A time booked, printed, moved and given back; without center, reader, paper."""
    citizen = walk.citizen
    with walk.visit("book"):
        citizen.touches("way_booking")
        citizen.touches("way_book")
        with walk.unplugged(DeviceKind.ID_CARD):
            walk.keeps("book-reader-out", IdentifyView, lambda view: view.state == "absent")
        walk.lays("wang-guilan")
        with walk.center_away():
            citizen.touches("agree")
            walk.keeps("book-offline", MessageView, _away)
        citizen.touches("retry")
        citizen.touches("day_1")
        citizen.touches("window_2")
        citizen.touches("time_0930")
        citizen.touches("edit_matter")
        items = citizen.sees(GridView, lambda view: "什么事" in view.title)
        citizen.touches(items.sections[0].buttons[0].id)
        citizen.touches("edit_phone")
        citizen.fills("phone", "13904640000")
        citizen.touches("primary")
        citizen.sees(ReviewView)
        citizen.touches("primary")
        citizen.sees(MessageView, lambda view: view.title == "约好了")
        with walk.no_paper():
            walk.keeps("book-printer-out", MessageView, lambda view: view.panel is not None)
        walk.prints()
    with walk.visit("bookings"):
        citizen.touches("way_booking")
        citizen.touches("way_bookings")
        walk.lays("wang-guilan")
        citizen.touches("agree")
        citizen.touches("booking_1")
        citizen.sees(MessageView, lambda view: view.title == "约好了")
        citizen.touches("primary")
        citizen.touches("day_2")
        citizen.touches("time_1400")
        citizen.sees(ReviewView)
        citizen.touches("primary")
        citizen.sees(MessageView, lambda view: view.title == "时间改好了")
        citizen.touches("dock_home")
        citizen.touches("way_booking")
        citizen.touches("way_bookings")
        citizen.touches("booking_1")
        citizen.touches("cancel")
        citizen.sees(MessageView, lambda view: "要取消" in view.title)
        citizen.touches("cancel")
        citizen.sees(MessageView, lambda view: view.title == "已取消")
    with walk.visit("bookings", steps=False):
        citizen.touches("way_booking")
        citizen.touches("way_bookings")
        walk.lays("li-jianguo")
        citizen.touches("agree")
        walk.keeps("bookings-none", CaseListView, lambda view: bool(view.empty))


# ------------------------------------------------------------------ suggestion


def suggests(walk: Walk) -> None:
    """Nothing written; written; offline."""
    citizen = walk.citizen
    with walk.visit("suggestion"):
        citizen.touches("way_grievances")
        citizen.touches("way_suggestion")
        citizen.touches("primary")
        walk.keeps("suggestion-nothing-written", FormView, lambda view: bool(view.fields[0].error))
        citizen.touches("field_words")
        citizen.writes("xiwangzhoumokaimen", "希望周末开门")
        citizen.post(BackPressed())
        citizen.sees(FormView, lambda view: view.keyboard is None)
        citizen.touches("primary")
        citizen.sees(MessageView)
    with walk.visit("suggestion", steps=False):
        citizen.touches("way_grievances")
        citizen.touches("way_suggestion")
        citizen.touches("field_words")
        citizen.writes("yijian", "意见")
        citizen.post(BackPressed())
        with walk.center_away():
            citizen.touches("primary")
            walk.keeps("suggestion-offline", MessageView)


# ------------------------------------------------------------------ public information


def publishes(place: Place) -> None:
    """The head's notices and posts."""
    database = f"sqlite:///{place.data / 'kiosk/center/center.db'}"
    center = open_center(load_config(place.config.center.config), database, place.config.clock.start)
    try:
        _board(center)
    finally:
        center.database.close()
    place.composition.public.refresh()
    work = place.composition.terminal.work
    place.citizen.waits(lambda: work.notices is not None and len(work.notices.notices) == len(_NOTICES) and len(work.notices.duty) == 3)


def _board(center: Center) -> None:
    today = center.clock.now().date()
    head = add_member(center, "chenhead", "陈中", (Role.CENTER_HEAD,))
    sun = add_member(center, "sunli", "孙丽", (Role.WINDOW_STAFF,), "综合窗口1号")
    he = add_member(center, "hejun", "何军", (Role.WINDOW_STAFF,), "综合窗口2号")
    quiet = add_member(center, "zhao", "赵海", (Role.WINDOW_STAFF,), "综合窗口3号", public=False)
    set_photo(center, add_member(center, "admin", "张磊", (Role.ADMINISTRATOR,)), sun.id, portrait())
    with center.database.writing() as session:
        for kind, title, body in _NOTICES:
            write_notice(center, head, session, None, 0, Wording(kind, title, body, today, None))
        for post, member in (("综合受理", sun), ("社会保障", he), ("农业农村", quiet)):
            add_post(center, head, session, post, member.window, member.id, None)


def reads_what_is_public(walk: Walk) -> None:
    """Before anything is published, and after; without printer and center."""
    citizen = walk.citizen
    with walk.visit("public", steps=False):
        citizen.touches("way_public")
        walk.keeps("public-nothing", MessageView)
    publishes(walk.place)
    with walk.visit("public"):
        citizen.touches("way_public")
        citizen.touches("public_duty")
        citizen.sees(PeopleView)
        citizen.touches("primary")
        for way in (way.id for way in citizen.sees(WaysView).ways if way.id not in ("public_duty", "public_guides")):
            citizen.touches(way)
            citizen.sees(CaseListView if way in ("public_announcement", "public_rules") else ReadView)
            citizen.post(BackPressed())
            citizen.sees(WaysView)
        citizen.touches("public_duties")
        with walk.no_paper():
            walk.keeps("public-printer-out", ReadView, lambda view: view.actions[0].event is None)
        walk.prints()


# ------------------------------------------------------------------ help


def calls_by_day(walk: Walk) -> None:
    """It rings; somebody comes; it is over; and the center away."""
    citizen, clerk = walk.citizen, Clerk(walk.place)
    clerk.is_employed()
    clerk.signs_in()
    with walk.visit("help"):
        citizen.touches("help")
        citizen.sees(MessageView, lambda view: view.title == "已经通知工作人员")
        clerk.answers_the_call()
        citizen.sees(MessageView, lambda view: view.title == "有人过来帮您")
        clerk.ends_the_call()
        citizen.sees(MessageView, lambda view: "还需要" in view.title)
    with walk.visit("help", steps=False), walk.center_away():
        citizen.touches("help")
        walk.keeps("help-offline", MessageView, lambda view: not view.busy)


def calls_at_night(walk: Walk) -> None:
    """Nobody is there: what can be done here now."""
    with walk.visit("help", steps=False):
        walk.citizen.touches("help")
        walk.keeps("help-at-night", MessageView, lambda view: not view.busy)


def services(walk: Walk) -> None:
    """All of it at one place."""
    calls_by_day(walk)
    reads_what_is_public(walk)
    suggests(walk)
    books(walk)
