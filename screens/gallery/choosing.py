"""Gallery: choices of many short ones: reasons, days and times."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import ActionPressed, PrimaryPressed, RowChosen, TopicChosen
from kiosk.views import Button, GridSection, GridView, Panel, Tone, ViewData
from screens.gallery.reading import FIRST, LAST, NEXT, PREVIOUS
from screens.gallery.shell import BOOKING_STEPS, COMPLAINT_STEPS, PERSON, chrome

_REASONS = ("态度不好", "没有一次说清", "让我白跑、多跑", "过了时限还没办", "不给书面回执", "吃拿卡要", "工作时间没有人", "其他问题")


def _section(title: str, *buttons: tuple[str, str], free: bool = True) -> GridSection:
    return GridSection(title, tuple(_choice(label, note, free=free and note != "约满了") for label, note in buttons))


def _choice(label: str, note: str = "", *, free: bool = True, selected: bool = False) -> Button:
    return Button(f"choice-{label}", label, RowChosen(label) if free else None, note=note, selected=selected)


def _reason(label: str, *, ticked: bool = False) -> Button:
    """One of several that may be chosen together."""
    return replace(_choice(label, selected=ticked), icon="checkbox-marked" if ticked else "checkbox-blank-outline")


def _windows(chosen: int) -> tuple[Button, ...]:
    return tuple(Button(f"window-{n}", f"综合窗口{n}号", TopicChosen(str(n)), selected=n == chosen) for n in range(1, 5))


_WHY = GridView(
    chrome(0, labels=COMPLAINT_STEPS),
    "是什么问题？",
    "可以选几样。",
    spoken="是什么问题？可以选几样。",
    sections=(GridSection("", tuple(_reason(label, ticked=label in _REASONS[1:3]) for label in _REASONS)),),
    notice=Panel(Tone.INFO, "保密：被反映的窗口和人看不到是谁反映的。", "3 个工作日内答复收不收。"),
    actions=(Button("primary", "下一步：补充说明", PrimaryPressed(), "arrow-right"),),
)

_DAYS = GridView(
    chrome(1, labels=BOOKING_STEPS),
    "您想哪天来？",
    spoken="您想哪天来？",
    sections=(
        _section(
            "这一周", ("11月25日", "周三·9 个空位"), ("11月26日", "周四·3 个空位"), ("11月27日", "约满了"),
        ),
        _section(
            "下一周", ("11月30日", "周一·12 个空位"), ("12月1日", "周二·12 个空位"), ("12月2日", "周三·12 个空位"), ("12月3日", "周四·8 个空位"),
            ("12月4日", "周五·1 个空位"),
        ),
    ),
    previous=FIRST,
    next=NEXT,
    page="1 / 2 页",
)  # fmt: skip

_TIMES = GridView(
    chrome(2, labels=BOOKING_STEPS),
    "几点来方便？",
    "11月26日 周四",
    spoken="几点来方便？",
    chips=_windows(2),
    sections=(
        _section(
            "上午", ("8:30", "2 个空位"), ("9:00", "约满了"), ("9:30", "1 个空位"), ("10:00", "2 个空位"), ("10:30", "2 个空位"), ("11:00", "约满了"),
        ),
        _section(
            "下午", ("13:30", "2 个空位"), ("14:00", "2 个空位"), ("14:30", "2 个空位"), ("15:00", "约满了"), ("15:30", "1 个空位"), ("16:00", "2 个空位"),
        ),
    ),
)  # fmt: skip

VIEWS: dict[str, ViewData] = {
    "grid": _WHY,
    "grid-nothing-chosen": replace(
        _WHY,
        sections=(GridSection("", tuple(_reason(label) for label in _REASONS)),),
        actions=(Button("primary", "下一步：补充说明", None, "arrow-right", "请先选一样"),),
    ),
    "grid-days": _DAYS,
    "grid-times": _TIMES,
    "grid-times-chosen": replace(
        _TIMES,
        chrome=chrome(2, labels=BOOKING_STEPS, person=PERSON),
        chips=_windows(2)[1:3],
        sections=(
            replace(_TIMES.sections[0], buttons=(replace(_TIMES.sections[0].buttons[0], selected=True), *_TIMES.sections[0].buttons[1:])),
            _TIMES.sections[1],
        ),
        notice=Panel(Tone.INFO, "来的时候带身份证，迟到 15 分钟还给您留着。"),
        actions=(Button("primary", "就约这个时间", PrimaryPressed(), "arrow-right"),),
    ),
    "grid-times-taken": replace(
        _TIMES,
        chips=(),
        sections=_TIMES.sections[1:],
        notice=Panel(Tone.ATTENTION, "9:30 刚刚被别人约走了", "请另选一个时间，别的都没有变。"),
    ),
    "grid-departments": GridView(
        chrome(),
        "您要问哪个部门？",
        spoken="您要问哪个部门？",
        sections=(
            GridSection(
                "",
                tuple(
                    _choice(label)
                    for label in (
                        "社会事务办公室",
                        "农业农村和经济发展办公室",
                        "退役军人服务站",
                        "村镇建设和生态环境保护办公室",
                        "综治中心",
                        "党群服务中心",
                    )
                ),
            ),
        ),
        previous=PREVIOUS,
        next=LAST,
        page="2 / 2 页",
    ),
    "grid-none-free": replace(
        _DAYS,
        sections=(),
        empty="最近两周都约满了。\n不预约也可以来，到了先取号。",
        previous=None,
        next=None,
        page="",
        actions=(
            Button("walk_in", "看人工窗口时间", ActionPressed("walk_in")),
            Button("primary", "换一个窗口", PrimaryPressed(), "refresh"),
        ),
    ),
    "grid-offline": replace(
        _DAYS,
        sections=(),
        empty="现在连不上中心，约不了。\n别的都能照常办。",
        notice=Panel(Tone.ATTENTION, "请过一会儿再来，或者打电话预约", "人工窗口 周一至周五 8:30–17:00"),
        previous=None,
        next=None,
        page="",
        actions=(Button("retry", "再试一次", ActionPressed("retry"), "refresh"),),
    ),
}
