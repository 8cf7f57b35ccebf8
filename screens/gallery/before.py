"""Gallery: the pages before and between citizens, and the pages that tell something."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import ActionPressed, ContinuePressed, EndPressed, JourneyChosen, PrimaryPressed
from kiosk.views import AttractView, Button, HomeView, IdleView, MessageView, Panel, Tone, ViewData
from screens.gallery.shell import AT_HOME, END, HELP, NO_WAY_BACK, PERSON, chrome
from screens.gallery.shell import HOME as HOME_BUTTON

_CONTINUE = Button("continue", "继续", ContinuePressed(), "gesture-tap")
_WAYS = (
    Button("way-apply", "我要申办", JourneyChosen("apply"), "file-document-edit-outline", "填表、交材料、签名，在这里一次办完"),
    Button("way-guides", "办事指南", JourneyChosen("guides"), "text-box-search-outline", "要带什么、多久办好\n收不收钱"),
    Button("way-progress", "进度查询", JourneyChosen("progress"), "progress-clock", "办到哪一步了\n还缺什么"),
)
_SEARCH = Button("search", "搜一搜：低保、宅基地、养老保险……", ActionPressed("search"), "magnify")
_FINISH = Button("primary", "我知道了，结束", EndPressed(), "check-bold")


def _attract(**changes: str) -> AttractView:
    return AttractView(
        center_name="万宝河镇政务服务中心",
        product_line="24小时自助终端·一印通",
        clock="10:26",
        date="2026年11月24日 星期二",
        invitation="点一下屏幕开始\n看指南不用身份证",
        ways=("我要申办\n填表、交材料、签名，一次办完", "办事指南\n要带什么、多久办好、收不收钱", "进度查询\n看办到哪一步了，还缺什么"),
        loop=("先看看要带什么\n办事指南可以打印带走", "在这里交申请\n身份证一放，姓名和证件号自动填好", "白天晚上都能办\n自助终端全天开着"),
        spoken="您好，点一下屏幕开始。",
        **changes,
    )


def _idle(seconds: int, card_reminder: str = "") -> IdleView:
    return IdleView(
        question="您还在吗？",
        explanation="还要办，请点“继续”，填好的都在。\n时间到了会清空您填的内容，保护您的隐私。",
        seconds_left=seconds,
        seconds_total=20,
        seconds_label="秒",
        button=_CONTINUE,
        card_reminder=card_reminder,
        spoken="您还在吗？还要办，请点继续。",
    )


_HOME = HomeView(
    chrome(dock=(END, AT_HOME, HELP)),
    "您好，您要办什么业务？",
    "点一下就开始。",
    spoken="您好，您要办什么业务？",
    search=_SEARCH,
    ways=_WAYS,
    foot="人工窗口今天 8:30–17:00·自助终端全天都能办",
)


VIEWS: dict[str, ViewData] = {
    "attract": _attract(),
    "attract-printer-out": _attract(fault_line="打印机暂时不能用"),
    "attract-example": _attract(band="示例：演示数据，未经核实，不能作为办事依据"),
    "idle": _idle(14),
    "idle-card-left": _idle(20, "身份证还在读卡区，走时请记得拿。"),
    "idle-last-seconds": _idle(3, "身份证还在读卡区，走时请记得拿。"),
    "home": _HOME,
    "home-all-ways": replace(
        _HOME,
        subtitle="点一下就开始。不方便操作，请按“呼叫帮助”。",
        ways=(
            *_WAYS,
            Button("way-complaints", "效能投诉", JourneyChosen("complaints"), "message-alert-outline"),
            Button("way-booking", "预约", JourneyChosen("booking"), "calendar-clock"),
            Button("way-public", "公示信息", JourneyChosen("public"), "bulletin-board"),
        ),
    ),
    "home-example": replace(_HOME, chrome=chrome(dock=(END, AT_HOME, HELP), band="示例：演示数据，未经核实，不能作为办事依据")),
    "home-reader-absent": replace(
        _HOME,
        ways=(
            Button("way-apply", "我要申办", None, "file-document-edit-outline", "读卡器没有接好，现在办不了；请到综合窗口"),
            _WAYS[1],
            Button("way-progress", "进度查询", JourneyChosen("progress"), "progress-clock", "扫回执上的码\n看办到哪一步"),
        ),
    ),
    "message-printer-out": MessageView(
        chrome(person=PERSON, dock=(NO_WAY_BACK, HOME_BUTTON, END, HELP)),
        "打印机没有纸了",
        tone=Tone.ATTENTION,
        icon="printer-alert",
        lines=("您的申请已经提交成功，不受影响。", "以后放身份证，进“进度查询”，可以补打。"),
        panel=Panel(Tone.DONE, "别的都能照常办", "申办、拍材料、签名、查进度都正常。"),
        actions=(Button("retry", "再试一次", ActionPressed("retry"), "refresh"), _FINISH),
    ),
    "message-print-unknown": MessageView(
        chrome(person=PERSON, dock=(NO_WAY_BACK, HOME_BUTTON, END, HELP)),
        "纸出来了吗？",
        tone=Tone.ATTENTION,
        icon="printer-alert",
        lines=("打印机没有回话，不知道回执打好没有。", "请看一看屏幕下方中间的出纸口。"),
        actions=(
            Button("not_printed", "没有出来", ActionPressed("not_printed"), "close"),
            Button("printed", "出来了", ActionPressed("printed"), "check-bold"),
        ),
    ),
    "message-bug": MessageView(
        chrome(),
        "对不起，这台机器出了错",
        tone=Tone.ATTENTION,
        icon="alert-circle-outline",
        lines=("您填的内容已经清空，没有留在机器里。", "请从头再来一次，或者到综合窗口办理。"),
        actions=(Button("primary", "回到首页", PrimaryPressed(), "home-outline"),),
        code="支持代码 K-7F3A",
    ),
    "message-refused": MessageView(
        chrome(1, person=PERSON),
        "不同意也没关系",
        tone=Tone.INFO,
        icon="information-outline",
        lines=("您可以继续看办事指南，或者到综合窗口由工作人员办理。", "刚才读的身份证信息已经清空。"),
        actions=(
            Button("guides", "看办事指南", ActionPressed("guides"), "text-box-search-outline"),
            Button("primary", "再看一遍须知", PrimaryPressed(), "refresh"),
        ),
    ),
    "message-leaving": MessageView(
        chrome(3, person=PERSON),
        "现在结束吗？",
        tone=Tone.INFO,
        icon="exit-to-app",
        lines=("还没有提交。结束后，填好的内容会清空。",),
        actions=(
            Button("stay", "不结束，继续办", ActionPressed("stay"), "arrow-left"),
            Button("primary", "结束并清空", PrimaryPressed(), "check-bold"),
        ),
    ),
    "message-sending": MessageView(
        chrome(6, person=PERSON, dock=(NO_WAY_BACK, HOME_BUTTON, END, HELP)),
        "正在提交，请稍等一下",
        tone=Tone.INFO,
        icon="cloud-upload-outline",
        lines=("您签的内容已经存好，断电也不会丢。",),
        busy=True,
    ),
}
