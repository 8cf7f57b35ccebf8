"""Gallery: windows and people on duty, with portraits drawn here, never photographed."""

from __future__ import annotations

import io
from dataclasses import replace

from PIL import Image, ImageDraw

from kiosk.events import PrimaryPressed, RowChosen, TopicChosen
from kiosk.views import Button, Panel, PeopleView, PersonCard, Tone, ViewData
from screens.gallery.reading import FIRST, LAST, NEXT, PREVIOUS
from screens.gallery.shell import COMPLAINT_STEPS, PERSON, chrome

#: Ground, skin, hair and coat of the people of the gallery, in turn.
_PALETTE = (
    ("#C9D6E3", "#E7BFA0", "#2A2522", "#24364F"),
    ("#DCD8CC", "#DDB08C", "#3B332C", "#5B3A3A"),
    ("#CFDDD2", "#EBC8AC", "#55504B", "#2F4A3A"),
)


def portrait(number: int) -> bytes:
    """The JPEG of an invented person."""
    ground, skin, hair, coat = _PALETTE[number % len(_PALETTE)]
    picture = Image.new("RGB", (300, 400), ground)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((20, 270, 280, 560), fill=coat)
    draw.polygon(((110, 280), (190, 280), (150, 350)), fill="#F4F2EE")
    draw.rectangle((125, 210, 175, 295), fill=skin)
    draw.ellipse((84, 70, 216, 230 + 20 * (number % 2)), fill=hair)
    draw.ellipse((92, 90, 208, 250), fill=skin)
    draw.pieslice((84, 64, 216, 200), 180, 360, fill=hair)
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=85)
    return stream.getvalue()


def _tabs(chosen: str) -> tuple[Button, ...]:
    return tuple(
        Button(f"tab-{key}", label, TopicChosen(key), selected=key == chosen) for key, label in (("windows", "窗口"), ("staff", "工作人员"))
    )


def _person(number: int, name: str, window: str, post: str, *, photo: bool = True, away: str = "") -> PersonCard:
    button = Button(f"person-{number}", name, RowChosen(str(number)))
    return PersonCard(name, (window, post), portrait(number) if photo else b"", button=button, mark=away or "在岗", good=not away)


_STAFF = (
    _person(1, "王敏", "综合窗口1号", "受理岗"),
    _person(2, "赵海涛", "综合窗口2号", "受理岗"),
    _person(3, "李强", "综合窗口3号", "社会保障岗", away="不在岗"),
    _person(4, "刘春雨", "咨询帮办区", "帮办岗", photo=False),
    _person(5, "孙玉兰", "综合窗口4号", "退役军人事务岗"),
    _person(6, "周建国", "综合窗口3号", "社会救助岗", photo=False, away="不在岗"),
    _person(7, "欧阳文君", "综合窗口1号", "印章专管"),
    _person(8, "陈晓梅", "综合窗口2号", "受理岗"),
)
_CHOOSING = tuple(replace(card, mark="") for card in _STAFF)


def _window(number: int, name: str, lines: tuple[str, ...], mark: str = "", *, good: bool = True) -> PersonCard:
    return PersonCard(
        name, lines, icon="storefront-outline", button=Button(f"window-{number}", name, RowChosen(f"w{number}")), mark=mark, good=good
    )


_WINDOWS = (
    _window(1, "综合窗口1号", ("王敏、欧阳文君", "社会事务")),
    _window(2, "综合窗口2号", ("赵海涛、陈晓梅", "社会事务")),
    _window(3, "综合窗口3号", ("李强、周建国", "社会保障、社会救助")),
    _window(4, "综合窗口4号", ("孙玉兰", "退役军人、残疾人")),
    _window(5, "咨询帮办区", ("刘春雨",)),
)

_WHOM = PeopleView(
    chrome(0, labels=COMPLAINT_STEPS),
    "您要反映谁的问题？",
    spoken="您要反映谁的问题？",
    tabs=_tabs("staff"),
    people=_CHOOSING,
)
_ON_DUTY = PeopleView(
    chrome(),
    "今天谁在岗",
    "11月24日 周二，10:20 更新",
    spoken="今天谁在岗。",
    tabs=_tabs("staff"),
    people=tuple(replace(card, button=None) for card in _STAFF),
    previous=FIRST,
    next=NEXT,
    page="1 / 2 页",
)

VIEWS: dict[str, ViewData] = {
    "people": _WHOM,
    "people-chosen": replace(
        _WHOM,
        people=(_CHOOSING[0], replace(_CHOOSING[1], button=replace(_CHOOSING[1].button, selected=True)), *_CHOOSING[2:]),  # type: ignore[type-var] # it has one
        notice=Panel(Tone.INFO, "保密：被反映的窗口和人看不到是谁反映的。", "3 个工作日内答复收不收。"),
        actions=(Button("primary", "下一步：是什么问题", PrimaryPressed(), "arrow-right"),),
    ),
    "people-windows": replace(_WHOM, tabs=_tabs("windows"), people=_WINDOWS),
    "people-crowded": replace(
        _WHOM,
        chrome=chrome(0, labels=COMPLAINT_STEPS, person=PERSON),
        subtitle="名单是今天早上的，换了班的请问咨询台。",
        people=_STAFF,
        notice=Panel(Tone.ATTENTION, "现在连不上中心，名单可能不是最新的", "选错了也没关系，受理的人会核对。"),
        previous=PREVIOUS,
        next=NEXT,
        page="2 / 3 页",
        actions=(Button("unknown", "不知道是谁", RowChosen("unknown")), Button("primary", "下一步", None, "arrow-right", "请先选一个人")),
    ),
    "people-on-duty": _ON_DUTY,
    "people-on-duty-last": replace(_ON_DUTY, people=_ON_DUTY.people[:3], previous=PREVIOUS, next=LAST, page="2 / 2 页"),
    "people-windows-on-duty": replace(
        _ON_DUTY,
        tabs=_tabs("windows"),
        people=tuple(
            replace(card, button=None, mark=mark, good=mark == "有人")
            for card, mark in zip(_WINDOWS, ("有人", "有人", "暂离", "有人", "有人"), strict=True)
        ),
        previous=None,
        next=None,
        page="",
    ),
    "people-empty": replace(
        _ON_DUTY,
        people=(),
        empty="现在是下班时间，窗口没有人。\n申办、投诉、预约在这里照样能办。",
        previous=None,
        next=None,
        page="",
    ),
    "people-long-names": replace(
        _ON_DUTY,
        tabs=(),
        people=(
            replace(_STAFF[0], name="阿依古丽·买买提江", lines=("综合窗口（社会事务）1号", "受理岗、帮办代办岗"), button=None),
            replace(_STAFF[2], name="𠮷田䶮", lines=("城乡居民养老保险专窗", "社会保障岗"), button=None),
        ),
        previous=None,
        next=None,
        page="",
    ),
}
