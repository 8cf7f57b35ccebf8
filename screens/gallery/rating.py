"""Gallery: rating a finished matter."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import ActionPressed, ChoiceMade, EndPressed, PrimaryPressed, RowChosen
from kiosk.views import Button, FieldRow, Panel, RateView, Tone, ViewData
from screens.gallery.shell import PERSON, chrome

_LEVELS = (
    ("5", "非常满意", "emoticon-excited-outline"),
    ("4", "满意", "emoticon-happy-outline"),
    ("3", "基本满意", "emoticon-neutral-outline"),
    ("2", "不满意", "emoticon-sad-outline"),
    ("1", "非常不满意", "emoticon-angry-outline"),
)
_GOOD = ("态度好", "一次说清", "办得快", "没让我多跑")
_BAD = ("态度不好", "没有一次说清", "等得太久", "让我白跑、多跑", "要了不该要的材料", "过了时限还没办", "机器不好用", "其他问题")


def _levels(chosen: str = "") -> tuple[Button, ...]:
    return tuple(Button(f"level-{key}", label, ChoiceMade("level", key), icon, selected=key == chosen) for key, label, icon in _LEVELS)


def _tags(labels: tuple[str, ...], *chosen: str) -> tuple[Button, ...]:
    return tuple(Button(f"tag-{index}", label, ChoiceMade("tag", label), selected=label in chosen) for index, label in enumerate(labels))


_WORDS = FieldRow("words", "还想说什么？", "", "不写也可以", button=Button("field-words", "", RowChosen("words")))
_STORY = (
    "第一次去说少一张证明，第二次去又说表填错了一格，来回跑了三十里路。后来换了个人，十分钟就办好了。希望一开始就把要带的都写在一张单子上。"
)
_HAND_IN = Button("primary", "提交评价", PrimaryPressed(), "check-bold")

_RATE = RateView(
    chrome(),
    "这件事办得怎么样？",
    "城乡居民基本养老保险参保登记，11月27日办结",
    spoken="这件事办得怎么样？请点一下。",
    levels=_levels(),
    notice=Panel(Tone.INFO, "窗口看不到是谁评的。"),
    actions=(Button("skip", "现在不评", EndPressed()),),
)
_CHOSEN = replace(
    _RATE,
    chrome=chrome(person=PERSON),
    levels=_levels("2"),
    tags_title="哪里不好？可以选几样",
    tags=_tags(_BAD, "没有一次说清", "让我白跑、多跑"),
    words=_WORDS,
    actions=(Button("skip", "现在不评", EndPressed()), _HAND_IN),
)

VIEWS: dict[str, ViewData] = {
    "rate": _RATE,
    "rate-plain": replace(_RATE, chrome=chrome(), subtitle="", notice=None, actions=()),
    "rate-good": replace(_CHOSEN, levels=_levels("5"), tags_title="好在哪里？可以选几样", tags=_tags(_GOOD, "办得快")),
    "rate-bad": _CHOSEN,
    "rate-middle": replace(_CHOSEN, levels=_levels("3"), tags_title="怎么样？可以选几样", tags=_tags((*_GOOD, *_BAD[:5]), "办得快")),
    "rate-words": replace(
        _CHOSEN,
        words=replace(
            _WORDS,
            value=_STORY,
        ),
    ),
    "rate-many-words": replace(_CHOSEN, words=replace(_WORDS, value=_STORY + "先说清楚，老百姓就少跑路。" * 4), notice=None),
    "rate-too-long": replace(_CHOSEN, words=replace(_WORDS, value="等了一上午。", error="请写得短一些，最多 200 个字")),
    "rate-sending": replace(_CHOSEN, actions=(replace(_HAND_IN, label="正在提交", event=None, busy=True),)),
    "rate-offline": replace(
        _CHOSEN,
        notice=Panel(Tone.ATTENTION, "现在连不上中心", "您的评价先存在这里，连上以后自己送去。"),
        actions=(Button("retry", "再试一次", ActionPressed("retry"), "refresh"), _HAND_IN),
    ),
}
