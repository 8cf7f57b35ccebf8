"""Gallery: pages to read: what is told before a complaint, a notice that was issued, rules of the center."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import ActionPressed, PageTurned, PrimaryPressed
from kiosk.views import Button, Panel, ReadPart, ReadView, Tone, ViewData
from screens.gallery.shell import COMPLAINT_STEPS, PERSON, chrome

PREVIOUS = Button("previous", "上一页", PageTurned(-1), "chevron-left")
NEXT = Button("next", "下一页", PageTurned(1), "chevron-right")
FIRST = replace(PREVIOUS, event=None)
LAST = replace(NEXT, event=None)

_PRINT = Button("print", "打印", ActionPressed("print"), "printer-outline")
_UNDERSTOOD = Button("primary", "看明白了，往下办", PrimaryPressed(), "arrow-right")
_OTHER_WAY = Button("elsewhere", "我是这种情况", ActionPressed("elsewhere"))

_GROUNDS = ReadView(
    chrome(0, labels=COMPLAINT_STEPS),
    "先看看，哪些不能在这里收",
    spoken="写之前，先看看哪些事情要走别的路。",
    parts=(
        ReadPart("paragraph", "窗口和工作人员的态度、效率、作风，都可以在这里反映。下面四种，法律规定走别的路："),
        ReadPart("bullet", "应当打官司、仲裁或者申请行政复议的"),
        ReadPart("bullet", "信访、复议、仲裁或者法院正在办的"),
        ReadPart("bullet", "对信访、复议、仲裁、判决的结果不服的"),
        ReadPart("bullet", "已经交给有权处理的机关，或者依法该由它处理的"),
        ReadPart("strong", "是这四种也别着急，下一页告诉您去哪里、找谁。"),
    ),
    panel=Panel(Tone.INFO, "拿不准就照常写，我们收下登记。", "不归我们管的，告诉您该找谁，并且帮您转过去。"),
    actions=(_OTHER_WAY, _UNDERSTOOD),
)

_LIMITS = replace(
    _GROUNDS,
    title="反映以后，什么时候有回音",
    subtitle="效能投诉须知",
    parts=(
        ReadPart("heading", "收不收"),
        ReadPart("paragraph", "简单的当场决定；别的，收到以后 3 个工作日内告诉您收不收。要补东西的，补齐了重新算。"),
        ReadPart("heading", "多久办好"),
        ReadPart("row", "一般的", "3 个工作日"),
        ReadPart("row", "复杂的", "10 个工作日"),
        ReadPart("row", "特别的", "30 个工作日，要延长会书面告诉您原因"),
        ReadPart("rule"),
        ReadPart("heading", "谁能看到您的名字"),
        ReadPart("tick", "投诉受理人员能看到，用来和您联系"),
        ReadPart("tick", "被反映的窗口和人看不到，也看不到能猜出是谁的内容"),
        ReadPart("heading", "对结果不服"),
        ReadPart(
            "paragraph", "拿到书面答复后，15 个工作日内可以申辩，也可以请上一级机关复查、复核。放上身份证，这台机器会告诉您最后一天是哪天。"
        ),
    ),
    panel=None,
    previous=FIRST,
    next=NEXT,
    page="1 / 3 页",
    actions=(_PRINT, _UNDERSTOOD),
)

_NOTICE = ReadView(
    chrome(person=PERSON),
    "一次性告知单",
    "办件编号 2026 1119 0007",
    spoken="一次性告知单。",
    parts=(
        ReadPart("row", "事项", "临时救助对象认定"),
        ReadPart("row", "申请人", "李*英"),
        ReadPart("row", "告知时间", "2026年11月20日 9:30"),
        ReadPart("rule"),
        ReadPart("heading", "还要补这 3 样"),
        ReadPart("tick", "户口簿“本人页”：现有一页拍得不清楚，看不到出生日期"),
        ReadPart("tick", "社会保障卡或银行卡：正面拍照，要在本人名下"),
        ReadPart("tick", "家庭成员收入情况书面材料"),
        ReadPart("strong", "请在 12月4日前补齐，补齐的当天开始计算办理时间。"),
    ),
    panel=Panel(Tone.DONE, "补齐就受理，不会再要别的。"),
    actions=(_PRINT, Button("primary", "现在就补", PrimaryPressed(), "arrow-right")),
)

_RULES = (
    "工作人员按时到岗，挂牌上岗，有事离开要放“暂离”牌，并且有人顶班。",
    "来有迎声，问有答声，离有送声；您问的事，一次说清要带什么、多久办好、收不收钱。",
    "第一个接待您的人负责到底：能办的当场办，不归他办的领您去找能办的人。",
    "材料齐的当场受理；不齐的，一张单子一次写清还缺什么，不让您多跑。",
    "答应了几天办好就几天办好；办不了，书面告诉您为什么、依据是什么、还能怎么办。",
)

#: As much as `kiosk/journeys/reading.py` may put on a page with steps, panel, pager and actions: sixteen lines of 23 characters.
_FULL = replace(
    _LIMITS,
    parts=(
        ReadPart("heading", "这一页写满了，也要看得清楚"),
        ReadPart("paragraph", "这一段有两行那么长，说的是窗口和工作人员的态度、效率、作风怎样反映，反映给谁。"),
        ReadPart("bullet", "这一条有两行那么长，说的是收到以后几天之内告诉您收不收，怎样算是齐了。"),
        ReadPart("row", "一般的", "3 个工作日"),
        ReadPart("rule"),
        ReadPart("tick", "这一条有两行那么长，说的是要带什么来，没有带齐怎么办，几天之内补。"),
        ReadPart("strong", "最后一段也有两行那么长，说的是对结果不服的时候怎么办，找谁，到哪一天为止。"),
    ),
    panel=_GROUNDS.panel,
)

VIEWS: dict[str, ViewData] = {
    "read": _GROUNDS,
    "read-limits": _LIMITS,
    "read-paged-with-panel": replace(
        _LIMITS, chrome=chrome(0, labels=COMPLAINT_STEPS, person=PERSON), parts=_LIMITS.parts[:6], panel=_GROUNDS.panel
    ),
    "read-full": _FULL,
    "read-last-page": replace(_LIMITS, parts=_LIMITS.parts[-2:], previous=PREVIOUS, next=LAST, page="3 / 3 页"),
    "read-notice": _NOTICE,
    "read-notice-printing": replace(_NOTICE, actions=(Button("print", "正在打印", None, "printer-outline", busy=True), _NOTICE.actions[1])),
    "read-rules": ReadView(
        chrome(),
        "我们的服务规范",
        "公示信息",
        spoken="我们的服务规范。",
        parts=tuple(ReadPart("bullet", rule) for rule in _RULES),
        previous=FIRST,
        next=NEXT,
        page="1 / 2 页",
    ),
    "read-one-sentence": ReadView(
        chrome(),
        "本中心的职责",
        spoken="本中心的职责。",
        parts=(ReadPart("paragraph", "一个窗口受理，一枚印章审批；申请、咨询、领结果，都在这里。"),),
    ),
    "read-offline": replace(
        _NOTICE,
        panel=Panel(Tone.ATTENTION, "现在连不上中心，这是刚才看到的内容", "您的办件不受影响。连上以后会自己更新。"),
        actions=(
            Button("print", "打印", None, "printer-outline", "打印机缺纸"),
            Button("primary", "好了，回到首页", PrimaryPressed(), "home-outline"),
        ),
    ),
}
