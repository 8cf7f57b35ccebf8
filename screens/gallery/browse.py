"""Gallery: the list of items and the guides."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import ActionPressed, ItemChosen, KeyPressed, PageTurned, PrimaryPressed, TopicChosen
from kiosk.views import Button, GuideSection, GuideView, ItemListView, ItemRow, Keyboard, Panel, Tone, Typed, ViewData
from screens.gallery import keyboards as kb
from screens.gallery.shell import chrome

_TOPICS = ("全部", "社会救助", "养老社保", "建房用地", "生育户籍", "就业创业", "残疾人", "退役军人")
_SEARCH = Button("search", "", ActionPressed("search"), "magnify")
_CLEAR = Button("clear", "", KeyPressed("clear"), "close")


def _topics(chosen: str) -> tuple[Button, ...]:
    return tuple(Button(f"topic-{i}", name, TopicChosen(name), selected=name == chosen) for i, name in enumerate(_TOPICS))


def _row(code: str, title: str, detail: str, spans: tuple[tuple[int, int], ...] = (), *, elsewhere: bool = False) -> ItemRow:
    return ItemRow(Button(f"item-{code}", title, ItemChosen(code)), title, detail, spans, elsewhere)


_PENSION = _row("pension", "城乡居民基本养老保险参保登记", "承诺件·3 个工作日·不收费", ((6, 8),))
_RELIEF = _row("relief", "临时救助对象认定", "承诺件·15 个工作日·不收费")
_ALLOWANCE = _row("allowance", "最低生活保障对象认定", "承诺件·15 个工作日·不收费")
_DISABLED = _row("disabled", "困难残疾人生活补贴和重度残疾人护理补贴资格认定", "承诺件·待定·不收费")
_FOREST = _row("forest", "林木采伐许可证核发", "不在本中心办，告诉您去哪里、找谁", elsewhere=True)


_LIST = ItemListView(
    chrome(),
    "您要办哪一件事？",
    spoken="您要办哪一件事？",
    search_hint="搜一搜：低保、宅基地、养老保险……",
    search=_SEARCH,
    topics=_topics("全部"),
    count="共 12 项",
    rows=(_ALLOWANCE, _RELIEF, _PENSION, _DISABLED),
    previous=Button("previous", "上一页", None, "chevron-left"),
    next=Button("next", "下一页", PageTurned(1), "chevron-right"),
    page="1 / 3 页",
)
#: All on one page: none before it and none after.
_SHORT = replace(_LIST, next=Button("next", "下一页", None, "chevron-right"), page="1 / 1 页")
_NOTHING = "没有找到。换个说法，或删掉几个字再试试。\n也可以按类别找，或到人工窗口问一问。"


def _searching(text: str, marked: tuple[int, int], keyboard: Keyboard, counter: str = "") -> ItemListView:
    """The list while its keyboard is open: what is found by what is written so far."""
    return replace(
        _SHORT,
        search_text=text,
        typed=Typed(text, len(text), marked, counter),
        search_hint="拼音首字母也能找：yl = 养老",
        search=replace(_SEARCH, selected=True),
        clear=_CLEAR,
        topics=(),
        count="找到 2 项",
        rows=(_PENSION, _FOREST),
        keyboard=replace(keyboard, done_label="完成"),
    )


_SECTIONS = (
    GuideSection("申请材料", ("身份证", "户口簿（首页、本人页）", "社会保障卡或银行卡"), marks=True, note="登记表在本机填写，不用带"),
    GuideSection("办理条件", ("户籍在本镇，年满16周岁（不含在校学生），没有参加职工养老保险。",)),
    GuideSection("办理流程", ("申请", "受理", "审核", "办结"), chips=True),
    GuideSection("办理依据", ("《中华人民共和国社会保险法》第二十条、第二十二条", "国发〔2014〕8号")),
)


_GUIDE = GuideView(
    chrome(),
    "城乡居民养老保险参保登记",
    "办事指南·承诺件",
    spoken="城乡居民养老保险参保登记。要办，请点现在办理。",
    facts=(("承诺时限", "3 个工作日"), ("收费", "不收费"), ("受理部门", "镇政务服务中心")),
    sections=_SECTIONS,
    qr="OS1.G.pension.sample.guide.code.of.the.gallery",
    qr_title="本机扫码",
    qr_note="在本机扫一扫也能打开",
    print=Button("print", "打印指南", ActionPressed("print"), "printer-outline"),
    apply=Button("primary", "现在办理", PrimaryPressed(), "arrow-right"),
)


_LARGER = Button("larger", "字大一点", ActionPressed("larger"), "format-font-size-increase")
_SMALLER = Button("larger", "字小一点", ActionPressed("larger"), "format-font-size-decrease")

VIEWS: dict[str, ViewData] = {
    "list": _LIST,
    "list-topic": replace(
        _SHORT,
        topics=_topics("社会救助"),
        count="找到 2 项",
        rows=(_ALLOWANCE, _RELIEF),
    ),
    "list-found": replace(
        _SHORT,
        search_text="yl",
        clear=_CLEAR,
        count="找到 2 项",
        rows=(_PENSION, _FOREST),
    ),
    "list-keyboard": _searching(
        "yl", (0, 2), replace(kb.PINYIN, bar=kb.composed("y'l", "原来 医疗 以来 娱乐 压力 原料 永乐 原理 园林"), hint=kb.BEGIN)
    ),
    "list-keyboard-start": replace(
        _searching("", (0, 0), replace(kb.PINYIN, hint=kb.BEGIN)),
        clear=None,
        count="找到 12 项，按“完成”看全部",
        rows=(_ALLOWANCE, _RELIEF, _PENSION),
        next=Button("next", "下一页", PageTurned(1), "chevron-right"),
        page="1 / 4 页",
    ),
    "list-typing-pinyin": _searching(
        "养lao", (1, 4), replace(kb.PINYIN, bar=kb.composed("lao", "老 劳 落 牢 捞 络 佬 涝 栎 姥"), hint=kb.GO_ON)
    ),
    "list-typing-nine": _searching(
        "养老",
        (0, 2),
        replace(
            kb.NINE,
            bar=kb.composed("yang'lao", "养老 杨老 王看 往看 杨看 王老 往老 网篮 王 往"),
            syllables=kb.syllables("wang yang zang wan yan yao zan zao"),
            hint=kb.BEGIN,
        ),
    ),
    "list-typing-long": replace(
        _searching("困难残疾人生活补贴和重度残疾人护理补贴怎么", (0, 0), kb.PINYIN, counter="21/24"),
        count="找到 0 项",
        rows=(),
        empty=_NOTHING,
    ),
    "list-empty": replace(
        _SHORT,
        search_text="zzzq",
        clear=_CLEAR,
        count="",
        rows=(),
        empty=_NOTHING,
    ),
    "list-last-page": replace(
        _LIST,
        rows=(_FOREST,),
        previous=Button("previous", "上一页", PageTurned(-1), "chevron-left"),
        next=Button("next", "下一页", None, "chevron-right"),
        page="3 / 3 页",
    ),
    "guide": _GUIDE,
    "guide-example": replace(
        _GUIDE,
        chrome=chrome(band="示例：演示数据，未经核实，不能作为办事依据"),
        notice=Panel(Tone.ATTENTION, "这份指南还没有经过中心确认", "只供演示，办理前请问窗口。"),
    ),
    "guide-open": replace(
        _GUIDE,
        title="高龄津贴申请",
        facts=(("承诺时限", "待定"), ("收费", "不收费"), ("受理部门", "镇政务服务中心")),
        sections=(
            _SECTIONS[0],
            GuideSection("办理条件", (), open="还没有查到出处，请问综合窗口"),
            _SECTIONS[2],
            GuideSection("办理依据", (), open="还没有查到出处，请问综合窗口"),
        ),
    ),
    "guide-elsewhere": replace(
        _GUIDE,
        title="林木采伐许可证核发",
        subtitle="办事指南·不在本中心办",
        facts=(("承诺时限", "7 个工作日"), ("收费", "不收费"), ("受理部门", "区林业主管部门")),
        elsewhere=Panel(Tone.ATTENTION, "这件事由区林业主管部门办理", "请到区政务服务中心；本中心可以帮您准备材料。"),
        apply=Button("primary", "现在办理", None, "arrow-right", "不在本中心办"),
    ),
    "guide-printing": replace(_GUIDE, print=Button("print", "正在打印", None, "printer-outline", busy=True)),
    "guide-printer-out": replace(_GUIDE, print=Button("print", "打印指南", None, "printer-outline", "打印机缺纸，可以拍下码")),
    "guide-no-printing": replace(_GUIDE, apply=Button("primary", "现在办理", None, "arrow-right", "读卡器没有接好，请到综合窗口")),
    "guide-more": replace(
        _GUIDE,
        more=Button("more", "下一页", PageTurned(1), "chevron-right"),
        page="1 / 2 页",
        sections=_SECTIONS[:3],
    ),
    "guide-larger-offered": replace(_GUIDE, larger=_LARGER),
    "guide-large": replace(
        _GUIDE,
        larger=_SMALLER,
        large=True,
        sections=_SECTIONS[:2],
        more=Button("more", "下一页", PageTurned(1), "chevron-right"),
        page="1 / 2 页",
    ),
    "guide-large-second": replace(
        _GUIDE,
        larger=_SMALLER,
        large=True,
        sections=_SECTIONS[2:],
        more=Button("more", "回到开头", PageTurned(-1), "undo"),
        notice=Panel(Tone.ATTENTION, "这份指南还没有经过中心确认", "只供演示，办理前请问窗口。"),
        page="2 / 2 页",
    ),
    "guide-larger-elsewhere": replace(
        _GUIDE,
        title="林木采伐许可证核发",
        subtitle="办事指南·不在本中心办",
        facts=(("承诺时限", "7 个工作日"), ("收费", "不收费"), ("受理部门", "区林业主管部门")),
        elsewhere=Panel(Tone.ATTENTION, "这件事由区林业主管部门办理", "请到区政务服务中心；本中心可以帮您准备材料。"),
        apply=Button("primary", "现在办理", None, "arrow-right", "不在本中心办"),
        larger=_LARGER,
    ),
}
